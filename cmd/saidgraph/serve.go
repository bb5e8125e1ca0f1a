package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"saidgraph/api"
	"saidgraph/graph"
)

// DefaultAddr is where serve and demo listen.
const defaultAddr = "127.0.0.1:8080"

// grace is how long requests in hand may take when the server is told to stop.
const grace = 10 * time.Second

type serveCmd struct {
	Addr   string   `help:"The address to listen on; one that others reach needs a key." default:"${addr}" placeholder:"HOST:PORT"`
	Key    []string `help:"Keys that clients send as Authorization: Bearer KEY (better: the environment, where ps does not show them)." env:"SAIDGRAPH_KEYS" placeholder:"KEY"`
	Origin []string `help:"Origins whose pages may call the API (CORS)." placeholder:"URL"`
	Log    bool     `help:"Log each request to standard error."`
}

func (serveCmd) Help() string {
	return `Examples:
  saidgraph serve
  saidgraph serve --addr 127.0.0.1:9000 --origin https://desk.example.org
  SAIDGRAPH_KEYS=$(openssl rand -hex 16) saidgraph serve --addr 0.0.0.0:8080

The API is described at /openapi.yaml. SIGINT and SIGTERM let the requests in hand end, for 10 seconds at most.`
}

func (c *serveCmd) Run(a *app) error {
	if err := c.allowed(); err != nil {
		return err
	}
	store, err := a.open()
	if err != nil {
		return err
	}
	err = c.serve(a, store)
	return errors.Join(err, store.Close())
}

// allowed refuses to serve strangers without a key.
func (c *serveCmd) allowed() error {
	if _, _, err := net.SplitHostPort(c.Addr); err != nil {
		return usage("--addr %s: write HOST:PORT, for example %s", c.Addr, defaultAddr)
	}
	if !api.Loopback(c.Addr) && len(c.Key) == 0 {
		return usage("--addr %s can be reached from other machines: set SAIDGRAPH_KEYS or --key, or listen on %s", c.Addr, defaultAddr)
	}
	return nil
}

// serve listens until the context ends.
func (c *serveCmd) serve(a *app, store graph.Store) error {
	log := slog.New(slog.DiscardHandler)
	if c.Log {
		log = slog.New(slog.NewTextHandler(a.stderr, nil))
	}
	handler := api.New(store, api.Options{
		Keys: c.Key, Origins: c.Origin, Local: api.Loopback(c.Addr), Logger: log, Version: version().Version,
	})
	l, err := new(net.ListenConfig).Listen(a.ctx, "tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("%w (choose another with --addr)", err)
	}
	server := api.NewServer(c.Addr, handler, log)
	c.next(a, l.Addr().String())
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	select {
	case err = <-served:
		return err
	case <-a.ctx.Done():
	}
	fmt.Fprintln(a.stderr, "stopping")
	ctx, cancel := context.WithTimeout(context.WithoutCancel(a.ctx), grace)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return errors.Join(err, server.Close())
	}
	return nil
}

// next says where the server listens and what to try.
func (c *serveCmd) next(a *app, addr string) {
	auth := ""
	if len(c.Key) > 0 {
		auth = ` -H "Authorization: Bearer $SAIDGRAPH_KEYS"`
	}
	fmt.Fprintf(a.stderr, `serving %s on http://%s; stop with Ctrl-C. Try next:
  http://%[2]s/
  curl%[3]s 'http://%[2]s/v1/ask?q=who+criticized+whom'
  saidgraph ask 'who said what' --store %[1]s
`, clean(a.store), addr, auth)
}
