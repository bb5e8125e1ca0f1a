package quote

import (
	"slices"
	"strings"
)

// turn finds who speaks a quotation without cue: in a dialogue the other one, after a question; else nobody.
func (s *resolver) turn(i int, a *attribution) {
	at := s.d.TokenAt(a.content[0].Start)
	if s.last < 0 || len(s.r.attributions[s.last].speakers) == 0 || !s.near(&s.r.attributions[s.last], at) {
		return
	}
	prev := &s.r.attributions[s.last]
	before := s.paragraph(s.d.TokenAt(extent(prev.content).End - 1))
	if !s.asks(prev) && (s.turned != s.last || s.paragraph(at) != before+1) {
		return
	}
	for k := i - 1; k >= max(0, i-6); k-- {
		p := &s.r.attributions[k]
		if p.kind == Direct && p.speech && len(p.speakers) > 0 && !slices.Equal(p.speakers, prev.speakers) {
			a.speakers, a.by, a.score = p.speakers, p.by, 0.5
			s.turned = i
			return
		}
	}
	if id := s.addressee(prev); id >= 0 && s.paragraph(at) == before+1 {
		a.speakers, a.by, a.score = []int{id}, s.r.entities[id].name, 0.5
		s.turned = i
	}
}

// asks says whether the attribution's words end with a question.
func (s *resolver) asks(a *attribution) bool {
	w := strings.TrimRight(s.d.Cut(a.content[len(a.content)-1]), "\"”’'")
	return strings.HasSuffix(w, "?")
}

// addressee is the person whom the words of a are put to, by name: "Ann Lee asked Bo Roe". It returns -1 where there is none.
func (s *resolver) addressee(a *attribution) int {
	if len(a.cue) == 0 {
		return -1
	}
	i := s.d.TokenAt(a.cue[len(a.cue)-1].End)
	if i >= len(s.d.Tokens) {
		return -1
	}
	m := s.covers[i]
	if m < 0 || s.r.mentions[m].first != i || s.r.mentions[m].form != Name {
		return -1
	}
	if id := s.r.mentions[m].entity; id >= 0 && s.r.entities[id].typ == Person && !slices.Contains(a.speakers, id) {
		return id
	}
	return -1
}

// interviewer and interviewee label the turns of an interview: "Q: Why?", "A: I was tired."
func interviewer(low string) bool { return low == "q" || low == "q." || low == "question" }
func interviewee(low string) bool { return low == "a" || low == "a." || low == "answer" }

// interviewed is the person who is "I" in the answer a, or else of whom the text speaks most before it; -1 where it names nobody.
func (s *resolver) interviewed(a *attribution) int {
	x := extent(a.content)
	for k := s.mention; k < len(s.r.mentions) && s.r.mentions[k].Start < x.End; k++ {
		m := &s.r.mentions[k]
		if m.Start < x.Start || m.form != Pronoun || m.entity < 0 || s.r.inside[m.head] >= 0 {
			continue
		}
		if p := pronounOf(s.low(m.head)); p.person == 1 && !p.plural && s.r.entities[m.entity].named {
			return m.entity
		}
	}
	best, most := -1, 0
	reach := min(s.r.preface(), s.d.TokenAt(x.Start))
	for id := range s.r.entities {
		x := &s.r.entities[id]
		if x.typ != Person || !x.named {
			continue
		}
		n := 0
		for _, m := range x.mentions {
			if s.r.mentions[m].first >= reach {
				break
			}
			n++
		}
		if n > most {
			best, most = id, n
		}
	}
	return best
}
