package resolve_test

import (
	"testing"
	"unicode/utf8"

	"saidgraph/graph"
	"saidgraph/loaders/resolve"
)

func TestKey(t *testing.T) {
	tests := []struct {
		label graph.Label
		same  []string // names of one actor
		other []string // names of others
	}{
		{graph.Person,
			[]string{"René Bravo", "Dr. René Bravo", "Rene Bravo", "RENÉ BRAVO’s", "René Bravo, M.D.", "  René  Bravo "},
			[]string{"Bravo", "R. Bravo"}},
		{graph.Person,
			[]string{"Robert F. Kennedy Jr.", "Robert F Kennedy Jr", "Robert F. Kennedy, Jr.", "Secretary Robert F. Kennedy Jr."},
			[]string{"Robert F. Kennedy", "Robert Kennedy Jr."}},
		{graph.Person,
			[]string{"Trump", "President Trump", "President Trump's", "former President Trump", "Former President Trump"},
			[]string{"Donald Trump"}},
		{graph.Person, []string{"J.K. Rowling", "J. K. Rowling", "J K Rowling"}, []string{"Rowling"}},
		{graph.Person, []string{"Pope Francis"}, []string{"Francis"}},
		{graph.Person, []string{"O’Neill", "O'Neill"}, []string{"Neill"}},
		{graph.Organization,
			[]string{"the U.S. Department of Health", "US Department of Health", "The U.S. Department of Health’s"},
			[]string{"Department of Health"}},
		{graph.Organization, []string{"Apple Inc.", "Apple, Inc.", "Apple", "APPLE INC"}, []string{"Apple Records"}},
		{graph.Organization, []string{"McDonald's", "McDonald’s", "McDonald"}, nil},
		{graph.Organization, []string{"Health & Human Services", "Health and Human Services"}, nil},
	}
	seen := map[string]string{}
	for _, tt := range tests {
		want := resolve.Key(tt.label, tt.same[0])
		for _, name := range tt.same {
			if got := resolve.Key(tt.label, name); got != want || got == "" {
				t.Errorf("Key(%q): got %q, want %q as of %q", name, got, want, tt.same[0])
			}
		}
		for _, name := range append(tt.other, tt.same[0]) {
			got := resolve.Key(tt.label, name)
			if old, ok := seen[got]; ok {
				t.Errorf("%q and %q have one key %q", name, old, got)
			}
			seen[got] = name
		}
	}
}

func TestName(t *testing.T) {
	tests := []struct {
		label    graph.Label
		in, want string
	}{
		{graph.Person, "Sen. Alex Padilla’s", "Alex Padilla"},
		{graph.Person, "President", "President"},
		{graph.Person, "Hugh Hill, MD", "Hugh Hill"},
		{graph.Organization, "the Centers for Medicare and Medicaid Services", "Centers for Medicare and Medicaid Services"},
		{graph.Organization, "McDonald's", "McDonald's"},
		{graph.Organization, "The", "The"},
	}
	for _, tt := range tests {
		if got := resolve.Name(tt.label, tt.in); got != tt.want {
			t.Errorf("Name(%q): got %q, want %q", tt.in, got, tt.want)
		}
	}
}

// A name gives the same key however often it was cleaned, and none for what has no letters.
func FuzzKey(f *testing.F) {
	f.Add("Dr. René Bravo, M.D.")
	f.Add("the the Inc. Inc.")
	f.Fuzz(func(t *testing.T, name string) {
		for _, label := range []graph.Label{graph.Person, graph.Organization} {
			key := resolve.Key(label, name)
			if utf8.ValidString(name) && resolve.Key(label, " "+name+"\n") != key {
				t.Errorf("%q: white space around it changes the key %q", name, key)
			}
			if len(resolve.Name(label, name)) > len(name) {
				t.Errorf("%q: the name grew to %q", name, resolve.Name(label, name))
			}
		}
	})
}
