package quote

import (
	"testing"

	"saidgraph/loaders/quote/text"
)

func TestAffiliate(t *testing.T) {
	e, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, person, organization, role string }{
		{"FEMA spokeswoman Dana Whitlock declined to answer.", "Dana Whitlock", "FEMA", "spokeswoman"},
		{"Laura Bennett, executive director of the Harbor Institute, said no.", "Laura Bennett", "Harbor Institute", "executive director"},
		{"Laura Bennett, a NASA adviser, said no.", "Laura Bennett", "NASA", "adviser"},
		{"Laura Bennett, the director of civil technology at the Center for Rivers and Lakes, said no.", "Laura Bennett", "Center for Rivers and Lakes", "director"},
		{"Laura Bennett of the University of Oslo said no.", "Laura Bennett", "University of Oslo", ""},
		{"Laura Bennett criticized the Harbor Institute.", "", "", ""},
	} {
		t.Run(c.text, func(t *testing.T) {
			r := &reading{doc: text.Split(c.text)}
			e.tag(r)
			e.findMentions(r)
			e.resolve(r)
			if c.person == "" {
				if len(r.affiliations) != 0 {
					t.Errorf("got %+v, want none", r.affiliations)
				}
				return
			}
			if len(r.affiliations) != 1 {
				t.Fatalf("got %d affiliations, want 1: %+v", len(r.affiliations), r.affiliations)
			}
			a := r.affiliations[0]
			if p, o := r.entities[a.person].name, r.entities[a.organization].name; p != c.person || o != c.organization || a.role != c.role {
				t.Errorf("got %q, %q, %q; want %q, %q, %q", p, a.role, o, c.person, c.role, c.organization)
			}
		})
	}
}
