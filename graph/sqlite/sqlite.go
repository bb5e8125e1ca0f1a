// Package sqlite is the embedded store: one file, no server, pure Go.
//
// # Concurrency
//
// The file is in WAL mode: one writer at a time, in this process or another; any number of readers, in any process,
// each in a transaction of its own, which a writer does not disturb. A writer waits 10 s for another's lock, then
// gives Conflict. A killed process leaves the last whole transaction.
//
// # Performance
//
// Reads that start from an actor, claim or article seek in indexes; none scans the edges (plan_test.go). "Newest first"
// is the order of the indexes, so a page costs what it shows.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	"modernc.org/sqlite"

	"saidgraph/graph"
)

// Store implements [graph.Store].
type Store struct {
	write  *sql.DB // one connection
	read   *sql.DB
	closed atomic.Bool

	mu    sync.Mutex
	stmts map[string]*sql.Stmt // of read, by text
}

// maxStmts bounds the prepared reads that are kept; filters make a bounded number of texts, in practice some dozens.
const maxStmts = 500

var errForeign = errors.New("not a saidgraph store")

// Open opens the file at path, or makes it. Invalid: the file is no database, another program's, or of a newer
// version of this one. Unavailable: it can't be opened or written. Conflict: another process held it for too long.
func Open(ctx context.Context, path string) (*Store, error) {
	if path == "" {
		return nil, &graph.Error{Op: "sqlite.Open", Code: graph.Invalid, Field: "store", Err: errors.New("names no file")}
	}
	if host := strings.HasPrefix(path, "//") && !strings.HasPrefix(path, "///"); host || path == ":memory:" { // SQLite reads more than a name in these
		return nil, &graph.Error{Op: "sqlite.Open", Code: graph.Invalid, Field: "store", Err: fmt.Errorf("%s is the name of no file", path)}
	}
	if _, err := os.Stat(filepath.Dir(path)); errors.Is(err, fs.ErrNotExist) {
		return nil, &graph.Error{Op: "sqlite.Open", Code: graph.Unavailable, Err: fmt.Errorf("%s: there is no folder %s; make it first", path, filepath.Dir(path))}
	}
	s := &Store{stmts: map[string]*sql.Stmt{}}
	var err error
	// A page of a cache takes twice its size (the allocator rounds 8 KiB and a header up), and each connection has a cache of its own. Twice and
	// four times these sizes load and answer no faster at 66,000 articles, and there they take 30 MB more.
	if s.write, err = sql.Open("sqlite", dsn(path, "immediate", "page_size(8192)", "journal_mode(wal)", "synchronous(normal)",
		"foreign_keys(1)", "cache_size(-8192)", "temp_store(memory)", "wal_autocheckpoint(2000)")); err != nil {
		return nil, s.fail("sqlite.Open", err)
	}
	s.write.SetMaxOpenConns(1)
	if err := migrate(ctx, s.write); err != nil {
		s.write.Close()
		return nil, s.fail("sqlite.Open", fmt.Errorf("%s: %w", path, err))
	}
	// Readers are not bounded: a caller may read inside a stream, and waiting there for a connection would never end.
	if s.read, err = sql.Open("sqlite", dsn(path, "deferred", "query_only(1)", "cache_size(-2048)", "temp_store(memory)", "mmap_size(33554432)")); err != nil {
		s.write.Close()
		return nil, s.fail("sqlite.Open", err)
	}
	s.read.SetMaxIdleConns(8)
	return s, nil
}

func dsn(path, lock string, pragmas ...string) string {
	q := url.Values{"_txlock": {lock}, "_pragma": append([]string{"busy_timeout(10000)"}, pragmas...)}
	u := url.URL{Path: filepath.ToSlash(path)}
	return "file:" + u.EscapedPath() + "?" + q.Encode()
}

// Close implements [graph.Store].
func (s *Store) Close() error {
	if s.closed.Swap(true) {
		return nil
	}
	if err := errors.Join(s.read.Close(), s.write.Close()); err != nil {
		return &graph.Error{Op: "sqlite.Close", Code: graph.Internal, Err: err}
	}
	return nil
}

// fail makes a graph.Error of what SQLite says.
func (s *Store) fail(op string, err error) error {
	var known *graph.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	e := &graph.Error{Op: op, Code: graph.Internal, Err: err}
	var native *sqlite.Error
	switch {
	case s.closed.Load():
		e.Code, e.Err = graph.Unavailable, errors.New("the store is closed")
	case errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded):
		e.Code = graph.Unavailable
	case errors.Is(err, errForeign):
		e.Code, e.Field = graph.Invalid, "store"
	case errors.As(err, &native):
		switch native.Code() & 0xff { // https://www.sqlite.org/rescode.html
		case 5, 6:
			e.Code, e.Err = graph.Conflict, fmt.Errorf("another process is writing to the file: %w", err)
		case 26:
			e.Code, e.Field, e.Err = graph.Invalid, "store", fmt.Errorf("the file is not a database: %w", err)
		case 8, 10, 13, 14, 23: // read-only, I/O, full, can't open, not allowed
			e.Code = graph.Unavailable
		}
	}
	return e
}

// look is one read: a transaction that sees one state.
type look struct {
	ctx context.Context
	s   *Store
	tx  *sql.Tx
}

// begin starts a read; the caller ends it.
func (s *Store) begin(ctx context.Context) (*look, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if s.closed.Load() {
		return nil, sql.ErrConnDone
	}
	tx, err := s.read.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	return &look{ctx, s, tx}, nil
}

func (l *look) end() { l.tx.Rollback() }

// query runs a prepared statement, prepared now if need be.
func (l *look) query(text string, args ...any) (*sql.Rows, error) {
	if told := graph.Explaining(l.ctx); told != nil {
		if err := l.explain(told, text, args); err != nil {
			return nil, err
		}
	}
	l.s.mu.Lock()
	stmt, ok := l.s.stmts[text]
	l.s.mu.Unlock()
	if !ok {
		var err error
		if stmt, err = l.s.read.PrepareContext(l.ctx, text); err != nil {
			return nil, err
		}
		l.s.mu.Lock()
		if twin, ok := l.s.stmts[text]; ok || len(l.s.stmts) >= maxStmts {
			l.s.mu.Unlock()
			stmt.Close()
			if !ok {
				return l.tx.QueryContext(l.ctx, text, args...)
			}
			stmt = twin
		} else {
			l.s.stmts[text] = stmt
			l.s.mu.Unlock()
		}
	}
	return l.tx.StmtContext(l.ctx, stmt).QueryContext(l.ctx, args...)
}

// each runs scan on every row.
func (l *look) each(text string, args []any, scan func(*sql.Rows) error) error {
	rows, err := l.query(text, args...)
	if err != nil {
		return err
	}
	return scanAll(rows, scan)
}

// scanAll runs scan on every row and closes rows.
func scanAll(rows *sql.Rows, scan func(*sql.Rows) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
