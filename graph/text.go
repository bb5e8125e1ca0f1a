package graph

import (
	"strings"
	"unicode/utf8"
)

// text finds code points in a string without walking it again for each span; of ASCII it needs no table.
type text struct {
	s      string
	starts []int32 // byte offsets of the code points and the end; nil: ASCII
}

func newText(s string) text {
	if strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
		return text{s: s}
	}
	starts := make([]int32, 0, len(s)+1)
	for i := range s {
		starts = append(starts, int32(i))
	}
	return text{s: s, starts: append(starts, int32(len(s)))}
}

func (t text) len() int {
	if t.starts == nil {
		return len(t.s)
	}
	return len(t.starts) - 1
}

// cut is [Cut].
func (t text) cut(spans []Span) (string, bool) {
	var b strings.Builder
	at := 0
	for i, s := range spans {
		if s.Start < at || s.End <= s.Start || s.End > t.len() {
			return "", false
		}
		from, to := s.Start, s.End
		if t.starts != nil {
			from, to = int(t.starts[from]), int(t.starts[to])
		}
		if len(spans) == 1 {
			return t.s[from:to], true
		}
		if i > 0 {
			b.WriteString(Ellipsis)
		}
		b.WriteString(t.s[from:to])
		at = s.End
	}
	return b.String(), true
}
