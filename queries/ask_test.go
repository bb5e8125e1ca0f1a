package queries_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"saidgraph/graph"
	"saidgraph/queries"
)

var update = flag.Bool("update", false, "write the golden answers anew")

func ask(tb testing.TB, store graph.Store, question string) *queries.Answer {
	tb.Helper()
	q, err := queries.Parse(question)
	if err != nil {
		tb.Fatal(err)
	}
	a, err := queries.Ask(tb.Context(), store, q)
	if err != nil {
		tb.Fatalf("%s: %v", question, err)
	}
	return a
}

// golden are the questions whose whole answers are kept in testdata.
var golden = []struct{ name, question string }{
	{"said", "who said what"},
	{"said_about", "who said what about HD"},
	{"said_by", "what did Ana Rivera say"},
	{"said_by_about", "what did Ana Rivera say about the Health Department"},
	{"criticized", "who criticized the department"},
	{"criticized_reporter", "who criticized whom voice:reporter min-score:0"},
	{"whom_criticized", "whom did Okafor criticize"},
	{"praised", `who praised "Department of Parks and Recreation"`},
	{"whom_praised", "whom did Tom Okafor praise"},
	{"quoted_with", "who is quoted with Tom Okafor min-score:0"},
	{"connected", "how are Ana Rivera and Department of Parks and Recreation connected"},
	{"who_is", "who is Health Department limit:1"},
	{"declined", "who declined to comment"},
	{"ambiguous", "what did Rivera say"},
	{"unknown", "who criticized Tom Okafur"},
	{"filtered_out", "who criticized HD since:2026"},
}

func TestAnswers(t *testing.T) {
	store := shelved(t, library(t))
	for _, g := range golden {
		t.Run(g.name, func(t *testing.T) {
			got, err := json.MarshalIndent(ask(t, store, g.question), "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, '\n')
			file := filepath.Join("testdata", "answers", g.name+".json")
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("%s: -want +got (write it anew with -update):\n%s", g.question, diff)
			}
		})
	}
}

// line is a row in short.
func line(r queries.Row) string {
	var who []string
	for _, s := range r.Speakers {
		who = append(who, s.Name)
	}
	if r.By != "" {
		who = append(who, r.By)
	}
	s := strings.Join(who, "+") + ": " + r.Proof.Quote
	if r.Target != nil {
		s = strings.Join(who, "+") + " > " + r.Target.Name + " (" + r.Voice + ")"
	}
	return s
}

func lines(rows []queries.Row) []string {
	var out []string
	for _, r := range rows {
		out = append(out, line(r))
	}
	return out
}

func TestRows(t *testing.T) {
	const (
		late  = "Ana Rivera: the vote was late"
		lied  = "Tom Okafor: The Health Department lied to families,"
		safe  = "Maria Rivera: the clinic was safe"
		open  = "Ana Rivera+Tom Okafor: The clinic must stay open."
		never = "Ana Rivera: They never answered us,"
		roof  = "A nurse who asked not to be named: the roof had leaked for years"
		know  = "Tom Okafor: We know,"
	)
	tests := []struct {
		name, question string
		want           []string
	}{
		{"newest first, joint once, unnamed in own words, undated last", "who said what", []string{late, lied, safe, open, never, roof, know}},
		{"about", "who said what about HD", []string{lied, never, roof}},
		{"low scores on demand", "who said what about HD min-score:0", []string{lied, "Nils Lindqvist: little", never, roof}},
		{"until is inclusive", "who said what since:2025-06-20 until:2025-06-20", []string{lied, safe}},
		{"until a month is to its end", "who said what until:2025-06", []string{lied, safe, open, never, roof}},
		{"outlet, folded", `who said what outlet:"orange county register"`, []string{open, never, roof}},
		{"kinds are any of", "who said what kind:indirect kind:mixed", []string{late, safe, roof}},
		{"joint statement of one speaker", "what did Okafor say", []string{lied, "Tom Okafor+Ana Rivera: The clinic must stay open.", know}},
		{"about a person", "what did Tom Okafor say about Ana Rivera", []string{know}},
		{"criticism in both voices", "who criticized HD", []string{"Tom Okafor > Health Department (speaker)", "Ana Rivera > Health Department (reporter)", "Ana Rivera > Health Department (speaker)"}},
		{"one voice", "who criticized HD voice:reporter", []string{"Ana Rivera > Health Department (reporter)"}},
		{"the critic's direction", "whom did Ana Rivera criticize limit:1", []string{"Ana Rivera > Health Department (reporter)"}},
		{"never reversed", "whom did Health Department criticize", nil},
		{"praise", "who praised whom", []string{"Tom Okafor > Department of Parks and Recreation (reporter)"}},
		{"refusals", "who declined to comment", []string{"Health Department: The Health Department declined to comment."}},
	}
	store := shelved(t, library(t))
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a := ask(t, store, test.question)
			if diff := cmp.Diff(test.want, lines(a.Rows)); diff != "" {
				t.Errorf("%s: -want +got:\n%s", test.question, diff)
			}
			if len(a.Rows) == 0 && a.Hint == "" {
				t.Errorf("%s: an empty answer that does not say why", test.question)
			}
		})
	}
}

// TestCopies: a text that several outlets print counts once, unless the question asks for all or names where to look.
func TestCopies(t *testing.T) {
	var batches []graph.Batch
	for i, outlet := range []string{"Later", "First", "Undated"} {
		date := day(2025, 3, 2-i)
		if outlet == "Undated" {
			date = time.Time{}
		}
		d := newDraft(t, "https://"+outlet+".example/", "", outlet, date, "Xan blamed Bo. Xan said no.")
		d.batch.Article.Copy = "c"
		d.actor(graph.Person, "Xan")
		d.actor(graph.Person, "Bo")
		d.claim(graph.Indirect, "no", "", 0.9, []string{"Xan"}, nil)
		d.edge(graph.Edge{Type: graph.Criticized, From: d.named["Xan"], To: d.named["Bo"], Voice: graph.Reporter, Evidence: d.evidence("Xan blamed Bo.", "", "", 0.9)})
		batches = append(batches, d.batch)
	}
	store := shelved(t, batches)
	for question, want := range map[string][]string{
		"who said what":               {"First"},
		"who said what copies:all":    {"Later", "First", "Undated"},
		"who said what outlet:later":  {"Later"},
		"who criticized Bo":           {"First"},
		"what did Xan say copies:all": {"Later", "First", "Undated"},
	} {
		var got []string
		for _, r := range ask(t, store, question).Rows {
			got = append(got, r.Article.Outlet)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", question, got, want)
		}
	}
}

// TestDoubtfulEdges: the least score holds for whom a claim is about and for unnamed sources too.
func TestDoubtfulEdges(t *testing.T) {
	d := newDraft(t, "https://d.example/", "", "", day(2025, 1, 1), "Xan said no of Bo. A clerk said maybe.")
	d.actor(graph.Person, "Xan")
	d.actor(graph.Person, "Bo")
	no := d.claim(graph.Indirect, "no", "", 0.9, []string{"Xan"}, nil)
	d.edge(graph.Edge{Type: graph.About, From: *no, To: d.named["Bo"], Evidence: d.evidence("no", "", "", 0.2)})
	d.claim(graph.Indirect, "maybe", "A clerk", 0.3, nil, nil)
	store := shelved(t, []graph.Batch{d.batch})
	for question, want := range map[string][]string{
		"who said what":                            {"Xan: no"},
		"who said what min-score:0":                {"Xan: no", "A clerk: maybe"},
		"who said what about Bo":                   nil,
		"who said what about Bo min-score:0.1":     {"Xan: no"},
		"what did Xan say about Bo":                nil,
		"what did Xan say about Bo min-score:0.20": {"Xan: no"},
	} {
		if got := lines(ask(t, store, question).Rows); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", question, got, want)
		}
	}
}

func TestConnected(t *testing.T) {
	store := shelved(t, library(t))
	a := ask(t, store, "how are Maria Rivera and Department of Parks and Recreation connected")
	if len(a.Names) != 2 || a.Names[1].Asked != parks {
		t.Fatalf("names %+v: not split at the right and", a.Names)
	}
	if len(a.Paths) == 0 {
		t.Fatalf("no path; hint %q", a.Hint)
	}
	for _, p := range a.Paths {
		for i, s := range p.Steps {
			ends := []queries.Actor{p.Actors[i], p.Actors[i+1]}
			if !slices.Contains(ends, s.From) || !slices.Contains(ends, s.To) {
				t.Errorf("step %d joins %s and %s, want %v", i, s.From.Name, s.To.Name, ends)
			}
			if s.Proof.Proof.Quote == "" || s.N < 1 {
				t.Errorf("step %d has no proof: %+v", i, s)
			}
		}
	}
	if a := ask(t, store, "how are HD and Health Department connected"); len(a.Paths) != 0 || !strings.Contains(a.Hint, "both") {
		t.Errorf("one actor: %d paths, hint %q", len(a.Paths), a.Hint)
	}
	if a := ask(t, store, "how are HD and Nobody and Sons connected"); !slices.Equal(a.Unknown, []string{"Nobody and Sons"}) {
		t.Errorf("unknown %q, want the half that is", a.Unknown)
	}
}

// TestLaw holds every proof of every answer to the text it was cut from.
func TestLaw(t *testing.T) {
	store := shelved(t, library(t))
	proofs := 0
	check := func(r queries.Row) {
		node, err := store.Node(t.Context(), r.Article.ID)
		if err != nil {
			t.Fatal(err)
		}
		proofs++
		if cut, ok := graph.Cut(node.Article.Text, r.Proof.Spans); !ok || cut != r.Proof.Quote || cut == "" {
			t.Errorf("%v cuts %q, quote is %q", r.Proof.Spans, cut, r.Proof.Quote)
		}
	}
	for _, g := range golden {
		a := ask(t, store, g.question)
		rows := a.Rows
		for _, c := range a.Companions {
			rows = append(rows, c.Newest)
		}
		for _, p := range a.Paths {
			for _, s := range p.Steps {
				rows = append(rows, s.Proof)
			}
		}
		if p := a.Profile; p != nil {
			rows = slices.Concat(rows, p.Said.Rows, p.SaidAbout.Rows, p.CriticizedBy.Rows, p.Affiliations.Rows, p.Declined.Rows)
		}
		for _, r := range rows {
			check(r)
		}
	}
	if proofs < 30 {
		t.Errorf("only %d proofs were looked at", proofs)
	}
}

// TestPages: pages of any size, put together, are the whole answer.
func TestPages(t *testing.T) {
	store := shelved(t, append(library(t), pile(t, 40)...))
	for _, question := range []string{
		"who said what", "who said what about HD min-score:0", "what did Ana Rivera say", "who criticized whom min-score:0",
		"who criticized Agency", "who is quoted with Person Number3", "who declined to comment",
	} {
		whole := ask(t, store, question+" limit:500")
		for _, limit := range []string{"1", "3", "7"} {
			var rows []queries.Row
			var others []queries.Companion
			for next, pages := "", 0; ; pages++ {
				q := question + " limit:" + limit
				if next != "" {
					q += ` after:"` + next + `"`
				}
				a := ask(t, store, q)
				rows, others = append(rows, a.Rows...), append(others, a.Companions...)
				if next = a.Next; next == "" {
					break
				}
				if pages > 200 {
					t.Fatalf("%s: no end", q)
				}
			}
			if diff := cmp.Diff(whole.Rows, rows); diff != "" || len(rows)+len(others) == 0 {
				t.Errorf("%s limit:%s: %d rows, %d others; -whole +pages:\n%s", question, limit, len(rows), len(others), diff)
			}
			if diff := cmp.Diff(whole.Companions, others); diff != "" {
				t.Errorf("%s limit:%s: -whole +pages:\n%s", question, limit, diff)
			}
		}
	}
}

// counted counts the reads of a store.
type counted struct {
	graph.Store
	reads int
}

func (c *counted) Node(ctx context.Context, id graph.ID) (graph.Node, error) {
	c.reads++
	return c.Store.Node(ctx, id)
}

func (c *counted) Edges(ctx context.Context, f graph.Filter) iter.Seq2[graph.Row, error] {
	c.reads++
	return c.Store.Edges(ctx, f)
}

func (c *counted) Tally(ctx context.Context, f graph.Filter, by graph.Group) ([]graph.Count, error) {
	c.reads++
	return c.Store.Tally(ctx, f, by)
}

func (c *counted) Named(ctx context.Context, names ...string) (map[string][]graph.Actor, error) {
	c.reads++
	return c.Store.Named(ctx, names...)
}

func (c *counted) Search(ctx context.Context, q graph.SearchQuery) ([]graph.Hit, error) {
	c.reads++
	return c.Store.Search(ctx, q)
}

// TestReadsDoNotGrowWithRows: an answer of hundreds of rows takes no more reads than one of two.
func TestReadsDoNotGrowWithRows(t *testing.T) {
	store := &counted{Store: shelved(t, pile(t, 300))}
	for question, most := range map[string]int{
		"who said what": 2, "who said what about Agency": 3, "who criticized Agency": 2, "what did Person Number3 say": 3,
		"who is quoted with Person Number3": 3, "how are Person Number3 and Person Number5 connected": 2, "who is Agency": 20,
	} {
		for _, limit := range []string{"2", "500"} {
			store.reads = 0
			ask(t, store, question+" limit:"+limit)
			if store.reads > most {
				t.Errorf("%s limit:%s took %d reads, want at most %d", question, limit, store.reads, most)
			}
		}
	}
}

func TestAskRefuses(t *testing.T) {
	store := shelved(t, library(t))
	tests := []struct {
		name  string
		q     queries.Question
		field string
	}{
		{"no form", queries.Question{}, "q"},
		{"unknown form", queries.New("who_knows", "", ""), "q"},
		{"no name", queries.New(queries.WhomCriticized, "", ""), "q"},
		{"name too many", queries.New(queries.WhoIs, ana, tom), "q"},
		{"second without first", queries.New(queries.WhatSaid, "", tom), "q"},
		{"nothing to split", queries.New(queries.Connected, ana, ""), "q"},
		{"filter of another form", question(queries.WhoSaid, "", "", func(q *queries.Question) { q.Voice = graph.Reporter }), "voice"},
		{"cursor", question(queries.WhoSaid, "", "", func(q *queries.Question) { q.After = "x" }), "after"},
		{"cursor of companions", question(queries.QuotedWith, ana, "", func(q *queries.Question) { q.After = "1.2.3" }), "after"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a, err := queries.Ask(t.Context(), store, test.q)
			if graph.CodeOf(err) != graph.Invalid {
				t.Fatalf("got %+v, %v; want invalid", a, err)
			}
			var ge *graph.Error
			if !errors.As(err, &ge) || ge.Field != test.field {
				t.Errorf("error %v: field %q, want %q", err, ge.Field, test.field)
			}
		})
	}
}

func TestAskPassesErrorsOn(t *testing.T) {
	store := shelved(t, library(t))
	store.Close()
	for _, g := range golden {
		q, err := queries.Parse(g.question)
		if err != nil {
			t.Fatal(err)
		}
		if a, err := queries.Ask(t.Context(), store, q); graph.CodeOf(err) != graph.Unavailable {
			t.Errorf("%s: got %+v, %v; want unavailable", g.question, a, err)
		}
	}
}

func BenchmarkAsk(b *testing.B) {
	store := shelved(b, pile(b, 1000))
	for name, question := range map[string]string{
		"criticized": "who criticized Agency", "said": "what did Person Number3 say", "quoted": "who is quoted with Person Number3",
	} {
		q, err := queries.Parse(question)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := queries.Ask(b.Context(), store, q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := queries.Parse(`who criticized "Department of Health and Human Services" since:2025-06 min-score:0.8`); err != nil {
			b.Fatal(err)
		}
	}
}
