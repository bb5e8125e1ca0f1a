package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"saidgraph/graph"
	"saidgraph/loaders"
	"saidgraph/loaders/jobs"
	"saidgraph/loaders/journal"
	"saidgraph/loaders/source"
)

type deadCmd struct {
	List  deadListCmd  `cmd:"" help:"List the documents that did not get in."`
	Show  deadShowCmd  `cmd:"" help:"Show one, with the document where it is kept."`
	Retry deadRetryCmd `cmd:"" help:"Load them again."`
	Drop  deadDropCmd  `cmd:"" help:"Forget them."`
}

func (deadCmd) Help() string {
	return `A document that can't be loaded is kept with the reason, so that nothing is lost: the document itself, or where it came from. It goes
away by itself when a later load gets it in.

Examples:
  saidgraph dead list
  saidgraph dead show 3f6c1e0a9d2b4c57
  saidgraph dead retry --all
  saidgraph dead drop 3f6c1e0a9d2b4c57`
}

type deadListCmd struct{}

func (c *deadListCmd) Run(a *app) error {
	store, err := a.openExisting()
	if err != nil {
		return err
	}
	defer store.Close() // read only
	letters := []journal.Dead{}
	for d, err := range journal.New(store).Dead(a.ctx) {
		if err != nil {
			return err
		}
		letters = append(letters, d)
	}
	if a.json {
		return json.NewEncoder(a.stdout).Encode(letters)
	}
	var rows [][]string
	for _, d := range letters {
		rows = append(rows, []string{d.ID, why(d), strconv.Itoa(d.Tries), d.Last.Format("2006-01-02 15:04"), d.URL})
	}
	return table(a.stdout, []string{"ID", "WHY", "TRIES", "LAST", "URL"}, rows)
}

// why is the letter's error as the load told it.
func why(d journal.Dead) string {
	return (&source.Error{From: d.From, Line: d.Line, Field: d.Field, Reason: d.Reason, Hint: d.Hint}).Error()
}

type deadShowCmd struct {
	ID string `arg:"" help:"The letter's id, or the beginning of it."`
}

func (c *deadShowCmd) Run(a *app) error {
	store, err := a.openExisting()
	if err != nil {
		return err
	}
	defer store.Close() // read only
	j := journal.New(store)
	letters, err := pick(a.ctx, j, []string{c.ID}, false)
	if err != nil {
		return err
	}
	d := letters[0]
	raw, kept, err := j.Document(a.ctx, d.ID)
	if err != nil {
		return err
	}
	if a.json {
		shown := struct {
			journal.Dead
			Document *source.Raw `json:"document,omitempty"`
		}{Dead: d}
		if kept {
			shown.Document = &raw
		}
		return json.NewEncoder(a.stdout).Encode(shown)
	}
	fmt.Fprintf(a.stdout, "%s\nid: %s\ntries: %d, from %s to %s, last by run %s\n", clean(why(d)), d.ID, d.Tries,
		d.First.Format("2006-01-02 15:04"), d.Last.Format("2006-01-02 15:04"), clean(d.Run))
	if !kept {
		_, err = fmt.Fprintln(a.stdout, "the document is not kept: a retry reads it from where it came")
		return err
	}
	body := raw.Text
	if len(raw.HTML) > 0 {
		body = string(raw.HTML)
	}
	_, err = fmt.Fprintf(a.stdout, "url: %s\ntitle: %s\ndate: %s\noutlet: %s\n\n%s\n", clean(raw.URL), clean(raw.Title), clean(raw.Date), clean(raw.Outlet), clean(body))
	return err
}

type deadRetryCmd struct {
	IDs []string `arg:"" optional:"" name:"id" help:"The letters' ids, or beginnings of them."`
	All bool     `help:"All of them."`
	readFlags
}

func (c *deadRetryCmd) Run(a *app) error {
	if err := c.check(); err != nil {
		return err
	}
	r, err := a.runner(c.UserAgentURL)
	if err != nil {
		return err
	}
	return a.oneShot(r, a.openExisting, "", func(hear jobs.Hear) (loaders.Report, error) {
		letters, err := pick(a.ctx, journal.New(r.Store), c.IDs, c.All)
		if err != nil {
			return loaders.Report{}, err
		}
		return r.Retry(a.ctx, c.spec(), letters, hear)
	})
}

type deadDropCmd struct {
	IDs []string `arg:"" optional:"" name:"id" help:"The letters' ids, or beginnings of them."`
	All bool     `help:"All of them."`
}

func (c *deadDropCmd) Run(a *app) error {
	n := 0
	err := a.amend(func(ctx context.Context, _ graph.Store, j *journal.Journal) error {
		letters, err := pick(ctx, j, c.IDs, c.All)
		if err != nil {
			return err
		}
		for _, d := range letters {
			if err := j.Put(ctx, journal.Buried(d.ID)); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	if err == nil {
		fmt.Fprintf(a.stderr, "dropped %s\n", count(n, "document"))
	}
	return err
}

// pick returns the letters whose ids begin as the given ones do, each of which must be one letter's; or all.
func pick(ctx context.Context, j *journal.Journal, ids []string, all bool) ([]journal.Dead, error) {
	if len(ids) == 0 && !all {
		return nil, usage("which? give ids from saidgraph dead list, or --all")
	}
	var out []journal.Dead
	found := map[string]int{}
	for d, err := range j.Dead(ctx) {
		if err != nil {
			return nil, err
		}
		wanted := all
		for _, id := range ids {
			if id != "" && strings.HasPrefix(d.ID, id) {
				wanted = true
				found[id]++
			}
		}
		if wanted {
			out = append(out, d)
		}
	}
	for _, id := range ids {
		switch found[id] {
		case 0:
			return nil, fmt.Errorf("there is no dead letter %s; see saidgraph dead list", id)
		case 1:
		default:
			return nil, usage("%d dead letters begin with %s: give more of the id", found[id], id)
		}
	}
	return out, nil
}
