package quote

import (
	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

// sources reads source spans: which words in them head a speaker, and which mention stands there.
type sources struct {
	spotter
	heads  []int32 // the mention that each token heads, -1
	covers []int32 // the outermost mention that holds each token, -1
}

func newSources(e *Engine, r *reading) *sources {
	s := &sources{spotter: spotter{e: e, r: r, d: r.doc}}
	s.heads = make([]int32, len(r.doc.Tokens))
	s.covers = make([]int32, len(r.doc.Tokens))
	for i := range s.heads {
		s.heads[i], s.covers[i] = -1, -1
	}
	for m := range r.mentions {
		x := &r.mentions[m]
		if h := x.head; h >= 0 && h < len(s.heads) && (s.heads[h] < 0 || r.mentions[s.heads[h]].last-r.mentions[s.heads[h]].first > x.last-x.first) {
			s.heads[h] = int32(m)
		}
		for i := x.last - 1; i >= x.first && i >= x.last-longest && s.covers[i] < 0; i-- {
			s.covers[i] = int32(m)
		}
	}
	return s
}

// tokens returns the run of tokens of a span.
func (s *sources) tokens(x text.Span) run {
	first := s.d.TokenAt(x.Start)
	last := first
	for last < len(s.d.Tokens) && s.d.Tokens[last].Start < x.End {
		last++
	}
	for last > first+1 && s.d.Tokens[last-1].Kind == text.Symbol {
		last-- // an emoji is no part of a name
	}
	return run{first, last, first}
}

// phrases takes a source apart into the noun phrases that speak: one, or several joined by "and".
// What follows a preposition or stands in apposition does not speak.
func (s *sources) phrases(x text.Span) []run {
	t := s.tokens(x)
	t.first = s.dateline(t)
	var out []run
	for i := t.first; i < t.last; {
		n := s.simpleAfter(i, t.last)
		if n.empty() {
			if len(out) == 0 && i+1 < t.last { // "former" tagged as a verb, a quotation mark: try the next word
				i++
				continue
			}
			break
		}
		n = s.nameEnd(n, t.last)
		if len(out) == 0 && n.last < t.last && s.tag(n.last) == pos.DT && s.tag(n.first) == pos.DT && s.noun(n.last-1) {
			i = n.last // "a claim the union described as"
			continue
		}
		out = append(out, n)
		switch {
		case s.joint(n.last):
			i = n.last + 1
		case s.is(n.last, ",") && s.listGoesOn(n.last+1, t.last, n):
			i = n.last + 1
			if s.is(i, "and") {
				i++
			}
		default:
			return out
		}
	}
	return out
}

// dateline is where a source begins after the place that a report opens with: "BASEL -- Tellun AG".
func (s *sources) dateline(t run) int {
	if end := s.r.dateline(t.first); end > 0 && end < t.last {
		return end
	}
	return t.first
}

// nameEnd lets the phrase end where its mention ends, when that reaches further: "Department of Agriculture".
func (s *sources) nameEnd(n run, hi int) run {
	if m := s.heads[min(n.head, len(s.heads)-1)]; m >= 0 {
		if x := s.r.mentions[m]; x.form == Name && x.last > n.last && x.last <= hi {
			n.last = x.last
		}
	}
	if m := s.covers[n.head]; m >= 0 {
		if x := s.r.mentions[m]; x.form == Name && x.last > n.last && x.last <= hi && x.typ == Organization {
			n.last, n.head = x.last, x.head
		}
	}
	return n
}

// listGoesOn says whether the comma after n goes on a list of names, "A, B and C", rather than opening an apposition.
func (s *sources) listGoesOn(i, hi int, n run) bool {
	if s.is(i, "and") {
		i++
	}
	if !s.proper(n.head) || !s.proper(i) {
		return false
	}
	m := s.simpleAfter(i, hi)
	if m.empty() || !s.proper(m.head) || s.r.word(m.head)&(isTitle|isPersonNoun) != 0 && s.r.word(m.head)&isGiven == 0 { // "Ann Lee, Chairman and Chief Executive"
		return false
	}
	return s.joint(m.last) || s.joint(i-1) || s.is(m.last, ",") && s.listGoesOn(m.last+1, hi, m)
}

// mentionOf returns the mention that the phrase n is headed by, -1 where there is none.
func (s *sources) mentionOf(n run) int {
	if n.empty() {
		return -1
	}
	if n.head >= 0 && n.head < len(s.heads) && s.heads[n.head] >= 0 {
		return int(s.heads[n.head])
	}
	for i := n.last - 1; i >= n.first; i-- {
		if m := s.heads[i]; m >= 0 && s.r.mentions[m].last >= n.last {
			return int(m)
		}
	}
	if m := s.covers[n.head]; m >= 0 && (s.r.mentions[m].last == n.last || s.r.mentions[m].form == Name) {
		return int(m)
	}
	return -1
}

// antecedent returns the phrase that the relative pronoun at i stands for.
func (s *sources) antecedent(i int) run {
	lo := s.d.Sentences[s.d.Tokens[i].Sentence].First
	k := i
	for k > lo && (s.is(k-1, ",", "—", "–", "--", "-", ")") || s.tag(k-1) == pos.IN) {
		k--
	}
	n := s.before(k, lo)
	if n.empty() {
		return n
	}
	if near := (run{s.simpleBefore(k, lo), k, k - 1}); !near.empty() { // "sends the measure to the mayor, who"
		want := Person
		if s.is(i, "which", "that") {
			want = Organization
		}
		if m := s.mentionOf(near); m >= 0 && s.r.mentions[m].typ == want {
			return near
		}
	}
	return s.simpleAfter(n.first, k)
}

// body says whether the phrase describes an organization without naming it: "the agency".
func (s *sources) body(n run) bool {
	switch s.low(n.head) {
	case "agency", "department", "company", "organization", "organisation", "group", "union", "campaign", "committee", "ministry", "bank", "firm", "board",
		"commission", "council", "court", "newspaper", "association", "party", "foundation", "institute", "center", "university", "network", "office",
		"bureau", "administration", "authority", "hospital", "school", "district", "team", "club", "charity", "coalition", "nonprofit", "corporation", "panel", "outlet", "magazine", "fund", "regulator", "watchdog", "broadcaster":
		return s.is(n.first, "the", "this", "that")
	}
	return false
}
