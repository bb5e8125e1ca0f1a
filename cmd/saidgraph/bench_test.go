package main

import (
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"saidgraph/api"
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

// fill opens the SQLite file and loads docs into it.
func fill(b *testing.B, path string, engine *quote.Engine, docs iter.Seq2[source.Raw, error]) (*sqlite.Store, loaders.Report) {
	b.Helper()
	store, err := sqlite.Open(b.Context(), path)
	if err != nil {
		b.Fatal(err)
	}
	r, err := loaders.Load(b.Context(), store, engine.Analyze, docs, loaders.Options{})
	if err != nil || r.Failed > 0 {
		b.Fatal(err, r.Failures)
	}
	return store, r
}

// BenchmarkQuestions asks three questions over HTTP of 2,300 articles in an SQLite file.
func BenchmarkQuestions(b *testing.B) {
	engine, err := quote.New()
	if err != nil {
		b.Fatal(err)
	}
	raws := copies(b, 100)
	docs := func(yield func(source.Raw, error) bool) {
		for _, raw := range raws {
			if !yield(raw, nil) {
				return
			}
		}
	}
	store, _ := fill(b, filepath.Join(b.TempDir(), "g.db"), engine, docs)
	defer store.Close()
	server := httptest.NewServer(api.New(store, api.Options{Local: true}))
	defer server.Close()
	for _, q := range []string{"who criticized the Trump administration", "what did Adam Schiff say about HHS", "how are Adam Schiff and Tricia McLaughlin connected"} {
		b.Run(q, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				start := time.Now()
				res, err := http.Get(server.URL + "/v1/ask?q=" + url.QueryEscape(q))
				if err != nil {
					b.Fatal(err)
				}
				n, err := io.Copy(io.Discard, res.Body)
				res.Body.Close()
				if err != nil || res.StatusCode != http.StatusOK || n < 100 {
					b.Fatal(res.Status, n, err)
				}
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(took[len(took)/2].Seconds()*1e3, "p50-ms")
			b.ReportMetric(took[len(took)*99/100].Seconds()*1e3, "p99-ms")
		})
	}
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
		store, r := fill(b, path, engine, docs)
		store.Close()
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
