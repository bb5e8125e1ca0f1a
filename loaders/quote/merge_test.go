package quote

import (
	"strings"
	"testing"

	"saidgraph/loaders/quote/text"
)

// TestMerge joins findings of a tagger to what the rules found.
func TestMerge(t *testing.T) {
	e := newEngine(t)
	const in = `"The bridge is safe," Hugh Hill said. Ann Lee warned that it was not. She doubts the plan.`
	at := func(w string) []text.Span {
		i := strings.Index(in, w)
		return []text.Span{{Start: i, End: i + len(w)}}
	}
	r := &reading{doc: text.Split(in)}
	e.tag(r)
	r.inside = r.doc.Outermost()
	s := newSpotter(e, r)
	s.rules()
	s.merge([]finding{
		{content: at("The bridge is"), score: 0.6},
		{content: at("it was not"), cue: at("warned"), source: at("Ann Lee"), score: 0.7},
		{content: at("the plan"), cue: at("doubts"), source: at("She"), score: 0.5},
	})
	r.attributions = s.out
	for i, want := range []struct {
		content, cue, source string
		kind                 Kind
		speech, slight       bool
	}{
		{`"The bridge is safe,"`, "said", "Hugh Hill", Direct, true, false},
		{"it was not", "warned", "Ann Lee", Indirect, true, false},
		{"the plan", "doubts", "She", Indirect, false, true},
	} {
		if i >= len(r.attributions) {
			t.Fatalf("attribution %d is missing", i)
		}
		a := r.attributions[i]
		if len(a.cue) == 0 || len(a.source) == 0 {
			t.Fatalf("attribution %d has cue %v, source %v", i, a.cue, a.source)
		}
		if c, u, s := r.doc.Cut(a.content[0]), r.doc.Cut(a.cue[0]), r.doc.Cut(a.source[0]); c != want.content || u != want.cue || s != want.source ||
			a.kind != want.kind || a.speech != want.speech || a.slight != want.slight {
			t.Errorf("attribution %d: got  %q %q %q %s speech=%v slight=%v\nwant %+v", i, c, u, s, a.kind, a.speech, a.slight, want)
		}
	}
	if n := len(r.attributions); n != 3 {
		t.Errorf("%d attributions, want 3", n)
	}
}
