package quote

import (
	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

// shape is how the words after a cue report: what form the content has.
type shape uint8

const (
	bare       shape = iota // nothing follows: "…, he said."
	thatClause              // said that …
	clause                  // said the bill …
	wh                      // asked whether …
	infinitive              // promised to …
	object                  // criticized the plan
	preposed                // warned of …, called for …
	quotation               // called it a "…"
	gerund                  // denied taking …
	adjective               // seems likely
	colon                   // said: …
	inverted                // "…, said X."
)

// frame is a cue with what follows it.
type frame struct {
	shape  shape
	cueEnd int // one past the cue's last token
	start  int // first token of the content
	person run // who is addressed: "told reporters"
}

// frameOf reads what follows the candidate cue at v.
func (s *spotter) frameOf(v, hi int) frame {
	f := frame{cueEnd: v + 1, start: v + 1}
	k := v + 1
	for n := 0; k < hi && n < 2 && (s.tag(k) == pos.RP || s.tag(k) == pos.RB && !s.is(k, "n't", "n’t")); n++ {
		k++
	}
	if s.tag(k-1) == pos.RP {
		f.cueEnd = k
	}
	for n := 0; n < 4; n++ {
		done, next := s.frameAt(&f, v, k, hi)
		if done {
			return f
		}
		k = next
	}
	return f
}

// frameAt tries to read the content at k; it returns the next place to try where k holds only time, place or addressee.
func (s *spotter) frameAt(f *frame, v, k, hi int) (done bool, next int) {
	set := func(h shape, start int) (bool, int) {
		f.shape, f.start = h, start
		return true, 0
	}
	if k >= hi {
		return true, 0
	}
	t := s.tag(k)
	switch {
	case s.kind(k) == text.Open:
		return set(quotation, k)
	case s.kind(k) == text.Stop || s.is(k, ",", ";", ")") || s.kind(k) == text.Close:
		return true, 0
	case s.is(k, ":"):
		return set(colon, k+1)
	case s.is(k, "that") && k+1 < hi && t != pos.DT:
		return set(thatClause, k)
	case t == pos.TO && s.tag(k+1) != pos.VB && s.tag(k+1) != pos.RB && !s.verb(k+1):
		return s.prepositional(f, v, k, hi)
	case t == pos.TO:
		return set(infinitive, k)
	case t == pos.WP || t == pos.WRB || t == pos.WDT || s.is(k, "whether", "if"):
		return set(wh, k)
	case s.timeWord(k) || s.is(k, "last", "this", "late", "early", "earlier") && s.timeWord(k+1):
		for k < hi && (s.timeWord(k) || s.is(k, "last", "this", "late", "early") || s.tag(k) == pos.CD) {
			k++
		}
		return false, k
	case t == pos.IN:
		return s.prepositional(f, v, k, hi)
	case t == pos.VBG:
		return set(gerund, k)
	}
	n := s.simpleAfter(k, hi)
	if n.empty() {
		if t == pos.VBN || t == pos.RB || t == pos.VBD {
			return set(adjective, k)
		}
		return true, 0
	}
	if s.clauseAt(k, hi) {
		return set(clause, k)
	}
	if rep := s.e.cues[s.low(v)]; rep != nil && rep.addressee && f.person.empty() && s.opensContent(n.last, hi) {
		f.person = n
		return false, n.last
	}
	if s.is(n.last, "that") && s.tag(n.last) == pos.IN { // "expressed concern that"
		f.cueEnd = n.last
		return set(thatClause, n.last)
	}
	if s.tag(n.last-1) == pos.JJ && n.head == n.last-1 {
		return set(adjective, k)
	}
	return set(object, k)
}

// opensContent says whether content may begin at i, right after an addressee.
func (s *spotter) opensContent(i, hi int) bool {
	if i >= hi {
		return false
	}
	t := s.tag(i)
	return s.is(i, "that", "whether", "if", ":", ",", "about", "of") || t == pos.TO || t == pos.WRB || t == pos.WP || s.kind(i) == text.Open ||
		t == pos.IN || s.timeWord(i) || s.clauseAt(i, hi)
}

// prepositional reads "said on Tuesday that", "said in a statement", "warned of".
func (s *spotter) prepositional(f *frame, v, k, hi int) (bool, int) {
	for i := k + 1; i < min(hi, k+10); i++ {
		if s.is(i, "that") && s.tag(i) == pos.IN {
			f.shape, f.start = thatClause, i
			return true, 0
		}
		if s.finite(i) || s.is(i, ",", ";", ":") || s.kind(i) == text.Open {
			break
		}
	}
	if t := s.tag(k + 1); t == pos.WRB || t == pos.WP || s.is(k+1, "whether", "if") {
		f.shape, f.start, f.cueEnd = wh, k+1, k+1
		return true, 0
	}
	n := s.simpleAfter(k+1, hi)
	if !n.empty() && (s.timeWord(n.head) || s.is(k, "in", "at", "on", "during", "after", "to") && s.venue(n.head)) && n.last < hi {
		return false, n.last
	}
	f.shape, f.start, f.cueEnd = preposed, k+1, k+1
	return true, 0
}

// venue says whether token i is where things are said: "in a statement", "at a rally".
func (s *spotter) venue(i int) bool {
	switch s.low(i) {
	case "statement", "interview", "speech", "letter", "email", "e-mail", "tweet", "rally", "conference", "debate", "post", "remarks",
		"memo", "briefing", "hearing", "op-ed", "column", "testimony", "book", "event", "address", "message", "radio", "reporters",
		"call", "show", "television", "tv", "twitter", "facebook", "appearance", "meeting", "forum", "report", "reporter", "supporters", "release":
		return true
	}
	return false
}

// clauseAt says whether a clause with its own subject and finite verb begins at k.
func (s *spotter) clauseAt(k, hi int) bool {
	if k < hi && s.tag(k) == pos.EX {
		return true
	}
	n := s.after(k, hi, true)
	if n.empty() {
		return false
	}
	i := n.last
	for i < hi && (s.tag(i) == pos.RB && !s.is(i, "not") || s.kind(i) == text.Open) {
		i++
	}
	if i < hi && s.finite(i) {
		return true
	}
	if s.is(i, ",") {
		if e := s.appositionAfter(i, hi); e > i && s.is(e, ",") && s.finite(e+1) {
			return true
		}
	}
	return i < hi && (s.tag(i) == pos.WP || s.tag(i) == pos.WDT || s.is(i, "that")) && s.finite(i+1) && s.finiteWithin(i+2, hi)
}

func (s *spotter) finiteWithin(i, hi int) bool {
	for k := i; k < min(hi, i+20); k++ {
		if s.is(k, ",", ";") {
			return false
		}
		if s.finite(k) {
			return true
		}
	}
	return false
}

// candidate says whether token i may head a cue.
func (s *spotter) candidate(i int) bool {
	t := s.tag(i)
	switch {
	case t >= pos.VB && t <= pos.VBZ:
		return !s.auxiliary(i) && !s.is(i, "according")
	case t == pos.NN || t == pos.NNS:
		p := s.tag(i - 1)
		return p == pos.POS || p == pos.PRPS || s.is(i+1, "that", "of", "for", "to", "about", "on", "over", "against", "in", "with", "from", "by")
	case t == pos.JJ:
		return s.is(i+1, "that", "of", "about", "to", "for", "with", "on")
	}
	return false
}
