package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"saidgraph/graph"
)

// filters are one of each field, and some together; hits says whether the library has an edge for it.
func filters() []struct {
	name string
	f    graph.Filter
	hits bool
} {
	ada, bob, cy, eve := person("Ada Quill"), person("Bob Stone"), person("Cy O’Neill"), person("Eve Park")
	hhs, dee := organization("Health Agency"), person("Dee Mayor")
	lib := library()
	a, claimA, claimB := lib[0].Article.ID, lib[0].Claims[0].ID, lib[1].Claims[0].ID
	nobody := person("Nobody")
	return []struct {
		name string
		f    graph.Filter
		hits bool
	}{
		{"none", graph.Filter{}, true},
		{"one type", graph.Filter{Types: []graph.Type{graph.Said}}, true},
		{"types", graph.Filter{Types: []graph.Type{graph.Praised, graph.Criticized, graph.Declined}}, true},
		{"from", graph.Filter{From: []graph.ID{ada}}, true},
		{"from several", graph.Filter{From: []graph.ID{ada, cy, nobody}}, true},
		{"from nobody", graph.Filter{From: []graph.ID{nobody}}, false},
		{"from a claim", graph.Filter{From: []graph.ID{claimA}}, true},
		{"from an article", graph.Filter{From: []graph.ID{a}}, true},
		{"from all sorts", graph.Filter{From: []graph.ID{a, claimA, claimB, ada}}, true},
		{"to", graph.Filter{To: []graph.ID{hhs}}, true},
		{"to a claim", graph.Filter{To: []graph.ID{claimB}}, true},
		{"to an article", graph.Filter{To: []graph.ID{a, lib[1].Article.ID}}, true},
		{"from and to", graph.Filter{From: []graph.ID{ada}, To: []graph.ID{hhs}}, true},
		{"touching", graph.Filter{Touching: []graph.ID{eve}}, true},
		{"touching several", graph.Filter{Touching: []graph.ID{eve, claimA, a}}, true},
		{"touching and type", graph.Filter{Touching: []graph.ID{dee}, Types: []graph.Type{graph.Criticized}}, true},
		{"about", graph.Filter{About: []graph.ID{bob}}, true},
		{"about, said", graph.Filter{About: []graph.ID{hhs, ada}, Types: []graph.Type{graph.Said}}, true},
		{"about, reported", graph.Filter{About: []graph.ID{eve}, Types: []graph.Type{graph.Reported}}, true},
		{"about, of another type", graph.Filter{About: []graph.ID{hhs}, Types: []graph.Type{graph.Criticized}}, false},
		{"about, surely", graph.Filter{About: []graph.ID{dee}, MinScore: 0.51}, false},
		{"about, from", graph.Filter{About: []graph.ID{dee}, From: []graph.ID{bob}}, true},
		{"about nobody", graph.Filter{About: []graph.ID{nobody}}, false},
		{"speaker", graph.Filter{Speaker: []graph.ID{cy}}, true},
		{"speakers", graph.Filter{Speaker: []graph.ID{cy, bob}, Types: []graph.Type{graph.Said}}, true},
		{"speakers never together", graph.Filter{Speaker: []graph.ID{cy, ada}}, false},
		{"speaker nobody", graph.Filter{Speaker: []graph.ID{nobody}}, false},
		{"speaker, from", graph.Filter{Speaker: []graph.ID{cy}, From: []graph.ID{bob}}, true},
		{"speaker about", graph.Filter{Speaker: []graph.ID{eve}, About: []graph.ID{ada}}, true},
		{"articles", graph.Filter{Articles: []graph.ID{a, lib[3].Article.ID}}, true},
		{"article unknown", graph.Filter{Articles: []graph.ID{nobody}}, false},
		{"from person", graph.Filter{FromLabel: graph.Person}, true},
		{"from organization", graph.Filter{FromLabel: graph.Organization}, true},
		{"from claim label", graph.Filter{FromLabel: graph.ClaimNode}, true},
		{"from article label", graph.Filter{FromLabel: graph.ArticleNode}, true},
		{"to organization", graph.Filter{ToLabel: graph.Organization}, true},
		{"to claim label", graph.Filter{ToLabel: graph.ClaimNode}, true},
		{"to article label", graph.Filter{ToLabel: graph.ArticleNode, FromLabel: graph.Person}, true},
		{"since", graph.Filter{Since: day(2)}, true},
		{"since, a second later", graph.Filter{Since: day(2).Add(time.Second)}, false},
		{"since, a fraction later", graph.Filter{Since: day(2).Add(time.Nanosecond)}, false},
		{"until", graph.Filter{Until: day(2)}, true},
		{"until, a fraction later", graph.Filter{Until: day(2).Add(time.Nanosecond), Types: []graph.Type{graph.Declined}}, true},
		{"until the first", graph.Filter{Until: day(1)}, false},
		{"a day", graph.Filter{Since: day(1), Until: day(2)}, true},
		{"outlet", graph.Filter{Outlets: []string{"EVENING  post"}}, true},
		{"outlets", graph.Filter{Outlets: []string{"the daily muller", "Nobody's"}}, true},
		{"outlet unknown", graph.Filter{Outlets: []string{"", "x"}}, true}, // "" folds as no outlet does
		{"kinds", graph.Filter{Kinds: []string{graph.Mixed, graph.Indirect}}, true},
		{"kind of a stance", graph.Filter{Kinds: []string{graph.Mixed}, Types: []graph.Type{graph.Criticized}}, true},
		{"voice", graph.Filter{Voice: graph.Speaker}, true},
		{"voice reporter", graph.Filter{Voice: graph.Reporter}, true},
		{"score", graph.Filter{MinScore: 0.65}, true},
		{"score one", graph.Filter{MinScore: 1}, true},
		{"limit", graph.Filter{Limit: 2}, true},
		{"together", graph.Filter{Types: []graph.Type{graph.Said}, Since: day(2), MinScore: 0.9, Kinds: []string{graph.Direct}, FromLabel: graph.Person}, true},
	}
}

var readCases = []testCase{
	{"edges/each filter", func(t *testing.T, open func() graph.Store) {
		s := open()
		apply(t, s, library()...)
		m := oracle(t, library()...)
		for _, c := range filters() {
			got, want := collect(t, s, c.f), collect(t, m, c.f)
			same(t, c.name, got, want)
			if (len(want) > 0) != c.hits {
				t.Errorf("%s: %d edges, want some: %v", c.name, len(want), c.hits)
			}
			for _, by := range []graph.Group{graph.ByFrom, graph.ByTo, graph.ByType} {
				got, err := s.Tally(ctx(t), c.f, by)
				if err != nil {
					t.Fatal(err)
				}
				want, _ := m.Tally(ctx(t), c.f, by)
				same(t, "tally "+c.name, got, want)
			}
		}
	}},
	{"edges/order is newest first, undated last, then as the text goes", func(t *testing.T, open func() graph.Store) {
		s := open()
		apply(t, s, library()...)
		rows := collect(t, s, graph.Filter{})
		for i := 1; i < len(rows); i++ {
			if graph.Compare(&rows[i-1].Edge, &rows[i].Edge) >= 0 {
				t.Errorf("row %d does not come before row %d", i-1, i)
			}
		}
		if !rows[len(rows)-1].Edge.Evidence.Date.IsZero() || rows[0].Edge.Evidence.Date != day(2) {
			t.Errorf("from %v to %v, want the newest first and the undated last", rows[0].Edge.Evidence.Date, rows[len(rows)-1].Edge.Evidence.Date)
		}
		for _, r := range rows {
			if r.Article.Text != "" || r.From.Article != nil && r.From.Article.Text != "" || r.To.Article != nil && r.To.Article.Text != "" {
				t.Error("a row carries the article's text")
			}
			if r.From.ID() != r.Edge.From || r.To.ID() != r.Edge.To || r.Article.ID != r.Edge.Evidence.Article {
				t.Error("a row's nodes are not its edge's")
			}
		}
	}},
	{"edges/pages make the whole", func(t *testing.T, open func() graph.Store) {
		s := open()
		apply(t, s, library()...)
		for _, f := range []graph.Filter{{}, {Touching: []graph.ID{person("Ada Quill")}}, {Types: []graph.Type{graph.Said, graph.About}}, {From: []graph.ID{person("Eve Park")}}} {
			whole := collect(t, s, f)
			for limit := 1; limit <= len(whole)+1; limit++ {
				var rows []graph.Row
				page := f
				for page.Limit = limit; ; page.After = rows[len(rows)-1].Cursor {
					got := collect(t, s, page)
					rows = append(rows, got...)
					if len(got) < limit {
						break
					}
				}
				same(t, fmt.Sprintf("%+v in pages of %d", f, limit), rows, whole)
			}
		}
	}},
	{"edges/a cursor outlives its edge", func(t *testing.T, open func() graph.Store) {
		s := open()
		apply(t, s, library()...)
		rows := collect(t, s, graph.Filter{})
		for i, r := range rows {
			if err := s.Delete(ctx(t), r.Article.ID); err != nil {
				t.Fatal(err)
			}
			var want []graph.Row
			for _, w := range collect(t, s, graph.Filter{}) {
				if graph.Compare(&w.Edge, &r.Edge) > 0 {
					want = append(want, w)
				}
			}
			same(t, fmt.Sprint("behind edge ", i), collect(t, s, graph.Filter{After: r.Cursor}), want)
			apply(t, s, library()...)
		}
	}},
	{"edges/a stream may be left, and read inside", func(t *testing.T, open func() graph.Store) {
		s := open()
		apply(t, s, library()...)
		for range 30 {
			for r, err := range s.Edges(ctx(t), graph.Filter{}) {
				if err != nil {
					t.Fatal(err)
				}
				for inner, err := range s.Edges(ctx(t), graph.Filter{From: []graph.ID{r.Edge.From}}) {
					if err != nil {
						t.Fatal(err)
					}
					if _, err := s.Node(ctx(t), inner.Edge.To); err != nil {
						t.Fatal(err)
					}
					break
				}
				apply(t, s, library()[1]) // and written
				break
			}
		}
	}},
	{"tally/each group, paged", tallies},
	{"node/what is not there", func(t *testing.T, open func() graph.Store) {
		s := open()
		for _, id := range []graph.ID{{}, person("Nobody")} {
			_, err := s.Node(ctx(t), id)
			refused(t, "Node", err, graph.NotFound, "")
		}
	}},
	{"named/as name or alias, folded", func(t *testing.T, open func() graph.Store) {
		s := open()
		apply(t, s, library()...)
		ada, cy, eve := person("Ada Quill"), person("Cy O’Neill"), person("Eve Park")
		got, err := s.Named(ctx(t), "QUILL", "dr quill", "cy o'neill", "Ève  PARK", "Nobody", "", "!!!", "Quill")
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]graph.ID{"QUILL": ada, "dr quill": ada, "cy o'neill": cy, "Ève  PARK": eve, "Quill": ada}
		for name, id := range want {
			if len(got[name]) != 1 || got[name][0].ID != id {
				t.Errorf("Named %q: %v, want %s", name, got[name], id)
			}
		}
		if len(got) != len(want) {
			t.Errorf("Named gives %d names, want %d: those that none bears are left out", len(got), len(want))
		}
		d := newDraft("x", day(1), "")
		d.judged(graph.Praised, d.person("Sam Quill", "Quill"), d.organization("Quill"), "Quill praised Quill")
		apply(t, s, d.batch())
		got, err = s.Named(ctx(t), "quill")
		if err != nil {
			t.Fatal(err)
		}
		if len(got["quill"]) != 3 || !slices.IsSortedFunc(got["quill"], func(a, b graph.Actor) int { return slices.Compare(a.ID[:], b.ID[:]) }) {
			t.Errorf("Named quill: %v, want three, by id", got["quill"])
		}
	}},
	{"search/words, beginnings, aliases, near names", searches},
	{"search/pages make the whole", func(t *testing.T, open func() graph.Store) {
		s := open()
		apply(t, s, library()...)
		for _, q := range []graph.SearchQuery{{}, {Text: "quill"}, {Text: "p"}, {Labels: []graph.Label{graph.ClaimNode}}} {
			q.Limit = 1000
			whole, err := s.Search(ctx(t), q)
			if err != nil {
				t.Fatal(err)
			}
			for q.Limit = 1; q.Limit <= len(whole)+1; q.Limit++ {
				var hits []graph.Hit
				for q.After = ""; ; q.After = hits[len(hits)-1].Cursor {
					got, err := s.Search(ctx(t), q)
					if err != nil {
						t.Fatal(err)
					}
					hits = append(hits, got...)
					if len(got) < q.Limit {
						break
					}
				}
				same(t, fmt.Sprintf("%q in pages of %d", q.Text, q.Limit), hits, whole)
			}
		}
	}},
	{"stats/counts by label and type", func(t *testing.T, open func() graph.Store) {
		s := open()
		apply(t, s, library()...)
		got, err := s.Stats(ctx(t))
		if err != nil {
			t.Fatal(err)
		}
		want := graph.Stats{
			Nodes: map[graph.Label]int{graph.Person: 5, graph.Organization: 2, graph.ClaimNode: 5, graph.ArticleNode: 4},
			Edges: map[graph.Type]int{
				graph.Said: 5, graph.About: 6, graph.Criticized: 2, graph.Praised: 1, graph.Reported: 4, graph.Mentioned: 1,
				graph.Published: 1, graph.Affiliated: 1, graph.Declined: 1,
			},
		}
		same(t, "stats", got, want)
	}},
}

func tallies(t *testing.T, open func() graph.Store) {
	s := open()
	apply(t, s, library()...)
	m := oracle(t, library()...)
	for _, by := range []graph.Group{graph.ByFrom, graph.ByTo, graph.ByOutlet, graph.ByMonth, graph.ByKind, graph.ByType, graph.ByArticle} {
		whole, err := s.Tally(ctx(t), graph.Filter{}, by)
		if err != nil {
			t.Fatal(err)
		}
		want, _ := m.Tally(ctx(t), graph.Filter{}, by)
		same(t, string(by), whole, want)
		sum := 0
		for _, c := range whole {
			sum += c.N
			if c.Node != nil && (c.Node.ID().String() != c.Key || c.Node.Article != nil && c.Node.Article.Text != "") {
				t.Errorf("%s: node of %s is another, or has its text", by, c.Key)
			}
		}
		if all := len(collect(t, s, graph.Filter{})); sum != all {
			t.Errorf("%s counts %d edges of %d", by, sum, all)
		}
		for limit := 1; limit <= len(whole)+1; limit++ {
			var counts []graph.Count
			for f := (graph.Filter{Limit: limit}); ; f.After = counts[len(counts)-1].Cursor {
				got, err := s.Tally(ctx(t), f, by)
				if err != nil {
					t.Fatal(err)
				}
				counts = append(counts, got...)
				if len(got) < limit {
					break
				}
			}
			same(t, fmt.Sprintf("%s in pages of %d", by, limit), counts, whole)
		}
	}
	got, err := s.Tally(ctx(t), graph.Filter{Types: []graph.Type{graph.Said}}, graph.ByMonth)
	if err != nil || len(got) != 1 || got[0].Key != "2025-06" || got[0].N != 5 {
		t.Errorf("tally by month: %v, %v", got, err)
	}
}

func searches(t *testing.T, open func() graph.Store) {
	s := open()
	apply(t, s, library()...)
	m := oracle(t, library()...)
	ada, cy, hhs := person("Ada Quill"), person("Cy O’Neill"), organization("Health Agency")
	for _, c := range []struct {
		q    graph.SearchQuery
		want []graph.ID // the first hits
		n    int
	}{
		{graph.SearchQuery{Text: "Ada Quill"}, []graph.ID{ada}, 1},
		{graph.SearchQuery{Text: "quill ADA"}, []graph.ID{ada}, 1},
		{graph.SearchQuery{Text: "qui"}, []graph.ID{ada}, 2},
		{graph.SearchQuery{Text: "qui ada"}, nil, 0}, // only the last may be a beginning
		{graph.SearchQuery{Text: "dr ada"}, nil, 0},  // one name must bear all words
		{graph.SearchQuery{Text: "hhs"}, []graph.ID{hhs}, 1},
		{graph.SearchQuery{Text: "o'neill"}, []graph.ID{cy}, 1},
		{graph.SearchQuery{Text: "health policy"}, nil, 2},
		{graph.SearchQuery{Text: "health"}, []graph.ID{hhs}, 3},
		{graph.SearchQuery{Text: "health", Labels: []graph.Label{graph.ClaimNode}}, nil, 2},
		{graph.SearchQuery{Text: "health", Labels: []graph.Label{graph.Person, graph.ClaimNode}}, nil, 2},
		{graph.SearchQuery{Text: "quil", Labels: []graph.Label{graph.Organization}}, nil, 0},
		{graph.SearchQuery{Text: "qwill"}, nil, 0},
		{graph.SearchQuery{Text: "qwill", Fuzzy: true}, []graph.ID{ada}, 1},
		{graph.SearchQuery{Text: "o neil", Fuzzy: true}, []graph.ID{cy}, 1},
		{graph.SearchQuery{Text: "ageny helth", Fuzzy: true}, []graph.ID{hhs}, 1},
		{graph.SearchQuery{Text: "qqill", Fuzzy: true}, []graph.ID{ada}, 1},
		{graph.SearchQuery{Text: "qqqll", Fuzzy: true}, nil, 0},
		{graph.SearchQuery{Text: "!!!"}, nil, 0},
		{graph.SearchQuery{Text: "", Limit: 100}, nil, 12},
		{graph.SearchQuery{Text: "   ", Labels: []graph.Label{graph.Organization}}, nil, 2},
		{graph.SearchQuery{Text: "the mayor has failed us"}, nil, 1},
		{graph.SearchQuery{Text: "the the the mayor"}, nil, 1},
	} {
		got, err := s.Search(ctx(t), c.q)
		if err != nil {
			t.Fatal(err)
		}
		want, _ := m.Search(ctx(t), c.q)
		same(t, c.q.Text, got, want)
		if len(got) != c.n {
			t.Errorf("Search %+v: %d hits, want %d", c.q, len(got), c.n)
		}
		for i, id := range c.want {
			if i >= len(got) || got[i].Node.ID() != id {
				t.Errorf("Search %+v: hit %d is not %s", c.q, i, id)
			}
		}
	}
}
