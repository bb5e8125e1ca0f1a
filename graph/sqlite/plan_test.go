package sqlite

import (
	"path/filepath"
	"strings"
	"testing"

	"saidgraph/graph"
	"saidgraph/graph/storetest"
)

// TestPlans holds every read that starts from an actor to the indexes: the words SCAN e, SCAN b or SCAN t in a plan would be a walk
// through all edges. It is inside the package because only here the SQL is known.
func TestPlans(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	batches := []graph.Batch{storetest.Typical(0), storetest.Typical(1)}
	if err := s.Apply(t.Context(), batches...); err != nil {
		t.Fatal(err)
	}
	one, two := batches[0].Actors[0].ID, batches[0].Actors[1].ID
	claim := batches[0].Claims[0].ID
	for _, c := range []struct {
		name   string
		f      graph.Filter
		sorted bool // the index gives the order
	}{
		{"from", graph.Filter{From: []graph.ID{one}}, false},
		{"from, type", graph.Filter{From: []graph.ID{one}, Types: []graph.Type{graph.Said}}, true},
		{"to, type", graph.Filter{To: []graph.ID{one}, Types: []graph.Type{graph.Criticized}}, true},
		{"to, type, cursor", graph.Filter{To: []graph.ID{one}, Types: []graph.Type{graph.Criticized}, After: graph.PlaceOf(&batches[0].Edges[9]).Cursor()}, true},
		{"from several", graph.Filter{From: []graph.ID{one, two}}, false},
		{"touching", graph.Filter{Touching: []graph.ID{one}}, false},
		{"touching, types", graph.Filter{Touching: []graph.ID{one}, Types: []graph.Type{graph.Praised, graph.Criticized}}, false},
		{"about, said", graph.Filter{About: []graph.ID{one}, Types: []graph.Type{graph.Said}}, false},
		{"about", graph.Filter{About: []graph.ID{one}}, false},
		{"from, about", graph.Filter{From: []graph.ID{two}, About: []graph.ID{one}, Types: []graph.Type{graph.Said}}, true},
		{"speaker", graph.Filter{Speaker: []graph.ID{one}, Types: []graph.Type{graph.Said}}, false},
		{"from a claim", graph.Filter{From: []graph.ID{claim}}, false},
		{"to a claim", graph.Filter{To: []graph.ID{claim}}, false},
		{"article", graph.Filter{Articles: []graph.ID{batches[0].Article.ID}}, false},
		{"from, all else", graph.Filter{
			From: []graph.ID{one}, Types: []graph.Type{graph.Said}, Kinds: []string{graph.Direct}, MinScore: 0.5,
			Outlets: []string{"Post"}, Since: batches[0].Article.Date, FromLabel: graph.Person,
		}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, err := s.begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer l.end()
			query, args, err := l.edgeQuery(c.f)
			if err != nil {
				t.Fatal(err)
			}
			seeks(t, l, query, args, c.sorted)
			w, _, err := l.compile(c.f)
			if err != nil {
				t.Fatal(err)
			}
			seeks(t, l, "SELECT count(*) FROM edge e WHERE "+w.String(), w.args, false)
			st, err := l.stepper(c.f)
			if err != nil {
				t.Fatal(err)
			}
			for _, both := range []bool{true, false} {
				query, args := st.moves([]int64{1, 2}, both)
				seeks(t, l, query, args, false)
			}
		})
	}
	l, err := s.begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer l.end()
	query, args, err := l.edgeQuery(graph.Filter{Types: []graph.Type{graph.Said}, Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	if plan := explain(t, l, query, args); strings.Contains(plan, "TEMP B-TREE FOR ORDER BY") || !strings.Contains(plan, "article_age") {
		t.Errorf("the newest of all are sorted, not walked to:\n%s", plan)
	}
}

func seeks(t *testing.T, l *look, query string, args []any, sorted bool) {
	t.Helper()
	plan := explain(t, l, query, args)
	for _, walk := range []string{"SCAN e\n", "SCAN b\n", "SCAN t\n", "SCAN e ", "SCAN b ", "SCAN t ", "SCAN g"} {
		if strings.Contains(plan, walk) {
			t.Errorf("plan walks through all rows (%q):\n%s\nof %s", walk, plan, query)
		}
	}
	if sorted && strings.Contains(plan, "TEMP B-TREE") {
		t.Errorf("plan sorts:\n%s\nof %s", plan, query)
	}
}

func explain(t *testing.T, l *look, query string, args []any) string {
	t.Helper()
	rows, err := l.tx.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var plan strings.Builder
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		plan.WriteString(detail + "\n")
	}
	return plan.String()
}
