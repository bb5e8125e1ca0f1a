package storetest

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"saidgraph/graph"
)

// Benchmark times a store: loading, by articles a transaction, and the reads on graphs of 10,000 and, but for -short, 100,000 claims.
func Benchmark(b *testing.B, open func(b *testing.B) graph.Store) {
	for _, n := range []int{1, 10, 100, 500} {
		b.Run(fmt.Sprintf("Apply/%d", n), func(b *testing.B) {
			s := open(b)
			at := 0
			for b.Loop() {
				b.StopTimer()
				batches := make([]graph.Batch, n)
				for i := range batches {
					batches[i] = Typical(at)
					at++
				}
				b.StartTimer()
				apply(b, s, batches...)
			}
			b.ReportMetric(float64(at)/b.Elapsed().Seconds(), "articles/s")
			b.ReportMetric(float64(at*100)/b.Elapsed().Seconds(), "edges/s")
		})
	}
	sizes := []int{10_000, 100_000}
	if testing.Short() {
		sizes = sizes[:1]
	}
	for _, claims := range sizes {
		b.Run(fmt.Sprint(claims), func(b *testing.B) {
			s := open(b)
			for at := 0; at < claims/30; at += 100 {
				var batches []graph.Batch
				for i := at; i < min(at+100, claims/30); i++ {
					batches = append(batches, Typical(i))
				}
				apply(b, s, batches...)
			}
			benchmarkReads(b, s)
		})
	}
}

func benchmarkReads(b *testing.B, s graph.Store) {
	hub, rare, other := person(typicalName(0)), rarest(3), rarest(4)
	claim := Typical(5).Claims[0].ID
	page := graph.Filter{Limit: 50}
	with := func(set func(*graph.Filter)) graph.Filter { f := page; set(&f); return f }
	for _, q := range []struct {
		name string
		ask  func() error
	}{
		{"Node", func() error { return second(s.Node(ctx(b), claim)) }},
		{"Named", func() error { return second(s.Named(ctx(b), typicalName(0))) }},
		{"Edges/newest", func() error { return second(gather(ctx(b), s, page)) }},
		{"Edges/said by the hub", func() error {
			return second(gather(ctx(b), s, with(func(f *graph.Filter) { f.From, f.Types = []graph.ID{hub}, []graph.Type{graph.Said} })))
		}},
		{"Edges/said by one of many", func() error {
			return second(gather(ctx(b), s, with(func(f *graph.Filter) { f.From, f.Types = []graph.ID{rare}, []graph.Type{graph.Said} })))
		}},
		{"Edges/touching one of many", func() error {
			return second(gather(ctx(b), s, with(func(f *graph.Filter) { f.Touching = []graph.ID{rare} })))
		}},
		{"Edges/said about one of many", func() error {
			return second(gather(ctx(b), s, with(func(f *graph.Filter) { f.About, f.Types = []graph.ID{rare}, []graph.Type{graph.Said} })))
		}},
		{"Edges/said about the hub", func() error {
			return second(gather(ctx(b), s, with(func(f *graph.Filter) { f.About, f.Types = []graph.ID{hub}, []graph.Type{graph.Said} })))
		}},
		{"Tally/who criticized the hub", func() error {
			return second(s.Tally(ctx(b), with(func(f *graph.Filter) { f.To, f.Types = []graph.ID{hub}, []graph.Type{graph.Criticized} }), graph.ByFrom))
		}},
		{"Tally/all by speaker", func() error {
			return second(s.Tally(ctx(b), with(func(f *graph.Filter) { f.Types = []graph.Type{graph.Said} }), graph.ByFrom))
		}},
		{"Paths/two of many", func() error { return second(s.Paths(ctx(b), rare, other, 4, 10, graph.Filter{})) }},
		{"Neighbours/one of many", func() error { return second(s.Neighbours(ctx(b), rare, 1, 50, graph.Filter{})) }},
		{"Neighbours/the hub", func() error { return second(s.Neighbours(ctx(b), hub, 1, 50, graph.Filter{})) }},
		{"Search/name", func() error {
			return second(s.Search(ctx(b), graph.SearchQuery{Text: typicalName(900), Labels: []graph.Label{graph.Person}}))
		}},
		{"Search/words", func() error {
			return second(s.Search(ctx(b), graph.SearchQuery{Text: "w17x w3", Labels: []graph.Label{graph.ClaimNode}}))
		}},
		{"Search/near", func() error {
			return second(s.Search(ctx(b), graph.SearchQuery{Text: "persom" + typicalName(900)[6:], Fuzzy: true}))
		}},
		{"Stats", func() error { return second(s.Stats(ctx(b))) }},
	} {
		b.Run(q.name, func(b *testing.B) {
			for b.Loop() {
				if err := q.ask(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func typicalName(i int) string { return fmt.Sprintf("Person N%d", i) }

// rarest is the least known actor of an article.
func rarest(i int) graph.ID {
	name, most := "", -1
	for _, a := range Typical(i).Actors {
		var n int
		if _, err := fmt.Sscanf(a.Name, "Person N%d", &n); err == nil && n > most {
			name, most = a.Name, n
		}
	}
	return person(name)
}

// draw favours the small numbers.
func draw(r *rand.Rand, n int) int { return int(float64(n) * r.Float64() * r.Float64() * r.Float64()) }
func words(r *rand.Rand, n int) (s string) {
	for range n {
		s += fmt.Sprintf("w%dx ", draw(r, 20000))
	}
	return s[:len(s)-1]
}

// Typical is the i-th article of a made-up press: 30 claims of 25 words, 100 edges, actors of whom a few are in most of the news.
func Typical(i int) graph.Batch {
	r := rand.New(rand.NewPCG(uint64(i), 1))
	d := newDraft(fmt.Sprintf("https://news.example/%d", i), time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(i)*37*time.Minute), fmt.Sprint("Outlet ", draw(r, 50)))
	var cast []graph.ID
	for range 12 {
		n := draw(r, 5000)
		cast = append(cast, d.person(typicalName(n), fmt.Sprintf("N%d", n)))
	}
	one := func() graph.ID { return cast[r.IntN(len(cast))] }
	for range 30 {
		d.said(one(), words(r, 25), one())
	}
	for len(d.Edges) < 99 {
		d.judged([]graph.Type{graph.Criticized, graph.Criticized, graph.Praised}[r.IntN(3)], one(), one(), words(r, 12))
	}
	d.edge(graph.Published, d.organization(d.Article.Outlet), d.Article.ID, 1, nil)
	return d.batch()
}

// Rare are five articles about the same two people, whom no [Typical] article knows: questions about them read as much in every graph.
func Rare() (batches []graph.Batch) {
	for i := range 5 {
		d := newDraft(fmt.Sprintf("https://rare.example/%d", i), day(1+i), "Rare Outlet")
		ada, bo := d.person("Ada Rare"), d.person("Bo Rare")
		d.said(ada, fmt.Sprint("the bridge is safe ", i), bo)
		d.said(bo, fmt.Sprint("the bridge is old ", i), ada)
		d.judged(graph.Criticized, ada, bo, fmt.Sprint("Ada Rare blamed Bo Rare ", i))
		d.judged(graph.Criticized, bo, ada, fmt.Sprint("Bo Rare blamed Ada Rare ", i))
		batches = append(batches, d.batch())
	}
	return batches
}
