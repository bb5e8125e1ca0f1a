package memory

import (
	"bytes"
	"maps"
	"slices"
	"time"

	"saidgraph/graph"
)

// view is the graph that some batches make.
type view struct {
	articles map[graph.ID]graph.Article
	claims   map[graph.ID]graph.Claim
	actors   map[graph.ID]graph.Actor
	known    map[graph.ID]int         // articles that know the actor
	first    map[string]graph.Article // of the articles with this Copy
	edges    []graph.Edge             // in the order of graph.Compare
}

func newView(batches map[graph.ID]graph.Batch) *view {
	v := &view{
		articles: map[graph.ID]graph.Article{}, claims: map[graph.ID]graph.Claim{},
		actors: map[graph.ID]graph.Actor{}, known: map[graph.ID]int{}, first: map[string]graph.Article{},
	}
	for _, id := range slices.SortedFunc(maps.Keys(batches), compareIDs) { // the smallest id names an actor
		b := batches[id]
		v.articles[id] = b.Article
		if one, ok := v.first[b.Article.Copy]; !ok || earlier(b.Article, one) {
			v.first[b.Article.Copy] = b.Article
		}
		touched := map[graph.ID]bool{}
		for _, e := range b.Edges {
			v.edges = append(v.edges, e)
			touched[e.From], touched[e.To] = true, true
		}
		for _, c := range b.Claims {
			v.claims[c.ID] = c
		}
		for _, a := range b.Actors {
			if touched[a.ID] {
				v.add(a)
			}
		}
	}
	slices.SortFunc(v.edges, func(a, b graph.Edge) int { return graph.Compare(&a, &b) })
	return v
}

// earlier orders copies: by date, one without a date last; ids come in order.
func earlier(a, b graph.Article) bool {
	return !a.Date.IsZero() && (b.Date.IsZero() || a.Date.Before(b.Date))
}

func (v *view) add(a graph.Actor) {
	all, ok := v.actors[a.ID]
	if !ok {
		all = graph.Actor{ID: a.ID, Label: a.Label, Name: a.Name}
	}
	names := append(slices.Clone(a.Aliases), a.Name)
	names = append(names, all.Aliases...)
	slices.Sort(names)
	all.Aliases = slices.DeleteFunc(slices.Compact(names), func(s string) bool { return s == all.Name })
	if len(all.Aliases) == 0 {
		all.Aliases = nil
	}
	v.actors[a.ID] = all
	v.known[a.ID]++
}

func (v *view) actorIDs() []graph.ID { return slices.SortedFunc(maps.Keys(v.actors), compareIDs) }

// node is a copy that the caller may change, an article without its text.
func (v *view) node(id graph.ID) graph.Node {
	if a, ok := v.actors[id]; ok {
		a.Aliases = slices.Clone(a.Aliases)
		return graph.Node{Actor: &a}
	}
	if c, ok := v.claims[id]; ok {
		c.Spans = slices.Clone(c.Spans)
		return graph.Node{Claim: &c}
	}
	if a, ok := v.articles[id]; ok {
		a.Text = ""
		return graph.Node{Article: &a}
	}
	return graph.Node{}
}

func (v *view) row(e graph.Edge) graph.Row {
	r := graph.Row{Edge: cloneEdge(e), From: v.node(e.From), To: v.node(e.To), Article: v.articles[e.Evidence.Article]}
	r.Article.Text = ""
	r.Cursor = graph.PlaceOf(&e).Cursor()
	return r
}

// claimOf is the claim that an edge starts from or leads to, or in which a stance is taken.
func (v *view) claimOf(e graph.Edge) (graph.Claim, bool) {
	switch {
	case e.Type == graph.About:
		return v.claims[e.From], true
	case e.Type == graph.Said || e.Type == graph.Reported:
		return v.claims[e.To], true
	case e.Claim != nil:
		return v.claims[*e.Claim], true
	}
	return graph.Claim{}, false
}

// pick returns the edges that f lets through, in order; After and Limit are the caller's.
func (v *view) pick(f graph.Filter) []graph.Edge {
	about := map[graph.ID]bool{} // claims about one of f.About
	speaks := map[graph.ID]map[graph.ID]bool{}
	for _, e := range v.edges {
		switch {
		case e.Type == graph.About && slices.Contains(f.About, e.To) && e.Evidence.Score >= f.MinScore:
			about[e.From] = true
		case e.Type == graph.Said && slices.Contains(f.Speaker, e.From):
			if speaks[e.Evidence.Article] == nil {
				speaks[e.Evidence.Article] = map[graph.ID]bool{}
			}
			speaks[e.Evidence.Article][e.From] = true
		}
	}
	var picked []graph.Edge
	for _, e := range v.edges {
		ok := in(f.Types, e.Type) && in(f.From, e.From) && in(f.To, e.To) &&
			(in(f.Touching, e.From) || in(f.Touching, e.To)) &&
			in(f.Articles, e.Evidence.Article) &&
			(len(f.About) == 0 || (e.Type == graph.Said || e.Type == graph.Reported) && about[e.To]) &&
			(f.Voice == "" || f.Voice == e.Voice) && e.Evidence.Score >= f.MinScore &&
			within(e.Evidence.Date, f.Since, f.Until) && v.labelled(e, f) && (!f.Once || v.original(e.Evidence.Article))
		for _, id := range f.Speaker {
			ok = ok && speaks[e.Evidence.Article][id]
		}
		if ok && len(f.Kinds) > 0 {
			c, has := v.claimOf(e)
			ok = has && in(f.Kinds, c.Kind)
		}
		if ok && len(f.Outlets) > 0 {
			outlet := graph.Fold(v.articles[e.Evidence.Article].Outlet)
			ok = slices.ContainsFunc(f.Outlets, func(o string) bool { return graph.Fold(o) == outlet })
		}
		if ok {
			picked = append(picked, e)
		}
	}
	return picked
}

// original says that no copy of the article came before it.
func (v *view) original(article graph.ID) bool {
	a := v.articles[article]
	return a.Copy == "" || v.first[a.Copy].ID == article
}

func (v *view) labelled(e graph.Edge, f graph.Filter) bool {
	return (f.FromLabel == "" || v.node(e.From).Label() == f.FromLabel) && (f.ToLabel == "" || v.node(e.To).Label() == f.ToLabel)
}

// in: an empty set does not restrict.
func in[T comparable](set []T, x T) bool { return len(set) == 0 || slices.Contains(set, x) }

func within(date, since, until time.Time) bool {
	if since.IsZero() && until.IsZero() {
		return true
	}
	return !date.IsZero() && !date.Before(since) && (until.IsZero() || date.Before(until))
}

func compareIDs(a, b graph.ID) int { return bytes.Compare(a[:], b[:]) }

func clone(b graph.Batch) graph.Batch {
	b.Article.Date = b.Article.Date.UTC()
	b.Actors, b.Claims, b.Edges = slices.Clone(b.Actors), slices.Clone(b.Claims), slices.Clone(b.Edges)
	for i := range b.Actors {
		b.Actors[i].Aliases = slices.Clone(b.Actors[i].Aliases)
	}
	for i := range b.Claims {
		b.Claims[i].Spans = slices.Clone(b.Claims[i].Spans)
	}
	for i := range b.Edges {
		b.Edges[i] = cloneEdge(b.Edges[i])
	}
	return b
}

func cloneEdge(e graph.Edge) graph.Edge {
	e.Claim = clonePointer(e.Claim)
	ev := &e.Evidence
	ev.Date = ev.Date.UTC()
	ev.Spans, ev.CueSpans = cloneSpans(ev.Spans), cloneSpans(ev.CueSpans)
	ev.SurfaceSpan, ev.TargetSpan = clonePointer(ev.SurfaceSpan), clonePointer(ev.TargetSpan)
	return e
}

// cloneSpans makes no difference between none and nil, as no other store does.
func cloneSpans(s []graph.Span) []graph.Span {
	if len(s) == 0 {
		return nil
	}
	return slices.Clone(s)
}

func clonePointer[T any](p *T) *T {
	if p == nil {
		return nil
	}
	c := *p
	return &c
}
