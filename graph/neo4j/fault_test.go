package neo4j_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"saidgraph/graph"
	"saidgraph/graph/memory"
	"saidgraph/graph/neo4j"
	"saidgraph/graph/neo4j/neo4jtest"
	"saidgraph/graph/storetest"
)

// TestOpenRefuses wants each error of Open to say what is wrong and what to do, and never the password.
func TestOpenRefuses(t *testing.T) {
	server := neo4jtest.Start(t)
	_, host, _ := strings.Cut(server.URL, "@")
	deaf, err := net.Listen("tcp", "127.0.0.1:0") // takes connections and says nothing
	if err != nil {
		t.Fatal(err)
	}
	defer deaf.Close()
	for _, c := range []struct {
		name, url string
		code      graph.Code
		want      string
	}{
		{"nobody there", "bolt://u:secret@127.0.0.1:1", graph.Unavailable, "bolt://127.0.0.1:1: the server does not answer: is it running"},
		{"nobody there, routed", "neo4j://u:secret@127.0.0.1:1", graph.Unavailable, "does not answer"},
		{"wrong password", "bolt://neo4j:secret@" + host, graph.Invalid, neo4j.PasswordVariable},
		{"no password", "bolt://" + host, graph.Invalid, neo4j.UserVariable},
		{"wrong database", server.URL + "?database=nope", graph.Invalid, "there is no database nope"},
		{"TLS where there is none", server.With("bolt+s"), graph.Unavailable, "does it want TLS"},
		{"a path", "bolt://u:secret@127.0.0.1/neo4j", graph.Invalid, "write it as bolt://host:7687"},
		{"an unknown option", server.URL + "?user=x", graph.Invalid, `"user" is no option`},
		{"a password that wants escaping", "bolt://u:secret%@127.0.0.1", graph.Invalid, "%-escapes"},
	} {
		_, err := neo4j.Open(t.Context(), c.url, neo4j.Options{})
		if graph.CodeOf(err) != c.code || err != nil && (!strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "secret")) {
			t.Errorf("%s: code %q of %v, want %q, with %q and without the password", c.name, graph.CodeOf(err), err, c.code, c.want)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	start := time.Now()
	_, err = neo4j.Open(ctx, "bolt://u:secret@"+deaf.Addr().String(), neo4j.Options{})
	if took := time.Since(start); graph.CodeOf(err) != graph.Unavailable || !errors.Is(err, context.DeadlineExceeded) || took > 5*time.Second {
		t.Errorf("a server that says nothing: %v after %v, want Unavailable when the context is over", err, took)
	}
}

// press is n articles of the made-up press.
func press(n int) []graph.Batch {
	batches := make([]graph.Batch, n)
	for i := range batches {
		batches[i] = storetest.Typical(i)
	}
	return batches
}

// wants compares a store with memory.
func wants(t *testing.T, s graph.Store, batches []graph.Batch) {
	t.Helper()
	m := memory.New()
	if err := m.Apply(t.Context(), batches...); err != nil {
		t.Fatal(err)
	}
	want, _ := m.Stats(t.Context())
	got, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("stats (-want +got):\n%s", d)
	}
	for _, q := range []graph.SearchQuery{{Limit: 100000, Labels: []graph.Label{graph.Person, graph.Organization}}} {
		want, _ := m.Search(t.Context(), q)
		got, err := s.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("actors (-want +got):\n%.3000s", d)
		}
	}
	next := m.Batches(t.Context())
	all := map[graph.ID]graph.Batch{}
	for b := range next {
		all[b.Article.ID] = b
	}
	for b, err := range s.Batches(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(all[b.Article.ID], b); d != "" {
			t.Errorf("article %s (-want +got):\n%.2000s", b.Article.URL, d)
			return
		}
		delete(all, b.Article.ID)
	}
	if len(all) > 0 {
		t.Errorf("%d articles are missing", len(all))
	}
}

// TestDeadWriter leaves the mark of a writer that was killed when it was about to commit: reads and writes go on without it within seconds.
func TestDeadWriter(t *testing.T) {
	server := neo4jtest.Start(t)
	s := server.Open(t, neo4j.Options{})
	batches := press(2)
	if err := s.Apply(t.Context(), batches[0]); err != nil {
		t.Fatal(err)
	}
	server.Cypher(t, "MERGE (s:Saidgraph {id: 'epoch'}) SET s.epoch = coalesce(s.epoch, 0) + 1 CREATE (:Commit {id: 'dead', at: datetime()})", nil)
	start := time.Now()
	wants(t, s, batches[:1])
	if err := s.Apply(t.Context(), batches[1]); err != nil {
		t.Fatal(err)
	}
	wants(t, s, batches)
	if took := time.Since(start); took > 15*time.Second {
		t.Errorf("the mark of a dead writer held all up for %v", took)
	}
	server.Cypher(t, "MATCH (c:Commit) RETURN count(c)", func(v []any) {
		if v[0] != int64(0) {
			t.Errorf("%v marks of commits are left", v[0])
		}
	})
}

// TestTakenForDead takes the marks of living writers away again and again: what they write is there all the same.
func TestTakenForDead(t *testing.T) {
	server := neo4jtest.Start(t)
	s := server.Open(t, neo4j.Options{})
	batches := press(20)
	over := make(chan struct{})
	var thief sync.WaitGroup
	stolen := int64(0)
	thief.Go(func() {
		for {
			select {
			case <-over:
				return
			default:
				server.Cypher(t, "MATCH (c:Commit) DELETE c RETURN count(c)", func(v []any) { stolen += v[0].(int64) })
			}
		}
	})
	for _, b := range batches {
		if err := s.Apply(t.Context(), b); err != nil {
			t.Error(err)
		}
	}
	close(over)
	thief.Wait()
	if stolen == 0 {
		t.Error("no mark was taken: this shows nothing")
	}
	wants(t, s, batches)
}

// TestKilledInMidLoad kills the server while articles are loaded and starts it again: the load goes on by itself and ends with nothing
// lost and nothing double.
func TestKilledInMidLoad(t *testing.T) {
	server := neo4jtest.Start(t)
	s := server.Open(t, neo4j.Options{Retry: 5 * time.Minute})
	batches := press(60)
	half := make(chan struct{})
	done := make(chan error, 1)
	go func() {
		for i, b := range batches {
			if i == len(batches)/3 {
				close(half)
			}
			if err := s.Apply(t.Context(), b); err != nil {
				done <- fmt.Errorf("article %d: %w", i, err)
				return
			}
		}
		done <- nil
	}()
	<-half
	server.Kill(t)
	if _, err := s.Stats(t.Context()); graph.CodeOf(err) != graph.Unavailable {
		t.Errorf("a read of a dead server: %v, want Unavailable", err)
	}
	server.Restart(t)
	if err := <-done; err != nil {
		t.Fatalf("the load did not survive the server's death: %v", err)
	}
	wants(t, s, batches)
}

func TestGivesUp(t *testing.T) {
	server := neo4jtest.Start(t)
	s := server.Open(t, neo4j.Options{Retry: 200 * time.Millisecond, ReadRetry: 100 * time.Millisecond})
	server.Kill(t)
	defer server.Restart(t)
	start := time.Now()
	if err := s.Apply(t.Context(), press(1)...); graph.CodeOf(err) != graph.Unavailable || !strings.Contains(err.Error(), "is it running") {
		t.Errorf("Apply to a dead server: %v, want Unavailable and what to check", err)
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("Apply gave up after %v", took)
	}
}

// TestBusyPool holds all connections with streams that nobody reads on.
func TestBusyPool(t *testing.T) {
	server := neo4jtest.Start(t)
	s := server.Open(t, neo4j.Options{Pool: 3, Acquire: 200 * time.Millisecond, ReadRetry: 300 * time.Millisecond})
	if err := s.Apply(t.Context(), press(25)...); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var streams sync.WaitGroup
	var held sync.WaitGroup
	for range 3 {
		held.Add(1)
		streams.Go(func() {
			n := 0
			for _, err := range s.Edges(ctx, graph.Filter{}) { // 2500 rows: the last 500 come from an open stream
				if n++; n == 2001 || err != nil {
					held.Done()
					<-ctx.Done()
					return
				}
			}
		})
	}
	held.Wait()
	if _, err := s.Stats(t.Context()); graph.CodeOf(err) != graph.Unavailable {
		t.Errorf("a read without a free connection: %v, want Unavailable", err)
	}
	cancel()
	streams.Wait()
	if _, err := s.Stats(t.Context()); err != nil {
		t.Errorf("after the streams were cancelled: %v", err)
	}
}

// TestCancelled cancels reads and writes at many moments; their connections come back and nothing is half-written.
func TestCancelled(t *testing.T) {
	server := neo4jtest.Start(t)
	s := server.Open(t, neo4j.Options{Pool: 2, Acquire: 5 * time.Second})
	batches := press(6)
	for i := range 24 {
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i*i)*time.Millisecond)
		if err := s.Apply(ctx, batches...); err != nil && !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Apply cut short after %d ms: %v", i*i, err)
		}
		if _, err := s.Tally(ctx, graph.Filter{}, graph.ByFrom); err != nil && !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Tally cut short after %d ms: %v", i*i, err)
		}
		cancel()
		st, err := s.Stats(t.Context())
		if err != nil {
			t.Fatalf("after a call that was cut short: %v", err)
		}
		if n := st.Nodes[graph.ArticleNode]; n != 0 && n != len(batches) {
			t.Fatalf("%d articles of a transaction of %d", n, len(batches))
		}
	}
	if err := s.Apply(t.Context(), batches...); err != nil {
		t.Fatal(err)
	}
	wants(t, s, batches)
}
