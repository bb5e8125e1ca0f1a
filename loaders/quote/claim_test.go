package quote

import (
	"testing"

	"saidgraph/loaders/quote/text"
)

// TestOnce holds claims of the same words to one.
func TestOnce(t *testing.T) {
	span := func(a, b int) []text.Span { return []text.Span{{Start: a, End: b}} }
	for _, c := range []struct {
		name string
		as   []attribution
		want []int
	}{
		{"a part of the same speaker's", []attribution{{by: "Lee", score: .9}, {by: "Lee", score: .5}}, []int{1}},
		{"a part that another said", []attribution{{by: "Roe", score: .9}, {by: "Lee", score: .5}}, []int{0, 1}},
		{"a part of nobody's", []attribution{{score: .9}, {score: .5}}, []int{0, 1}},
	} {
		r := &reading{attributions: c.as}
		same(t, c.name, r.once([]claim{{attribution: 0, parts: span(5, 9)}, {attribution: 1, parts: span(2, 12)}}), c.want)
	}
	r := &reading{attributions: []attribution{{by: "Roe", score: .9}, {by: "Lee", score: .95}}}
	same(t, "the very same words", r.once([]claim{{attribution: 0, parts: span(5, 9)}, {attribution: 1, parts: span(5, 9)}}), []int{1})
}

func same(t *testing.T, name string, got []claim, want []int) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: got %d claims, want %d", name, len(got), len(want))
		return
	}
	for i := range got {
		if got[i].attribution != want[i] {
			t.Errorf("%s: claim %d is of attribution %d, want %d", name, i, got[i].attribution, want[i])
		}
	}
}
