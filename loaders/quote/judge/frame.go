package judge

import (
	"cmp"

	"saidgraph/loaders/quote/pos"
)

// Frame is one judgement that the words make. From is empty where the judge is whoever speaks the words.
type Frame struct {
	Kind     Kind
	Polarity int8 // -1, 1; 0 for Says
	Cue      int  // token
	From, To []Slot
	Off      bool // negated, hypothetical, or asked: nothing is judged
	First    bool // From is "I" or "we": whoever speaks
	Later    bool // the network was trained without frames of this sort, and doesn't see them
}

// Kind says what the cue of a frame is, surest first.
type Kind uint8

const (
	Verb    Kind = iota // "blasted Lee"
	Phrase              // "lashed out at Lee"
	Naming              // "called Lee a liar"
	Noun                // "an attack on Lee by Roe"
	Holder              // "a critic of Lee"
	Feeling             // "critical of", "troubled by"
	Weak                // "challenged Lee"
	Said                // "Lee is a disgrace"; From empty
	Act                 // "Lee betrayed us"; From empty
	Record              // "Lee has a terrible record", "Lee's failure"; From empty
	Epithet             // "crooked Lee"; From empty
	Faint               // "questioned Lee"
	Says                // "Roe said": From speaks; no judgement
	kinds
)

// Read finds the frames of the sentence of tokens [first, last). The result lives until the next Read.
func (r *Reader) Read(first, last int) []Frame {
	r.first, r.last = first, min(last, first+longest)
	r.frames, r.slots = r.frames[:0], r.slots[:0]
	r.chunk()
	asked := r.asks()
	for k := range r.chunks {
		switch r.chunks[k].part {
		case verbGroup:
			r.verb(k)
		case nounPhrase:
			r.noun(k)
		case preposition:
			r.according(k)
		}
	}
	if asked {
		for i := range r.frames {
			r.frames[i].Off = true
		}
	}
	return r.frames
}

// asks says that the sentence ends with a question mark.
func (r *Reader) asks() bool {
	for i := r.last - 1; i >= r.first && i > r.last-4; i-- {
		if r.low(i) == "?" {
			return true
		}
	}
	return false
}

// add appends a frame whose parties are chunks; a negative chunk is nobody.
func (r *Reader) add(kind Kind, polarity int8, cue, from, to int, off bool) {
	f := Frame{Kind: kind, Polarity: polarity, Cue: cue, Off: off}
	if from >= 0 {
		f.From = r.fill(from)
		switch r.lowHead(from) {
		case "i", "we", "me", "us":
			f.First = true
		}
	}
	if to >= 0 {
		f.To = r.fill(to)
	}
	r.frames = append(r.frames, f)
}

// addLater is add for a frame of a sort that the network was trained without.
func (r *Reader) addLater(kind Kind, polarity int8, cue, from, to int, off bool) {
	r.add(kind, polarity, cue, from, to, off)
	r.frames[len(r.frames)-1].Later = true
}

// doubtful says that verb group k tells no fact: negated, might be, or under "if".
func (r *Reader) doubtful(k int) bool {
	c := r.at(k)
	if c.negated || c.modal {
		return true
	}
	for m := k - 1; m >= 0 && m > k-6; m-- {
		switch p := r.chunks[m]; p.part {
		case subordinate:
			switch r.lowHead(m) {
			case "if", "whether", "unless":
				return true
			case "that":
				continue
			}
			return false
		case verbGroup:
			return r.disbelieves(m)
		case comma, boundary:
			return false
		}
	}
	return false
}

// disbelieves says that verb group k takes back what is said under it: "I don't think that Lee is honest".
func (r *Reader) disbelieves(k int) bool {
	c := r.at(k)
	if c.part != verbGroup || !c.negated {
		return false
	}
	switch lemma(r.low(int(c.head)), r.tags[c.head]) {
	case "think", "believ", "say", "sa", "suggest", "mean", "claim", "feel":
		return true
	}
	return false
}

func (r *Reader) verb(k int) {
	r.activate(k)
	c := r.at(k)
	cue := int(c.head)
	e := r.lex.of(r.low(cue), r.tags[cue])
	off := r.doubtful(k)
	if r.phrases(k, e, off) || r.ousts(k, off) || r.wants(k) {
		return
	}
	switch {
	case c.passive || c.bare:
		if p := r.lex.of(r.low(cue), pos.NN).feeling; p != 0 && r.feeling(k, k, p, off) {
			return
		}
	case c.copula:
		r.copula(k, off)
		return
	}
	if e.says && !c.passive && !c.infinitive {
		if s, _ := r.subject(k); s >= 0 {
			r.add(Says, 0, cue, s, -1, false)
		}
	}
	if e.naming && r.naming(k, off) {
		return
	}
	if p := cmp.Or(e.verb, e.weak, e.faint); p != 0 {
		kind := Verb
		switch {
		case e.verb == 0 && e.weak == 0:
			kind = Faint
		case e.verb == 0:
			kind = Weak
		}
		if r.judges(k, kind, p, off) && e.act == 0 {
			return
		}
	}
	if e.act != 0 {
		r.act(k, e.act, off)
		return
	}
	r.record(k, off)
}

// judges adds "Roe blasted Lee" and "Lee was blasted by Roe".
func (r *Reader) judges(k int, kind Kind, p int8, off bool) bool {
	c := r.at(k)
	cue := int(c.head)
	if c.passive {
		to := -1
		switch {
		case c.bare && r.at(k-1).part == nounPhrase:
			to = k - 1
		case c.bare && r.at(k-1).part == comma && r.at(k-2).part == nounPhrase:
			to = r.climb(k - 2)
		default:
			to, _ = r.subject(k)
		}
		by := r.agent(k, "by")
		if to < 0 || by < 0 {
			return false
		}
		r.add(kind, p, cue, by, to, off)
		return true
	}
	from, back := r.subject(k)
	to := r.object(k)
	if from < 0 || to < 0 {
		return false
	}
	r.add(kind, p, cue, from, to, off || back)
	return true
}

// phrases adds what a verb with its words brings: "took aim at Lee".
func (r *Reader) phrases(k int, e *entry, off bool) bool {
	c := r.at(k)
	for i := range e.phrases {
		p := &e.phrases[i]
		end, ok := r.match(int(c.head)+1, p.rest)
		if !ok {
			continue
		}
		from, back := r.subject(k)
		if p.act {
			if from >= 0 {
				r.add(Act, p.polarity, int(c.head), -1, from, off || back)
			}
			return true
		}
		to := r.after(end, k+1)
		if from < 0 || r.at(to).part != nounPhrase {
			continue
		}
		r.add(Phrase, p.polarity, int(c.head), from, to, off || back)
		return true
	}
	return false
}

// match finds words at token i, letting one adverb or adjective stand between, and any possessive for "his".
func (r *Reader) match(i int, words []string) (end int, ok bool) {
	for n, w := range words {
		for skip := 0; ; skip++ {
			if r.low(i) == w || w == "his" && r.tag(i) == pos.PRPS {
				break
			}
			if t := r.tag(i); skip > 1 || !(isAdv(t) || isAdj(t) || n > 0 && t == pos.DT) {
				return 0, false
			}
			i++
		}
		i++
	}
	return i, true
}

// naming adds "called Lee a liar", "described Lee as reckless".
func (r *Reader) naming(k int, off bool) bool {
	c := r.at(k)
	cue := int(c.head)
	if c.passive {
		to, _ := r.subject(k)
		p := r.predicate(k+1, false)
		by := r.agent(k+1, "by")
		if to < 0 || p == 0 {
			return false
		}
		r.add(Naming, p, cue, by, to, off)
		return true
	}
	to := r.object(k)
	if to < 0 {
		return false
	}
	o := r.at(to)
	p := r.worth(int(o.head)+1, int(o.last), false)
	n := to + 1
	if r.at(n).part == comma { // past an apposition, or words between commas
		for m := n + 1; m < n+7; m++ {
			if r.at(m).part == comma {
				n = m + 1
				break
			}
		}
	}
	quoted := false
	if p == 0 {
		for r.at(n).part == preposition && r.lowHead(n) != "as" && r.at(n+1).part == nounPhrase && n < to+5 {
			n += 2
		}
		p = r.predicate(n, false)
		if p == 0 && r.epithet(cue, n) {
			p, quoted = -1, true
		}
	}
	from, back := r.subject(k)
	if p == 0 || from < 0 {
		return false
	}
	if quoted {
		r.addLater(Epithet, p, cue, from, to, off || back)
	} else {
		r.add(Naming, p, cue, from, to, off || back)
	}
	return true
}

// epithet says that what the verb at token i calls somebody stands in quotation marks from chunk n on, where words of which the
// lexicon knows nothing are seldom kind: `called Lee "a passenger"`.
func (r *Reader) epithet(i, n int) bool {
	switch lemma(r.low(i), r.tags[i]) {
	case "call", "brand", "label", "dismiss", "derid":
	case "describ":
		if r.lowHead(n) != "as" {
			return false
		}
	default:
		return false
	}
	for r.lowHead(n) == "as" || r.at(n).part == boundary && r.tag(int(r.at(n).head)) == pos.OpenQuote {
		n++
	}
	c := r.at(n)
	if c.part != nounPhrase || r.tag(int(c.first)-1) != pos.OpenQuote {
		return false
	}
	return r.low(int(c.first)) == "a" || r.low(int(c.first)) == "an"
}

// predicate weighs the complement at chunk n: "a disgrace", "reckless", "as a liar".
func (r *Reader) predicate(n int, strict bool) int8 {
	if r.at(n).part == boundary && r.at(n+1).part != comma {
		n++
	}
	if w := r.lowHead(n); r.at(n).part == preposition && (w == "as" || w == "to" || w == "like") {
		n++
	}
	if r.at(n).part == boundary {
		n++
	}
	c := r.at(n)
	if c.part != nounPhrase && c.part != adjective {
		return 0
	}
	p := r.worth(int(c.first), int(c.last), strict)
	if p == 0 && r.at(n+1).part == preposition && r.lowHead(n+1) == "of" && r.at(n+2).part == nounPhrase && r.instance(int(c.head)) {
		o := r.at(n + 2)
		p = r.worth(int(o.first), int(o.last), strict)
	}
	return p
}

// worth is the sign of the words of tokens [first, last): the last that the lexicon knows decides, else, unless strict, the valence.
func (r *Reader) worth(first, last int, strict bool) int8 {
	sum, flip := 0, int8(1)
	var known int8
	for i := first; i < last; i++ {
		low := r.low(i)
		switch low {
		case "no", "not", "n't", "never", "hardly":
			flip = -1
			continue
		}
		if low == "kind" && r.low(i+1) == "of" {
			continue
		}
		t := r.tags[i]
		if isNoun(t) || isAdj(t) || isVerb(t) {
			if e := r.lex.of(low, nounTag(t)); e.said != 0 && !(i+1 < last && r.degree(low)) {
				known = e.said
			}
		}
		if t != pos.NNP && t != pos.NNPS {
			sum += int(r.lex.valence[low])
		}
	}
	switch {
	case known != 0:
		return known * flip
	case strict:
	case sum >= 15:
		return flip
	case sum <= -15:
		return -flip
	}
	return 0
}

// nounTag lets the plural ending of nouns be taken off, and nothing else.
func nounTag(t pos.Tag) pos.Tag {
	if t == pos.NNS || t == pos.NNPS {
		return pos.NNS
	}
	return pos.NN
}

// copula adds what "is" says: "Lee is a disgrace", "Roe is critical of Lee", "Roe is a critic of Lee".
func (r *Reader) copula(k int, off bool) {
	s, back := r.subject(k)
	if s < 0 {
		return
	}
	foreseen := !back && r.foreseen(k)
	off = off || back
	n := k + 1
	c := r.at(n)
	cue := int(c.head)
	if foreseen && r.low(cue) == "ashamed" {
		r.add(Said, -1, cue, -1, s, false)
		return
	}
	if c.part == adjective || c.part == nounPhrase {
		e := r.lex.of(r.low(cue), nounTag(r.tags[cue]))
		if e.adj != 0 && c.part == adjective && r.at(n+1).part == preposition && r.at(n+2).part == nounPhrase {
			r.add(Feeling, e.adj, cue, s, n+2, off)
			return
		}
		if e.feeling != 0 && c.part == adjective && r.feeling(k, n, e.feeling, off) {
			return
		}
		if e.holder != 0 && c.part == nounPhrase && r.at(n+1).part == preposition && r.at(n+2).part == nounPhrase {
			r.add(Holder, e.holder, cue, s, n+2, off)
			return
		}
	}
	if !back && r.lacking(k, s) && r.quality(n) {
		r.add(Said, -1, cue, -1, s, false)
		return
	}
	if r.low(cue) == "responsible" && r.at(n+1).part == preposition {
		return
	}
	if p := r.predicate(n, true); p != 0 && !r.empty(s) {
		if r.at(n).part == boundary || r.at(n).part == preposition {
			cue = int(r.at(n + 1).head)
		}
		r.add(Said, p, cue, -1, s, off && !foreseen)
	}
}

// empty says that the subject is the "it" of "it is cruel to wait", which mostly stands for nobody.
func (r *Reader) empty(s int) bool {
	w := r.lowHead(s)
	return w == "it" || w == "this" || w == "that"
}

// feeling adds "we are troubled by Lee": chunk n holds the feeling of verb group k's subject.
func (r *Reader) feeling(k, n int, p int8, off bool) bool {
	if r.at(n+1).part != preposition {
		return false
	}
	switch r.lowHead(n + 1) {
	case "by", "about", "at", "in", "of", "with", "over", "to", "for":
	default:
		return false
	}
	s, back := r.subject(k)
	if s < 0 || r.at(n+2).part != nounPhrase {
		return false
	}
	if p > 0 && r.harms(n+3) {
		return true // "impressed by Lee's ability to insult us"
	}
	r.add(Feeling, p, int(r.at(n).head), s, n+2, off || back)
	return true
}

// act adds "Lee betrayed us" and "we were betrayed by Lee": the doer is judged.
func (r *Reader) act(k int, p int8, off bool) {
	c := r.at(k)
	cue := int(c.head)
	if c.passive {
		if by := r.agent(k, "by"); by >= 0 {
			r.add(Act, p, cue, -1, by, off)
		}
		return
	}
	o := r.object(k)
	if o < 0 && !r.intransitive(cue) {
		return
	}
	if o >= 0 && p > 0 && r.worth(int(r.at(o).first), int(r.at(o).last), false) < 0 {
		return // "Lee protects thugs"
	}
	if s, back := r.subject(k); s >= 0 {
		r.add(Act, p, cue, -1, s, off || back)
	}
}

// intransitive says that the act at token i needs no object: "Lee lied", but not "Lee is hurting".
func (r *Reader) intransitive(i int) bool {
	switch lemma(r.low(i), r.tags[i]) {
	case "li", "lie", "l", "fail", "pander", "flip-flop", "backtrack", "backpedal", "reneg", "collud", "conspir", "cheat", "blunder", "er", "falter",
		"flounder", "cav", "capitulat", "overreach", "overreact", "overstep", "succed", "suc", "succeed", "excel", "thriv", "discriminat", "obstruct", "exaggerat":
		return true
	}
	return false
}

// record adds "Lee has a terrible record", "Lee committed to protecting us": what the verb brings speaks for its subject.
func (r *Reader) record(k int, off bool) {
	c := r.at(k)
	if c.passive || c.bare {
		return
	}
	switch lemma(r.low(int(c.head)), r.tags[c.head]) {
	case "hav", "mak", "do", "caus", "creat", "spread", "tel", "show", "pos", "bring", "deliver", "commit", "run", "act", "behav", "put", "us", "prov", "demonstrat", "display", "advanc", "set", "mean":
	default:
		return
	}
	o := r.object(k)
	if o < 0 {
		return
	}
	p := r.worth(int(r.at(o).first), int(r.at(o).last), true)
	if p == 0 {
		return
	}
	if s, back := r.subject(k); s >= 0 {
		r.add(Record, p, int(r.at(o).head), -1, s, off || back)
	}
}

// according adds "according to Roe" as words of saying.
func (r *Reader) according(k int) {
	if r.lowHead(k) == "to" && r.low(int(r.at(k).first)-1) == "according" && r.at(k+1).part == nounPhrase {
		r.add(Says, 0, int(r.at(k).first)-1, k+1, -1, false)
	}
}
