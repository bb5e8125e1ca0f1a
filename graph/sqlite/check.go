package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"saidgraph/graph"
)

// explain reports a statement with its query plan (https://www.sqlite.org/eqp.html).
func (l *look) explain(told func(graph.Statement), text string, args []any) error {
	rows, err := l.tx.QueryContext(l.ctx, "EXPLAIN QUERY PLAN "+text, args...)
	if err != nil {
		return err
	}
	var plan strings.Builder
	depth := map[int]int{}
	err = scanAll(rows, func(r *sql.Rows) error {
		var id, parent, unused int
		var step string
		if err := r.Scan(&id, &parent, &unused, &step); err != nil {
			return err
		}
		if _, ok := depth[parent]; ok {
			depth[id] = depth[parent] + 1
		} else {
			depth[id] = 0
		}
		fmt.Fprintf(&plan, "%s%s\n", strings.Repeat("  ", depth[id]), step)
		return nil
	})
	told(graph.Statement{Text: text, Args: args, Plan: strings.TrimRight(plan.String(), "\n")})
	return err
}

// Check implements [graph.Checker].
func (s *Store) Check(ctx context.Context) ([]graph.Finding, error) {
	l, err := s.begin(ctx)
	if err != nil {
		return nil, s.fail("sqlite.Check", err)
	}
	defer l.end()
	var findings []graph.Finding
	var library string
	var layout, pages, size, free int64
	err = l.each(`SELECT sqlite_version(), (SELECT user_version FROM pragma_user_version), (SELECT page_count FROM pragma_page_count),
		(SELECT page_size FROM pragma_page_size), (SELECT freelist_count FROM pragma_freelist_count)`, nil, func(r *sql.Rows) error {
		return r.Scan(&library, &layout, &pages, &size, &free)
	})
	if err != nil {
		return nil, s.fail("sqlite.Check", err)
	}
	findings = append(findings, graph.Finding{Check: "file", OK: true,
		Text: fmt.Sprintf("SQLite %s, layout %d, %.1f MB, %.1f MB of it free", library, layout, float64(pages*size)/1e6, float64(free*size)/1e6)})
	var faults []string
	err = l.each(`PRAGMA quick_check(20)`, nil, func(r *sql.Rows) error {
		var fault string
		err := r.Scan(&fault)
		if fault != "ok" {
			faults = append(faults, fault)
		}
		return err
	})
	if err != nil {
		return nil, s.fail("sqlite.Check", err)
	}
	if len(faults) > 0 {
		return append(findings, graph.Finding{Check: "integrity",
			Text: "the file is damaged (" + strings.Join(faults, "; ") + "): keep a copy, then load the articles into a new file"}), nil
	}
	return append(findings, graph.Finding{Check: "integrity", OK: true, Text: "every page and index is sound"}), nil
}
