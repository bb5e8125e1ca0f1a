package neo4j_test

import (
	"testing"

	"saidgraph/graph"
	"saidgraph/graph/neo4j"
	"saidgraph/graph/neo4j/neo4jtest"
	"saidgraph/graph/storetest"
)

func TestStore(t *testing.T) {
	server := neo4jtest.Start(t)
	storetest.Run(t, func(t *testing.T) graph.Store { return server.Open(t, neo4j.Options{}) })
}
