package neo4j

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"saidgraph/graph"
)

// params are the parameters of a statement: values come into Cypher in no other way.
type params = map[string]any

// tx is an explicit transaction; it sees what this store has written before.
type tx struct {
	ctx     context.Context
	session neo4j.SessionWithContext
	tx      neo4j.ExplicitTransaction // nil: each statement is a transaction of its own
	limits  []func(*neo4j.TransactionConfig)
	seen    *sight // of the fence by the last statement, where that looked
}

// begin starts a transaction that the server ends, too, when ctx is over. The caller ends it.
func (s *Store) begin(ctx context.Context, write bool) (*tx, error) {
	mode := neo4j.AccessModeRead
	if write {
		mode = neo4j.AccessModeWrite
	}
	t := s.single(ctx, mode)
	var err error
	if t.tx, err = t.session.BeginTransaction(ctx, t.limits...); err != nil {
		t.session.Close(context.WithoutCancel(ctx))
		return nil, err
	}
	return t, nil
}

// single runs each statement in a transaction of its own, without the two round trips that one of several costs; reads lose nothing
// by that, since Neo4j holds no transaction to one state. The caller ends it.
func (s *Store) single(ctx context.Context, mode neo4j.AccessMode) *tx {
	t := &tx{ctx: ctx, session: s.session(ctx, mode)}
	if deadline, ok := ctx.Deadline(); ok {
		t.limits = append(t.limits, neo4j.WithTxTimeout(max(time.Until(deadline), time.Millisecond)))
	}
	return t
}

func (s *Store) session(ctx context.Context, mode neo4j.AccessMode) neo4j.SessionWithContext {
	return s.driver.NewSession(ctx, neo4j.SessionConfig{AccessMode: mode, DatabaseName: s.database, BookmarkManager: s.bookmarks})
}

func (t *tx) run(text string, p params) (neo4j.ResultWithContext, error) {
	if t.tx == nil {
		return t.session.Run(t.ctx, text, p, t.limits...)
	}
	return t.tx.Run(t.ctx, text, p)
}

// end gives the connection back, and undoes what was not committed.
func (t *tx) end() {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.ctx), connectTimeout)
	defer cancel()
	if t.tx != nil {
		t.tx.Close(ctx)
	}
	t.session.Close(ctx)
}

func (t *tx) commit() error { return t.tx.Commit(t.ctx) }

// each runs a statement and scan on every record.
func (t *tx) each(text string, p params, scan func(*values) error) error {
	t.seen = nil
	told := graph.Explaining(t.ctx)
	if text == fenceQuery {
		told = nil // no part of the question
	}
	run := text
	if told != nil {
		run = "PROFILE " + text
	}
	result, err := t.run(run, p)
	if err != nil {
		return err
	}
	for result.Next(t.ctx) {
		v := &values{all: result.Record().Values}
		if err := scan(v); err != nil {
			return err
		}
		if v.bad != nil {
			return v.bad
		}
	}
	if told != nil && result.Err() == nil {
		return explain(t.ctx, told, result, graph.Statement{Text: text, Args: p})
	}
	return result.Err()
}

// gathered ends a statement: the columns of all its rows come as one list, in the order that stands before, and behind it, in the same
// round trip, the fence.
func gathered(text, columns string) string {
	return text + " WITH collect([" + columns + "]) AS rows " + fenceEpoch + " WITH rows, coalesce(s.epoch, 0) AS epoch LIMIT 1 RETURN rows, epoch, " + fenceOpen
}

// all runs a [gathered] statement and scan on every row.
func (t *tx) all(text string, p params, scan func(*values) error) error {
	var seen *sight
	err := t.each(text, p, func(v *values) error {
		rows := v.list()
		for range rows.all {
			one := rows.list()
			if err := scan(one); err != nil {
				return err
			}
			if one.bad != nil {
				return one.bad
			}
		}
		seen = new(v.sight())
		return rows.bad
	})
	t.seen = seen
	return err
}

// exec runs a statement that returns nothing.
func (t *tx) exec(text string, p params) error {
	result, err := t.run(text, p)
	if err != nil {
		return err
	}
	_, err = result.Consume(t.ctx)
	return err
}

// retry runs do, again where that may help, for as long as bound; each try ends after [Options.Query] unless ctx has a deadline.
func (s *Store) retry(ctx context.Context, bound time.Duration, do func(context.Context) error) error {
	until := time.Now().Add(bound)
	for delay := 20 * time.Millisecond; ; delay = min(2*delay, time.Second) {
		if s.closed.Load() {
			return errClosed
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		err := s.try(ctx, do)
		if err == nil || ctx.Err() != nil || !passing(err) || !time.Now().Before(until) {
			return err
		}
		if err := sleep(ctx, delay/2+rand.N(delay)); err != nil {
			return err
		}
	}
}

func (s *Store) try(ctx context.Context, do func(context.Context) error) error {
	if _, ok := ctx.Deadline(); !ok {
		limited, cancel := context.WithTimeout(ctx, s.options.Query)
		defer cancel()
		ctx = limited
	}
	return do(ctx)
}

// passing says that the same may succeed at another time: the server is away, another writer held or deleted what was wanted.
func passing(err error) bool {
	var down *neo4j.ConnectivityError
	var native *neo4j.Neo4jError
	if errors.As(err, &native) && strings.HasSuffix(native.Code, "ForbiddenOnReadOnlyDatabase") {
		return false // the driver thinks that another member may be its leader, which then says NotALeader
	}
	return errors.Is(err, errDeclared) || neo4j.IsRetryable(err) || errors.As(err, &down) || errors.As(err, &native) && strings.HasSuffix(native.Code, "Statement.EntityNotFound")
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// domain says that err is an answer, not a fault.
func domain(err error) bool {
	var e *graph.Error
	return errors.As(err, &e)
}
