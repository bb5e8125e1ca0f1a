package quote

import (
	"strings"
	"testing"
)

// TestInterview holds the answers of a printed interview to who gives them.
func TestInterview(t *testing.T) {
	e, err := New()
	if err != nil {
		t.Fatal(err)
	}
	preface := "An interview with Inga Solheim\nBy Tobias Renwick\nInga Solheim arrives early and orders for both of us. At 71, she has a recording contract, and next month she returns to the festival that dismissed her. Her rival, Anton Wiesler, could not be reached.\nThese are edited excerpts from our conversation.\n"
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"letters", "Q. Ungovernable?\nA. By him, certainly. Anton ruled the way some people water plants.\nQ. Why?\nA. I do not know.\nQ. Was it hard?\nA. It was not.",
			[]string{"By him, certainly. Anton ruled the way some people water plants.", "I do not know.", "It was not."}},
		{"turns", "Was it hard to leave?\nI cried for a week.\nI still do.\nWhy did you go?\nThey sent a fax.\nYou studied in Bonn.\nI did, and I hated it.\nWill you go back?\nNever.",
			[]string{"I cried for a week.", "I still do.", "They sent a fax.", "I did, and I hated it.", "Never."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := preface + c.in
			got := []string{}
			for _, k := range e.Analyze(in).Claims {
				if k.By == "Inga Solheim" && len(k.Source) == 0 {
					got = append(got, in[k.Parts[0].Start:k.Parts[0].End])
				}
			}
			if strings.Join(got, "|") != strings.Join(c.want, "|") {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	if got := e.Analyze("Was it hard to leave? Why did you go?\n\nInga Solheim said she cried.").Claims; len(got) != 1 {
		t.Errorf("no interview: got %d claims, want 1", len(got))
	}
}
