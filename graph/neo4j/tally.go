package neo4j

import (
	"context"

	"saidgraph/graph"
)

// Tally implements [graph.Store].
func (s *Store) Tally(ctx context.Context, f graph.Filter, by graph.Group) ([]graph.Count, error) {
	const op = "neo4j.Tally"
	text, p, err := tallyQuery(f, by)
	if err != nil {
		return nil, s.fail(ctx, op, err)
	}
	var counts []graph.Count
	err = s.look(ctx, true, func(t *tx) error {
		counts = nil
		if text == "" {
			return nil
		}
		return t.each(text, p, func(v *values) error {
			c := graph.Count{Key: v.str(), N: int(v.int())}
			if n := v.node(); n != (graph.Node{}) {
				c.Node = &n
			}
			c.Cursor = graph.CountPlace{N: c.N, Key: c.Key}.Cursor()
			counts = append(counts, c)
			return nil
		})
	})
	return counts, s.fail(ctx, op, err)
}

// groups are how e is counted: x is a node, or null, k its key.
var groups = map[graph.Group]string{
	graph.ByFrom:    "WITH startNode(e) AS x, count(*) AS n WITH x, x.id AS k, n",
	graph.ByTo:      "WITH endNode(e) AS x, count(*) AS n WITH x, x.id AS k, n",
	graph.ByArticle: "WITH e.article AS k, count(*) AS n MATCH (x:Article {id: k}) WITH x, k, n",
	graph.ByOutlet:  "WITH e.article AS id, count(*) AS m MATCH (a:Article {id: id}) WITH null AS x, coalesce(a.outlet, '') AS k, sum(m) AS n",
	graph.ByMonth:   "WITH null AS x, CASE WHEN e.date IS NULL THEN '' ELSE substring(toString(e.date), 0, 7) END AS k, count(*) AS n",
	graph.ByKind:    "WITH null AS x, coalesce(e.kind, '') AS k, count(*) AS n",
	graph.ByType:    "WITH null AS x, type(e) AS k, count(*) AS n",
}

// tallyQuery counts within the server; "" if nothing can pass.
func tallyQuery(f graph.Filter, by graph.Group) (string, params, error) {
	if err := f.Validate(); err != nil {
		return "", nil, err
	}
	if err := by.Validate(); err != nil {
		return "", nil, err
	}
	p := newPick(f)
	after, limit := "", ""
	if f.After != "" {
		at, err := graph.ParseCountPlace(f.After)
		if err != nil {
			return "", nil, err
		}
		after = " WHERE n < $after_n OR n = $after_n AND k > $after_key"
		p.params["after_n"], p.params["after_key"] = at.N, at.Key
	}
	if f.Limit > 0 {
		limit = " LIMIT $limit"
		p.params["limit"] = f.Limit
	}
	edges, none := p.edges()
	if none {
		return "", nil, nil
	}
	return p.prefix() + "CALL " + p.scope() + " { " + edges + " } " + groups[by] + after + " RETURN k, n, " + nodeOf("x") + " ORDER BY n DESC, k" + limit, p.params, nil
}
