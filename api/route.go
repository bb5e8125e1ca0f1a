package api

import (
	"context"
	"slices"
)

// route is one path of the API with all that may stand in its query.
type route struct {
	path     string
	params   []param
	serve    func(context.Context, *input) (any, error)
	volatile bool // never kept, not even to ask again: health
}

// routes is the whole API but /openapi.yaml and the page, which send files.
func (s *service) routes() []route {
	var (
		scope   = []param{{name: "since"}, {name: "until"}, {name: "outlet", many: true}}
		scored  = append(slices.Clip(scope), param{name: "min-score"}, param{name: "copies"})
		quoted  = append(slices.Clip(scored), param{name: "kind", many: true}, param{name: "article", many: true})
		page    = []param{{name: "limit"}, {name: "after"}}
		counted = slices.Concat([]param{{name: "q"}, {name: "count", oneOf: []string{articles, quotes}}}, scope, page)
	)
	return []route{
		{path: "/v1/ask", serve: s.ask, params: append(slices.Clip(page), param{name: "q", need: true})},
		{path: "/v1/search", serve: s.search, params: append(slices.Clip(page), param{name: "q", need: true},
			param{name: "label", many: true, oneOf: []string{"person", "organization", "claim"}},
			param{name: "fuzzy", oneOf: []string{"true", "false"}})},
		{path: "/v1/people", serve: s.people, params: counted},
		{path: "/v1/organizations", serve: s.organizations, params: counted},
		{path: "/v1/actors/:id", serve: s.actor, params: append(slices.Clip(scored), param{name: "limit"})},
		{path: "/v1/claims", serve: s.claims, params: slices.Concat(quoted, page,
			[]param{{name: "speaker"}, {name: "about", many: true}, {name: "q"}})},
		{path: "/v1/criticisms", serve: s.criticisms, params: slices.Concat(quoted, page,
			[]param{{name: "from", many: true}, {name: "to", many: true}, {name: "voice"},
				{name: "polarity", oneOf: []string{"negative", "positive", "any"}}})},
		{path: "/v1/articles/:id", serve: s.article},
		{path: "/v1/paths", serve: s.paths, params: append(slices.Clip(scored),
			param{name: "from", need: true}, param{name: "to", need: true}, param{name: "limit"})},
		{path: "/v1/graph", serve: s.subgraph, params: append(slices.Clip(scored),
			param{name: "around", need: true}, param{name: "depth"}, param{name: "limit"})},
		{path: "/v1/stats", serve: s.stats},
		{path: "/healthz", serve: s.healthz, volatile: true},
		{path: "/readyz", serve: s.readyz, volatile: true},
	}
}
