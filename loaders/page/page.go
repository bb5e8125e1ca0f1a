// Package page makes an article of a raw document: the body of its page, its title, date and address checked, its text freed of what the page left behind.
//
// # Pages
//
// A page of HTML is decoded, parsed once, asked what it says of itself (JSON-LD, meta, time), freed of machinery by the names and kinds of its
// elements, and given to readability, whose paragraphs are cleaned once more. Where there is no tree, because the page is
// nested or repeated beyond all measure, its tags are read one after another.
//
// # Offsets
//
// [Article.Text] is the text: what is analysed, what is stored, and what every span counts in. It is
// what [Read] returns, never touched again. What Read mends in a plain text, it mends without moving the characters behind
// it where that can be done: a control character becomes one space, the line break of a wrapped line becomes one
// space, and residue is cut only from the end. Only the line ends of other systems (CRLF) shrink to one character.
package page

import (
	"strings"
	"time"
	"unicode"

	"saidgraph/loaders/source"
)

// Article is a document ready to be analysed.
type Article struct {
	URL      string // canonical: see Canonical
	Title    string // the document's, else its headline, else its first words
	Outlet   string
	Byline   string
	Date     time.Time // UTC, to the second; zero where the document gives none
	Language string
	License  string
	Text     string

	Copy string // the same for syndicated copies of one article: see Copy; "" where the text is too short to tell
	Wire string // the agency that the article is from: "AP", "Reuters", …; "" for the outlet's own
}

// Read returns the article of a raw document, or a *source.Error that names the field. It is a function of the document alone.
func Read(raw source.Raw) (Article, error) {
	if raw.HTML != nil {
		return readPage(raw)
	}
	a := Article{
		Title: line(raw.Title), Outlet: line(raw.Outlet), Byline: line(raw.Byline),
		Language: line(raw.Language), License: line(raw.License),
	}
	var err error
	if a.Date, err = source.Date(raw.Date); err != nil {
		return a, raw.Fail("date", err.Error(), "write it as 2025-07-19 or 2025-07-19T08:30:00Z")
	}
	if a.URL, err = Canonical(raw.URL); err != nil {
		return a, raw.Fail("url", err.Error(), "give an http or https address, or leave it out")
	}
	a.Text = Text(raw.Text)
	if a.Text == "" {
		return a, raw.Fail("text", "is missing or empty", "")
	}
	if a.Title == "" {
		a.Title = Title(a.Text)
	}
	a.Wire, a.Copy = wire(a.Byline, raw.Text), Copy(a.Text)
	return a, nil
}

// Text returns the text as it is stored: line ends are "\n", other control characters are spaces,
// wrapped lines are joined to paragraphs, and the end is free of white space and of residue.
func Text(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(s)
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return trimResidue(unwrap(s))
}

// line makes a one-line field of s: white space and control characters become single spaces.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}

// longestTitle is what fits a line of a table and a headline of most papers, in code points.
const longestTitle = 120

// Title returns the headline that a text begins with, a short first line that is no sentence, else its first words.
func Title(text string) string {
	first, rest, _ := strings.Cut(strings.TrimSpace(text), "\n")
	first = line(first)
	n := len([]rune(first))
	if n <= longestTitle && strings.TrimSpace(rest) != "" && !strings.HasSuffix(first, ".") && !strings.HasSuffix(first, ":") {
		return first
	}
	return firstWords(first, 80)
}

func firstWords(s string, limit int) string {
	runes := []rune(s)
	if len(runes) <= limit {
		return s
	}
	cut := limit - 1
	for cut > limit/2 && !unicode.IsSpace(runes[cut]) {
		cut--
	}
	return strings.TrimRightFunc(string(runes[:cut]), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) }) + "…"
}
