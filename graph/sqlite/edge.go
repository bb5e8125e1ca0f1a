package sqlite

import (
	"context"
	"database/sql"
	"iter"
	"strconv"
	"time"

	"saidgraph/graph"
)

func itoa(n int) string { return strconv.Itoa(n) }

// rowColumns and rowJoins make rows of the edges e; scanRow reads them.
const (
	rowColumns = `e.article, e.type, e.voice, e.score, e.age, e.proof,
		a.url, a.title, a.outlet, a.byline, a.language, a.license, a.wire, a.copy, a.hash,
		c.uid, c.kind, c.spans, c.by, c.text,
		f.uid, f.label, f.name, f.aliases, t.uid, t.label, t.name, t.aliases`
	rowJoins = `JOIN article a ON a.uid = e.article
		LEFT JOIN claim c ON c.id = e.claim
		LEFT JOIN actor f ON f.id = e.from_actor
		LEFT JOIN actor t ON t.id = e.to_actor`
)

// Edges implements [graph.Store].
func (s *Store) Edges(ctx context.Context, f graph.Filter) iter.Seq2[graph.Row, error] {
	return func(yield func(graph.Row, error) bool) {
		stopped := false
		err := s.edges(ctx, f, func(r graph.Row) bool {
			stopped = !yield(r, nil)
			return !stopped
		})
		if err != nil && !stopped {
			yield(graph.Row{}, s.fail("sqlite.Edges", err))
		}
	}
}

func (s *Store) edges(ctx context.Context, f graph.Filter, yield func(graph.Row) bool) error {
	l, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer l.end()
	query, args, err := l.edgeQuery(f)
	if err != nil {
		return err
	}
	rows, err := l.query(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		r, err := scanRow(rows)
		if err != nil {
			return err
		}
		if !yield(r) {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return rows.Err()
}

// edgeQuery picks and orders the keys first, so that only what is shown is read in full. CROSS JOIN keeps the keys' order,
// LIMIT keeps the subquery from being dissolved.
func (l *look) edgeQuery(f graph.Filter) (string, []any, error) {
	if err := f.Validate(); err != nil {
		return "", nil, err
	}
	w, anchored, err := l.compile(f)
	if err != nil {
		return "", nil, err
	}
	from, order := "article g CROSS JOIN edge e ON e.article = g.uid", "g.age, g.uid, e.n"
	if anchored {
		from, order = "edge e", "e.age, e.article, e.n"
	}
	if f.After != "" {
		p, err := graph.ParsePlace(f.After)
		if err != nil {
			return "", nil, err
		}
		if err := l.behind(&w, p); err != nil {
			return "", nil, err
		}
		if !anchored { // the same bound again, on the articles: it is where the walk starts
			w.add("(g.age, g.uid) >= (?, ?)", -p.Date.Unix(), p.Article[:])
		}
	}
	limit := -1
	if f.Limit > 0 {
		limit = f.Limit
	}
	query := `SELECT ` + rowColumns + ` FROM (SELECT e.article AS article, e.n AS n FROM ` + from + ` WHERE ` + w.String() +
		` ORDER BY ` + order + ` LIMIT ?) k CROSS JOIN edge e ON e.article = k.article AND e.n = k.n ` + rowJoins
	return query, append(w.args, limit), nil
}

// behind adds that an edge comes after the place.
func (l *look) behind(w *where, p graph.Place) error {
	n := -1 // the last edge of the place's article that is not behind it
	err := l.each(`SELECT `+rowColumns+` FROM edge e `+rowJoins+` WHERE e.article = ? ORDER BY e.n`, []any{p.Article[:]}, func(r *sql.Rows) error {
		row, err := scanRow(r)
		if err == nil && graph.PlaceOf(&row.Edge).Compare(p) <= 0 {
			n++
		}
		return err
	})
	w.add("(e.age, e.article, e.n) > (?, ?, ?)", -p.Date.Unix(), p.Article[:], n)
	return err
}

// rawRow is a row as SQLite gives it; what is NULL stays nil.
type rawRow struct {
	article, proof        []byte
	typ, voice            int
	score                 float64
	age                   int64
	head                  graph.Article
	claim, spans          []byte
	kind                  sql.NullInt64
	by, text              sql.NullString
	from, to              []byte
	fromLabel, toLabel    sql.NullInt64
	fromName, fromAliases sql.NullString
	toName, toAliases     sql.NullString
}

// scanRow reads rowColumns, and more behind them.
func scanRow(r *sql.Rows, more ...any) (graph.Row, error) {
	var raw rawRow
	a := &raw.head
	if err := r.Scan(append([]any{
		&raw.article, &raw.typ, &raw.voice, &raw.score, &raw.age, &raw.proof,
		&a.URL, &a.Title, &a.Outlet, &a.Byline, &a.Language, &a.License, &a.Wire, &a.Copy, &a.Hash,
		&raw.claim, &raw.kind, &raw.spans, &raw.by, &raw.text,
		&raw.from, &raw.fromLabel, &raw.fromName, &raw.fromAliases, &raw.to, &raw.toLabel, &raw.toName, &raw.toAliases,
	}, more...)...); err != nil {
		return graph.Row{}, err
	}
	return raw.row()
}

func (raw *rawRow) row() (graph.Row, error) {
	row := graph.Row{Article: raw.head}
	a, e := &row.Article, &row.Edge
	copy(a.ID[:], raw.article)
	a.Date = date(raw.age)
	e.Type, e.Voice = types[raw.typ], voices[raw.voice]
	e.Evidence = graph.Evidence{Article: a.ID, Score: raw.score, Date: a.Date}
	if err := readProof(raw.proof, e, raw.text.String); err != nil {
		return row, err
	}
	var claim *graph.Claim
	if raw.claim != nil {
		claim = makeClaim(raw.claim, raw.article, int(raw.kind.Int64), raw.spans, raw.by.String, raw.text.String)
	}
	var err error
	switch {
	case raw.from != nil:
		row.From.Actor, err = makeActor(raw.from, int(raw.fromLabel.Int64), raw.fromName.String, raw.fromAliases.String)
	case raw.typ == about:
		row.From.Claim = claim
	default:
		head := *a
		row.From.Article = &head
	}
	if err != nil {
		return row, err
	}
	switch {
	case raw.to != nil:
		row.To.Actor, err = makeActor(raw.to, int(raw.toLabel.Int64), raw.toName.String, raw.toAliases.String)
	case raw.typ == said || raw.typ == reported:
		row.To.Claim = claim
	default:
		head := *a
		row.To.Article = &head
	}
	if claim != nil && row.From.Claim == nil && row.To.Claim == nil {
		id := claim.ID
		e.Claim = &id
	}
	e.From, e.To = row.From.ID(), row.To.ID()
	e.ID = graph.EdgeID(e.Type, e.From, e.To, a.ID, e.Evidence.Spans, e.Role, e.Voice)
	row.Cursor = graph.PlaceOf(e).Cursor()
	return row, err
}

func makeClaim(uid, article []byte, kind int, spans []byte, by, text string) *graph.Claim {
	c := &graph.Claim{Text: text, Kind: kinds[kind], Spans: readSpans(spans), By: by}
	copy(c.ID[:], uid)
	copy(c.Article[:], article)
	return c
}

func date(age int64) time.Time { return time.Unix(-age, 0).UTC() }
