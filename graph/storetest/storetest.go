// Package storetest is the one suite that every store passes: a case for each sentence of the contract, the random law
// that all stores answer as memory does, and the stores' benchmarks.
package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"saidgraph/graph"
	"saidgraph/graph/memory"
)

// Run holds a store to the contract of [graph.Store]. open makes a fresh, empty one, closed when the test ends; it is called more than
// once in a test.
func Run(t *testing.T, open func(t *testing.T) graph.Store) {
	for _, group := range [][]testCase{writeCases, readCases, walkCases, recordCases, faultCases} {
		for _, c := range group {
			t.Run(c.name, func(t *testing.T) { c.run(t, func() graph.Store { return open(t) }) })
		}
	}
	t.Run("law/answers as memory does", func(t *testing.T) { law(t, func() graph.Store { return open(t) }) })
}

// Library are some articles with edges of every type, and one of strings that break parsers.
func Library() []graph.Batch {
	d := newDraft("https://news.example/hostile", day(9), "Post")
	for _, h := range hostile {
		if h != "" {
			d.said(d.know(graph.Person, h, h, "x"+h), "words of "+h, d.organization("HHS"))
		}
	}
	return append(append(library(), chainsWeb()...), d.batch(), Typical(1), Typical(2))
}

// Alike fails the test when two stores do not hold the same graph.
func Alike(t testing.TB, got, want graph.Store) {
	t.Helper()
	same(t, "the graph", dump(t, got), dump(t, want))
}

type testCase struct {
	name string
	run  func(t *testing.T, open func() graph.Store)
}

// apply fails the test when a batch is refused.
func apply(t testing.TB, s graph.Store, batches ...graph.Batch) {
	t.Helper()
	if err := s.Apply(ctx(t), batches...); err != nil {
		t.Fatal(err)
	}
}

// oracle is memory with the same batches.
func oracle(t testing.TB, batches ...graph.Batch) graph.Store {
	t.Helper()
	m := memory.New()
	apply(t, m, batches...)
	return m
}

func ctx(t testing.TB) context.Context { return t.Context() }

func collect(t testing.TB, s graph.Store, f graph.Filter) []graph.Row {
	t.Helper()
	rows, err := gather(ctx(t), s, f)
	if err != nil {
		t.Fatalf("Edges(%+v): %v", f, err)
	}
	return rows
}

func gather(ctx context.Context, s graph.Store, f graph.Filter) (rows []graph.Row, err error) {
	for row, err := range s.Edges(ctx, f) {
		if err != nil {
			return rows, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// same compares what a store gave with what it should.
func same(t testing.TB, what string, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

// refused wants an error of a code and field.
func refused(t testing.TB, what string, err error, code graph.Code, field string) {
	t.Helper()
	if got := graph.CodeOf(err); got != code {
		t.Errorf("%s: code %q of %v, want %q", what, got, err, code)
		return
	}
	if got := fieldOf(err); got != field {
		t.Errorf("%s: field %q of %v, want %q", what, got, err, field)
	}
}

// everything is all that the reads tell of a store.
type everything struct {
	Stats  graph.Stats
	Rows   []graph.Row
	Hits   []graph.Hit
	Nodes  []graph.Node
	ByFrom []graph.Count

	Batches []graph.Batch
}

func dump(t testing.TB, s graph.Store) everything {
	t.Helper()
	var all everything
	var err error
	if all.Stats, err = s.Stats(ctx(t)); err != nil {
		t.Fatal(err)
	}
	all.Rows = collect(t, s, graph.Filter{})
	if all.Hits, err = s.Search(ctx(t), graph.SearchQuery{Limit: 10000}); err != nil {
		t.Fatal(err)
	}
	if all.ByFrom, err = s.Tally(ctx(t), graph.Filter{}, graph.ByFrom); err != nil {
		t.Fatal(err)
	}
	for b, err := range s.Batches(ctx(t)) {
		if err != nil {
			t.Fatal(err)
		}
		all.Batches = append(all.Batches, b)
	}
	seen := map[graph.ID]bool{}
	for _, r := range all.Rows {
		for _, id := range []graph.ID{r.Edge.From, r.Edge.To, r.Article.ID} {
			if seen[id] {
				continue
			}
			seen[id] = true
			n, err := s.Node(ctx(t), id)
			if err != nil {
				t.Fatal(err)
			}
			all.Nodes = append(all.Nodes, n)
		}
	}
	return all
}

// library is a handful of articles in which every kind of edge and evidence occurs. The actors' names sort as they read.
func library() []graph.Batch {
	a := newDraft("https://news.example/a", day(1), "The Daily Müller")
	ada, bob := a.person("Ada Quill", "Quill"), a.person("Bob Stone")
	hhs := a.organization("Health Agency", "HHS", "the agency")
	a.said(ada, "“The plan is cruel to the agency”", hhs, bob)
	a.judged(graph.Criticized, ada, hhs, "Quill blasted the agency")
	a.edge(graph.Published, a.organization("The Daily Müller"), a.Article.ID, 1, nil)
	a.edge(graph.Mentioned, a.Article.ID, bob, 1, nil)
	a.edge(graph.Affiliated, bob, hhs, 0.6, []graph.Span{a.write("Stone, director of HHS")}, func(e *graph.Edge) { e.Role = "director" })

	b := newDraft("https://news.example/b", day(2), "Evening Post")
	bob, cy := b.person("Bob Stone", "Bobby Stone"), b.person("Cy O’Neill", "Sen. O’Neill")
	claim := b.claim(graph.Mixed, "the mayor", "has failed us")
	spans := b.spansOf(claim)
	cue := b.write("said")
	b.edge(graph.Said, cy, claim, 0.95, spans, func(e *graph.Edge) {
		e.Evidence.Cue, e.Evidence.CueSpans = "said", []graph.Span{cue}
		surface := b.write("the senator")
		e.Evidence.Surface, e.Evidence.SurfaceSpan = "the senator", &surface
	})
	b.edge(graph.Said, bob, claim, 0.55, spans)
	b.edge(graph.About, claim, b.person("Dee Mayor"), 0.5, spans)
	b.edge(graph.Criticized, cy, b.person("Dee Mayor"), 0.65, spans, func(e *graph.Edge) {
		e.Voice, e.Claim = graph.Speaker, &claim
		target := b.write("the mayor")
		e.Evidence.Target, e.Evidence.TargetSpan = "the mayor", &target
	})
	b.edge(graph.Declined, b.person("Dee Mayor"), b.Article.ID, 0.9, []graph.Span{b.write("Mayor did not answer")})

	c := newDraft("https://news.example/c", time.Time{}, "")
	cy, eve := c.person("Cy O’Neill"), c.person("Eve Park")
	c.judged(graph.Praised, eve, cy, "Park praised O’Neill")
	indirect := c.claim(graph.Indirect, "that the budget was sound")
	c.Claims[0].By = "a homeless man"
	c.edge(graph.Reported, c.Article.ID, indirect, 1, c.spansOf(indirect))
	c.edge(graph.About, indirect, eve, 0.4, c.spansOf(indirect))

	d := newDraft("https://news.example/d", day(2), "evening post")
	eve = d.person("Eve Park", "Ève Park")
	ada = d.person("Ada Quill", "Dr. Quill")
	d.said(eve, "Quill knows health policy well", ada)
	d.said(eve, "Health policy, again", eve)
	return []graph.Batch{a.batch(), b.batch(), c.batch(), d.batch()}
}
