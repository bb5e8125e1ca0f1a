package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"saidgraph/graph/sqlite"
	"saidgraph/loaders"
	"saidgraph/loaders/quote"
	"saidgraph/loaders/sample"
	"saidgraph/loaders/source"
)

// copies yields the bundled articles n times, each copy with an address and a first line of its own.
func copies(b *testing.B, n int) []source.Raw {
	b.Helper()
	var all []source.Raw
	for raw, err := range (source.Reader{}).Lines(b.Context(), "wikinews.jsonl", strings.NewReader(sample.Wikinews)) {
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, raw)
	}
	all = append(all, source.Raw{From: "seed.txt", Text: sample.Seed})
	var out []source.Raw
	for i := range n {
		for k, raw := range all {
			raw.URL = fmt.Sprintf("https://example.org/%d/%d", i, k)
			raw.Text = fmt.Sprintf("Edition %d\n%s", i, raw.Text)
			out = append(out, raw)
		}
	}
	return out
}

// BenchmarkLoad is the whole way of real articles into an SQLite file on all cores, and the way of a second load over it.
func BenchmarkLoad(b *testing.B) {
	engine, err := quote.New()
	if err != nil {
		b.Fatal(err)
	}
	raws := copies(b, 10)
	docs := func(yield func(source.Raw, error) bool) {
		for _, raw := range raws {
			if !yield(raw, nil) {
				return
			}
		}
	}
	load := func(b *testing.B, path string) loaders.Report {
		store, err := sqlite.Open(b.Context(), path)
		if err != nil {
			b.Fatal(err)
		}
		defer store.Close()
		r, err := loaders.Load(b.Context(), store, engine.Analyze, docs, loaders.Options{})
		if err != nil || r.Failed > 0 {
			b.Fatal(err, r.Failures)
		}
		return r
	}
	b.Run("fresh", func(b *testing.B) {
		var r loaders.Report
		n := 0
		for b.Loop() {
			r = load(b, filepath.Join(b.TempDir(), fmt.Sprintf("%d.db", n)))
			n++
		}
		b.ReportMetric(float64(n*len(raws))/b.Elapsed().Seconds(), "articles/s")
		b.ReportMetric(r.Writing.Seconds()/r.Took.Seconds(), "writing/took")
	})
	b.Run("unchanged", func(b *testing.B) {
		path := filepath.Join(b.TempDir(), "g.db")
		load(b, path)
		n := 0
		for b.Loop() {
			load(b, path)
			n++
		}
		b.ReportMetric(float64(n*len(raws))/b.Elapsed().Seconds(), "articles/s")
	})
	b.Run("engine alone", func(b *testing.B) {
		n := 0
		for b.Loop() {
			engine.Analyze(raws[n%len(raws)].Text)
			n++
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "articles/s")
	})
}

// BenchmarkStart is what every command pays before its work.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		if code := run(b.Context(), []string{"version"}, strings.NewReader(""), io.Discard, io.Discard); code != exitDone {
			b.Fatal(code)
		}
	}
}
