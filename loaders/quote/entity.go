package quote

import (
	"slices"
	"strings"
)

// chainer ties mentions to entities: names to each other first, over the whole text; then descriptions and
// pronouns, from left to right, each to an entity that was mentioned shortly before. Every look back is capped, so
// that time grows with the length of the text only.
type chainer struct {
	e                       *Engine
	r                       *reading
	actors                  []actor
	of                      []int            // actor of each mention, -1 while unknown
	last                    map[string][]int // people by surname
	given                   map[string][]int // people by given name
	orgs                    map[string]int   // organizations by their whole name
	acro                    []int            // organizations of several words, for acronyms and short forms
	recent                  []int            // actors, the one mentioned last at the end
	said, saidOrg, saidAll  int              // the person, the organization and the group that spoke last, -1
	quoted                  []int            // quotation that each token stands in, -1
	author, authors, reader int              // who says "I", "we" and "you" outside of quotations; -1
	nearby                  []int            // scratch: the actors that a pronoun may stand for
}

// actor is an entity in the making.
type actor struct {
	typ      Type
	gender   gender
	plural   bool
	named    bool
	name     [2]int // tokens of the fullest name
	mentions []int
	roles    []string // head nouns and titles, in lower case, singular
	parts    []int    // actors of a group
	latest   int      // the mention seen last in the pass from left to right, -1
	count    int      // mentions seen so far in that pass
	acronym  string   // of an organization, in lower case
	joint    []int    // people introduced together under one title: "Sens. Alex Padilla and Adam Schiff"
	kin      bool     // came in as somebody's kin: "his son, Bo Lee"
	owner    int      // of "his mother", the actor that "his" is; -1
}

// resolve finds the entities and gives every mention its own.
func (e *Engine) resolve(r *reading) {
	s := &chainer{
		e: e, r: r, of: make([]int, len(r.mentions)), said: -1, saidOrg: -1, saidAll: -1, author: -1, authors: -1, reader: -1,
		last: map[string][]int{}, given: map[string][]int{}, orgs: map[string]int{},
	}
	for i := range s.of {
		s.of[i] = -1
	}
	s.quoted = r.quotedTokens()
	s.resolveNames()
	s.walk()
	s.interview()
	s.finish()
	e.affiliate(r)
}

// quotedTokens says for each token in which outermost quotation it stands, -1 where in none.
func (r *reading) quotedTokens() []int {
	q := make([]int, len(r.doc.Tokens))
	for i := range q {
		q[i] = -1
	}
	for k := range r.doc.Quotations {
		if x := &r.doc.Quotations[k]; x.Depth == 0 && x.Last-x.First > 4 {
			for i := x.First; i < x.Last && i < len(q); i++ {
				q[i] = k
			}
		}
	}
	return q
}

// start makes a new actor of mention i.
func (s *chainer) start(i int) int {
	m := &s.r.mentions[i]
	a := actor{typ: m.typ, gender: m.gender, plural: m.plural, named: m.form == Name, latest: -1, owner: -1}
	if m.form == Name {
		a.name = [2]int{m.core, m.last}
	}
	s.actors = append(s.actors, a)
	s.join(i, len(s.actors)-1)
	return len(s.actors) - 1
}

// join adds mention i to actor k.
func (s *chainer) join(i, k int) {
	m, a := &s.r.mentions[i], &s.actors[k]
	s.of[i] = k
	a.mentions = append(a.mentions, i)
	if a.gender == anyGender {
		a.gender = m.gender
	}
	switch m.form {
	case Name:
		for t := m.first; t < m.core; t++ {
			a.addRole(singular(s.r.low(t)))
		}
		if w := s.r.low(m.last - 1); !a.named || m.last-m.core > a.name[1]-a.name[0] && w != "officials" {
			a.named, a.name = true, [2]int{m.core, m.last}
		}
	case Description:
		a.addRole(singular(s.r.low(m.head)))
	}
}

func (a *actor) addRole(w string) {
	for _, x := range a.roles {
		if x == w {
			return
		}
	}
	if len(a.roles) < 12 {
		a.roles = append(a.roles, w)
	}
}

func (a *actor) hasRole(w string) bool {
	for _, x := range a.roles {
		if x == w {
			return true
		}
	}
	return false
}

// singular undoes plural for common nouns and spells titles out.
func singular(w string) string {
	switch w {
	case "sen.", "sens.", "senators":
		return "senator"
	case "rep.", "reps.", "congressman", "congresswoman":
		return "representative"
	case "gov.":
		return "governor"
	case "gen.":
		return "general"
	case "dr.", "dr":
		return "doctor"
	case "prof.":
		return "professor"
	case "men":
		return "man"
	case "women":
		return "woman"
	case "children":
		return "child"
	}
	switch {
	case strings.HasSuffix(w, "men"):
		return w[:len(w)-2] + "an"
	case strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "sses"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us"):
		return w[:len(w)-1]
	}
	return w
}

// sentence of mention i, and its paragraph.
func (s *chainer) sentence(i int) int { return s.r.doc.Tokens[s.r.mentions[i].first].Sentence }
func (s *chainer) paragraph(i int) int {
	return s.r.doc.Sentences[s.sentence(i)].Paragraph
}

// walk passes over all mentions from left to right.
func (s *chainer) walk() {
	for i := range s.r.mentions {
		m := &s.r.mentions[i]
		switch m.form {
		case Description:
			s.describe(i)
		case Pronoun:
			s.pronoun(i)
		case Name:
			s.apposed(i)
		}
		if k := s.of[i]; k >= 0 {
			s.touch(i, k)
		}
		if m.form == Name {
			s.pair(i)
		}
	}
}

// recentCap bounds how many actors a look back considers.
const recentCap = 24

// touch makes actor k the one mentioned last.
func (s *chainer) touch(i, k int) {
	a := &s.actors[k]
	m := &s.r.mentions[i]
	if m.form != Description || a.latest < 0 || s.sentence(a.latest) != s.sentence(i) || s.r.mentions[a.latest].form == Description {
		a.latest = i // "Jose Serrano, director of …, said": the name is what later words look back to
	}
	a.count++
	if s.quoted[m.head] < 0 && (s.says(i) || s.saysToo(i)) {
		switch {
		case a.plural:
			s.saidAll = k
		case a.typ == Person:
			s.said = k
		default:
			s.saidOrg = k
		}
	}
	s.push(k)
}

// finish writes the actors out as entities and drops the mentions that belong to none.
func (s *chainer) finish() {
	r := s.r
	keep := make([]int, len(r.mentions)) // new index of each mention
	n := 0
	for i := range r.mentions {
		keep[i] = n
		if s.of[i] < 0 && !s.firstPerson(i) {
			keep[i] = -1
			continue
		}
		r.mentions[n] = r.mentions[i]
		n++
	}
	r.mentions = r.mentions[:n]
	ids := make([]int, len(s.actors))
	for k := range s.actors {
		ids[k] = -1
		if len(s.actors[k].mentions) > 0 {
			slices.Sort(s.actors[k].mentions)
			ids[k] = len(r.entities)
			r.entities = append(r.entities, s.entity(&s.actors[k], keep))
		}
	}
	for k := range s.actors {
		for _, i := range s.actors[k].mentions {
			m := &r.mentions[keep[i]]
			m.entity = ids[k]
			for _, p := range s.actors[k].parts {
				if ids[p] >= 0 {
					m.parts = append(m.parts, ids[p])
				}
			}
		}
	}
}

// firstPerson says that mention i is "I" or "we" in a quotation: linkFirstPerson finds out whose.
func (s *chainer) firstPerson(i int) bool {
	m := &s.r.mentions[i]
	return m.form == Pronoun && pronounOf(s.r.low(m.head)).person < 3 && s.quoted[m.head] >= 0
}

func (s *chainer) entity(a *actor, keep []int) entity {
	r := s.r
	x := entity{typ: a.typ, gender: a.gender, named: a.named, mentions: make([]int, 0, len(a.mentions))}
	best := -1
	for _, i := range a.mentions {
		x.mentions = append(x.mentions, keep[i])
		m := &r.mentions[keep[i]]
		if m.form == Name {
			x.addAlias(r.nameOf(m))
		}
		if best < 0 || m.form == Description && r.mentions[best].form == Pronoun {
			best = keep[i]
		}
	}
	if a.named {
		x.name = r.doc.Cut(r.span(a.name[0], a.name[1]))
	} else {
		m := &r.mentions[best]
		x.name = r.doc.Cut(r.span(m.first, m.last))
	}
	for k, al := range x.aliases {
		if al == x.name {
			x.aliases = append(x.aliases[:k], x.aliases[k+1:]...)
			break
		}
	}
	return x
}

// nameOf is the name within a mention, without titles.
func (r *reading) nameOf(m *mention) string { return r.doc.Cut(r.span(m.core, m.last)) }

func (x *entity) addAlias(s string) {
	for _, a := range x.aliases {
		if a == s {
			return
		}
	}
	if len(x.aliases) < mostAliases {
		x.aliases = append(x.aliases, s)
	}
}
