package queries

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"saidgraph/graph"
)

// companions finds who is quoted in the articles that quote x: joint speakers first, then by shared articles,
// by statements, and by id. It streams the statements of those articles once: a companion's place depends on all of
// them, so no page of it is cheaper.
func companions(ctx context.Context, store graph.Store, x graph.ID, f graph.Filter) ([]Companion, string, error) {
	after, err := parsePlace(f.After)
	if err != nil {
		return nil, "", err
	}
	limit := f.Limit
	f.Types, f.Speaker, f.After, f.Limit = []graph.Type{graph.Said}, []graph.ID{x}, "", 0
	cs, err := count(ctx, store, x, f)
	if err != nil {
		return nil, "", err
	}
	if after != nil {
		cs = slices.DeleteFunc(cs, func(c *quotedWith) bool { return compare(c.place(), *after) <= 0 })
	}
	next := ""
	if limit > 0 && len(cs) > limit {
		cs = cs[:limit]
		next = cs[limit-1].place().String()
	}
	rows := make([]Row, len(cs))
	for i, c := range cs {
		rows[i] = flat(c.newest)
		rows[i].Cursor = ""
	}
	if err := complete(ctx, store, rows, f.MinScore); err != nil {
		return nil, "", err
	}
	out := make([]Companion, len(cs))
	for i, c := range cs {
		out[i] = Companion{Actor: c.actor, Joint: c.joint, Articles: c.articles, Claims: c.claims, Newest: rows[i]}
	}
	return out, next, nil
}

// quotedWith is one companion while it is counted.
type quotedWith struct {
	actor    Actor
	articles int
	claims   int
	joint    int
	newest   graph.Row // a joint statement where there is one
}

func (c *quotedWith) place() place { return place{c.joint, c.articles, c.claims, c.actor.ID} }

// count streams the statements, which come article by article, and counts those beside x. An article counts
// only if x's own statement in it passes the filter as well.
func count(ctx context.Context, store graph.Store, x graph.ID, f graph.Filter) ([]*quotedWith, error) {
	found := map[graph.ID]*quotedWith{}
	var article []graph.Row
	for r, err := range store.Edges(ctx, f) {
		if err != nil {
			return nil, err
		}
		if len(article) > 0 && article[0].Article.ID != r.Article.ID {
			countArticle(found, x, article)
			article = article[:0]
		}
		article = append(article, r)
	}
	countArticle(found, x, article)
	cs := slices.Collect(maps.Values(found))
	slices.SortFunc(cs, func(a, b *quotedWith) int { return compare(a.place(), b.place()) })
	return cs, nil
}

func countArticle(found map[graph.ID]*quotedWith, x graph.ID, rows []graph.Row) {
	mine := map[graph.ID]bool{}
	for _, r := range rows {
		if r.Edge.From == x {
			mine[r.Edge.To] = true
		}
	}
	if len(mine) == 0 {
		return
	}
	here := map[graph.ID]bool{}
	for _, r := range rows {
		if r.Edge.From == x || r.From.Actor == nil {
			continue
		}
		c := found[r.Edge.From]
		if c == nil {
			c = &quotedWith{actor: brief(*r.From.Actor), newest: r}
			found[r.Edge.From] = c
		}
		c.claims++
		if !here[r.Edge.From] {
			here[r.Edge.From] = true
			c.articles++
		}
		if mine[r.Edge.To] {
			if c.joint++; c.joint == 1 {
				c.newest = r
			}
		}
	}
}

// place is where a companion stands in the order; it is the cursor, so a page goes on right even if the graph grew.
type place struct {
	joint, articles, claims int
	id                      graph.ID
}

func compare(a, b place) int {
	return cmp.Or(cmp.Compare(b.joint, a.joint), cmp.Compare(b.articles, a.articles), cmp.Compare(b.claims, a.claims),
		cmp.Compare(a.id.String(), b.id.String()))
}

func (p place) String() string {
	return fmt.Sprintf("%d.%d.%d.%s", p.joint, p.articles, p.claims, p.id)
}

// parsePlace reads a cursor; nil for none.
func parsePlace(s string) (*place, error) {
	if s == "" {
		return nil, nil
	}
	var p place
	var id string
	_, err := fmt.Sscanf(strings.ReplaceAll(s, ".", " "), "%d %d %d %s", &p.joint, &p.articles, &p.claims, &id)
	if err == nil {
		p.id, err = uuid.Parse(id)
	}
	if err != nil || p.String() != s {
		return nil, &graph.Error{Op: "queries.Ask", Code: graph.Invalid, Field: keyAfter, Err: errors.New("is no cursor of this question")}
	}
	return &p, nil
}
