package memory

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"saidgraph/graph"
)

// steps are the moves that f allows: by their two actors, in both directions.
type steps map[graph.ID]map[graph.ID][]graph.Step

func (v *view) steps(f graph.Filter) steps {
	f.After, f.Limit = "", 0
	targets := map[graph.ID][]graph.ID{} // claim → actors
	for _, e := range v.edges {
		if e.Type == graph.About && e.Evidence.Score >= f.MinScore && !slices.Contains(targets[e.From], e.To) {
			targets[e.From] = append(targets[e.From], e.To)
		}
	}
	all := steps{}
	for _, e := range v.pick(f) { // newest first: the first proof of a step is the newest
		switch e.Type {
		case graph.Said:
			for _, to := range targets[e.To] {
				all.prove(v, e, to)
			}
		case graph.Criticized, graph.Praised, graph.Affiliated:
			all.prove(v, e, e.To)
		}
	}
	return all
}

func (s steps) prove(v *view, e graph.Edge, to graph.ID) {
	if e.From == to {
		return
	}
	for _, ends := range [][2]graph.ID{{e.From, to}, {to, e.From}} {
		if s[ends[0]] == nil {
			s[ends[0]] = map[graph.ID][]graph.Step{}
		}
		list := s[ends[0]][ends[1]]
		i := slices.IndexFunc(list, func(st graph.Step) bool { return st.From == e.From && st.Type == e.Type })
		if i < 0 {
			i = len(list)
			list = append(list, graph.Step{From: e.From, To: to, Type: e.Type, Row: v.row(e)})
		}
		list[i].N++
		s[ends[0]][ends[1]] = list
	}
}

// Paths implements [graph.Store].
func (s *Store) Paths(ctx context.Context, from, to graph.ID, maxHops, limit int, f graph.Filter) ([]graph.Path, error) {
	v, err := s.look(ctx, "memory.Paths")
	if err != nil {
		return nil, err
	}
	maxHops, limit, err = graph.Bounds("max_hops", maxHops, limit)
	if err == nil {
		err = unpaged(f).Validate()
	}
	if err != nil {
		return nil, err
	}
	for _, id := range []graph.ID{from, to} {
		if _, ok := v.actors[id]; !ok {
			return nil, notFound("memory.Paths", "actor", id)
		}
	}
	if from == to {
		return nil, &graph.Error{Op: "memory.Paths", Code: graph.Invalid, Field: "to", Err: errors.New("the same actor as from")}
	}
	steps := v.steps(f)
	rings := map[graph.ID]int{to: 0} // steps to the end
	for ring, n := []graph.ID{to}, 1; n <= maxHops; n++ {
		var next []graph.ID
		for _, a := range ring {
			for b := range steps[a] {
				if _, seen := rings[b]; !seen {
					rings[b] = n
					next = append(next, b)
				}
			}
		}
		ring = next
	}
	if _, ok := rings[from]; !ok {
		return nil, nil
	}
	var paths []graph.Path
	var walk func(path []graph.ID)
	walk = func(path []graph.ID) {
		at := path[len(path)-1]
		if len(paths) == limit || at == to {
			if at == to && len(paths) < limit {
				paths = append(paths, v.path(path, steps))
			}
			return
		}
		var next []graph.ID
		for b := range steps[at] {
			if n, ok := rings[b]; ok && n == rings[at]-1 {
				next = append(next, b)
			}
		}
		slices.SortFunc(next, v.byName)
		for _, b := range next {
			walk(append(path, b))
		}
	}
	walk([]graph.ID{from})
	return paths, nil
}

func (v *view) path(ids []graph.ID, steps steps) graph.Path {
	var p graph.Path
	for i, id := range ids {
		p.Actors = append(p.Actors, *v.node(id).Actor)
		if i > 0 {
			list := steps[ids[i-1]][id]
			p.Steps = append(p.Steps, slices.MinFunc(list, func(a, b graph.Step) int { return graph.Compare(&a.Row.Edge, &b.Row.Edge) }))
		}
	}
	return p
}

func (v *view) byName(a, b graph.ID) int {
	return cmp.Or(strings.Compare(v.actors[a].Name, v.actors[b].Name), compareIDs(a, b))
}

// Neighbours implements [graph.Store].
func (s *Store) Neighbours(ctx context.Context, around graph.ID, depth, limit int, f graph.Filter) (graph.Subgraph, error) {
	var sub graph.Subgraph
	v, err := s.look(ctx, "memory.Neighbours")
	if err != nil {
		return sub, err
	}
	depth, limit, err = graph.Bounds("depth", depth, limit)
	if err == nil {
		err = unpaged(f).Validate()
	}
	if err != nil {
		return sub, err
	}
	if _, ok := v.actors[around]; !ok {
		return sub, notFound("memory.Neighbours", "actor", around)
	}
	steps := v.steps(f)
	kept := []graph.ID{around}
	ring := kept
	for range depth {
		weight := map[graph.ID]int{}
		for _, a := range ring {
			for b, list := range steps[a] {
				if !slices.Contains(kept, b) {
					for _, st := range list {
						weight[b] += st.N
					}
				}
			}
		}
		ring = nil
		for b := range weight {
			ring = append(ring, b)
		}
		slices.SortFunc(ring, func(a, b graph.ID) int { return cmp.Or(weight[b]-weight[a], v.byName(a, b)) })
		ring = ring[:min(len(ring), limit-len(kept))]
		kept = append(kept, ring...)
	}
	slices.SortFunc(kept, compareIDs)
	for _, a := range kept {
		sub.Actors = append(sub.Actors, *v.node(a).Actor)
		for _, b := range kept {
			for _, st := range steps[a][b] {
				if st.From == a {
					sub.Steps = append(sub.Steps, st)
				}
			}
		}
	}
	slices.SortFunc(sub.Steps, func(a, b graph.Step) int {
		return cmp.Or(compareIDs(a.From, b.From), compareIDs(a.To, b.To), strings.Compare(string(a.Type), string(b.Type)))
	})
	return sub, nil
}

// unpaged is f without what Paths and Neighbours ignore.
func unpaged(f graph.Filter) graph.Filter {
	f.After, f.Limit = "", 0
	return f
}
