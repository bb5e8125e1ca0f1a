package quote

import (
	"sort"

	"saidgraph/loaders/quote/text"
)

// attribute finds who says what: spans, then the speaker, then who declined to say anything.
func (e *Engine) attribute(r *reading) {
	r.inside = r.doc.Outermost()
	r.attributions = e.spans(r)
	inOrder(r.attributions)
	e.refusals(r)
	e.speakers(r)
}

// inOrder sorts attributions by where their content begins, the longer first.
func inOrder(as []attribution) {
	for i := range as {
		c := as[i].content
		sort.Slice(c, func(i, j int) bool { return c[i].Start < c[j].Start })
		as[i].content = apart(c)
	}
	sort.SliceStable(as, func(i, j int) bool {
		a, b := extent(as[i].content), extent(as[j].content)
		if a.Start != b.Start {
			return a.Start < b.Start
		}
		return a.End > b.End
	})
}

// apart joins spans, in order of start, that overlap.
func apart(spans []text.Span) []text.Span {
	n := 0
	for _, x := range spans {
		if n > 0 && x.Start < spans[n-1].End {
			spans[n-1].End = max(spans[n-1].End, x.End)
			continue
		}
		spans[n] = x
		n++
	}
	return spans[:n]
}

// extent is the span from the first part to the last.
func extent(parts []text.Span) text.Span {
	if len(parts) == 0 {
		return text.Span{}
	}
	return text.Span{Start: parts[0].Start, End: parts[len(parts)-1].End}
}
