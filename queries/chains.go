package queries

import (
	"context"

	"saidgraph/graph"
)

// chains lays paths out, their proofs completed in one read.
func chains(ctx context.Context, store graph.Store, paths []graph.Path, least float64) ([]Path, error) {
	var rows []Row
	for _, p := range paths {
		for _, s := range p.Steps {
			rows = append(rows, flat(s.Row))
		}
	}
	if err := complete(ctx, store, rows, least); err != nil {
		return nil, err
	}
	out := make([]Path, len(paths))
	at := 0
	for i, p := range paths {
		names := map[graph.ID]Actor{}
		for _, a := range p.Actors {
			names[a.ID] = brief(a)
			out[i].Actors = append(out[i].Actors, brief(a))
		}
		out[i].Steps = make([]Step, len(p.Steps))
		for j, s := range p.Steps {
			rows[at].Cursor = "" // of an edge stream, not of this answer
			out[i].Steps[j] = Step{From: names[s.From], To: names[s.To], Type: s.Type, N: s.N, Proof: rows[at]}
			at++
		}
	}
	return out, nil
}
