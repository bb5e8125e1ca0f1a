package queries

import (
	"context"
	"fmt"
	"strings"

	"saidgraph/graph"
)

// Hops is the most steps of a chain that "how are X and Y connected" looks for.
const Hops = 4

// Ask answers a question. A name that no actor bears is no error: the answer says so in Unknown and suggests near
// names. A name that several bear is taken for the one in most articles; the others are in Ambiguous.
// A question made by hand that no words could ask gives a [*SyntaxError].
func Ask(ctx context.Context, store graph.Store, q Question) (*Answer, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	a := &Answer{Question: q.String(), Form: q.Form}
	k := &asker{store, q, a}
	if err := k.names(ctx); err != nil {
		return nil, err
	}
	if len(a.Unknown) > 0 {
		a.Hint = hintUnknown(a.Names)
		return a, nil
	}
	if err := k.answer(ctx); err != nil {
		return nil, err
	}
	return a, nil
}

// asker answers one question.
type asker struct {
	store graph.Store
	q     Question
	a     *Answer
}

// names resolves the names of the question into the answer.
func (k *asker) names(ctx context.Context) error {
	if k.q.Form == Connected && k.q.Y == "" {
		var err error
		if k.q.X, k.q.Y, err = split(ctx, k.store, k.q.X); err != nil {
			return err
		}
		k.a.Question = k.q.String()
	}
	var asked []string
	for _, name := range []string{k.q.X, k.q.Y} {
		if name != "" {
			asked = append(asked, name)
		}
	}
	names, err := Resolve(ctx, k.store, asked...)
	if err != nil {
		return err
	}
	k.a.Names = names
	for _, n := range names {
		if n.Actor == nil {
			k.a.Unknown = append(k.a.Unknown, n.Asked)
		}
	}
	return nil
}

func hintUnknown(names []Name) string {
	var hints []string
	for _, n := range names {
		if n.Actor != nil {
			continue
		}
		hint := fmt.Sprintf("nobody here is named %q", n.Asked)
		if len(n.Suggestions) > 0 {
			var near []string
			for _, c := range n.Suggestions {
				near = append(near, c.Name)
			}
			hint += "; near it: " + strings.Join(near, ", ")
		}
		hints = append(hints, hint)
	}
	return strings.Join(hints, "; ")
}

// x and y are the actors of the question's names, as a filter takes them; nil where the question has none.
func (k *asker) x() []graph.ID { return k.actor(0) }
func (k *asker) y() []graph.ID { return k.actor(1) }

func (k *asker) actor(i int) []graph.ID {
	if i >= len(k.a.Names) {
		return nil
	}
	return []graph.ID{k.a.Names[i].Actor.ID}
}

func (k *asker) answer(ctx context.Context) (err error) {
	switch k.q.Form {
	case QuotedWith:
		k.a.Companions, k.a.Next, err = companions(ctx, k.store, k.x()[0], k.q.Filter())
		if err == nil && len(k.a.Companions) == 0 {
			k.a.Hint = "no article that passes the filters quotes anybody else beside " + k.a.Names[0].Actor.Name
		}
		return err
	case Connected:
		return k.connected(ctx)
	case WhoIs:
		k.a.Profile, err = ProfileOf(ctx, k.store, k.x()[0], k.q.Filters)
		return err
	}
	f := k.filter(k.q.Filters)
	read := Edges
	if k.q.Form == WhoSaid {
		read = Claims
	}
	page, err := read(ctx, k.store, f)
	if err != nil {
		return err
	}
	k.a.Rows, k.a.Next = page.Rows, page.Next
	if len(page.Rows) == 0 {
		return k.whyEmpty(ctx)
	}
	return nil
}

// filter is the edges that answer a question of rows.
func (k *asker) filter(fs Filters) graph.Filter {
	f := fs.Filter()
	switch k.q.Form {
	case WhoSaid:
		f.Types, f.About = []graph.Type{graph.Reported}, k.x()
	case WhatSaid:
		f.Types, f.From, f.About = []graph.Type{graph.Said}, k.x(), k.y()
	case WhoCriticized:
		f.Types, f.To = []graph.Type{graph.Criticized}, k.x()
	case WhomCriticized:
		f.Types, f.From = []graph.Type{graph.Criticized}, k.x()
	case WhoPraised:
		f.Types, f.To = []graph.Type{graph.Praised}, k.x()
	case WhomPraised:
		f.Types, f.From = []graph.Type{graph.Praised}, k.x()
	case WhoDeclined:
		f.Types = []graph.Type{graph.Declined}
	}
	return f
}

// whyEmpty counts what the same question finds without its filters, the least score included.
func (k *asker) whyEmpty(ctx context.Context) error {
	f := k.filter(Filters{})
	f.Limit = 0
	counts, err := k.store.Tally(ctx, f, graph.ByType)
	if err != nil {
		return err
	}
	for _, c := range counts {
		k.a.Unfiltered += c.N
	}
	switch {
	case k.q.After != "":
		k.a.Hint = "nothing behind this cursor"
	case k.a.Unfiltered > 0:
		k.a.Hint = fmt.Sprintf("nothing with these filters and a score of at least %g; %d without", k.q.MinScore, k.a.Unfiltered)
	default:
		k.a.Hint = "the graph holds no such statement"
	}
	return nil
}

// connected answers "how are X and Y connected".
func (k *asker) connected(ctx context.Context) error {
	x, y := *k.a.Names[0].Actor, *k.a.Names[1].Actor
	if x.ID == y.ID {
		k.a.Hint = fmt.Sprintf("%q and %q are both %s", k.q.X, k.q.Y, x.Name)
		return nil
	}
	f := k.q.Filter()
	f.Limit = 0
	paths, err := k.store.Paths(ctx, x.ID, y.ID, Hops, k.q.limit(), f)
	if err != nil {
		return err
	}
	k.a.Paths, err = chains(ctx, k.store, paths, k.q.MinScore)
	if len(paths) == 0 {
		k.a.Hint = fmt.Sprintf("no chain of at most %d steps joins %s and %s", Hops, x.Name, y.Name)
	}
	return err
}
