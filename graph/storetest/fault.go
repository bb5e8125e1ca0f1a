package storetest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync"
	"testing"
	"time"

	"saidgraph/graph"
)

// calls are all that can be asked of a store.
func calls(s graph.Store, ctx context.Context) map[string]error {
	id := person("Ada Quill")
	errs := map[string]error{}
	_, errs["Node"] = s.Node(ctx, id)
	_, errs["Named"] = s.Named(ctx, "x")
	_, errs["Search"] = s.Search(ctx, graph.SearchQuery{})
	_, errs["Edges"] = gather(ctx, s, graph.Filter{})
	_, errs["Tally"] = s.Tally(ctx, graph.Filter{}, graph.ByFrom)
	_, errs["Paths"] = s.Paths(ctx, id, person("Bob Stone"), 1, 1, graph.Filter{})
	_, errs["Neighbours"] = s.Neighbours(ctx, id, 1, 1, graph.Filter{})
	_, errs["Stats"] = s.Stats(ctx)
	errs["Delete"] = s.Delete(ctx, library()[0].Article.ID)
	errs["Apply"] = s.Apply(ctx, library()[1])
	_, errs["Record"] = s.Record(ctx, "b", "k")
	for _, err := range s.Records(ctx, graph.RecordQuery{Bucket: "b"}) {
		errs["Records"] = err
	}
	for _, err := range s.Batches(ctx) {
		errs["Batches"] = err
	}
	errs["Write"] = s.Write(ctx, graph.Record{Bucket: "b", Key: "k", Value: []byte("v")})
	return errs
}

var faultCases = []testCase{
	{"fault/a cursor that is none of this read", func(t *testing.T, open func() graph.Store) {
		s := open()
		apply(t, s, library()...)
		row := collect(t, s, graph.Filter{Limit: 1})[0].Cursor
		counts, _ := s.Tally(ctx(t), graph.Filter{}, graph.ByFrom)
		hits, _ := s.Search(ctx(t), graph.SearchQuery{})
		count, hit := counts[0].Cursor, hits[0].Cursor
		mangled := []byte(row)
		mangled[len(mangled)/2] ^= 1
		for _, c := range []string{"?", "a", "AAAA", "AAAAAAAAAAAA", row + "A", row[:len(row)-1], string(mangled), "' OR 1=1", "\x00", row, count, hit} {
			if c != row {
				_, err := gather(ctx(t), s, graph.Filter{After: c})
				refused(t, "Edges after "+c, err, graph.Invalid, "after")
			}
			if c != count {
				_, err := s.Tally(ctx(t), graph.Filter{After: c}, graph.ByFrom)
				refused(t, "Tally after "+c, err, graph.Invalid, "after")
			}
			if c != hit {
				_, err := s.Search(ctx(t), graph.SearchQuery{After: c})
				refused(t, "Search after "+c, err, graph.Invalid, "after")
			}
		}
	}},
	{"fault/a filter that makes no sense", func(t *testing.T, open func() graph.Store) {
		s := open()
		for _, c := range []struct {
			field string
			f     graph.Filter
		}{
			{"types", graph.Filter{Types: []graph.Type{"LIKED"}}},
			{"from_label", graph.Filter{FromLabel: "robot"}},
			{"to_label", graph.Filter{ToLabel: "robot"}},
			{"kinds", graph.Filter{Kinds: []string{"' OR 1=1"}}},
			{"outlets", graph.Filter{Outlets: []string{"\xff"}}},
			{"voice", graph.Filter{Voice: "echo"}},
			{"min_score", graph.Filter{MinScore: 1.1}},
			{"min_score", graph.Filter{MinScore: -0.1}},
			{"min_score", graph.Filter{MinScore: math.NaN()}},
			{"until", graph.Filter{Since: day(2), Until: day(2)}},
			{"limit", graph.Filter{Limit: -1}},
		} {
			_, err := gather(ctx(t), s, c.f)
			refused(t, "Edges", err, graph.Invalid, c.field)
			_, err = s.Tally(ctx(t), c.f, graph.ByFrom)
			refused(t, "Tally", err, graph.Invalid, c.field)
		}
		_, err := s.Tally(ctx(t), graph.Filter{}, "mood")
		refused(t, "Tally by mood", err, graph.Invalid, "by")
		_, err = s.Search(ctx(t), graph.SearchQuery{Labels: []graph.Label{graph.ArticleNode}})
		refused(t, "Search articles", err, graph.Invalid, "labels")
		_, err = s.Search(ctx(t), graph.SearchQuery{Limit: -1})
		refused(t, "Search limit", err, graph.Invalid, "limit")
		_, err = s.Search(ctx(t), graph.SearchQuery{Text: "\xff"})
		refused(t, "Search text", err, graph.Invalid, "text")
	}},
	{"fault/cancelled", func(t *testing.T, open func() graph.Store) {
		s := open()
		apply(t, s, library()...)
		before := dump(t, s)
		cancelled, cancel := context.WithCancel(ctx(t))
		cancel()
		for call, err := range calls(s, cancelled) {
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s with a cancelled context: %v", call, err)
			}
		}
		stream, stop := context.WithCancel(ctx(t))
		defer stop()
		n, last := 0, error(nil)
		for _, err := range s.Edges(stream, graph.Filter{}) {
			n, last = n+1, err
			stop()
		}
		if n != 2 || !errors.Is(last, context.Canceled) {
			t.Errorf("a stream cancelled at its first row ends after %d with %v", n, last)
		}
		same(t, "after cancelled calls", dump(t, s), before)
	}},
	{"fault/closed", func(t *testing.T, open func() graph.Store) {
		s := open()
		apply(t, s, library()...)
		for range 2 {
			if err := s.Close(); err != nil {
				t.Errorf("Close: %v", err)
			}
		}
		for call, err := range calls(s, ctx(t)) {
			refused(t, call+" of a closed store", err, graph.Unavailable, "")
		}
	}},
	{"fault/what a read returns is the caller's", func(t *testing.T, open func() graph.Store) {
		s := open()
		apply(t, s, library()...)
		before := dump(t, s)
		for _, r := range collect(t, s, graph.Filter{}) {
			clear(r.Edge.Evidence.Spans)
			for _, n := range []graph.Node{r.From, r.To} {
				if n.Actor != nil {
					clear(n.Actor.Aliases)
					n.Actor.Name = "changed"
				}
				if n.Claim != nil {
					clear(n.Claim.Spans)
				}
			}
		}
		same(t, "after the caller's changes", dump(t, s), before)
	}},
	{"fault/readers see whole articles while others write", concurrent},
}

// concurrent: two writers replace the same articles with versions of one, two and three claims each; all readers must find
// each article in one version, with every edge of it.
func concurrent(t *testing.T, open func() graph.Store) {
	s := open()
	version := func(article, n int) graph.Batch {
		d := newDraft(fmt.Sprint("https://news.example/", article), day(1+article), "Post")
		p := d.person("Ada Quill", fmt.Sprint("Quill ", n))
		for i := range n {
			d.said(p, fmt.Sprintf("version %d, words %d", n, i), d.organization(fmt.Sprint("Org ", n)))
		}
		return d.batch()
	}
	const articles, rounds = 3, 15
	for a := range articles {
		apply(t, s, version(a, 1))
	}
	stop := make(chan struct{})
	var writers, readers sync.WaitGroup
	for w := range 2 {
		writers.Go(func() {
			for i := range rounds {
				if err := s.Apply(ctx(t), version(0, 1+(i+w)%3), version(1, 1+(i+w)%3), version(2, 1+i%3)); err != nil {
					t.Errorf("Apply: %v", err)
				}
			}
		})
	}
	for range 3 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				perArticle := map[graph.ID]int{}
				versions := map[graph.ID]string{}
				for r, err := range s.Edges(ctx(t), graph.Filter{}) {
					if err != nil {
						t.Errorf("Edges: %v", err)
						return
					}
					perArticle[r.Article.ID]++
					if r.To.Actor != nil {
						versions[r.Article.ID] = r.To.Actor.Name
					}
				}
				for id, n := range perArticle { // n claims of a version make 3n edges
					if want := fmt.Sprint("Org ", n/3); n%3 != 0 || versions[id] != want {
						t.Errorf("an article shows %d edges and %s", n, versions[id])
						return
					}
				}
				if len(perArticle) != articles {
					t.Errorf("%d articles, want %d", len(perArticle), articles)
					return
				}
				for _, err := range []error{second(s.Stats(ctx(t))), second(s.Search(ctx(t), graph.SearchQuery{Text: "version"})), second(s.Tally(ctx(t), graph.Filter{}, graph.ByFrom))} {
					if err != nil {
						t.Errorf("read while writing: %v", err)
						return
					}
				}
				time.Sleep(time.Millisecond)
			}
		})
	}
	writers.Wait()
	close(stop)
	readers.Wait()
}

func second[T any](_ T, err error) error { return err }
