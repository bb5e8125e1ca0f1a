package memory

import (
	"context"
	"slices"
	"strings"

	"saidgraph/graph"
)

// Search implements [graph.Store].
func (s *Store) Search(ctx context.Context, q graph.SearchQuery) ([]graph.Hit, error) {
	v, err := s.look(ctx, "memory.Search")
	if err != nil {
		return nil, err
	}
	if err := q.Validate(); err != nil {
		return nil, err
	}
	var after graph.HitPlace
	if q.After != "" {
		if after, err = graph.ParseHitPlace(q.After); err != nil {
			return nil, err
		}
	}
	type hit struct {
		graph.Hit
		place graph.HitPlace
	}
	var hits []hit
	add := func(n graph.Node, place graph.HitPlace) {
		if in(q.Labels, n.Label()) && (q.After == "" || place.Compare(after) > 0) {
			hits = append(hits, hit{graph.Hit{Node: n, Articles: place.Articles, Cursor: place.Cursor()}, place})
		}
	}
	words := graph.Words(q.Text)
	if len(words) == 0 && strings.TrimSpace(q.Text) != "" {
		return nil, nil
	}
	for id, a := range v.actors {
		if slices.ContainsFunc(append([]string{a.Name}, a.Aliases...), func(name string) bool {
			return graph.Match(words, graph.Words(name), q.Fuzzy)
		}) {
			add(v.node(id), graph.HitPlace{Articles: v.known[id], Name: a.Name, ID: id})
		}
	}
	for id, c := range v.claims {
		if graph.Match(words, graph.Words(c.Text), false) {
			add(v.node(id), graph.HitPlace{Claim: true, Date: v.articles[c.Article].Date, ID: id})
		}
	}
	slices.SortFunc(hits, func(a, b hit) int { return a.place.Compare(b.place) })
	limit := q.Limit
	if limit == 0 {
		limit = graph.DefaultHits
	}
	var out []graph.Hit
	for _, h := range hits[:min(limit, len(hits))] {
		out = append(out, h.Hit)
	}
	return out, nil
}
