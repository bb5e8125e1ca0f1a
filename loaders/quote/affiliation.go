package quote

import (
	"strings"

	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

// affiliate finds which person belongs to which organization, and in what role: "DHS spokesman Tricia McLaughlin",
// "Y, a CMS adviser", "X, director of civil technology at the Center for …", "Nick Bos of the University of Helsinki".
func (e *Engine) affiliate(r *reading) {
	f := &affiliations{r: r, seen: map[affiliationKey]bool{}}
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.entity < 0 || m.typ != Person || m.plural || !r.entities[m.entity].named {
			continue
		}
		switch m.form {
		case Name:
			f.before(i)
			f.of(i)
		case Description:
			f.described(i)
		}
	}
}

type affiliationKey struct {
	person, organization int
	role                 string
}

type affiliations struct {
	r    *reading
	seen map[affiliationKey]bool
}

func (f *affiliations) add(person, org int, role string, span text.Span, score float64) {
	k := affiliationKey{person, org, role}
	if person == org || f.seen[k] {
		return
	}
	f.seen[k] = true
	f.r.affiliations = append(f.r.affiliations, affiliation{person: person, organization: org, role: role, span: span, score: score})
}

// roleReach is how many tokens a role may have in front of a name, and how far behind its noun the organization may stand.
const roleReach = 8

// named says that mention i names an organization.
func (f *affiliations) named(i int) bool {
	m := &f.r.mentions[i]
	return m.typ == Organization && m.form == Name && m.entity >= 0
}

// before reads "DHS spokesman" in front of the name at mention i.
func (f *affiliations) before(i int) {
	r, m := f.r, &f.r.mentions[i]
	for j := i - 1; j >= 0 && j > i-4; j-- {
		o := &r.mentions[j]
		if !f.named(j) {
			continue
		}
		if o.last > m.core || m.core-o.last > roleReach || r.doc.Tokens[o.first].Sentence != r.doc.Tokens[m.first].Sentence {
			return
		}
		role := f.role(o.last, m.core)
		if role == "" || !f.unbroken(o.last, m.core) {
			return
		}
		f.add(m.entity, o.entity, role, text.Span{Start: o.Start, End: m.End}, .9)
		return
	}
}

// unbroken says that nothing but nouns, adjectives and 's stands in [a,b).
func (f *affiliations) unbroken(a, b int) bool {
	for t := a; t < b; t++ {
		switch g := f.r.tagAt(t); g {
		case pos.NN, pos.NNS, pos.NNP, pos.NNPS, pos.JJ, pos.POS, pos.None, pos.VBG, pos.VBN:
			if f.r.doc.Tokens[t].Kind == text.Punct || f.r.word(t)&isFunction != 0 && g == pos.None {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// role is the words of [a,b) that name a role, in lower case; "" where no noun among them does.
func (f *affiliations) role(a, b int) string {
	r := f.r
	head := -1
	for t := b - 1; t >= a; t-- {
		if r.word(t)&(isPersonNoun|isTitle) != 0 {
			head = t
			break
		}
	}
	if head < 0 {
		return ""
	}
	first := head
	for first > a && (r.isNoun(first-1) || r.ranks(first-1)) && r.low(first-1) != "'s" {
		first--
	}
	words := make([]string, 0, 4)
	for t := first; t <= head; t++ {
		words = append(words, r.low(t))
	}
	return strings.Join(words, " ")
}

// ranks says that token i is an adjective that belongs to a role.
func (r *reading) ranks(i int) bool {
	switch r.low(i) {
	case "executive", "chief", "deputy", "senior", "vice", "assistant", "associate", "managing", "general", "acting", "principal", "lead":
		return true
	}
	return false
}

// described reads the organization out of a description that belongs to a named person.
func (f *affiliations) described(i int) {
	r, m := f.r, &f.r.mentions[i]
	for j := i + 1; j < len(r.mentions) && r.mentions[j].first <= m.head+2*roleReach; j++ {
		o := &r.mentions[j]
		if !f.named(j) || r.doc.Tokens[o.first].Sentence != r.doc.Tokens[m.head].Sentence {
			continue
		}
		switch {
		case o.last <= m.head: // "a CMS adviser"
			f.add(m.entity, o.entity, f.role(o.last, m.head+1), text.Span{Start: m.Start, End: r.doc.Tokens[m.head].End}, .85)
		case o.first > m.head && f.linked(m.head+1, o.first):
			f.add(m.entity, o.entity, f.role(m.first, m.head+1), text.Span{Start: m.Start, End: o.End}, .85)
		default:
			continue
		}
		return
	}
}

// linked says that [a,b) begins with a preposition of belonging and holds no mark, verb or other break: "of civil technology at the".
func (f *affiliations) linked(a, b int) bool {
	r := f.r
	switch r.low(a) {
	case "of", "at", "for", "with", "from", "in":
	default:
		return false
	}
	for t := a; t < b; t++ {
		if k := r.doc.Tokens[t].Kind; k != text.Word && k != text.Number || r.isFinite(t) || r.low(t) == "who" || r.low(t) == "that" {
			return false
		}
	}
	return b > a && b-a <= 2*roleReach
}

// of reads "Nick Bos of the University of Helsinki", with or without a comma.
func (f *affiliations) of(i int) {
	r, m := f.r, &f.r.mentions[i]
	t := m.last
	if r.low(t) == "," {
		t++
	}
	switch r.low(t) {
	case "of", "at", "with":
	default:
		return
	}
	for j := i + 1; j < len(r.mentions) && j < i+3; j++ {
		o := &r.mentions[j]
		if !f.named(j) || o.first != t+1 && (o.first != t+2 || r.low(t+1) != "the") {
			continue
		}
		f.add(m.entity, o.entity, "", text.Span{Start: m.Start, End: o.End}, .7)
		return
	}
}
