package main

import (
	_ "embed"
	"html/template"
	"io"
	"slices"
	"strings"
	"unicode"
)

//go:embed page.html
var pageText string

// page is what the template shows.
type page struct {
	Name    string
	Docs    int
	Faults  int
	Shown   int
	Figures []figure
	Tallies []tally
	Stages  []pageStage
}

type pageStage struct {
	ID, Name, Note string
	Count          int
	Words          []word
	Errors         []pageError
}

type pageError struct {
	Kind, Doc, Outlet, Note string
	Near                    []piece // the paragraphs that the error stands in
	Before, After           bool    // a paragraph goes on beyond Near
	Whole                   []piece // the article
}

// piece is text between two borders of spans. Class says in whose spans it lies; Begins names the spans that begin with it.
type piece struct {
	Text   string
	Class  string
	Begins []label
}

// label is a small word before a span. Class is "g" for gold and "p" for predicted.
type label struct{ Class, Text string }

func (r *result) write(w io.Writer, name string, worst int) error {
	t, err := template.New("page").Parse(pageText)
	if err != nil {
		return err
	}
	p := page{Name: name, Docs: len(r.docs), Faults: len(r.faults), Figures: r.figures, Tallies: r.tallies()}
	shown := r.worst(worst)
	for _, s := range stages {
		o := pageStage{ID: strings.ReplaceAll(s.name, " ", "-"), Name: s.name, Note: s.note, Words: r.words(s.name, 24)}
		for i := range r.faults {
			if r.faults[i].stage == s.name {
				o.Count++
			}
		}
		for _, f := range shown[s.name] {
			o.Errors = append(o.Errors, f.show())
			p.Shown++
		}
		if o.Count > 0 {
			p.Stages = append(p.Stages, o)
		}
	}
	return t.Execute(w, p)
}

func (f *fault) show() pageError {
	from, to := len(f.doc.text), 0
	for _, m := range slices.Concat(f.gold, f.pred) {
		if m.role != "linked" {
			from, to = min(from, m.span[0]), max(to, m.span[1])
		}
	}
	from, to = f.doc.around(from, to)
	return pageError{Kind: f.kind, Doc: f.doc.id, Outlet: f.doc.outlet, Note: f.note, Near: f.pieces(from, to), Whole: f.pieces(0, len(f.doc.text)),
		Before: from > 0 && f.doc.text[from-1] != '\n', After: to < len(f.doc.text) && f.doc.text[to] != '\n'}
}

// around widens a range to its paragraphs, and by some more where they are short.
func (d *document) around(from, to int) (int, int) {
	const room, longest = 160, 500 // code points beyond the range
	start, end := max(0, from-room), min(len(d.text), to+room)
	for start > max(0, from-longest) && d.text[start-1] != '\n' {
		start--
	}
	for end < min(len(d.text), to+longest) && d.text[end] != '\n' {
		end++
	}
	for start > 0 && start < from && !unicode.IsSpace(d.text[start-1]) { // no half words
		start++
	}
	for end < len(d.text) && end > to && !unicode.IsSpace(d.text[end]) {
		end--
	}
	return start, end
}

// pieces cuts the text at all borders of spans.
func (f *fault) pieces(from, to int) []piece {
	borders := []int{from, to}
	for _, m := range slices.Concat(f.gold, f.pred) {
		for _, b := range m.span {
			if from < b && b < to {
				borders = append(borders, b)
			}
		}
	}
	slices.Sort(borders)
	borders = slices.Compact(borders)
	var out []piece
	for i := 0; i+1 < len(borders); i++ {
		p := piece{Text: string(f.doc.text[borders[i]:borders[i+1]])}
		var classes []string
		for _, side := range []struct {
			class string
			marks []mark
		}{{"g", f.gold}, {"p", f.pred}} {
			for _, m := range side.marks {
				if m.span[0] <= borders[i] && borders[i+1] <= m.span[1] {
					classes = append(classes, side.class, side.class+"-"+m.role)
				}
				if m.span[0] == borders[i] {
					p.Begins = append(p.Begins, label{side.class, m.role})
				}
			}
		}
		p.Class = strings.Join(classes, " ")
		out = append(out, p)
	}
	return out
}
