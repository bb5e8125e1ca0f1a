package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"saidgraph/loaders"
	"saidgraph/loaders/quote"
	"saidgraph/loaders/source"
)

var piles = flag.String("piles", "", "how many articles BenchmarkPile loads, as 1000,10000; none: it is left out")

// What `make bench-load` wants of a pile in SQLite.
const (
	leastOfEngine  = 0.60 // of the rate of the engine alone on the same cores
	leastUnchanged = 20.0 // times the first load's rate, when nothing changed
	mostGrowth     = 1.20 // of the peak memory, from one pile to the next
)

// surname is the n-th made-up surname: five syllables, so that a hundred thousand articles share none.
func surname(n int) string {
	var b strings.Builder
	for range 5 {
		b.WriteByte("bdfghjklmnprstvz"[n%16])
		n /= 16
		b.WriteByte("aeiou"[n%5])
		n /= 5
	}
	s := b.String()
	return strings.ToUpper(s[:1]) + s[1:]
}

// namesakes makes copies of a real article in which everybody has another surname.
type namesakes struct {
	raw   source.Raw
	names *regexp.Regexp // the surnames; nil: nobody is named
	many  int
}

func namesakesOf(b *testing.B, engine *quote.Engine, raw source.Raw) namesakes {
	b.Helper()
	seen := map[string]bool{}
	var words []string
	for _, e := range engine.Analyze(raw.Text).Entities {
		if parts := strings.Fields(e.Name); e.Type == quote.Person && len(parts) > 1 && !seen[parts[len(parts)-1]] {
			seen[parts[len(parts)-1]] = true
			words = append(words, regexp.QuoteMeta(parts[len(parts)-1]))
		}
	}
	n := namesakes{raw: raw, many: len(words)}
	if len(words) > 0 {
		n.names = regexp.MustCompile(`\b(?:` + strings.Join(words, "|") + `)\b`)
	}
	return n
}

func (n namesakes) copy(i, k int) source.Raw {
	raw := n.raw
	raw.URL = fmt.Sprintf("https://example.org/%d/%d", i, k)
	if n.names == nil {
		raw.Text = fmt.Sprintf("Edition %d\n%s", i, raw.Text)
		return raw
	}
	given := map[string]string{}
	raw.Text = n.names.ReplaceAllStringFunc(raw.Text, func(old string) string {
		if given[old] == "" {
			given[old] = surname((i*64+len(given))*32 + k)
		}
		return given[old]
	})
	return raw
}

// realPile writes n articles: the bundled ones, again and again under other names. It returns how many bytes of text they have.
func realPile(b *testing.B, path string, n int, engine *quote.Engine) {
	b.Helper()
	var all []namesakes
	for _, raw := range copies(b, 1) {
		all = append(all, namesakesOf(b, engine, raw))
	}
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriter(f)
	enc := json.NewEncoder(w)
	for i := range n {
		raw := all[i%len(all)].copy(i/len(all), i%len(all))
		if err := enc.Encode(map[string]string{"url": raw.URL, "title": raw.Title, "date": raw.Date, "outlet": raw.Outlet, "text": raw.Text}); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
}

// cost is what a load took.
type cost struct {
	report loaders.Report
	wall   time.Duration
	cpu    time.Duration // of all cores
	memory int64         // at most, in bytes
}

// loadPile loads the file in a process of its own, whose memory is then known.
func loadPile(b *testing.B, file, store string) cost {
	b.Helper()
	var out, stderr bytes.Buffer
	cmd := program(b.Context(), b, "load", file, "--json", "--store", store)
	cmd.Stdout, cmd.Stderr = &out, &stderr
	start := time.Now()
	if err := cmd.Run(); err != nil {
		b.Fatalf("%v: %s", err, &stderr)
	}
	c := cost{wall: time.Since(start), cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	if use, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		c.memory = use.Maxrss << 10
	}
	if err := json.Unmarshal(out.Bytes(), &c.report); err != nil {
		b.Fatal(err)
	}
	return c
}

// engineAlone analyses n articles of the file on all cores, and returns how long that takes by the clock and of the processor.
func engineAlone(b *testing.B, file string, n int, engine *quote.Engine) (wall, cpu time.Duration) {
	b.Helper()
	var texts []string
	f, err := os.Open(file)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	for raw, err := range (source.Reader{}).Lines(b.Context(), file, f) {
		if err != nil {
			b.Fatal(err)
		}
		if texts = append(texts, raw.Text); len(texts) == n {
			break
		}
	}
	var next atomic.Int64
	var workers sync.WaitGroup
	start, used := time.Now(), processorTime(b)
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(texts)); i = next.Add(1) - 1 {
				engine.Analyze(texts[i])
			}
		})
	}
	workers.Wait()
	return time.Since(start), processorTime(b) - used
}

func processorTime(b *testing.B) time.Duration {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		b.Fatal(err)
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// BenchmarkPile loads piles of real text end to end into an SQLite file, again, and, where SAIDGRAPH_NEO4J names an empty store, into
// that. It fails where a floor is missed. On a busy machine the processor's time tells more than the clock's: both are given.
func BenchmarkPile(b *testing.B) {
	if *piles == "" {
		b.Skip("make bench-load runs it")
	}
	engine, err := quote.New()
	if err != nil {
		b.Fatal(err)
	}
	var before int64
	for field := range strings.SplitSeq(*piles, ",") {
		n, err := strconv.Atoi(field)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(field, func(b *testing.B) {
			file, db := filepath.Join(b.TempDir(), "pile.jsonl"), "sqlite:"+filepath.Join(b.TempDir(), "g.db")
			realPile(b, file, n, engine)
			sample := min(n, 2000)
			wall, cpu := engineAlone(b, file, sample, engine)
			first := loadPile(b, file, db)
			again := loadPile(b, file, db)
			for range b.N { // once is enough: see the Makefile
				continue
			}
			if first.report.New != n || again.report.Unchanged != n {
				b.Errorf("loaded %+v, then %+v; want %d new, then unchanged", first.report, again.report, n)
			}
			r := first.report
			each := float64(r.Took) / float64(n)
			ofEngine := float64(wall) / float64(sample) / each
			ofProcessor := float64(cpu) / float64(sample) / (float64(first.cpu) / float64(n))
			faster := float64(r.Took) / float64(again.report.Took)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(1e9/each, "articles/s")
			b.ReportMetric(ofEngine, "of-engine")
			b.ReportMetric(ofProcessor, "of-engine-cpu")
			b.ReportMetric(faster, "x-unchanged")
			b.ReportMetric(float64(first.cpu)/float64(again.cpu), "x-unchanged-cpu")
			b.ReportMetric(float64(first.memory)/1e6, "MB")
			busy := float64(r.Reading + r.Parsing + r.Analysing + r.Writing)
			b.ReportMetric(100*float64(r.Reading)/busy, "%read")
			b.ReportMetric(100*float64(r.Parsing)/busy, "%parse")
			b.ReportMetric(100*float64(r.Analysing)/busy, "%analyse")
			b.ReportMetric(100*float64(r.Writing)/busy, "%write")
			if max(ofEngine, ofProcessor) < leastOfEngine {
				b.Errorf("a load is %.2f of the engine alone, want at least %.2f", max(ofEngine, ofProcessor), leastOfEngine)
			}
			if max(faster, float64(first.cpu)/float64(again.cpu)) < leastUnchanged {
				b.Errorf("a load of what is unchanged is %.1f times as fast as the first, want at least %.0f", faster, leastUnchanged)
			}
			if before > 0 && float64(first.memory) > mostGrowth*float64(before) {
				b.Errorf("it took %d MB, the smaller pile %d MB: want at most %.1f times as much", first.memory/1e6, before/1e6, mostGrowth)
			}
			before = first.memory
		})
	}
	if store := os.Getenv("SAIDGRAPH_NEO4J"); store != "" {
		b.Run("neo4j", func(b *testing.B) {
			file := filepath.Join(b.TempDir(), "pile.jsonl")
			realPile(b, file, 1000, engine)
			c := loadPile(b, file, store)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(1000/c.report.Took.Seconds(), "articles/s")
			b.ReportMetric(float64(c.memory)/1e6, "MB")
		})
	}
}
