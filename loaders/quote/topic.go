package quote

import (
	"slices"

	"saidgraph/loaders/quote/text"
)

// topics reads whom words are said of: after "Roe said of Lee", the "he" of the words is Lee, unless they name him otherwise.
func (r *reading) topics() {
	for i := range r.attributions {
		a := &r.attributions[i]
		e := r.topic(a)
		if e < 0 || has(a.speakers, e) {
			continue
		}
		for _, c := range a.content {
			r.pointTo(c, e)
		}
	}
}

// topic is the person that "said of", "told reporters about" and the like name after the cue of a, -1 where there is none.
func (r *reading) topic(a *attribution) int {
	if len(a.cue) == 0 || !a.speech {
		return -1
	}
	k := r.doc.TokenAt(a.cue[len(a.cue)-1].End - 1)
	for reach := k + 3; k < len(r.doc.Tokens) && k < reach; k++ {
		if low := r.low(k); low == "of" || low == "about" {
			break
		}
	}
	if low := r.low(k); low != "of" && low != "about" || r.inside[k] >= 0 {
		return -1
	}
	if k+1 == len(r.doc.Tokens) {
		return -1
	}
	at := r.doc.Tokens[k+1].Start
	for i := r.mentionFrom(at); i < len(r.mentions) && r.mentions[i].Start == at; i++ {
		m := &r.mentions[i]
		if m.first == k+1 && m.form == Name && m.typ == Person && m.entity >= 0 && r.low(m.last) != "'s" && r.low(m.last) != "’s" {
			return m.entity
		}
	}
	return -1
}

// pointTo gives the pronouns of one man or woman within c, whom no name there explains, to person e.
func (r *reading) pointTo(c text.Span, e int) {
	for k := r.mentionFrom(c.Start); k < len(r.mentions) && r.mentions[k].Start < c.End; k++ {
		m := &r.mentions[k]
		if m.End > c.End || m.form != Pronoun || m.gender != male && m.gender != female || m.entity == e {
			continue
		}
		if g := r.entities[e].gender; g != anyGender && g != m.gender || r.namedWithin(c, m.entity) {
			continue
		}
		if m.entity >= 0 {
			old := &r.entities[m.entity]
			old.mentions = slices.DeleteFunc(old.mentions, func(x int) bool { return x == k })
		}
		m.entity = e
		at, _ := slices.BinarySearch(r.entities[e].mentions, k)
		r.entities[e].mentions = slices.Insert(r.entities[e].mentions, at, k)
	}
}

// namedWithin says that entity e is named within c.
func (r *reading) namedWithin(c text.Span, e int) bool {
	if e < 0 {
		return false
	}
	for _, k := range r.entities[e].mentions {
		if m := &r.mentions[k]; m.form == Name && c.Start <= m.Start && m.End <= c.End {
			return true
		}
	}
	return false
}
