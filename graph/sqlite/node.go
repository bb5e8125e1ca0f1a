package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"slices"

	"saidgraph/graph"
)

// Node implements [graph.Store].
func (s *Store) Node(ctx context.Context, id graph.ID) (graph.Node, error) {
	l, err := s.begin(ctx)
	if err != nil {
		return graph.Node{}, s.fail("sqlite.Node", err)
	}
	defer l.end()
	n, err := l.node(id, true)
	if err == nil && n == (graph.Node{}) {
		err = notFound("sqlite.Node", "node", id)
	}
	return n, s.fail("sqlite.Node", err)
}

func notFound(op, what string, id graph.ID) error {
	return &graph.Error{Op: op, Code: graph.NotFound, Err: errors.New("no " + what + " " + id.String())}
}

// node is empty when there is none.
func (l *look) node(id graph.ID, text bool) (n graph.Node, err error) {
	err = l.each(`SELECT uid, label, name, aliases FROM actor WHERE uid = ?`, []any{id[:]}, func(r *sql.Rows) error {
		n.Actor, err = scanActor(r)
		return err
	})
	if err != nil || n.Actor != nil {
		return n, err
	}
	err = l.each(`SELECT uid, article, kind, spans, by, text FROM claim WHERE uid = ?`, []any{id[:]}, func(r *sql.Rows) error {
		n.Claim, err = scanClaim(r)
		return err
	})
	if err != nil || n.Claim != nil {
		return n, err
	}
	query := `SELECT age, url, title, outlet, byline, language, license, wire, copy, hash, '' FROM article WHERE uid = ?`
	if text {
		query = `SELECT age, url, title, outlet, byline, language, license, wire, copy, hash, text FROM article WHERE uid = ?`
	}
	err = l.each(query, []any{id[:]}, func(r *sql.Rows) error {
		a := &graph.Article{ID: id}
		var age int64
		err := r.Scan(&age, &a.URL, &a.Title, &a.Outlet, &a.Byline, &a.Language, &a.License, &a.Wire, &a.Copy, &a.Hash, &a.Text)
		a.Date = date(age)
		n.Article = a
		return err
	})
	return n, err
}

// scanActor reads uid, label, name, aliases, and more behind them.
func scanActor(r *sql.Rows, more ...any) (*graph.Actor, error) {
	var uid []byte
	var label int
	var name, aliases string
	if err := r.Scan(append([]any{&uid, &label, &name, &aliases}, more...)...); err != nil {
		return nil, err
	}
	return makeActor(uid, label, name, aliases)
}

// scanClaim reads uid, article, kind, spans, by, text, and more behind them.
func scanClaim(r *sql.Rows, more ...any) (*graph.Claim, error) {
	var uid, article, spans []byte
	var kind int
	var by, text string
	if err := r.Scan(append([]any{&uid, &article, &kind, &spans, &by, &text}, more...)...); err != nil {
		return nil, err
	}
	return makeClaim(uid, article, kind, spans, by, text), nil
}

// Named implements [graph.Store].
func (s *Store) Named(ctx context.Context, names ...string) (map[string][]graph.Actor, error) {
	l, err := s.begin(ctx)
	if err != nil {
		return nil, s.fail("sqlite.Named", err)
	}
	defer l.end()
	found := map[string][]graph.Actor{}
	for _, name := range names {
		fold := graph.Fold(name)
		if _, done := found[name]; done || fold == "" {
			continue
		}
		var actors []graph.Actor
		err := l.each(`SELECT uid, label, name, aliases FROM actor WHERE id IN (SELECT b.actor FROM name n JOIN bears b ON b.name = n.id WHERE n.fold = ?)`,
			[]any{fold}, func(r *sql.Rows) error {
				a, err := scanActor(r)
				if err == nil {
					actors = append(actors, *a)
				}
				return err
			})
		if err != nil {
			return nil, s.fail("sqlite.Named", err)
		}
		if len(actors) > 0 {
			slices.SortFunc(actors, func(a, b graph.Actor) int { return bytes.Compare(a.ID[:], b.ID[:]) })
			found[name] = actors
		}
	}
	return found, nil
}

// Stats implements [graph.Store].
func (s *Store) Stats(ctx context.Context) (graph.Stats, error) {
	st := graph.Stats{Nodes: map[graph.Label]int{}, Edges: map[graph.Type]int{}}
	l, err := s.begin(ctx)
	if err != nil {
		return st, s.fail("sqlite.Stats", err)
	}
	defer l.end()
	err = l.each(`SELECT label, count(*) FROM actor GROUP BY label
		UNION ALL SELECT 3, count(*) FROM claim UNION ALL SELECT 4, count(*) FROM article`, nil, func(r *sql.Rows) error {
		var label, n int
		if err := r.Scan(&label, &n); err != nil {
			return err
		}
		if n > 0 {
			st.Nodes[labels[label]] = n
		}
		return nil
	})
	if err == nil {
		err = l.each(`SELECT type, n FROM total WHERE n > 0`, nil, func(r *sql.Rows) error {
			var typ, n int
			if err := r.Scan(&typ, &n); err != nil {
				return err
			}
			st.Edges[types[typ]] = n
			return nil
		})
	}
	return st, s.fail("sqlite.Stats", err)
}
