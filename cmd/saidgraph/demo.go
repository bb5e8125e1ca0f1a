package main

import (
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"saidgraph/graph"
	"saidgraph/loaders"
	"saidgraph/loaders/jobs"
	"saidgraph/loaders/sample"
	"saidgraph/loaders/source"
	"saidgraph/queries"
)

type demoCmd struct {
	Addr  string `help:"The address to serve on; only this machine may reach it." default:"${addr}" placeholder:"HOST:PORT"`
	Serve bool   `help:"Serve the graph when it has been shown." default:"true" negatable:""`
	Rows  int    `help:"Rows of each table." default:"12"`
}

func (demoCmd) Help() string {
	return `Loads the 23 articles that come with the program into --store (again: nothing is loaded twice), prints the people,
organizations, claims and criticism found in them, each with its words, and serves them.

Examples:
  saidgraph demo
  saidgraph demo --no-serve --store memory:`
}

func (c *demoCmd) Run(a *app) error {
	if a.json {
		return usage("demo shows tables; for programs: saidgraph ask --json, saidgraph stats --json")
	}
	server := serveCmd{Addr: c.Addr}
	if err := server.allowed(); c.Serve && err != nil {
		return err
	}
	r, err := a.runner("")
	if err != nil {
		return err
	}
	store, err := a.open()
	if err != nil {
		return err
	}
	r.Store = store
	report, err := a.watch(func(hear jobs.Hear) (loaders.Report, error) {
		return r.Load(a.ctx, jobs.Spec{Sources: []string{"the bundled articles"}}, bundled(a), hear)
	})
	if err == nil {
		err = finish(report, nil)
	}
	if err == nil {
		err = c.show(a, store)
	}
	if err == nil && c.Serve {
		err = server.serve(a, store, "who criticized whom", "what did Schiff say about HHS", "how are Padilla and McLaughlin connected")
	}
	return errors.Join(err, store.Close())
}

// bundled are the articles that come with the program.
func bundled(a *app) iter.Seq2[source.Raw, error] {
	return func(yield func(source.Raw, error) bool) {
		if !yield(source.Raw{From: "seed.txt", Language: "en", License: "bundled with saidgraph", Text: sample.Seed}, nil) {
			return
		}
		for raw, err := range (source.Reader{}).Lines(a.ctx, "wikinews.jsonl", strings.NewReader(sample.Wikinews)) {
			if !yield(raw, err) {
				return
			}
		}
	}
}

// show prints what the graph holds.
func (c *demoCmd) show(a *app, store graph.Store) error {
	stats, err := store.Stats(a.ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "%s, %s, %s, %s; %s, %d of praise\n",
		count(stats.Nodes[graph.ArticleNode], "article"), count(stats.Nodes[graph.Person], "person"),
		count(stats.Nodes[graph.Organization], "organization"), count(stats.Nodes[graph.ClaimNode], "claim"),
		count(stats.Edges[graph.Criticized], "criticism"), stats.Edges[graph.Praised])
	for _, part := range []struct {
		title string
		label graph.Label
	}{{"People", graph.Person}, {"Organizations", graph.Organization}} {
		if err := c.actors(a, store, part.title, part.label); err != nil {
			return err
		}
	}
	for _, q := range []struct {
		title string
		form  queries.Form
	}{{"Who criticized whom", queries.WhoCriticized}, {"Who said what", queries.WhoSaid}} {
		if err := c.question(a, store, q.title, queries.New(q.form, "", "")); err != nil {
			return err
		}
	}
	return nil
}

// actors prints those who speak most, each with its newest words.
func (c *demoCmd) actors(a *app, store graph.Store, title string, label graph.Label) error {
	f := graph.Filter{Types: []graph.Type{graph.Said}, FromLabel: label, Limit: c.Rows}
	counts, err := store.Tally(a.ctx, f, graph.ByFrom)
	if err != nil {
		return err
	}
	var rows [][]string
	for _, n := range counts {
		if n.Node == nil || n.Node.Actor == nil {
			continue
		}
		row, err := newest(a, store, n.Node.Actor.ID)
		if err != nil {
			return err
		}
		rows = append(rows, []string{n.Node.Actor.Name, strconv.Itoa(n.N), row.Proof.Quote, where(row.Article)})
	}
	fmt.Fprintf(a.stdout, "\n%s who say most\n", title)
	return table(a.stdout, []string{"WHO", "CLAIMS", "NEWEST WORDS", "WHERE"}, rows)
}

// newest is the newest claim of an actor, one with quoted words where there is any.
func newest(a *app, store graph.Store, actor graph.ID) (queries.Row, error) {
	for _, kinds := range [][]string{{graph.Direct, graph.Mixed}, nil} {
		page, err := queries.Edges(a.ctx, store, graph.Filter{Types: []graph.Type{graph.Said}, From: []graph.ID{actor}, Kinds: kinds, Limit: 1})
		if err != nil || len(page.Rows) > 0 {
			return first(page), err
		}
	}
	return queries.Row{}, nil
}

func first(p *queries.Page) queries.Row {
	if p == nil || len(p.Rows) == 0 {
		return queries.Row{}
	}
	return p.Rows[0]
}

// question prints the answer to one question.
func (c *demoCmd) question(a *app, store graph.Store, title string, q queries.Question) error {
	q.Limit = c.Rows
	ans, err := queries.Ask(a.ctx, store, q)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "\n%s (saidgraph ask '%s')\n", title, ans.Question)
	if len(ans.Rows) == 0 {
		_, err = fmt.Fprintln(a.stdout, clean(ans.Hint))
		return err
	}
	return a.rows(ans.Rows)
}
