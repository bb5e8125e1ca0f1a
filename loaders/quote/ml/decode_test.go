package ml

import (
	"fmt"
	"testing"
)

// tagsOf makes tags of one head from letters: O, B, I sure; b, i a little more likely than O; o a little less.
func tagsOf(h Head, letters string) *Tags {
	odds := map[rune][2]float32{'O': {-9, -9}, 'B': {9, 0}, 'I': {0, 9}, 'b': {1, -3}, 'i': {-3, 1}, 'o': {-3, -1}}
	t := newTags(len(letters))
	for k, c := range letters {
		s := t.s[k*perToken+2*int(h):]
		s[0], s[1] = squeeze(odds[c][0]), squeeze(odds[c][1])
	}
	return t
}

func TestSpans(t *testing.T) {
	var plain, sticky transitions
	sticky[1] = [3][3]float32{{0, -4, 0}, {-4, -4, 0}, {-4, -4, 0}} // begins and ends cost inside a quotation
	for _, tc := range []struct {
		name, letters string
		tr            *transitions
		mid           []uint8
		bias          float32
		want          string
	}{
		{"none", "OOOO", &plain, make([]uint8, 4), 0, "[]"},
		{"one", "OBIO", &plain, make([]uint8, 4), 0, "[1-3]"},
		{"two that touch", "BIBI", &plain, make([]uint8, 4), 0, "[0-2 2-4]"},
		{"never I after O", "OIIO", &plain, make([]uint8, 4), 0, "[1-3]"},
		{"a doubt outside quotations ends it", "BIoO", &plain, make([]uint8, 4), 0, "[0-2]"},
		{"a doubt inside one does not", "BIoIO", &sticky, []uint8{0, 1, 1, 1, 0}, 0, "[0-4]"},
		{"bias finds more", "OboO", &plain, make([]uint8, 4), 2, "[1-3]"},
		{"bias finds less", "ObOO", &plain, make([]uint8, 4), -2, "[]"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := []string{}
			for _, r := range tagsOf(Cue, tc.letters).spans(Cue, tc.bias, tc.tr, tc.mid) {
				got = append(got, fmt.Sprintf("%d-%d", r.first, r.last))
			}
			if fmt.Sprint(got) != tc.want {
				t.Errorf("got %v, want %s", got, tc.want)
			}
		})
	}
}
