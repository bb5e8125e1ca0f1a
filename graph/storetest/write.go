package storetest

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"saidgraph/graph"
)

func fieldOf(err error) string {
	var e *graph.Error
	if errors.As(err, &e) {
		return e.Field
	}
	return ""
}

var writeCases = []testCase{
	{"apply/what was put in comes out", func(t *testing.T, open func() graph.Store) {
		s := open()
		apply(t, s, library()...)
		same(t, "the library", dump(t, s), dump(t, oracle(t, library()...)))
		for _, b := range library() {
			n, err := s.Node(ctx(t), b.Article.ID)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "article", n.Article, &b.Article)
			for _, c := range b.Claims {
				n, err := s.Node(ctx(t), c.ID)
				if err != nil {
					t.Fatal(err)
				}
				same(t, "claim", n.Claim, &c)
			}
			got := map[graph.ID]graph.Edge{}
			for _, r := range collect(t, s, graph.Filter{Articles: []graph.ID{b.Article.ID}}) {
				got[r.Edge.ID] = r.Edge
			}
			want := map[graph.ID]graph.Edge{}
			for _, e := range b.Edges {
				want[e.ID] = e
			}
			same(t, "edges", got, want)
		}
	}},
	{"batches/make the same graph", func(t *testing.T, open func() graph.Store) {
		s, twin := open(), oracle(t)
		apply(t, s, library()...)
		n := 0
		for b, err := range s.Batches(ctx(t)) {
			if err != nil {
				t.Fatal(err)
			}
			same(t, "normal form", b, b.Normal())
			apply(t, twin, b)
			n++
		}
		same(t, "articles", n, len(library()))
		same(t, "the graph made anew", dump(t, twin), dump(t, s))
		for range s.Batches(ctx(t)) { // a caller may stop
			break
		}
	}},
	{"apply/twice is once", func(t *testing.T, open func() graph.Store) {
		s := open()
		apply(t, s, library()...)
		before := dump(t, s)
		apply(t, s, library()...)
		for _, b := range library() {
			apply(t, s, b)
		}
		same(t, "after loading again", dump(t, s), before)
	}},
	{"apply/nothing", func(t *testing.T, open func() graph.Store) {
		s := open()
		apply(t, s)
		same(t, "empty store", dump(t, s), dump(t, oracle(t)))
	}},
	{"apply/order does not matter", func(t *testing.T, open func() graph.Store) {
		want := dump(t, oracle(t, library()...))
		for i := range 4 {
			s := open()
			lib := library()
			lib = append(lib[i:], lib[:i]...)
			slices.Reverse(lib)
			for _, b := range lib {
				apply(t, s, b)
			}
			same(t, "other order", dump(t, s), want)
		}
	}},
	{"apply/replaces what the article taught", replaces},
	{"apply/names are gathered, the smallest article's wins", gathered},
	{"apply/last of two batches of an article counts", func(t *testing.T, open func() graph.Store) {
		s := open()
		first, last := twoVersions()
		apply(t, s, first, last, library()[0])
		same(t, "graph", dump(t, s), dump(t, oracle(t, last, library()[0])))
	}},
	{"apply/an actor that no edge touches adds nothing", func(t *testing.T, open func() graph.Store) {
		s := open()
		d := newDraft("u", day(1), "")
		d.said(d.person("Ada"), "Words")
		idle := d.person("Idle", "Lazy")
		apply(t, s, d.batch())
		_, err := s.Node(ctx(t), idle)
		refused(t, "Node of an idle actor", err, graph.NotFound, "")
		e := newDraft("v", day(1), "")
		e.said(e.person("Idle", "Busy"), "Words")
		apply(t, s, e.batch())
		n, err := s.Node(ctx(t), idle)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "aliases", n.Actor.Aliases, []string{"Busy"})
	}},
	{"apply/an invalid batch undoes the call", invalidBatch},
	{"apply/without text", func(t *testing.T, open func() graph.Store) {
		s := open()
		lib := library()
		for i := range lib {
			lib[i].Article.Text = ""
		}
		apply(t, s, lib...)
		same(t, "graph", dump(t, s), dump(t, oracle(t, lib...)))
	}},
	{"apply/the batch stays the caller's", func(t *testing.T, open func() graph.Store) {
		s := open()
		lib := library()
		apply(t, s, lib...)
		for i := range lib {
			for j := range lib[i].Edges {
				lib[i].Edges[j].Evidence.Quote = "changed"
				clear(lib[i].Edges[j].Evidence.Spans)
			}
			for j := range lib[i].Actors {
				clear(lib[i].Actors[j].Aliases)
			}
			clear(lib[i].Claims)
		}
		same(t, "graph", dump(t, s), dump(t, oracle(t, library()...)))
	}},
	{"apply/hostile strings come back as they were", hostileStrings},
	{"apply/an article with nothing in it", func(t *testing.T, open func() graph.Store) {
		s := open()
		b := newDraft("", time.Time{}, "").batch()
		apply(t, s, b)
		n, err := s.Node(ctx(t), b.Article.ID)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "article", n.Article, &b.Article)
	}},
	{"delete/removes all the article taught", func(t *testing.T, open func() graph.Store) {
		s := open()
		lib := library()
		apply(t, s, lib...)
		for i, b := range lib {
			if err := s.Delete(ctx(t), b.Article.ID); err != nil {
				t.Fatal(err)
			}
			same(t, "what is left", dump(t, s), dump(t, oracle(t, lib[i+1:]...)))
			for _, c := range b.Claims {
				_, err := s.Node(ctx(t), c.ID)
				refused(t, "Node of a deleted claim", err, graph.NotFound, "")
			}
		}
		named, err := s.Named(ctx(t), "Quill", "HHS")
		if err != nil || len(named) > 0 {
			t.Errorf("Named in an emptied store: %v, %v", named, err)
		}
	}},
	{"delete/what is not there", func(t *testing.T, open func() graph.Store) {
		s := open()
		apply(t, s, library()...)
		refused(t, "Delete of an unknown id", s.Delete(ctx(t), graph.ArticleID("nowhere", "")), graph.NotFound, "")
		refused(t, "Delete of an actor", s.Delete(ctx(t), person("Ada Quill")), graph.NotFound, "")
	}},
}

// twoVersions of one article: the later knows less, and other things.
func twoVersions() (first, last graph.Batch) {
	d := newDraft("https://news.example/v", day(3), "Post")
	ada, org := d.person("Ada Quill", "A. Quill"), d.organization("Gone Inc.")
	d.said(ada, "The first version said this", org)
	d.judged(graph.Praised, ada, org, "Quill hailed Gone Inc.")
	e := newDraft("https://news.example/v", day(4), "Other Post")
	e.said(e.person("Ada Quill", "Ms. Quill"), "The second version says that", e.person("Fay New"))
	return d.batch(), e.batch()
}

func replaces(t *testing.T, open func() graph.Store) {
	s := open()
	first, last := twoVersions()
	apply(t, s, first, library()[0])
	apply(t, s, last)
	same(t, "graph", dump(t, s), dump(t, oracle(t, last, library()[0])))
	_, err := s.Node(ctx(t), organization("Gone Inc."))
	refused(t, "Node of an orphan", err, graph.NotFound, "")
	n, err := s.Node(ctx(t), person("Ada Quill"))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "aliases", n.Actor.Aliases, []string{"Ms. Quill", "Quill"})
	for _, q := range []string{"gone", "first"} {
		hits, err := s.Search(ctx(t), graph.SearchQuery{Text: q})
		if err != nil || len(hits) > 0 {
			t.Errorf("Search(%q) finds what was replaced: %v, %v", q, hits, err)
		}
	}
}

func gathered(t *testing.T, open func() graph.Store) {
	var batches []graph.Batch
	for _, v := range []struct{ url, name, alias string }{{"1", "Al", "Zed"}, {"2", "Albert", "Al"}, {"3", "Big Al", "Bert"}, {"4", "Albert", "Zed"}} {
		d := newDraft(v.url, day(1), "")
		d.judged(graph.Praised, d.know(graph.Person, "al", v.name, v.alias), d.person("X"), "Al praised X")
		batches = append(batches, d.batch())
	}
	s := open()
	apply(t, s, batches...)
	for len(batches) > 0 {
		smallest := slices.MinFunc(batches, func(a, b graph.Batch) int { return slices.Compare(a.Article.ID[:], b.Article.ID[:]) })
		n, err := s.Node(ctx(t), person("al"))
		if err != nil {
			t.Fatal(err)
		}
		if want := smallest.Actors[0].Name; n.Actor.Name != want {
			t.Errorf("name %q, want %q of the smallest article", n.Actor.Name, want)
		}
		if slices.Contains(n.Actor.Aliases, n.Actor.Name) || !slices.IsSorted(n.Actor.Aliases) {
			t.Errorf("aliases %q of %q hold the name or are not sorted", n.Actor.Aliases, n.Actor.Name)
		}
		same(t, "graph", dump(t, s), dump(t, oracle(t, batches...)))
		if err := s.Delete(ctx(t), smallest.Article.ID); err != nil {
			t.Fatal(err)
		}
		batches = slices.DeleteFunc(batches, func(b graph.Batch) bool { return b.Article.ID == smallest.Article.ID })
	}
}

func invalidBatch(t *testing.T, open func() graph.Store) {
	s := open()
	lib := library()
	apply(t, s, lib[0])
	before := dump(t, s)
	bad := library()[2]
	bad.Edges[0].Evidence.Quote = "never written"
	err := s.Apply(ctx(t), lib[1], bad, lib[3])
	refused(t, "Apply", err, graph.Invalid, "edges[0].evidence.quote")
	if err != nil && !strings.Contains(err.Error(), bad.Article.URL) {
		t.Errorf("error %q does not name the article %s", err, bad.Article.URL)
	}
	same(t, "after a refused call", dump(t, s), before)
}

func hostileStrings(t *testing.T, open func() graph.Store) {
	s := open()
	var batches []graph.Batch
	for i, h := range hostile {
		d := newDraft("https://x.example/"+h, day(1+i), h)
		d.Article.Title, d.Article.Byline, d.Article.License = h, h, h
		p := d.know(graph.Person, "p"+h, h, h+"2", "Mr. "+h)
		o := d.know(graph.Organization, "o"+h, h)
		d.said(p, h, o)
		d.Claims[0].By = h
		span := d.write(h)
		d.edge(graph.Affiliated, p, o, 0.5, []graph.Span{span}, func(e *graph.Edge) {
			e.Role, e.Evidence.Engine = h, h
			e.Evidence.Cue, e.Evidence.CueSpans = h, []graph.Span{span}
			e.Evidence.Surface, e.Evidence.SurfaceSpan = h, &span
			e.Evidence.Target, e.Evidence.TargetSpan = h, &span
		})
		batches = append(batches, d.batch())
	}
	apply(t, s, batches...)
	m := oracle(t, batches...)
	same(t, "graph", dump(t, s), dump(t, m))
	for _, h := range hostile {
		for _, q := range []graph.SearchQuery{{Text: h}, {Text: h, Fuzzy: true}, {Text: "mr " + h, Labels: []graph.Label{graph.Person}}} {
			got, err := s.Search(ctx(t), q)
			if err != nil {
				t.Fatalf("Search(%.40q): %v", h, err)
			}
			want, _ := m.Search(ctx(t), q)
			same(t, "search", got, want)
		}
		got, err := s.Named(ctx(t), h, h+"2", "MR. "+h)
		if err != nil {
			t.Fatalf("Named(%.40q): %v", h, err)
		}
		want, _ := m.Named(ctx(t), h, h+"2", "MR. "+h)
		same(t, "named", got, want)
		f := graph.Filter{Outlets: []string{h}}
		same(t, "outlet", collect(t, s, f), collect(t, m, f))
	}
	got, err := s.Tally(ctx(t), graph.Filter{}, graph.ByOutlet)
	if err != nil {
		t.Fatal(err)
	}
	want, _ := m.Tally(ctx(t), graph.Filter{}, graph.ByOutlet)
	same(t, "outlets", got, want)
	for _, b := range batches {
		if err := s.Delete(ctx(t), b.Article.ID); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "emptied", dump(t, s), dump(t, oracle(t)))
}
