package quote

import (
	"cmp"
	"slices"

	"saidgraph/loaders/quote/pos"
)

// describe resolves a description: by apposition or predicate to the name beside it, else to what it points back to.
func (s *chainer) describe(i int) {
	m := &s.r.mentions[i]
	if k := s.beside(i); k >= 0 {
		s.join(i, k)
		return
	}
	switch s.determiner(m) {
	case definite:
		if m.typ == Organization {
			if k := s.theOrganization(i); k >= 0 {
				s.join(i, k)
				return
			}
		} else if k := s.thePerson(i); k >= 0 {
			s.join(i, k)
			return
		}
	case owned:
		k := s.sameOwner(i)
		if k < 0 {
			k = s.child(i)
		}
		if k < 0 && kin(singular(s.r.low(m.head))) {
			k = s.unowned(i)
		}
		if k >= 0 {
			s.join(i, k)
			return
		}
		k = s.start(i)
		s.actors[k].owner = s.ownerOf(i)
		return
	case undetermined:
		if k := s.sameWording(i); k >= 0 {
			s.join(i, k)
			return
		}
	}
	s.start(i)
}

type determiner uint8

const (
	undetermined determiner = iota // "students"
	indefinite                     // "a doctor", "some voters", "two men"
	definite                       // "the agency", "this company"
	owned                          // "his mother", "Clinton's team"
)

func (s *chainer) determiner(m *mention) determiner {
	for k := m.first; k <= m.head && k < m.first+2; k++ {
		switch s.r.low(k) {
		case "the", "this", "that", "these", "those", "both":
			return definite
		case "a", "an", "one", "some", "any", "many", "several", "few", "no", "every", "each", "another", "other", "two", "three", "four", "five", "more", "most":
			return indefinite
		case "all":
			continue
		}
		if s.r.word(k)&isPronoun != 0 {
			return owned
		}
		break
	}
	for k := m.first; k < m.head; k++ {
		if t := s.r.tagAt(k); t == pos.POS || s.r.low(k) == "'s" || s.r.low(k) == "’s" {
			return owned
		}
	}
	if s.r.doc.Tokens[m.first].Kind == 1 || s.r.tagAt(m.first) == pos.CD {
		return indefinite
	}
	return undetermined
}

// beside finds the actor that a description is tied to by grammar: "Hugh Hill, a doctor"; "Bos is a biologist".
func (s *chainer) beside(i int) int {
	r, m := s.r, &s.r.mentions[i]
	at := m.first - 1
	if at < 1 || r.doc.Tokens[at].Sentence != r.doc.Tokens[m.first].Sentence {
		return -1
	}
	switch r.low(at) {
	case "now", "then", "currently", "formerly", "once", "himself", "herself":
		if r.low(at-1) == "," {
			at-- // "Bo Roe, now the head of the council,"
		}
	}
	switch low := r.low(at); {
	case low == "," || low == "(" || low == "—" || low == "–":
		if d := s.determiner(m); m.plural || d == owned && m.typ == Organization {
			return -1
		}
		j := s.endingAt(i, at)
		if j < 0 || r.mentions[j].form != Name || r.mentions[j].typ != m.typ || r.mentions[j].plural {
			return -1
		}
		if s.listed(m) || low == "," && r.isFinite(m.last) {
			return -1
		}
		return s.of[j]
	case copula(low) || (r.word(at)&isFunction != 0 && low != "and" && low != "by" && copula(r.low(at-1))) && (low == "also" || low == "not" || low == "now" || low == "still"):
		for at > m.first-4 && (copula(r.low(at)) || r.tagAt(at) == pos.RB || r.tagAt(at) == pos.MD || r.low(at) == "has" || r.low(at) == "had" || r.low(at) == "have") {
			at--
		}
		j := s.endingAt(i, at+1)
		if j < 0 {
			j = s.opening(i, m.plural, m.typ)
		}
		if j < 0 || r.mentions[j].plural != m.plural || r.mentions[j].typ != m.typ && r.mentions[j].form != Pronoun || s.of[j] < 0 {
			return -1
		}
		if s.determiner(m) == definite && m.typ == Organization && !m.plural && r.mentions[j].form == Name {
			return s.of[j]
		}
		if !sameGender(s.actors[s.of[j]].gender, m.gender) || s.actors[s.of[j]].typ != m.typ {
			return -1
		}
		return s.of[j]
	case low == "as" && m.typ == Person && !m.plural:
		if j := s.opening(i, false, Person); j >= 0 && s.of[j] >= 0 && sameGender(s.actors[s.of[j]].gender, m.gender) {
			return s.of[j]
		}
	}
	return -1
}

// opening finds the first mention in the sentence of i of that number and type: what the sentence is about.
func (s *chainer) opening(i int, plural bool, typ Type) int {
	found := -1
	for j := i - 1; j >= 0 && j > i-12 && s.sentence(j) == s.sentence(i); j-- {
		if m := &s.r.mentions[j]; m.plural == plural && m.typ == typ && m.form != Description && s.of[j] >= 0 && s.quoted[m.head] == s.quoted[s.r.mentions[i].head] {
			found = j
		}
	}
	return found
}

func copula(low string) bool {
	switch low {
	case "is", "was", "are", "were", "'s", "'m", "'re", "am", "be", "been", "became", "become", "becomes", "remains", "remained":
		return true
	}
	return false
}

// endingAt finds the mention before i that ends at token at, the longest first; -1.
func (s *chainer) endingAt(i, at int) int {
	best := -1
	for j := i - 1; j >= 0 && j > i-8; j-- {
		if m := &s.r.mentions[j]; m.last == at && (best < 0 || m.first < s.r.mentions[best].first) {
			best = j
		}
	}
	return best
}

// listed says that what follows the description makes it a member of a list, not an apposition: "Bo, a nurse and a cook came".
func (s *chainer) listed(m *mention) bool {
	low := s.r.low(m.last)
	return low == "and" || low == "or"
}

// theOrganization resolves "the agency" to the organization mentioned last that such a noun fits.
func (s *chainer) theOrganization(i int) int {
	m := &s.r.mentions[i]
	head := singular(s.r.low(m.head))
	if m.plural {
		return s.sameHead(i, head)
	}
	if m.head-m.first > 1 { // "the Indian government": only the same again
		if k := s.sameHead(i, head); k >= 0 {
			return k
		}
		return -1
	}
	best, most := -1, float32(0)
	for x := len(s.recent) - 1; x >= 0; x-- {
		k := s.recent[x]
		if a := &s.actors[k]; a.typ != Organization || a.plural || a.latest < 0 {
			continue
		}
		if w := s.standsFor(i, k, head); w > most {
			best, most = k, w
		}
	}
	return best
}

// standsFor weighs whether "the agency" at mention i is actor k: by its name, by how near it is, and by whether it was the
// subject when last mentioned.
func (s *chainer) standsFor(i, k int, head string) float32 {
	a := &s.actors[k]
	away := float32(s.paragraph(i) - s.paragraph(a.latest))
	var w float32
	switch {
	case a.hasRole(head):
		w = 4
	case a.named && s.nameHas(a, head):
		w = 3.5
	case a.named && s.fits(a, head):
		w = 2
		if a.name[1]-a.name[0] > 1 {
			w = 2.6
		}
	default:
		return 0
	}
	if k == s.saidOrg {
		w += .5
	}
	if s.subject(a.latest) {
		w++
		if s.begins(a.latest) {
			w += .7
		}
	}
	if w < 3.5 && away > 5 || away > 15 {
		return 0
	}
	return max(w-.4*away, .05)
}

// nameHas says that the name of a has the noun in it: "Department of Agriculture" is "the department".
func (s *chainer) nameHas(a *actor, head string) bool {
	for t := a.name[0]; t < a.name[1]; t++ {
		if w := s.r.low(t); w == head || singular(w) == head {
			return true
		}
	}
	return false
}

// fits says that a noun may stand for an organization of that name: "the agency" for a department or an acronym.
func (s *chainer) fits(a *actor, head string) bool {
	one := a.name[1]-a.name[0] == 1
	t := a.name[1] - 1
	last, first := s.r.low(t), s.r.low(a.name[0])
	is := func(words ...string) bool {
		for _, w := range words {
			if w == last || w == first {
				return true
			}
			for k := a.name[0] + 1; k < t; k++ {
				if s.r.low(k) == w {
					return true
				}
			}
		}
		return false
	}
	switch head {
	case "agency":
		return is("agency", "department", "bureau", "administration", "office", "service", "services", "centers", "commission", "enforcement", "authority", "institutes") || one && s.r.shouted(t)
	case "department", "bureau", "ministry", "commission":
		return one && s.r.shouted(t) || is(head)
	case "company", "firm", "corporation", "business", "manufacturer", "retailer", "automaker", "airline", "startup", "bank", "giant":
		return is("inc", "inc.", "corp", "corp.", "co", "co.", "llc", "ltd", "company", "group", "motors", "airlines", "technologies", "systems", "bank",
			"holdings", "industries", "partners", "securities", "pharmaceuticals", "energy", "foods", "airways", "insurance", "bakeries", "robotics", "logistics", "electronics") ||
			s.r.legalForm(t) || one && !s.r.shouted(t)
	case "school", "university", "college", "institution":
		return is("school", "university", "college", "academy", "institute")
	case "newspaper", "paper", "magazine", "publication", "outlet":
		return is("times", "post", "journal", "herald", "news", "globe", "tribune", "guardian", "gazette", "magazine", "press", "chronicle", "today", "examiner")
	case "group", "organization", "organisation", "nonprofit", "association", "coalition", "charity", "foundation", "institute", "center", "network", "union":
		return is("association", "coalition", "center", "institute", "foundation", "council", "union", "society", "group", "fund", "committee", "alliance", "league", "network", "project", "federation", "organization") || one && s.r.shouted(t) && head != "center"
	case "team", "club":
		return is("club", "fc", "united", "team")
	case "party":
		return is("party", "democrats", "republicans", "labour")
	case "committee", "panel":
		return is("committee", "commission", "panel", "subcommittee")
	case "court":
		return is("court", "tribunal")
	case "chamber":
		return is("senate", "house", "parliament")
	}
	return false
}

// sameHead finds the actor that was described with the same noun, and the same words before it, where there are any.
func (s *chainer) sameHead(i int, head string) int {
	m := &s.r.mentions[i]
	for x := len(s.recent) - 1; x >= 0; x-- {
		k := s.recent[x]
		a := &s.actors[k]
		if a.typ != m.typ || a.plural != m.plural || !a.hasRole(head) || !sameGender(a.gender, m.gender) {
			continue
		}
		if m.head-m.first <= 1 || s.sharesModifiers(a, m) {
			return k
		}
	}
	return -1
}

// sharesModifiers says that every word before the noun of m stands in some mention of a too.
func (s *chainer) sharesModifiers(a *actor, m *mention) bool {
	for _, j := range a.mentions[:min(len(a.mentions), 6)] {
		o := &s.r.mentions[j]
		if o.form == Pronoun {
			continue
		}
		all := true
		for t := m.first; t < m.head && all; t++ {
			if s.r.word(t)&isFunction != 0 || temporal(s.r.low(t)) {
				continue
			}
			found := false
			for u := o.first; u < o.last; u++ {
				if s.r.low(u) == s.r.low(t) {
					found = true
				}
			}
			all = found
		}
		if all {
			return true
		}
	}
	return false
}

// temporal says that a word before a noun tells only when it holds: "the former president".
func temporal(low string) bool {
	switch low {
	case "former", "then", "current", "late", "new", "old", "longtime", "outgoing", "incoming", "ex", "embattled", "newly", "elected":
		return true
	}
	return false
}

// thePerson resolves "the mayor", "the senators", "the boy".
func (s *chainer) thePerson(i int) int {
	m := &s.r.mentions[i]
	head := singular(s.r.low(m.head))
	if k := s.sameHead(i, head); k >= 0 {
		if a := &s.actors[k]; len(a.joint) > 1 && s.untouched(a.joint) {
			return s.group(i, a.joint)
		}
		return k
	}
	if m.plural {
		return s.holders(i, head)
	}
	if m.head-m.first > 1 {
		return s.varied(i)
	}
	if k := s.child(i); k >= 0 {
		return k
	}
	generic := false
	switch head {
	case "man", "woman", "boy", "girl", "lady", "guy":
		generic = true
	}
	for x := len(s.recent) - 1; x >= 0; x-- {
		k := s.recent[x]
		a := &s.actors[k]
		if a.typ != Person || a.plural || a.latest < 0 || !sameGender(a.gender, m.gender) {
			continue
		}
		if generic && a.gender == m.gender && a.named && s.sentence(i)-s.sentence(a.latest) <= 2 {
			return k
		}
	}
	return -1
}

// untouched says that people introduced together were not mentioned since.
func (s *chainer) untouched(joint []int) bool {
	for _, k := range joint {
		if s.actors[k].count > 1 {
			return false
		}
	}
	return true
}

// holders makes a group of the people that hold a role: "the senators" after "Sens. Alex Padilla and Adam Schiff".
func (s *chainer) holders(i int, role string) int {
	var parts []int
	for x := len(s.recent) - 1; x >= 0 && len(parts) < 4; x-- {
		k := s.recent[x]
		if a := &s.actors[k]; a.typ == Person && !a.plural && a.named && a.hasRole(role) {
			parts = append(parts, k)
		}
	}
	if len(parts) < 2 {
		return -1
	}
	slices.SortFunc(parts, func(a, b int) int { return cmp.Compare(s.actors[a].mentions[0], s.actors[b].mentions[0]) })
	return s.group(i, parts)
}

// group starts an actor that stands for several.
func (s *chainer) group(i int, parts []int) int {
	k := s.start(i)
	a := &s.actors[k]
	a.parts, a.plural = parts, true
	s.of[i] = -1
	a.mentions = a.mentions[:0]
	return k
}

// ownerOf is the actor whose description i is: "his mother", "Clinton's aides".
func (s *chainer) ownerOf(i int) int {
	m := &s.r.mentions[i]
	for j := i + 1; j < len(s.r.mentions) && s.r.mentions[j].Start < m.End; j++ {
		if o := &s.r.mentions[j]; o.last <= m.last && (o.form == Pronoun || o.form == Name) {
			if s.of[j] < 0 && o.form == Pronoun {
				s.pronoun(j)
			}
			return s.of[j]
		}
	}
	return -1
}

// sameOwner finds the actor described before with the same noun and the same owner.
func (s *chainer) sameOwner(i int) int {
	m := &s.r.mentions[i]
	head, owner := singular(s.r.low(m.head)), s.ownerOf(i)
	if owner < 0 {
		return -1
	}
	for x := len(s.recent) - 1; x >= 0; x-- {
		k := s.recent[x]
		if a := &s.actors[k]; a.owner == owner && a.typ == m.typ && a.plural == m.plural && a.hasRole(head) {
			return k
		}
	}
	return -1
}

// sameWording finds the actor described before with the very same words: "pregnant women".
func (s *chainer) sameWording(i int) int {
	m := &s.r.mentions[i]
	text := s.r.doc.Lower[m.Start:m.End]
	for x := len(s.recent) - 1; x >= 0; x-- {
		a := &s.actors[s.recent[x]]
		if a.named || a.typ != m.typ || a.plural != m.plural || len(a.mentions) == 0 {
			continue
		}
		if o := &s.r.mentions[a.mentions[0]]; s.r.doc.Lower[o.Start:o.End] == text {
			return s.recent[x]
		}
	}
	return -1
}

// merge moves the mentions of actor from into actor to.
func (s *chainer) merge(to, from int) {
	list := s.actors[from].mentions
	s.actors[from].mentions = nil
	for _, i := range list {
		s.join(i, to)
	}
	for x, k := range s.recent {
		if k == from {
			s.recent = append(s.recent[:x], s.recent[x+1:]...)
			break
		}
	}
	if s.actors[to].owner < 0 && s.actors[from].owner != to {
		s.actors[to].owner = s.actors[from].owner
	}
	if s.actors[from].latest > s.actors[to].latest {
		s.actors[to].latest = s.actors[from].latest
	}
}
