package memory

import (
	"context"
	"slices"

	"saidgraph/graph"
)

// Tally implements [graph.Store].
func (s *Store) Tally(ctx context.Context, f graph.Filter, by graph.Group) ([]graph.Count, error) {
	v, err := s.look(ctx, "memory.Tally")
	if err != nil {
		return nil, err
	}
	if err := f.Validate(); err != nil {
		return nil, err
	}
	if err := by.Validate(); err != nil {
		return nil, err
	}
	var after graph.CountPlace
	if f.After != "" {
		if after, err = graph.ParseCountPlace(f.After); err != nil {
			return nil, err
		}
	}
	n := map[string]int{}
	nodes := map[string]graph.Node{}
	for _, e := range v.pick(f) {
		key, node := v.group(e, by)
		n[key]++
		nodes[key] = node
	}
	var counts []graph.Count
	for key, n := range n {
		place := graph.CountPlace{N: n, Key: key}
		if f.After != "" && place.Compare(after) <= 0 {
			continue
		}
		c := graph.Count{Key: key, N: n, Cursor: place.Cursor()}
		if node := nodes[key]; node != (graph.Node{}) {
			c.Node = &node
		}
		counts = append(counts, c)
	}
	slices.SortFunc(counts, func(a, b graph.Count) int {
		return graph.CountPlace{N: a.N, Key: a.Key}.Compare(graph.CountPlace{N: b.N, Key: b.Key})
	})
	if f.Limit > 0 && len(counts) > f.Limit {
		counts = counts[:f.Limit]
	}
	return counts, nil
}

func (v *view) group(e graph.Edge, by graph.Group) (string, graph.Node) {
	switch by {
	case graph.ByFrom:
		return e.From.String(), v.node(e.From)
	case graph.ByTo:
		return e.To.String(), v.node(e.To)
	case graph.ByArticle:
		return e.Evidence.Article.String(), v.node(e.Evidence.Article)
	case graph.ByOutlet:
		return v.articles[e.Evidence.Article].Outlet, graph.Node{}
	case graph.ByType:
		return string(e.Type), graph.Node{}
	case graph.ByKind:
		c, _ := v.claimOf(e)
		return c.Kind, graph.Node{}
	}
	if e.Evidence.Date.IsZero() {
		return "", graph.Node{}
	}
	return e.Evidence.Date.Format("2006-01"), graph.Node{}
}
