package quote

import (
	"sort"

	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

// refusals finds who declined to comment or could not be reached.
// What they would not say is nothing that they said: attributions on the same cue are no speech.
func (e *Engine) refusals(r *reading) {
	s := newSources(e, r)
	for v := range r.doc.Tokens {
		end := s.refusal(v)
		if end < 0 {
			continue
		}
		sen := r.doc.Sentences[r.doc.Tokens[v].Sentence]
		first := v
		for first > sen.First && s.auxiliary(first-1) {
			first--
		}
		span := s.span(first, end)
		r.silence(s.span(v, end))
		if n := s.subject(v, sen.First, 0); !n.empty() {
			if id := s.refuser(n); id >= 0 {
				r.declined = append(r.declined, declined{entity: id, span: span, score: 0.9})
			}
		}
	}
}

// silence takes speech from the attributions whose cue lies in the refusal x.
func (r *reading) silence(x text.Span) {
	i := sort.Search(len(r.attributions), func(i int) bool { return extent(r.attributions[i].content).Start >= x.Start })
	for ; i < len(r.attributions) && extent(r.attributions[i].content).Start < x.End+reach; i++ {
		if a := &r.attributions[i]; len(a.cue) > 0 && a.cue[0].Overlaps(x) {
			a.speech = false
		}
	}
}

// reach is how many bytes after a refusal the content of its cue may begin.
const reach = 200

// refuser is the entity that the subject of a refusal stands for: itself, or the organization that an unnamed spokesman speaks for.
func (s *sources) refuser(n run) int {
	if s.tag(n.head) == pos.WP || s.tag(n.head) == pos.WDT {
		if n = s.antecedent(n.first); n.empty() {
			return -1
		}
	}
	unnamed := -1
	for _, p := range s.phrases(s.span(n.first, n.last)) {
		m := s.mentionOf(p)
		if m < 0 || s.r.mentions[m].entity < 0 {
			continue
		}
		if id := s.r.mentions[m].entity; s.r.entities[id].named {
			return id
		} else if unnamed < 0 {
			unnamed = id
		}
	}
	for i := n.first; i < n.last; i++ {
		if m := s.heads[i]; m >= 0 && s.r.mentions[m].typ == Organization && s.r.mentions[m].entity >= 0 && s.r.entities[s.r.mentions[m].entity].named {
			return s.r.mentions[m].entity
		}
	}
	return unnamed
}

// refusal says whether the verb at v refuses to comment; it returns one past the words that say so, or -1.
func (s *spotter) refusal(v int) int {
	hi := s.d.Sentences[s.d.Tokens[v].Sentence].Last
	switch s.low(v) {
	case "declined", "refused", "declines", "refuses", "declining", "refusing":
		if s.is(v+1, "comment", "interviews") || s.is(v+2, "comment") && s.tag(v+1) == pos.JJ {
			return s.nounEnd(v+1, hi)
		}
		if s.is(v+1, "to") {
			return s.silence(v+2, hi)
		}
	case "respond", "responded", "reply", "return", "returned", "comment", "answer":
		if !s.negated(v) {
			return -1
		}
		if s.low(v) == "comment" {
			return v + 1
		}
		if k := s.soon(v+1, v+9, hi, "comment", "request", "requests", "message", "messages", "call", "calls", "email", "emails", "inquiry", "inquiries", "questions", "query"); k > 0 {
			return s.nounEnd(k, hi)
		}
	case "reached":
		if s.be(v-1) && s.negated(v) {
			return s.forComment(v+1, hi)
		}
	case "available", "unavailable":
		if (s.low(v) == "unavailable" || s.negated(v)) && s.is(v+1, "for") && s.is(v+2, "comment") {
			return v + 3
		}
	case "had", "has", "have":
		if s.is(v+1, "no") && s.soon(v+2, v+5, hi, "comment") > 0 {
			return s.soon(v+2, v+5, hi, "comment") + 1
		}
	}
	return -1
}

// silence reads what was refused: "comment", "answer questions about", "say whether".
func (s *spotter) silence(i, hi int) int {
	switch s.low(i) {
	case "comment", "elaborate", "respond", "answer", "discuss", "say", "speak", "talk", "reply", "disclose", "address", "confirm", "provide", "give":
	case "be":
		if s.is(i+1, "interviewed", "identified", "named", "quoted") {
			return i + 2
		}
		return -1
	default:
		return -1
	}
	if s.is(i+1, "questions", "a", "any", "specific", "requests") {
		return s.nounEnd(i+1, hi)
	}
	if s.is(i, "provide", "give", "address", "confirm") {
		return -1
	}
	return min(i+1, hi)
}

// negated says whether "not", "n't" or "never" stands in the verb group that ends at v.
func (s *spotter) negated(v int) bool {
	for k := v - 1; k >= max(0, v-5); k-- {
		if s.is(k, "not", "n't", "n’t", "never") {
			return true
		}
		if !s.auxiliary(k) {
			return false
		}
	}
	return false
}

// soon returns the first token in [i, end) that is one of the words, or -1.
func (s *spotter) soon(i, end, hi int, words ...string) int {
	for ; i < min(end, hi); i++ {
		if s.is(i, words...) {
			return i
		}
		if s.is(i, ",", ";") || s.finite(i) {
			return -1
		}
	}
	return -1
}

func (s *spotter) nounEnd(i, hi int) int {
	n := s.simpleAfter(i, hi)
	if n.empty() {
		return min(i+1, hi)
	}
	return s.forComment(n.last, hi)
}

// forComment takes in "for comment", "seeking comment".
func (s *spotter) forComment(i, hi int) int {
	if i+1 < hi && s.is(i, "for", "seeking") && s.is(i+1, "comment") {
		return i + 2
	}
	return i
}
