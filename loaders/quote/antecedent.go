package quote

import (
	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

// pronoun resolves a pronoun to an actor mentioned before.
func (s *chainer) pronoun(i int) {
	m := &s.r.mentions[i]
	p := pronounOf(s.r.low(m.head))
	switch {
	case s.of[i] >= 0:
	case p.kind == relative:
		s.relative(i)
	case p.person < 3:
		s.speaker(i, p)
	default:
		if k := s.antecedent(i, p); k >= 0 {
			s.join(i, k)
		}
	}
}

// relative ties "who" to the mention right before it.
func (s *chainer) relative(i int) {
	r, m := s.r, &s.r.mentions[i]
	at := m.first
	if low := r.low(at - 1); low == "," || low == "—" || low == "–" {
		at--
	}
	for back := 0; back < 3; back++ {
		if j := s.endingAt(i, at-back); j >= 0 && s.of[j] >= 0 && r.mentions[j].typ == Person {
			s.join(i, s.of[j])
			return
		}
	}
	for j := i - 1; j >= 0 && j > i-4; j-- {
		o := &r.mentions[j]
		if s.sentence(j) == s.sentence(i) && m.first-o.last < 7 && o.form != Pronoun && o.typ == Person && s.of[j] >= 0 && s.quoted[o.head] == s.quoted[m.head] {
			s.join(i, s.of[j])
			return
		}
	}
}

// speaker resolves "I", "we" and "you" outside of quotations to whoever writes or is interviewed.
func (s *chainer) speaker(i int, p pronoun) {
	m := &s.r.mentions[i]
	if s.quoted[m.head] >= 0 {
		return // linkFirstPerson knows who speaks there
	}
	who := &s.author
	switch {
	case p.person == 2:
		who = &s.reader
	case p.plural:
		who = &s.authors
	}
	if *who < 0 {
		*who = s.start(i)
		return
	}
	s.join(i, *who)
}

// sentenceReach is how many sentences before a pronoun its antecedent may stand.
const sentenceReach = 12

// antecedent picks the actor that a third-person pronoun stands for, -1 for none.
func (s *chainer) antecedent(i int, p pronoun) int {
	s.nearby = s.candidates(s.nearby[:0], i, p)
	best, most := -1, float32(-100)
	for _, k := range s.nearby {
		if sc := s.weigh(i, k, p); sc > most {
			best, most = k, sc
		}
	}
	if p.gender == neuter && (most < 0 || s.pleonastic(i)) {
		return -1
	}
	return best
}

// candidates appends the actors that a third-person pronoun may stand for, the one mentioned last first.
func (s *chainer) candidates(out []int, i int, p pronoun) []int {
	told := s.tells(i)
	for x := len(s.recent) - 1; x >= 0; x-- {
		k := s.recent[x]
		a := &s.actors[k]
		if !s.agrees(a, p) || told >= 0 && s.namedIn(a, told) {
			continue
		}
		d := s.sentence(i) - s.sentence(a.latest)
		if d > sentenceReach || d > 2 && p.gender == neuter || d > 4 && p.plural {
			continue
		}
		if s.holds(a.latest, i) && p.kind != reflexive {
			continue
		}
		out = append(out, k)
	}
	return out
}

// tells is the quotation right before mention i, where i says it: `"…," he wrote`; -1 where it doesn't.
func (s *chainer) tells(i int) int {
	t := s.r.mentions[i].first - 1
	if t > 0 && s.r.word(t)&isSay != 0 {
		t--
	}
	if t < 1 || s.r.doc.Tokens[t].Kind != text.Close || !s.says(i) {
		return -1
	}
	return s.quoted[t-1]
}

// namedIn says that quotation q speaks of actor a by name: nobody speaks so of himself.
func (s *chainer) namedIn(a *actor, q int) bool {
	for x := len(a.mentions) - 1; x >= 0 && x > len(a.mentions)-8; x-- {
		if m := &s.r.mentions[a.mentions[x]]; s.quoted[m.head] != q {
			continue
		} else if m.form == Name {
			return true
		}
	}
	return false
}

// holds says that pronoun i stands within mention j itself: "the man and his dog".
func (s *chainer) holds(j, i int) bool {
	m, o := &s.r.mentions[i], &s.r.mentions[j]
	return o.first <= m.first && m.last <= o.last
}

func (s *chainer) agrees(a *actor, p pronoun) bool {
	switch {
	case p.plural:
		return a.plural || a.typ == Organization
	case p.gender == neuter:
		return a.typ == Organization && !a.plural
	}
	return a.typ == Person && !a.plural && sameGender(a.gender, p.gender)
}

// weigh scores actor k as the antecedent of pronoun i.
func (s *chainer) weigh(i, k int, p pronoun) float32 {
	var f features
	s.measure(i, k, p, &f)
	return s.e.pronouns[pronounClass(p)].score(&f)
}

// features of an actor as the antecedent of a pronoun.
type features [featureCount]float32

const (
	fSame        = iota // last mention in the pronoun's sentence
	fPrevious           // in the sentence before
	fTwo                // two sentences before
	fDistance           // sentences further, up to the reach
	fParagraph          // in another paragraph
	fSubject            // last mention is a subject
	fSubjectPrev        // it is the subject of the sentence before
	fPossessor          // last mention is a possessive
	fName               // last mention is a name
	fPronoun            // last mention is a pronoun of the same gender
	fCount              // how often it was mentioned, as a share of 8
	fGender             // its gender is known
	fRank               // how many other actors were mentioned since, up to 8
	fNamed              // it has a name
	fInQuote            // pronoun in a quotation, last mention outside
	fOutQuote           // pronoun outside, last mention in a quotation
	fSpeaker            // the pronoun is quoted, and the actor seems to say it
	fFirstOf            // last mention is the first of its sentence
	fPerson             // it is a person (for "they")
	fPlural             // it is plural
	fSaid               // the pronoun is outside of quotations and takes a verb of speech, and the actor spoke before
	fTalker             // the pronoun is outside of quotations, and the actor is who spoke last
	fAlone              // no other actor that it might stand for is mentioned in its paragraph
	fNewcomer           // it has no name, spoke last, and was brought in as the subject of this sentence or the one before: "a driver"
	featureCount
)

func (s *chainer) measure(i, k int, p pronoun, f *features) {
	a := &s.actors[k]
	j := a.latest
	m, o := &s.r.mentions[i], &s.r.mentions[j]
	d := s.sentence(i) - s.sentence(j)
	f[min(d, 3)] = 1
	if d >= 3 {
		f[fDistance] = float32(min(d, sentenceReach) - 2)
	}
	f.set(fParagraph, s.paragraph(i) != s.paragraph(j))
	sub := s.subject(j) || d <= 1 && s.says(j)
	f.set(fSubject, sub)
	f.set(fSubjectPrev, sub && d == 1)
	f.set(fPossessor, s.possessor(j))
	f.set(fName, o.form == Name)
	f.set(fPronoun, o.form == Pronoun && (o.gender == m.gender || pronounOf(s.r.low(o.head)).kind == relative))
	f[fCount] = float32(min(a.count, 8)) / 8
	f.set(fGender, a.gender != anyGender)
	rank := 0
	for x := len(s.recent) - 1; x >= 0 && s.recent[x] != k; x-- {
		if s.agrees(&s.actors[s.recent[x]], p) {
			rank++
		}
	}
	f[fRank] = float32(min(rank, 8))
	f.set(fAlone, s.paragraph(i) == s.paragraph(j) && s.alone(i, k, p))
	f.set(fNamed, a.named)
	qi, qj := s.quoted[m.head], s.quoted[o.head]
	f.set(fInQuote, qi >= 0 && qj != qi)
	f.set(fOutQuote, qi < 0 && qj >= 0)
	f.set(fSpeaker, qi >= 0 && qj < 0 && d == 0 && s.says(j))
	f.set(fFirstOf, s.begins(j) && f[fPossessor] == 0)
	f.set(fPerson, a.typ == Person)
	f.set(fPlural, a.plural)
	f.set(fNewcomer, !a.named && k == s.said && d <= 1 && len(a.mentions) > 0 && s.newcomer(a.mentions[0], i))
	f.set(fTalker, qi < 0 && (k == s.said || k == s.saidOrg || k == s.saidAll))
	f.set(fSaid, qi < 0 && (d > 0 || s.goesOn(i)) && (k == s.said || k == s.saidOrg || k == s.saidAll) && s.says(i))
}

// newcomer says that mention j, "a driver with two children", begins a sentence not far before mention i as its subject.
func (s *chainer) newcomer(j, i int) bool {
	switch s.r.low(s.r.mentions[j].first) {
	case "a", "an", "one", "another":
		return s.sentence(i)-s.sentence(j) <= 2 && s.quoted[s.r.mentions[j].head] < 0 && s.begins(j) && s.subject(j)
	}
	return false
}

// alone says that of all actors that pronoun i may stand for only k is mentioned in its paragraph.
func (s *chainer) alone(i, k int, p pronoun) bool {
	for x := len(s.recent) - 1; x >= 0; x-- {
		a := &s.actors[s.recent[x]]
		if s.paragraph(a.latest) != s.paragraph(i) {
			return true // those before it were mentioned earlier still
		}
		if s.recent[x] != k && s.agrees(a, p) {
			return false
		}
	}
	return true
}

// begins says that mention j is the first of its sentence, or follows only what its own title names: "Senate Leader Ann Lee".
func (s *chainer) begins(j int) bool {
	for range 3 {
		if j == 0 || s.sentence(j-1) != s.sentence(j) || s.r.mentions[j].first == s.r.doc.Sentences[s.sentence(j)].First {
			return true
		}
		o := &s.r.mentions[j-1]
		if o.form == Description && o.typ == Person && o.last == s.r.mentions[j].first-1 && s.r.low(o.last) == "," { // "Her lawyer, Ann Lee"
			j--
			continue
		}
		if o.form != Name || o.typ != Organization || o.last > s.r.mentions[j].first {
			return false
		}
		for t := o.last; t < s.r.mentions[j].first; t++ {
			if !s.r.positional(t) && s.r.word(t)&(isTitle|isPersonNoun) == 0 {
				return false
			}
		}
		j--
	}
	return false
}

func (f *features) set(i int, b bool) {
	if b {
		f[i] = 1
	}
}

// after is the token that follows mention j, an apposition between commas left out: "Jose Serrano, director of …, said".
func (s *chainer) after(j int) int {
	r, m := s.r, &s.r.mentions[j]
	comma := m.last
	if m.form == Description { // "A driver with two children, who …, said"
		for comma < m.last+8 && (nominal(r.tagAt(comma)) || r.tagAt(comma) == pos.IN) {
			comma++
		}
	}
	if r.low(comma) != "," || m.form == Pronoun {
		return m.last
	}
	if r.low(m.first-1) == "," && (r.isFinite(comma+1) || r.word(comma+1)&isSay != 0) { // "Her lawyer, Ann Lee, promised"
		return comma + 1
	}
	for t := comma + 1; t < m.last+appositionReach && t < len(r.doc.Tokens) && r.doc.Tokens[t].Sentence == r.doc.Tokens[m.first].Sentence; t++ {
		if r.low(t) == "," && (r.isFinite(t+1) || r.word(t+1)&isSay != 0) {
			return t + 1
		}
	}
	return m.last
}

// appositionReach is how many tokens may stand between two commas after a name.
const appositionReach = 30

// subject says that mention j stands before a finite verb.
func (s *chainer) subject(j int) bool {
	r := s.r
	at := s.after(j)
	for t := at; t < at+3 && t < len(r.doc.Tokens) && r.doc.Tokens[t].Sentence == r.doc.Tokens[r.mentions[j].first].Sentence; t++ {
		switch g := r.tagAt(t); {
		case g == pos.VBD || g == pos.VBZ || g == pos.VBP || g == pos.MD:
			return true
		case g == pos.RB || g == pos.RBR:
			continue
		case g == pos.None && r.word(t)&isSay != 0:
			return true
		}
		break
	}
	return false
}

func (s *chainer) possessor(j int) bool {
	m := &s.r.mentions[j]
	return s.r.tagAt(m.last) == pos.POS || m.form == Pronoun && pronounOf(s.r.low(m.head)).kind == possessive
}

// says says that mention j stands before or after a verb of speech: "said Lee", "Lee told".
func (s *chainer) says(j int) bool {
	m := &s.r.mentions[j]
	first := m.first
	if s.r.tagAt(first-1) == pos.POS { // "noted NBC's Ann Lee"
		if o := s.endingAt(j, first-1); o >= 0 && s.r.mentions[o].form == Name && s.r.mentions[o].typ == Organization {
			first = s.r.mentions[o].first
		}
	}
	return s.r.word(s.after(j))&isSay != 0 || first > 0 && s.r.word(first-1)&isSay != 0 && s.r.low(first-1) != "called" && !s.subject(j) || // not "said the firm lied"
		first > 1 && s.r.low(first-1) == "to" && s.r.low(first-2) == "according"
}

// saysToo says that mention j begins a sentence as its subject, and a later verb of it is one of speech: "Lee left the room and said".
func (s *chainer) saysToo(j int) bool {
	if !s.begins(j) || !s.subject(j) {
		return false
	}
	r, end := s.r, s.r.doc.Sentences[s.sentence(j)].Last
	for t := s.after(j); t+1 < end; t++ {
		if s.quoted[t] < 0 && (r.low(t) == "and" || r.low(t) == "but") && r.word(t+1)&isSay != 0 && (r.tagAt(t+1) == pos.VBD || r.tagAt(t+1) == pos.VBZ) {
			return true
		}
	}
	return false
}

// goesOn says that a second main clause begins with mention i: "but he said".
func (s *chainer) goesOn(i int) bool {
	switch s.r.low(s.r.mentions[i].first - 1) {
	case "and", "but", ",", ";":
		return true
	}
	return false
}

// pleonastic says that "it" at mention i stands for nothing: "it is clear that", "it seems".
func (s *chainer) pleonastic(i int) bool {
	r, m := s.r, &s.r.mentions[i]
	if r.low(m.head) != "it" {
		return false
	}
	t := m.last
	for k := 0; k < 3 && (r.tagAt(t) == pos.MD || r.tagAt(t) == pos.RB || r.low(t) == "be" || r.low(t) == "has"); k++ {
		t++
	}
	low := r.low(t)
	switch low {
	case "seems", "seemed", "appears", "appeared", "turns", "turned", "takes", "took", "rains", "snows", "matters":
		return true
	}
	if !copula(low) {
		return false
	}
	for k := t + 1; k < t+7 && k < len(r.doc.Tokens) && r.doc.Tokens[k].Kind != text.Stop; k++ {
		switch r.low(k) {
		case "that", "to", "for", "if", "whether", "how", "when", "who", "what", "why":
			return true
		}
	}
	return r.tagAt(t+1) == pos.JJ || r.tagAt(t+1) == pos.RB
}
