// Package memory is the plain reference store: the oracle of the suite, the tests' double, and `memory:`.
//
// It keeps the batches as they came and reads by looking at everything. Where another store
// answers differently, this one is right.
package memory

import (
	"context"
	"errors"
	"iter"
	"maps"
	"slices"
	"sync"

	"saidgraph/graph"
)

// Store implements [graph.Store].
type Store struct {
	mu      sync.Mutex
	batches map[graph.ID]graph.Batch
	records map[[2]string]graph.Record // by bucket and key
	view    *view                      // of batches; nil: to be made by the next read
	closed  bool
}

// New returns an empty store.
func New() *Store {
	return &Store{batches: map[graph.ID]graph.Batch{}, records: map[[2]string]graph.Record{}}
}

// Apply implements [graph.Store].
func (s *Store) Apply(ctx context.Context, batches ...graph.Batch) error {
	copies := make([]graph.Batch, len(batches))
	for i, b := range batches {
		if err := ctx.Err(); err != nil {
			return failed("memory.Apply", err)
		}
		if err := b.Validate(); err != nil {
			return err
		}
		copies[i] = clone(b)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return closed("memory.Apply")
	}
	for _, b := range copies {
		s.batches[b.Article.ID] = b
	}
	s.view = nil
	return nil
}

// Delete implements [graph.Store].
func (s *Store) Delete(ctx context.Context, article graph.ID) error {
	if err := ctx.Err(); err != nil {
		return failed("memory.Delete", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return closed("memory.Delete")
	}
	if _, ok := s.batches[article]; !ok {
		return notFound("memory.Delete", "article", article)
	}
	delete(s.batches, article)
	s.view = nil
	return nil
}

// Close implements [graph.Store].
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed, s.batches, s.records, s.view = true, nil, nil, nil
	return nil
}

// Stats implements [graph.Store].
func (s *Store) Stats(ctx context.Context) (graph.Stats, error) {
	st := graph.Stats{Nodes: map[graph.Label]int{}, Edges: map[graph.Type]int{}}
	v, err := s.look(ctx, "memory.Stats")
	if err != nil {
		return st, err
	}
	for _, a := range v.actors {
		st.Nodes[a.Label]++
	}
	if len(v.claims) > 0 {
		st.Nodes[graph.ClaimNode] = len(v.claims)
	}
	if len(v.articles) > 0 {
		st.Nodes[graph.ArticleNode] = len(v.articles)
	}
	for _, e := range v.edges {
		st.Edges[e.Type]++
	}
	return st, nil
}

// Node implements [graph.Store].
func (s *Store) Node(ctx context.Context, id graph.ID) (graph.Node, error) {
	v, err := s.look(ctx, "memory.Node")
	if err != nil {
		return graph.Node{}, err
	}
	n := v.node(id)
	if n.Article != nil {
		a := v.articles[id]
		n.Article = &a
	}
	if n == (graph.Node{}) {
		return n, notFound("memory.Node", "node", id)
	}
	return n, nil
}

// Named implements [graph.Store].
func (s *Store) Named(ctx context.Context, names ...string) (map[string][]graph.Actor, error) {
	v, err := s.look(ctx, "memory.Named")
	if err != nil {
		return nil, err
	}
	found := map[string][]graph.Actor{}
	for _, name := range names {
		fold := graph.Fold(name)
		if _, done := found[name]; done || fold == "" {
			continue
		}
		for _, id := range v.actorIDs() {
			a := v.actors[id]
			if slices.ContainsFunc(append([]string{a.Name}, a.Aliases...), func(s string) bool { return graph.Fold(s) == fold }) {
				found[name] = append(found[name], *v.node(id).Actor)
			}
		}
	}
	return found, nil
}

// Edges implements [graph.Store].
func (s *Store) Edges(ctx context.Context, f graph.Filter) iter.Seq2[graph.Row, error] {
	return func(yield func(graph.Row, error) bool) {
		v, err := s.look(ctx, "memory.Edges")
		if err == nil {
			err = f.Validate()
		}
		var after graph.Place
		if err == nil && f.After != "" {
			after, err = graph.ParsePlace(f.After)
		}
		if err != nil {
			yield(graph.Row{}, err)
			return
		}
		n := 0
		for _, e := range v.pick(f) {
			if f.After != "" && graph.PlaceOf(&e).Compare(after) <= 0 {
				continue
			}
			if err := ctx.Err(); err != nil {
				yield(graph.Row{}, failed("memory.Edges", err))
				return
			}
			if n++; !yield(v.row(e), nil) || n == f.Limit {
				return
			}
		}
	}
}

// Batches implements [graph.Store].
func (s *Store) Batches(ctx context.Context) iter.Seq2[graph.Batch, error] {
	return func(yield func(graph.Batch, error) bool) {
		if _, err := s.look(ctx, "memory.Batches"); err != nil {
			yield(graph.Batch{}, err)
			return
		}
		s.mu.Lock()
		batches := maps.Clone(s.batches)
		s.mu.Unlock()
		for _, id := range slices.SortedFunc(maps.Keys(batches), compareIDs) {
			if err := ctx.Err(); err != nil {
				yield(graph.Batch{}, failed("memory.Batches", err))
				return
			}
			if !yield(clone(batches[id].Normal()), nil) {
				return
			}
		}
	}
}

// look returns the graph as it stands now; nobody changes a view.
func (s *Store) look(ctx context.Context, op string) (*view, error) {
	if err := ctx.Err(); err != nil {
		return nil, failed(op, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, closed(op)
	}
	if s.view == nil {
		s.view = newView(s.batches)
	}
	return s.view, nil
}

func closed(op string) error {
	return &graph.Error{Op: op, Code: graph.Unavailable, Err: errors.New("the store is closed")}
}

func failed(op string, err error) error {
	return &graph.Error{Op: op, Code: graph.Unavailable, Err: err}
}

func notFound(op, what string, id graph.ID) error {
	return &graph.Error{Op: op, Code: graph.NotFound, Err: errors.New("no " + what + " " + id.String())}
}
