package quote

import "saidgraph/loaders/quote/text"

// claim is one run of speech of an attribution.
//
// An attribution joins what one source says in one breath of the article: `"A," he said. "B."`
// is one. The graph wants each run provable by itself, so a claim ends where the next words
// begin a sentence of their own.
type claim struct {
	attribution int // index into reading.attributions
	kind        Kind
	parts       []text.Span
}

// claims projects the attributions that are speech.
func (r *reading) claims() []claim {
	out := make([]claim, 0, len(r.attributions))
	for i := range r.attributions {
		a := &r.attributions[i]
		if !a.speech || a.slight || len(a.content) == 0 || r.within(a) {
			continue
		}
		first := 0
		for k := 1; k <= len(a.content); k++ {
			if k < len(a.content) && !r.breaks(a.content[k-1], a.content[k]) {
				continue
			}
			parts := a.content[first:k:k]
			kind := a.kind
			if k-first < len(a.content) {
				kind = r.kindOf(parts)
			}
			out = append(out, claim{attribution: i, kind: kind, parts: parts})
			first = k
		}
	}
	return r.once(out)
}

// once drops a claim whose words another claim of the same speaker has, and of two claims of the very same words the less sure:
// what somebody says once is one claim.
func (r *reading) once(cs []claim) []claim {
	const reach = 6 // claims to either side
	kept := make([]claim, 0, len(cs))
	for i := range cs {
		again := false
		for j := max(0, i-reach); j < min(len(cs), i+reach+1) && !again; j++ {
			again = j != i && r.repeats(cs, i, j)
		}
		if !again {
			kept = append(kept, cs[i])
		}
	}
	return kept
}

// repeats says whether claim i says nothing that claim j does not say.
func (r *reading) repeats(cs []claim, i, j int) bool {
	a, b := &cs[i], &cs[j]
	if a.attribution == b.attribution {
		return false
	}
	n := size(a.parts)
	if shared(a.parts, b.parts) < n {
		return false
	}
	x, y := &r.attributions[a.attribution], &r.attributions[b.attribution]
	if size(b.parts) == n {
		return x.score < y.score || x.score == y.score && i > j
	}
	return x.by != "" && x.by == y.by
}

// within says whether the attribution stands in somebody else's quotation: what he says that others say is his claim.
func (r *reading) within(a *attribution) bool {
	if a.quotation >= 0 || len(a.cue) == 0 {
		return false
	}
	i := r.doc.TokenAt(a.cue[0].Start)
	return i < len(r.inside) && r.inside[i] >= 0
}

// breaks says whether a new run of speech begins with b, the words that follow a.
// `"A," he said, "b."` goes on; `"A," he said. "B."` breaks; a quotation of several paragraphs goes on.
func (r *reading) breaks(a, b text.Span) bool {
	d := r.doc
	i, j := d.TokenAt(a.End-1), d.TokenAt(b.Start)
	if i >= len(d.Tokens) || j >= len(d.Tokens) {
		return true
	}
	if q := r.inside[j]; q >= 0 && d.Quotations[q].Continues >= 0 {
		return false
	}
	return d.Tokens[i].Sentence != d.Tokens[j].Sentence
}

// kindOf says how much of the spans stands between quotation marks.
func (r *reading) kindOf(spans []text.Span) Kind {
	quoted, bare := false, false
	for _, s := range spans {
		for i := r.doc.TokenAt(s.Start); i < len(r.doc.Tokens) && r.doc.Tokens[i].Start < s.End; i++ {
			switch r.doc.Tokens[i].Kind {
			case text.Word, text.Number:
				quoted = quoted || r.inside[i] >= 0
				bare = bare || r.inside[i] < 0
			}
		}
	}
	switch {
	case quoted && bare:
		return Mixed
	case quoted:
		return Direct
	}
	return Indirect
}
