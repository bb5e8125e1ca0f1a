package quote

import (
	"sort"

	"saidgraph/loaders/quote/text"
)

// attribute finds who says what: spans, then the speaker, then who declined to say anything.
func (e *Engine) attribute(r *reading) {
	r.inside = r.doc.Outermost()
	r.attributions = e.spans(r, e.found(r))
	inOrder(r.attributions)
	e.refusals(r)
	e.speakers(r)
}

// inOrder sorts attributions by where their content begins, the longer first.
func inOrder(as []attribution) {
	for i := range as {
		c := as[i].content
		sort.Slice(c, func(i, j int) bool { return c[i].Start < c[j].Start })
	}
	sort.SliceStable(as, func(i, j int) bool {
		a, b := extent(as[i].content), extent(as[j].content)
		if a.Start != b.Start {
			return a.Start < b.Start
		}
		return a.End > b.End
	})
}

// extent is the span from the first part to the last.
func extent(parts []text.Span) text.Span {
	if len(parts) == 0 {
		return text.Span{}
	}
	return text.Span{Start: parts[0].Start, End: parts[len(parts)-1].End}
}
