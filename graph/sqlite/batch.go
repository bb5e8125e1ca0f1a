package sqlite

import (
	"context"
	"database/sql"
	"iter"

	"saidgraph/graph"
)

// Batches implements [graph.Store].
func (s *Store) Batches(ctx context.Context) iter.Seq2[graph.Batch, error] {
	return func(yield func(graph.Batch, error) bool) {
		stopped := false
		err := s.batches(ctx, func(b graph.Batch) bool {
			stopped = !yield(b, nil)
			return !stopped
		})
		if err != nil && !stopped {
			yield(graph.Batch{}, s.fail("sqlite.Batches", err))
		}
	}
}

func (s *Store) batches(ctx context.Context, yield func(graph.Batch) bool) error {
	l, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer l.end()
	articles, err := l.query(`SELECT uid FROM article ORDER BY uid`)
	if err != nil {
		return err
	}
	defer articles.Close()
	for articles.Next() {
		var uid []byte
		if err := articles.Scan(&uid); err != nil {
			return err
		}
		b, err := l.batch(graph.ID(uid))
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if !yield(b.Normal()) {
			return nil
		}
	}
	return articles.Err()
}

// batch is what one article adds.
func (l *look) batch(article graph.ID) (b graph.Batch, err error) {
	head, err := l.node(article, true)
	if err != nil {
		return b, err
	}
	b.Article = *head.Article
	err = l.each(`SELECT uid, article, kind, spans, by, text FROM claim WHERE id >= (SELECT claim FROM article WHERE uid = ?1)
		AND id < (SELECT claim + claims FROM article WHERE uid = ?1)`, []any{article[:]}, func(r *sql.Rows) error {
		c, err := scanClaim(r)
		if err == nil {
			b.Claims = append(b.Claims, *c)
		}
		return err
	})
	if err != nil {
		return b, err
	}
	if b.Actors, err = l.known(article); err != nil {
		return b, err
	}
	err = l.each(`SELECT `+rowColumns+` FROM edge e `+rowJoins+` WHERE e.article = ? ORDER BY e.n`, []any{article[:]}, func(r *sql.Rows) error {
		row, err := scanRow(r)
		b.Edges = append(b.Edges, row.Edge)
		return err
	})
	return b, err
}

// known are the actors as one article knows them.
func (l *look) known(article graph.ID) (actors []graph.Actor, err error) {
	last := int64(0)
	err = l.each(`SELECT k.actor, a.uid, k.label, k.main, n.text FROM known k JOIN actor a ON a.id = k.actor JOIN name n ON n.id = k.name
		WHERE k.article = ? ORDER BY k.actor`, []any{article[:]}, func(r *sql.Rows) error {
		var id int64
		var uid []byte
		var label int
		var main bool
		var name string
		if err := r.Scan(&id, &uid, &label, &main, &name); err != nil {
			return err
		}
		if id != last {
			actors = append(actors, graph.Actor{ID: graph.ID(uid), Label: labels[label]})
			last = id
		}
		if a := &actors[len(actors)-1]; main {
			a.Name = name
		} else {
			a.Aliases = append(a.Aliases, name)
		}
		return nil
	})
	return actors, err
}
