package queries_test

import (
	"slices"
	"testing"

	"saidgraph/graph"
	"saidgraph/queries"
)

func TestNames(t *testing.T) {
	store := shelved(t, library(t))
	anaID := graph.ActorID(graph.Person, graph.Fold(ana)).String()
	tests := []struct {
		name, asked string
		want        string
		match       queries.Match
		others      []string
	}{
		{"name", "ana rivera", ana, queries.ByName, nil},
		{"alias", "hd", health, queries.ByName, nil},
		{"diacritics", "Ána Rivera", ana, queries.ByName, nil},
		{"surname", "Okafor", tom, queries.ByWord, nil},
		{"several bear it: most articles first", "Rivera", ana, queries.ByWord, []string{maria}},
		{"words of a long name", "Parks Recreation", parks, queries.ByWord, nil},
		{"article before a name", "the Health Department", health, queries.ByName, nil},
		{"article before nobody", "the Zzyzx", "", "", nil},
		{"id", anaID, ana, queries.ByID, nil},
		{"a beginning is no name", "Lind", "", "", []string{nils}},
		{"misspelled", "Tom Okafur", "", "", []string{tom}},
		{"misspelled surname beside another first name", "John Okafur", "", "", []string{tom}},
		{"nobody near", "Zzyzx", "", "", nil},
		{"no letters", `"!!!"`, "", "", nil},
		{"id of nobody", "00000000-0000-0000-0000-000000000001", "", "", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a := ask(t, store, "whom did "+test.asked+" criticize")
			n := a.Names[0]
			var got string
			others := n.Suggestions
			if n.Actor != nil {
				got, others = n.Actor.Name, n.Ambiguous
			}
			var names []string
			for _, c := range others {
				names = append(names, c.Name)
			}
			if got != test.want || n.Match != test.match || !slices.Equal(names, test.others) {
				t.Errorf("got %q by %q, others %q; want %q by %q, others %q", got, n.Match, names, test.want, test.match, test.others)
			}
			if unknown := test.want == ""; (len(a.Unknown) > 0) != unknown || unknown && a.Hint == "" {
				t.Errorf("unknown %q, hint %q; want unknown: %v", a.Unknown, a.Hint, unknown)
			}
		})
	}
}

func TestResolveKeepsTheOrder(t *testing.T) {
	names, err := queries.Resolve(t.Context(), shelved(t, library(t)), "Okafor", "Nobody", "HD", "Okafor")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, n := range names {
		s := n.Asked + "="
		if n.Actor != nil {
			s += n.Actor.Name
		}
		got = append(got, s)
	}
	if want := []string{"Okafor=" + tom, "Nobody=", "HD=" + health, "Okafor=" + tom}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestSameName: of two actors that bear a name exactly, the one in most articles answers.
func TestSameName(t *testing.T) {
	batches := library(t)
	d := newDraft(t, "https://x.example/hd", "", "", day(2025, 1, 1), "HD said no.")
	d.actor(graph.Organization, "HD")
	d.claim(graph.Indirect, "no", "", 0.9, []string{"HD"}, nil)
	a := ask(t, shelved(t, append(batches, d.batch)), "who criticized HD")
	if got := a.Names[0]; got.Actor == nil || got.Actor.Name != health || len(got.Ambiguous) != 1 || got.Ambiguous[0].Articles != 1 {
		t.Errorf("got %+v, want %s, and HD of one article beside it", got, health)
	}
}

// TestSplit: where several "and" could part two names, the graph's names decide.
func TestSplit(t *testing.T) {
	d := newDraft(t, "https://s.example/", "", "", day(2025, 1, 1), "Department of Parks said no.")
	d.actor(graph.Organization, "Department of Parks")
	d.claim(graph.Indirect, "no", "", 0.9, []string{"Department of Parks"}, nil)
	store := shelved(t, append(library(t), d.batch))
	for both, want := range map[string][2]string{
		parks + " and " + tom:           {parks, tom},
		tom + " and " + parks:           {tom, parks},
		"Health AND HD and " + parks:    {"Health AND HD", parks},
		"Nobody and No One and Nothing": {"Nobody", "No One and Nothing"},
	} {
		a := ask(t, store, "how are "+both+" connected")
		if got := [2]string{a.Names[0].Asked, a.Names[1].Asked}; got != want {
			t.Errorf("%s: got %q, want %q", both, got, want)
		}
	}
}
