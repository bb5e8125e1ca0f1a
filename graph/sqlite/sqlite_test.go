package sqlite_test

import (
	"path/filepath"
	"testing"

	"saidgraph/graph"
	"saidgraph/graph/sqlite"
	"saidgraph/graph/storetest"
)

func open(t testing.TB) graph.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "graph ?#%41.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) graph.Store { return open(t) })
}

func BenchmarkStore(b *testing.B) {
	storetest.Benchmark(b, func(b *testing.B) graph.Store { return open(b) })
}
