package page

import (
	"strings"
	"unicode/utf8"
)

// Bounds of hard-wrapped text, in code points: mail, wire and e-book files break at 60 to 80; no line of
// one is longer than widest, and most lines inside a paragraph are longer than narrowest.
const (
	widest    = 100
	narrowest = 45
)

// unwrap joins the lines of a text that was broken at a column: blank lines part its paragraphs, and
// the breaks within become spaces, so no offset moves. Other texts, with a paragraph a line, stay as they are.
func unwrap(s string) string {
	if !strings.Contains(s, "\n\n") && strings.Count(s, "\n") < 3 || !wrapped(s) {
		return s
	}
	b := []byte(s)
	lines := strings.SplitAfter(s, "\n")
	at := 0
	for i, line := range lines {
		end := at + len(line)
		if i+1 < len(lines) && joins(line, lines[i+1]) {
			b[end-1] = ' '
		}
		at = end
	}
	return string(b)
}

// joins says whether the next line goes on with the paragraph of line.
func joins(line, next string) bool {
	return strings.TrimSpace(line) != "" && strings.TrimSpace(next) != "" &&
		utf8.RuneCountInString(line) > narrowest && !strings.HasPrefix(next, " ") && !strings.HasPrefix(next, "\t")
}

// wrapped says whether the lines of s were broken at a column: none is longer than a column, and the
// lines that another follows in the same paragraph are long, and rarely end a sentence.
func wrapped(s string) bool {
	inner, long, ends := 0, 0, 0
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		line = strings.TrimSpace(line)
		n := utf8.RuneCountInString(line)
		if n > widest {
			return false
		}
		if n == 0 || i+1 == len(lines) || strings.TrimSpace(lines[i+1]) == "" {
			continue
		}
		inner++
		if n > narrowest {
			long++
		}
		if strings.ContainsAny(line[len(line)-1:], `.!?"`) || strings.HasSuffix(line, "”") {
			ends++
		}
	}
	return inner >= 3 && long*10 >= inner*7 && ends*10 < inner*4
}
