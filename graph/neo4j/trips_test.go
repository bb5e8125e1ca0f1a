package neo4j_test

import (
	"net"
	"strings"
	"sync/atomic"
	"testing"

	"saidgraph/graph"
	"saidgraph/graph/neo4j"
	"saidgraph/graph/neo4j/neo4jtest"
	"saidgraph/graph/storetest"
)

// trips is a wire to a server that counts how often its caller speaks after the server did.
type trips struct {
	address string
	n       atomic.Int64
}

func countTrips(t *testing.T, server string) *trips {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	w := &trips{address: l.Addr().String()}
	go func() {
		for {
			caller, err := l.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", server)
			if err != nil {
				caller.Close()
				return
			}
			var answered atomic.Bool
			answered.Store(true)
			pass := func(to, from net.Conn, heard func()) {
				defer to.Close()
				buffer := make([]byte, 64<<10)
				for {
					n, err := from.Read(buffer)
					if n > 0 {
						heard()
					}
					if _, e := to.Write(buffer[:n]); err != nil || e != nil {
						return
					}
				}
			}
			go pass(caller, far, func() { answered.Store(true) })
			go pass(far, caller, func() {
				if answered.Swap(false) {
					w.n.Add(1)
				}
			})
		}
	}()
	return w
}

// TestRoundTrips holds each read to the number of times that it asks the server and waits.
func TestRoundTrips(t *testing.T) {
	server := neo4jtest.Start(t)
	server.Wipe(t)
	before, host, _ := strings.Cut(server.URL, "@")
	wire := countTrips(t, host)
	s, err := neo4j.Open(t.Context(), before+"@"+wire.address, neo4j.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Apply(t.Context(), append(press(5), storetest.Rare()...)...); err != nil {
		t.Fatal(err)
	}
	named, err := s.Named(t.Context(), "Ada Rare", "Bo Rare")
	if err != nil {
		t.Fatal(err)
	}
	ada, bo := named["Ada Rare"][0].ID, named["Bo Rare"][0].ID
	edges := func(f graph.Filter) error {
		for _, err := range s.Edges(t.Context(), f) {
			if err != nil {
				return err
			}
		}
		return nil
	}
	for _, c := range []struct {
		name string
		want int64
		read func() error
	}{
		{"Node", 1, func() error { _, err := s.Node(t.Context(), ada); return err }},
		{"Named", 1, func() error { _, err := s.Named(t.Context(), "Ada Rare", "Bo Rare"); return err }},
		{"Stats", 1, func() error { _, err := s.Stats(t.Context()); return err }},
		{"Search, actors and claims", 1, func() error { _, err := s.Search(t.Context(), graph.SearchQuery{Text: "rare"}); return err }},
		{"Search, near names", 1, func() error {
			_, err := s.Search(t.Context(), graph.SearchQuery{Text: "rarr", Fuzzy: true})
			return err
		}},
		{"Tally by actor", 1, func() error { _, err := s.Tally(t.Context(), graph.Filter{}, graph.ByFrom); return err }},
		{"Tally by month", 1, func() error { _, err := s.Tally(t.Context(), graph.Filter{}, graph.ByMonth); return err }},
		{"Edges", 2, func() error { return edges(graph.Filter{From: []graph.ID{ada}, Limit: 50}) }},
		{"Edges, none", 1, func() error {
			return edges(graph.Filter{From: []graph.ID{ada}, Types: []graph.Type{graph.Declined}, Limit: 50})
		}},
		{"Neighbours", 2, func() error { _, err := s.Neighbours(t.Context(), ada, 1, 50, graph.Filter{}); return err }},
		{"Neighbours, two rings", 3, func() error { _, err := s.Neighbours(t.Context(), ada, 2, 50, graph.Filter{}); return err }},
		{"Paths", 2, func() error { _, err := s.Paths(t.Context(), ada, bo, 4, 10, graph.Filter{}); return err }},
		{"Record", 1, func() error { _, err := s.Record(t.Context(), "b", "k"); return err }},
	} {
		var got int64
		for range 2 { // the first may open a connection
			start := wire.n.Load()
			if err := c.read(); err != nil && graph.CodeOf(err) != graph.NotFound {
				t.Fatalf("%s: %v", c.name, err)
			}
			got = wire.n.Load() - start
		}
		if got != c.want {
			t.Errorf("%s: %d round trips, want %d", c.name, got, c.want)
		}
	}
}
