package quote

import (
	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

// A word is taken for a cue from cueThreshold on; a document that "found" or "states" is sure to report
// unless the model thinks it unlikely.
const (
	cueThreshold = 0.4
	sure         = 0.5
	unlikely     = 0.1
)

// widest is how far from its cue, in tokens, an attribution's content and source may reach: a bound that keeps work linear.
const widest = 300

// documented says whether the verb at v reports what a document says.
func (s *spotter) documented(v int, source run) bool {
	rep := s.e.cues[s.low(v)]
	return rep != nil && rep.document && !source.empty() && s.document(source) && s.finite(v)
}

// verbs finds the attributions whose cue is a verb, a noun or an adjective.
func (s *spotter) verbs() {
	var buf []uint32
	s.scores = make([]float32, len(s.d.Tokens))
	for _, sen := range s.d.Sentences {
		for v := sen.First; v < sen.Last; v++ {
			if !s.candidate(v) || s.cue[v] {
				continue
			}
			lo, hi := s.bounds(v, sen)
			f := s.frameOf(v, hi)
			n := s.sourceOf(v, lo, hi)
			buf = s.features(buf[:0], v, f, n)
			p := s.e.cueWeights.probability(buf)
			if p < sure && p > unlikely && s.documented(v, n) {
				p = sure
			}
			s.scores[v] = float32(p)
		}
		for v := sen.First; v < sen.Last; v++ {
			if s.is(v, "according") && s.is(v+1, "to") && !s.cue[v] {
				lo, hi := s.bounds(v, sen)
				s.according(v, lo, hi)
			}
			if p := s.scores[v]; float64(p) >= cueThreshold && !s.cue[v] {
				lo, hi := s.bounds(v, sen)
				s.report(v, lo, hi, float64(p))
			}
		}
	}
}

// bounds are the tokens that an attribution with its cue at v may span: its sentence, or the quotation that holds it.
func (s *spotter) bounds(v int, sen text.Sentence) (lo, hi int) {
	lo, hi = max(sen.First, v-widest), min(sen.Last, v+widest)
	if q := s.r.inside[v]; q >= 0 {
		lo = max(lo, s.d.Quotations[q].First+1)
		hi = min(hi, s.d.Quotations[q].Last)
		if hi > lo && s.kind(hi-1) == text.Close {
			hi--
		}
	}
	return lo, hi
}

// sourceOf finds whose words the cue at v reports.
func (s *spotter) sourceOf(v, lo, hi int) run {
	if t := s.tag(v); t == pos.NN || t == pos.NNS || t == pos.JJ {
		return s.possessor(v, lo)
	}
	return s.subject(v, lo, 0)
}

// possessor finds the source of a noun or adjective: "Trump's claim that", "he is confident that".
func (s *spotter) possessor(v, lo int) run {
	for k := v - 1; k >= max(lo, v-6); k-- {
		switch {
		case s.tag(k) == pos.PRPS:
			return run{k, k + 1, k}
		case s.tag(k) == pos.POS:
			return s.before(k, lo)
		case s.verb(k):
			return s.subject(k, lo, 0)
		}
	}
	return run{}
}

// report adds the attribution of the cue at v.
func (s *spotter) report(v, lo, hi int, p float64) {
	f := s.frameOf(v, hi)
	source := s.sourceOf(v, lo, hi)
	rep := s.e.cues[s.low(v)]
	a := attribution{quotation: -1, score: p}
	cue := run{v, f.cueEnd, v}
	switch f.shape {
	case bare:
		first, last, again := s.preposed(v, source, lo, hi)
		if first >= last {
			return
		}
		a.content = append(a.content, s.span(first, last))
		if again < hi {
			if end := s.trim(again, hi); end > again {
				a.content = append(a.content, s.span(again, end))
			}
		}
	case object, preposed, adjective:
		end := s.objectEnd(f.start, hi)
		if rep != nil && f.shape == object && (rep.names || rep.document && !source.empty() && s.document(source)) {
			end = s.clauseEnd(v, f.start, hi, source)
		}
		if end <= f.start {
			return
		}
		a.content = append(a.content, s.span(f.start, end))
	default:
		if f.shape == colon && f.start >= hi {
			f.start, hi = s.nextParagraph(v)
		}
		end := s.clauseEnd(v, f.start, hi, source)
		if end <= f.start {
			return
		}
		a.content = append(a.content, s.span(f.start, end))
	}
	a.cue, a.source = s.cut(cue), s.cut(source)
	a.kind = s.r.kindOf(a.content)
	a.speech = rep != nil && rep.speech && s.verb(v) || f.shape == thatClause && s.noun(v) && rep != nil && rep.speech
	a.slight = s.slight(v, f, rep, source) && a.kind == Indirect
	s.add(a)
}

// nextParagraph is what a colon at the end of a paragraph announces: the paragraph after it, where that is no quotation of its own.
func (s *spotter) nextParagraph(v int) (first, last int) {
	k := s.d.Sentences[s.d.Tokens[v].Sentence].Paragraph + 1
	if k >= len(s.d.Paragraphs) {
		return 0, 0
	}
	p := s.d.Paragraphs[k]
	first, last = s.d.Sentences[p.First].First, s.d.Sentences[p.Last-1].Last
	if q := s.r.inside[first]; q >= 0 && s.taken[q] >= 0 {
		return 0, 0
	}
	return first, last
}

// slight says whether what follows the cue is only a topic, an object or an aim: "discussed the bill", "sought to win".
// A paraphrase without a source is nobody's claim.
func (s *spotter) slight(v int, f frame, rep *reporting, source run) bool {
	if source.empty() && f.shape != quotation {
		return true
	}
	switch f.shape {
	case bare, thatClause, clause, wh, quotation, colon, gerund:
		return false
	}
	if rep == nil {
		return true
	}
	switch rep.lemma {
	case "promise", "pledge", "vow", "threaten", "swear", "urge", "order", "demand", "implore":
		return f.shape != infinitive
	case "warn", "complain", "caution":
		return f.shape != preposed
	case "accuse":
		return false
	}
	return f.shape == infinitive || !(rep.names || rep.document && s.document(source) && f.shape == object)
}
