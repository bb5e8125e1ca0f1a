// Package api serves the graph over HTTP: the read-only JSON API that openapi.yaml describes, and one embedded page on top of it.
//
// # Contract
//
// openapi.yaml is the contract and is served at /openapi.yaml. The tests check every answer against it, and
// that no route and no parameter is in one of the two alone. Every error is a [Problem].
// An actor is named by its id or by any name the graph knows it by.
//
// # Concurrency
//
// The handler is safe for concurrent use: a [graph.Store] is. At most [AtOnce] requests read it at a time.
package api

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/gzhttp"

	"saidgraph/graph"
	"saidgraph/queries"
)

// Options of [New]. The zero value serves everybody who can reach the address, so cmd sets Keys
// wherever [Loopback] of the address is false, and Local where it is true.
type Options struct {
	Keys    []string      // accepted as "Authorization: Bearer KEY"; none: no key is asked for
	Origins []string      // origins that browsers may call from ("https://desk.example.org", or "*"); none: no CORS
	Local   bool          // answer only requests whose Host is a loopback name: shuts out DNS rebinding
	Timeout time.Duration // for the store's part of one answer; 0: 20 s
	Logger  *slog.Logger  // one line a request; nil: silent
	Version string        // shown by /healthz
	Metrics http.Handler  // answers /metrics; nil: there are none
}

// Limits of a request; what exceeds one is refused, never cut.
const (
	MaxLimit  = queries.MaxLimit // items a page
	MaxDepth  = 3                // steps of /v1/graph
	MaxPaths  = 50               // chains of /v1/paths
	MaxQuery  = 4096             // bytes of the whole query string
	MaxText   = 500              // code points of one question, search or name
	MaxValues = 20               // of one repeated parameter
)

// AtOnce is how many requests read the store at a time; others wait, for Options.Timeout at most. Each reader may hold a connection
// and a cache of its own, and a burst of 300 ran a process with 400 file descriptors out of them.
const AtOnce = 64

type service struct {
	store graph.Store
	opts  Options
	log   *slog.Logger
	room  chan struct{} // one for each request that reads the store
}

// New returns the whole HTTP surface over a store.
func New(store graph.Store, opts Options) http.Handler {
	if opts.Timeout <= 0 {
		opts.Timeout = 20 * time.Second
	}
	if opts.Logger == nil {
		opts.Logger = slog.New(slog.DiscardHandler)
	}
	s := &service{store: store, opts: opts, log: opts.Logger, room: make(chan struct{}, AtOnce)}
	return gzhttp.GzipHandler(s.engine())
}

func (s *service) engine() *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	e := gin.New()
	e.HandleMethodNotAllowed = true
	e.RedirectTrailingSlash = false
	e.RedirectFixedPath = false
	e.ForwardedByClientIP = false
	e.Use(s.observe, s.headers, s.guard)
	e.NoRoute(func(c *gin.Context) { fail(c, problemOf(http.StatusNotFound, "", "no such path")) })
	e.NoMethod(func(c *gin.Context) {
		// gin lists the methods of its trees in no fixed order; ours are always these two.
		c.Header("Allow", "GET, HEAD")
		fail(c, problemOf(http.StatusMethodNotAllowed, "", "only GET and HEAD are answered here"))
	})
	for _, r := range s.routes() {
		e.GET(r.path, s.handle(r))
		e.HEAD(r.path, s.handle(r))
	}
	s.metrics(e)
	s.page(e)
	return e
}

// handle wraps a route: query checked first, then the answer under the time limit.
func (s *service) handle(r route) gin.HandlerFunc {
	return func(c *gin.Context) {
		in, err := r.read(c.Request.URL.RawQuery, c.Param("id"))
		if err != nil {
			fail(c, problemFor(err))
			return
		}
		ctx, cancel := context.WithTimeout(c.Request.Context(), s.opts.Timeout)
		defer cancel()
		out, err := s.answer(ctx, r, in)
		if err != nil {
			s.fault(c, err)
			return
		}
		send(c, r, out)
	}
}

// answer serves a route when there is room. Health checks need none: a busy server is not a sick one.
func (s *service) answer(ctx context.Context, r route, in *input) (any, error) {
	if !r.volatile {
		select {
		case s.room <- struct{}{}:
			defer func() { <-s.room }()
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return r.serve(ctx, in)
}

// fault answers an error of the store or the question; what it says of the inside goes to the log only.
func (s *service) fault(c *gin.Context, err error) {
	if c.Request.Context().Err() != nil {
		c.AbortWithStatus(statusClientGone)
		return
	}
	p := problemFor(err)
	if p.Status >= 500 {
		s.log.LogAttrs(c.Request.Context(), slog.LevelError, "request failed",
			slog.String("path", c.Request.URL.Path), slog.String("code", string(graph.CodeOf(err))), slog.Any("error", err))
	}
	fail(c, p)
}
