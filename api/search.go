package api

import (
	"context"

	"saidgraph/graph"
)

func (s *service) search(ctx context.Context, in *input) (any, error) {
	f, err := in.filters()
	if err != nil {
		return nil, err
	}
	q := graph.SearchQuery{Text: in.get("q"), After: f.After, Limit: f.Limit, Fuzzy: in.get("fuzzy") == "true"}
	for _, l := range in.values["label"] {
		q.Labels = append(q.Labels, graph.Label(l))
	}
	return s.hits(ctx, q)
}

// hits reads one page of a search.
func (s *service) hits(ctx context.Context, q graph.SearchQuery) (list[graph.Hit], error) {
	limit := q.Limit
	q.Limit++
	hits, err := s.store.Search(ctx, q)
	if hits == nil {
		hits = []graph.Hit{}
	}
	return cut(hits, limit, func(h graph.Hit) string { return h.Cursor }), err
}
