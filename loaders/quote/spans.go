package quote

import "saidgraph/loaders/quote/text"

// spotter finds candidate attributions: content, cue and source, without the speaker.
//
// It is the seam for a trained tagger. Whatever finds the spans hands over attributions
// of this form; linking gaps, speakers and claims are the work of the steps after it.
type spotter struct {
	e      *Engine
	r      *reading
	d      *text.Doc
	out    []attribution
	taken  []int32 // the attribution that each outermost quotation belongs to, -1
	cue    []bool  // tokens that are already the cue of a quotation
	scores []float32

	steps     int // taken in search of one subject
	direct    int // the direct attribution found last, -1
	directEnd int // the sentence where it, or its cue, ends
}

func newSpotter(e *Engine, r *reading) *spotter {
	s := &spotter{e: e, r: r, d: r.doc}
	s.taken = make([]int32, len(r.doc.Quotations))
	for i := range s.taken {
		s.taken[i] = -1
	}
	s.cue = make([]bool, len(r.doc.Tokens))
	return s
}

// spans reads the article with rules and the cue model, and joins to it what the network finds.
func (e *Engine) spans(r *reading) []attribution {
	s := newSpotter(e, r)
	s.rules()
	s.merge(s.found())
	return s.out
}

// rules finds what quotation marks, cues and labels show.
func (s *spotter) rules() {
	s.quotations()
	s.verbs()
	s.labels()
	s.interview()
}

// span is the text of tokens [first, last).
func (s *spotter) span(first, last int) text.Span {
	return text.Span{Start: s.d.Tokens[first].Start, End: s.d.Tokens[last-1].End}
}

// cut makes spans of one run, none of an empty one.
func (s *spotter) cut(n run) []text.Span {
	if n.empty() {
		return nil
	}
	return []text.Span{s.span(n.first, n.last)}
}

func (s *spotter) add(a attribution) int {
	a.follows = -1
	s.out = append(s.out, a)
	return len(s.out) - 1
}
