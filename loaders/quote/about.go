package quote

import (
	"cmp"
	"slices"

	"saidgraph/loaders/quote/text"
)

// mostAbout bounds the mentions that are read of one content, so that nested contents cost no more than that.
const mostAbout = 400

// about fills in whom each attribution's words speak of: the named people and organizations mentioned in its content,
// by name, pronoun or description, in order of their first mention. Speakers are excepted, and so is a name that is
// only part of another's ("Trump" in "the Trump administration").
func (s *assessor) about() {
	r := s.r
	for i := range r.attributions {
		a := &r.attributions[i]
		a.about = nil
		for _, c := range a.content {
			first := s.mentionFrom(c.Start)
			for k := first; k < min(len(r.mentions), first+mostAbout) && r.mentions[k].Start < c.End; k++ {
				m := &r.mentions[k]
				if m.End > c.End && m.head < len(r.doc.Tokens) && r.doc.Tokens[m.head].Start >= c.End || s.inner[k] {
					continue
				}
				if m.form == Pronoun && r.doc.Low(m.head) == "it" { // mostly it stands for no organization, though one was named before
					continue
				}
				for _, e := range s.meant(m) {
					if r.entities[e].named && !has(a.speakers, e) && !has(a.about, e) {
						a.about = append(a.about, e)
					}
				}
			}
		}
	}
}

// speaksOf is those of the entities about that the words of parts mention, in the order of about.
func (r *reading) speaksOf(parts []text.Span, about []int) (out []int) {
	for _, e := range about {
		if r.mentionedIn(parts, e) {
			out = append(out, e)
		}
	}
	return out
}

// mentionedIn says that a mention within parts stands for entity e, alone or among others.
func (r *reading) mentionedIn(parts []text.Span, e int) bool {
	for _, c := range parts {
		first := r.mentionFrom(c.Start)
		for k := first; k < min(len(r.mentions), first+mostAbout) && r.mentions[k].Start < c.End; k++ {
			if m := &r.mentions[k]; m.entity == e && len(m.parts) == 0 || has(m.parts, e) {
				return true
			}
		}
	}
	return false
}

// innerNames says of each mention that it lies in the name of somebody else.
func (r *reading) innerNames() []bool {
	out := make([]bool, len(r.mentions))
	end, by := -1, -1
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.End <= end && m.entity != by {
			out[i] = true
			continue
		}
		if m.form == Name && m.End > end {
			end, by = m.End, m.entity
		}
	}
	return out
}

// meant is the entities that a mention stands for.
func (s *assessor) meant(m *mention) []int {
	switch {
	case len(m.parts) > 0:
		return m.parts
	case m.entity >= 0 && m.entity < len(s.ids):
		return s.ids[m.entity : m.entity+1]
	}
	return nil
}

// mentionFrom is the first mention that starts at byte at or later.
func (r *reading) mentionFrom(at int) int {
	k, _ := slices.BinarySearchFunc(r.mentions, at, func(m mention, at int) int { return cmp.Compare(m.Start, at) })
	return k
}

func (s *assessor) mentionFrom(at int) int { return s.r.mentionFrom(at) }

func has(list []int, x int) bool {
	for _, v := range list {
		if v == x {
			return true
		}
	}
	return false
}
