package quote

import "saidgraph/loaders/quote/pos"

// kin says that a noun, in the singular, tells whose relative somebody is.
func kin(noun string) bool {
	switch noun {
	case "father", "mother", "son", "daughter", "brother", "sister", "wife", "husband", "child", "parent", "uncle", "aunt", "cousin", "nephew", "niece",
		"grandfather", "grandmother", "grandson", "granddaughter", "widow", "widower", "spouse", "fiancé", "fiancée", "stepson", "stepdaughter", "twin", "dad", "mom", "mum":
		return true
	}
	return false
}

// kinOf says that the name at mention i comes in as somebody's kin: "his son, Bo Lee", "her father Al Lee".
func (s *chainer) kinOf(i int) bool {
	t := s.r.mentions[i].first - 1
	if s.r.low(t) == "," {
		t--
	}
	return kin(singular(s.r.low(t)))
}

// offspring says that a noun may mean somebody's only child of whom a text speaks.
func offspring(noun string) bool {
	switch noun {
	case "child", "daughter", "son", "baby", "infant", "toddler", "newborn":
		return true
	}
	return false
}

// child finds the child whom a text called so by another noun before: "his daughter" after "their child, Ann", "the baby".
func (s *chainer) child(i int) int {
	m := &s.r.mentions[i]
	if m.plural || !offspring(singular(s.r.low(m.head))) {
		return -1
	}
	owner := s.ownerOf(i)
	for x := len(s.recent) - 1; x >= 0; x-- {
		k := s.recent[x]
		a := &s.actors[k]
		if a.typ != Person || a.plural || !sameGender(a.gender, m.gender) || s.of[i] == k {
			continue
		}
		for _, role := range a.roles {
			if offspring(role) && (owner < 0 || a.owner < 0 || owner == a.owner || s.actors[owner].plural != s.actors[a.owner].plural) {
				return k
			}
		}
	}
	return -1
}

// unowned finds whom a text called "the parents" before it calls them "her parents": described with the same noun, nobody's so far.
func (s *chainer) unowned(i int) int {
	m := &s.r.mentions[i]
	head := singular(s.r.low(m.head))
	for x := len(s.recent) - 1; x >= 0; x-- {
		k := s.recent[x]
		if a := &s.actors[k]; a.owner < 0 && !a.named && len(a.parts) == 0 && a.typ == m.typ && a.plural == m.plural && a.hasRole(head) && s.of[i] != k {
			return k
		}
	}
	return -1
}

// apposed ties a name to the description right before it: "the mayor, Ann Lee, said".
func (s *chainer) apposed(i int) {
	m := &s.r.mentions[i]
	if s.of[i] >= 0 {
		s.called(i)
	}
	if s.r.low(m.first-1) != "," || s.of[i] < 0 {
		return
	}
	j := s.endingAt(i, m.first-1)
	if j < 0 || s.of[j] < 0 {
		return
	}
	o := &s.r.mentions[j]
	a := &s.actors[s.of[j]]
	if o.form != Description || o.typ != m.typ || o.plural || a.named || len(a.mentions) > 3 || s.of[j] == s.of[i] || !sameGender(a.gender, m.gender) {
		return
	}
	if d := s.determiner(o); d != definite && d != owned {
		return
	}
	if low := s.r.low(m.last); low == "and" || low == "or" {
		return
	}
	s.merge(s.of[i], s.of[j])
}

// called notes what the words right before a name call its bearer, and whose: "his wife Ann Lee", "coach Bo Lee".
func (s *chainer) called(i int) {
	r, m := s.r, &s.r.mentions[i]
	t := m.first - 1
	if m.typ != Person || t < 0 || r.word(t)&isPersonNoun == 0 || r.word(t)&isPlural != 0 || r.capital(t) || r.doc.Tokens[t].Sentence != r.doc.Tokens[m.first].Sentence {
		return
	}
	a := &s.actors[s.of[i]]
	role := singular(r.low(t))
	a.addRole(role)
	if a.owner >= 0 || !kin(role) {
		return
	}
	for k := t - 1; k >= 0 && k >= t-4; k-- {
		switch {
		case r.tagAt(k) == pos.POS || r.word(k)&isPronoun != 0:
			if j := s.endingAt(i, k+boolInt(r.word(k)&isPronoun != 0)); j >= 0 && s.of[j] >= 0 && s.of[j] != s.of[i] {
				a.owner = s.of[j]
			}
			return
		case r.tagAt(k) != pos.JJ && r.tagAt(k) != pos.NN:
			return
		}
	}
}
