package quote

import (
	"strings"

	"saidgraph/loaders/quote/pos"
)

// byTrait returns the person whom a definite description without a role of its own means: "the 52-year-old", "the New York
// Democrat", "the Christian speaker". Writers vary so between two sentences about one person: it is who spoke just before,
// or else the first whom the sentence before names. It returns -1 where the phrase introduces somebody else.
func (s *resolver) byTrait(n run) int {
	if !s.is(n.first, "the") || !s.trait(n) || s.is(n.last, "of", "for", "from", "at", "in", "with", "who", "on") && !s.aged(n) {
		return -1
	}
	own := anyGender
	if m := s.mentionOf(n); m >= 0 {
		x := &s.r.mentions[m]
		if x.form == Name || x.plural || x.entity >= 0 && s.stranger(x.entity) {
			return -1 // others of its chain are known: somebody unnamed
		}
		own = x.gender
	}
	at := s.paragraph(n.first)
	if s.last >= 0 {
		p := &s.r.attributions[s.last]
		if len(p.speakers) == 0 && at-s.paragraph(s.d.TokenAt(extent(p.content).Start)) <= 1 {
			return -1 // somebody without a name speaks
		}
		if len(p.speakers) == 1 && at-s.paragraph(s.d.TokenAt(extent(p.content).Start)) <= 1 && s.isPerson(p.speakers[0], own) {
			return p.speakers[0]
		}
	}
	return s.firstNamed(n, own)
}

// stranger says that others of a chain of descriptions are known, and that it began with somebody new: "a man".
func (s *resolver) stranger(id int) bool {
	x := &s.r.entities[id]
	first := &s.r.mentions[x.mentions[0]]
	return len(x.mentions) > 1 && (!s.is(first.first, "the") || s.is(first.head, "nominee", "candidate"))
}

// aged says that a phrase tells an age: "the 34-year-old mother of three".
func (s *resolver) aged(n run) bool {
	for i := n.first + 1; i < n.last; i++ {
		if strings.HasSuffix(s.low(i), "-year-old") {
			return true
		}
	}
	return false
}

// varied returns the person whom "The Vermont senator", "the 52-year-old doctor" at mention i means: the subject of the
// sentence before, where the description begins its own. It returns -1 where there is none.
func (s *chainer) varied(i int) int {
	m := &s.r.mentions[i]
	if m.plural || s.quoted[m.head] >= 0 || m.first != s.r.doc.Sentences[s.sentence(i)].First || !s.subject(i) || !s.placed(m) {
		return -1
	}
	first := -1
	for j := i - 1; j >= 0 && s.sentence(i)-s.sentence(j) <= 1; j-- {
		if k := s.of[j]; k >= 0 && s.sentence(j) < s.sentence(i) && s.r.mentions[j].form != Description && s.actors[k].typ == Person {
			first = j
		}
	}
	if first < 0 {
		return -1
	}
	k := s.of[first]
	if a := &s.actors[k]; a.plural || !a.named || !sameGender(a.gender, m.gender) || s.quoted[s.r.mentions[first].head] >= 0 || !s.subject(first) {
		return -1
	}
	return k
}

// placed says that a description tells an age, or where its person is from.
func (s *chainer) placed(m *mention) bool {
	for t := m.first + 1; t < m.head; t++ {
		if s.r.tagAt(t) == pos.POS {
			return false
		}
	}
	w := s.r.word(m.first + 1)
	return s.r.capital(m.first+1) && w&(isPlace|isDemonym) != 0 || strings.HasSuffix(s.r.low(m.first+1), "-year-old")
}

// firstNamed returns the first person named in the sentence before n, or in the one before that; -1 where there is none.
func (s *resolver) firstNamed(n run, own gender) int {
	in := s.d.Tokens[n.first].Sentence
	found, sentence := -1, -1
	for m := s.mention - 1; m >= 0; m-- {
		x := &s.r.mentions[m]
		k := s.d.Tokens[x.first].Sentence
		if k >= in || found >= 0 && k != sentence {
			if found >= 0 {
				break
			}
			continue
		}
		if in-k > 2 {
			break
		}
		if x.form == Name && x.entity >= 0 && s.isPerson(x.entity, own) {
			found, sentence = x.entity, k
		}
	}
	return found
}

func (s *resolver) isPerson(id int, want gender) bool {
	x := &s.r.entities[id]
	return x.typ == Person && x.named && sameGender(x.gender, want)
}

// trait says whether the phrase tells of its person an age, an origin, a party or a calling, in the singular.
func (s *resolver) trait(n run) bool {
	for i := n.first + 1; i < n.last; i++ {
		if s.tag(i) == pos.POS || s.tag(i) == pos.PRPS {
			return false
		}
		if m := s.covers[i]; m >= 0 && s.r.mentions[m].form == Name && s.r.mentions[m].typ == Organization {
			return false // "the RNC member" has a role of its own
		}
		if strings.HasSuffix(s.low(i), "-year-old") {
			return true
		}
	}
	if n.last-n.first < 2 || n.head != n.last-1 {
		return false
	}
	w := s.r.word(n.head)
	switch low := s.low(n.head); {
	case w&isPlural != 0 && w&isDemonym == 0:
		return false
	case low == "democrat" || low == "republican" || low == "conservative" || low == "liberal" || low == "native":
		return true
	case w&isDemonym != 0:
		return s.r.capital(n.head) && (s.tag(n.head) == pos.NN || s.tag(n.head) == pos.NNP || s.tag(n.head) == pos.JJ)
	case w&isPersonNoun == 0:
		return false
	case representing(low):
		return false
	}
	return true
}

// representing says that a noun is what somebody unnamed speaks as: "the spokesman" is no trait of who spoke before.
func representing(low string) bool {
	switch low {
	case "spokesman", "spokeswoman", "spokesperson", "official", "source", "aide", "lawyer", "attorney", "judge", "prosecutor", "reporter", "interviewer",
		"moderator", "officer", "witness", "victim", "suspect", "defendant", "plaintiff", "man", "woman", "person", "mother", "father", "brother", "sister", "son",
		"daughter", "wife", "husband", "anchor", "host", "crowd", "staff", "president", "adviser", "advisor", "friend", "neighbor", "caller", "teacher", "doctor",
		"driver", "student", "boy", "girl", "child", "ambassador", "editor", "reader", "insider", "jury", "public", "supporter", "member", "critic", "opponent":
		return true
	}
	return false
}

// mayBe says whether an organization that has said nothing yet may be what "the court" means: where the noun is a kind that
// names tell, its name must have it.
func (s *resolver) mayBe(id int, n run) bool {
	switch low := s.low(n.head); low {
	case "group", "team", "club", "panel":
		return false
	case "court", "university", "school", "hospital", "council", "committee", "commission", "board", "party", "union", "bank", "campaign", "department", "ministry":
		name := strings.ToLower(s.r.entities[id].name)
		return strings.Contains(name, low) || low == "union" && strings.HasSuffix(name, "workers")
	}
	return true
}

// listed returns the company whose name stands before its listing, of which n is the symbol: "Tellun AG (SIX: TLM) said". It
// returns -1 where n is none.
func (s *resolver) listed(n run) int {
	if n.empty() || n.last-n.first != 1 || !s.is(n.last, ")") || !s.is(n.first-1, ":") || !s.is(n.first-3, "(") {
		return -1
	}
	if m := s.covers[n.first-4]; m >= 0 && s.r.mentions[m].typ == Organization {
		return s.r.mentions[m].entity
	}
	return -1
}
