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
func (s *spotter) slight(v int, f frame, rep *reporting, source run) bool {
	switch f.shape {
	case bare, thatClause, clause, wh, quotation, colon, gerund:
		return false
	}
	if rep == nil {
		return true
	}
	switch rep.lemma {
	case "promise", "pledge", "vow", "threaten", "swear":
		return f.shape != infinitive
	case "warn", "complain", "caution", "accuse", "urge", "order", "ask", "tell":
		return false
	}
	return !(rep.names || rep.document && s.document(source) && f.shape == object)
}

// according reads "…, according to X" and "According to X, …".
func (s *spotter) according(v, lo, hi int) {
	n := s.after(v+2, hi, true)
	if n.empty() {
		return
	}
	end := n.last
	for end < hi && !s.is(end, ",", ";", "—") && s.kind(end) != text.Stop && s.kind(end) != text.Open {
		end++
	}
	source := run{n.first, end, n.head}
	a := attribution{quotation: -1, score: 0.9, speech: true, cue: s.cut(run{v, v + 2, v}), source: s.cut(source)}
	first := v
	for first > lo && s.is(first-1, ",", "—", "-", "--") {
		first--
	}
	switch {
	case first <= lo+1 && end+1 < hi:
		last := s.trim(end+1, hi)
		if last <= end+1 {
			return
		}
		a.content = append(a.content, s.span(end+1, last))
	case first > lo:
		start := lo
		if s.tag(start) == pos.CC && start+1 < first {
			start++
		}
		for k := first - 1; k > lo; k-- { // "X said A, but B, according to Y"
			if s.is(k, ";") && s.r.inside[k] < 0 {
				start = k + 1
				break
			}
		}
		if start >= first {
			return
		}
		a.content = append(a.content, s.span(start, first))
	default:
		return
	}
	a.kind = s.r.kindOf(a.content)
	s.add(a)
}

// trim drops the stop and the comma that end a sentence, and takes in the mark that closes a quotation begun within.
func (s *spotter) trim(first, last int) int {
	for last > first && s.kind(last-1) == text.Stop && s.r.inside[last-1] < 0 || last > first && s.is(last-1, ",", ";", ":", "—", "-") {
		last--
	}
	if q := s.r.inside[last-1]; last > first && q >= 0 && s.d.Quotations[q].First >= first {
		return s.d.Quotations[q].Last
	}
	for last > first && (s.kind(last-1) == text.Stop || s.is(last-1, ",", ";", ":", "—", "-")) {
		last--
	}
	return last
}

// preposed finds content before its cue: "The bill, he said, will pass" and "The bill will pass, he said."
func (s *spotter) preposed(v int, source run, lo, hi int) (first, last, again int) {
	left := v
	if !source.empty() {
		left = source.first
	}
	if left <= lo || !s.is(left-1, ",") || source.empty() {
		return 0, 0, hi
	}
	last = left - 1
	again = hi
	if s.is(v+1, ",") && v+2 < hi && s.tag(v+2) != pos.CC {
		again = v + 2
	}
	for first = lo; first < last && (s.tag(first) == pos.CC || s.is(first, ",", "in", "however") && s.is(first+1, "addition", ",")); first++ {
		if s.is(first+1, "addition") {
			first++
		}
	}
	return first, last, again
}

// objectEnd returns the end of the noun phrase, with what hangs on it, that begins at i.
func (s *spotter) objectEnd(i, hi int) int {
	n := s.simpleAfter(i, hi)
	k := i + 1
	if !n.empty() {
		k = n.last
	}
	for k < hi {
		switch {
		case s.kind(k) == text.Open && s.r.inside[k] >= 0 && s.r.inside[k-1] < 0:
			k = min(hi, s.d.Quotations[s.r.inside[k]].Last)
		case s.is(k, "of", "for", "to", "with", "against", "about", "from", "on", "between", "over", "in", "at", "by", "into", "toward", "towards", "as", "than", "among", "after", "before", "under", "through", "without") && !s.timeWord(k+1):
			m := s.simpleAfter(k+1, hi)
			if m.empty() {
				if s.verb(k + 1) {
					k += 2
					continue
				}
				return k
			}
			if s.timeWord(m.head) {
				return k
			}
			k = m.last
		case s.joint(k):
			m := s.simpleAfter(k+1, hi)
			if m.empty() || s.finite(m.last) {
				return k
			}
			k = m.last
		case (s.tag(k) == pos.VBG || s.tag(k) == pos.VBN) && k > i:
			k++
			if m := s.simpleAfter(k, hi); !m.empty() {
				k = m.last
			}
		case s.tag(k) == pos.WDT || s.tag(k) == pos.WP || s.is(k, "that"):
			return s.clauseEnd(k, k, hi, run{})
		default:
			return k
		}
	}
	return s.trim(i, hi)
}

// clauseEnd returns the end of the clause that begins at start and is the content of the cue at v.
func (s *spotter) clauseEnd(v, start, hi int, source run) int {
	relative := !source.empty() && (s.tag(source.head) == pos.WP || s.tag(source.head) == pos.WDT)
	for i := start; i < hi; i++ {
		if q := s.r.inside[i]; q >= 0 && s.d.Quotations[q].First == i {
			i = min(hi, s.d.Quotations[q].Last) - 1
			continue
		}
		switch {
		case s.is(i, ",", ";", "—", "--") && (relative || s.cutsAt(i, hi)):
			return i
		case i > start+1 && s.tag(i) == pos.CC && s.cueFollows(i+1, hi):
			return i
		}
	}
	return s.trim(start, hi)
}

// cutsAt says whether content ends at the comma at i.
func (s *spotter) cutsAt(i, hi int) bool {
	k := i + 1
	if s.is(k, "according") {
		return true
	}
	if s.tag(k) == pos.CC || s.is(k, "while", "although", "though", "as") {
		k++
	}
	if s.tag(k) == pos.VBG && s.scores[k] >= cueThreshold {
		return true
	}
	n := s.after(k, hi, true)
	if n.empty() {
		return s.cueFollows(k, hi)
	}
	return s.cueFollows(n.last, hi)
}

// cueFollows says whether the verb group at i is a cue that says something.
func (s *spotter) cueFollows(i, hi int) bool {
	v := s.verbAfter(i, hi)
	return v >= 0 && (s.scores[v] >= 0.5 || s.cue[v]) && s.e.cues[s.low(v)] != nil && s.e.cues[s.low(v)].speech
}
