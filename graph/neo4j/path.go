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

func (s *stepper) aroundText() string {
	step := s.step(true, "")
	if step == "" {
		return ""
	}
	return s.prefix() + "UNWIND $ring AS id MATCH (x:Actor {id: id}) " + step + " RETURN x.id, y.id, count(*)"
}

// step binds y to who is one step away from x, and e to each edge that proves that; "" if none can. UNION: an edge counts once a step.
// within, "" or the name of a list, is whom y must be among. back: steps towards x, too.
func (s *stepper) step(back bool, within string) string {
	arrow, where, scope := "->", " WHERE y <> x", "x"
	if back {
		arrow = "-"
	}
	if within != "" {
		where += " AND y IN " + within
		scope += ", " + within
	}
	var parts []string
	if s.stance != "" {
		parts = append(parts, "MATCH (x)-[e:"+s.stance+"]"+arrow+"(y)"+where+" RETURN y, e")
	}
	if s.said != "" {
		parts = append(parts, "MATCH (x)-[e:"+s.said+"]->()-[ab:ABOUT]->(y)"+where+" AND ab.score >= $min_score RETURN y, e")
		if back {
			parts = append(parts, "MATCH (x)<-[ab:ABOUT]-()<-[e:"+s.said+"]-(y)"+where+" AND ab.score >= $min_score RETURN y, e")
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "CALL (" + scope + ") { " + strings.Join(parts, " UNION ") + " }" + s.filtered("x", "y")
}

// proofs binds steps to the steps from the actors of a list to those of another, each with the key of its newest proof, in a statement where
// step is not "". back: those in the other direction, too; then nobody is in both lists.
func (s *stepper) proofs(from, to string, back bool) string {
	return "CALL (" + s.with(from, to) + ") { UNWIND " + from + " AS x " + s.step(back, to) + " WITH startNode(e) AS f, CASE WHEN startNode(e) = x THEN y ELSE x END AS t, e ORDER BY " + byEdge +
		" WITH f, t, type(e) AS type, collect(e)[0] AS e, count(*) AS n RETURN collect([f.id, t.id, n, elementId(e)]) AS steps }"
}

// proof is a step without its row.
type proof struct {
	graph.Step
	key string
}

func (v *values) proofs() (all []proof) {
	list := v.list()
	for range list.all {
		l := list.list()
		all = append(all, proof{graph.Step{From: l.id(), To: l.id(), N: int(l.int())}, l.str()})
		v.bad = cmp.Or(v.bad, l.bad)
	}
	v.bad = cmp.Or(v.bad, list.bad)
	return all
}

// steps reads the rows of proofs. One statement reads those of all questions: planning it with each question would cost more than its round trip.
func (t *tx) steps(all []proof) ([]graph.Step, error) {
	keys := make([]string, len(all))
	for i := range all {
		keys[i] = all[i].key
	}
	rows, err := t.rows(keys)
	if err != nil || len(rows) < len(all) {
		return nil, err // the fence tells that an edge has gone meanwhile
	}
	var steps []graph.Step
	for i, p := range all {
		p.Row, p.Type = rows[i], rows[i].Edge.Type
		steps = append(steps, p.Step)
	}
	slices.SortFunc(steps, func(a, b graph.Step) int {
		return cmp.Or(bytes.Compare(a.From[:], b.From[:]), bytes.Compare(a.To[:], b.To[:]), strings.Compare(string(a.Type), string(b.Type)))
	})
	return steps, nil
}

// among returns the steps among the actors of a set, each with its newest proof.
func (s *stepper) among(set []string) (steps []graph.Step, err error) {
	text := s.amongText()
	if text == "" {
		return nil, nil
	}
	s.params["set"] = set
	var all []proof
	err = s.all(text, s.params, func(v *values) error {
		all = v.proofs()
		return nil
	})
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return s.steps(all)
}

func (s *stepper) amongText() string {
	if s.step(false, "") == "" {
		return ""
	}
	return gathered(s.prefix()+"MATCH (x:Actor) WHERE x.id IN $set WITH "+s.with("collect(x) AS kept")+" "+s.proofs("kept", "kept", false), "steps")
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
		st := t.stepper(f)
		n, err := st.near(from, to, maxHops, limit)
		if err != nil {
			return err
		}
		for _, id := range []graph.ID{from, to} {
			if _, ok := n.actors[id.String()]; !ok {
				return notFound(op, "actor", id)
			}
		}
		if from == to {
			return &graph.Error{Op: op, Code: graph.Invalid, Field: "to", Err: errors.New("the same actor as from")}
		}
		if paths = n.paths(); len(paths) == 0 && maxHops > 2 {
			paths, err = st.far(from.String(), to.String(), maxHops, limit)
		}
		return err
	})
	return paths, s.fail(ctx, op, err)
}

// web is what paths are made of.
type web struct {
	chains [][]string
	actors map[string]graph.Actor
	steps  []graph.Step // between actors that follow each other in the chains, and others
}

func (w *web) paths() (paths []graph.Path) {
	best := map[[2]string]graph.Step{} // by its actors, the smaller id first
	for _, st := range w.steps {
		pair := [2]string{st.From.String(), st.To.String()}
		slices.Sort(pair[:])
		if old, ok := best[pair]; !ok || graph.Compare(&st.Row.Edge, &old.Row.Edge) < 0 {
			best[pair] = st
		}
	}
	for _, chain := range w.chains {
		var p graph.Path
		for i, id := range chain {
			p.Actors = append(p.Actors, clone(w.actors[id]))
			if i > 0 {
				pair := [2]string{chain[i-1], id}
				slices.Sort(pair[:])
				p.Steps = append(p.Steps, best[pair])
			}
		}
		paths = append(paths, p)
	}
	return paths
}

// near looks for chains of one or two steps; the ends are among the actors if they are known.
func (s *stepper) near(from, to graph.ID, maxHops, limit int) (*web, error) {
	s.params["from_id"], s.params["to_id"], s.params["limit"] = from.String(), to.String(), limit
	n := &web{actors: map[string]graph.Actor{}}
	var proofs []proof
	err := s.all(s.nearText(maxHops), s.params, func(v *values) error {
		for i, a := range v.actors() {
			if a == nil {
				continue // an end that nobody knows
			}
			n.actors[a.ID.String()] = *a
			if i > 1 {
				n.chains = append(n.chains, []string{from.String(), a.ID.String(), to.String()})
			}
		}
		if proofs = v.proofs(); len(proofs) > 0 && len(n.chains) == 0 {
			n.chains = [][]string{{from.String(), to.String()}}
		}
		return nil
	})
	if err == nil && len(proofs) > 0 {
		n.steps, err = s.steps(proofs)
	}
	return n, err
}

// nearText finds who is a step from both, where no step joins them.
func (s *stepper) nearText(maxHops int) string {
	text := s.prefix() + "OPTIONAL MATCH (a:Actor {id: $from_id}) OPTIONAL MATCH (b:Actor {id: $to_id}) WITH " + s.with("a", "b")
	middle, steps := "[]", "[] AS steps"
	if step := s.step(true, ""); step != "" {
		text += " CALL (" + s.with("a", "b") + ") { UNWIND CASE WHEN a <> b THEN [a] ELSE [] END AS x " + step + " RETURN collect(DISTINCT y) AS ring }"
		if maxHops > 1 {
			text += " CALL (" + s.with("a", "b", "ring") + ") { UNWIND CASE WHEN a = b OR b IN ring THEN [] ELSE [b] END AS x " + s.step(true, "ring") +
				" WITH DISTINCT y ORDER BY y.name, y.id LIMIT $limit RETURN collect(y) AS middle }"
			middle = "middle"
		}
		text += " WITH " + s.with("a", "b", middle+" AS middle", "CASE WHEN b IN ring THEN [a] WHEN a <> b THEN [a, b] ELSE [] END AS ends", "CASE WHEN b IN ring THEN [b] ELSE "+middle+" END AS between") +
			" " + s.proofs("ends", "between", true)
		middle, steps = "middle", "steps"
	}
	return gathered(text+" WITH a, b, "+middle+" AS middle, "+steps, actorsOf("[a, b] + middle")+", steps")
}

// far walks ring by ring from both ends, the smaller ring first, a round trip each.
func (s *stepper) far(a, b string, maxHops, limit int) ([]graph.Path, error) {
	next, err := walk.Web(a, b, maxHops, s.around)
	if err != nil || next == nil {
		return nil, err
	}
	w := &web{}
	if w.actors, err = s.load(slices.Collect(maps.Keys(next))); err != nil {
		return nil, err
	}
	w.chains = walk.Chains(next, a, b, limit, byName(w.actors))
	shown := map[string]bool{}
	for _, chain := range w.chains {
		for _, id := range chain {
			shown[id] = true
		}
	}
	if w.steps, err = s.among(slices.Sorted(maps.Keys(shown))); err != nil {
		return nil, err
	}
	return w.paths(), nil
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
		sub, err = t.stepper(f).neighbours(around, depth, limit)
		if err == nil && len(sub.Actors) == 0 {
			err = notFound(op, "actor", around)
		}
		return err
	})
	return sub, s.fail(ctx, op, err)
}

// neighbours goes outward, a round trip each ring; that of the last ring finds the steps among all that were kept.
func (s *stepper) neighbours(around graph.ID, depth, limit int) (sub graph.Subgraph, err error) {
	text := s.ringText()
	s.params["kept"], s.params["ring"], s.params["limit"] = []string{}, []string{around.String()}, limit
	var proofs []proof
	for hop := 1; hop <= depth; hop++ {
		s.params["last"] = hop == depth
		var kept, ring []string
		sub.Actors = nil
		err := s.all(text, s.params, func(v *values) error {
			old := v.int()
			for i, a := range v.actors() {
				sub.Actors = append(sub.Actors, *a)
				if kept = append(kept, a.ID.String()); i >= int(old) {
					ring = append(ring, a.ID.String())
				}
			}
			proofs = v.proofs()
			return nil
		})
		if err != nil {
			return sub, err
		}
		if s.params["kept"], s.params["ring"] = kept, ring; len(ring) == 0 || len(kept) == limit {
			hop = max(hop, depth-1) // nobody comes any more
		}
	}
	if len(proofs) > 0 {
		sub.Steps, err = s.steps(proofs)
	}
	slices.SortFunc(sub.Actors, func(a, b graph.Actor) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return sub, err
}

// ringText adds to those kept the heaviest of the next ring: those with the most edges proving steps to the ring before. It tells how many
// were kept and who is kept now.
func (s *stepper) ringText() string {
	text := s.prefix() + "MATCH (k:Actor) WHERE k.id IN $kept + $ring WITH " + s.with("collect(k) AS old")
	step := s.step(true, "")
	if step == "" {
		return gathered(text, "size(old), "+actorsOf("old")+", []")
	}
	return gathered(text+" CALL ("+s.with("old")+") { UNWIND CASE WHEN size(old) < $limit THEN old ELSE [] END AS x WITH x WHERE x.id IN $ring "+step+
		" WITH y, count(*) AS n WHERE NOT y IN old WITH y, n ORDER BY n DESC, y.name, y.id WITH collect(y) AS next RETURN next[..$limit - size(old)] AS next }"+
		" WITH "+s.with("size(old) AS known", "old + next AS kept", "CASE WHEN $last THEN old + next ELSE [] END AS ends")+" "+s.proofs("ends", "kept", false),
		"known, "+actorsOf("kept")+", steps")
}

// actorsOf is a Cypher expression: a list of actors as [values.actors] reads it.
func actorsOf(list string) string {
	return "[x IN " + list + " | CASE WHEN x IS NULL THEN [] ELSE [" + actorOf("x") + "] END]"
}

// actors are nil where the list has NULL.
func (v *values) actors() (all []*graph.Actor) {
	list := v.list()
	for range list.all {
		l := list.list()
		if len(l.all) == 0 {
			all = append(all, nil)
			continue
		}
		all = append(all, l.actor())
		v.bad = cmp.Or(v.bad, l.bad)
	}
	v.bad = cmp.Or(v.bad, list.bad)
	return all
}
