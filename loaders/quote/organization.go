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
	if before, ok := strings.CutSuffix(key, " officials"); ok { // they speak for their administration
		if k, ok := s.orgs[before+" administration"]; ok {
			s.join(i, k)
			s.orgs[key] = k
			return
		}
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
		if s.r.word(i)&isFunction != 0 || s.american(i) {
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
		if s.r.word(j)&isFunction == 0 && !s.american(j) {
			na++
		}
	}
	if shared == na && na == nb || s.short(a, m) {
		return true
	}
	return head && shared >= 3 && shared*4 >= (na+nb-shared)*3 || head && shared >= 2 && shared == min(na, nb) && max(na, nb)-shared <= 2 && na != nb
}

// american says that token i only says of which country a body is: "U.S.", "United States".
func (s *chainer) american(i int) bool {
	low := s.r.low(i)
	return low == "u.s." || low == "us" || low == "united" && s.r.low(i+1) == "states" || low == "states" && s.r.low(i-1) == "united"
}

// short says that of two names one is the other without the place in front: "the Red Sox" and "the Boston Red Sox".
func (s *chainer) short(a *actor, m *mention) bool {
	i, j, k, l := a.name[0], a.name[1], m.core, m.last
	if j-i < l-k {
		i, j, k, l = k, l, i, j
	}
	cut := (j - i) - (l - k)
	if cut == 0 || l-k < 2 || s.r.word(k)&isPlace != 0 {
		return false
	}
	for t := range cut {
		if s.r.word(i+t)&(isPlace|isDemonym) == 0 {
			return false
		}
	}
	for t := range l - k {
		if s.r.low(i+cut+t) != s.r.low(k+t) {
			return false
		}
	}
	return true
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
	if k >= 0 && s.r.shouted(m.head) {
		s.actors[k].acronym = key
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
	if s.r.low(m.first-1) != "(" || s.r.low(m.last) == ":" { // "(NYSE: ABC)" names an exchange
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

// acronymOf finds the one organization whose initials an acronym is, exactly or else shortened.
func (s *chainer) acronymOf(w string) int {
	low := strings.ToLower(w)
	for _, want := range []match{exact, shortened} {
		found, several := -1, false
		for _, k := range s.acro {
			a := &s.actors[k]
			if a.acronym != "" && a.acronym != low && want == shortened {
				continue
			}
			if s.r.initials(a.name[0], a.name[1], low) == want {
				several = found >= 0
				found = k
			}
		}
		if found >= 0 && !several {
			return found
		}
	}
	return -1
}

type match uint8

const (
	different match = iota
	shortened       // a letter that comes twice in a row stands once: "CMS" for Centers for Medicare and Medicaid Services
	exact
)

// initials holds acronym low against the initials of the words [a,b): of the capitalised ones, of those without "U.S.", of
// those without "Department" in front, or of all.
func (r *reading) initials(a, b int, low string) match {
	var caps, all [16]byte
	n, m, skip := 0, 0, 0
	for i := a; i < b && n < len(caps)-1 && m < len(all)-1; i++ {
		c := r.doc.Low(i)[0]
		switch {
		case r.doc.Low(i) == "u.s.":
			caps[n], caps[n+1] = 'u', 's'
			n, skip = n+2, 2
		case r.capital(i):
			caps[n] = c
			n++
		}
		all[m] = c
		m++
	}
	w := strings.ReplaceAll(low, ".", "")
	if len(w) < 2 || n-skip < 2 {
		return different
	}
	headed := r.low(a+boolInt(skip > 0)) == "department" || r.low(a+boolInt(skip > 0)) == "ministry"
	if string(caps[:n]) == w || string(caps[skip:n]) == w || string(all[:m]) == w || headed && len(w) >= 3 && string(caps[skip+1:n]) == w {
		return exact
	}
	if !headed && len(w) >= 3 && spells(caps[skip:n], w) {
		return shortened
	}
	return different
}

// spells says that initials read w, where a run of one letter may be shortened.
func spells(initials []byte, w string) bool {
	j := 0
	for i, c := range initials {
		switch {
		case j < len(w) && c == w[j]:
			j++
		case i > 0 && initials[i-1] == c:
		default:
			return false
		}
	}
	return j == len(w)
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
		for _, j := range a.mentions[:min(len(a.mentions), 16)] {
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
