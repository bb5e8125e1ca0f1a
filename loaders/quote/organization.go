package quote

import "strings"

// key is an organization's name in lower case without "the", where its words are parted by single spaces.
func (s *chainer) key(m *mention) string {
	return s.r.doc.Lower[s.r.doc.Tokens[m.core].Start:s.r.doc.Tokens[m.last-1].End]
}

// organization resolves an organization's name of several words.
func (s *chainer) organization(i int) {
	m := &s.r.mentions[i]
	key := s.key(m)
	if k, ok := s.orgs[key]; ok {
		s.join(i, k)
		return
	}
	for _, k := range s.acro {
		if s.sameWords(&s.actors[k], m) {
			s.join(i, k)
			s.orgs[key] = k
			return
		}
	}
	k := s.start(i)
	s.orgs[key] = k
	if len(s.acro) < 256 {
		s.acro = append(s.acro, k)
	}
}

// sameWords says that two names of organizations share their head and most of their words: "the Orange County
// Department of Immigration and Refugee Affairs" and "the Orange County Immigration and Refugee Department".
func (s *chainer) sameWords(a *actor, m *mention) bool {
	shared, na, nb := 0, 0, 0
	head := false
	for i := m.core; i < m.last; i++ {
		w := s.r.low(i)
		if s.r.word(i)&isFunction != 0 || w == "u.s." {
			continue
		}
		nb++
		for j := a.name[0]; j < a.name[1]; j++ {
			if s.r.low(j) == w {
				shared++
				head = head || s.r.word(i)&isOrgHead != 0
				break
			}
		}
	}
	for j := a.name[0]; j < a.name[1]; j++ {
		if s.r.word(j)&isFunction == 0 && s.r.low(j) != "u.s." {
			na++
		}
	}
	if shared == na && na == nb {
		return true
	}
	return head && shared >= 3 && shared*4 >= (na+nb-shared)*3 || head && shared >= 2 && shared == min(na, nb) && max(na, nb)-shared <= 2 && na != nb
}

// shortOrganization resolves an organization's name of one word: a name met before, an acronym, or a short form.
func (s *chainer) shortOrganization(i int) {
	m := &s.r.mentions[i]
	key := s.key(m)
	if k, ok := s.orgs[key]; ok {
		s.join(i, k)
		return
	}
	k := s.introduced(i)
	if k < 0 && s.r.shouted(m.head) {
		k = s.acronymOf(s.r.doc.Word(m.head))
	}
	if k < 0 && !s.r.shouted(m.head) {
		k = s.partOf(i)
	}
	if k >= 0 {
		s.join(i, k)
	} else {
		k = s.start(i)
	}
	s.orgs[key] = k
}

// introduced finds the organization that an acronym in parentheses follows: "Centers for Disease Control (CDC)".
func (s *chainer) introduced(i int) int {
	m := &s.r.mentions[i]
	if s.r.low(m.first-1) != "(" {
		return -1
	}
	for back := i - 1; back >= 0 && back > i-4; back-- {
		o := &s.r.mentions[back]
		if o.last == m.first-1 && o.form == Name && o.typ == Organization && s.of[back] >= 0 && s.words(o) > 1 {
			return s.of[back]
		}
	}
	return -1
}

// acronymOf finds the one organization whose initials an acronym is.
func (s *chainer) acronymOf(w string) int {
	found := -1
	for _, k := range s.acro {
		if s.initials(&s.actors[k], w) {
			if found >= 0 {
				return -1
			}
			found = k
		}
	}
	return found
}

// initials says that acronym w is made of the initials of a's name: of all capitalised words, or of all without "U.S." or
// without the "Department of" in front; a letter that comes twice in a row may stand once ("CMS": Centers for Medicare
// and Medicaid Services).
func (s *chainer) initials(a *actor, w string) bool {
	var all [16]byte
	n, skip := 0, 0
	for i := a.name[0]; i < a.name[1] && n < len(all); i++ {
		if s.r.low(i) == "u.s." {
			all[n], all[n+1%len(all)] = 'u', 's'
			if n+1 < len(all) {
				n += 2
				skip = 2
			}
			continue
		}
		if c := s.r.low(i)[0]; s.r.capital(i) {
			all[n] = c
			n++
		}
	}
	low := strings.ToLower(strings.ReplaceAll(w, ".", ""))
	for _, from := range []int{0, skip, skip + 1} {
		if from < n && (from <= skip || n-from >= 3) && spells(all[from:n], low) {
			return true
		}
	}
	return false
}

// spells says that initials read w, where a run of one letter may be shortened.
func spells(initials []byte, w string) bool {
	if string(initials) == w {
		return len(w) >= 2
	}
	j := 0
	for i, c := range initials {
		switch {
		case j < len(w) && c == w[j]:
			j++
		case i > 0 && initials[i-1] == c && len(w) >= 3:
		default:
			return false
		}
	}
	return j == len(w) && len(w) >= 2
}

// partOf finds the one organization whose name begins with the word, or the last one that it heads: "the Times".
func (s *chainer) partOf(i int) int {
	m := &s.r.mentions[i]
	w := s.r.low(m.head)
	found, at := -1, -1
	for _, k := range s.acro {
		a := &s.actors[k]
		heads := s.r.low(a.name[1]-1) == w || s.r.low(a.name[0]) == w && s.r.word(m.head)&isOrgHead != 0
		begins := s.r.low(a.name[0]) == w && s.r.word(m.head)&(isPlace|isDemonym) == 0
		if !heads && !begins {
			continue
		}
		p := -1
		for _, j := range a.mentions {
			if j < i {
				p = j
			}
		}
		if p >= 0 && p > at || found < 0 && begins {
			found, at = k, p
		}
	}
	return found
}
