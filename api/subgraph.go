package api

import (
	"context"
	"time"

	"saidgraph/graph"
	"saidgraph/queries"
)

// subgraph is the shape that graph libraries of front ends read: nodes by id, edges by source and target.
type subgraph struct {
	Around    queries.Name `json:"around"` // how it was understood
	Truncated bool         `json:"truncated"`
	Nodes     []vertex     `json:"nodes"`
	Edges     []link       `json:"edges"`
}

type vertex struct {
	ID     graph.ID    `json:"id"`
	Label  string      `json:"label"`
	Kind   graph.Label `json:"kind"`
	Degree int         `json:"degree"`
}

// link is one step with its newest proof.
type link struct {
	ID      graph.ID     `json:"id"`
	Source  graph.ID     `json:"source"`
	Target  graph.ID     `json:"target"`
	Type    graph.Type   `json:"type"`
	Weight  int          `json:"weight"`
	Role    string       `json:"role,omitempty"`
	Voice   string       `json:"voice,omitempty"`
	Quote   string       `json:"quote"`
	Spans   []graph.Span `json:"spans,omitempty"`
	Article graph.ID     `json:"article"`
	Date    time.Time    `json:"date,omitzero"`
	Score   float64      `json:"score"`
}

func (s *service) subgraph(ctx context.Context, in *input) (any, error) {
	depth, err := in.number("depth", 1, 1, MaxDepth)
	if err != nil {
		return nil, err
	}
	limit, err := in.number("limit", 100, 1, MaxLimit)
	if err != nil {
		return nil, err
	}
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	f.Limit = 0
	around, names, err := s.named(ctx, in, "around")
	if err != nil {
		return nil, err
	}
	piece, err := s.store.Neighbours(ctx, around[0], depth, limit, f)
	if err != nil {
		return nil, err
	}
	return draw(names[0], limit, piece), nil
}

func draw(around queries.Name, limit int, piece graph.Subgraph) subgraph {
	degree := map[graph.ID]int{}
	out := subgraph{Around: around, Truncated: len(piece.Actors) >= limit, Nodes: []vertex{}, Edges: []link{}}
	for _, st := range piece.Steps {
		e := st.Row.Edge
		degree[st.From]++
		degree[st.To]++
		out.Edges = append(out.Edges, link{
			// A claim about two actors proves two steps by one SAID edge: the ends keep their ids apart.
			ID:     graph.EdgeID(st.Type, st.From, st.To, graph.ID{}, nil, "", ""),
			Source: st.From, Target: st.To, Type: st.Type, Weight: st.N, Role: e.Role, Voice: e.Voice,
			Quote: e.Evidence.Quote, Spans: e.Evidence.Spans, Article: e.Evidence.Article,
			Date: e.Evidence.Date, Score: e.Evidence.Score,
		})
	}
	for _, a := range piece.Actors {
		out.Nodes = append(out.Nodes, vertex{a.ID, a.Name, a.Label, degree[a.ID]})
	}
	return out
}
