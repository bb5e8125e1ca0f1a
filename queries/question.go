// Package queries holds questions as data: it reads them from words, prints them back, and answers them from a store's few reads.
//
// A [Question] is a form, up to two names, and filters. [Parse] reads
//
//	who criticized "Department of Health and Human Services" since:2025-06 until:2025 min-score:0.8
//
// and [Question.String] prints the canonical words, so that Parse(q.String()) is q. [Forms] lists what may be
// asked. Filters stand anywhere outside quotation marks; case and a final question mark do not matter; a name
// that holds a word of the question ("say", "and") or a colon goes in quotation marks, in which \" is a
// quotation mark and \\ a backslash. since is from the first day of its period, until to the last, inclusive.
//
// [Ask] resolves the names and composes the answer; each row carries the words that prove it. A question takes
// the same few reads whatever the number of rows.
package queries

import (
	"slices"
	"strings"
	"unicode"

	"saidgraph/graph"
)

// Question is one question. Make one with [Parse] or [New].
type Question struct {
	Form Form
	X    string // the form's first name, as its pattern in [Forms] names it; spaces folded
	Y    string // its second. Of Connected, empty means that X holds both ("A and B and C") and that [Ask] picks the split whose names the graph knows
	Filters
}

// New returns a question with the default filters.
func New(form Form, x, y string) Question {
	return Question{Form: form, X: tidy(x), Y: tidy(y), Filters: NewFilters()}
}

// String is the canonical form of the question, which [Parse] reads back to it. Dates are to the day.
func (q Question) String() string {
	s := q.words()
	if f := q.Filters.String(); f != "" {
		s += " " + f
	}
	return s
}

func (q Question) words() string {
	about := func(s, name string) string {
		if name == "" {
			return s
		}
		return s + " about " + quoted(name)
	}
	anyone := func(name string) string {
		if name == "" {
			return "whom"
		}
		return quoted(name)
	}
	switch q.Form {
	case WhoSaid:
		return about("who said what", q.X)
	case WhatSaid:
		return about("what did "+quoted(q.X)+" say", q.Y)
	case WhoCriticized:
		return "who criticized " + anyone(q.X)
	case WhomCriticized:
		return "whom did " + quoted(q.X) + " criticize"
	case WhoPraised:
		return "who praised " + anyone(q.X)
	case WhomPraised:
		return "whom did " + quoted(q.X) + " praise"
	case QuotedWith:
		return "who is quoted with " + quoted(q.X)
	case Connected:
		if q.Y == "" {
			return "how are " + q.X + " connected"
		}
		return "how are " + quoted(q.X) + " and " + quoted(q.Y) + " connected"
	case WhoIs:
		return "who is " + quoted(q.X)
	case WhoDeclined:
		return "who declined to comment"
	}
	return string(q.Form)
}

// check refuses what no parse gives: a question made by hand may be wrong too.
func (q Question) check() error {
	bad := func(field, problem, wayOut string) error {
		return &SyntaxError{Field: field, Problem: problem, WayOut: wayOut}
	}
	if !slices.ContainsFunc(Forms(), func(d FormDoc) bool { return d.Form == q.Form }) {
		return bad(fieldQuestion, "is no known question", askOneOf())
	}
	least, most := q.Form.names()
	given := 0
	for _, name := range []string{q.X, q.Y} {
		if name != "" {
			given++
		}
	}
	if given < least || given > most || q.X == "" && q.Y != "" {
		return bad(fieldQuestion, "has too few names or too many", "ask: "+q.Form.pattern())
	}
	if !q.Since.IsZero() && !q.Until.IsZero() && !q.Since.Before(q.Until) {
		return bad(keyUntil, "is before since", "until is the last day, since the first")
	}
	for _, name := range q.Filters.used() {
		if !q.Form.takes(name) {
			return bad(name, "says nothing in this question", "leave it out of: "+q.Form.pattern())
		}
	}
	return nil
}

func (f Form) pattern() string {
	for _, d := range Forms() {
		if d.Form == f {
			return d.Pattern
		}
	}
	return string(f)
}

// tidy folds the white space of a name or value.
func tidy(s string) string { return strings.Join(strings.Fields(s), " ") }

// quoted is a name as a question writes it: bare where that reads back, else in quotation marks.
func quoted(s string) string {
	if plain(s) {
		return s
	}
	return marked(s)
}

// quotedValue is the same of a filter's value, which is one word where it is bare.
func quotedValue(s string) string {
	if plain(s) && !strings.Contains(s, " ") {
		return s
	}
	return marked(s)
}

func marked(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// plain tells whether a name reads back without quotation marks.
func plain(s string) bool {
	if s == "" {
		return false
	}
	for _, r := range s {
		if strings.ContainsRune("\"“”?:\\", r) || !unicode.IsPrint(r) {
			return false
		}
	}
	return !slices.ContainsFunc(strings.Fields(strings.ToLower(s)), keyword)
}

// keyword tells whether a form may take the word for its own.
func keyword(word string) bool {
	if stanceOf(word) != "" {
		return true
	}
	switch word {
	case "about", "and", "by", "comment", "connected", "linked", "quoted", "related", "said", "say", "says", "to", "what", "who", "whom", "with":
		return true
	}
	return false
}

// stanceOf reads the verb of criticism or praise, in either spelling and any tense.
func stanceOf(word string) graph.Type {
	switch word {
	case "criticize", "criticizes", "criticized", "criticise", "criticises", "criticised":
		return graph.Criticized
	case "praise", "praises", "praised":
		return graph.Praised
	}
	return ""
}
