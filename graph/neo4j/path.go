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
	"saidgraph/graph/walk"
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
	web, err := walk.Web(a, b, maxHops, s.around)
	if err != nil || web == nil {
		return nil, err
	}
	actors, err := s.load(slices.Collect(maps.Keys(web)))
	if err != nil {
		return nil, err
	}
	found := walk.Chains(web, a, b, limit, byName(actors))
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
