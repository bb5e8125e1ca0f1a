package storetest

import (
	"testing"

	"saidgraph/graph"
)

// chainsWeb: A–B–D and A–C–D by several kinds of steps, D–E, F alone with G; a claim about its own speaker makes no step.
func chainsWeb() []graph.Batch {
	d := newDraft("https://news.example/web", day(5), "Post")
	a, b, c, e := d.person("A"), d.person("B"), d.person("C"), d.person("E")
	dd := d.organization("D")
	d.judged(graph.Criticized, a, b, "A blasted B")
	d.said(b, "D is fine", dd)
	d.said(b, "D is fine again", dd)
	d.judged(graph.Praised, dd, c, "D hailed C")
	d.edge(graph.Affiliated, e, dd, 0.3, []graph.Span{d.write("E of D")})
	d.said(e, "I am E", e)
	d.judged(graph.Praised, d.person("F"), d.person("G"), "F hailed G")
	n := newDraft("https://news.example/web2", day(6), "Post")
	a, c = n.person("A"), n.person("C")
	n.said(c, "A is right", a)
	n.judged(graph.Criticized, a, n.person("B"), "A blasted B again")
	n.judged(graph.Praised, n.person("B"), a, "B hailed A")
	return []graph.Batch{d.batch(), n.batch()}
}

func names(p graph.Path) (s string) {
	for _, a := range p.Actors {
		s += a.Name
	}
	return s
}

var walkCases = []testCase{
	{"paths/shortest, both ways, by name", func(t *testing.T, open func() graph.Store) {
		s := open()
		apply(t, s, chainsWeb()...)
		m := oracle(t, chainsWeb()...)
		a, b, d, e, f := person("A"), person("B"), organization("D"), person("E"), person("F")
		for _, c := range []struct {
			what        string
			from, to    graph.ID
			hops, limit int
			filter      graph.Filter
			want        []string
		}{
			{"one step", a, b, 0, 0, graph.Filter{}, []string{"AB"}},
			{"against the edge", b, a, 0, 0, graph.Filter{}, []string{"BA"}},
			{"two ways", a, d, 0, 0, graph.Filter{}, []string{"ABD", "ACD"}},
			{"two ways, one wanted", a, d, 0, 1, graph.Filter{}, []string{"ABD"}},
			{"three steps", a, e, 3, 0, graph.Filter{}, []string{"ABDE", "ACDE"}},
			{"back", e, a, 6, 0, graph.Filter{}, []string{"EDBA", "EDCA"}},
			{"too far", a, e, 2, 0, graph.Filter{}, nil},
			{"no way", a, f, 6, 0, graph.Filter{}, nil},
			{"by words only", a, d, 6, 0, graph.Filter{Types: []graph.Type{graph.Said}}, nil},
			{"by stance", a, d, 6, 0, graph.Filter{Types: []graph.Type{graph.Said, graph.Praised}}, []string{"ABD", "ACD"}},
			{"of one article", a, d, 6, 0, graph.Filter{Articles: []graph.ID{graph.ArticleID("https://news.example/web", "")}}, []string{"ABD"}},
			{"surely", d, e, 6, 0, graph.Filter{MinScore: 0.5}, nil},
			{"surely about", b, d, 6, 0, graph.Filter{MinScore: 0.85}, nil},
			{"cursor and limit of the filter are ignored", a, d, 0, 0, graph.Filter{After: "?", Limit: 1}, []string{"ABD", "ACD"}},
		} {
			got, err := s.Paths(ctx(t), c.from, c.to, c.hops, c.limit, c.filter)
			if err != nil {
				t.Errorf("%s: %v", c.what, err)
				continue
			}
			var list []string
			for _, p := range got {
				list = append(list, names(p))
			}
			same(t, c.what, list, c.want)
			want, _ := m.Paths(ctx(t), c.from, c.to, c.hops, c.limit, c.filter)
			same(t, c.what, got, want)
		}
	}},
	{"paths/the newest proof, and how many", func(t *testing.T, open func() graph.Store) {
		s := open()
		apply(t, s, chainsWeb()...)
		got, err := s.Paths(ctx(t), person("A"), person("B"), 1, 1, graph.Filter{Types: []graph.Type{graph.Criticized}})
		if err != nil || len(got) != 1 {
			t.Fatalf("%v, %v", got, err)
		}
		step := got[0].Steps[0]
		if step.N != 2 || step.Row.Edge.Evidence.Quote != "A blasted B again" || step.From != person("A") || step.To != person("B") || step.Type != graph.Criticized {
			t.Errorf("step %+v, want two proofs, the newest shown", step)
		}
		got, err = s.Paths(ctx(t), organization("D"), person("B"), 1, 1, graph.Filter{})
		if err != nil || len(got) != 1 {
			t.Fatalf("%v, %v", got, err)
		}
		step = got[0].Steps[0]
		if step.N != 2 || step.From != person("B") || step.To != organization("D") || step.Type != graph.Said || step.Row.To.Claim == nil {
			t.Errorf("step %+v, want B speaking about D, twice, with the claim", step)
		}
	}},
	{"paths/bad ends and bounds", func(t *testing.T, open func() graph.Store) {
		s := open()
		apply(t, s, chainsWeb()...)
		a, nobody := person("A"), person("Nobody")
		article := graph.ArticleID("https://news.example/web", "")
		for _, c := range []struct {
			what        string
			from, to    graph.ID
			hops, limit int
			code        graph.Code
			field       string
		}{
			{"from nobody", nobody, a, 1, 1, graph.NotFound, ""},
			{"to nobody", a, nobody, 1, 1, graph.NotFound, ""},
			{"to an article", a, article, 1, 1, graph.NotFound, ""},
			{"to itself", a, a, 1, 1, graph.Invalid, "to"},
			{"too many hops", a, a, 7, 1, graph.Invalid, "max_hops"},
			{"less than no hops", a, a, -1, 1, graph.Invalid, "max_hops"},
			{"negative limit", a, a, 1, -1, graph.Invalid, "limit"},
		} {
			_, err := s.Paths(ctx(t), c.from, c.to, c.hops, c.limit, graph.Filter{})
			refused(t, c.what, err, c.code, c.field)
		}
		_, err := s.Paths(ctx(t), a, person("B"), 1, 1, graph.Filter{MinScore: 2})
		refused(t, "bad filter", err, graph.Invalid, "min_score")
	}},
	{"neighbours/by depth and limit", func(t *testing.T, open func() graph.Store) {
		s := open()
		apply(t, s, chainsWeb()...)
		m := oracle(t, chainsWeb()...)
		for _, around := range []graph.ID{person("A"), organization("D"), person("F")} {
			for depth := 0; depth <= 4; depth++ {
				for limit := range 7 {
					for _, f := range []graph.Filter{{}, {Types: []graph.Type{graph.Said}}, {MinScore: 0.5}} {
						got, err := s.Neighbours(ctx(t), around, depth, limit, f)
						if err != nil {
							t.Fatal(err)
						}
						want, _ := m.Neighbours(ctx(t), around, depth, limit, f)
						same(t, "neighbours", got, want)
					}
				}
			}
		}
		got, err := s.Neighbours(ctx(t), person("A"), 1, 2, graph.Filter{})
		if err != nil || len(got.Actors) != 2 || len(got.Steps) != 2 {
			t.Errorf("the nearest of A: %+v, %v; want A and B (three proofs) and their two steps", got, err)
		}
	}},
	{"neighbours/bad middle and bounds", func(t *testing.T, open func() graph.Store) {
		s := open()
		apply(t, s, chainsWeb()...)
		_, err := s.Neighbours(ctx(t), person("Nobody"), 1, 1, graph.Filter{})
		refused(t, "around nobody", err, graph.NotFound, "")
		_, err = s.Neighbours(ctx(t), person("A"), 7, 1, graph.Filter{})
		refused(t, "too deep", err, graph.Invalid, "depth")
		_, err = s.Neighbours(ctx(t), person("A"), 1, -1, graph.Filter{})
		refused(t, "negative limit", err, graph.Invalid, "limit")
		_, err = s.Neighbours(ctx(t), person("A"), 1, 1, graph.Filter{Voice: "?"})
		refused(t, "bad filter", err, graph.Invalid, "voice")
	}},
}
