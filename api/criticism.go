package api

import (
	"context"

	"saidgraph/graph"
	"saidgraph/queries"
)

func (s *service) criticisms(ctx context.Context, in *input) (any, error) {
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	switch in.or("polarity", "negative") {
	case "negative":
		f.Types = []graph.Type{graph.Criticized}
	case "positive":
		f.Types = []graph.Type{graph.Praised}
	case "any":
		f.Types = []graph.Type{graph.Criticized, graph.Praised}
	}
	from, names, err := s.named(ctx, in, "from")
	if err != nil {
		return nil, err
	}
	to, more, err := s.named(ctx, in, "to")
	if err != nil {
		return nil, err
	}
	f.From, f.To = from, to
	page, err := queries.Edges(ctx, s.store, f)
	if err != nil {
		return nil, err
	}
	return pageOf(append(names, more...), page), nil
}
