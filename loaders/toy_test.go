package loaders_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"saidgraph/graph"
	"saidgraph/graph/memory"
	"saidgraph/loaders/quote"
)

var (
	toySaid  = regexp.MustCompile(`(“[^”]*”) (said) ((?:[A-Z]\S+ ?)+[A-Z]\w+)\.`)
	toyBlast = regexp.MustCompile(`([A-Z]\w+ [A-Z]\w+) (blasted) ([A-Z]\w+ [A-Z]\w+)\.`)
)

// toy is an engine for texts of the form “Words.” said First Last. First Last blasted First Last. It panics at
// the word KABOOM and declines GERMAN. What is under test here is what happens around an engine.
func toy(text string) *quote.Analysis {
	if strings.Contains(text, "KABOOM") {
		panic("kaboom")
	}
	an := &quote.Analysis{}
	if strings.Contains(text, "GERMAN") {
		an.Skipped = "not English"
		return an
	}
	at := func(from, to int) quote.Span {
		return quote.Span{Start: utf8.RuneCountInString(text[:from]), End: utf8.RuneCountInString(text[:to])}
	}
	entity := func(from, to int) int {
		name, m := text[from:to], quote.Mention{Span: at(from, to), Form: quote.Name}
		for i := range an.Entities {
			if an.Entities[i].Name == name {
				an.Entities[i].Mentions = append(an.Entities[i].Mentions, m)
				return i
			}
		}
		an.Entities = append(an.Entities, quote.Entity{Type: quote.Person, Name: name, Named: true, Mentions: []quote.Mention{m}})
		return len(an.Entities) - 1
	}
	for _, m := range toySaid.FindAllStringSubmatchIndex(text, -1) {
		e := entity(m[6], m[7])
		an.Claims = append(an.Claims, quote.Claim{Kind: quote.Direct, Parts: []quote.Span{at(m[2], m[3])}, Cue: []quote.Span{at(m[4], m[5])},
			Source: []quote.Span{at(m[6], m[7])}, Speakers: []int{e}, By: text[m[6]:m[7]], Score: 0.9})
	}
	for _, m := range toyBlast.FindAllStringSubmatchIndex(text, -1) {
		an.Stances = append(an.Stances, quote.Stance{From: entity(m[2], m[3]), To: entity(m[6], m[7]), Polarity: quote.Negative, Voice: quote.Reporter,
			Evidence: at(m[0], m[1]), Cue: at(m[4], m[5]), FromSpan: at(m[2], m[3]), ToSpan: at(m[6], m[7]), Claim: -1, Score: 0.8})
	}
	return an
}

// dump is all that a store holds: its edges with both nodes and article, and the articles' texts, sorted.
func dump(t testing.TB, store graph.Store) []string {
	t.Helper()
	var lines []string
	articles := map[graph.ID]bool{}
	for row, err := range store.Edges(t.Context(), graph.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		row.Cursor = ""
		lines = append(lines, toJSON(t, row))
		articles[row.Article.ID] = true
	}
	for id := range articles {
		node, err := store.Node(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, toJSON(t, node))
	}
	slices.Sort(lines)
	return lines
}

func newStore(t testing.TB) graph.Store {
	store := memory.New()
	t.Cleanup(func() { store.Close() })
	return store
}
