package queries

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"saidgraph/graph"
)

// ProfileOf composes what the graph knows of an actor: each list with its total and its newest rows, at most
// the filters' limit. Go on in a list by asking its question with after: its Next. A filter that a list does not
// know (voice of a claim, kind of an affiliation) is not applied to it. NotFound if id is no actor.
func ProfileOf(ctx context.Context, store graph.Store, id graph.ID, fs Filters) (*Profile, error) {
	node, err := store.Node(ctx, id)
	if err != nil {
		return nil, err
	}
	if node.Actor == nil {
		return nil, &graph.Error{Op: "queries.ProfileOf", Code: graph.NotFound, Field: "id"}
	}
	fs.After = ""
	p := &Profile{Actor: *node.Actor}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(askedAtOnce)
	if graph.Explaining(ctx) != nil {
		group.SetLimit(1) // told in one order
	}
	group.Go(func() (err error) {
		p.Articles, err = articles(ctx, store, id)
		return err
	})
	for _, part := range p.parts(id, fs) {
		group.Go(func() error { return part.fill(ctx, store) })
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return p, nil
}

// askedAtOnce is how many of a profile's lists are read at the same time.
const askedAtOnce = 4

// part is one list of a profile and the edges it is read from.
type part struct {
	list *List
	read func(context.Context, graph.Store, graph.Filter) (*Page, error)
	f    graph.Filter
}

func (p *Profile) parts(id graph.ID, fs Filters) []part {
	f := fs.Filter()
	f.Voice = ""
	claims, stances, facts := f, f, f
	stances.Voice = fs.Voice
	facts.Kinds = nil
	me := []graph.ID{id}
	from := func(f graph.Filter, t graph.Type) graph.Filter { f.Types, f.From = []graph.Type{t}, me; return f }
	to := func(f graph.Filter, t graph.Type) graph.Filter { f.Types, f.To = []graph.Type{t}, me; return f }
	about := claims
	about.Types, about.About = []graph.Type{graph.Reported}, me
	affiliations := from(facts, graph.Affiliated)
	if p.Actor.Label == graph.Organization {
		affiliations = to(facts, graph.Affiliated)
	}
	return []part{
		{&p.Said, Edges, from(claims, graph.Said)},
		{&p.SaidAbout, Claims, about},
		{&p.Criticized, Edges, from(stances, graph.Criticized)},
		{&p.CriticizedBy, Edges, to(stances, graph.Criticized)},
		{&p.Praised, Edges, from(stances, graph.Praised)},
		{&p.PraisedBy, Edges, to(stances, graph.Praised)},
		{&p.Affiliations, Edges, affiliations},
		{&p.Declined, Edges, from(facts, graph.Declined)},
	}
}

// fill reads the page, and counts only where the page does not hold everything.
func (t part) fill(ctx context.Context, store graph.Store) error {
	page, err := t.read(ctx, store, t.f)
	if err != nil {
		return err
	}
	t.list.Page, t.list.Total = *page, len(page.Rows)
	if page.Next == "" {
		return nil
	}
	t.list.Total, err = total(ctx, store, t.f)
	return err
}

// total counts the edges that a filter lets through: of a list of claims their ABOUT edges.
func total(ctx context.Context, store graph.Store, f graph.Filter) (n int, err error) {
	f.After, f.Limit = "", 0
	if slices.Contains(f.Types, graph.Reported) {
		f.Types, f.To, f.About = []graph.Type{graph.About}, f.About, nil
	}
	counts, err := store.Tally(ctx, f, graph.ByType)
	for _, c := range counts {
		n += c.N
	}
	return n, err
}

// articles counts the articles that know an actor.
func articles(ctx context.Context, store graph.Store, id graph.ID) (int, error) {
	counts, err := store.Tally(ctx, graph.Filter{Touching: []graph.ID{id}}, graph.ByArticle)
	return len(counts), err
}
