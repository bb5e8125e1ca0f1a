package queries

import (
	"errors"
	"fmt"
	"strings"

	"saidgraph/graph"
)

// SyntaxError is a question or a filter that can't be read: where, which word, and the way out.
// It wraps a [graph.Error] of code Invalid.
type SyntaxError struct {
	Field   string     `json:"field"`          // "q", or the filter: "since"
	Span    graph.Span `json:"span"`           // of Word, in code points of the question
	Word    string     `json:"word,omitempty"` // as it was written; empty: the end of the question
	Problem string     `json:"problem"`        // what is wrong with it
	WayOut  string     `json:"way_out"`        // what to write instead
}

func (e *SyntaxError) Error() string {
	var b strings.Builder
	if e.Field != fieldQuestion {
		b.WriteString(e.Field + ": ")
	}
	if e.Word != "" {
		fmt.Fprintf(&b, "%q ", clip(e.Word))
	}
	switch {
	case e.Field != fieldQuestion:
	case e.Word != "":
		fmt.Fprintf(&b, "at position %d ", e.Span.Start+1)
	case e.Span.Start > 0:
		fmt.Fprintf(&b, "the end of the question (position %d) ", e.Span.Start+1)
	}
	b.WriteString(e.Problem)
	if e.WayOut != "" {
		b.WriteString("; " + e.WayOut)
	}
	return b.String()
}

// maxShown is the most code points of a word that a message repeats: enough to find it.
const maxShown = 60

func clip(word string) string {
	if r := []rune(word); len(r) > maxShown {
		return string(r[:maxShown]) + "…"
	}
	return word
}

// Unwrap gives the error its place among the domain's codes.
func (e *SyntaxError) Unwrap() error {
	return &graph.Error{Op: "queries.Parse", Code: graph.Invalid, Field: e.Field, Err: errors.New(e.Problem)}
}

// fieldQuestion is the Field of an error in the words of the question itself.
const fieldQuestion = "q"

// askOneOf is the way out of a question of no known form.
func askOneOf() string {
	var b strings.Builder
	b.WriteString("ask one of:")
	for i, f := range Forms() {
		if i > 0 {
			b.WriteString(" ·")
		}
		b.WriteString(" " + f.Pattern)
	}
	b.WriteString(` (for example: ` + Forms()[2].Example + `)`)
	return b.String()
}
