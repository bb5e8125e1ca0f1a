package api

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"saidgraph/graph"
)

// reading is an article with all that was read from it, each actor and claim once: the edges refer to them by id.
type reading struct {
	Article graph.Article `json:"article"`
	Actors  []graph.Actor `json:"actors"` // by name
	Claims  []graph.Claim `json:"claims"` // in order of the text
	Edges   []graph.Edge  `json:"edges"`  // in order of the text
}

func (s *service) article(ctx context.Context, in *input) (any, error) {
	node, err := s.store.Node(ctx, in.id)
	if err != nil {
		return nil, err
	}
	if node.Article == nil {
		return nil, &graph.Error{Op: "api.article", Code: graph.NotFound, Field: "id", Err: errors.New("is the id of no article")}
	}
	out := reading{Article: *node.Article, Actors: []graph.Actor{}, Claims: []graph.Claim{}, Edges: []graph.Edge{}}
	seen := map[graph.ID]bool{}
	for row, err := range s.store.Edges(ctx, graph.Filter{Articles: []graph.ID{in.id}}) {
		if err != nil {
			return nil, err
		}
		out.Edges = append(out.Edges, row.Edge)
		for _, n := range []graph.Node{row.From, row.To} {
			if id := n.ID(); !seen[id] {
				seen[id] = true
				out.add(n)
			}
		}
	}
	slices.SortFunc(out.Actors, func(a, b graph.Actor) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), slices.Compare(a.ID[:], b.ID[:]))
	})
	slices.SortFunc(out.Claims, func(a, b graph.Claim) int {
		return cmp.Or(a.Spans[0].Start-b.Spans[0].Start, slices.Compare(a.ID[:], b.ID[:]))
	})
	return out, nil
}

func (r *reading) add(n graph.Node) {
	switch {
	case n.Actor != nil:
		r.Actors = append(r.Actors, *n.Actor)
	case n.Claim != nil:
		r.Claims = append(r.Claims, *n.Claim)
	}
}
