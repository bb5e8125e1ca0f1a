package loaders

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"saidgraph/graph"
	"saidgraph/loaders/page"
	"saidgraph/loaders/quote"
	"saidgraph/loaders/resolve"
)

// Version names, on the evidence of every edge, the rules that made it: the engine's, the resolver's and those
// of [Build]. An article that was loaded under another version is read anew.
const Version = quote.Version + "." + resolve.Version + ".1"

// Build turns an article and its analysis into all that it adds to the graph. It is a pure function:
// the batch depends on nothing else.
//
// Entities without a name become no node; what they say keeps their words in Claim.By. Two
// entities of one key are one actor, and a stance between them is dropped.
func Build(p page.Article, an *quote.Analysis) graph.Batch {
	b := &builder{an: an, text: newCutter(p.Text), actors: map[graph.ID]*graph.Actor{}, edges: map[graph.ID]graph.Edge{}}
	b.article = articleOf(p)
	b.entities()
	b.published()
	b.claims()
	b.stances()
	b.affiliations()
	b.declined()
	return b.batch()
}

func articleOf(p page.Article) graph.Article {
	hash := graph.Hash(p.Text)
	return graph.Article{
		ID: graph.ArticleID(p.URL, hash), URL: p.URL, Title: p.Title, Outlet: p.Outlet, Byline: p.Byline,
		Date: p.Date, Language: p.Language, License: p.License, Wire: p.Wire, Copy: p.Copy, Text: p.Text, Hash: hash,
	}
}

// builder gathers one article's batch.
type builder struct {
	an      *quote.Analysis
	text    cutter
	article graph.Article
	actorOf []graph.ID // of each entity; the zero ID of one that becomes no node
	actors  map[graph.ID]*graph.Actor
	claimOf []graph.ID // of each claim of the analysis
	made    []graph.Claim
	edges   map[graph.ID]graph.Edge
}

func (b *builder) batch() graph.Batch {
	out := graph.Batch{Article: b.article, Claims: b.made}
	for _, id := range slices.SortedFunc(maps.Keys(b.actors), compareIDs) {
		a := *b.actors[id]
		slices.Sort(a.Aliases)
		a.Aliases = slices.DeleteFunc(slices.Compact(a.Aliases), func(s string) bool { return s == a.Name })
		out.Actors = append(out.Actors, a)
	}
	for _, id := range slices.SortedFunc(maps.Keys(b.edges), compareIDs) {
		out.Edges = append(out.Edges, b.edges[id])
	}
	return out
}

func compareIDs(a, b graph.ID) int { return slices.Compare(a[:], b[:]) }

// entities makes an actor of each named entity, and MENTIONED edges.
func (b *builder) entities() {
	b.actorOf = make([]graph.ID, len(b.an.Entities))
	for i, e := range b.an.Entities {
		label := graph.Person
		if e.Type == quote.Organization {
			label = graph.Organization
		}
		if !e.Named || resolve.Key(label, e.Name) == "" {
			continue
		}
		id := b.actor(label, e.Name, e.Aliases...)
		b.actorOf[i] = id
		if m, ok := firstNamed(e.Mentions); ok {
			ev := b.evidence([]quote.Span{m.Span}, 1)
			ev.Surface, ev.SurfaceSpan = b.surface(m.Span)
			b.edge(graph.Edge{Type: graph.Mentioned, From: b.article.ID, To: id, Evidence: ev})
		}
	}
}

// firstNamed prefers the first mention by name to a pronoun or description in front of it.
func firstNamed(ms []quote.Mention) (quote.Mention, bool) {
	for _, m := range ms {
		if m.Form == quote.Name {
			return m, true
		}
	}
	if len(ms) > 0 {
		return ms[0], true
	}
	return quote.Mention{}, false
}

// actor adds an actor, or the names to the one that has its key.
func (b *builder) actor(label graph.Label, name string, aliases ...string) graph.ID {
	id := resolve.ID(label, name)
	short := resolve.Name(label, name)
	a := b.actors[id]
	if a == nil {
		a = &graph.Actor{ID: id, Label: label, Name: short}
		b.actors[id] = a
	}
	for _, alias := range slices.Concat(aliases, []string{name, short}) {
		if alias = strings.Join(strings.Fields(alias), " "); alias != "" {
			a.Aliases = append(a.Aliases, alias)
		}
	}
	return id
}

func (b *builder) published() {
	if resolve.Key(graph.Organization, b.article.Outlet) == "" {
		return
	}
	outlet := b.actor(graph.Organization, b.article.Outlet)
	b.edge(graph.Edge{Type: graph.Published, From: outlet, To: b.article.ID, Evidence: b.evidence(nil, 1)})
}

// claims makes a node of each claim, and REPORTED, SAID and ABOUT edges.
func (b *builder) claims() {
	b.claimOf = make([]graph.ID, len(b.an.Claims))
	seen := map[graph.ID]bool{}
	for i, c := range b.an.Claims {
		ev := b.evidence(c.Parts, c.Score)
		if len(ev.Spans) == 0 {
			continue
		}
		ev.Cue, ev.CueSpans = b.cue(c.Cue)
		id := graph.ClaimID(b.article.ID, ev.Spans)
		b.claimOf[i] = id
		speakers := b.speakers(c)
		if !seen[id] {
			seen[id] = true
			claim := graph.Claim{ID: id, Article: b.article.ID, Text: ev.Quote, Kind: string(c.Kind), Spans: ev.Spans}
			if len(speakers) == 0 {
				claim.By = c.By
			}
			b.made = append(b.made, claim)
		}
		b.edge(graph.Edge{Type: graph.Reported, From: b.article.ID, To: id, Evidence: ev})
		for _, e := range speakers {
			b.edge(graph.Edge{Type: graph.Said, From: b.actorOf[e], To: id, Evidence: b.with(ev, b.speakerAt(e, c))})
		}
		for _, e := range c.About {
			if b.node(e) && !b.speaks(speakers, e) {
				b.edge(graph.Edge{Type: graph.About, From: id, To: b.actorOf[e], Evidence: b.with(ev, b.mentionIn(e, c.Parts))})
			}
		}
	}
}

func (b *builder) speakers(c quote.Claim) []int {
	var out []int
	for _, e := range c.Speakers {
		if b.node(e) {
			out = append(out, e)
		}
	}
	return out
}

// speaks says whether e is the same actor as one of the speakers.
func (b *builder) speaks(speakers []int, e int) bool {
	return slices.ContainsFunc(speakers, func(s int) bool { return b.actorOf[s] == b.actorOf[e] })
}

// speakerAt is where the text names the speaker of a claim: its mention in the source, else the source.
func (b *builder) speakerAt(e int, c quote.Claim) *quote.Span {
	if s := b.mentionIn(e, c.Source); s != nil {
		return s
	}
	if len(c.Source) > 0 {
		return &c.Source[0]
	}
	return nil
}

// mentionIn is the first mention of entity e within the spans, nil if there is none.
func (b *builder) mentionIn(e int, spans []quote.Span) *quote.Span {
	for _, m := range b.an.Entities[e].Mentions {
		for _, s := range spans {
			if m.Start >= s.Start && m.End <= s.End {
				return &m.Span
			}
		}
	}
	return nil
}

func (b *builder) stances() {
	for _, s := range b.an.Stances {
		if !b.node(s.From) || !b.node(s.To) || b.actorOf[s.From] == b.actorOf[s.To] {
			continue
		}
		e := graph.Edge{Type: graph.Criticized, From: b.actorOf[s.From], To: b.actorOf[s.To], Voice: string(s.Voice)}
		if s.Polarity == quote.Positive {
			e.Type = graph.Praised
		}
		ev := b.evidence([]quote.Span{s.Evidence}, s.Score)
		ev.Cue, ev.CueSpans = b.cue([]quote.Span{s.Cue})
		ev.Surface, ev.SurfaceSpan = b.surface(s.FromSpan)
		ev.Target, ev.TargetSpan = b.surface(s.ToSpan)
		if s.Voice == quote.Speaker && s.Claim >= 0 && s.Claim < len(b.claimOf) && b.claimOf[s.Claim] != (graph.ID{}) {
			e.Claim = &b.claimOf[s.Claim]
		}
		e.Evidence = ev
		if len(ev.Spans) > 0 {
			b.edge(e)
		}
	}
}

func (b *builder) affiliations() {
	for _, a := range b.an.Affiliations {
		if !b.node(a.Person) || !b.node(a.Organization) {
			continue
		}
		from, to := b.actorOf[a.Person], b.actorOf[a.Organization]
		if b.actors[from].Label != graph.Person || b.actors[to].Label != graph.Organization {
			continue
		}
		ev := b.evidence([]quote.Span{a.Span}, a.Score)
		ev = b.with(ev, b.mentionIn(a.Person, []quote.Span{a.Span}))
		if m := b.mentionIn(a.Organization, []quote.Span{a.Span}); m != nil {
			ev.Target, ev.TargetSpan = b.surface(*m)
		}
		if len(ev.Spans) > 0 {
			b.edge(graph.Edge{Type: graph.Affiliated, From: from, To: to, Role: strings.Join(strings.Fields(a.Role), " "), Evidence: ev})
		}
	}
}

func (b *builder) declined() {
	for _, d := range b.an.Declined {
		if !b.node(d.Entity) {
			continue
		}
		ev := b.with(b.evidence([]quote.Span{d.Span}, d.Score), b.mentionIn(d.Entity, []quote.Span{d.Span}))
		if len(ev.Spans) > 0 {
			b.edge(graph.Edge{Type: graph.Declined, From: b.actorOf[d.Entity], To: b.article.ID, Evidence: ev})
		}
	}
}

// node says whether entity e becomes a node.
func (b *builder) node(e int) bool {
	return e >= 0 && e < len(b.actorOf) && b.actorOf[e] != (graph.ID{})
}

// edge adds an edge; of two with one id the surer stays.
func (b *builder) edge(e graph.Edge) {
	e.ID = graph.EdgeID(e.Type, e.From, e.To, b.article.ID, e.Evidence.Spans, e.Role, e.Voice)
	if old, ok := b.edges[e.ID]; !ok || cmp.Less(old.Evidence.Score, e.Evidence.Score) {
		b.edges[e.ID] = e
	}
}

// evidence cuts the quote; without spans where they lie outside the text.
func (b *builder) evidence(spans []quote.Span, score float64) graph.Evidence {
	ev := graph.Evidence{Article: b.article.ID, Score: min(max(score, 0), 1), Engine: Version, Date: b.article.Date}
	ev.Quote, ev.Spans = b.text.cut(spans)
	return ev
}

func (b *builder) cue(spans []quote.Span) (string, []graph.Span) { return b.text.cut(spans) }

func (b *builder) surface(s quote.Span) (string, *graph.Span) {
	words, spans := b.text.cut([]quote.Span{s})
	if len(spans) == 0 {
		return "", nil
	}
	return words, &spans[0]
}

// with returns the evidence with the words that stand for the edge's actor, where there are any.
func (b *builder) with(ev graph.Evidence, at *quote.Span) graph.Evidence {
	if at != nil {
		ev.Surface, ev.SurfaceSpan = b.surface(*at)
	}
	return ev
}
