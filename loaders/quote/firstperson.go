package quote

import (
	"cmp"
	"slices"
)

// linkFirstPerson gives "I", "we" and "you" in quotations to whoever the attributions say speaks there. "I" is the speaker;
// "we" is all speakers of a joint statement, else someone for whom the speaker speaks and whom the text need not name;
// "you" is whom that speaker speaks to. Where no speaker is known, all of a quotation's belong together.
func (e *Engine) linkFirstPerson(r *reading) {
	l := &firstPersons{r: r, speakers: r.quotationSpeakers(), quoted: r.quotedTokens(), made: map[[2]int]int{}}
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.form != Pronoun || m.entity >= 0 {
			continue
		}
		if p := pronounOf(r.low(m.head)); (p.person == 1 || p.person == 2) && l.quoted[m.head] >= 0 {
			l.link(i, p)
		}
	}
	for k := range l.touched {
		slices.SortFunc(r.entities[k].mentions, func(a, b int) int { return cmp.Compare(a, b) })
	}
}

type firstPersons struct {
	r        *reading
	speakers [][]int          // of each quotation
	quoted   []int            // quotation of each token
	made     map[[2]int]int   // entities made here, by speaker (or, below 0, quotation) and person
	touched  map[int]struct{} // entities whose mentions are out of order
}

const (
	firstSingular = iota
	firstPlural
	second
)

// quotationSpeakers are the entities that say each quotation; a quotation that goes on with another has the same.
func (r *reading) quotationSpeakers() [][]int {
	of := make([][]int, len(r.doc.Quotations))
	for i := range r.attributions {
		if a := &r.attributions[i]; a.quotation >= 0 && a.quotation < len(of) && len(of[a.quotation]) == 0 {
			of[a.quotation] = a.speakers
		}
	}
	for k := range of {
		if c := r.doc.Quotations[k].Continues; c >= 0 && c < k && len(of[k]) == 0 {
			of[k] = of[c]
		}
	}
	return of
}

// continuesReach is how many quotations back the first of a chain is looked for.
const continuesReach = 16

func (l *firstPersons) link(i int, p pronoun) {
	q := l.quoted[l.r.mentions[i].head]
	who := l.speakers[q]
	kind := firstSingular
	switch {
	case p.person == 2:
		kind = second
	case p.plural:
		kind = firstPlural
	}
	if kind == firstSingular && len(who) == 1 && l.r.entities[who[0]].typ == Person {
		l.add(i, who[0])
		return
	}
	if kind == firstSingular && len(who) == 0 {
		if k := l.nearby(i, q); k >= 0 {
			l.add(i, k)
			return
		}
	}
	key := [2]int{-1 - q, kind}
	if len(who) > 0 {
		key[0] = who[0]
	} else {
		for n := 0; n < continuesReach; n++ {
			c := l.r.doc.Quotations[q].Continues
			if c < 0 || c >= q {
				break
			}
			q = c
			key[0] = -1 - q
		}
	}
	k, ok := l.made[key]
	if !ok {
		k = len(l.r.entities)
		l.made[key] = k
		l.r.entities = append(l.r.entities, entity{typ: Person, name: l.r.doc.Cut(l.r.mentions[i].Span)})
	}
	l.add(i, k)
	if kind == firstPlural && len(who) > 1 {
		l.r.mentions[i].parts = who
	}
}

// nearbyReach is how many bytes before a quotation that no one is said to say its speaker may be named.
const nearbyReach = 240

// nearby is the person mentioned last before quotation q, in which mention i stands, -1 where none is near.
func (l *firstPersons) nearby(i, q int) int {
	start := l.r.doc.Quotations[q].Start
	for j := i - 1; j >= 0 && start-l.r.mentions[j].Start < nearbyReach; j-- {
		m := &l.r.mentions[j]
		if m.Start < start && m.typ == Person && m.form != Description && !m.plural && m.entity >= 0 && l.r.entities[m.entity].named && l.quoted[m.head] < 0 {
			return m.entity
		}
	}
	return -1
}

func (l *firstPersons) add(i, k int) {
	l.r.mentions[i].entity = k
	x := &l.r.entities[k]
	if n := len(x.mentions); n > 0 && x.mentions[n-1] > i {
		if l.touched == nil {
			l.touched = map[int]struct{}{}
		}
		l.touched[k] = struct{}{}
	}
	x.mentions = append(x.mentions, i)
}
