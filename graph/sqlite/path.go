package sqlite

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"saidgraph/graph"
)

// stepper takes steps between actors, by their rows.
type stepper struct {
	*look
	w        where
	minScore float64
}

func (l *look) stepper(f graph.Filter) (*stepper, error) {
	f.After, f.Limit = "", 0
	if err := f.Validate(); err != nil {
		return nil, err
	}
	w, _, err := l.compile(f)
	return &stepper{l, w, f.MinScore}, err
}

// moves selects (a, b, type, article, n, age): the steps from a to b with one end in set, or both in it. UNION, so that
// an edge counts once a step. Each branch starts at the index of the end that is in the set.
func (s *stepper) moves(set []int64, both bool) (string, []any) {
	b, _ := json.Marshal(set)
	in := " IN (SELECT value FROM json_each(?))"
	var parts []string
	var args []any
	add := func(from, ends string, fixed ...any) {
		parts = append(parts, from+ends+" AND "+s.w.String())
		args = append(append(args, fixed...), s.w.args...)
	}
	const columns = ", e.type, e.article, e.n, e.age FROM "
	stance := "SELECT e.from_actor AS a, e.to_actor AS b" + columns + "edge e WHERE e.type IN (" + typesSteps + ") AND e.from_actor <> e.to_actor AND "
	outward := "SELECT e.from_actor, t.to_actor" + columns + "edge e CROSS JOIN edge t WHERE e.type = 1 AND t.type = 2 AND t.claim = e.claim AND t.score >= ? AND e.from_actor <> t.to_actor AND "
	inward := "SELECT e.from_actor, t.to_actor" + columns + "edge t CROSS JOIN edge e WHERE e.type = 1 AND t.type = 2 AND t.claim = e.claim AND t.score >= ? AND e.from_actor <> t.to_actor AND "
	if both {
		add(stance, "e.from_actor"+in+" AND e.to_actor"+in, string(b), string(b))
		add(outward, "e.from_actor"+in+" AND t.to_actor"+in, s.minScore, string(b), string(b))
	} else {
		add(stance, "e.from_actor"+in, string(b))
		add(stance, "e.to_actor"+in, string(b))
		add(outward, "e.from_actor"+in, s.minScore, string(b))
		add(inward, "t.to_actor"+in, s.minScore, string(b))
	}
	return strings.Join(parts, " UNION "), args
}

// around returns, for the actors in the ring, who is one step away, and how many edges prove that.
func (s *stepper) around(ring []int64) (map[int64]map[int64]int, error) {
	moves, args := s.moves(ring, false)
	to := map[int64]map[int64]int{}
	inRing := make(map[int64]bool, len(ring))
	for _, a := range ring {
		inRing[a] = true
	}
	err := s.each(`SELECT a, b, count(*) FROM (`+moves+`) GROUP BY a, b`, args, func(r *sql.Rows) error {
		var a, b int64
		var n int
		if err := r.Scan(&a, &b, &n); err != nil {
			return err
		}
		for _, ends := range [][2]int64{{a, b}, {b, a}} {
			if inRing[ends[0]] {
				if to[ends[0]] == nil {
					to[ends[0]] = map[int64]int{}
				}
				to[ends[0]][ends[1]] += n
			}
		}
		return nil
	})
	return to, err
}

// among returns the steps among the actors of a set, each with its newest proof.
func (s *stepper) among(set []int64) ([]graph.Step, error) {
	moves, args := s.moves(set, true)
	var steps []graph.Step
	query := `SELECT ` + rowColumns + `, k.total, x.uid, y.uid FROM (SELECT a, b, article, n, total FROM
			(SELECT *, count(*) OVER w AS total, row_number() OVER (w ORDER BY age, article, n) AS place FROM (` + moves + `) WINDOW w AS (PARTITION BY a, b, type))
			WHERE place = 1) k
		CROSS JOIN edge e ON e.article = k.article AND e.n = k.n JOIN actor x ON x.id = k.a JOIN actor y ON y.id = k.b ` + rowJoins
	err := s.each(query, args, func(r *sql.Rows) error {
		var n int
		var from, to []byte
		row, err := scanRow(r, &n, &from, &to)
		if err != nil {
			return err
		}
		st := graph.Step{Type: row.Edge.Type, Row: row, N: n}
		copy(st.From[:], from)
		copy(st.To[:], to)
		steps = append(steps, st)
		return nil
	})
	slices.SortFunc(steps, func(a, b graph.Step) int {
		return cmp.Or(bytes.Compare(a.From[:], b.From[:]), bytes.Compare(a.To[:], b.To[:]), strings.Compare(string(a.Type), string(b.Type)))
	})
	return steps, err
}

// load returns the actors of some rows.
func (l *look) load(ids []int64) (map[int64]graph.Actor, error) {
	b, _ := json.Marshal(ids)
	actors := make(map[int64]graph.Actor, len(ids))
	err := l.each(`SELECT uid, label, name, aliases, id FROM actor WHERE id IN (SELECT value FROM json_each(?))`, []any{string(b)}, func(r *sql.Rows) error {
		var id int64
		a, err := scanActor(r, &id)
		if err == nil {
			actors[id] = *a
		}
		return err
	})
	return actors, err
}

func byName(actors map[int64]graph.Actor) func(a, b int64) int {
	return func(a, b int64) int {
		x, y := actors[a], actors[b]
		return cmp.Or(strings.Compare(x.Name, y.Name), bytes.Compare(x.ID[:], y.ID[:]))
	}
}

// actor is the row of an actor; NotFound if there is none.
func (l *look) actor(op string, id graph.ID) (int64, error) {
	p, err := l.places([]graph.ID{id})
	if err != nil {
		return 0, err
	}
	if len(p.actors) == 0 {
		return 0, notFound(op, "actor", id)
	}
	return p.actors[0], nil
}

// Paths implements [graph.Store].
func (s *Store) Paths(ctx context.Context, from, to graph.ID, maxHops, limit int, f graph.Filter) ([]graph.Path, error) {
	l, err := s.begin(ctx)
	if err != nil {
		return nil, s.fail("sqlite.Paths", err)
	}
	defer l.end()
	paths, err := l.paths(from, to, maxHops, limit, f)
	return paths, s.fail("sqlite.Paths", err)
}

func (l *look) paths(from, to graph.ID, maxHops, limit int, f graph.Filter) ([]graph.Path, error) {
	maxHops, limit, err := graph.Bounds("max_hops", maxHops, limit)
	if err != nil {
		return nil, err
	}
	s, err := l.stepper(f)
	if err != nil {
		return nil, err
	}
	a, err := l.actor("sqlite.Paths", from)
	if err != nil {
		return nil, err
	}
	b, err := l.actor("sqlite.Paths", to)
	if err != nil {
		return nil, err
	}
	if a == b {
		return nil, &graph.Error{Op: "sqlite.Paths", Code: graph.Invalid, Field: "to", Err: errors.New("the same actor as from")}
	}
	web, err := s.search2(a, b, maxHops)
	if err != nil || web == nil {
		return nil, err
	}
	actors, err := l.load(slices.Collect(maps.Keys(web)))
	if err != nil {
		return nil, err
	}
	var paths []graph.Path
	best := map[[2]int64]graph.Step{}
	for _, chain := range chains(web, a, b, limit, byName(actors)) {
		var p graph.Path
		for i, id := range chain {
			p.Actors = append(p.Actors, actors[id])
			if i == 0 {
				continue
			}
			st, err := s.best(best, chain[i-1], id)
			if err != nil {
				return nil, err
			}
			p.Steps = append(p.Steps, st)
		}
		paths = append(paths, p)
	}
	return paths, nil
}

// best is the step with the newest proof between two actors.
func (s *stepper) best(known map[[2]int64]graph.Step, a, b int64) (graph.Step, error) {
	key := [2]int64{min(a, b), max(a, b)}
	if st, ok := known[key]; ok {
		return st, nil
	}
	steps, err := s.among([]int64{a, b})
	if err != nil || len(steps) == 0 {
		return graph.Step{}, cmp.Or(err, errors.New("a step vanished"))
	}
	known[key] = slices.MinFunc(steps, func(a, b graph.Step) int { return graph.Compare(&a.Row.Edge, &b.Row.Edge) })
	return known[key], nil
}

// side is one half of a search from both ends: how far each actor is, and the ring that was reached last.
type side struct {
	far  map[int64]int
	ring []int64
	back map[int64][]int64 // to the actors one step nearer
	hops int
}

func newSide(a int64) *side {
	return &side{far: map[int64]int{a: 0}, ring: []int64{a}, back: map[int64][]int64{}}
}

func (d *side) grow(s *stepper) error {
	to, err := s.around(d.ring)
	if err != nil {
		return err
	}
	d.hops++
	var next []int64
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

// search2 looks from both ends, the smaller ring first, until they meet. It returns the actors on shortest chains, with those
// that come next on the way to b; nil if there is no chain.
func (s *stepper) search2(a, b int64, maxHops int) (map[int64][]int64, error) {
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
		var met []int64
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

func web(near, far *side, met []int64) map[int64][]int64 {
	next := map[int64][]int64{}
	link := func(a, b int64) {
		if !slices.Contains(next[a], b) {
			next[a] = append(next[a], b)
		}
	}
	follow := func(d *side, link func(x, y int64)) {
		done := map[int64]bool{}
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
	follow(near, func(x, y int64) { link(y, x) })
	follow(far, link)
	known := func(x int64) { // an end has no next, but is an actor too
		if _, ok := next[x]; !ok {
			next[x] = nil
		}
	}
	for _, x := range met {
		known(x)
	}
	for _, list := range maps.Collect(maps.All(next)) {
		for _, b := range list {
			known(b)
		}
	}
	return next
}

// chains lists up to limit chains through the web, by name. Every way leads to b, so none is walked in vain.
func chains(web map[int64][]int64, a, b int64, limit int, compare func(a, b int64) int) [][]int64 {
	var found [][]int64
	var walk func(chain []int64)
	walk = func(chain []int64) {
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
	walk([]int64{a})
	return found
}

// Neighbours implements [graph.Store].
func (s *Store) Neighbours(ctx context.Context, around graph.ID, depth, limit int, f graph.Filter) (graph.Subgraph, error) {
	l, err := s.begin(ctx)
	if err != nil {
		return graph.Subgraph{}, s.fail("sqlite.Neighbours", err)
	}
	defer l.end()
	sub, err := l.neighbours(around, depth, limit, f)
	return sub, s.fail("sqlite.Neighbours", err)
}

func (l *look) neighbours(around graph.ID, depth, limit int, f graph.Filter) (sub graph.Subgraph, err error) {
	if depth, limit, err = graph.Bounds("depth", depth, limit); err != nil {
		return sub, err
	}
	s, err := l.stepper(f)
	if err != nil {
		return sub, err
	}
	middle, err := l.actor("sqlite.Neighbours", around)
	if err != nil {
		return sub, err
	}
	kept, ring := []int64{middle}, []int64{middle}
	for hop := 0; hop < depth && len(ring) > 0 && len(kept) < limit; hop++ {
		to, err := s.around(ring)
		if err != nil {
			return sub, err
		}
		weight := map[int64]int{}
		for _, list := range to {
			for b, n := range list {
				weight[b] += n
			}
		}
		for _, id := range kept {
			delete(weight, id)
		}
		ring = slices.Collect(maps.Keys(weight))
		actors, err := l.load(ring)
		if err != nil {
			return sub, err
		}
		compare := byName(actors)
		slices.SortFunc(ring, func(a, b int64) int { return cmp.Or(weight[b]-weight[a], compare(a, b)) })
		ring = ring[:min(len(ring), limit-len(kept))]
		kept = append(kept, ring...)
	}
	actors, err := l.load(kept)
	if err != nil {
		return sub, err
	}
	sub.Actors = slices.SortedFunc(maps.Values(actors), func(a, b graph.Actor) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	sub.Steps, err = s.among(kept)
	return sub, err
}
