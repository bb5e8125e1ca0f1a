// Command saidgraph loads news articles and answers who said what about whom, with the words that prove it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"saidgraph/graph"
)

// Exit codes.
const (
	exitDone    = 0
	exitFailed  = 1
	exitUsage   = 2
	exitPartial = 3 // done, but some articles failed
	exitLocked  = 4 // another run holds the store or the job
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the first signal ends the work in hand in order, the second at once
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// cli is every command and flag; kong reads arguments, environment and help from it.
type cli struct {
	Store string `help:"Where the graph is kept: sqlite:FILE, a Neo4j server (bolt://HOST or neo4j://HOST), or memory: for one run (default: ${store})." default:"${store}" env:"SAIDGRAPH_STORE" placeholder:"URL"`
	JSON  bool   `help:"Print JSON for programs instead of a table for people."`

	Log string `help:"Log to standard error instead of telling people, as text or json." enum:",text,json" default:"" env:"SAIDGRAPH_LOG" placeholder:"FORMAT"`

	Load    loadCmd    `cmd:"" help:"Load articles from files, folders, feeds, sitemaps, addresses or archives."`
	Run     runCmd     `cmd:"" help:"Run one job of a jobs file once: for cron, systemd and Kubernetes."`
	Runs    runsCmd    `cmd:"" help:"List the loads there were, and what came of them."`
	Dead    deadCmd    `cmd:"" help:"The documents that did not get in: list, show, retry or drop them."`
	Article articleCmd `cmd:"" help:"Say when and how an article came and what it taught, or take it away."`
	Ask     askCmd     `cmd:"" help:"Ask who said what about whom."`
	Serve   serveCmd   `cmd:"" help:"Serve the API and its page over HTTP."`
	Extract extractCmd `cmd:"" help:"Show what the engine reads in a text, without a store."`
	Stats   statsCmd   `cmd:"" help:"Count what the graph holds."`
	Export  exportCmd  `cmd:"" help:"Write the graph as files for other programs."`
	Copy    copyCmd    `cmd:"" help:"Copy the graph to another store."`
	Doctor  doctorCmd  `cmd:"" help:"Say in plain words what is wrong with the store."`
	Demo    demoCmd    `cmd:"" help:"Load the bundled articles, show what they say, and serve them."`
	Version versionCmd `cmd:"" help:"Print the version."`
}

const description = `Reads news articles and keeps who said what about whom, with the words that prove it.

Start with:
  saidgraph demo
  saidgraph load articles/ news.jsonl https://www.example.org/feed.xml
  saidgraph ask who criticized HHS since:2025-06
  saidgraph serve

Exit codes: 0 done; 1 failed; 2 wrong usage; 3 done, but some articles failed (they are listed); 4 another run holds the store or the job.`

// app is what the commands share.
type app struct {
	ctx    context.Context
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	store  string
	json   bool
	log    string // "", text or json
}

// exitError carries the exit code of a command that failed in another way than exitFailed.
type exitError struct {
	code int
	err  error // nil: everything has been said
}

func (e *exitError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

func usage(format string, args ...any) error {
	return &exitError{exitUsage, fmt.Errorf(format, args...)}
}

// helped is how kong's exit after --help leaves the parser.
type helped int

// run is the whole program: it returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	defer func() {
		if v := recover(); v != nil {
			h, ok := v.(helped)
			if !ok {
				panic(v)
			}
			code = int(h)
		}
	}()
	var c cli
	parser, err := kong.New(&c, kong.Name("saidgraph"), kong.Vars{"addr": defaultAddr, "store": defaultStore, "jobs": defaultJobs}, kong.Description(description), kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { panic(helped(code)) }), kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}))
	if err != nil {
		panic(err) // the struct above is wrong
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	a := &app{ctx: ctx, stdin: stdin, stdout: stdout, stderr: stderr}
	k, err := parser.Parse(args)
	if err != nil {
		a.complain(err)
		fmt.Fprintln(stderr, "Run saidgraph --help to see what there is.")
		return exitUsage
	}
	a.store, a.json, a.log = c.Store, c.JSON, c.Log
	return a.exit(k.Run(a))
}

// exit says what went wrong and returns its code.
func (a *app) exit(err error) int {
	if err == nil {
		return exitDone
	}
	var e *exitError
	switch {
	case errors.As(err, &e):
		if e.err != nil {
			a.complain(e.err)
		}
		return e.code
	case graph.CodeOf(err) == graph.Conflict:
		a.complain(fmt.Errorf("another run holds it: %w", err))
		return exitLocked
	case errors.Is(err, syscall.EPIPE):
		return exitFailed // the reader of our output has gone: nobody is there to tell
	case errors.Is(err, context.Canceled) && a.ctx.Err() != nil:
		err = errors.New("interrupted")
	}
	a.complain(err)
	return exitFailed
}

func (a *app) complain(err error) { fmt.Fprintln(a.stderr, "saidgraph: "+clean(err.Error())) }
