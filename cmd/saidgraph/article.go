package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"saidgraph/graph"
	"saidgraph/loaders/journal"
	"saidgraph/loaders/page"
	"saidgraph/queries"
)

type articleCmd struct {
	Show   articleShowCmd   `cmd:"" default:"withargs" help:"Say when and how an article came, and what it taught (the default)."`
	Delete articleDeleteCmd `cmd:"" help:"Take an article away, with all it taught."`
}

func (articleCmd) Help() string {
	return `Examples:
  saidgraph article https://www.example.org/news/1
  saidgraph article 0b9f7d4e-6a55-5d0e-9a8e-0b1f3f3c5a11 --json
  saidgraph article delete https://www.example.org/news/1

A deleted article comes back when a later load reads its source again; one of a feed or sitemap, when its page has changed or with --reload.`
}

type articleShowCmd struct {
	Article string `arg:"" name:"url|id" help:"The article's address or id."`
	Rows    int    `help:"Claims that are shown." default:"20"`
}

// history is an article with how it came and what it taught.
type history struct {
	Article graph.Article      `json:"article"` // without its text
	Origin  *journal.Origin    `json:"origin,omitempty"`
	Run     *journal.Run       `json:"run,omitempty"`    // that it came by
	Copies  []graph.Article    `json:"copies,omitempty"` // of the same text elsewhere
	Taught  map[graph.Type]int `json:"taught"`           // edges by type
}

func (c *articleShowCmd) Run(a *app) error {
	store, err := a.openExisting()
	if err != nil {
		return err
	}
	defer store.Close() // read only
	id, err := articleID(c.Article)
	if err != nil {
		return err
	}
	h, err := historyOf(a.ctx, store, id)
	if graph.CodeOf(err) == graph.NotFound {
		return c.missing(a, store)
	}
	if err != nil {
		return err
	}
	if a.json {
		return json.NewEncoder(a.stdout).Encode(h)
	}
	a.history(h)
	if h.Taught[graph.Reported] == 0 || c.Rows <= 0 {
		return nil
	}
	claims, err := queries.Claims(a.ctx, store, graph.Filter{Articles: []graph.ID{id}, Limit: c.Rows})
	if err != nil {
		return err
	}
	fmt.Fprintln(a.stdout)
	return a.rows(claims.Rows)
}

// articleID reads an address or an id.
func articleID(s string) (graph.ID, error) {
	if id, err := uuid.Parse(s); err == nil {
		return id, nil
	}
	url, err := page.Canonical(s)
	if err != nil || url == "" {
		return graph.ID{}, usage("%q is neither an article's address nor its id", s)
	}
	return graph.ArticleID(url, ""), nil
}

func historyOf(ctx context.Context, store graph.Store, id graph.ID) (history, error) {
	node, err := store.Node(ctx, id)
	if err != nil {
		return history{}, err
	}
	if node.Article == nil {
		return history{}, usage("%s is the id of a %s, not of an article", id, node.Label())
	}
	h := history{Article: *node.Article, Taught: map[graph.Type]int{}}
	h.Article.Text = ""
	j := journal.New(store)
	if o, ok, err := j.Origin(ctx, id); err != nil {
		return h, err
	} else if ok {
		h.Origin = &o
		if r, ok, err := j.RunOf(ctx, o.First.Run); err != nil {
			return h, err
		} else if ok {
			h.Run = &r
		}
	}
	copies, err := j.Copies(ctx, h.Article.Copy, 100)
	if err != nil {
		return h, err
	}
	for _, other := range copies {
		node, err := store.Node(ctx, other)
		if err == nil && node.Article != nil && other != id {
			node.Article.Text = ""
			h.Copies = append(h.Copies, *node.Article)
		}
	}
	counts, err := store.Tally(ctx, graph.Filter{Articles: []graph.ID{id}}, graph.ByType)
	for _, n := range counts {
		h.Taught[graph.Type(n.Key)] = n.N
	}
	return h, err
}

// history prints how an article came.
func (a *app) history(h history) {
	say := func(what, value string) {
		if value != "" {
			fmt.Fprintf(a.stdout, "%-9s %s\n", what, clean(value))
		}
	}
	art := h.Article
	say("title", art.Title)
	say("url", art.URL)
	say("id", art.ID.String())
	say("outlet", art.Outlet)
	if !art.Date.IsZero() {
		say("date", art.Date.Format("2006-01-02"))
	}
	say("wire", art.Wire)
	if o := h.Origin; o != nil {
		from := o.From
		if o.Line > 0 {
			from += ":" + strconv.Itoa(o.Line)
		}
		run := o.First.Run
		if h.Run != nil && h.Run.Job != "" {
			run += " of job " + h.Run.Job
		}
		say("came", fmt.Sprintf("%s by run %s, from %s", o.First.At.Format("2006-01-02 15:04"), run, from))
		if o.Last != o.First {
			say("changed", fmt.Sprintf("%s by run %s", o.Last.At.Format("2006-01-02 15:04"), o.Last.Run))
		}
		say("engine", o.Engine)
		if o.Skipped != "" {
			say("skipped", "kept without claims: "+o.Skipped)
		}
	} else {
		say("came", "nobody remembers: before origins were kept")
	}
	for _, c := range h.Copies {
		say("copy", strings.TrimSpace(c.URL+" "+c.Outlet))
	}
	say("taught", fmt.Sprintf("%s (%d with a named speaker), %s, %d of praise, %d declined to comment; names %d",
		count(h.Taught[graph.Reported], "claim"), h.Taught[graph.Said], count(h.Taught[graph.Criticized], "criticism"), h.Taught[graph.Praised],
		h.Taught[graph.Declined], h.Taught[graph.Mentioned]))
}

// missing says what is known of an article that is not in the graph.
func (c *articleShowCmd) missing(a *app, store graph.Store) error {
	j := journal.New(store)
	for d, err := range j.Dead(a.ctx) {
		if err != nil {
			return err
		}
		if d.URL == c.Article || d.From == c.Article {
			return fmt.Errorf("it did not get in: %s (saidgraph dead show %s)", why(d), d.ID)
		}
	}
	if v, ok, err := j.Visit(a.ctx, c.Article); err != nil {
		return err
	} else if ok {
		return fmt.Errorf("%s was fetched and gave no article that is in the graph: %s", c.Article, v.Data)
	}
	return fmt.Errorf("no load has met %s", c.Article)
}

type articleDeleteCmd struct {
	Articles []string `arg:"" name:"url|id" help:"The articles' addresses or ids."`
}

func (c *articleDeleteCmd) Run(a *app) error {
	return a.amend(func(ctx context.Context, store graph.Store, j *journal.Journal) error {
		for _, s := range c.Articles {
			id, err := articleID(s)
			if err != nil {
				return err
			}
			o, known, err := j.Origin(ctx, id)
			if err != nil {
				return err
			}
			err = store.Delete(ctx, id)
			if graph.CodeOf(err) == graph.NotFound {
				return fmt.Errorf("%s is not in the graph: there is nothing to delete", clean(s))
			}
			if err != nil {
				return fmt.Errorf("%s: %w", clean(s), err)
			}
			if known {
				if err := j.Put(ctx, journal.Forgotten(o)); err != nil {
					return err
				}
			}
			fmt.Fprintf(a.stderr, "deleted %s, with all it taught\n", clean(s))
		}
		return nil
	})
}
