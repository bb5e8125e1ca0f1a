package judge

import "saidgraph/loaders/quote/pos"

// Role says how a token stands in the phrase that it fills a frame with.
type Role uint8

const (
	Head      Role = iota // the phrase's own head: "Roe" in "Mayor Roe"
	Possessor             // "Roe" in "Roe's plan", "his" in "his plan"
	Agent                 // "Roe" in "the plan of Roe", "the decision by Roe"
	Modifier              // "Roe" in "the Roe campaign"
)

// Slot is one token that may stand for a party of a frame.
type Slot struct {
	Token int
	Role  Role
}

// at is chunk k, a boundary outside the sentence.
func (r *Reader) at(k int) chunk {
	if k < 0 || k >= len(r.chunks) {
		return chunk{part: boundary}
	}
	return r.chunks[k]
}

func (r *Reader) lowHead(k int) string { return r.low(int(r.at(k).head)) }

// subject is the index of the noun phrase whose verb group k is, -1 where none is sure. off tells that a verb on the
// way takes the act back ("refused to condemn").
func (r *Reader) subject(k int) (np int, off bool) {
	for range 5 {
		c := r.at(k)
		switch p := r.at(k - 1); p.part {
		case relative:
			return r.antecedent(k - 1), off
		case subordinate:
			if r.lowHead(k-1) == "that" && r.at(k-2).part == nounPhrase {
				return k - 2, off
			}
			return -1, off
		case nounPhrase:
			if c.finite {
				return r.summit(k - 1), off
			}
			if !c.infinitive {
				return r.climb(k - 1), off
			}
			v := r.verbBefore(k-1, 3)
			if v < 0 || r.controlsObject(v) {
				return r.climb(k - 1), off
			}
			k, off = v, off || r.takesBack(v)
		case comma:
			if m := r.aside(k - 1); m >= 0 {
				return r.climb(m), off
			}
			if !c.bare && !c.finite {
				return -1, off
			}
			k = r.verbBefore(k-1, 40)
			for k >= 0 && c.bare && r.at(k).infinitive && !r.at(k).finite { // "urged Lee to leave, calling …": Lee does not call
				k = r.verbBefore(k, 40)
			}
			if k < 0 {
				return -1, off
			}
		case conjunction, verbGroup, preposition, adjective:
			if p.part == preposition && (!c.bare || r.lowHead(k-1) == "of") {
				return -1, off
			}
			v := r.verbBefore(k, 12)
			if v < 0 {
				return -1, off
			}
			if p.part != conjunction {
				off = off || r.takesBack(v)
			}
			k = v
		default:
			return -1, off
		}
	}
	return -1, off
}

// climb goes from the last noun phrase of "a spokesman for the mayor of X" to the first.
func (r *Reader) climb(k int) int {
	for r.at(k-1).part == preposition && r.at(k-2).part == nounPhrase {
		switch r.lowHead(k - 1) {
		case "of", "for", "from", "at", "in", "with", "on", "to", "by", "against", "about", "behind", "near", "over":
			k -= 2
		default:
			return k
		}
	}
	return k
}

// summit climbs further, over what a verb hangs on the phrase: "Roe's plan to close the school is", "the man who led
// X is", "people living in X are". -1 where an act is the subject: "closing the school is".
func (r *Reader) summit(k int) int {
	for range 6 {
		k = r.climb(k)
		v := r.at(k - 1)
		if v.part != verbGroup {
			return k
		}
		m := k - 1
		for r.at(m-1).part == verbGroup && r.at(m).infinitive {
			m--
		}
		switch p := r.at(m - 1); {
		case v.infinitive && p.part == nounPhrase && !r.lex.of(r.low(int(v.head)), v.tag(r)).says,
			v.bare && p.part == nounPhrase && m == k-1:
			k = m - 1
		case v.bare && p.part == preposition && r.at(m-2).part == nounPhrase:
			k = m - 2
		case v.bare && r.tags[v.head] == pos.VBG:
			return -1
		case v.finite && (p.part == relative || r.lowHead(m-1) == "that" && r.at(m-2).part == nounPhrase):
			if m = r.antecedent(m - 1); m < 0 {
				return k
			}
			k = m
		default:
			return k
		}
	}
	return k
}

func (c chunk) tag(r *Reader) pos.Tag { return r.tags[c.head] }

func (r *Reader) antecedent(k int) int {
	rel := k
	if r.at(k-1).part == comma {
		k--
	}
	if r.at(k-1).part != nounPhrase || r.lowHead(rel) == "which" && r.tag(int(r.at(k-1).head)) == pos.PRP {
		return -1
	}
	return k - 1
}

// aside is the noun phrase before the aside that the comma k closes: "Roe, a nurse from X, said".
func (r *Reader) aside(k int) int {
	for m := k - 1; m > 0 && m > k-14; m-- {
		if r.at(m).part == boundary {
			return -1
		}
		if r.at(m).part != comma || r.at(m-1).part != nounPhrase {
			continue
		}
		switch n := r.at(m + 1); n.part {
		case nounPhrase, relative, preposition, adjective:
			return m - 1
		case verbGroup:
			if n.bare {
				return m - 1
			}
		}
	}
	return -1
}

// verbBefore is the nearest verb group before chunk k that is no bare participle, within so many chunks; -1 where there is none.
func (r *Reader) verbBefore(k, within int) int {
	for m := k - 1; m >= 0 && m >= k-within; m-- {
		switch c := r.chunks[m]; c.part {
		case boundary:
			return -1
		case verbGroup:
			if !c.bare {
				return m
			}
		}
	}
	return -1
}

// controlsObject says that after verb v the object does what the infinitive says: "urged Lee to attack".
func (r *Reader) controlsObject(v int) bool {
	c := r.at(v)
	switch lemma(r.low(int(c.head)), r.tags[c.head]) {
	case "urg", "ask", "tel", "want", "order", "forc", "allow", "push", "press", "encourag", "call", "get", "expect", "persuad", "invit", "instruct", "caus", "help", "advis":
		return true
	}
	return false
}

func (r *Reader) takesBack(v int) bool {
	c := r.at(v)
	if c.negated || c.modal {
		return true
	}
	switch lemma(r.low(int(c.head)), r.tags[c.head]) {
	case "refus", "den", "declin", "fail", "avoid", "stop", "resist", "hesitat", "decid", "consider", "want", "plan", "threaten", "neglect", "deserv", "need":
		return true
	}
	return false
}

// object is the noun phrase that follows verb group k at once, -1 where there is none.
func (r *Reader) object(k int) int {
	if r.at(k+1).part == nounPhrase {
		return k + 1
	}
	return -1
}

// agent is the noun phrase after the next "by" (or other word), past other prepositions; -1 where there is none.
func (r *Reader) agent(k int, words ...string) int {
	for n := k + 1; n < k+8; n++ {
		switch c := r.at(n); c.part {
		case preposition:
			for _, w := range words {
				if r.lowHead(n) == w && r.at(n+1).part == nounPhrase {
					return n + 1
				}
			}
		case nounPhrase, adjective:
		case comma:
			if r.at(n+1).part != preposition {
				return -1
			}
		default:
			return -1
		}
	}
	return -1
}

// after is the first chunk that begins at token i or later.
func (r *Reader) after(i, from int) int {
	for k := max(0, from); k < len(r.chunks); k++ {
		if int(r.chunks[k].first) >= i {
			return k
		}
	}
	return len(r.chunks)
}

// fill adds the tokens of noun phrase k that may stand for a party, and of those joined to it.
func (r *Reader) fill(k int) []Slot {
	from := len(r.slots)
	r.phrase(k)
	if r.at(k-1).part == conjunction {
		for m := k - 2; m > k-8 && r.at(m).part == nounPhrase && (r.at(m+1).part == comma || r.at(m+1).part == conjunction) && r.joins(m, k); m -= 2 {
			r.phrase(m)
		}
	}
	if m := k + 1; !r.properHead(k) && r.at(m).part == comma && r.lowHead(m+1) == "including" && r.properHead(m+2) {
		r.phrase(m + 2) // "some senators, including Roe,"
	}
	for m := k + 1; m < k+9; m += 2 {
		j := r.at(m).part
		if j == comma && r.at(m+1).part == conjunction {
			m++
		} else if j != conjunction && j != comma || r.lowHead(m) == "but" {
			break
		}
		if r.at(m+1).part != nounPhrase {
			break
		}
		if j == comma && !r.series(k) {
			if next := r.at(m + 2).part; next == comma || next == boundary {
				r.phrase(m + 1) // "the mayor, Ann Lee,"
			}
			break
		}
		if v := r.at(m + 2); v.part == verbGroup && !v.bare && !r.inSubject(k) {
			break // "met Lee and Roe said"
		}
		r.phrase(m + 1)
	}
	return r.slots[from:len(r.slots):len(r.slots)]
}

// joins says that the noun phrases m and k are of one kind, both names or both not, and that m stands free.
func (r *Reader) joins(m, k int) bool {
	if p := r.at(m - 1).part; p == verbGroup || p == preposition {
		return false
	}
	return r.properHead(m) == r.properHead(k)
}

func (r *Reader) properHead(k int) bool {
	t := r.tag(int(r.at(k).head))
	return t == pos.NNP || t == pos.NNPS
}

// series says that the noun phrase k begins "A, B and C".
func (r *Reader) series(k int) bool {
	for m := k + 1; m < k+8; m += 2 {
		if r.at(m).part == conjunction {
			return r.at(m+1).part == nounPhrase
		}
		if r.at(m).part != comma || r.at(m+1).part != nounPhrase {
			return r.at(m).part == comma && r.at(m+1).part == conjunction && r.at(m+2).part == nounPhrase
		}
	}
	return false
}

// inSubject says that a verb follows the joined phrases that begin at k, so that they are its subject.
func (r *Reader) inSubject(k int) bool {
	p := r.at(k - 1).part
	return p != verbGroup && p != preposition
}

// phrase adds the slots of one noun phrase: its head, possessors and modifiers, and what "of" or "by" brings to a common noun.
func (r *Reader) phrase(k int) {
	c := r.at(k)
	if c.part != nounPhrase {
		return
	}
	head := int(c.head)
	r.slots = append(r.slots, Slot{head, Head})
	r.within(c)
	if r.properHead(k) || r.tag(head) == pos.PRP {
		return
	}
	for m := k; m < k+4 && r.at(m+1).part == preposition && r.at(m+2).part == nounPhrase; m += 2 {
		switch r.lowHead(m + 1) {
		case "of", "by", "from", "within", "inside", "under":
			n := r.at(m + 2)
			r.slots = append(r.slots, Slot{int(n.head), Agent})
			r.within(n)
		default:
			return
		}
	}
}

func (r *Reader) within(c chunk) {
	for i := int(c.first); i < int(c.last); i++ {
		switch t := r.tags[i]; {
		case t == pos.POS && i > int(c.first) && i-1 != int(c.head):
			r.slots = append(r.slots, Slot{i - 1, Possessor})
		case t == pos.PRPS:
			r.slots = append(r.slots, Slot{i, Possessor})
		case (t == pos.NNP || t == pos.NNPS) && i < int(c.head) && r.tag(i+1) != pos.POS && !isProperTag(r.tag(i+1)):
			r.slots = append(r.slots, Slot{i, Modifier})
		}
	}
}

func isProperTag(t pos.Tag) bool { return t == pos.NNP || t == pos.NNPS }
