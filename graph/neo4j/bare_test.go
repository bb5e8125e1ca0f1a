package neo4j

import (
	"fmt"
	"strings"

	"saidgraph/graph"
)

// BareStatement is a statement with the rows that it unwinds.
type BareStatement struct {
	Text string
	Rows []any
}

// Unfenced is a statement that does not look at the fence.
func Unfenced(text string) string {
	return strings.Replace(text, " "+fenceEpoch+" WITH rows, coalesce(s.epoch, 0) AS epoch LIMIT 1 RETURN rows, epoch, "+fenceOpen, " RETURN rows", 1)
}

// BareRows are the rows of the batches, the same that Apply writes, for a benchmark to write without us.
func BareRows(batches []graph.Batch, texts map[string]string) []BareStatement {
	latest := map[graph.ID]*graph.Batch{}
	for i := range batches {
		latest[batches[i].Article.ID] = &batches[i]
	}
	r := newRows(latest)
	var actors []any
	for _, c := range r.names {
		actors = append(actors, row{"id": c.actor, "name": c.name})
	}
	all := []BareStatement{{texts["article"], r.articles}, {texts["claim"], r.claims}, {texts["actor"], actors}}
	for _, k := range types {
		if rows := r.edges[k.Type]; len(rows) > 0 {
			all = append(all, BareStatement{fmt.Sprintf(texts["edge"], k.from, k.to, k.Type), rows})
		}
	}
	return all
}
