package loaders_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"saidgraph/graph"
	"saidgraph/loaders"
	"saidgraph/loaders/page"
	"saidgraph/loaders/quote"
)

func toJSON(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

const letter = `Sens. Alex Padilla and Adam Schiff blasted the Department of Health and Human Services on Friday.
“These actions,” the senators wrote, “violate the law.”
Dr. René Bravo, director of the California Medical Association, declined to comment. “HHS keeps no promise,” a nurse said.`

// span of the n-th place of words in the letter, in code points.
func span(t *testing.T, words string, n int) quote.Span {
	t.Helper()
	at := 0
	for ; n > 0; n-- {
		at += strings.Index(letter[at:], words) + len(words)
	}
	i := strings.Index(letter[at:], words)
	if i < 0 {
		t.Fatalf("%q is not in the letter", words)
	}
	start := utf8.RuneCountInString(letter[:at+i])
	return quote.Span{Start: start, End: start + utf8.RuneCountInString(words)}
}

func letterAnalysis(t *testing.T) *quote.Analysis {
	name := func(words string, n int) quote.Mention {
		return quote.Mention{Span: span(t, words, n), Form: quote.Name}
	}
	senators := quote.Mention{Span: span(t, "the senators", 0), Form: quote.Description}
	hhs := "the Department of Health and Human Services"
	return &quote.Analysis{
		Entities: []quote.Entity{
			{Type: quote.Person, Name: "Alex Padilla", Named: true, Mentions: []quote.Mention{name("Alex Padilla", 0), senators}},
			{Type: quote.Person, Name: "Adam Schiff", Named: true, Aliases: []string{"Schiff"}, Mentions: []quote.Mention{name("Adam Schiff", 0), senators}},
			{Type: quote.Organization, Name: hhs, Named: true, Aliases: []string{"HHS"}, Mentions: []quote.Mention{name(hhs, 0), name("HHS", 0)}},
			{Type: quote.Person, Name: "Dr. René Bravo", Named: true, Mentions: []quote.Mention{name("Dr. René Bravo", 0)}},
			{Type: quote.Organization, Name: "the California Medical Association", Named: true, Mentions: []quote.Mention{name("the California Medical Association", 0)}},
			{Type: quote.Person, Name: "a nurse", Mentions: []quote.Mention{{Span: span(t, "a nurse", 0), Form: quote.Description}}},
		},
		Claims: []quote.Claim{
			{Kind: quote.Direct, Parts: []quote.Span{span(t, "“These actions,”", 0), span(t, "“violate the law.”", 0)}, Cue: []quote.Span{span(t, "wrote", 0)},
				Source: []quote.Span{span(t, "the senators", 0)}, Speakers: []int{0, 1}, By: "Alex Padilla and Adam Schiff", About: []int{2, 0}, Score: 0.9},
			{Kind: quote.Direct, Parts: []quote.Span{span(t, "“HHS keeps no promise,”", 0)}, Cue: []quote.Span{span(t, "said", 0)},
				Source: []quote.Span{span(t, "a nurse", 0)}, Speakers: []int{5}, By: "a nurse", About: []int{2}, Score: 0.7},
		},
		Stances: []quote.Stance{
			{From: 0, To: 2, Polarity: quote.Negative, Voice: quote.Reporter, Evidence: span(t, letter[:strings.Index(letter, "\n")], 0), Cue: span(t, "blasted", 0),
				FromSpan: span(t, "Alex Padilla", 0), ToSpan: span(t, hhs, 0), Claim: -1, Score: 0.8},
			{From: 1, To: 2, Polarity: quote.Negative, Voice: quote.Speaker, Evidence: span(t, "“violate the law.”", 0),
				FromSpan: span(t, "the senators", 0), ToSpan: span(t, hhs, 0), Claim: 0, Score: 0.6},
			{From: 5, To: 2, Polarity: quote.Negative, Voice: quote.Speaker, Evidence: span(t, "“HHS keeps no promise,”", 0), Claim: 1, Score: 0.6},
			{From: 2, To: 2, Polarity: quote.Positive, Voice: quote.Reporter, Evidence: span(t, "HHS", 0), Claim: -1, Score: 0.6},
		},
		Affiliations: []quote.Affiliation{{Person: 3, Organization: 4, Role: "director", Score: 0.9,
			Span: span(t, "Dr. René Bravo, director of the California Medical Association", 0)}},
		Declined: []quote.Declined{{Entity: 3, Span: span(t, "declined to comment", 0), Score: 0.9}},
	}
}

func TestBuild(t *testing.T) {
	art := page.Article{URL: "https://example.org/a", Title: "Letter", Outlet: "The Valley Post", Date: time.Date(2025, 7, 19, 0, 0, 0, 0, time.UTC), Text: letter}
	b := loaders.Build(art, letterAnalysis(t))
	if err := b.Validate(); err != nil {
		t.Fatal(err)
	}
	name := map[graph.ID]string{b.Article.ID: "article"}
	for _, a := range b.Actors {
		name[a.ID] = a.Name
	}
	for i, c := range b.Claims {
		name[c.ID] = fmt.Sprintf("claim %d", i)
	}
	var got []string
	for _, e := range b.Edges {
		line := fmt.Sprintf("%s %s %s", name[e.From], e.Type, name[e.To])
		if e.Role != "" {
			line += " as " + e.Role
		}
		if e.Voice != "" {
			line += " " + e.Voice
		}
		if e.Claim != nil {
			line += " in " + name[*e.Claim]
		}
		line += fmt.Sprintf(" [%s|%s|%s|%s]", e.Evidence.Quote, e.Evidence.Cue, e.Evidence.Surface, e.Evidence.Target)
		got = append(got, line)
	}
	slices.Sort(got)
	want := []string{
		"Adam Schiff CRITICIZED Department of Health and Human Services speaker in claim 0 [“violate the law.”||the senators|the Department of Health and Human Services]",
		"Adam Schiff SAID claim 0 [“These actions,” … “violate the law.”|wrote|the senators|]",
		"Alex Padilla CRITICIZED Department of Health and Human Services reporter [Sens. Alex Padilla and Adam Schiff blasted the Department of Health and Human Services on Friday.|blasted|Alex Padilla|the Department of Health and Human Services]",
		"Alex Padilla SAID claim 0 [“These actions,” … “violate the law.”|wrote|the senators|]",
		"René Bravo AFFILIATED California Medical Association as director [Dr. René Bravo, director of the California Medical Association||Dr. René Bravo|the California Medical Association]",
		"René Bravo DECLINED article [declined to comment|||]",
		"Valley Post PUBLISHED article [|||]",
		"article MENTIONED Adam Schiff [Adam Schiff||Adam Schiff|]",
		"article MENTIONED Alex Padilla [Alex Padilla||Alex Padilla|]",
		"article MENTIONED California Medical Association [the California Medical Association||the California Medical Association|]",
		"article MENTIONED Department of Health and Human Services [the Department of Health and Human Services||the Department of Health and Human Services|]",
		"article MENTIONED René Bravo [Dr. René Bravo||Dr. René Bravo|]",
		"article REPORTED claim 0 [“These actions,” … “violate the law.”|wrote||]",
		"article REPORTED claim 1 [“HHS keeps no promise,”|said||]",
		"claim 0 ABOUT Department of Health and Human Services [“These actions,” … “violate the law.”|wrote||]",
		"claim 1 ABOUT Department of Health and Human Services [“HHS keeps no promise,”|said|HHS|]",
	}
	for i := range max(len(got), len(want)) {
		g, w := "nothing", "nothing"
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Errorf("edge %d:\ngot  %s\nwant %s", i, g, w)
		}
	}
	if b.Claims[0].By != "" || b.Claims[1].By != "a nurse" {
		t.Errorf("By: got %q and %q, want none for actors and the nurse's words", b.Claims[0].By, b.Claims[1].By)
	}
	for _, a := range b.Actors {
		if a.Name == "Department of Health and Human Services" && !slices.Equal(a.Aliases, []string{"HHS", "the Department of Health and Human Services"}) {
			t.Errorf("aliases: got %q", a.Aliases)
		}
	}
	if got := toJSON(t, loaders.Build(art, letterAnalysis(t))); got != toJSON(t, b) {
		t.Error("a second build differs from the first")
	}
}

// Whatever an engine says of spans, the batch keeps the laws of the graph.
func TestBuildKeepsTheLaws(t *testing.T) {
	var bad []quote.Span
	for _, s := range [][2]int{{0, 0}, {5, 3}, {-1, 4}, {2, 9999}, {3, 7}, {0, 2}} {
		bad = append(bad, quote.Span{Start: s[0], End: s[1]})
	}
	for _, s := range bad {
		for _, s2 := range bad {
			an := letterAnalysis(t)
			spans := []quote.Span{s, s2}
			for i := range an.Claims {
				an.Claims[i].Parts, an.Claims[i].Cue, an.Claims[i].Source = spans, spans, spans
				an.Claims[i].Score = 7
			}
			for i := range an.Stances {
				an.Stances[i].Evidence, an.Stances[i].Cue, an.Stances[i].FromSpan, an.Stances[i].ToSpan = s, s2, s, s2
			}
			an.Affiliations[0].Span, an.Declined[0].Span = s, s2
			an.Entities[0].Mentions[0].Span = s
			if err := loaders.Build(page.Article{Text: letter}, an).Validate(); err != nil {
				t.Errorf("%v %v: %v", s, s2, err)
			}
		}
	}
}
