package api

import (
	"context"

	"saidgraph/graph"
	"saidgraph/queries"
)

// A search for claims looks through windows of hits until a page is full. maxWindows bounds the work of one
// request; the page is then short, and its Next goes on.
const (
	window     = 100
	maxWindows = 20
)

func (s *service) claims(ctx context.Context, in *input) (any, error) {
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	speaker, names, err := s.named(ctx, in, "speaker")
	if err != nil {
		return nil, err
	}
	about, more, err := s.named(ctx, in, "about")
	if err != nil {
		return nil, err
	}
	f.About, names = about, append(names, more...)
	read := queries.Claims
	if len(speaker) > 0 {
		f.Types, f.From = []graph.Type{graph.Said}, speaker
		read = queries.Edges
	}
	var page *queries.Page
	if q := in.get("q"); q != "" {
		page, err = s.worded(ctx, q, f, read)
	} else {
		page, err = read(ctx, s.store, f)
	}
	if err != nil {
		return nil, err
	}
	return pageOf(names, page), nil
}

// worded is a page of the claims that have all the words of q and pass the filter; its cursors are the search's.
func (s *service) worded(ctx context.Context, q string, f graph.Filter,
	read func(context.Context, graph.Store, graph.Filter) (*queries.Page, error),
) (*queries.Page, error) {
	page, after, limit := &queries.Page{}, f.After, f.Limit
	f.After, f.Limit = "", 0
	for range maxWindows {
		hits, err := s.hits(ctx, graph.SearchQuery{Text: q, Labels: []graph.Label{graph.ClaimNode}, After: after, Limit: window})
		if err != nil || len(hits.Items) == 0 {
			return page, err
		}
		f.To = f.To[:0]
		for _, h := range hits.Items {
			f.To = append(f.To, h.Node.ID())
		}
		passed, err := read(ctx, s.store, f)
		if err != nil {
			return nil, err
		}
		rows := map[graph.ID]queries.Row{}
		for _, r := range passed.Rows {
			if r.Claim != nil {
				rows[*r.Claim] = r
			}
		}
		for i, h := range hits.Items {
			r, ok := rows[h.Node.ID()]
			if !ok {
				continue
			}
			r.Cursor = h.Cursor
			page.Rows = append(page.Rows, r)
			if len(page.Rows) == limit {
				if i < len(hits.Items)-1 || hits.Next != "" {
					page.Next = h.Cursor
				}
				return page, nil
			}
		}
		if after = hits.Next; after == "" {
			return page, nil
		}
	}
	page.Next = after
	return page, nil
}
