package api

import (
	"saidgraph/queries"
)

// list is the shape of every paged answer. Next is there only when more is behind it.
type list[T any] struct {
	Names []queries.Name `json:"names,omitempty"` // how the names in the query were understood
	Items []T            `json:"items"`
	Next  string         `json:"next,omitempty"`
}

// cut makes a page of one item more than was asked for: the reads ask so to know whether more follows.
func cut[T any](items []T, limit int, cursor func(T) string) list[T] {
	if len(items) <= limit {
		return list[T]{Items: items}
	}
	return list[T]{Items: items[:limit], Next: cursor(items[limit-1])}
}

func pageOf(names []queries.Name, p *queries.Page) list[queries.Row] {
	out := list[queries.Row]{Names: names, Items: p.Rows, Next: p.Next}
	if out.Items == nil {
		out.Items = []queries.Row{}
	}
	return out
}
