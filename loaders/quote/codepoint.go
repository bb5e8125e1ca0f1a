package quote

import (
	"unicode/utf8"

	"saidgraph/loaders/quote/text"
)

// codepoints turns byte offsets into counts of code points, as []rune(s) counts them:
// each byte that is no UTF-8 is one. It is made in one pass and answers in constant time.
type codepoints struct {
	s      string
	before int     // code points that stand before s
	block  []block // nil for ASCII, where both counts are the same
}

// block is the first character that begins in a stretch of blockSize bytes.
type block struct{ at, count int }

const blockShift = 7

func newCodepoints(s string, before int) *codepoints {
	c := &codepoints{s: s, before: before}
	if ascii(s) {
		return c
	}
	c.block = make([]block, 0, len(s)>>blockShift+1)
	n := 0
	for i := range s {
		if i>>blockShift == len(c.block) {
			c.block = append(c.block, block{i, n})
		}
		n++
	}
	return c
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// count returns the number of code points of the article before byte b, which begins a character or ends the text.
func (c *codepoints) count(b int) int {
	if len(c.block) == 0 {
		return c.before + b
	}
	k := min(b>>blockShift, len(c.block)-1)
	if c.block[k].at > b {
		k--
	}
	at := c.block[k]
	return c.before + at.count + utf8.RuneCountInString(c.s[at.at:b])
}

func (c *codepoints) span(s text.Span) Span { return Span{c.count(s.Start), c.count(s.End)} }

func (c *codepoints) spans(in []text.Span) []Span {
	if len(in) == 0 {
		return nil
	}
	out := make([]Span, len(in))
	for i, s := range in {
		out[i] = c.span(s)
	}
	return out
}
