package graph

import (
	"bytes"
	"slices"
)

// Normal returns the batch in the one form that all batches of the same content have: actors that an edge touches, in
// order of id, their aliases sorted and without the name; claims in order of id; edges in the order of [Compare]. It shares nothing with b that it changes.
func (b Batch) Normal() Batch {
	touched := make(map[ID]bool, len(b.Actors))
	for i := range b.Edges {
		touched[b.Edges[i].From], touched[b.Edges[i].To] = true, true
	}
	out := Batch{Article: b.Article, Claims: slices.Clone(b.Claims), Edges: slices.Clone(b.Edges)}
	for _, a := range b.Actors {
		if !touched[a.ID] {
			continue
		}
		a.Aliases = slices.Sorted(slices.Values(a.Aliases))
		a.Aliases = slices.DeleteFunc(slices.Compact(a.Aliases), func(s string) bool { return s == a.Name })
		if len(a.Aliases) == 0 {
			a.Aliases = nil
		}
		out.Actors = append(out.Actors, a)
	}
	slices.SortFunc(out.Actors, func(a, b Actor) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	slices.SortFunc(out.Claims, func(a, b Claim) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	slices.SortFunc(out.Edges, func(a, b Edge) int { return Compare(&a, &b) })
	return out
}
