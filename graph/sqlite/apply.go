package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"saidgraph/graph"
)

// Apply implements [graph.Store].
func (s *Store) Apply(ctx context.Context, batches ...graph.Batch) error {
	latest := make(map[graph.ID]int, len(batches))
	for i := range batches {
		if err := ctx.Err(); err != nil {
			return s.fail("sqlite.Apply", err)
		}
		if err := batches[i].Validate(); err != nil {
			return err
		}
		latest[batches[i].Article.ID] = i
	}
	return s.change(ctx, "sqlite.Apply", func(w *writer) error {
		for i := range batches {
			if latest[batches[i].Article.ID] != i {
				continue
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			if _, err := w.remove(batches[i].Article.ID); err != nil {
				return err
			}
			if err := w.add(&batches[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// Delete implements [graph.Store].
func (s *Store) Delete(ctx context.Context, article graph.ID) error {
	return s.change(ctx, "sqlite.Delete", func(w *writer) error {
		had, err := w.remove(article)
		if err == nil && !had {
			err = &graph.Error{Op: "sqlite.Delete", Code: graph.NotFound, Err: errors.New("no article " + article.String())}
		}
		return err
	})
}

// change runs do in one transaction and settles the actors that it touched.
func (s *Store) change(ctx context.Context, op string, do func(*writer) error) error {
	if s.closed.Load() {
		return s.fail(op, sql.ErrConnDone)
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return s.fail(op, err)
	}
	defer tx.Rollback()
	w := &writer{
		tx: tx, stmts: map[string]*sql.Stmt{}, actors: map[graph.ID]int64{}, changed: map[int64]int{},
		names: map[string]int64{}, bears: map[bearing]int{}, totals: map[int]int{}, named: map[int64]bool{},
	}
	defer w.close()
	err = w.row(`SELECT ifnull(max(id), 0) FROM claim`, nil, &w.claims)
	if err == nil {
		err = do(w)
	}
	if err == nil {
		err = w.settle()
	}
	if err == nil {
		err = ctx.Err() // the statements run without it: watching it costs each of them a goroutine
	}
	if err == nil {
		err = tx.Commit()
	}
	return s.fail(op, err)
}

// writer is one transaction. What many articles change in common (who bears which name, who is known to how many) it
// adds up and writes once, in settle.
type writer struct {
	tx      *sql.Tx
	stmts   map[string]*sql.Stmt
	claims  int64 // the last id given
	actors  map[graph.ID]int64
	names   map[string]int64
	changed map[int64]int // actor → articles that know it, more or fewer
	bears   map[bearing]int
	named   map[int64]bool // actors whose naming article may have changed
	totals  map[int]int    // edges by type, more or fewer
	buf     []byte
}

type bearing struct{ actor, name int64 }

func (w *writer) close() {
	for _, st := range w.stmts {
		st.Close()
	}
}

func (w *writer) stmt(text string) (*sql.Stmt, error) {
	st, ok := w.stmts[text]
	if !ok {
		var err error
		if st, err = w.tx.Prepare(text); err != nil {
			return nil, err
		}
		w.stmts[text] = st
	}
	return st, nil
}

func (w *writer) exec(text string, args ...any) (sql.Result, error) {
	st, err := w.stmt(text)
	if err != nil {
		return nil, err
	}
	return st.Exec(args...)
}

// row scans the one row of a query.
func (w *writer) row(text string, args []any, into ...any) error {
	st, err := w.stmt(text)
	if err != nil {
		return err
	}
	return st.QueryRow(args...).Scan(into...)
}

func (w *writer) each(text string, args []any, scan func(*sql.Rows) error) error {
	st, err := w.stmt(text)
	if err != nil {
		return err
	}
	rows, err := st.Query(args...)
	if err != nil {
		return err
	}
	return scanAll(rows, scan)
}

// remove takes an article and all it taught away, its actors aside: settle sees to them.
func (w *writer) remove(id graph.ID) (had bool, err error) {
	var claim, claims int64
	switch err := w.row(`SELECT claim, claims FROM article WHERE uid = ?`, []any{id[:]}, &claim, &claims); {
	case errors.Is(err, sql.ErrNoRows):
		return false, nil
	case err != nil:
		return false, err
	}
	err = w.each(`SELECT actor, name, main FROM known WHERE article = ?`, []any{id[:]}, func(r *sql.Rows) error {
		var b bearing
		var main bool
		if err := r.Scan(&b.actor, &b.name, &main); err != nil {
			return err
		}
		w.bears[b]--
		if main {
			w.changed[b.actor]--
			w.named[b.actor] = true
		}
		return nil
	})
	if err != nil {
		return true, err
	}
	err = w.each(`SELECT type, count(*) FROM edge WHERE article = ? GROUP BY type`, []any{id[:]}, func(r *sql.Rows) error {
		var t, n int
		if err := r.Scan(&t, &n); err != nil {
			return err
		}
		w.totals[t] -= n
		return nil
	})
	if err != nil {
		return true, err
	}
	for _, text := range []string{
		`DELETE FROM edge WHERE article = ?`, `DELETE FROM known WHERE article = ?`, `DELETE FROM article WHERE uid = ?`,
	} {
		if _, err := w.exec(text, id[:]); err != nil {
			return true, err
		}
	}
	for c := claim; c < claim+claims; c++ {
		if _, err := w.exec(`DELETE FROM claim_text WHERE rowid = ?`, c); err != nil {
			return true, err
		}
	}
	_, err = w.exec(`DELETE FROM claim WHERE id >= ? AND id < ?`, claim, claim+claims)
	return true, err
}

func (w *writer) add(b *graph.Batch) error {
	a := &b.Article
	age := -a.Date.Unix()
	if _, err := w.exec(`INSERT INTO article (uid, age, url, title, outlet, outlet_fold, byline, language, license, wire, copy, hash, claim, claims, text)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, a.ID[:], age, a.URL, a.Title, a.Outlet, graph.Fold(a.Outlet), a.Byline,
		a.Language, a.License, a.Wire, a.Copy, a.Hash, w.claims+1, len(b.Claims), a.Text); err != nil {
		return err
	}
	claims := make(map[graph.ID]int, len(b.Claims)) // place in the batch
	first := w.claims + 1
	for i := range b.Claims {
		c := &b.Claims[i]
		claims[c.ID] = i
		w.claims++
		w.buf = appendSpans(w.buf[:0], c.Spans)
		if _, err := w.exec(`INSERT INTO claim (id, uid, article, age, kind, spans, by, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			w.claims, c.ID[:], a.ID[:], age, code(kinds, c.Kind), w.buf, c.By, c.Text); err != nil {
			return err
		}
		if _, err := w.exec(`INSERT INTO claim_text (rowid, words) VALUES (?, ?)`, w.claims, words(c.Text)); err != nil {
			return err
		}
	}
	touched := make(map[graph.ID]bool, len(b.Actors))
	for i := range b.Edges {
		touched[b.Edges[i].From], touched[b.Edges[i].To] = true, true
	}
	for i := range b.Actors {
		if touched[b.Actors[i].ID] {
			if err := w.know(a.ID, &b.Actors[i]); err != nil {
				return err
			}
		}
	}
	return w.edges(b, first, claims)
}

func (w *writer) edges(b *graph.Batch, first int64, claims map[graph.ID]int) error {
	order := make([]*graph.Edge, len(b.Edges))
	for i := range b.Edges {
		order[i] = &b.Edges[i]
	}
	slices.SortFunc(order, graph.Compare)
	age := -b.Article.Date.Unix()
	for n, e := range order {
		var from, to, claim any // NULL, or a row
		var text string
		kind := 0
		if id, ok := w.actors[e.From]; ok {
			from = id
		}
		if id, ok := w.actors[e.To]; ok {
			to = id
		}
		for _, id := range []*graph.ID{&e.From, &e.To, e.Claim} {
			if id == nil {
				continue
			}
			if i, ok := claims[*id]; ok {
				claim, text, kind = first+int64(i), b.Claims[i].Text, code(kinds, b.Claims[i].Kind)
			}
		}
		t := code(types, e.Type)
		w.totals[t]++
		w.buf = appendProof(w.buf[:0], e, text)
		if _, err := w.exec(`INSERT INTO edge (article, n, type, from_actor, to_actor, claim, kind, voice, score, age, proof)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, b.Article.ID[:], n, t, from, to, claim, kind,
			code(voices, e.Voice), e.Evidence.Score, age, w.buf); err != nil {
			return err
		}
	}
	return nil
}

// know records which names an article gives an actor, and finds or makes the actor's row.
func (w *writer) know(article graph.ID, a *graph.Actor) error {
	label := code(labels, a.Label)
	id, ok := w.actors[a.ID]
	if !ok {
		err := w.row(`SELECT id FROM actor WHERE uid = ?`, []any{a.ID[:]}, &id)
		if errors.Is(err, sql.ErrNoRows) {
			var r sql.Result
			if r, err = w.exec(`INSERT INTO actor (uid, label, name, aliases, articles) VALUES (?, ?, ?, '', 0)`, a.ID[:], label, a.Name); err == nil {
				id, err = r.LastInsertId()
			}
		}
		if err != nil {
			return err
		}
		w.actors[a.ID] = id
	}
	w.changed[id]++
	w.named[id] = true
	names := append([]string{a.Name}, a.Aliases...)
	for i, text := range names {
		if slices.Contains(names[:i], text) {
			continue
		}
		name, err := w.name(text)
		if err != nil {
			return err
		}
		w.bears[bearing{id, name}]++
		if _, err := w.exec(`INSERT INTO known (article, actor, name, main, label) VALUES (?, ?, ?, ?, ?)`, article[:], id, name, i == 0, label); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) name(text string) (int64, error) {
	if id, ok := w.names[text]; ok {
		return id, nil
	}
	var id int64
	err := w.row(`SELECT id FROM name WHERE text = ?`, []any{text}, &id)
	if errors.Is(err, sql.ErrNoRows) {
		var r sql.Result
		if r, err = w.exec(`INSERT INTO name (text, fold) VALUES (?, ?)`, text, graph.Fold(text)); err != nil {
			return 0, err
		}
		if id, err = r.LastInsertId(); err == nil {
			_, err = w.exec(`INSERT INTO name_text (rowid, words) VALUES (?, ?)`, id, words(text))
		}
	}
	if err == nil {
		w.names[text] = id
	}
	return id, err
}

func words(s string) string { return strings.Join(graph.Words(s), " ") }
