package loaders

import (
	"strings"
	"unicode/utf8"

	"saidgraph/graph"
	"saidgraph/loaders/quote"
)

// cutter cuts spans of code points out of a text like graph.Cut, but without walking it from its start each time:
// an article has some hundred spans to cut.
type cutter struct {
	text string
	at   []int32 // byte offset of each code point, and of the end; nil where all are one byte
}

func newCutter(text string) cutter {
	n := utf8.RuneCountInString(text)
	if n == len(text) {
		return cutter{text: text}
	}
	at := make([]int32, 0, n+1)
	for i := range text {
		at = append(at, int32(i))
	}
	return cutter{text, append(at, int32(len(text)))}
}

func (c cutter) byteAt(codePoint int) int {
	if c.at == nil {
		return codePoint
	}
	return int(c.at[codePoint])
}

// len of the text in code points.
func (c cutter) len() int {
	if c.at == nil {
		return len(c.text)
	}
	return len(c.at) - 1
}

// cut returns the words at the spans and the spans, empty ones left out; nothing of either where one is not in order
// or not within the text.
func (c cutter) cut(spans []quote.Span) (string, []graph.Span) {
	var out []graph.Span
	var parts []string
	end := 0
	for _, s := range spans {
		if s.Start == s.End {
			continue
		}
		if s.Start < end || s.End < s.Start || s.End > c.len() {
			return "", nil
		}
		end = s.End
		out = append(out, graph.Span(s))
		parts = append(parts, c.text[c.byteAt(s.Start):c.byteAt(s.End)])
	}
	return strings.Join(parts, graph.Ellipsis), out
}
