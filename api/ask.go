package api

import (
	"context"

	"saidgraph/queries"
)

// ask answers a question in words, as package queries has it. limit and after say the same as in the question, and win.
func (s *service) ask(ctx context.Context, in *input) (any, error) {
	q, err := queries.Parse(in.get("q"))
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"limit", "after"} {
		if v := in.get(name); v != "" {
			if err := q.Set(name, v); err != nil {
				return nil, err
			}
		}
	}
	return queries.Ask(ctx, s.store, q)
}
