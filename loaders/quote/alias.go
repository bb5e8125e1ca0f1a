package quote

import (
	"strings"
	"unicode/utf8"
)

// resolveNames puts the names of one person or organization together. Full names come first, wherever they stand: a headline
// has the surname before the text has the name.
func (s *chainer) resolveNames() {
	ms := s.r.mentions
	for i := range ms {
		if m := &ms[i]; m.form == Name && s.words(m) > 1 {
			if m.typ == Person {
				s.fullName(i)
			} else {
				s.organization(i)
			}
		}
	}
	for i := range ms {
		if m := &ms[i]; m.form == Name && s.words(m) <= 1 {
			if m.typ == Person {
				s.shortName(i)
			} else {
				s.shortOrganization(i)
			}
		}
	}
	s.titles()
}

// titles finds people introduced together under a plural title: "Sens. Alex Padilla and Adam Schiff".
func (s *chainer) titles() {
	ms := s.r.mentions
	for i := range ms {
		m := &ms[i]
		if m.form != Name || m.typ != Person || m.core == m.first || s.r.word(m.first)&isPlural == 0 || s.of[i] < 0 {
			continue
		}
		joint, last := []int{s.of[i]}, m.last
		for j := i + 1; j < len(ms) && len(joint) < 6 && ms[j].first-last <= 2; j++ {
			if low := s.r.low(ms[j].first - 1); ms[j].form != Name || ms[j].typ != Person || low != "and" && low != "," {
				continue
			}
			joint, last = append(joint, s.of[j]), ms[j].last
		}
		if len(joint) < 2 {
			continue
		}
		for _, k := range joint {
			s.actors[k].joint = joint
			s.actors[k].addRole(singular(s.r.low(m.first)))
		}
	}
}

// words counts the tokens of a name without title and suffix.
func (s *chainer) words(m *mention) int { return m.head - m.core + 1 }

func (s *chainer) surname(m *mention) string { return s.r.low(m.head) }

// fullName resolves a person's name of two words and more.
func (s *chainer) fullName(i int) {
	m := &s.r.mentions[i]
	first, last := s.r.low(m.core), s.surname(m)
	for _, k := range s.last[last] {
		if a := &s.actors[k]; sameGender(a.gender, m.gender) && s.sameGivens(a, m) {
			s.join(i, k)
			s.given[first] = with(s.given[first], k)
			return
		}
	}
	for _, k := range s.given[first] { // the same given name with a misspelt surname
		if a := &s.actors[k]; a.name[1]-a.name[0] > 1 && near(s.surnameOf(a), last) {
			s.join(i, k)
			s.last[last] = with(s.last[last], k)
			return
		}
	}
	k := s.start(i)
	s.actors[k].kin = s.kinOf(i)
	s.last[last] = with(s.last[last], k)
	s.given[first] = with(s.given[first], k)
}

func (s *chainer) surnameOf(a *actor) string {
	k := a.name[1] - 1
	if s.r.word(k)&isSuffix != 0 && k > a.name[0] {
		k--
	}
	return s.r.low(k)
}

func with(list []int, k int) []int {
	for _, x := range list {
		if x == k {
			return list
		}
	}
	if len(list) >= 8 {
		return list
	}
	return append(list, k)
}

func sameGender(a, b gender) bool { return a == anyGender || b == anyGender || a == b }

// sameGivens says that a full name may be that of a: by its given name, or by the second one where it has two.
func (s *chainer) sameGivens(a *actor, m *mention) bool {
	x, y := s.r.low(a.name[0]), s.r.low(m.core)
	if s.sameGiven(x, y) || s.tail(a, m) {
		return true
	}
	long := s.words(m) > 2 && s.r.low(m.core+1) == x && s.r.word(m.core+1)&isGiven != 0
	return long || a.name[1]-a.name[0] > 2 && s.r.low(a.name[0]+1) == y && s.r.word(m.core)&isGiven != 0
}

// tail says that one of two names is the other without the given name: "Peña Nieto" and "Enrique Peña Nieto".
func (s *chainer) tail(a *actor, m *mention) bool {
	n := min(a.name[1]-a.name[0], m.last-m.core)
	if n < 2 || a.name[1]-a.name[0] == m.last-m.core {
		return false
	}
	for k := 1; k <= n; k++ {
		if s.r.low(a.name[1]-k) != s.r.low(m.last-k) {
			return false
		}
	}
	return true
}

// sameGiven says that two given names may be one person's: equal, an initial, or a short form.
func (s *chainer) sameGiven(a, b string) bool {
	if a == b || len(a) == 0 || len(b) == 0 || s.e.lexicon.words[a]&isParticle != 0 || s.e.lexicon.words[b]&isParticle != 0 {
		return true // "De Blasio" has none
	}
	if a[0] == b[0] && (len(a) <= 2 || len(b) <= 2) {
		return true
	}
	return nickname(a) == nickname(b) || len(a) > 2 && len(b) > 2 && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a))
}

// nickname spells the commonest short forms of given names out.
func nickname(s string) string {
	switch s {
	case "bill", "will", "billy":
		return "william"
	case "bob", "rob", "bobby":
		return "robert"
	case "jim", "jimmy":
		return "james"
	case "joe", "joey":
		return "joseph"
	case "mike":
		return "michael"
	case "tom":
		return "thomas"
	case "ted", "ed", "eddie":
		return "edward"
	case "dick", "rick":
		return "richard"
	case "jack", "johnny":
		return "john"
	case "chuck", "charlie":
		return "charles"
	case "tony":
		return "anthony"
	case "liz", "beth", "betsy":
		return "elizabeth"
	case "kate", "kathy", "cathy":
		return "katherine"
	case "peggy", "maggie":
		return "margaret"
	case "andy", "drew":
		return "andrew"
	case "bernie":
		return "bernard"
	case "harry", "hank":
		return "henry"
	case "larry":
		return "lawrence"
	case "jerry":
		return "gerald"
	case "mitch":
		return "mitchell"
	}
	return s
}

// shortName resolves a person's name of one word: a surname, a given name, or a misspelling of either.
func (s *chainer) shortName(i int) {
	m := &s.r.mentions[i]
	w, own := s.surname(m), m.gender
	if m.core == m.first {
		m.gender = anyGender // as a surname it tells nothing
	}
	if k := s.choose(i, s.last[w]); k >= 0 {
		s.join(i, k)
		return
	}
	if m.core == m.first || s.beforeGiven(m.first) {
		if k := s.choose(i, s.given[w]); k >= 0 {
			s.join(i, k)
			return
		}
	}
	if k := s.misspelt(i, w); k >= 0 {
		s.join(i, k)
		s.last[w] = with(s.last[w], k)
		return
	}
	m.gender = own
	k := s.start(i)
	s.last[w] = with(s.last[w], k)
}

// beforeGiven says that the title at token i stands before a given name alone: "Sir Desmond".
func (s *chainer) beforeGiven(i int) bool {
	switch s.r.low(i) {
	case "sir", "dame", "prince", "princess", "king", "queen", "sister", "brother", "father", "mother", "sheikh":
		return true
	}
	return false
}

// chooseReach is how many mentions of each holder of a name are looked at.
const chooseReach = 64

// choose takes of several holders of a name the one that a writer would call by that name alone at mention i: of whom the
// text speaks most and first, who bears the title, or who was named in this sentence or the one before. A mother or a son who came
// in as one goes by the full name.
func (s *chainer) choose(i int, of []int) int {
	m := &s.r.mentions[i]
	first, latest, at := -1, -1, -1
	for _, k := range of {
		a := &s.actors[k]
		if !sameGender(a.gender, m.gender) || len(a.mentions) == 0 {
			continue
		}
		if first < 0 || a.mentions[0] < s.actors[first].mentions[0] {
			first = k
		}
		if j := a.before(i); j > at {
			latest, at = k, j
		}
	}
	hint := s.hint(m)
	best, most := -1, float32(0)
	for _, k := range of {
		a := &s.actors[k]
		if !sameGender(a.gender, m.gender) || len(a.mentions) == 0 {
			continue
		}
		w := float32(min(len(a.mentions), 3)) + float32(boolInt(k == first))
		if a.kin {
			w -= 6
		}
		if m.core > m.first && a.hasRole(singular(s.r.low(m.first))) {
			w += 4
		}
		if a.gender != anyGender && hint != anyGender {
			w += 2 - 4*float32(boolInt(a.gender != hint))
		}
		if k == latest {
			switch away := s.sentence(i) - s.sentence(at); {
			case away <= 2 && s.subject(at):
				w += 3.5
			case away <= 1 && s.paragraph(i) == s.paragraph(at):
				w += 2.5
			}
		}
		if best < 0 || w > most {
			best, most = k, w
		}
	}
	return best
}

// hint is the gender of a possessive soon after a name: "Clinton allowed her staff".
func (s *chainer) hint(m *mention) gender {
	for t := m.last; t < m.last+4 && t < len(s.r.doc.Tokens) && s.r.doc.Tokens[t].Sentence == s.r.doc.Tokens[m.first].Sentence; t++ {
		switch s.r.low(t) {
		case "his", "himself":
			return male
		case "her", "herself":
			return female
		}
		if s.r.capital(t) {
			return anyGender
		}
	}
	return anyGender
}

// before is the last of the actor's mentions so far that stands before mention i, -1 where none does.
func (a *actor) before(i int) int {
	for x := len(a.mentions) - 1; x >= 0 && x > len(a.mentions)-chooseReach; x-- {
		if a.mentions[x] < i {
			return a.mentions[x]
		}
	}
	return -1
}

// misspeltReach is how many bytes before a name its right spelling may stand.
const misspeltReach = 6000

// misspelt finds the person whose surname w is a misspelling of, when no one else holds w.
func (s *chainer) misspelt(i int, w string) int {
	m := &s.r.mentions[i]
	if s.r.word(m.head)&(isGiven|isPlace|isDemonym|isOrgHead) != 0 || utf8.RuneCountInString(w) < 4 {
		return -1
	}
	found := -1
	for back := i - 1; back >= 0 && m.Start-s.r.mentions[back].Start < misspeltReach; back-- {
		o := &s.r.mentions[back]
		if o.form != Name || o.typ != Person || s.of[back] < 0 || s.words(o) < 2 {
			continue
		}
		if k := s.of[back]; near(s.surname(o), w) && sameGender(s.actors[k].gender, m.gender) {
			if found >= 0 && found != k {
				return -1
			}
			found = k
		}
	}
	return found
}

// near says that two surnames may be spellings of one: the same first letter, and they sound alike or differ by a letter or two.
func near(a, b string) bool {
	if a == "" || b == "" || a[0] != b[0] || a == b {
		return a == b && a != ""
	}
	var x, y [24]byte
	if p, q := sound(a, x[:0]), sound(b, y[:0]); len(p) >= 2 && string(p) == string(q) {
		return true
	}
	switch n := min(len(a), len(b)); {
	case n >= 8:
		return distance(a, b) <= 2
	case n >= 5:
		return distance(a, b) <= 1
	}
	return false
}

// sound writes the consonants of a name to buf, those that English spells in several ways as one.
func sound(s string, buf []byte) []byte {
	for i := 0; i < len(s) && len(buf) < cap(buf); i++ {
		c := s[i]
		rest := s[i:]
		switch {
		case strings.HasPrefix(rest, "cch"), strings.HasPrefix(rest, "tch"), strings.HasPrefix(rest, "sch"):
			c, i = 'x', i+2
		case strings.HasPrefix(rest, "ch"), strings.HasPrefix(rest, "sh"):
			c, i = 'x', i+1
		case strings.HasPrefix(rest, "ph"):
			c, i = 'f', i+1
		case strings.HasPrefix(rest, "ck"):
			c, i = 'k', i+1
		case strings.HasPrefix(rest, "gh"):
			i++
			continue
		case c == 'c' || c == 'q':
			c = 'k'
		case c == 'z':
			c = 's'
		case c == 'v':
			c = 'f'
		}
		if i > 0 && strings.IndexByte("aeiouyhw'-", c) >= 0 || c >= utf8.RuneSelf || len(buf) > 0 && buf[len(buf)-1] == c {
			continue
		}
		buf = append(buf, c)
	}
	return buf
}

// distance is Levenshtein's, in bytes; 9 for long words.
func distance(a, b string) int {
	if len(a) > 31 || len(b) > 31 {
		return 9
	}
	var row [32]int
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diag := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			d := min(row[j]+1, row[j-1]+1, diag+boolInt(a[i-1] != b[j-1]))
			diag, row[j] = row[j], d
		}
	}
	return row[len(b)]
}
