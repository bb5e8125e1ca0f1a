package memory_test

import (
	"testing"

	"saidgraph/graph"
	"saidgraph/graph/memory"
	"saidgraph/graph/storetest"
)

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) graph.Store { return memory.New() })
}
