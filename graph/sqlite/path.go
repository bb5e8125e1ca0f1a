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
	"saidgraph/graph/walk"
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
	web, err := walk.Web(a, b, maxHops, s.around)
	if err != nil || web == nil {
		return nil, err
	}
	actors, err := l.load(slices.Collect(maps.Keys(web)))
	if err != nil {
		return nil, err
	}
	var paths []graph.Path
	best := map[[2]int64]graph.Step{}
	for _, chain := range walk.Chains(web, a, b, limit, byName(actors)) {
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
