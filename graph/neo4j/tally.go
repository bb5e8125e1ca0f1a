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
		return t.all(text, p, func(v *values) error {
			c := graph.Count{Key: v.str(), N: int(v.int())}
			c.Cursor = graph.CountPlace{N: c.N, Key: c.Key}.Cursor()
			if n := v.node(); n != (graph.Node{}) {
				c.Node = &n
			}
			counts = append(counts, c)
			return nil
		})
	})
	return counts, s.fail(ctx, op, err)
}

// groups are how e is counted: k is the key, x the node that it names.
var groups = map[graph.Group]string{
	graph.ByFrom:    "WITH startNode(e) AS x, count(*) AS n WITH x.id AS k, n, x",
	graph.ByTo:      "WITH endNode(e) AS x, count(*) AS n WITH x.id AS k, n, x",
	graph.ByArticle: "WITH e.article AS k, count(*) AS n MATCH (x:Article {id: k})",
	graph.ByOutlet:  "WITH e.article AS id, count(*) AS m MATCH (a:Article {id: id}) WITH coalesce(a.outlet, '') AS k, sum(m) AS n, null AS x",
	graph.ByMonth:   "WITH CASE WHEN e.date IS NULL THEN '' ELSE substring(toString(e.date), 0, 7) END AS k, count(*) AS n, null AS x",
	graph.ByKind:    "WITH coalesce(e.kind, '') AS k, count(*) AS n, null AS x",
	graph.ByType:    "WITH type(e) AS k, count(*) AS n, null AS x",
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
		after = " WITH k, n, x WHERE n < $after_n OR n = $after_n AND k > $after_key"
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
	node := "null"
	if by == graph.ByFrom || by == graph.ByTo || by == graph.ByArticle {
		node = nodeOf("x")
	}
	return gathered(edges+" "+groups[by]+after+" WITH k, n, x ORDER BY n DESC, k"+limit, "k, n, "+node), p.params, nil
}
