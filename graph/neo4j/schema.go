package neo4j

import (
	"context"
	"embed"
	"fmt"
	"strings"
	"time"

	"saidgraph/graph"
)

//go:embed schema/*.cypher
var schemas embed.FS

// version of the schema: the number of the last file in schema.
const version = 1

// migrate brings the database to version. Its statements may be run twice, and by two at once: each says IF NOT EXISTS, and
// the version is written last.
func (s *Store) migrate(ctx context.Context) error {
	have, err := s.version(ctx)
	if err != nil || have == version {
		return err
	}
	if have > version {
		return invalid("neo4j.Open", fmt.Errorf("%s: the graph has the schema %d of a newer saidgraph; this one knows %d", s.where, have, version))
	}
	for n := have + 1; n <= version; n++ {
		text, err := schemas.ReadFile(fmt.Sprintf("schema/%d.cypher", n))
		if err != nil {
			return err
		}
		for _, statement := range statements(string(text)) {
			if err := s.statement(ctx, statement, nil); err != nil {
				return err
			}
		}
	}
	// An import of millions comes without indexes: they take minutes, where a statement of ours takes seconds.
	patient, cancel := context.WithTimeout(ctx, time.Hour)
	defer cancel()
	if err := s.statement(patient, "CALL db.awaitIndexes(3600)", nil); err != nil {
		return err
	}
	return s.statement(ctx, "MERGE (s:Saidgraph {id: 'graph'}) SET s.schema = $version", params{"version": version})
}

// version of the schema that the database has; 0: none.
func (s *Store) version(ctx context.Context) (n int64, err error) {
	err = s.look(ctx, false, func(t *tx) error {
		n = 0
		return t.each("MATCH (s:Saidgraph {id: 'graph'}) RETURN s.schema", nil, func(v *values) error {
			n = v.int()
			return nil
		})
	})
	return n, err
}

// statement runs one statement in a transaction of its own, where the fence has nothing to guard.
func (s *Store) statement(ctx context.Context, text string, p params) error {
	return s.retry(ctx, s.options.ReadRetry, func(ctx context.Context) error { return s.once(ctx, text, p) })
}

// statements cuts a file at the semicolons that end a line, comments left out.
func statements(text string) []string {
	var all []string
	var b strings.Builder
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "//") {
			continue
		}
		b.WriteString(line)
		if s := strings.TrimSpace(b.String()); strings.HasSuffix(s, ";") {
			all = append(all, strings.TrimSuffix(s, ";"))
			b.Reset()
		}
	}
	return all
}

var _ graph.Store = (*Store)(nil)
