// Package walk finds the shortest chains between two actors, asking a store for one ring of neighbours at a time.
package walk

import "slices"

// Around returns, for the actors of a ring, who is one step away, and how many edges prove that.
type Around[K comparable] func(ring []K) (map[K]map[K]int, error)

// side is one half of a search from both ends: how far each actor is, and the ring that was reached last.
type side[K comparable] struct {
	far  map[K]int
	ring []K
	back map[K][]K // to the actors one step nearer
	hops int
}

func newSide[K comparable](a K) *side[K] {
	return &side[K]{far: map[K]int{a: 0}, ring: []K{a}, back: map[K][]K{}}
}

func (d *side[K]) grow(around Around[K]) error {
	to, err := around(d.ring)
	if err != nil {
		return err
	}
	d.hops++
	var next []K
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

// Web looks from both ends, the smaller ring first, one call of around a ring, until they meet. It returns the actors on the shortest
// chains from a to b of at most maxHops steps, each with those that come next on the way to b; nil if there is no chain.
func Web[K comparable](a, b K, maxHops int, around Around[K]) (map[K][]K, error) {
	near, far := newSide(a), newSide(b)
	for near.hops+far.hops < maxHops {
		grow, other := near, far
		if len(far.ring) < len(near.ring) {
			grow, other = far, near
		}
		if len(grow.ring) == 0 {
			return nil, nil
		}
		if err := grow.grow(around); err != nil {
			return nil, err
		}
		var met []K
		for _, x := range grow.ring {
			if d, ok := other.far[x]; ok && d == other.hops {
				met = append(met, x)
			}
		}
		if len(met) > 0 {
			return join(near, far, met), nil
		}
	}
	return nil, nil
}

// join links the actors of the shortest chains that lead through those where the two sides met; every actor is a key.
func join[K comparable](near, far *side[K], met []K) map[K][]K {
	next := map[K][]K{}
	link := func(a, b K) {
		if _, ok := next[b]; !ok {
			next[b] = nil // the last has no next, but is an actor too
		}
		if !slices.Contains(next[a], b) {
			next[a] = append(next[a], b)
		}
	}
	follow := func(d *side[K], link func(x, y K)) {
		done := map[K]bool{}
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
	follow(near, func(x, y K) { link(y, x) })
	follow(far, link)
	return next
}

// Chains lists up to limit chains through a [Web] from a to b, in the order of compare. Every way leads to b, so none is walked in vain.
func Chains[K comparable](web map[K][]K, a, b K, limit int, compare func(a, b K) int) [][]K {
	var found [][]K
	var walk func(chain []K)
	walk = func(chain []K) {
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
	walk([]K{a})
	return found
}
