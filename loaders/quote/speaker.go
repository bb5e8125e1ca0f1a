package quote

import (
	"slices"
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
	orgAt   int   // the paragraph where the latest of them spoke
	mention int   // mentions before the attribution in work
	org     int   // the organization mentioned last before it, -1
	turned  int   // the attribution that turn-taking gave its speaker last, -1
}

// speakers resolves the source of every attribution.
func (e *Engine) speakers(r *reading) {
	s := &resolver{sources: newSources(e, r), last: -1, org: -1, turned: -1}
	for i := range r.attributions {
		a := &r.attributions[i]
		s.see(extent(a.content).Start)
		if len(a.source) > 0 {
			s.named(a)
		} else if a.label {
			if id := s.interviewed(a); id >= 0 {
				a.speakers, a.by = []int{id}, r.entities[id].name
			}
		} else if len(a.cue) == 0 && a.kind == Direct {
			s.turn(i, a)
		}
		if a.speech {
			s.last = i
			s.spoken = append(s.spoken, a.speakers...)
			for _, x := range a.speakers {
				if r.entities[x].typ == Organization {
					s.orgs = append(s.orgs, x)
					s.orgAt = s.paragraph(s.d.TokenAt(extent(a.content).Start))
				}
			}
		}
	}
	s.firstPerson()
	s.foretold()
	s.written()
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
	switch low := strings.ToLower(s.d.Cut(a.source[0])); {
	case interviewer(low):
		return // whoever asks
	case interviewee(low) && a.label:
		if id := s.interviewed(a); id >= 0 {
			a.speakers, a.by = []int{id}, s.r.entities[id].name
		}
		return
	}
	s.undated(a)
	s.untimed(a)
	words := make([]string, 0, 2)
	phrases := s.phrases(a.source[0])
	if n := s.broken(phrases); !n.empty() {
		phrases = []run{n}
	}
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
	if len(a.speakers) == 0 {
		id := s.titled(a.source[0])
		if id < 0 {
			id = s.topped(a.source[0])
		}
		if id >= 0 {
			a.speakers, words = []int{id}, nil
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

// undated moves a source that is only the dateline to the subject after it.
func (s *resolver) undated(a *attribution) {
	t := s.tokens(a.source[0])
	end := s.r.dateline(t.first)
	if end < t.last || end == 0 {
		return
	}
	if n := s.simpleAfter(end, end+longest); !n.empty() {
		n = s.nameEnd(n, n.first+longest)
		a.source[0] = s.span(n.first, n.last)
	}
}

// untimed moves a source that is only a time to what stands before it: "Tellun AG (SIX: TLM) | today | announced".
func (s *resolver) untimed(a *attribution) {
	t := s.tokens(a.source[0])
	if t.last-t.first != 1 || !s.timeWord(t.first) {
		return
	}
	lo, end := s.d.Sentences[s.d.Tokens[t.first].Sentence].First, t.first
	if s.is(end-1, ")") {
		for end > lo && !s.is(end, "(") {
			end--
		}
	}
	if n := s.before(end, lo); !n.empty() {
		a.source[0] = s.span(n.first, n.last)
	}
}

// titled returns the person whom a source names after a role or in apposition, where the role itself told nobody: "head of
// the Harbor Council Ann Lee", "his aide, Ann Lee". A name that a preposition or a possessive governs is somebody else's.
// It returns -1 where there is none.
func (s *resolver) titled(x text.Span) int {
	t := s.tokens(x)
	for i := t.first; i < t.last; i++ {
		m := s.heads[i]
		if m < 0 {
			continue
		}
		x := &s.r.mentions[m]
		if x.form != Name || x.typ != Person || x.entity < 0 || x.first <= t.first {
			continue
		}
		if p := s.tag(x.first - 1); p == pos.NN || p == pos.NNP || p == pos.NNS || s.is(x.first-1, ",") {
			return x.entity
		}
	}
	return -1
}

// topped returns whom the source in a headline begins with, where every word has a capital: "Ann Lee Mocks Council Chief". It
// returns -1 where that is nobody.
func (s *resolver) topped(x text.Span) int {
	t := s.tokens(x)
	in := s.d.Sentences[s.d.Tokens[t.first].Sentence]
	m := s.covers[t.first]
	if m < 0 || t.first != in.First || !s.r.headline(in.First, in.Last) {
		return -1
	}
	if x := &s.r.mentions[m]; x.form == Name && x.first == t.first && x.last < t.last && s.r.capital(x.last) {
		return x.entity
	}
	return -1
}

// broken mends a sentence that a stray full stop cut in two: "Last month, the Medical Assn. The administration warned".
// Its subject stands in the fragment without a verb; it returns that, or an empty run.
func (s *resolver) broken(phrases []run) run {
	if len(phrases) == 0 {
		return run{}
	}
	k := s.d.Tokens[phrases[0].first].Sentence
	if s.d.Sentences[k].First != phrases[0].first || k == 0 || s.d.Sentences[k-1].Paragraph != s.d.Sentences[k].Paragraph {
		return run{}
	}
	f := s.d.Sentences[k-1]
	comma := -1
	for i := f.First; i < f.Last; i++ {
		switch {
		case s.verb(i) || s.tag(i) == pos.MD || f.Last-f.First > 12:
			return run{}
		case s.is(i, ",") && comma < 0 && i > f.First && s.timeWord(i-1):
			comma = i
		}
	}
	if comma < 0 || f.Last-comma < 3 {
		return run{}
	}
	n := s.simpleAfter(comma+1, f.Last)
	if n.empty() || n.last < f.Last-1 || !s.proper(n.head) {
		return run{}
	}
	return n
}

// phrase resolves one noun phrase: to entities, or to the words that stand for an unnamed source.
func (s *resolver) phrase(n run) (ids []int, words string) {
	if id := s.listed(n); id >= 0 {
		return []int{id}, ""
	}
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
			if x.form == Description {
				if all := s.jointly(n, x.entity); all != nil {
					return all, ""
				}
			}
			return []int{x.entity}, ""
		}
		if s.pronoun(n) && x.entity >= 0 && s.unnamed(x.entity) {
			return nil, s.r.entities[x.entity].name
		}
	}
	switch {
	case s.pronoun(n):
		return s.pronounSpeaker(n), ""
	case s.document(n):
		return s.author(n)
	case s.body(n):
		if id := s.organization(n.first); id >= 0 {
			return []int{id}, ""
		}
		if s.org >= 0 && s.mayBe(s.org, n) {
			return []int{s.org}, ""
		}
	}
	if id := s.byTrait(n); id >= 0 {
		return []int{id}, ""
	}
	return nil, s.words(n)
}

// jointly returns all who spoke before together, where the description n may mean any of them: "the senator"
// after a joint letter of two. One of them alone would be a guess.
func (s *resolver) jointly(n run, one int) []int {
	if s.last < 0 || !s.is(n.first, "the") {
		return nil
	}
	prev := &s.r.attributions[s.last]
	if len(prev.speakers) < 2 || !slices.Contains(prev.speakers, one) || !s.near(prev, n.first) {
		return nil
	}
	return prev.speakers
}

// unnamed says that an entity is somebody brought in without a name: "a driver".
func (s *resolver) unnamed(id int) bool {
	x := &s.r.entities[id]
	if x.named || x.typ != Person {
		return false
	}
	m := &s.r.mentions[x.mentions[0]]
	return m.form == Description && !m.plural && s.is(m.first, "a", "an", "one", "another")
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
	case "it":
		if id := s.organization(n.first); id >= 0 && s.paragraph(n.first)-s.orgAt <= 1 {
			return []int{id}
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

// organization is what "the agency" at token i means: the organization that spoke last, within reach; never a person.
// It returns -1 where none did.
func (s *resolver) organization(i int) int {
	if len(s.orgs) == 0 || s.paragraph(i)-s.orgAt > 3 {
		return -1
	}
	return s.orgs[len(s.orgs)-1]
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
	if slices.Contains(in, x) {
		return in
	}
	return append(in, x)
}
