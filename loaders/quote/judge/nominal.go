package judge

import "saidgraph/loaders/quote/pos"

// noun adds the frames that a noun phrase opens by itself.
func (r *Reader) noun(k int) {
	c := r.at(k)
	head := int(c.head)
	e := r.lex.of(r.low(head), nounTag(r.tags[head]))
	if !isProperTag(r.tags[head]) {
		if e.noun != 0 && r.deed(k, e.noun) {
			return
		}
		if e.holder != 0 && r.holder(k, e.holder) {
			return
		}
	}
	r.inner(k)
}

// deed adds "Roe's attack on Lee", "Roe launched an attack on Lee", "Lee drew criticism from Roe".
func (r *Reader) deed(k int, p int8) bool {
	cue := int(r.at(k).head)
	if by := r.agent(k, "from"); by >= 0 {
		if v := r.governor(k); v >= 0 && r.receives(v) {
			if s, back := r.subject(v); s >= 0 {
				r.add(Noun, p, cue, by, s, back || r.doubtful(v))
				return true
			}
		}
	}
	if r.lowHead(k+1) == "of" && r.gives(cue) {
		if v := r.governor(k); v >= 0 && r.receives(v) && r.at(k+2).part == nounPhrase {
			if s, back := r.subject(v); s >= 0 {
				r.add(Noun, p, cue, k+2, s, back || r.doubtful(v))
				return true
			}
		}
	}
	to := r.agent(k, "of", "on", "against", "for", "toward", "towards", "to", "at", "in", "with")
	if to == k+2 && r.lowHead(k+1) == "of" && !r.ofObject(cue) {
		return false
	}
	if to < 0 || to > k+4 || r.tag(int(r.at(to).head)) == pos.CD {
		return false
	}
	if o := r.owner(k); o >= 0 {
		f := Frame{Kind: Noun, Polarity: p, Cue: cue, To: r.fill(to), Off: r.spoiled(k)}
		f.From = r.one(o)
		r.frames = append(r.frames, f)
		return true
	}
	if by := r.agent(to, "by", "from"); by >= 0 {
		r.add(Noun, p, cue, by, to, false)
		return true
	}
	if isProperTag(r.tag(cue-1)) && cue > int(r.at(k).first) { // "FBI criticism of Lee"
		f := Frame{Kind: Noun, Polarity: p, Cue: cue, To: r.fill(to), Off: r.spoiled(k)}
		f.From = r.one(cue - 1)
		r.frames = append(r.frames, f)
		return true
	}
	v := r.governor(k)
	if v < 0 || r.at(v).passive || r.receives(v) || r.at(v).copula {
		return false
	}
	s, back := r.subject(v)
	if s < 0 {
		return false
	}
	r.add(Noun, p, cue, s, to, back || r.doubtful(v) || r.takesBack(v) || r.spoiled(k) || r.low(int(r.at(k).first)) == "no")
	return true
}

// gives says that what "of" brings to the noun at i may be its giver: "won the endorsement of Roe".
func (r *Reader) gives(i int) bool {
	switch r.low(i) {
	case "endorsement", "support", "backing", "approval", "praise", "ire", "wrath", "anger", "scorn", "contempt", "admiration", "respect":
		return true
	}
	return false
}

// spoiled says that the noun is the object of a verb that harms it: "eroded the people's trust in Lee".
func (r *Reader) spoiled(k int) bool {
	v := r.governor(k)
	if v < 0 {
		return false
	}
	c := r.at(v)
	e := r.lex.of(r.low(int(c.head)), r.tags[c.head])
	return e.verb+e.weak+e.act < 0
}

// ofObject says that what "of" brings to the noun at i is its object: "criticism of Lee", but not "the support of Lee".
func (r *Reader) ofObject(i int) bool {
	switch stem(r.low(i), nounTag(r.tags[i])) {
	case "criticism", "critiqu", "condemnation", "denunciation", "rejection", "endorsement", "prais", "defens", "defenc", "repudiation", "dismissal", "disapproval", "distrust", "mistrust", "rebuk", "hatred", "dislik", "appreciation", "admiration", "contempt":
		return true
	}
	return false
}

// one makes a single possessor's slot.
func (r *Reader) one(token int) []Slot {
	n := len(r.slots)
	r.slots = append(r.slots, Slot{token, Head})
	return r.slots[n : n+1 : n+1]
}

// owner is the token of the phrase's possessor: "Roe" in "Roe's attack", "his"; -1 where there is none.
func (r *Reader) owner(k int) int {
	c := r.at(k)
	for i := int(c.head) - 1; i >= int(c.first); i-- {
		switch r.tags[i] {
		case pos.PRPS:
			return i
		case pos.POS:
			if i > int(c.first) {
				return i - 1
			}
		}
	}
	return -1
}

// governor is the verb group whose object, or object of a preposition, noun phrase k is; -1 where there is none.
func (r *Reader) governor(k int) int {
	if r.at(k-1).part == verbGroup {
		return k - 1
	}
	if r.at(k-1).part == preposition && r.at(k-2).part == verbGroup {
		return k - 2
	}
	return -1
}

// receives says that the subject of verb v is given the noun: "faced criticism", "came under attack".
func (r *Reader) receives(v int) bool {
	c := r.at(v)
	switch lemma(r.low(int(c.head)), r.tags[c.head]) {
	case "draw", "fac", "receiv", "get", "win", "earn", "attract", "provok", "prompt", "spark", "elicit", "garner", "gain", "com", "secur", "surviv", "suf", "suffer", "meet", "met", "enjo", "trigger", "face":
		return true
	}
	return false
}

// holder adds "Roe, a critic of Lee", "Lee critic Ann Roe".
func (r *Reader) holder(k int, p int8) bool {
	c := r.at(k)
	cue := int(c.head)
	if r.at(k+1).part != preposition || r.at(k+2).part != nounPhrase || r.lowHead(k+1) != "of" && r.lowHead(k+1) != "to" && r.lowHead(k+1) != "for" {
		return false
	}
	if r.at(k-1).part == comma && r.at(k-2).part == nounPhrase {
		r.add(Holder, p, cue, k-2, k+2, false)
		return true
	}
	if r.at(k+3).part == comma && r.at(k+4).part == nounPhrase && r.properHead(k+4) {
		f := Frame{Kind: Holder, Polarity: p, Cue: cue, From: r.fill(k + 4)}
		f.To = r.one(int(r.at(k + 2).head))
		r.frames = append(r.frames, f)
		return true
	}
	return false
}

// inner adds what stands within the phrase: "crooked Lee", "Lee's failure", "Lee critic Ann Roe".
func (r *Reader) inner(k int) {
	c := r.at(k)
	head := int(c.head)
	proper := isProperTag(r.tags[head])
	if proper {
		for i := int(c.first) + 1; i < head; i++ {
			if e := r.lex.of(r.low(i), nounTag(r.tags[i])); e.holder != 0 && isNoun(r.tags[i]) && isProperTag(r.tags[i-1]) {
				f := Frame{Kind: Holder, Polarity: e.holder, Cue: i}
				f.From, f.To = r.one(head), r.one(i-1)
				r.frames = append(r.frames, f)
				return
			}
		}
		if p := r.adjectives(int(c.first), head); p < 0 { // praise before a name is mostly a title: "the great Lee"
			f := Frame{Kind: Epithet, Polarity: p, Cue: head}
			f.To = r.one(head)
			r.frames = append(r.frames, f)
		}
		return
	}
	o := r.owner(k)
	if o < 0 {
		return
	}
	e := r.lex.of(r.low(head), nounTag(r.tags[head]))
	p := min(e.said, 0) // "Lee's courage" alone is no praise
	if q := r.adjectives(o+1, head); q != 0 {
		p = q
	}
	if r.company(head) {
		p = 0
	}
	if p != 0 {
		f := Frame{Kind: Record, Polarity: p, Cue: head}
		f.To = r.one(o)
		r.frames = append(r.frames, f)
	}
}

// company says that the noun at i is somebody else: "its great allies", "Lee's hero" say nothing of Lee.
func (r *Reader) company(i int) bool {
	switch stem(r.low(i), nounTag(r.tags[i])) {
	case "al", "friend", "leader", "hero", "champion", "winer", "patriot", "foe", "enem", "opponent", "critic", "rival", "man", "woman", "men", "women", "wif", "husband", "son", "daughter", "people", "supporter", "voter", "victim":
		return true
	}
	return false
}

// adjectives is the sign of the judging adjectives of tokens [first, last).
func (r *Reader) adjectives(first, last int) int8 {
	for i := first; i < last; i++ {
		if isAdj(r.tags[i]) || r.tags[i] == pos.VBN {
			if e := r.lex.of(r.low(i), pos.NN); e.said != 0 && !r.degree(r.low(i)) {
				return e.said
			}
		}
	}
	return 0
}
