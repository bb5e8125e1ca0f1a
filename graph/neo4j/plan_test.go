package neo4j_test

import (
	"strings"
	"testing"

	"saidgraph/graph"
	"saidgraph/graph/neo4j"
	"saidgraph/graph/neo4j/neo4jtest"
)

// TestPlans holds every read that starts from an actor, claim or article to the indexes: no label or type is walked through.
func TestPlans(t *testing.T) {
	server := neo4jtest.Start(t)
	s := server.Open(t, neo4j.Options{})
	batches := press(3)
	if err := s.Apply(t.Context(), batches...); err != nil {
		t.Fatal(err)
	}
	one, two := batches[0].Actors[0].ID, batches[0].Actors[1].ID
	for _, c := range []struct {
		name string
		f    graph.Filter
	}{
		{"from", graph.Filter{From: []graph.ID{one}}},
		{"from, type, cursor", graph.Filter{From: []graph.ID{one}, Types: []graph.Type{graph.Said}, After: graph.PlaceOf(&batches[0].Edges[9]).Cursor(), Limit: 10}},
		{"to", graph.Filter{To: []graph.ID{one}, Types: []graph.Type{graph.Criticized}}},
		{"to a claim", graph.Filter{To: []graph.ID{batches[0].Claims[0].ID}}},
		{"touching", graph.Filter{Touching: []graph.ID{one, two}}},
		{"about", graph.Filter{About: []graph.ID{one}, Types: []graph.Type{graph.Said}}},
		{"from, about", graph.Filter{From: []graph.ID{two}, About: []graph.ID{one}}},
		{"speaker", graph.Filter{Speaker: []graph.ID{one, two}}},
		{"article", graph.Filter{Articles: []graph.ID{batches[0].Article.ID}}},
		{"from, all else", graph.Filter{
			From: []graph.ID{one}, Types: []graph.Type{graph.Said}, Kinds: []string{graph.Direct}, MinScore: 0.5, Once: true,
			Outlets: []string{"Post"}, Since: batches[0].Article.Date, FromLabel: graph.Person,
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			texts, p, err := neo4j.Questions(c.f)
			if err != nil {
				t.Fatal(err)
			}
			for read, text := range texts {
				if text == "" {
					continue
				}
				operators := unfenced(operatorsOf(server.Explain(t, text, p).Arguments()))
				if len(operators) < 100 {
					t.Fatalf("the server shows no plan: %q", operators)
				}
				for _, scan := range []string{"AllNodesScan", "NodeByLabelScan", "RelationshipTypeScan", "RelationshipTypesScan"} {
					if strings.Contains(operators, scan) {
						t.Errorf("%s walks through everything (%s): %s\nof %s", read, scan, operators, text)
					}
				}
			}
		})
	}
	texts, p, err := neo4j.Questions(graph.Filter{Types: []graph.Type{graph.Said}, Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	operators := operatorsOf(server.Explain(t, texts["edges"], p).Arguments())
	if !strings.Contains(operators, "a:Article(age, id)") || !strings.Contains(operators, "PartialTop") {
		t.Errorf("the newest of all are sorted, not walked to: %s", operators)
	}
}

// unfenced is a plan without the walk through the marks of commits, of which there is one a writer.
func unfenced(operators string) (s string) {
	for line := range strings.Lines(operators) {
		if !strings.Contains(line, "c:Commit") {
			s += line
		}
	}
	return s
}
