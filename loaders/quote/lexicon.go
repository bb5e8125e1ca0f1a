package quote

import (
	_ "embed"
	"strings"
)

//go:embed lexicon/cue.txt
var cueText string

// reporting is what the lexicon knows of a verb that reports.
type reporting struct {
	lemma     string
	speech    bool // says or writes, rather than thinks or plans
	addressee bool // "told reporters that"
	names     bool // "called the plan a sham"
	document  bool // "the statement read"
}

// cueLexicon holds the reporting verbs by each of their forms.
type cueLexicon map[string]*reporting

func newCueLexicon() cueLexicon {
	l := cueLexicon{}
	for line := range strings.Lines(cueText) {
		f := strings.Fields(line)
		if len(f) < 2 || f[0] == "#" {
			continue
		}
		r, forms := &reporting{lemma: f[0]}, []string{}
		for _, w := range f[1:] {
			switch w {
			case "s":
				r.speech = true
			case "t":
			case "a":
				r.addressee = true
			case "n":
				r.names = true
			case "d":
				r.document = true
			default:
				forms = append(forms, w)
			}
		}
		for _, w := range append(inflect(f[0]), forms...) {
			l[w] = r
		}
	}
	return l
}

// inflect gives the regular forms of a verb.
func inflect(v string) []string {
	n := len(v)
	stem := v
	switch {
	case strings.HasSuffix(v, "e"):
		stem = v[:n-1]
		return []string{v, v + "s", stem + "ed", stem + "ing"}
	case strings.HasSuffix(v, "y") && !strings.ContainsAny(v[n-2:n-1], "aeiou"):
		stem = v[:n-1]
		return []string{v, stem + "ies", stem + "ied", v + "ing"}
	case strings.HasSuffix(v, "s"), strings.HasSuffix(v, "sh"), strings.HasSuffix(v, "ch"), strings.HasSuffix(v, "x"):
		return []string{v, v + "es", v + "ed", v + "ing"}
	}
	return []string{v, v + "s", v + "ed", v + "ing"}
}
