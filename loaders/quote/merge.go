package quote

import (
	"sort"

	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

// finding is an attribution as a trained tagger hands it over: linked spans and how sure it is.
type finding struct {
	content, cue, source []text.Span
	score                float64
}

// confident is the score from which speech that only the rules find, and whose words the network leaves untouched, is kept.
const confident = 0.6

// merge puts the tagger's findings in place of what the rules found, where both speak of the same words.
//
// The tagger knows better where paraphrase ends and what reports it. The rules know quotation marks, names after
// dashes and labels before colons, and read cue and source beside a quotation: those they keep, or lend to a finding
// that lacks them. Without findings the rules' attributions stay as they are.
func (s *spotter) merge(found []finding) {
	if len(found) == 0 {
		return
	}
	rules := s.out
	inOrder(rules)
	s.out = make([]attribution, 0, len(found)+len(rules))
	for _, f := range found {
		if len(f.content) > 0 {
			s.out = append(s.out, s.classified(f))
		}
	}
	inOrder(s.out)
	n := len(s.out)
	piece := make([]bool, n)
	for _, a := range rules {
		k := s.twin(s.out[:n], &a)
		if a.quotation >= 0 {
			s.pieces(s.out[:n], piece, &a, k)
		}
		if k >= 0 {
			s.lend(&s.out[k], &a)
		} else if a.quotation >= 0 || a.label || a.speech && !a.slight && a.score >= confident && !s.touches(s.out[:n], &a) {
			s.out = append(s.out, a)
		}
	}
	kept := s.out[:0]
	for i := range s.out {
		if i >= n || !piece[i] {
			kept = append(kept, s.out[i])
		}
	}
	s.out = kept
}

// touches says whether the content of a shares words with that of one of the findings.
func (s *spotter) touches(sorted []attribution, a *attribution) bool {
	for i, end := around(sorted, a); i < end; i++ {
		if shared(a.content, sorted[i].content) > 0 {
			return true
		}
	}
	return false
}

// pieces marks the findings that are only a part of the quotation a, its twin excepted. One whose cue stands within the
// quotation is no piece: there, the quoted words report somebody's.
func (s *spotter) pieces(sorted []attribution, piece []bool, a *attribution, twin int) {
	x := extent(a.content)
	i := sort.Search(len(sorted), func(i int) bool { return extent(sorted[i].content).Start >= x.Start })
	for ; i < len(sorted) && extent(sorted[i].content).Start < x.End; i++ {
		b := &sorted[i]
		within := len(b.cue) > 0 && shared(b.cue, a.content) > 0
		piece[i] = piece[i] || i != twin && !within && shared(b.content, a.content) == size(b.content)
	}
}

// twin returns the attribution of the same words as a, by a Jaccard overlap of a half or more; -1 where there is none.
func (s *spotter) twin(sorted []attribution, a *attribution) int {
	best, at := 0.5, -1
	for i, end := around(sorted, a); i < end; i++ {
		both := shared(a.content, sorted[i].content)
		if j := float64(both) / float64(max(1, size(a.content)+size(sorted[i].content)-both)); j >= best {
			best, at = j, i
		}
	}
	return at
}

// around returns the range [first, end) of the sorted attributions that may share words with a.
func around(sorted []attribution, a *attribution) (first, end int) {
	const longest = 2000 // bytes before a from which a longer one that holds it is looked for
	x := extent(a.content)
	after := func(at int) int {
		return sort.Search(len(sorted), func(i int) bool { return extent(sorted[i].content).Start >= at })
	}
	return after(x.Start - longest + 1), after(x.End)
}

func size(spans []text.Span) int {
	n := 0
	for _, s := range spans {
		n += s.Len()
	}
	return n
}

// shared counts the bytes that two lists of spans, each in order, have in common.
func shared(a, b []text.Span) int {
	n, i, k := 0, 0, 0
	for i < len(a) && k < len(b) {
		n += max(0, min(a[i].End, b[k].End)-max(a[i].Start, b[k].Start))
		if a[i].End < b[k].End {
			i++
		} else {
			k++
		}
	}
	return n
}

// lend gives a finding what the rules know better: the exact quotation, and a cue or a source that it lacks.
func (s *spotter) lend(to, from *attribution) {
	if from.kind == Direct && from.quotation >= 0 {
		to.content, to.kind, to.quotation, to.speech, to.slight = from.content, Direct, from.quotation, true, false
		to.score = max(to.score, from.score) // the rules' other scores speak for the cue alone
	}
	if len(to.cue) == 0 {
		to.cue = from.cue
	}
	if len(to.source) == 0 {
		to.source = from.source
	}
}

// classified makes an attribution of a finding: its kind, and whether it is speech that makes a claim.
func (s *spotter) classified(f finding) attribution {
	a := attribution{content: s.bare(s.withoutAddressee(f.content)), cue: f.cue, source: f.source, score: f.score, quotation: -1, follows: -1}
	a.kind = s.r.kindOf(a.content)
	first := s.d.TokenAt(a.content[0].Start)
	if first < len(s.r.inside) && a.kind == Direct {
		a.quotation = int(s.r.inside[first])
	}
	if len(f.cue) == 0 {
		a.speech = a.kind == Direct
		return a
	}
	v, rep := s.cueHead(f.cue[0])
	source := run{}
	if len(f.source) > 0 {
		k := s.d.TokenAt(f.source[0].Start)
		source = s.simpleAfter(k, min(len(s.d.Tokens), k+longest))
	}
	a.speech = rep != nil && rep.speech || a.kind == Direct || s.is(v, "according", ":")
	a.slight = a.kind == Indirect && s.slight(v, frame{shape: s.shapeAt(first, v)}, rep, source)
	return a
}

// withoutAddressee drops who was told from the content, where a clause follows at once: "told | the council | that …".
func (s *spotter) withoutAddressee(content []text.Span) []text.Span {
	const longest = 8 // tokens of an addressee
	if len(content) < 2 {
		return content
	}
	first, next := s.d.TokenAt(content[0].Start), s.d.TokenAt(content[1].Start)
	if next > first && next-first <= longest && s.d.Tokens[next-1].End <= content[0].End && s.is(next, "that", "whether", "if", "how", "why") {
		return content[1:]
	}
	return content
}

// bare leaves out a full stop or a comma that ends the content outside quotation marks; what asks or shouts stays.
func (s *spotter) bare(content []text.Span) []text.Span {
	out := make([]text.Span, len(content))
	for k, x := range content {
		out[k] = x
		i := s.d.TokenAt(x.End - 1)
		for i > 0 && i < len(s.d.Tokens) && s.d.Tokens[i-1].End > x.Start && s.r.inside[i] < 0 && (s.kind(i) == text.Stop && !s.is(i, "?", "!") || s.is(i, ",", ";")) {
			i--
			out[k].End = s.d.Tokens[i].End
		}
	}
	return out
}

// cueHead returns the token that heads a cue, and what the lexicon knows of it: its last reporting verb, or its first token.
func (s *spotter) cueHead(cue text.Span) (int, *reporting) {
	first := s.d.TokenAt(cue.Start)
	head := first
	var rep *reporting
	for i := first; i < len(s.d.Tokens) && s.d.Tokens[i].Start < cue.End; i++ {
		if x := s.e.cues[s.low(i)]; x != nil {
			head, rep = i, x
		}
	}
	return min(head, len(s.d.Tokens)-1), rep
}

// shapeAt tells the form of the content that begins at token i, reported by the cue at v.
func (s *spotter) shapeAt(i, v int) shape {
	if i < v || i >= len(s.d.Tokens) {
		return bare
	}
	hi := s.d.Sentences[s.d.Tokens[i].Sentence].Last
	t := s.tag(i)
	switch {
	case s.is(i, "that") && t != pos.DT:
		return thatClause
	case t == pos.TO:
		return infinitive
	case t == pos.WP || t == pos.WRB || s.is(i, "whether", "if"):
		return wh
	case t == pos.VBG:
		return gerund
	case s.kind(i) == text.Open:
		return quotation
	case s.clauseAt(i, hi):
		return clause
	case t == pos.IN || s.tag(i-1) == pos.IN:
		return preposed
	}
	return object
}
