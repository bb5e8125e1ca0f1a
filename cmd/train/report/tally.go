package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// tally is a table of errors by stage and something else.
type tally struct {
	Title  string
	Stages []string
	Rows   []tallyRow
}

// tallyRow is one group. Share is the errors of all stages for each hundred gold items.
type tallyRow struct {
	Name       string
	Docs, Gold int
	Counts     []int
	Share      string
}

// tallies counts the errors by what the next engineer asks first.
func (r *result) tallies() []tally {
	out := []tally{r.tally("by kind", nil, func(f *fault) string { return f.kind })}
	for _, g := range []struct {
		title string
		of    func(*document) string
	}{
		{"by outlet", func(d *document) string { return d.outlet }},
		{"by length in characters", func(d *document) string { return length(len(d.text)) }},
	} {
		out = append(out, r.tally(g.title, g.of, func(f *fault) string { return g.of(f.doc) }))
	}
	return out
}

// length groups documents by their code points.
func length(n int) string {
	for _, k := range []int{500, 2000, 4000, 8000, 16000} {
		if n < k {
			return fmt.Sprintf("below %d", k)
		}
	}
	return "more"
}

// natural orders names, and those that end in a number by its size.
func natural(a, b string) int {
	x, y := strings.TrimRight(a, "0123456789"), strings.TrimRight(b, "0123456789")
	if x == y {
		return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
	}
	return cmp.Compare(a, b)
}

// tally counts by stage and group; group of a document, where it has one, gives the rows their documents and gold items.
func (r *result) tally(title string, group func(*document) string, of func(*fault) string) tally {
	t := tally{Title: title, Stages: r.present()}
	rows := map[string]*tallyRow{}
	row := func(name string) *tallyRow {
		if rows[name] == nil {
			rows[name] = &tallyRow{Name: name, Counts: make([]int, len(t.Stages))}
		}
		return rows[name]
	}
	for _, d := range r.docs {
		if group != nil {
			o := row(group(d))
			o.Docs++
			o.Gold += d.items()
		} else {
			for k, n := range d.kinds() {
				row(k).Gold += n
			}
		}
	}
	for i := range r.faults {
		f := &r.faults[i]
		row(of(f)).Counts[slices.Index(t.Stages, f.stage)]++
	}
	for _, k := range slices.SortedFunc(maps.Values(rows), func(a, b *tallyRow) int { return natural(a.Name, b.Name) }) {
		if k.Gold > 0 {
			sum := 0
			for _, n := range k.Counts {
				sum += n
			}
			k.Share = fmt.Sprintf("%.0f", 100*float64(sum)/float64(k.Gold))
		}
		t.Rows = append(t.Rows, *k)
	}
	return t
}

// present are the stages that erred, in their order.
func (r *result) present() []string {
	seen := map[string]bool{}
	for i := range r.faults {
		seen[r.faults[i].stage] = true
	}
	var out []string
	for _, s := range stages {
		if seen[s.name] {
			out = append(out, s.name)
		}
	}
	return out
}

// items is how many things gold says of a document.
func (d *document) items() int {
	n := 0
	for _, k := range d.kinds() {
		n += k
	}
	return n
}

func (d *document) kinds() map[string]int {
	out := map[string]int{}
	for _, q := range d.gold.Quotes {
		out[q.Kind]++
	}
	for _, e := range d.gold.Entities {
		for _, s := range e.Mentions {
			out[form(d.cut(s))]++
		}
	}
	for _, c := range d.gold.Criticisms {
		out[c.Polarity]++
	}
	return out
}

// word is what errors of a stage hang on, and how often.
type word struct {
	Text string
	N    int
}

// words are the n most frequent of a stage, those that come twice.
func (r *result) words(stage string, n int) []word {
	counts := map[string]int{}
	for i := range r.faults {
		if f := &r.faults[i]; f.stage == stage {
			w := f.word
			if w == "" {
				w = "(none)"
			}
			counts[w]++
		}
	}
	var out []word
	for w, k := range counts {
		if k > 1 {
			out = append(out, word{w, k})
		}
	}
	slices.SortFunc(out, func(a, b word) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Text, b.Text)) })
	return out[:min(n, len(out))]
}
