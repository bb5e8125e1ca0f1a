package sqlite

import "saidgraph/graph"

// The codes in the file. A new one is appended; schema/1.sql spells out those of SAID and ABOUT in two indexes.
var (
	types  = []graph.Type{"", graph.Said, graph.About, graph.Criticized, graph.Praised, graph.Reported, graph.Mentioned, graph.Published, graph.Affiliated, graph.Declined}
	labels = []graph.Label{"", graph.Person, graph.Organization, graph.ClaimNode, graph.ArticleNode}
	kinds  = []string{"", graph.Direct, graph.Indirect, graph.Mixed}
	voices = []string{"", graph.Reporter, graph.Speaker}
)

const (
	said       = 1
	about      = 2
	reported   = 5
	typesSteps = "3,4,8" // CRITICIZED, PRAISED, AFFILIATED: from actor to actor
)

// code of a value: its place in the list, -1 where it is none of it.
func code[T comparable](list []T, x T) int {
	for i, y := range list {
		if x == y {
			return i
		}
	}
	return -1
}
