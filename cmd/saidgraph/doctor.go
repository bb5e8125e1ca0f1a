package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"time"

	"saidgraph/graph"
)

type doctorCmd struct {
	Timeout time.Duration `help:"How long all checks may take." default:"30s"`
}

func (doctorCmd) Help() string {
	return `Looks at the store that --store names and says in plain words what is wrong: whether it can be reached, whether it lets
us in, whether it is sound, whether it takes a write. It changes nothing. The exit code is 1 where something is wrong.

Examples:
  saidgraph doctor
  saidgraph doctor --store neo4j://graph.example:7687`
}

func (c *doctorCmd) Run(a *app) error {
	ctx, cancel := context.WithTimeout(a.ctx, c.Timeout)
	defer cancel()
	findings := a.examine(ctx)
	ill := false
	for _, f := range findings {
		ill = ill || !f.OK
	}
	if err := a.findings(findings); err != nil {
		return err
	}
	if ill {
		return &exitError{exitFailed, nil}
	}
	return nil
}

// examine ends at the first check that the next ones need.
func (a *app) examine(ctx context.Context) []graph.Finding {
	found := []graph.Finding{{Check: "address", OK: true, Text: bare(a.store)}}
	fail := func(check string, err error) []graph.Finding {
		return append(found, graph.Finding{Check: check, Text: err.Error()})
	}
	store, err := (&app{ctx: ctx, store: a.store}).openExisting()
	if err != nil {
		return fail("opens", err)
	}
	defer store.Close() // what it could still complain of has been looked at
	found = append(found, graph.Finding{Check: "opens", OK: true, Text: "it is there and lets us in"})
	stats, err := store.Stats(ctx)
	if err != nil {
		return fail("answers", err)
	}
	people := stats.Nodes[graph.Person] + stats.Nodes[graph.Organization]
	found = append(found, graph.Finding{Check: "answers", OK: true,
		Text: fmt.Sprintf("%d articles, %d people and organizations, %d claims", stats.Nodes[graph.ArticleNode], people, stats.Nodes[graph.ClaimNode])})
	if checker, ok := store.(graph.Checker); ok {
		more, err := checker.Check(ctx)
		if found = append(found, more...); err != nil {
			return fail("checks", err)
		}
	}
	if err := trial(ctx, store); err != nil {
		return fail("takes a write", err)
	}
	return append(found, graph.Finding{Check: "takes a write", OK: true, Text: "a record was written, read and taken away again"})
}

// trial writes a record beside the graph and takes it away.
func trial(ctx context.Context, store graph.Store) error {
	r := graph.Record{Bucket: "doctor", Key: "trial", Version: graph.AnyVersion, Value: []byte("?")}
	if err := store.Write(ctx, r); err != nil {
		return err
	}
	_, err := store.Record(ctx, r.Bucket, r.Key)
	r.Value = nil
	return errors.Join(err, store.Write(ctx, r))
}

// bare is a store's address without what is secret in it.
func bare(store string) string {
	if u, err := url.Parse(store); err == nil && u.User != nil {
		return cmp.Or(u.Redacted(), store)
	}
	return store
}

func (a *app) findings(findings []graph.Finding) error {
	if a.json {
		return json.NewEncoder(a.stdout).Encode(findings)
	}
	var rows [][]string
	for _, f := range findings {
		state := "ok"
		if !f.OK {
			state = "WRONG"
		}
		rows = append(rows, []string{f.Check, state, f.Text})
	}
	return table(a.stdout, []string{"CHECK", "", "WHAT WAS SEEN"}, rows)
}
