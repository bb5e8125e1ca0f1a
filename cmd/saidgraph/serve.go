package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
	"unicode"

	"saidgraph/api"
	"saidgraph/graph"
	"saidgraph/loaders"
	"saidgraph/loaders/jobs"
)

// defaultAddr is where serve and demo listen.
const defaultAddr = "127.0.0.1:8080"

// grace is how long requests in hand may take when the server is told to stop.
const grace = 10 * time.Second

type serveCmd struct {
	Addr   string   `help:"The address to listen on; one that others reach needs a key." default:"${addr}" placeholder:"HOST:PORT"`
	Key    []string `help:"Keys that clients send as Authorization: Bearer KEY (better: the environment, where ps does not show them)." env:"SAIDGRAPH_KEYS" placeholder:"KEY"`
	Origin []string `help:"Origins whose pages may call the API (CORS)." placeholder:"URL"`
	Jobs   string   `help:"A jobs file whose jobs are run when they are due (see saidgraph run --help)." env:"SAIDGRAPH_SERVE_JOBS" placeholder:"FILE"`
}

func (serveCmd) Help() string {
	return `Examples:
  saidgraph serve
  saidgraph serve --addr 127.0.0.1:9000 --origin https://desk.example.org
  SAIDGRAPH_KEYS=$(openssl rand -hex 16) saidgraph serve --addr 0.0.0.0:8080
  saidgraph serve --jobs jobs.yaml --log json

The API is described at /openapi.yaml; /metrics has figures for Prometheus. With --log each request is a line on standard error.
SIGINT and SIGTERM let the requests and articles in hand end, for 10 seconds at most.`
}

func (c *serveCmd) Run(a *app) error {
	if err := c.allowed(); err != nil {
		return err
	}
	schedule := func(graph.Store) func() { return func() {} }
	if c.Jobs != "" {
		var err error
		if schedule, err = c.schedule(a); err != nil {
			return err
		}
	}
	store, err := a.open()
	if err != nil {
		return err
	}
	ended := schedule(store)
	err = c.serve(a, store, "who said what", "who declined to comment", "who criticized whom")
	ended()
	return errors.Join(err, store.Close())
}

// schedule reads the jobs file and returns what runs its jobs in a store until the context ends; that returns what waits for it.
func (c *serveCmd) schedule(a *app) (func(graph.Store) func(), error) {
	file, err := jobs.ReadFile(c.Jobs)
	if err != nil {
		return nil, &exitError{exitUsage, err}
	}
	r, err := a.runner(file.UserAgentURL)
	if err != nil {
		return nil, err
	}
	if a.log == "" { // jobs that nobody watches are told of
		r.Log = slog.New(slog.NewTextHandler(a.stderr, nil))
	}
	return func(store graph.Store) func() {
		r.Store = store
		ctx, stop := context.WithCancel(a.ctx)
		done := make(chan struct{})
		go func() {
			defer close(done)
			r.Schedule(ctx, file)
		}()
		return func() {
			stop()
			select {
			case <-done:
			case <-time.After(grace): // a load ends by itself before
			}
		}
	}, nil
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

// serve listens until the context ends; asks are questions to try.
func (c *serveCmd) serve(a *app, store graph.Store, asks ...string) error {
	log := a.logger()
	handler := api.New(store, api.Options{
		Keys: c.Key, Origins: c.Origin, Local: api.Loopback(c.Addr), Logger: log, Version: version().Version,
		Metrics: jobs.NewMetrics(store, version().Version, loaders.Version, true).Handler(),
	})
	l, err := new(net.ListenConfig).Listen(a.ctx, "tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("%w (choose another with --addr)", err)
	}
	server := api.NewServer(c.Addr, handler, log)
	c.next(a, l.Addr().String(), asks)
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

// next says where the server listens and what to try: questions, of which the last shows the API.
func (c *serveCmd) next(a *app, addr string, asks []string) {
	fmt.Fprintf(a.stderr, "serving %s on http://%s; stop with Ctrl-C. Open it in a browser, or try next:\n", clean(a.store), addr)
	for _, q := range asks[:len(asks)-1] {
		fmt.Fprintln(a.stderr, "  "+c.command(a, addr, q))
	}
	fmt.Fprintln(a.stderr, "  "+c.call(addr, asks[len(asks)-1]))
}

// command is the line of a shell that asks q of the same store.
func (c *serveCmd) command(a *app, addr, q string) string {
	if a.store == "memory:" { // only this process has it
		return c.call(addr, q)
	}
	line := shell(os.Args[0]) + " ask " + q
	if a.store != defaultStore {
		line += " --store " + shell(clean(a.store))
	}
	return line
}

// call is the line of a shell that asks q over HTTP.
func (c *serveCmd) call(addr, q string) string {
	auth := ""
	if len(c.Key) > 0 {
		auth = ` -H "Authorization: Bearer $SAIDGRAPH_KEYS"`
	}
	return "curl" + auth + " 'http://" + addr + "/v1/ask?q=" + url.QueryEscape(q) + "'"
}

// shell quotes a word where a shell would read more than the word in it.
func shell(word string) string {
	plain := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("/.:_-+,@%", r)
	}
	if word != "" && !strings.ContainsFunc(word, func(r rune) bool { return !plain(r) }) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
