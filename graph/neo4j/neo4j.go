// Package neo4j keeps the graph in a Neo4j server, 5.26 or newer, over Bolt; docs/neo4j.md shows what it looks like there.
//
// # One state
//
// Neo4j reads what is committed while it reads, so a query may see half of a transaction that is being written to the store.
// Writers therefore mark the moment of each commit (fence.go), and a read that met one is asked again; one that finds no quiet moment
// makes one. So what a read returns is of one state, but for streams: of one with more than [head] rows only its first rows are;
// [Store.Batches] and [Store.Records] are so page by page.
//
// # Faults
//
// A write that fails because the server is away, restarts or chose it as the victim of a deadlock is tried again for
// [Options.Retry]; a read for [Options.ReadRetry]. Then they are Unavailable. Apply replaces, so trying again is safe.
package neo4j

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"sync/atomic"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"

	"saidgraph/graph"
)

// Schemes are those of the URLs that Open takes: neo4j routes within a cluster, +s is TLS, +ssc TLS with any certificate.
func Schemes() []string {
	return []string{"neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"}
}

// Environment variables for who logs in, where the URL does not say it.
const (
	UserVariable     = "SAIDGRAPH_NEO4J_USER"
	PasswordVariable = "SAIDGRAPH_NEO4J_PASSWORD"
)

// Options bound how long the store waits. Zero is the default.
type Options struct {
	Retry     time.Duration // a write is tried again for that long (60 s)
	ReadRetry time.Duration // a read (5 s)
	Query     time.Duration // one try of a read or write where the context has no deadline (2 min)
	Acquire   time.Duration // for a connection of the pool (10 s)
	Pool      int           // connections (50)
}

func (o Options) filled() Options {
	fill := func(d *time.Duration, to time.Duration) {
		if *d == 0 {
			*d = to
		}
	}
	fill(&o.Retry, 60*time.Second)
	fill(&o.ReadRetry, 5*time.Second)
	fill(&o.Query, 2*time.Minute)
	fill(&o.Acquire, 10*time.Second)
	if o.Pool == 0 {
		o.Pool = 50
	}
	o.Pool = max(o.Pool, 2) // a writer's two
	return o
}

// connectTimeout bounds the making of one connection.
const connectTimeout = 5 * time.Second

// Store implements [graph.Store].
type Store struct {
	driver    neo4j.DriverWithContext
	bookmarks neo4j.BookmarkManager // so that a read sees what this store wrote, on whatever member of a cluster
	database  string
	where     string // the URL without user and password
	options   Options
	writers   chan struct{} // a write holds two connections: more writers than half the pool would wait for each other
	quiet     atomic.Int64  // the epoch of the fence at which no commit was under way; unquiet: not known
	closed    atomic.Bool
}

// Open connects to the server that a URL names, bolt://user:password@host:7687?database=neo4j, and makes the schema where it lacks.
// User and password may come from the environment instead. Invalid, with Field "store": the URL makes no sense, or user, password or
// database are wrong. Unavailable: the server can't be reached.
func Open(ctx context.Context, address string, options Options) (*Store, error) {
	const op = "neo4j.Open"
	u, err := url.Parse(address)
	if err != nil {
		return nil, invalid(op, errors.New("the URL can't be read; write it as bolt://user:password@host:7687, with %-escapes in the password"))
	}
	if !slices.Contains(Schemes(), u.Scheme) || u.Hostname() == "" || u.Path != "" && u.Path != "/" {
		return nil, invalid(op, fmt.Errorf("%s://%s%s is no address of a Neo4j server; write it as bolt://host:7687 or neo4j://host:7687?database=NAME", u.Scheme, u.Host, u.Path))
	}
	s := &Store{database: u.Query().Get("database"), where: u.Scheme + "://" + u.Host, options: options.filled(), bookmarks: neo4j.NewBookmarkManager(neo4j.BookmarkManagerConfig{})}
	for key := range u.Query() {
		if key != "database" {
			return nil, invalid(op, fmt.Errorf("%s: %q is no option; there is only ?database=NAME", s.where, key))
		}
	}
	s.quiet.Store(unquiet)
	s.writers = make(chan struct{}, max(1, s.options.Pool/2-1))
	s.driver, err = neo4j.NewDriverWithContext(s.where, login(u), func(c *config.Config) {
		c.SocketConnectTimeout = connectTimeout
		c.ConnectionAcquisitionTimeout = s.options.Acquire
		c.MaxConnectionPoolSize = s.options.Pool
		c.ConnectionLivenessCheckTimeout = time.Minute
		c.UserAgent = "saidgraph"
		c.TelemetryDisabled = true
	})
	if err != nil {
		return nil, invalid(op, fmt.Errorf("%s: %w", s.where, err))
	}
	err = s.driver.VerifyConnectivity(ctx) // once: who waits for a server to come up should be told so at once
	if err == nil {
		err = s.migrate(ctx)
	}
	if err != nil {
		err = s.fail(ctx, op, err)
		s.driver.Close(context.WithoutCancel(ctx))
		return nil, err
	}
	return s, nil
}

func login(u *url.URL) neo4j.AuthToken {
	user, password := os.Getenv(UserVariable), os.Getenv(PasswordVariable)
	if u.User != nil {
		user = u.User.Username()
		if p, ok := u.User.Password(); ok {
			password = p
		}
	}
	if user == "" && password == "" {
		return neo4j.NoAuth()
	}
	if user == "" {
		user = "neo4j"
	}
	return neo4j.BasicAuth(user, password, "")
}

// Close implements [graph.Store].
func (s *Store) Close() error {
	if s.closed.Swap(true) {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), connectTimeout)
	defer cancel()
	if err := s.driver.Close(ctx); err != nil {
		return &graph.Error{Op: "neo4j.Close", Code: graph.Internal, Err: err}
	}
	return nil
}
