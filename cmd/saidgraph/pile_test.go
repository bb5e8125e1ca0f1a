package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"saidgraph/graph/neo4j/neo4jtest"
	"saidgraph/loaders"
	"saidgraph/loaders/page"
	"saidgraph/loaders/quote"
	"saidgraph/loaders/source"
)

var piles = flag.String("piles", "", "how many articles BenchmarkPile loads, as 1000,10000; none: it is left out")

// What `make bench-load` wants of a pile in SQLite.
const (
	leastOfEngine  = 0.60 // of the rate of the engine alone on the same cores
	leastUnchanged = 20.0 // times the first load's rate, when nothing changed
	mostGrowth     = 1.20 // of the peak memory, from one pile to the next
	mostInNeo4j    = 10_000
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

// namesakes makes copies of a real article in which everybody has another surname, and every organization and place another name.
type namesakes struct {
	raw   source.Raw
	names *regexp.Regexp
}

func namesakesOf(b *testing.B, engine *quote.Engine, raw source.Raw) namesakes {
	b.Helper()
	words := map[string]bool{}
	for _, e := range engine.Analyze(raw.Text).Entities {
		parts := strings.Fields(e.Name)
		if e.Type == quote.Person && len(parts) > 1 {
			words[parts[len(parts)-1]] = true
		}
	}
	for _, w := range regexp.MustCompile(`[a-z,] ([A-Z][a-z]{3,})\b`).FindAllStringSubmatch(raw.Text, -1) { // within a sentence: a name
		words[w[1]] = true
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		delete(words, d.String())
	}
	for m := time.January; m <= time.December; m++ {
		delete(words, m.String())
	}
	var quoted []string
	for _, w := range slices.Sorted(maps.Keys(words)) {
		quoted = append(quoted, regexp.QuoteMeta(w))
	}
	return namesakes{raw, regexp.MustCompile(`\b(?:` + strings.Join(quoted, "|") + `)\b`)}
}

func (n namesakes) copy(i, k int) source.Raw {
	raw := n.raw
	raw.URL = fmt.Sprintf("https://example.org/%d/%d", i, k)
	given := map[string]string{}
	raw.Text = n.names.ReplaceAllStringFunc(raw.Text, func(old string) string {
		if given[old] == "" {
			given[old] = surname((i*256+len(given))*32 + k)
		}
		return given[old]
	})
	return raw
}

// realPile writes n articles: the bundled ones, news of GUM and the first article, again and again under other names, so that none is a copy.
func realPile(b *testing.B, path string, n int, engine *quote.Engine) {
	b.Helper()
	var all []namesakes
	for _, raw := range copies(b, 1) {
		// One in which no name stands in the sentence that tells copies would be a copy of itself.
		if n := namesakesOf(b, engine, raw); page.Copy(n.copy(0, 0).Text) != page.Copy(n.copy(1, 0).Text) {
			all = append(all, n)
		}
	}
	if len(all) < 20 {
		b.Fatalf("only %d articles give namesakes", len(all))
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

// BenchmarkPile loads piles of real text end to end into an SQLite file and, where they are of no more than mostInNeo4j, into a Neo4j server
// (of SAIDGRAPH_NEO4J, else its own), each twice. It fails where a floor is missed. On a busy machine the processor's time tells more than the
// clock's: both are given.
func BenchmarkPile(b *testing.B) {
	if *piles == "" {
		b.Skip("make bench-load runs it")
	}
	engine, err := quote.New()
	if err != nil {
		b.Fatal(err)
	}
	before := map[string]int64{} // memory of the smaller pile, by store
	for field := range strings.SplitSeq(*piles, ",") {
		n, err := strconv.Atoi(field)
		if err != nil {
			b.Fatal(err)
		}
		file := filepath.Join(b.TempDir(), "pile.jsonl")
		realPile(b, file, n, engine)
		p := aPile{file: file, n: n}
		p.rate(b, engine)
		b.Run("SQLite/"+field, func(b *testing.B) {
			p.measure(b, "sqlite:"+filepath.Join(b.TempDir(), "g.db"), true, before)
		})
		if n <= mostInNeo4j {
			b.Run("Neo4j/"+field, func(b *testing.B) {
				server := neo4jtest.Start(b)
				server.Wipe(b)
				p.measure(b, server.URL, false, before)
			})
		}
	}
}

// aPile is a file of n articles, and what the engine alone takes for one on all cores, by the clock and of the processor.
type aPile struct {
	file      string
	n         int
	wall, cpu time.Duration
}

func (p *aPile) rate(b *testing.B, engine *quote.Engine) {
	b.Helper()
	sample := min(p.n, 2000)
	wall, cpu := engineAlone(b, p.file, sample, engine)
	p.wall, p.cpu = wall/time.Duration(sample), cpu/time.Duration(sample)
}

// measure loads the pile into an empty store, and again; floors: what is wanted of SQLite must be reached.
func (p *aPile) measure(b *testing.B, store string, floors bool, before map[string]int64) {
	b.Helper()
	first := loadPile(b, p.file, store)
	again := loadPile(b, p.file, store)
	for range b.N { // once is enough: see the Makefile
		continue
	}
	r := first.report
	if r.New != p.n || r.Copies > 0 || again.report.Unchanged != p.n {
		b.Errorf("loaded %+v, then %+v; want %d new, none of them a copy, then all unchanged", r, again.report, p.n)
	}
	each := r.Took / time.Duration(p.n)
	ofEngine, ofProcessor := ratio(p.wall, each), ratio(p.cpu, first.cpu/time.Duration(p.n))
	faster, lighter := ratio(r.Took, again.report.Took), ratio(first.cpu, again.cpu)
	busy := r.Reading + r.Parsing + r.Analysing + r.Writing
	for _, m := range []struct {
		value float64
		unit  string
	}{
		{0, "ns/op"}, {float64(p.n) / r.Took.Seconds(), "articles/s"}, {ofEngine, "of-engine"}, {ofProcessor, "of-engine-cpu"},
		{faster, "x-unchanged"}, {lighter, "x-unchanged-cpu"}, {float64(first.memory) / 1e6, "MB"},
		{100 * ratio(r.Reading, busy), "%read"}, {100 * ratio(r.Parsing, busy), "%parse"}, {100 * ratio(r.Analysing, busy), "%analyse"}, {100 * ratio(r.Writing, busy), "%write"},
	} {
		b.ReportMetric(m.value, m.unit)
	}
	scheme, _, _ := strings.Cut(store, ":")
	if last := float64(before[scheme]); last > 0 && float64(first.memory) > mostGrowth*last {
		b.Errorf("it took %d MB, the smaller pile %.0f MB: want at most %.1f times as much", first.memory/1e6, last/1e6, mostGrowth)
	}
	before[scheme] = first.memory
	if floors && max(ofEngine, ofProcessor) < leastOfEngine {
		b.Errorf("a load is %.2f of the engine alone, want at least %.2f", max(ofEngine, ofProcessor), leastOfEngine)
	}
	if floors && max(faster, lighter) < leastUnchanged {
		b.Errorf("a load of what is unchanged is %.1f times as fast as the first, want at least %.0f", max(faster, lighter), leastUnchanged)
	}
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }
