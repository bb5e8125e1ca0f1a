package neo4j_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"saidgraph/graph"
	"saidgraph/graph/neo4j"
	"saidgraph/graph/neo4j/neo4jtest"
	"saidgraph/graph/sqlite"
	"saidgraph/graph/storetest"
	"saidgraph/queries"
)

var claims = flag.String("claims", "10000", "sizes of the graphs of BenchmarkSideBySide, in claims")

// perArticle is how many claims a storetest.Typical article has.
const perArticle = 30

// BenchmarkSideBySide prints, as Markdown, how Neo4j and SQLite load and answer graphs of some sizes, and the same Cypher sent by
// hand. It is one run of `make bench-neo4j`; its tables are in docs/performance.md.
func BenchmarkSideBySide(b *testing.B) {
	for b.Loop() {
		fmt.Printf("\n| claims | store | articles/s | edges/s | of bare UNWIND | our memory, MB |\n| --- | --- | --- | --- | --- | --- |\n")
		for _, size := range strings.Split(*claims, ",") {
			n, err := strconv.Atoi(size)
			if err != nil {
				b.Fatal(err)
			}
			times := sideBySide(b, n)
			fmt.Printf("\n| question | claims | Neo4j p50 / p99, ms | by hand p50 / p99, ms | ours / by hand, p50 / p99 | SQLite p50 / p99, ms |\n| --- | --- | --- | --- | --- | --- |\n")
			for _, t := range times {
				fmt.Printf("| %s | %d | %s | %s | %.2f / %.2f | %s |\n", questions[t.question], t.claims, spread(t.ours), spread(t.hand),
					at(t.ours, 0.5)/at(t.hand, 0.5), at(t.ours, 0.99)/at(t.hand, 0.99), spread(t.sqlite))
			}
			fmt.Println()
		}
	}
}

// timing holds the seconds of each try of a question.
type timing struct {
	question, claims   int
	ours, hand, sqlite []float64
}

var questions = []string{
	"who said what", "who said what about Ada Rare", "what did Ada Rare say", "who criticized Bo Rare", "whom did Ada Rare criticize", "who criticized Person N0",
	"who is quoted with Ada Rare", "how are Ada Rare and Bo Rare connected", "who is Ada Rare", "who criticized whom since:2020-01 until:2020-01",
}

func sideBySide(b *testing.B, n int) []timing {
	file, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "graph.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	if n > 100_000 {
		server := imported(b, n)
		store, err := neo4j.Open(b.Context(), server.URL, neo4j.Options{})
		if err != nil {
			b.Fatal(err)
		}
		defer store.Close()
		load(b, "Neo4j, on top", store, n/perArticle, 2000, 0)
		load(b, "SQLite", file, 0, n/perArticle, 0)
		return ask(b, store, openHand(b, server), file, n)
	}
	server := neo4jtest.Start(b)
	hand := openHand(b, server)
	if n <= 10_000 { // what a row at a time costs does not depend on the size
		server.Open(b, neo4j.Options{}).Close()
		hand.load(b, n, "one MERGE a row", 5)
	}
	server.Open(b, neo4j.Options{}).Close()
	bare := hand.load(b, n, "bare UNWIND", n/perArticle)
	store := server.Open(b, neo4j.Options{})
	load(b, "Neo4j", store, 0, n/perArticle, bare)
	load(b, "SQLite", file, 0, n/perArticle, 0)
	return ask(b, store, hand, file, n)
}

// imported is a server with n claims that neo4j-admin imported: transactions would take an hour to make a graph of a million.
func imported(b *testing.B, n int) *neo4jtest.Server {
	order := map[graph.ID]int{}
	for i := range n / perArticle {
		order[graph.ArticleID(fmt.Sprintf("https://news.example/%d", i), "")] = i
	}
	ids := slices.SortedFunc(maps.Keys(order), func(a, b graph.ID) int { return bytes.Compare(a[:], b[:]) })
	edges := 0
	start := time.Now()
	args, err := neo4j.Export(filepath.Join(b.TempDir(), "csv"), func(yield func(graph.Batch, error) bool) {
		for _, id := range ids {
			batch := storetest.Typical(order[id])
			if batch.Article.ID != id {
				b.Fatalf("article %d has another id", order[id])
			}
			edges += len(batch.Edges)
			if !yield(batch, nil) {
				return
			}
		}
	})
	if err != nil {
		b.Fatal(err)
	}
	rate := func(name string, took time.Duration) {
		line(n, name, float64(n/perArticle)/took.Seconds(), float64(edges)/took.Seconds(), "")
	}
	rate("saidgraph export", time.Since(start))
	server := neo4jtest.Import(b, args)
	rate("neo4j-admin import", server.Imported)
	start = time.Now()
	store, err := neo4j.Open(b.Context(), server.URL, neo4j.Options{})
	if err != nil {
		b.Fatal(err)
	}
	store.Close()
	rate("its indexes", time.Since(start))
	return server
}

// ask asks each question of each in turn, so that what else the machine does hits all of them.
func ask(b *testing.B, store *neo4j.Store, hand *hand, file graph.Store, n int) []timing {
	for range 20 { // a server that was just started compiles its own code first
		for _, q := range questions {
			question, err := queries.Parse(q)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := queries.Ask(b.Context(), store, question); err != nil {
				b.Fatal(err)
			}
		}
	}
	var times []timing
	for i, q := range questions {
		question, err := queries.Parse(q)
		if err != nil {
			b.Fatal(err)
		}
		var said []graph.Statement
		if _, err := queries.Ask(graph.Explain(b.Context(), func(s graph.Statement) {
			s.Text = neo4j.Unfenced(s.Text)
			said = append(said, s)
		}), store, question); err != nil {
			b.Fatal(err)
		}
		t := timing{question: i, claims: n}
		for try := range 105 { // the first five let plans and caches settle
			turns := []struct {
				to  *[]float64
				ask func() error
			}{
				{&t.ours, func() error { _, err := queries.Ask(b.Context(), store, question); return err }},
				{&t.hand, func() error { return hand.ask(b.Context(), said) }},
				{&t.sqlite, func() error { _, err := queries.Ask(b.Context(), file, question); return err }},
			}
			if try%2 == 1 {
				turns[0], turns[1] = turns[1], turns[0]
			}
			for _, one := range turns {
				start := time.Now()
				if err := one.ask(); err != nil {
					b.Fatal(err)
				}
				if try >= 5 {
					*one.to = append(*one.to, time.Since(start).Seconds())
				}
			}
		}
		times = append(times, t)
	}
	return times
}

// load puts articles into a store, from the first on, 500 a transaction, for at most five minutes.
func load(b *testing.B, name string, store graph.Store, first, count int, bare float64) {
	var took time.Duration
	edges, articles := 0, 0
	for at := first; at < first+count && took < 5*time.Minute; at += 500 {
		var batches []graph.Batch
		for i := at; i < min(at+500, first+count); i++ {
			batches = append(batches, storetest.Typical(i))
		}
		start := time.Now()
		if err := store.Apply(b.Context(), batches...); err != nil {
			b.Fatal(err)
		}
		took += time.Since(start)
		articles += len(batches)
		for _, batch := range batches {
			edges += len(batch.Edges)
		}
	}
	if err := store.Apply(b.Context(), storetest.Rare()...); err != nil {
		b.Fatal(err)
	}
	rate := float64(articles) / took.Seconds()
	share := ""
	if bare > 0 {
		share = fmt.Sprintf("%.0f %%", 100*rate/bare)
	}
	line((first+articles)*perArticle, name, rate, float64(edges)/took.Seconds(), share)
}

func line(n int, name string, articles, edges float64, share string) {
	runtime.GC()
	fmt.Printf("| %d | %s | %.0f | %.0f | %s | %s |\n", n, name, articles, edges, share, resident())
}

// resident is our process's memory, in MB.
func resident() string {
	text, _ := os.ReadFile("/proc/self/status")
	_, rest, _ := strings.Cut(string(text), "VmRSS:")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return "?"
	}
	kb, _ := strconv.Atoi(fields[0])
	return strconv.Itoa(kb / 1024)
}

// spread is the median and the 99th percentile, in milliseconds.
func spread(seconds []float64) string {
	return fmt.Sprintf("%.1f / %.1f", 1000*at(seconds, 0.5), 1000*at(seconds, 0.99))
}

func at(seconds []float64, part float64) float64 {
	s := slices.Sorted(slices.Values(seconds))
	return s[min(len(s)-1, int(part*float64(len(s))))]
}

// hand is the driver without us.
type hand struct{ driver driver.DriverWithContext }

func openHand(b *testing.B, server *neo4jtest.Server) *hand {
	user, password, address := server.Login(b)
	d, err := driver.NewDriverWithContext(address, driver.BasicAuth(user, password, ""))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { d.Close(context.Background()) })
	return &hand{d}
}

// ask runs the statements of a question in one read transaction and reads all they give.
func (h *hand) ask(ctx context.Context, said []graph.Statement) error {
	session := h.driver.NewSession(ctx, driver.SessionConfig{AccessMode: driver.AccessModeRead})
	defer session.Close(ctx)
	_, err := session.ExecuteRead(ctx, func(tx driver.ManagedTransaction) (any, error) {
		for _, s := range said {
			args, _ := s.Args.(map[string]any)
			result, err := tx.Run(ctx, s.Text, args)
			if err != nil {
				return nil, err
			}
			if _, err := result.Collect(ctx); err != nil {
				return nil, err
			}
		}
		return nil, nil
	})
	return err
}

// The least Cypher that puts the same nodes and edges there: it replaces nothing, gathers no names, retries nothing. The properties are ours.
var bareRows = map[string]string{
	"article": `UNWIND $rows AS row CREATE (a:Article) SET a = row`,
	"claim":   `UNWIND $rows AS row CREATE (c:Claim) SET c = row`,
	"actor":   `UNWIND $rows AS row MERGE (x:Actor {id: row.id}) SET x += row`,
	"edge":    `UNWIND $rows AS row MATCH (f:%s {id: row.from}) MATCH (t:%s {id: row.to}) CREATE (f)-[e:%s]->(t) SET e = row.p`,
}

// load puts Typical articles there, 500 a transaction, or each row by a statement of its own, and returns articles a second.
func (h *hand) load(b *testing.B, n int, name string, articles int) float64 {
	ctx := b.Context()
	session := h.driver.NewSession(ctx, driver.SessionConfig{AccessMode: driver.AccessModeWrite})
	defer session.Close(ctx)
	single := name != "bare UNWIND"
	var took time.Duration
	edges := 0
	for at := 0; at < articles; at += 500 {
		var batches []graph.Batch
		for i := at; i < min(at+500, articles); i++ {
			batches = append(batches, storetest.Typical(i))
			edges += len(batches[len(batches)-1].Edges)
		}
		statements := neo4j.BareRows(batches, bareRows)
		start := time.Now()
		for _, s := range statements {
			if !single {
				continue
			}
			for _, row := range s.Rows {
				if _, err := session.Run(ctx, s.Text, map[string]any{"rows": []any{row}}); err != nil {
					b.Fatal(err)
				}
			}
		}
		if !single {
			_, err := session.ExecuteWrite(ctx, func(tx driver.ManagedTransaction) (any, error) {
				for _, s := range statements {
					result, err := tx.Run(ctx, s.Text, map[string]any{"rows": s.Rows})
					if err != nil {
						return nil, err
					}
					if _, err := result.Consume(ctx); err != nil {
						return nil, err
					}
				}
				return nil, nil
			})
			if err != nil {
				b.Fatal(err)
			}
		}
		took += time.Since(start)
	}
	rate := float64(articles) / took.Seconds()
	line(n, name, rate, float64(edges)/took.Seconds(), "")
	return rate
}
