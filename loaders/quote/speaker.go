package quote

import (
	"strings"

	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

// resolver gives each attribution its speaker, in the order of the text.
type resolver struct {
	*sources
	last    int   // the attribution of speech before, -1
	spoken  []int // entities that have spoken, the latest last
	orgs    []int // organizations that have spoken, the latest last
	mention int   // mentions before the attribution in work
	org     int   // the organization mentioned last before it, -1
}

// speakers resolves the source of every attribution.
func (e *Engine) speakers(r *reading) {
	s := &resolver{sources: newSources(e, r), last: -1, org: -1}
	for i := range r.attributions {
		a := &r.attributions[i]
		s.see(extent(a.content).Start)
		if len(a.source) > 0 {
			s.named(a)
		} else if len(a.cue) == 0 && a.kind == Direct {
			s.turn(i, a)
		}
		if a.speech {
			s.last = i
			s.spoken = append(s.spoken, a.speakers...)
			for _, x := range a.speakers {
				if r.entities[x].typ == Organization {
					s.orgs = append(s.orgs, x)
				}
			}
		}
	}
	s.firstPerson()
}

// see notes which organization was mentioned last before byte b.
func (s *resolver) see(b int) {
	for s.mention < len(s.r.mentions) && s.r.mentions[s.mention].Start < b {
		if m := &s.r.mentions[s.mention]; m.typ == Organization && m.entity >= 0 && s.r.entities[m.entity].named {
			s.org = m.entity
		}
		s.mention++
	}
}

// named resolves the words of the source.
func (s *resolver) named(a *attribution) {
	words := make([]string, 0, 2)
	phrases := s.phrases(a.source[0])
	for _, n := range phrases {
		ids, by := s.phrase(n)
		if len(phrases) > 1 && len(ids) == 0 && by == "" {
			by = s.words(n)
		}
		for _, id := range ids {
			a.speakers = appendNew(a.speakers, id)
		}
		if by != "" {
			words = append(words, by)
		}
	}
	if len(words) == 0 && len(a.speakers) == 0 && len(phrases) > 0 && !s.pronoun(phrases[0]) {
		words = append(words, s.own(a.source[0]))
	}
	names := make([]string, 0, 4)
	for _, id := range a.speakers {
		names = append(names, s.r.entities[id].name)
	}
	a.by = strings.Join(append(names, words...), " and ")
}

// phrase resolves one noun phrase: to entities, or to the words that stand for an unnamed source.
func (s *resolver) phrase(n run) (ids []int, words string) {
	if s.tag(n.head) == pos.WP || s.tag(n.head) == pos.WDT || s.is(n.head, "who", "that", "which") && n.last-n.first == 1 {
		n = s.antecedent(n.first)
		if n.empty() {
			return nil, ""
		}
	}
	if m := s.mentionOf(n); m >= 0 {
		x := &s.r.mentions[m]
		if len(x.parts) > 0 {
			return x.parts, ""
		}
		if x.entity >= 0 && s.r.entities[x.entity].named {
			return []int{x.entity}, ""
		}
	}
	switch {
	case s.pronoun(n):
		return s.pronounSpeaker(n), ""
	case s.document(n):
		return s.author(n)
	case s.body(n):
		if id := s.organization(); id >= 0 {
			return []int{id}, ""
		}
	}
	return nil, s.words(n)
}

func (s *resolver) pronoun(n run) bool {
	return s.tag(n.head) == pos.PRP || s.tag(n.head) == pos.PRPS || s.is(n.head, "he", "she", "they", "it", "who")
}

// pronounSpeaker follows a pronoun that coreference left open: "he" after a quotation is whoever spoke before.
func (s *resolver) pronounSpeaker(n run) []int {
	want := anyGender
	switch s.low(n.head) {
	case "he", "his", "him":
		want = male
	case "she", "her":
		want = female
	case "they", "their":
		if s.last >= 0 && len(s.r.attributions[s.last].speakers) > 1 {
			return s.r.attributions[s.last].speakers
		}
		return nil
	default:
		return nil
	}
	for k := len(s.spoken) - 1; k >= max(0, len(s.spoken)-4); k-- {
		x := &s.r.entities[s.spoken[k]]
		if x.typ == Person && (x.gender == want || x.gender == anyGender) {
			return []int{s.spoken[k]}
		}
	}
	return nil
}

// author finds whose document it is: "the agency's report", "a Congressional Budget Office report", "the statement".
func (s *resolver) author(n run) (ids []int, words string) {
	for i := n.head - 1; i >= n.first; i-- {
		if m := s.heads[i]; m >= 0 {
			if x := &s.r.mentions[m]; x.entity >= 0 && s.r.entities[x.entity].named {
				return []int{x.entity}, ""
			}
		}
	}
	if s.is(n.last, "from", "by", "of") {
		m := s.simpleAfter(n.last+1, n.last+longest)
		if k := s.mentionOf(m); !m.empty() && k >= 0 && s.r.mentions[k].entity >= 0 && s.r.entities[s.r.mentions[k].entity].named {
			return []int{s.r.mentions[k].entity}, ""
		}
	}
	if s.is(n.first, "the", "this") && s.is(n.head, "statement", "letter", "release", "memo", "email", "tweet", "post", "message") && n.last-n.first <= 3 && s.last >= 0 {
		if p := &s.r.attributions[s.last]; len(p.speakers) > 0 && s.near(p, n.first) {
			return p.speakers, ""
		}
	}
	return nil, s.words(n)
}

// near says whether attribution p stands in the paragraph of token i or one of the two before it.
func (s *resolver) near(p *attribution, i int) bool {
	j := s.d.TokenAt(extent(p.content).End - 1)
	return s.paragraph(i)-s.paragraph(j) <= 2
}

func (s *resolver) paragraph(i int) int {
	if i >= len(s.d.Tokens) {
		return len(s.d.Paragraphs)
	}
	return s.d.Sentences[s.d.Tokens[i].Sentence].Paragraph
}

// organization is what "the agency" means where coreference left it open: the organization that spoke last,
// or that was spoken of last; never a person.
func (s *resolver) organization() int {
	if n := len(s.orgs); n > 0 {
		return s.orgs[n-1]
	}
	return s.org
}

// turn finds who speaks a quotation without cue: in a dialogue the other one, after a question; else nobody.
func (s *resolver) turn(i int, a *attribution) {
	if s.last < 0 || len(s.r.attributions[s.last].speakers) == 0 || !s.near(&s.r.attributions[s.last], s.d.TokenAt(a.content[0].Start)) {
		return
	}
	prev := &s.r.attributions[s.last]
	if !s.asks(prev) {
		return
	}
	for k := i - 1; k >= max(0, i-6); k-- {
		p := &s.r.attributions[k]
		if p.kind == Direct && p.speech && len(p.speakers) > 0 && !sameSet(p.speakers, prev.speakers) {
			a.speakers, a.by, a.score = p.speakers, p.by, 0.5
			return
		}
	}
}

// asks says whether the attribution's words end with a question.
func (s *resolver) asks(a *attribution) bool {
	w := strings.TrimRight(s.d.Cut(a.content[len(a.content)-1]), "\"”’'")
	return strings.HasSuffix(w, "?")
}

// firstPerson gives "I" and "we" inside a quotation its speaker.
func (s *resolver) firstPerson() {
	open := -1
	for i := range s.r.attributions {
		a := &s.r.attributions[i]
		if open >= 0 && extent(a.content).Start >= extent(s.r.attributions[open].content).End {
			open = -1
		}
		if a.quotation >= 0 {
			open = i
			continue
		}
		if open < 0 || len(a.source) == 0 || len(a.speakers) > 0 {
			continue
		}
		switch strings.ToLower(s.d.Cut(a.source[0])) {
		case "i", "we", "my", "our":
			a.speakers, a.by = s.r.attributions[open].speakers, s.r.attributions[open].by
		}
	}
}

// words are the phrase in the text's own words, with what says whose: "a spokesman for the campaign".
func (s *resolver) words(n run) string {
	end := n.last
	for s.is(end, "for", "of", "from", "at", "with", "in") && end < n.first+longest {
		m := s.simpleAfter(end+1, end+longest)
		if m.empty() || s.timeWord(m.head) || s.paragraph(m.last-1) != s.paragraph(n.first) {
			break
		}
		end = m.last
	}
	return s.own(s.span(n.first, end))
}

// own is a source's own words on one line.
func (s *resolver) own(x text.Span) string {
	return strings.Join(strings.Fields(strings.Trim(s.d.Cut(x), " ,;:—–-")), " ")
}

func appendNew(in []int, x int) []int {
	for _, y := range in {
		if x == y {
			return in
		}
	}
	return append(in, x)
}

func sameSet(a, b []int) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
