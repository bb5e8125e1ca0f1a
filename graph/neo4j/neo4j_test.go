package neo4j_test

import (
	"flag"
	"fmt"
	"os"
	"testing"

	"saidgraph/graph"
	"saidgraph/graph/neo4j"
	"saidgraph/graph/neo4j/neo4jtest"
	"saidgraph/graph/storetest"
)

// TestMain lowers the checks of the random law: each asks about a hundred questions that the server has not seen and plans for the first
// time. SAIDGRAPH_NEO4J_LONG=1 leaves them at rapid's 100.
func TestMain(m *testing.M) {
	if order := os.Getenv(writerVariable); order != "" {
		if err := writer(order); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if !long() {
		flag.Set("rapid.checks", lawChecks)
	}
	flag.Parse()
	os.Exit(m.Run())
}

const lawChecks = "15"

func long() bool { return os.Getenv("SAIDGRAPH_NEO4J_LONG") != "" }

// atOnce is how many articles the writers load at once.
func atOnce() int {
	if long() {
		return 2000
	}
	return 80
}

func TestStore(t *testing.T) {
	server := neo4jtest.Start(t)
	storetest.Run(t, func(t *testing.T) graph.Store { return server.Open(t, neo4j.Options{}) })
}

// TestRouted holds the store to the same by way of the routing table, as in a cluster; the law's questions are planned and read alike.
func TestRouted(t *testing.T) {
	if !long() {
		flag.Set("rapid.checks", "5")
		defer flag.Set("rapid.checks", lawChecks)
	}
	server := neo4jtest.Start(t)
	storetest.Run(t, func(t *testing.T) graph.Store { return server.OpenAt(t, server.With("neo4j"), neo4j.Options{}) })
}

func BenchmarkStore(b *testing.B) {
	server := neo4jtest.Start(b)
	storetest.Benchmark(b, func(b *testing.B) graph.Store { return server.Open(b, neo4j.Options{}) })
}
