package neo4j

import (
	"context"
	"fmt"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"saidgraph/graph"
)

// explain tells of a statement that ran under PROFILE, with the operators of its plan.
func explain(ctx context.Context, told func(graph.Statement), result neo4j.ResultWithContext, s graph.Statement) error {
	summary, err := result.Consume(ctx)
	if err != nil {
		return err
	}
	if plan := summary.Profile(); plan != nil {
		var b strings.Builder
		s.Hits = operators(&b, plan, 0)
		s.Plan = strings.TrimSuffix(b.String(), "\n")
	}
	told(s)
	return nil
}

// operators writes a plan, an operator a line, those that feed it below it, and returns its database hits.
func operators(b *strings.Builder, p neo4j.ProfiledPlan, depth int) int64 {
	details, _ := p.Arguments()["Details"].(string)
	name, _, _ := strings.Cut(p.Operator(), "@") // NodeIndexSeek@neo4j: the database adds nothing
	fmt.Fprintf(b, "%s%s  %d rows, %d hits  %s\n", strings.Repeat("  ", depth), name, p.Records(), p.DbHits(), details)
	hits := p.DbHits()
	for _, child := range p.Children() {
		hits += operators(b, child, depth+1)
	}
	return hits
}
