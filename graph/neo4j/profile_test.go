package neo4j_test

import (
	"os"
	"strings"
	"testing"

	"saidgraph/graph"
	"saidgraph/graph/neo4j"
	"saidgraph/graph/neo4j/neo4jtest"
)

// TestDocumentedQuestions runs each question of docs/neo4j.md with PROFILE: it finds something, starts at an index and walks through neither
// all claims nor all edges.
func TestDocumentedQuestions(t *testing.T) {
	text, err := os.ReadFile("../../docs/neo4j.md")
	if err != nil {
		t.Fatal(err)
	}
	server := neo4jtest.Start(t)
	s := server.Open(t, neo4j.Options{})
	batches := press(20)
	if err := s.Apply(t.Context(), batches...); err != nil {
		t.Fatal(err)
	}
	// The made-up press knows other people than the page, and other words.
	judged, judge := talked(batches)
	translate := strings.NewReplacer("bernie sanders", graph.Fold(judged), "joe manchin", graph.Fold(judge), "+drug +prices", "+w0x +w1x")
	questions := 0
	for _, section := range strings.Split(string(text), "\n### ")[1:] {
		name, rest, _ := strings.Cut(section, "\n")
		_, query, ok := strings.Cut(rest, "```cypher\n")
		if !ok {
			continue
		}
		query, _, _ = strings.Cut(query, "```")
		questions++
		t.Run(name, func(t *testing.T) {
			rows, plan := server.Profile(t, translate.Replace(query))
			if rows == 0 {
				t.Error("finds nothing in the made-up press")
			}
			operators := operatorsOf(plan.Arguments())
			if len(operators) < 100 {
				t.Fatalf("the server shows no plan: %q", operators)
			}
			if !strings.Contains(operators, "Index") && !strings.Contains(operators, "queryNodes") {
				t.Errorf("uses no index: %s", operators)
			}
			for _, scan := range []string{"AllNodesScan", "NodeByLabelScan", "RelationshipTypeScan", "RelationshipTypesScan"} {
				if strings.Contains(operators, scan) {
					t.Errorf("walks through everything (%s): %s", scan, operators)
				}
			}
		})
	}
	if questions < 10 {
		t.Errorf("docs/neo4j.md has %d questions, want 10", questions)
	}
}

// operatorsOf is the plan as the server draws it: the driver's tree of an EXPLAIN shows an operator's last child in place of each.
func operatorsOf(arguments map[string]any) string {
	s, _ := arguments["string-representation"].(string)
	return s
}

// talked are somebody who speaks, praises, is spoken about and criticized, and who criticizes him or her.
func talked(batches []graph.Batch) (judged, judge string) {
	names, did := map[graph.ID]string{}, map[graph.ID]map[string]bool{}
	note := func(id graph.ID, what string) {
		if did[id] == nil {
			did[id] = map[string]bool{}
		}
		did[id][what] = true
	}
	for _, b := range batches {
		for _, a := range b.Actors {
			names[a.ID] = a.Name
		}
		for _, e := range b.Edges {
			note(e.From, "from "+string(e.Type))
			note(e.To, "to "+string(e.Type))
		}
	}
	for _, b := range batches {
		for _, e := range b.Edges {
			to := did[e.To]
			if e.Type == graph.Criticized && e.From != e.To && to["from SAID"] && to["from PRAISED"] && to["to ABOUT"] {
				return names[e.To], names[e.From]
			}
		}
	}
	return "", ""
}
