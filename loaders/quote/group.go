package quote

// pair makes a group of the two people whose names "and" joins before or at mention i, so that "they" may mean both:
// "Ann Lee and Bo Roe founded it. They said".
func (s *chainer) pair(i int) {
	m := &s.r.mentions[i]
	if m.typ != Person || s.of[i] < 0 || s.r.low(m.first-1) != "and" || s.quoted[m.head] >= 0 {
		return
	}
	j := s.endingAt(i, m.first-1)
	if j < 0 || s.of[j] < 0 || s.of[j] == s.of[i] || s.r.mentions[j].typ != Person || s.r.mentions[j].form != Name {
		return
	}
	a, b := s.of[j], s.of[i]
	for x := len(s.recent) - 1; x >= 0; x-- {
		if p := s.actors[s.recent[x]].parts; len(p) == 2 && p[0] == a && p[1] == b {
			s.actors[s.recent[x]].latest = j
			s.push(s.recent[x])
			return
		}
	}
	s.actors = append(s.actors, actor{typ: Person, plural: true, parts: []int{a, b}, latest: j, count: 1, owner: -1})
	s.push(len(s.actors) - 1)
}

// push makes actor k the one mentioned last.
func (s *chainer) push(k int) {
	for x := len(s.recent) - 1; x >= 0; x-- {
		if s.recent[x] == k {
			copy(s.recent[x:], s.recent[x+1:])
			s.recent[len(s.recent)-1] = k
			return
		}
	}
	if len(s.recent) == recentCap {
		copy(s.recent, s.recent[1:])
		s.recent = s.recent[:recentCap-1]
	}
	s.recent = append(s.recent, k)
}
