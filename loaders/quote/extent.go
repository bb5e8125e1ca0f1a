package quote

import (
	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

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
	if last <= first {
		return last
	}
	if q := s.r.inside[last-1]; q >= 0 && s.d.Quotations[q].First >= first {
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
