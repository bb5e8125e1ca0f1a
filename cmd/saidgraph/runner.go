package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"saidgraph/graph"
	"saidgraph/loaders/fetch"
	"saidgraph/loaders/jobs"
	"saidgraph/loaders/journal"
	"saidgraph/loaders/quote"
)

// runner makes what runs loads, but for its store. contact is a page that tells others who fetches from them.
func (a *app) runner(contact string) (*jobs.Runner, error) {
	engine, err := quote.New()
	if err != nil {
		return nil, err
	}
	r := a.recorder()
	r.Analyse, r.Client = engine.Analyze, clients(contact)
	return r, nil
}

// recorder is a runner without an engine: for what is done to a store but is no load.
func (a *app) recorder() *jobs.Runner {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	r := &jobs.Runner{
		Stdin: a.stdin, Now: time.Now, Salt: salt, Log: a.logger(),
		Host: fmt.Sprintf("process %d on %s", os.Getpid(), host),
	}
	if strings.HasPrefix(a.store, "sqlite:") {
		r.Machine = machine(host)
	}
	return r
}

// amend does to a store that is there what is no load: alone, where only one machine may write to it.
func (a *app) amend(do func(ctx context.Context, store graph.Store, j *journal.Journal) error) error {
	store, err := a.openExisting()
	if err != nil {
		return err
	}
	r := a.recorder()
	r.Store = store
	err = r.Alone(a.ctx, func(ctx context.Context, j *journal.Journal) error { return do(ctx, store, j) })
	return errors.Join(err, store.Close())
}

// machine tells the machine that this process runs on from others. An SQLite file may have writers in several processes, but under one
// kernel only: they share memory.
func machine(host string) string {
	if id, err := os.ReadFile("/proc/sys/kernel/random/boot_id"); err == nil { // the same in all containers of a machine
		return "boot " + strings.TrimSpace(string(id))
	}
	return "host " + host
}

func salt() string {
	b := make([]byte, 3)
	_, _ = rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

// clients returns the polite client for public addresses, or the one for all. Each is one for the process: it holds the hosts' clocks.
func clients(contact string) func(allowPrivate bool) *fetch.Client {
	client := func(private bool) func() *fetch.Client {
		return sync.OnceValue(func() *fetch.Client {
			c := &fetch.Client{UserAgent: fetch.UserAgent(version().Version, contact), AllowPrivate: private}
			if private {
				c.Proxy = http.ProxyFromEnvironment // it, not we, decides which addresses are reached
			}
			return c
		})
	}
	public, all := client(false), client(true)
	return func(allowPrivate bool) *fetch.Client {
		if allowPrivate {
			return all()
		}
		return public()
	}
}
