package judge

import "saidgraph/loaders/quote/pos"

// wants adds what a verb denies its subject: "Lee lacks the judgment", "Lee has no idea", "Lee does not care about us",
// "Lee cannot be trusted".
func (r *Reader) wants(k int) bool {
	c := r.at(k)
	if r.leave(k) {
		return true
	}
	if c.copula || c.bare || c.modal {
		return false
	}
	cue := int(c.head)
	bad := false
	if c.passive && r.virtue(cue) { // "Lee is not qualified"
		s, back := r.subject(k)
		if s < 0 || back || !r.lacking(k, s) {
			return false
		}
		r.add(Said, -1, cue, -1, s, false)
		return true
	}
	switch lemma(r.low(cue), r.tags[cue]) {
	case "lack":
		bad = !c.negated && !c.passive && r.quality(k+1)
	case "hav":
		bad = (c.negated || r.low(int(r.at(k+1).first)) == "no") && r.quality(k+1)
	case "car", "understand":
		bad = c.negated && !c.passive
	case "know":
		bad = c.negated && !c.passive && r.low(int(c.last)) == "what"
	case "trust":
		bad = c.negated && c.passive
	}
	if !bad {
		return false
	}
	s, back := r.subject(k)
	if s < 0 || back || r.empty(s) {
		return false
	}
	r.add(Act, -1, cue, -1, s, r.conditional(k))
	return true
}

// leave adds "Lee should resign" and "Roe urged Lee to resign".
func (r *Reader) leave(k int) bool {
	c := r.at(k)
	cue := int(c.head)
	switch r.low(cue) {
	case "resign", "apologize", "apologise":
	case "step":
		if r.low(cue+1) != "down" && r.low(cue+1) != "aside" {
			return false
		}
	default:
		return false
	}
	if c.negated {
		return false
	}
	if aux := r.low(int(c.first)); aux == "should" || aux == "must" {
		s, back := r.subject(k)
		if s < 0 || back || r.conditional(k) {
			return false
		}
		r.add(Act, -1, cue, -1, s, false)
		return true
	}
	v := r.verbBefore(k, 5)
	if v >= 0 && !c.infinitive && r.tags[cue] == pos.VB && r.lowHead(v+1) == "that" { // "demanded that Lee resign"
		switch lemma(r.low(int(r.at(v).head)), r.tags[r.at(v).head]) {
		case "demand", "insist":
			if s, back := r.subject(v); s >= 0 && r.at(v+2).part == nounPhrase {
				r.addLater(Weak, -1, cue, s, v+2, back || r.doubtful(v))
				return true
			}
		}
	}
	if !c.infinitive || v < 0 || r.at(v).passive && !(r.at(v).bare && r.lowHead(v+1) == "on") || r.at(k-1).part != nounPhrase {
		return false
	}
	switch lemma(r.low(int(r.at(v).head)), r.tags[r.at(v).head]) {
	case "urg", "ask", "tell", "press", "call", "want", "challeng":
	default:
		return false
	}
	if s, back := r.subject(v); s >= 0 && r.climb(k-1) > v {
		r.add(Weak, -1, cue, s, r.climb(k-1), back || r.doubtful(v))
		return true
	}
	return false
}

// ousts adds "demanded Lee's resignation", "took Lee to task", "held Lee responsible", "credited Lee with".
func (r *Reader) ousts(k int, off bool) bool {
	c := r.at(k)
	if c.passive || c.copula {
		return false
	}
	to, p := r.object(k), int8(-1)
	switch r.low(int(c.head)) {
	case "sue", "sues", "sued", "suing":
		if from, back := r.subject(k); from >= 0 && to >= 0 {
			r.addLater(Weak, p, int(c.head), from, to, off || back)
		}
		return false // the lexicon knows the word too
	}
	switch verb := lemma(r.low(int(c.head)), r.tags[c.head]); verb {
	case "demand", "seek", "urg", "want":
		if to < 0 || !ouster(r.lowHead(to)) {
			return false
		}
	case "call":
		if r.lowHead(k+1) != "for" || r.at(k+2).part != nounPhrase || !ouster(r.lowHead(k+2)) {
			return false
		}
		to = k + 2
	case "tak", "hold", "credit":
		if to < 0 {
			return false
		}
		next, then := r.low(int(r.at(to).last)), r.low(int(r.at(to).last)+1)
		switch {
		case verb == "tak" && next == "to" && then == "task", verb == "hold" && (next == "responsible" || next == "accountable"):
		case verb == "credit" && (next == "with" || next == "for"):
			p = 1
		default:
			return false
		}
	default:
		return false
	}
	from, back := r.subject(k)
	if from < 0 {
		return false
	}
	r.addLater(Weak, p, int(c.head), from, to, off || back)
	return true
}

// ouster says that whoever calls for somebody's judges him.
func ouster(low string) bool {
	switch low {
	case "resignation", "ouster", "removal", "dismissal", "sacking", "impeachment", "firing":
		return true
	}
	return false
}

// conditional says that verb group k stands under "if".
func (r *Reader) conditional(k int) bool {
	for m := k - 1; m >= 0 && m > k-4; m-- {
		if r.at(m).part == subordinate {
			w := r.lowHead(m)
			return w == "if" || w == "whether" || w == "unless"
		}
	}
	return false
}

// lacking says that the copula k is denied of its subject s: "Lee is not fit", "I don't think Lee is fit".
func (r *Reader) lacking(k, s int) bool {
	c := r.at(k)
	if c.modal || r.empty(s) || r.conditional(k) {
		return false
	}
	m := s - 1
	if r.at(m).part == subordinate || r.lowHead(m) == "that" {
		m--
	}
	return c.negated != r.disbelieves(m)
}

// foreseen says that the copula k tells what somebody would or should be, which judges too: "Lee would be a disaster",
// "Lee should be ashamed".
func (r *Reader) foreseen(k int) bool {
	c := r.at(k)
	if c.negated || r.conditional(k) {
		return false
	}
	switch r.low(int(c.first)) {
	case "would":
		return true
	case "should":
		return r.low(int(c.last)) == "ashamed"
	}
	return false
}

// quality says that chunk n is what one ought to have or to be.
func (r *Reader) quality(n int) bool {
	c := r.at(n)
	if c.part != nounPhrase && c.part != adjective {
		return false
	}
	for i := int(c.first); i < int(c.last); i++ {
		if r.virtue(i) {
			return true
		}
	}
	return false
}

// virtue says that token i is a word for what one ought to have or to be.
func (r *Reader) virtue(i int) bool {
	switch stem(r.low(i), nounTag(r.tags[i])) {
	case "judgment", "judgement", "temperament", "integrit", "credibilit", "courag", "backbon", "spin", "competenc", "honest", "leadership", "decenc",
		"compassion", "empath", "principl", "clu", "idea", "busines", "business", "sham", "respect", "conscienc", "qualification", "stamina", "disciplin",
		"regard", "qualified", "fit", "suited", "capabl", "competent", "prepared", "trustworth", "presidential", "truthful", "credibl", "serious", "equipped":
		return true
	}
	return false
}

// instance says that the noun at i stands for what "of" brings: "another example of", "the height of".
func (r *Reader) instance(i int) bool {
	switch r.low(i) {
	case "example", "kind", "form", "act", "sign", "case", "piece", "pattern", "sort", "height", "symptom", "bunch", "bit", "lot", "series", "string", "record", "display":
		return true
	}
	return false
}

// degree says that an adjective before a noun only tells how much: "a committed pacifist", "a strong critic", "the best recruiter".
func (r *Reader) degree(low string) bool {
	switch low {
	case "committed", "dedicated", "devoted", "loyal", "proud", "strong", "tough", "perfect", "best", "right", "fair", "just", "responsible":
		return true
	}
	return false
}

// harms says that within the next chunks from n a verb does harm.
func (r *Reader) harms(n int) bool {
	for m := n; m < n+6; m++ {
		switch c := r.at(m); c.part {
		case comma, boundary, conjunction:
			return false
		case verbGroup:
			if e := r.lex.of(r.low(int(c.head)), r.tags[c.head]); e.verb+e.weak+e.act < 0 {
				return true
			}
		case preposition: // the tagger took the infinitive for a noun
			if e := r.lex.of(r.low(int(c.last)), pos.VB); r.lowHead(m) == "to" && e.verb+e.weak+e.act < 0 {
				return true
			}
		}
	}
	return false
}
