package neo4j_test

import (
	"path/filepath"
	"testing"

	"saidgraph/graph"
	"saidgraph/graph/memory"
	"saidgraph/graph/neo4j"
	"saidgraph/graph/neo4j/neo4jtest"
	"saidgraph/graph/storetest"
)

// TestExport: what neo4j-admin imports is the same graph, and goes on as one that was loaded.
func TestExport(t *testing.T) {
	want := memory.New()
	if err := want.Apply(t.Context(), storetest.Library()...); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "csv")
	args, err := neo4j.Export(dir, want.Batches(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	server := neo4jtest.Import(t, args)
	got, err := neo4j.Open(t.Context(), server.URL, neo4j.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer got.Close()
	storetest.Alike(t, got, want)

	first := storetest.Library()[0]
	for _, s := range []graph.Store{got, want} { // names are settled as if the articles had been loaded one by one
		if err := s.Delete(t.Context(), first.Article.ID); err != nil {
			t.Fatal(err)
		}
		if err := s.Apply(t.Context(), storetest.Typical(3)); err != nil {
			t.Fatal(err)
		}
	}
	storetest.Alike(t, got, want)

	if _, err := neo4j.Export(dir, want.Batches(t.Context())); graph.CodeOf(err) != graph.Invalid {
		t.Errorf("export into a folder that is not empty: %v, want Invalid", err)
	}
}
