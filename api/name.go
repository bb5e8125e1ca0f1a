package api

import (
	"context"
	"fmt"
	"net/http"

	"saidgraph/graph"
	"saidgraph/queries"
)

// named finds the actors that a parameter's values mean, just as a question would take them. A value that
// nobody bears is a 404 with near names.
func (s *service) named(ctx context.Context, in *input, param string) (ids []graph.ID, names []queries.Name, err error) {
	for _, v := range in.values[param] {
		// Any question of one name says how it understands it; this one costs the least.
		q := queries.New(queries.WhomCriticized, v, "")
		q.Limit = 1
		a, err := queries.Ask(ctx, s.store, q)
		if err != nil {
			return nil, nil, blame(err, param)
		}
		if err := unknown(a.Names, param); err != nil {
			return nil, nil, err
		}
		ids, names = append(ids, a.Names[0].Actor.ID), append(names, a.Names...)
	}
	return ids, names, nil
}

// unknown is the 404 of the first name that nobody bears; params are where the names stood, in order.
func unknown(names []queries.Name, params ...string) error {
	for i, n := range names {
		if n.Actor != nil {
			continue
		}
		p := problemOf(http.StatusNotFound, params[min(i, len(params)-1)], fmt.Sprintf("nobody here is named %q", n.Asked))
		p.Suggestions = n.Suggestions
		return p
	}
	return nil
}

// blame gives a question's error the parameter that the question was made of.
func blame(err error, param string) error {
	if p := problemFor(err); p.Status == http.StatusBadRequest {
		return invalid(param, p.Detail)
	}
	return err
}
