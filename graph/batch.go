package graph

// Batch is all that one article adds to the graph.
type Batch struct {
	Article Article
	Actors  []Actor
	Claims  []Claim
	Edges   []Edge
}
