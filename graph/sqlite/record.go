package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"iter"

	"saidgraph/graph"
)

// Record implements [graph.Records].
func (s *Store) Record(ctx context.Context, bucket, key string) (graph.Record, error) {
	const op = "sqlite.Record"
	r := graph.Record{Bucket: bucket, Key: key}
	l, err := s.begin(ctx)
	if err != nil {
		return graph.Record{}, s.fail(op, err)
	}
	defer l.end()
	err = l.each(`SELECT version, value FROM record WHERE bucket = ? AND key = ?`, []any{bucket, key}, func(rows *sql.Rows) error {
		return rows.Scan(&r.Version, &r.Value)
	})
	r.Value = append([]byte{}, r.Value...) // an empty one reads as nil
	if err == nil && r.Version == 0 {
		err = &graph.Error{Op: op, Code: graph.NotFound, Err: errors.New("no record " + bucket + "/" + key)}
	}
	if err != nil {
		return graph.Record{}, s.fail(op, err)
	}
	return r, nil
}

// Records implements [graph.Records].
func (s *Store) Records(ctx context.Context, q graph.RecordQuery) iter.Seq2[graph.Record, error] {
	return func(yield func(graph.Record, error) bool) {
		stopped := false
		err := s.records(ctx, q, func(r graph.Record) bool {
			stopped = !yield(r, nil)
			return !stopped
		})
		if err != nil && !stopped {
			yield(graph.Record{}, s.fail("sqlite.Records", err))
		}
	}
}

func (s *Store) records(ctx context.Context, q graph.RecordQuery, yield func(graph.Record) bool) error {
	if err := q.Validate(); err != nil {
		return err
	}
	l, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer l.end()
	w := where{args: []any{q.Bucket}}
	order := "ASC"
	if q.Prefix != "" {
		w.add("key >= ? AND key < ?", q.Prefix, q.Prefix+"\xff") // no UTF-8 has this byte
	}
	switch {
	case q.Last:
		order = "DESC"
		if q.After != "" {
			w.add("key < ?", q.After)
		}
	case q.After != "":
		w.add("key > ?", q.After)
	}
	limit := -1
	if q.Limit > 0 {
		limit = q.Limit
	}
	rows, err := l.query(`SELECT key, version, value FROM record WHERE bucket = ? AND `+w.String()+` ORDER BY key `+order+` LIMIT ?`, append(w.args, limit)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		r := graph.Record{Bucket: q.Bucket}
		if err := rows.Scan(&r.Key, &r.Version, &r.Value); err != nil {
			return err
		}
		r.Value = append([]byte{}, r.Value...)
		if !yield(r) {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Write implements [graph.Records].
func (s *Store) Write(ctx context.Context, records ...graph.Record) error {
	const op = "sqlite.Write"
	if err := ctx.Err(); err != nil {
		return s.fail(op, err)
	}
	if err := graph.ValidateRecords(records); err != nil {
		return err
	}
	if s.closed.Load() {
		return s.fail(op, sql.ErrConnDone)
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return s.fail(op, err)
	}
	defer tx.Rollback()
	for _, r := range records {
		if err := writeRecord(ctx, tx, op, r); err != nil {
			return s.fail(op, err)
		}
	}
	return s.fail(op, tx.Commit())
}

func writeRecord(ctx context.Context, tx *sql.Tx, op string, r graph.Record) error {
	var have int64
	err := tx.QueryRowContext(ctx, `SELECT version FROM record WHERE bucket = ? AND key = ?`, r.Bucket, r.Key).Scan(&have)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if r.Version != graph.AnyVersion && r.Version != have {
		return graph.RecordConflict(op, r, have)
	}
	if r.Value == nil {
		_, err = tx.ExecContext(ctx, `DELETE FROM record WHERE bucket = ? AND key = ?`, r.Bucket, r.Key)
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT OR REPLACE INTO record (bucket, key, version, value) VALUES (?, ?, ?, ?)`, r.Bucket, r.Key, have+1, append([]byte{}, r.Value...))
	return err
}
