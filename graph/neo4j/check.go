package neo4j

import (
	"context"
	"fmt"
	"strings"

	"saidgraph/graph"
)

// Check implements [graph.Checker].
func (s *Store) Check(ctx context.Context) ([]graph.Finding, error) {
	const op = "neo4j.Check"
	var findings []graph.Finding
	err := s.look(ctx, false, func(t *tx) error {
		findings = nil
		err := t.each(`CALL dbms.components() YIELD name, versions, edition WHERE name = 'Neo4j Kernel' RETURN versions[0], edition`, nil, func(v *values) error {
			version, edition := v.str(), v.str()
			findings = append(findings, graph.Finding{Check: "server", OK: true, Text: fmt.Sprintf("Neo4j %s, %s edition, at %s", version, edition, s.where)})
			return nil
		})
		if err != nil {
			return err
		}
		return t.each(`MATCH (s:Saidgraph {id: 'graph'}) RETURN s.schema`, nil, func(v *values) error {
			have := v.int()
			findings = append(findings, graph.Finding{Check: "schema", OK: have == version, Text: fmt.Sprintf("version %d of %d", have, version)})
			return nil
		})
	})
	if err != nil {
		return findings, s.fail(ctx, op, err)
	}
	var online, wanting []string
	err = s.look(ctx, false, func(t *tx) error { // a command on the schema wants a transaction of its own
		online, wanting = nil, nil
		return t.each(`SHOW INDEXES YIELD name, state, populationPercent RETURN name, state, populationPercent ORDER BY name`, nil, func(v *values) error {
			if name, state := v.str(), v.str(); state == "ONLINE" {
				online = append(online, name)
			} else {
				wanting = append(wanting, fmt.Sprintf("%s is %s", name, strings.ToLower(state)))
			}
			return nil
		})
	})
	if err != nil {
		return findings, s.fail(ctx, op, err)
	}
	f := graph.Finding{Check: "indexes", OK: len(wanting) == 0, Text: fmt.Sprintf("%d are online", len(online))}
	if !f.OK {
		f.Text = strings.Join(wanting, ", ") + ": wait for it to be built; where it failed, drop the index, set schema of the node :Saidgraph to 0, and start again"
	}
	return append(findings, f), nil
}

var _ graph.Checker = (*Store)(nil)
