package api

import (
	"context"
	"time"

	"saidgraph/graph"
)

// readyIn is how long a store may take to answer before this instance counts as not ready.
const readyIn = 2 * time.Second

type health struct {
	Status  string `json:"status"`
	Version string `json:"version,omitempty"`
}

// healthz says that the process runs; it asks nobody, so that a slow store restarts no server.
func (s *service) healthz(context.Context, *input) (any, error) {
	return health{Status: "ok", Version: s.opts.Version}, nil
}

// readyz says that the store answers. It reads one node, which no store needs to scan for; that
// there is none of this id is an answer too.
func (s *service) readyz(ctx context.Context, _ *input) (any, error) {
	ctx, cancel := context.WithTimeout(ctx, readyIn)
	defer cancel()
	if _, err := s.store.Node(ctx, graph.ID{}); err != nil && graph.CodeOf(err) != graph.NotFound {
		return nil, &graph.Error{Op: "api.readyz", Code: graph.Unavailable, Err: err}
	}
	return health{Status: "ready"}, nil
}

func (s *service) stats(ctx context.Context, _ *input) (any, error) {
	return s.store.Stats(ctx)
}
