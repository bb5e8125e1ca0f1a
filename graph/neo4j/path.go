package neo4j

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"saidgraph/graph"
)

// stepper takes steps between actors.
type stepper struct {
	*tx
	*pick
	stance, said string // types of steps that pass, as in a pattern
}

func (t *tx) stepper(f graph.Filter) *stepper {
	p := newPick(f)
	return &stepper{t, p, p.of(graph.Criticized, graph.Praised, graph.Affiliated), p.of(graph.Said)}
}

// around returns, for the actors in the ring, who is one step away, and how many edges prove that.
func (s *stepper) around(ring []string) (map[string]map[string]int, error) {
	to := map[string]map[string]int{}
	text := s.aroundText()
	if text == "" {
		return to, nil
	}
	s.params["ring"] = ring
	err := s.each(text, s.params, func(v *values) error {
		a, b, n := v.str(), v.str(), int(v.int())
		if to[a] == nil {
			to[a] = map[string]int{}
		}
		to[a][b] += n
		return nil
	})
	return to, err
}

// aroundText is "" if nothing can pass. UNION: an edge counts once a step.
func (s *stepper) aroundText() string {
	var parts []string
	if s.stance != "" {
		parts = append(parts, "MATCH (x)-[e:"+s.stance+"]-(y) WHERE y <> x RETURN y, e")
	}
	if s.said != "" {
		parts = append(parts, "MATCH (x)-[e:"+s.said+"]->()-[ab:ABOUT]->(y) WHERE y <> x AND ab.score >= $min_score RETURN y, e",
			"MATCH (x)<-[ab:ABOUT]-()<-[e:"+s.said+"]-(y) WHERE y <> x AND ab.score >= $min_score RETURN y, e")
	}
	if len(parts) == 0 {
		return ""
	}
	return s.prefix() + "UNWIND $ring AS id MATCH (x:Actor {id: id}) CALL (x) { " + strings.Join(parts, " UNION ") + " }" + s.filtered("x", "y") +
		" RETURN x.id, y.id, count(*)"
}

// among returns the steps among the actors of a set, each with its newest proof.
func (s *stepper) among(set []string) ([]graph.Step, error) {
	text := s.amongText()
	if text == "" {
		return nil, nil
	}
	s.params["set"] = set
	var steps []graph.Step
	var keys []string
	err := s.each(text, s.params, func(v *values) error {
		steps = append(steps, graph.Step{From: v.id(), To: v.id(), N: int(v.int())})
		keys = append(keys, v.str())
		return nil
	})
	if err != nil {
		return nil, err
	}
	rows, err := s.rows(keys)
	if err != nil || len(rows) < len(steps) {
		return nil, err // the fence tells that an edge has gone meanwhile
	}
	for i := range steps {
		steps[i].Row, steps[i].Type = rows[i], rows[i].Edge.Type
	}
	slices.SortFunc(steps, func(a, b graph.Step) int {
		return cmp.Or(bytes.Compare(a.From[:], b.From[:]), bytes.Compare(a.To[:], b.To[:]), strings.Compare(string(a.Type), string(b.Type)))
	})
	return steps, nil
}

// amongText is "" if nothing can pass.
func (s *stepper) amongText() string {
	var parts []string
	if s.stance != "" {
		parts = append(parts, "MATCH (x)-[e:"+s.stance+"]->(y) WHERE y.id IN $set AND y <> x RETURN y, e")
	}
	if s.said != "" {
		parts = append(parts, "MATCH (x)-[e:"+s.said+"]->()-[ab:ABOUT]->(y) WHERE y.id IN $set AND y <> x AND ab.score >= $min_score RETURN y, e")
	}
	if len(parts) == 0 {
		return ""
	}
	return s.prefix() + "MATCH (x:Actor) WHERE x.id IN $set CALL (x) { " + strings.Join(parts, " UNION ") + " }" + s.filtered("x", "y") +
		" WITH x, y, e ORDER BY " + byEdge + " WITH x, y, type(e) AS type, collect(e)[0] AS e, count(*) AS n RETURN x.id, y.id, n, elementId(e)"
}

// load returns the actors with some ids.
func (t *tx) load(ids []string) (map[string]graph.Actor, error) {
	actors := make(map[string]graph.Actor, len(ids))
	if len(ids) == 0 {
		return actors, nil
	}
	err := t.each(`MATCH (x:Actor) WHERE x.id IN $ids RETURN `+actorOf("x"), params{"ids": ids}, func(v *values) error {
		a := v.actor()
		actors[a.ID.String()] = *a
		return nil
	})
	return actors, err
}

func byName(actors map[string]graph.Actor) func(a, b string) int {
	return func(a, b string) int {
		return cmp.Or(strings.Compare(actors[a].Name, actors[b].Name), strings.Compare(a, b))
	}
}

// Paths implements [graph.Store].
func (s *Store) Paths(ctx context.Context, from, to graph.ID, maxHops, limit int, f graph.Filter) (paths []graph.Path, err error) {
	const op = "neo4j.Paths"
	if maxHops, limit, err = graph.Bounds("max_hops", maxHops, limit); err != nil {
		return nil, err
	}
	f.After, f.Limit = "", 0
	if err := f.Validate(); err != nil {
		return nil, err
	}
	err = s.look(ctx, true, func(t *tx) (err error) {
		ends, err := t.load(texts([]graph.ID{from, to}))
		if err != nil {
			return err
		}
		for _, id := range []graph.ID{from, to} {
			if _, ok := ends[id.String()]; !ok {
				return notFound(op, "actor", id)
			}
		}
		if from == to {
			return &graph.Error{Op: op, Code: graph.Invalid, Field: "to", Err: errors.New("the same actor as from")}
		}
		paths, err = t.stepper(f).paths(from.String(), to.String(), maxHops, limit)
		return err
	})
	return paths, s.fail(ctx, op, err)
}

func (s *stepper) paths(a, b string, maxHops, limit int) ([]graph.Path, error) {
	web, err := s.meet(a, b, maxHops)
	if err != nil || web == nil {
		return nil, err
	}
	actors, err := s.load(slices.Collect(maps.Keys(web)))
	if err != nil {
		return nil, err
	}
	found := chains(web, a, b, limit, byName(actors))
	shown := map[string]bool{}
	for _, chain := range found {
		for _, id := range chain {
			shown[id] = true
		}
	}
	steps, err := s.among(slices.Sorted(maps.Keys(shown)))
	if err != nil {
		return nil, err
	}
	best := map[[2]string]graph.Step{} // by its actors, the smaller id first
	for _, st := range steps {
		pair := [2]string{st.From.String(), st.To.String()}
		slices.Sort(pair[:])
		if old, ok := best[pair]; !ok || graph.Compare(&st.Row.Edge, &old.Row.Edge) < 0 {
			best[pair] = st
		}
	}
	var paths []graph.Path
	for _, chain := range found {
		var p graph.Path
		for i, id := range chain {
			p.Actors = append(p.Actors, clone(actors[id]))
			if i > 0 {
				pair := [2]string{chain[i-1], id}
				slices.Sort(pair[:])
				p.Steps = append(p.Steps, best[pair])
			}
		}
		paths = append(paths, p)
	}
	return paths, nil
}

func clone(a graph.Actor) graph.Actor {
	a.Aliases = slices.Clone(a.Aliases)
	return a
}

// side is one half of a search from both ends: how far each actor is, and the ring that was reached last.
type side struct {
	far  map[string]int
	ring []string
	back map[string][]string // to the actors one step nearer
	hops int
}

func newSide(a string) *side {
	return &side{far: map[string]int{a: 0}, ring: []string{a}, back: map[string][]string{}}
}

func (d *side) grow(s *stepper) error {
	to, err := s.around(d.ring)
	if err != nil {
		return err
	}
	d.hops++
	var next []string
	for _, a := range d.ring {
		for b := range to[a] {
			far, seen := d.far[b]
			if !seen {
				d.far[b], far = d.hops, d.hops
				next = append(next, b)
			}
			if far == d.hops {
				d.back[b] = append(d.back[b], a)
			}
		}
	}
	d.ring = next
	return nil
}

// meet looks from both ends, the smaller ring first, one round trip a ring, until they meet. It returns the actors on shortest chains,
// with those that come next on the way to b; nil if there is no chain.
func (s *stepper) meet(a, b string, maxHops int) (map[string][]string, error) {
	near, far := newSide(a), newSide(b)
	for near.hops+far.hops < maxHops {
		grow, other := near, far
		if len(far.ring) < len(near.ring) {
			grow, other = far, near
		}
		if len(grow.ring) == 0 {
			return nil, nil
		}
		if err := grow.grow(s); err != nil {
			return nil, err
		}
		var met []string
		for _, x := range grow.ring {
			if d, ok := other.far[x]; ok && d == other.hops {
				met = append(met, x)
			}
		}
		if len(met) > 0 {
			return web(near, far, met), nil
		}
	}
	return nil, nil
}

// web links the actors of the shortest chains that lead through those where the two sides met; every actor is a key.
func web(near, far *side, met []string) map[string][]string {
	next := map[string][]string{}
	link := func(a, b string) {
		next[b] = append(next[b], []string{}...)
		if !slices.Contains(next[a], b) {
			next[a] = append(next[a], b)
		}
	}
	follow := func(d *side, link func(x, y string)) {
		done := map[string]bool{}
		for todo := slices.Clone(met); len(todo) > 0; {
			x := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			if done[x] {
				continue
			}
			done[x] = true
			for _, y := range d.back[x] {
				link(x, y)
				todo = append(todo, y)
			}
		}
	}
	follow(near, func(x, y string) { link(y, x) })
	follow(far, link)
	return next
}

// chains lists up to limit chains through the web, by name. Every way leads to b, so none is walked in vain.
func chains(web map[string][]string, a, b string, limit int, compare func(a, b string) int) [][]string {
	var found [][]string
	var walk func(chain []string)
	walk = func(chain []string) {
		at := chain[len(chain)-1]
		if at == b {
			found = append(found, slices.Clone(chain))
			return
		}
		for _, next := range slices.SortedFunc(slices.Values(web[at]), compare) {
			if len(found) == limit {
				return
			}
			walk(append(chain, next))
		}
	}
	walk([]string{a})
	return found
}

// Neighbours implements [graph.Store].
func (s *Store) Neighbours(ctx context.Context, around graph.ID, depth, limit int, f graph.Filter) (sub graph.Subgraph, err error) {
	const op = "neo4j.Neighbours"
	if depth, limit, err = graph.Bounds("depth", depth, limit); err != nil {
		return sub, err
	}
	f.After, f.Limit = "", 0
	if err := f.Validate(); err != nil {
		return sub, err
	}
	err = s.look(ctx, true, func(t *tx) (err error) {
		middle, err := t.load(texts([]graph.ID{around}))
		if err != nil {
			return err
		}
		if len(middle) == 0 {
			return notFound(op, "actor", around)
		}
		sub, err = t.stepper(f).neighbours(around.String(), middle, depth, limit)
		return err
	})
	return sub, s.fail(ctx, op, err)
}

func (s *stepper) neighbours(middle string, actors map[string]graph.Actor, depth, limit int) (sub graph.Subgraph, err error) {
	kept, ring := []string{middle}, []string{middle}
	for hop := 0; hop < depth && len(ring) > 0 && len(kept) < limit; hop++ {
		to, err := s.around(ring)
		if err != nil {
			return sub, err
		}
		weight := map[string]int{}
		for _, list := range to {
			for b, n := range list {
				weight[b] += n
			}
		}
		for _, id := range kept {
			delete(weight, id)
		}
		if ring, err = s.heaviest(weight, limit-len(kept), actors); err != nil {
			return sub, err
		}
		kept = append(kept, ring...)
	}
	for _, id := range slices.Sorted(slices.Values(kept)) {
		sub.Actors = append(sub.Actors, actors[id])
	}
	sub.Steps, err = s.among(kept)
	return sub, err
}

// heaviest are the n actors with the most weight, then by name, then by id; it adds them to actors. Only those that weigh enough to be
// among them are loaded.
func (s *stepper) heaviest(weight map[string]int, n int, actors map[string]graph.Actor) ([]string, error) {
	ring := slices.SortedFunc(maps.Keys(weight), func(a, b string) int { return weight[b] - weight[a] })
	if len(ring) > n {
		least := weight[ring[n-1]]
		ring = slices.DeleteFunc(ring, func(id string) bool { return weight[id] < least })
	}
	loaded, err := s.load(ring)
	if err != nil {
		return nil, err
	}
	compare := byName(loaded)
	slices.SortFunc(ring, func(a, b string) int { return cmp.Or(weight[b]-weight[a], compare(a, b)) })
	ring = ring[:min(len(ring), n)]
	for _, id := range ring {
		actors[id] = loaded[id]
	}
	return ring, nil
}
