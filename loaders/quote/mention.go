package quote

import (
	"cmp"
	"slices"

	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

// findMentions finds the people and organizations of the text: names, descriptions and pronouns, none of them resolved.
func (e *Engine) findMentions(r *reading) {
	e.look(r)
	var names []nameSpan
	for i := range r.doc.Sentences {
		s := &r.doc.Sentences[i]
		names = r.names(s.First, s.Last, names)
	}
	e.typeNames(r, names)
	r.mentions = make([]mention, 0, len(r.doc.Tokens)/8+4)
	inName := make([]bool, len(r.doc.Tokens))
	for i := range names {
		r.addName(&names[i], inName)
	}
	for i := range r.doc.Sentences {
		s := &r.doc.Sentences[i]
		for k := s.First; k < s.Last; k++ {
			switch w := r.words[k]; {
			case w&isPronoun != 0:
				r.addPronoun(k)
			case w&(isPersonNoun|isOrgNoun) != 0 && !inName[k]:
				r.addDescription(k, s.First, s.Last, inName)
			}
		}
	}
	slices.SortStableFunc(r.mentions, func(a, b mention) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
}

// look asks the lexicons about every token.
func (e *Engine) look(r *reading) {
	r.words = make([]class, len(r.doc.Tokens))
	for i := range r.doc.Tokens {
		if r.doc.Tokens[i].Kind == text.Word {
			r.words[i] = e.lexicon.class(r.doc.Low(i))
		}
	}
	for i := range r.doc.Tokens {
		if r.low(i) == "who" && r.tagAt(i) == pos.WP {
			r.human(i)
		}
	}
}

// humanReach is how many tokens before "who" the noun may stand that it refers to.
const humanReach = 10

// human makes a person's noun of the singular noun that "who" at token i refers to: "a forklift operator with 22 years at the
// plant, who".
func (r *reading) human(i int) {
	s := &r.doc.Sentences[r.doc.Tokens[i].Sentence]
	for k := i - 1; k >= max(s.First, i-humanReach); k-- {
		switch low := r.low(k); {
		case low != "a" && low != "an" && low != "one" && low != "another":
			continue
		case k+1 < i && r.tagAt(k+1) == pos.IN:
			return
		}
		for k++; k < i && nominal(r.tagAt(k)); k++ {
		}
		if k--; r.tagAt(k) == pos.NN && r.words[k]&(isOrgNoun|isPersonNoun) == 0 && !r.capital(k) {
			r.words[k] |= isPersonNoun
		}
		return
	}
}

// span is the text of tokens [a,b).
func (r *reading) span(a, b int) text.Span {
	return text.Span{Start: r.doc.Tokens[a].Start, End: r.doc.Tokens[b-1].End}
}

// addName adds a typed name. "Trump administration" is an organization and holds no mention of the person.
func (r *reading) addName(n *nameSpan, inName []bool) {
	governed := r.state(n, n.last)
	if governed {
		n.last++
	}
	if governed || r.body(n) {
		n.typ = Organization
	}
	if n.typ == "" {
		return
	}
	m := mention{core: n.core, first: n.first, last: n.last, head: n.last - 1, typ: n.typ, form: Name, entity: -1}
	if n.typ == Person {
		if r.word(m.head)&isSuffix != 0 && m.head > m.core {
			m.head--
			if r.low(m.head) == "," {
				m.head--
			}
		}
		m.gender = r.nameGender(n)
		r.properly(n)
		if k := n.last; r.word(k)&isOffice != 0 && !r.capital(k) && r.doc.Tokens[k].Sentence == r.doc.Tokens[k-1].Sentence {
			m.typ, m.gender, m.last, m.head, m.first = Organization, neuter, k+1, k, n.core
			inName[k] = true
		}
	} else {
		m.gender = neuter
	}
	m.Span = r.span(m.first, m.last)
	for k := m.first; k < m.last; k++ {
		inName[k] = true
	}
	r.mentions = append(r.mentions, m)
}

// properly tags the words of a person's name as proper nouns, of whatever else they look like: "Okafor-Reilly" is no adverb.
func (r *reading) properly(n *nameSpan) {
	for k := n.core; k < n.last; k++ {
		if t := r.tagAt(k); t != pos.None && t != pos.NNPS && r.capital(k) && r.word(k)&isFunction == 0 {
			r.tags[k] = pos.NNP
		}
	}
}

// nameGender reads a person's gender from title and given name.
func (r *reading) nameGender(n *nameSpan) gender {
	if w := r.word(n.core); n.last-n.first == 1 && w&isFemale == 0 {
		return anyGender // "Clinton" may be a surname; women's given names seldom are
	}
	for k := n.first; k < n.last; k++ {
		w := r.word(k)
		if k >= n.core && (w&isGiven == 0 || k == n.last-1 && k > n.core) {
			break
		}
		if k < n.core && w&isGiven != 0 && neutral(r.low(k)) {
			continue
		}
		switch w & (isMale | isFemale) {
		case isMale:
			return male
		case isFemale:
			return female
		}
	}
	return anyGender
}

// neutral says that a title that is some men's given name too is borne by women as well.
func neutral(title string) bool {
	switch title {
	case "chancellor", "major", "judge", "justice", "bishop", "speaker", "senator", "captain", "marshal", "governor", "general", "minister", "doctor", "mayor", "officer", "private", "sheriff", "pastor", "deacon", "ambassador", "president", "colonel", "commissioner", "chief", "professor":
		return true
	}
	return false
}

func (r *reading) addPronoun(k int) {
	p := pronounOf(r.doc.Low(k))
	if p.person == 0 || r.doc.Word(k) == "US" || r.doc.Word(k) == "IT" || r.doc.Word(k) == "WHO" {
		return
	}
	m := mention{Span: r.doc.Tokens[k].Span, first: k, last: k + 1, core: k, head: k, typ: Person, form: Pronoun, plural: p.plural, gender: p.gender, entity: -1}
	if p.gender == neuter {
		m.typ = Organization
	}
	r.mentions = append(r.mentions, m)
}

// addDescription adds the noun phrase that token k heads, if it heads one.
func (r *reading) addDescription(k, a, b int, inName []bool) {
	t := r.tagAt(k)
	if t != pos.None && (t < pos.NN || t > pos.NNS) {
		return
	}
	if k+1 < b {
		if inName[k+1] && !inName[k] && r.word(k)&isPersonNoun != 0 && r.doc.Tokens[k+1].Space {
			return // "spokesman Josh Earnest": a role, no mention of its own
		}
		if n := r.tagAt(k + 1); n >= pos.NN && n <= pos.NNS && !inName[k+1] && r.doc.Tokens[k+1].Kind == text.Word {
			return // "student loans"
		}
	}
	m := mention{first: r.phraseStart(k, a), last: k + 1, head: k, typ: Person, form: Description, entity: -1}
	if r.word(k)&isPersonNoun == 0 {
		m.typ, m.gender = Organization, neuter
	}
	switch r.word(k) & (isMale | isFemale) {
	case isMale:
		m.gender = male
	case isFemale:
		m.gender = female
	}
	m.plural = t == pos.NNS || t == pos.NNPS || t == pos.None && r.word(k)&isPlural != 0 || r.word(k)&isPlural != 0 && r.low(k) == "people"
	if m.plural && r.low(m.first-1) == "of" && r.low(m.first-2) == "one" && m.first-2 >= a {
		m.first, m.plural = m.first-2, false
	}
	m.core = m.first
	m.Span = r.span(m.first, r.phraseEnd(k, b))
	r.mentions = append(r.mentions, m)
}

// phraseReach is how many tokens may follow a noun within its phrase.
const phraseReach = 24

// phraseEnd is where the phrase headed at k ends: with "of …", "from …" and a clause of "who" or "that", before b.
func (r *reading) phraseEnd(k, b int) int {
	end := k + 1
	b = min(b, k+phraseReach)
	for end+1 < b {
		switch low := r.low(end); {
		case low == "of" || low == "from" && r.capital(end+1):
			n := r.simplePhrase(end+1, b)
			if n == end+1 {
				return end
			}
			end = n
		case low == "who" || low == "that" && end == k+1:
			if !r.isFinite(end+1) && low == "that" {
				return end
			}
			for end < b && !r.parts(end) {
				end++
			}
			return end
		default:
			return end
		}
	}
	return end
}

// parts says that token i is a mark between clauses.
func (r *reading) parts(i int) bool {
	switch t := &r.doc.Tokens[i]; t.Kind {
	case text.Open, text.Close, text.Stop:
		return true
	case text.Punct:
		return r.low(i) != "-" && r.low(i) != "/"
	}
	return false
}

// simplePhrase is the end of the noun phrase without followers that begins at i, i where none does.
func (r *reading) simplePhrase(i, b int) int {
	end := i
	for k := i; k < b; k++ {
		switch t := r.tagAt(k); t {
		case pos.NN, pos.NNS, pos.NNP, pos.NNPS, pos.PRP, pos.CD:
			end = k + 1
		case pos.DT, pos.PRPS, pos.PDT, pos.JJ, pos.JJR, pos.JJS, pos.POS, pos.VBN, pos.VBG:
		default:
			return end
		}
	}
	return end
}

// phraseStart walks left from the noun at k over its modifiers, to no further than a.
func (r *reading) phraseStart(k, a int) int {
	i := k
	a = max(a, k-phraseReach)
	for i > a {
		j := i - 1
		if r.doc.Tokens[j].Kind != text.Word && r.doc.Tokens[j].Kind != text.Number {
			return i
		}
		switch t := r.tagAt(j); t {
		case pos.DT, pos.PRPS:
			if j > a && r.tagAt(j-1) == pos.PDT {
				j--
			}
			return j
		case pos.JJ, pos.JJR, pos.JJS, pos.NN, pos.NNS, pos.NNP, pos.NNPS, pos.CD, pos.VBN, pos.VBG:
			i = j
		case pos.POS:
			k, i = j, j // "the mayor's aide": on to the owner
		case pos.None:
			if r.word(j)&isFunction != 0 {
				if low := r.low(j); low == "the" || low == "a" || low == "an" || r.word(j)&isPronoun != 0 || low == "this" || low == "these" || low == "those" || low == "some" || low == "many" {
					return j
				}
				return i
			}
			if k-j > 2 || r.word(j)&isSay != 0 {
				return i
			}
			i = j
		default:
			return i
		}
	}
	return i
}
