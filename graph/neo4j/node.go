package neo4j

import (
	"context"
	"slices"
	"strings"

	"saidgraph/graph"
)

// Node implements [graph.Store].
func (s *Store) Node(ctx context.Context, id graph.ID) (n graph.Node, err error) {
	const op = "neo4j.Node"
	text := gathered(`CALL () { MATCH (n:Actor {id: $id}) RETURN n UNION ALL MATCH (n:Claim {id: $id}) RETURN n UNION ALL MATCH (n:Article {id: $id}) RETURN n }`,
		nodeOf("n")+", CASE WHEN n:Article THEN n.text END")
	err = s.look(ctx, true, func(t *tx) error {
		n = graph.Node{}
		err := t.all(text, params{"id": id.String()}, func(v *values) error {
			n = v.node()
			if text := v.str(); n.Article != nil {
				n.Article.Text = text
			}
			return nil
		})
		if err == nil && n == (graph.Node{}) {
			err = notFound(op, "node", id)
		}
		return err
	})
	return n, s.fail(ctx, op, err)
}

// maxPhrase bounds the words that the index is asked for; the names that it finds are compared in full.
const maxPhrase = 200

// Named implements [graph.Store].
func (s *Store) Named(ctx context.Context, names ...string) (map[string][]graph.Actor, error) {
	const op = "neo4j.Named"
	byFold := map[string][]graph.Actor{}
	var asked []any
	for _, name := range names {
		fold := graph.Fold(name)
		if _, twice := byFold[fold]; twice || fold == "" {
			continue
		}
		byFold[fold] = nil
		phrase := `"| ` + words(name) + ` |"`
		if list := graph.Words(name); len(list) > maxPhrase {
			phrase = `"| ` + strings.Join(list[:maxPhrase], " ") + `"`
		}
		asked = append(asked, row{"fold": fold, "phrase": phrase})
	}
	err := s.look(ctx, true, func(t *tx) error {
		for fold := range byFold {
			byFold[fold] = nil
		}
		if len(asked) == 0 {
			return nil
		}
		return t.all(gathered(`UNWIND $asked AS q CALL db.index.fulltext.queryNodes('actor_search', q.phrase) YIELD node AS x WITH q, x ORDER BY x.id`,
			"q.fold, "+actorOf("x")), params{"asked": asked}, func(v *values) error {
			fold := v.str()
			a := v.actor()
			if slices.ContainsFunc(append([]string{a.Name}, a.Aliases...), func(s string) bool { return graph.Fold(s) == fold }) {
				byFold[fold] = append(byFold[fold], *a)
			}
			return nil
		})
	})
	if err != nil {
		return nil, s.fail(ctx, op, err)
	}
	found := map[string][]graph.Actor{}
	for _, name := range names {
		list := byFold[graph.Fold(name)]
		if _, twice := found[name]; len(list) == 0 || twice {
			continue
		}
		for _, a := range list { // two spellings of a name share no memory
			a.Aliases = slices.Clone(a.Aliases)
			found[name] = append(found[name], a)
		}
	}
	return found, nil
}

// Stats implements [graph.Store]. The server keeps these counts.
func (s *Store) Stats(ctx context.Context) (graph.Stats, error) {
	const op = "neo4j.Stats"
	var parts []string
	for _, l := range []struct {
		label graph.Label
		node  string
	}{{graph.Person, "Person"}, {graph.Organization, "Organization"}, {graph.ClaimNode, "Claim"}, {graph.ArticleNode, "Article"}} {
		parts = append(parts, "MATCH (n:"+l.node+") RETURN true AS node, '"+string(l.label)+"' AS kind, count(n) AS n")
	}
	for _, k := range types {
		parts = append(parts, "MATCH ()-[r:"+string(k.Type)+"]->() RETURN false AS node, '"+string(k.Type)+"' AS kind, count(r) AS n")
	}
	var st graph.Stats
	err := s.look(ctx, true, func(t *tx) error {
		st = graph.Stats{Nodes: map[graph.Label]int{}, Edges: map[graph.Type]int{}}
		return t.all(gathered("CALL () { "+strings.Join(parts, " UNION ALL ")+" }", "node, kind, n"), nil, func(v *values) error {
			node, kind, n := v.yes(), v.str(), int(v.int())
			switch {
			case n == 0:
			case node:
				st.Nodes[graph.Label(kind)] = n
			default:
				st.Edges[graph.Type(kind)] = n
			}
			return nil
		})
	})
	return st, s.fail(ctx, op, err)
}
