package neo4j

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"saidgraph/graph"
)

var errClosed = errors.New("the store is closed")

func invalid(op string, err error) error {
	return &graph.Error{Op: op, Code: graph.Invalid, Field: "store", Err: err}
}

func notFound(op, what string, id graph.ID) error {
	return &graph.Error{Op: op, Code: graph.NotFound, Err: errors.New("no " + what + " " + id.String())}
}

// fail makes a graph.Error of what driver and server say, with the way out.
func (s *Store) fail(ctx context.Context, op string, err error) error {
	var known *graph.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	e := &graph.Error{Op: op, Code: graph.Internal, Err: fmt.Errorf("%s: %w", s.where, err)}
	var native *neo4j.Neo4jError
	var down *neo4j.ConnectivityError
	switch {
	case ctx.Err() != nil:
		e.Code, e.Err = graph.Unavailable, ctx.Err()
	case s.closed.Load():
		e.Code, e.Err = graph.Unavailable, errClosed
	case errors.As(err, &native):
		s.native(e, native)
	case errors.As(err, &down):
		e.Code = graph.Unavailable
		hint := "the server does not answer: is it running, are host and port right, does it want TLS (bolt+s://)?"
		if said := err.Error(); strings.Contains(said, "x509: ") || strings.Contains(said, "certificate") { // the driver wraps without Unwrap
			hint = "the server's certificate is not trusted here: trust its authority on this machine or, where it is one of your own, write +ssc for +s (bolt+ssc://, neo4j+ssc://), which takes any certificate"
		}
		e.Err = fmt.Errorf("%s: %s %w", s.where, hint, err)
	case errors.Is(err, context.DeadlineExceeded) || neo4j.IsRetryable(err):
		e.Code = graph.Unavailable
	}
	return e
}

// native tells by the server's code (https://neo4j.com/docs/status-codes/) what the caller can do.
func (s *Store) native(e *graph.Error, err *neo4j.Neo4jError) {
	say := func(code graph.Code, format string, args ...any) {
		e.Code, e.Err = code, fmt.Errorf("%s: %s: %w", s.where, fmt.Sprintf(format, args...), err)
	}
	database := s.database
	if database == "" {
		database = "the user's default one"
	}
	switch {
	case strings.HasSuffix(err.Code, "Security.Unauthorized"):
		say(graph.Invalid, "user or password is wrong: put them into the URL (bolt://user:password@host) or into %s and %s", UserVariable, PasswordVariable)
		e.Field = "store"
	case strings.HasSuffix(err.Code, "Security.AuthenticationRateLimit"):
		say(graph.Unavailable, "too many wrong passwords: wait some seconds")
	case strings.HasSuffix(err.Code, "Security.CredentialsExpired"):
		say(graph.Invalid, "the password must be changed first: ALTER CURRENT USER SET PASSWORD FROM … TO …")
		e.Field = "store"
	case strings.HasSuffix(err.Code, "Database.DatabaseNotFound"):
		say(graph.Invalid, "there is no database %s: ?database=NAME names it (SHOW DATABASES lists what there is)", database)
		e.Field = "store"
	case strings.HasSuffix(err.Code, "Security.Forbidden"), strings.Contains(err.Code, "ReadOnly"), strings.Contains(err.Code, "NotALeader"), strings.Contains(err.Code, "AccessMode"):
		say(graph.Unavailable, "this user or this database may only read: questions are answered, but to load, give the user the role editor, or take the database out of server.databases.read_only")
	case strings.HasSuffix(err.Code, "Database.DatabaseUnavailable"):
		say(graph.Unavailable, "the database is not started")
	case strings.Contains(err.Code, "TransactionTimedOut"), strings.HasSuffix(err.Code, "Transaction.Terminated"):
		say(graph.Unavailable, "took longer than %s", s.options.Query)
	case strings.Contains(err.Code, "OutOfMemory"):
		say(graph.Unavailable, "the server's memory does not suffice for one transaction: load fewer articles a transaction (--batch), or raise dbms.memory.transaction.total.max")
	case strings.Contains(err.Code, "DeadlockDetected"), strings.HasSuffix(err.Code, "LockClientStopped"):
		say(graph.Conflict, "other writers were faster each time")
	case strings.HasPrefix(err.Code, "Neo.TransientError"):
		e.Code = graph.Unavailable
	}
}
