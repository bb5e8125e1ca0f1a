package neo4j

import "saidgraph/graph"

// Questions are the statements of the reads that a filter picks edges for, with their parameters.
func Questions(f graph.Filter) (map[string]string, map[string]any, error) {
	q, err := newEdgeQuery(f)
	if err != nil {
		return nil, nil, err
	}
	f.After = "" // a cursor of edges
	tally, _, err := tallyQuery(f, graph.ByFrom)
	p := newPick(f)
	s := &stepper{nil, p, p.of(graph.Criticized, graph.Praised, graph.Affiliated), p.of(graph.Said)}
	all := map[string]string{"edges": gathered(q.find, "elementId(e)"), "tally": tally, "around": s.aroundText(), "among": s.amongText(), "ring": s.ringText(), "near": s.nearText(graph.MaxHops)}
	q.params["ring"], q.params["set"] = []string{}, []string{}
	return all, q.params, err
}
