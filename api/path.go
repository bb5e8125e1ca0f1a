package api

import (
	"context"

	"saidgraph/queries"
)

// connection is the answer of /v1/paths.
type connection struct {
	From  queries.Actor  `json:"from"`
	To    queries.Actor  `json:"to"`
	Names []queries.Name `json:"names"` // how from and to were understood
	Paths []queries.Path `json:"paths"`
	Hint  string         `json:"hint,omitempty"`
}

func (s *service) paths(ctx context.Context, in *input) (any, error) {
	limit, err := in.number("limit", 5, 1, MaxPaths)
	if err != nil {
		return nil, err
	}
	q := queries.New(queries.Connected, in.get("from"), in.get("to"))
	if q.Filters, err = in.filters(); err != nil {
		return nil, err
	}
	q.Limit = limit
	a, err := queries.Ask(ctx, s.store, q)
	if err != nil {
		return nil, err
	}
	if err := unknown(a.Names, "from", "to"); err != nil {
		return nil, err
	}
	out := connection{From: *a.Names[0].Actor, To: *a.Names[1].Actor, Names: a.Names, Paths: a.Paths, Hint: a.Hint}
	if out.Paths == nil {
		out.Paths = []queries.Path{}
	}
	return out, nil
}
