package queries_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"saidgraph/graph"
)

func TestQuotedWith(t *testing.T) {
	a := ask(t, shelved(t, library(t)), "who is quoted with Tom Okafor min-score:0")
	type short struct {
		name                    string
		joint, articles, claims int
		newest                  string
	}
	var got []short
	for _, c := range a.Companions {
		got = append(got, short{c.Actor.Name, c.Joint, c.Articles, c.Claims, line(c.Newest)})
	}
	want := []short{
		{ana, 1, 1, 2, "Ana Rivera+Tom Okafor: The clinic must stay open."},
		{maria, 0, 1, 1, "Maria Rivera: the clinic was safe"},
		{nils, 0, 1, 1, "Nils Lindqvist: little"},
	}
	slices.SortFunc(got[1:], func(a, b short) int { return strings.Compare(a.name, b.name) })
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(short{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestJointFirst: one joint statement, though older, goes before more articles and before newer statements.
func TestJointFirst(t *testing.T) {
	var batches []graph.Batch
	for i, text := range []string{"Xan and Bo said so. Xan said no.", "Xan said no. Bo said new. Cy said yes.", "Xan said no. Cy said yes.", "Xan said no. Cy said yes."} {
		d := newDraft(t, "https://j.example/"+string(rune('a'+i)), "", "", day(2025, 1, 1+i), text)
		for _, name := range []string{"Xan", "Bo", "Cy"} {
			if !strings.Contains(text, name) {
				continue
			}
			d.actor(graph.Person, name)
			if words := map[string]string{"Xan": "no", "Bo": "new", "Cy": "yes"}[name]; strings.Contains(text, words+".") {
				d.claim(graph.Indirect, words+".", "", 0.9, []string{name}, nil)
			}
		}
		if i == 0 {
			d.claim(graph.Indirect, "so", "", 0.9, []string{"Xan", "Bo"}, nil)
		}
		batches = append(batches, d.batch)
	}
	cy := newDraft(t, "https://j.example/cy", "", "", day(2025, 2, 1), "Cy said yes.")
	cy.actor(graph.Person, "Cy")
	cy.claim(graph.Indirect, "yes.", "", 0.9, []string{"Cy"}, nil)
	a := ask(t, shelved(t, append(batches, cy.batch)), "who is quoted with Xan")
	var got []string
	for _, c := range a.Companions {
		got = append(got, fmt.Sprint(c.Joint, c.Articles, c.Claims, " ", line(c.Newest)))
	}
	if want := []string{"1 2 2 Bo+Xan: so", "0 3 3 Cy: yes."}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestQuotedWithDoubt: who is quoted below the least score is quoted beside nobody.
func TestQuotedWithDoubt(t *testing.T) {
	if a := ask(t, shelved(t, library(t)), "who is quoted with Nils Lindqvist"); len(a.Companions) != 0 || a.Hint == "" {
		t.Errorf("got %d, hint %q; want none, and why", len(a.Companions), a.Hint)
	}
}
