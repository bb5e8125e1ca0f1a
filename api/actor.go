package api

import (
	"context"

	"saidgraph/graph"
	"saidgraph/queries"
)

// What /v1/people and /v1/organizations count.
const (
	articles = "articles"
	quotes   = "quotes"
)

// counted is an actor with how often it comes up.
type counted struct {
	Actor  graph.Actor `json:"actor"`
	N      int         `json:"n"`
	Cursor string      `json:"cursor"`
}

func (s *service) people(ctx context.Context, in *input) (any, error) {
	return s.actors(ctx, in, graph.Person)
}

func (s *service) organizations(ctx context.Context, in *input) (any, error) {
	return s.actors(ctx, in, graph.Organization)
}

func (s *service) actors(ctx context.Context, in *input, label graph.Label) (any, error) {
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	if q := in.get("q"); q != "" {
		for _, name := range []string{"count", "since", "until", "outlet"} {
			if in.get(name) != "" {
				return nil, invalid(name, "can't be given with q, which looks at names only")
			}
		}
		return s.bearers(ctx, graph.SearchQuery{Text: q, Labels: []graph.Label{label}, After: f.After, Limit: f.Limit})
	}
	f.MinScore = 0 // a mention is a fact of the text, not a guess about it
	by := graph.ByTo
	if in.or("count", articles) == quotes {
		f.Types, f.FromLabel, by = []graph.Type{graph.Said}, label, graph.ByFrom
	} else {
		f.Types, f.ToLabel = []graph.Type{graph.Mentioned}, label
	}
	limit := f.Limit
	f.Limit++
	groups, err := s.store.Tally(ctx, f, by)
	if err != nil {
		return nil, err
	}
	items := make([]counted, 0, len(groups))
	for _, g := range groups {
		if g.Node != nil && g.Node.Actor != nil {
			items = append(items, counted{*g.Node.Actor, g.N, g.Cursor})
		}
	}
	return cut(items, limit, func(c counted) string { return c.Cursor }), nil
}

// bearers lists the actors whose names have the words of a search.
func (s *service) bearers(ctx context.Context, q graph.SearchQuery) (any, error) {
	page, err := s.hits(ctx, q)
	if err != nil {
		return nil, err
	}
	items := make([]counted, 0, len(page.Items))
	for _, h := range page.Items {
		if h.Node.Actor != nil {
			items = append(items, counted{*h.Node.Actor, h.Articles, h.Cursor})
		}
	}
	return list[counted]{Items: items, Next: page.Next}, nil
}

// actor is the profile of one person or organization.
func (s *service) actor(ctx context.Context, in *input) (any, error) {
	f, err := in.filters()
	if err != nil {
		return nil, err
	}
	return queries.ProfileOf(ctx, s.store, in.id, f)
}
