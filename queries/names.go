package queries

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"saidgraph/graph"
)

const (
	maxSuggestions = 5  // near names shown for an unknown one
	maxAmbiguous   = 10 // others shown that a name may mean
	searchWindow   = 50 // hits looked through for one that bears the words
)

var actorLabels = []graph.Label{graph.Person, graph.Organization}

// Resolve finds the actor each name means: the one with this id, else who bears it as name or alias, else who bears its words
// among those of a name; of several the one in most articles, the others in Ambiguous. A name that nobody bears
// comes back without an Actor and with suggestions. One Name for each one asked, in their order.
func Resolve(ctx context.Context, store graph.Store, asked ...string) ([]Name, error) {
	if len(asked) == 0 {
		return nil, nil
	}
	named, err := store.Named(ctx, asked...)
	if err != nil {
		return nil, err
	}
	names := make([]Name, len(asked))
	for i, name := range asked {
		if names[i], err = resolveOne(ctx, store, name, named[name]); err != nil {
			return nil, err
		}
	}
	return names, nil
}

func resolveOne(ctx context.Context, store graph.Store, asked string, exact []graph.Actor) (Name, error) {
	n := Name{Asked: asked}
	if id, err := uuid.Parse(asked); err == nil {
		return byID(ctx, store, n, id)
	}
	if len(exact) == 1 {
		n.Actor, n.Match = new(brief(exact[0])), ByName
		return n, nil
	}
	words := graph.Words(asked)
	if len(words) == 0 {
		return n, nil
	}
	hits, err := search(ctx, store, graph.SearchQuery{Text: asked, Limit: searchWindow})
	if err != nil {
		return n, err
	}
	if len(exact) > 1 {
		n.choose(rank(exact, hits), ByName)
		return n, nil
	}
	bear := slices.DeleteFunc(slices.Clone(hits), func(f found) bool { return !f.bears(words) })
	n.choose(bear, ByWord)
	if rest := withoutThe(asked); n.Actor == nil && rest != asked {
		named, err := store.Named(ctx, rest)
		if err != nil {
			return n, err
		}
		n, err = resolveOne(ctx, store, rest, named[rest])
		n.Asked = asked
		return n, err
	}
	if n.Actor == nil {
		n.Suggestions, err = suggest(ctx, store, asked, words, hits)
	}
	return n, err
}

// withoutThe takes "the" off the front of a name: people write "the Treasury", the graph has "Treasury".
func withoutThe(name string) string {
	if first, rest, ok := strings.Cut(strings.TrimSpace(name), " "); ok && strings.EqualFold(first, "the") {
		return strings.TrimSpace(rest)
	}
	return name
}

func byID(ctx context.Context, store graph.Store, n Name, id graph.ID) (Name, error) {
	node, err := store.Node(ctx, id)
	if graph.CodeOf(err) == graph.NotFound || err == nil && node.Actor == nil {
		return n, nil
	}
	if err != nil {
		return n, err
	}
	n.Actor, n.Match = new(brief(*node.Actor)), ByID
	return n, nil
}

// choose takes the first of the candidates, which are best first.
func (n *Name) choose(cs []found, how Match) {
	if len(cs) == 0 {
		return
	}
	n.Actor, n.Match = new(brief(cs[0].actor)), how
	for _, c := range cs[1:min(len(cs), maxAmbiguous+1)] {
		n.Ambiguous = append(n.Ambiguous, c.candidate())
	}
}

// found is an actor of a search.
type found struct {
	actor    graph.Actor
	articles int
}

func (f found) candidate() Candidate { return Candidate{brief(f.actor), f.articles} }

// bears tells whether one name of the actor holds all the words whole: a search also takes a prefix, which would
// answer for Lindqvist a question about Li.
func (f found) bears(words []string) bool {
	for _, name := range append([]string{f.actor.Name}, f.actor.Aliases...) {
		have := graph.Words(name)
		if !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(have, w) }) {
			return true
		}
	}
	return false
}

// rank puts actors in order: most articles first, as far as the hits tell, then by name and id.
func rank(actors []graph.Actor, hits []found) []found {
	articles := map[graph.ID]int{}
	for _, h := range hits {
		articles[h.actor.ID] = h.articles
	}
	fs := make([]found, len(actors))
	for i, a := range actors {
		fs[i] = found{a, articles[a.ID]}
	}
	slices.SortStableFunc(fs, func(a, b found) int {
		return cmp.Or(cmp.Compare(b.articles, a.articles), cmp.Compare(a.actor.Name, b.actor.Name), strings.Compare(a.actor.ID.String(), b.actor.ID.String()))
	})
	return fs
}

// suggest lists near names: those the words begin, then those near all of the words, then those near one of them,
// the last word (a surname) first.
func suggest(ctx context.Context, store graph.Store, asked string, words []string, begun []found) ([]Candidate, error) {
	var out []Candidate
	add := func(fs []found) {
		for _, f := range fs {
			known := slices.ContainsFunc(out, func(c Candidate) bool { return c.ID == f.actor.ID })
			if !known && len(out) < maxSuggestions {
				out = append(out, f.candidate())
			}
		}
	}
	add(begun)
	texts := []string{asked}
	if len(words) > 1 {
		for _, w := range slices.Backward(words[max(0, len(words)-4):]) {
			if len(w) > 2 { // shorter ones are near everything
				texts = append(texts, w)
			}
		}
	}
	for _, text := range texts {
		if len(out) == maxSuggestions {
			break
		}
		hits, err := search(ctx, store, graph.SearchQuery{Text: text, Limit: maxSuggestions, Fuzzy: true})
		if err != nil {
			return nil, err
		}
		add(hits)
	}
	return out, nil
}

// search finds actors.
func search(ctx context.Context, store graph.Store, q graph.SearchQuery) ([]found, error) {
	q.Labels = actorLabels
	hits, err := store.Search(ctx, q)
	if err != nil {
		return nil, err
	}
	var fs []found
	for _, h := range hits {
		if h.Node.Actor != nil {
			fs = append(fs, found{*h.Node.Actor, h.Articles})
		}
	}
	return fs, nil
}

func brief(a graph.Actor) Actor { return Actor{ID: a.ID, Label: a.Label, Name: a.Name} }

// split finds the "and" of "A and B and C" on both sides of which there is a name that the graph knows;
// the first one where several do. Where none does, the whole is taken at its first "and", so that suggestions can be made.
func split(ctx context.Context, store graph.Store, both string) (x, y string, err error) {
	words := strings.Fields(both)
	var halves [][2]string
	var asked []string
	for i, w := range words {
		if strings.EqualFold(w, "and") && i > 0 && i < len(words)-1 {
			h := [2]string{strings.Join(words[:i], " "), strings.Join(words[i+1:], " ")}
			halves, asked = append(halves, h), append(asked, h[0], h[1])
		}
	}
	if len(halves) == 0 {
		return "", "", &SyntaxError{Field: fieldQuestion, Problem: `is where "and" and a second name are missing`, WayOut: "ask: " + Connected.pattern()}
	}
	named, err := store.Named(ctx, asked...)
	if err != nil {
		return "", "", err
	}
	for _, h := range halves {
		if len(named[h[0]]) > 0 && len(named[h[1]]) > 0 {
			return h[0], h[1], nil
		}
	}
	for _, h := range halves { // one known name is better than none
		if len(named[h[0]]) > 0 || len(named[h[1]]) > 0 {
			return h[0], h[1], nil
		}
	}
	return halves[0][0], halves[0][1], nil
}
