package queries_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"saidgraph/graph"
	"saidgraph/queries"
)

func TestProfileOf(t *testing.T) {
	store := shelved(t, library(t))
	type totals struct{ said, about, criticized, by, praised, praisedBy, affiliations, declined, articles int }
	tests := []struct {
		name  string
		id    graph.ID
		min   float64
		limit int
		want  totals
	}{
		{"organization", graph.ActorID(graph.Organization, graph.Fold(health)), 0.5, 20, totals{about: 3, by: 3, affiliations: 1, declined: 1, articles: 2}},
		{"all scores", graph.ActorID(graph.Organization, graph.Fold(health)), 0, 20, totals{about: 4, by: 3, affiliations: 1, declined: 1, articles: 2}},
		{"totals beyond the limit", graph.ActorID(graph.Organization, graph.Fold(health)), 0.5, 1, totals{about: 4, by: 3, affiliations: 1, declined: 1, articles: 2}},
		{"person", graph.ActorID(graph.Person, graph.Fold(tom)), 0.5, 2, totals{said: 3, criticized: 1, praised: 1, articles: 3}},
		{"director", graph.ActorID(graph.Person, graph.Fold(maria)), 0, 20, totals{said: 1, criticized: 1, affiliations: 1, articles: 2}},
		{"praised", graph.ActorID(graph.Organization, graph.Fold(parks)), 0.5, 20, totals{praisedBy: 1, articles: 1}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			fs := queries.NewFilters()
			fs.MinScore, fs.Limit = test.min, test.limit
			p, err := queries.ProfileOf(t.Context(), store, test.id, fs)
			if err != nil {
				t.Fatal(err)
			}
			got := totals{p.Said.Total, p.SaidAbout.Total, p.Criticized.Total, p.CriticizedBy.Total, p.Praised.Total,
				p.PraisedBy.Total, p.Affiliations.Total, p.Declined.Total, p.Articles}
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(totals{})); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			for _, l := range []queries.List{p.Said, p.SaidAbout, p.Criticized, p.CriticizedBy, p.Affiliations} {
				if len(l.Rows) > test.limit || (l.Next != "") != (l.Total > len(l.Rows)) {
					t.Errorf("list of %d has %d rows and next %q, limit %d", l.Total, len(l.Rows), l.Next, test.limit)
				}
			}
		})
	}
}

// TestProfileFilters: a filter narrows the lists that know it and leaves the others whole.
func TestProfileFilters(t *testing.T) {
	store := shelved(t, library(t))
	id := graph.ActorID(graph.Organization, graph.Fold(health))
	for set, want := range map[[2]string][4]int{
		{"voice", "reporter"}:        {3, 1, 1, 1},
		{"voice", "speaker"}:         {3, 2, 1, 1},
		{"kind", "indirect"}:         {1, 0, 1, 1},
		{"outlet", "harbor gazette"}: {1, 1, 1, 0},
		{"after", "anything"}:        {3, 3, 1, 1},
	} {
		fs := queries.NewFilters()
		if err := fs.Set(set[0], set[1]); err != nil {
			t.Fatal(err)
		}
		p, err := queries.ProfileOf(t.Context(), store, id, fs)
		if err != nil {
			t.Fatal(err)
		}
		if got := [4]int{p.SaidAbout.Total, p.CriticizedBy.Total, p.Affiliations.Total, p.Declined.Total}; got != want {
			t.Errorf("%s: said about, criticized by, affiliations, declined: got %v, want %v", set, got, want)
		}
	}
}

func TestProfileOfNobody(t *testing.T) {
	batches := library(t)
	store := shelved(t, batches)
	for name, id := range map[string]graph.ID{"nothing": {1}, "an article": batches[0].Article.ID} {
		if p, err := queries.ProfileOf(t.Context(), store, id, queries.NewFilters()); graph.CodeOf(err) != graph.NotFound {
			t.Errorf("%s: got %+v, %v; want not found", name, p, err)
		}
	}
}
