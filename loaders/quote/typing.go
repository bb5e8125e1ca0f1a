package quote

import (
	"strconv"
	"strings"

	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

// Typing a name is a logistic choice between person, organization and anything else over the features below.
// The weights in model/name.txt are learned ([NameTrainer]); a feature is a letter and a word, kept as a hash.

const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

func feature(template byte, s string) uint64 {
	h := (uint64(fnvOffset) ^ uint64(template)) * fnvPrime
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return h
}

// nameFeatures calls yield with each feature of n: a template and a word.
func (r *reading) nameFeatures(g *gazetteer, n *nameSpan, yield func(byte, string)) {
	d, a, b := r.doc, n.core, n.last
	lo, hi := r.edges(n)
	at := func(i int) string {
		if i < lo || i >= hi {
			return "^"
		}
		return d.Low(i)
	}
	first, last := d.Low(a), d.Low(b-1)
	yield('b', "")
	yield('f', first)
	yield('l', last)
	yield('p', at(n.first-1))
	yield('P', at(n.first-2))
	yield('n', at(b))
	yield('N', at(b+1))
	yield('3', last[max(0, len(last)-3):])
	if b-a > 1 && b-a < 6 {
		if s := d.Lower[d.Tokens[a].Start:d.Tokens[b-1].End]; !strings.ContainsAny(s, " \n\t") {
			yield('w', s)
		}
	}
	yield('s', r.nameShape(n))
	yield('c', r.classWord(a)+strconv.Itoa(min(b-a, 4))+r.classWord(b-1))
	yield('C', contextWord(r.word(n.first-1), at(n.first-1))+">"+contextWord(r.word(b), at(b)))
	if g.places[d.Text[d.Tokens[a].Start:d.Tokens[b-1].End]] {
		yield('g', "place")
	}
	if n.core > n.first {
		yield('t', "")
	}
	if at(n.first-1) == "," && r.capital(n.first-2) {
		yield('a', "after")
	}
	if at(b) == "," {
		switch {
		case r.word(b+1)&isPlace != 0 && r.capital(b+1):
			yield('a', "place")
		case at(b+1) == "a" || at(b+1) == "an" || at(b+1) == "the" || at(b+1) == "who" || at(b+1) == "whose":
			yield('a', "apposition")
		}
	}
}

// edges are the first token and one past the last of the sentence of n.
func (r *reading) edges(n *nameSpan) (int, int) {
	s := &r.doc.Sentences[r.doc.Tokens[n.first].Sentence]
	return s.First, s.Last
}

// nameShape is a word for the looks of a name.
func (r *reading) nameShape(n *nameSpan) string {
	switch {
	case n.last-n.core == 1:
		s := r.doc.Word(n.core)
		switch {
		case r.shouted(n.core) && !n.headline:
			if len(s) <= 4 {
				return "acronym"
			}
			return "shouted"
		case strings.ContainsAny(s, "0123456789"):
			return "digit"
		case strings.ContainsAny(s, "-"):
			return "hyphen"
		case strings.ContainsAny(s[1:], "ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
			return "camel"
		}
		return "one"
	case r.initial(n.core) || r.initial(n.core+1):
		return "initial"
	}
	for i := n.core; i < n.last; i++ {
		switch r.doc.Low(i) {
		case "of", "for", "and", "&", "'s":
			return "bound"
		}
	}
	return "many"
}

func (r *reading) classWord(i int) string {
	w := r.words[i]
	switch {
	case w&isOrgHead != 0:
		return "o"
	case w&isSuffix != 0:
		return "s"
	case w&isDemonym != 0:
		return "d"
	case w&isPlace != 0 && w&isGiven != 0:
		return "q"
	case w&isPlace != 0:
		return "g"
	case w&isGiven != 0 && w&(isMale|isFemale) == 0:
		return "u"
	case w&isGiven != 0:
		return "G"
	case w&isTitle != 0:
		return "t"
	case w&isPersonNoun != 0:
		return "p"
	}
	return "x"
}

func contextWord(w class, low string) string {
	switch {
	case w&isSay != 0:
		return "say"
	case w&isPersonNoun != 0:
		return "person"
	case w&isOrgNoun != 0:
		return "org"
	case low == "the" || low == "a" || low == "an" || low == "," || low == "'s" || low == "^" || low == "(" || low == ")" || low == "in" || low == "of" || low == "and":
		return low
	case w&isPronoun != 0:
		return "pronoun"
	case w&isFunction != 0:
		return "function"
	case w&isTitle != 0:
		return "title"
	}
	return "-"
}

// score sums the weights of the features of n.
func (e *Engine) score(r *reading, n *nameSpan) {
	n.person, n.org = 0, 0
	r.nameFeatures(e.lexicon, n, func(t byte, s string) {
		w := e.lexicon.weights[feature(t, s)]
		n.person += w[0]
		n.org += w[1]
	})
}

// group is all the names of a text that are written alike.
type group struct {
	person, org float32 // sums over the names outside of headlines
	n           int
	words       int
	family      bool // it is the last word of a longer name of a person
	stem        bool // it is the first word of a longer name of an organization
	kin         bool // its last word is the family's of another person
	place       bool // the lexicon knows it as a place
	inside      bool // it stands once within a sentence, where a capital proves that it is a name
	utters      bool // it speaks
	calm        bool // it stands once not in capitals only
	spoken      Type // what speaking made of it
	seen        bool // pairAcronyms has it already
	acronym     bool // an acronym and a full name that prove each other
}

// typeNames decides what each name is: its own context and that of all names written alike are weighed together.
func (e *Engine) typeNames(r *reading, names []nameSpan) {
	d := r.doc
	groups := make(map[string]*group, len(names))
	key := func(n *nameSpan) string { return d.Lower[d.Tokens[n.core].Start:d.Tokens[n.last-1].End] }
	r.shorten(names)
	home := r.datelined()
	for i := range names {
		n := &names[i]
		e.score(r, n)
		r.known(n)
		if e.lexicon.places[d.Text[d.Tokens[n.core].Start:d.Tokens[n.last-1].End]] {
			n.org -= 1.2
			if n.last-n.core > 1 {
				n.person -= 2
			}
		}
		g := groups[key(n)]
		if g == nil {
			g = &group{words: n.last - n.core}
			groups[key(n)] = g
		}
		lo, _ := r.edges(n)
		g.place = g.place || e.lexicon.places[d.Text[d.Tokens[n.core].Start:d.Tokens[n.last-1].End]]
		g.inside = g.inside || !n.headline && n.first > lo && d.Tokens[n.first-1].Kind != text.Open && d.Tokens[n.first-1].Kind != text.Stop && r.low(n.first-1) != ":" && r.dateline(lo) != n.first
		g.utters = g.utters || r.utters(n)
		g.calm = g.calm || !r.shouted(n.last-1)
		if !n.headline {
			g.person += clamp(n.person)
			g.org += clamp(n.org)
			g.n++
		}
	}
	for i := range names {
		n := &names[i]
		if g := groups[key(n)]; g.words > 1 && g.n > 0 && g.person > g.org && g.person > 0 {
			last := n.last - 1
			if r.word(last)&isSuffix != 0 {
				last--
			}
			if f := groups[d.Low(last)]; f != nil && f.words == 1 {
				f.family = true
			}
		} else if f := groups[d.Low(n.last-1)]; g.n > 0 && g.org <= 0 && f != nil && f.words == 1 && f.inside && g.inside && (f.utters || r.apposed(n)) && r.fullName(n) {
			g.family, f.family = true, true // writers give the name in full, then the surname
		} else if g.words > 1 && g.n > 0 && g.org > g.person && g.org > 0 && r.stem(n) {
			if f := groups[d.Low(n.core)]; f != nil && f.words == 1 {
				f.stem = true
			}
		}
	}
	r.pairAcronyms(names, func(n *nameSpan) *group { return groups[key(n)] })
	for i := range names {
		g := groups[key(&names[i])]
		names[i].decide(g)
		if w := r.word(names[i].core); g.words == 1 && !g.family && w&(isTitle|isPersonNoun) != 0 && w&isGiven == 0 {
			names[i].typ = "" // "the Speaker", "Senators", "Chief Minister": descriptions
		}
		if n := &names[i]; g.words == 1 && !g.inside && r.word(n.core)&isOrgHead != 0 && !r.shouted(n.core) && (r.tagAt(n.last) == pos.NN || r.tagAt(n.last) == pos.NNS) && !r.capital(n.last) {
			n.typ = "" // "Security forces" at the start of a sentence
		}
		if n := &names[i]; n.first < r.dateline(n.first) || r.land(n) || r.cries(n, g) || home != "" && key(n) == home {
			n.typ = ""
		}
		if names[i].typ != "" && r.post(&names[i]) {
			names[i].typ = ""
		}
		if i > 0 && r.abbreviates(&names[i-1], &names[i]) {
			names[i].typ = Organization
			groups[key(&names[i])].acronym = true
		}
	}
	families := map[string]bool{}
	for i := range names {
		if n := &names[i]; n.typ == Person && n.last-n.core > 1 {
			families[d.Low(n.last-1)] = true
		}
	}
	for i := range names {
		n := &names[i]
		g := groups[key(n)]
		g.kin = g.words > 1 && families[d.Low(n.last-1)]
		if n.typ == Person && r.chance(n, g) {
			n.typ = ""
		}
	}
	r.speaking(names, func(n *nameSpan) *group { return groups[key(n)] })
}

// known adds what the lexicons are sure of, beyond what the weights could learn.
func (r *reading) known(n *nameSpan) {
	words, last := n.last-n.core, r.word(n.last-1)
	switch {
	case words > 1 && r.legalForm(n.last-1):
		n.org += 4
	case r.low(n.first-1) == "," && n.core == n.first && r.work(n.first-2):
		n.org, n.person = n.org-5, n.person-8 // "her second album, Saltlick"
	case words > 1 && n.core == n.first && r.thing(n):
		n.org, n.person = n.org-4, n.person-4
	case words == 3 && r.low(n.core+1) == "&" && r.low(n.last) != "(" && r.low(n.last) != ",": // no citation
		n.org += 3
	case words == 2 && r.numbered(n.core):
		n.org, n.person = n.org+5, n.person-5
	case words > 2 && n.core == n.first && r.causes(n):
		n.org, n.person = n.org+4, n.person-4
	case words > 1 && r.workers(n.last-1) && n.core == n.first:
		n.org, n.person = n.org+3, n.person-3
	case words == 1 && last&isFirm != 0:
		n.person -= 4
		switch r.low(n.first - 1) {
		case "on", "via": // where something was posted is no actor
			n.org--
		default:
			n.org += 4
		}
	case words == 1 && r.nameShape(n) == "camel" && !r.surnameLike(n.core):
		n.org, n.person = n.org+1.5, n.person-2
	case words == 2 && n.core == n.first && r.introducedAs(n.first-1) && (r.word(n.core)|last)&(isOrgHead|isOrgNoun|isPlace|isDemonym) == 0:
		n.person += 2
	case words == 2 && n.core == n.first && r.employed(n):
		n.person, n.org = n.person+2, n.org-2
	case words == 1 && last&isGiven != 0 && r.low(n.first-1) == "," && kin(r.low(n.first-2)):
		n.person += 2 // "their child, Gloria"
	case words == 1 && last&isThing != 0 && r.shouted(n.core):
		n.org, n.person = n.org-6, n.person-6
	case words == 1 && r.currency(n), words > 2 && r.low(n.core) == "state" && r.low(n.last-1) == "union":
		n.org -= 4
	case words > 1 && n.core == n.first && r.work(n.last-1):
		n.person -= 3
	case n.core > n.first:
		n.person += 3
	case words == 1 && (r.low(n.first-1) == "in" || r.low(n.first-1) == "near"):
		n.person -= 2
	case r.nameShape(n) == "bound" && r.headed(n.core, n.last, isOrgFor|isOrgHead):
		n.org += 1.5
	case words > 2 && last&isOrgHead != 0 && last&isGiven == 0 && r.low(n.first-1) == "the":
		n.org += 2.5
	case words > 1 && last&isOrgHead != 0 && last&isGiven == 0:
		n.org += .8
	case words < 2 || last&(isOrgHead|isOrgNoun) != 0 && last&isGiven == 0 || r.nameShape(n) == "bound":
	case r.word(n.core)&isGiven != 0 && (last&isSuffix != 0 || r.initial(n.core+1)):
		n.person += 3
	case r.word(n.core)&isGiven != 0 && r.word(n.core)&isPlace == 0 && last&(isPlace|isDemonym) == 0 && words < 4:
		n.person += 1.2
	case words == 2 && r.word(n.core)&isGiven != 0 && r.word(n.core)&(isPlace|isDemonym) == 0 && last&isDemonym != 0 && last&isPlural == 0 && r.low(n.first-1) != "the":
		n.person += 2 // "Frank English"
	case words == 2 && r.hyphenated(n.last-1):
		n.person += 2
	case words == 3 && last&isSuffix != 0 && r.shouted(n.last-1):
		n.person += 2 // "Piers Anstruther QC"
	}
}

// hyphenated says that token i is a given name such as "Wai-keung": a hyphen with a small letter after it.
func (r *reading) hyphenated(i int) bool {
	s := r.doc.Word(i)
	k := strings.IndexByte(s, '-')
	return k > 0 && k+1 < len(s) && 'a' <= s[k+1] && s[k+1] <= 'z'
}

// legalForm says that token i ends a company's name: "Inc.", "AG", "PLC".
func (r *reading) legalForm(i int) bool {
	switch r.low(i) {
	case "inc", "inc.", "ltd", "ltd.", "llc", "plc", "gmbh", "corp", "corp.", "llp":
		return true
	case "ag", "nv", "n.v.", "bv", "b.v.", "sa", "s.a.", "spa", "s.p.a.", "ab", "asa", "oyj", "se", "kg":
		return r.shouted(i) || r.doc.Word(i) == "SpA" || r.doc.Word(i) == "Oyj"
	}
	return false
}

// causes says that a name goes on with what it stands for: "Everytown for Gun Safety".
func (r *reading) causes(n *nameSpan) bool {
	for k := n.core + 1; k+1 < n.last; k++ {
		if r.low(k) == "for" {
			return r.cause(k+1, n.last)
		}
	}
	return false
}

// fullName says that a name may be a given name and a surname, of words that the lexicons know as no others.
func (r *reading) fullName(n *nameSpan) bool {
	if k := n.last - n.core; k < 2 || k > 3 || n.headline || n.core != n.first || r.nameShape(n) == "bound" || r.thing(n) || r.work(n.last-1) {
		return false
	}
	for k := n.core; k < n.last; k++ {
		if r.word(k)&(isOrgHead|isOrgNoun|isPlace|isDemonym|isPersonNoun|isTitle|isMonth|isThing) != 0 || r.shouted(k) && !r.initial(k) || r.positional(k) {
			return false
		}
		if t := r.tagAt(k); t != pos.NNP && t != pos.None {
			return false
		}
	}
	return true
}

// workers says that token i ends the name of those who organise: "Allied Dairy Workers".
func (r *reading) workers(i int) bool {
	switch r.low(i) {
	case "workers", "steelworkers", "autoworkers", "machinists", "teamsters", "nurses", "teachers", "firefighters", "employees", "journalists", "carpenters", "electricians", "farmers", "veterans", "pilots", "mothers", "parents":
		return true
	}
	return false
}

// post says that a name of two words and more is nothing but a position: "Chief Executive Officer".
func (r *reading) post(n *nameSpan) bool {
	for i := n.core; i < n.last; i++ {
		if !r.positional(i) && (r.word(i)&(isTitle|isPersonNoun) == 0 || r.word(i)&(isGiven|isOrgHead) != 0) {
			return false
		}
	}
	return n.last-n.core > 1
}

// stem says that the first word of an organization's name may stand for it alone: "Ondra" of "Ondra Securities".
func (r *reading) stem(n *nameSpan) bool {
	w := r.word(n.core)
	switch r.low(n.last - 1) {
	case "hospital", "clinic", "college", "university", "bank", "foods", "holdings", "industries", "technologies", "pharmaceuticals", "airlines", "airways", "motors", "energy", "securities", "marine":
		w &^= isGiven // "Mercy"
	}
	return w&(isGiven|isPlace|isDemonym|isTitle|isOrgHead) == 0
}

// introducedAs says that token i is the calling of the person whose name follows: "researcher | Mu Li".
func (r *reading) introducedAs(i int) bool {
	if i < 0 || r.word(i)&isPersonNoun == 0 || r.word(i)&(isPlural|isOrgNoun|isDemonym) != 0 || r.doc.Tokens[i+1].Sentence != r.doc.Tokens[i].Sentence {
		return false
	}
	return !r.capital(i) || i == r.doc.Sentences[r.doc.Tokens[i].Sentence].First && r.word(i)&isGiven == 0
}

// currency says that the name is the code of one before a sum, "CHF 1.20", or another code that is no actor's.
func (r *reading) currency(n *nameSpan) bool {
	k := n.last
	switch r.low(n.core) {
	case "gmt", "utc", "est", "edt", "pst", "pdt", "cet", "bst":
		return r.shouted(n.core) // nor a time zone
	}
	if r.low(n.first-1) == "(" && r.low(k) == ":" {
		return true // nor the exchange of "(NYSE: ABC)"
	}
	return k < len(r.doc.Tokens) && r.doc.Tokens[k].Kind == text.Number && r.shouted(n.core) && len(r.doc.Word(n.core)) == 3
}

// work says that token i heads the name of a broadcast, an event or a text: no person is called so.
func (r *reading) work(i int) bool {
	switch r.low(i) {
	case "show", "file", "files", "report", "hour", "tonight", "award", "awards", "prize", "cup", "bowl", "festival", "act", "amendment", "treaty", "agreement", "war", "debate", "convention", "summit", "scandal", "tour",
		"album", "novel", "book", "film", "movie", "song", "single", "memoir", "podcast", "opera", "poem", "documentary":
		return true
	}
	return false
}

// pairCap bounds how many acronyms are held against how many names.
const pairCap = 200

// pairAcronyms takes an acronym and a name of three words or more with those initials as proof that both are an organization.
func (r *reading) pairAcronyms(names []nameSpan, of func(*nameSpan) *group) {
	var short, long []*nameSpan
	for i := range names {
		n := &names[i]
		g := of(n)
		if g.seen {
			continue
		}
		g.seen = true
		switch {
		case g.words == 1 && r.shouted(n.core) && len(r.doc.Word(n.core)) >= 3 && len(short) < pairCap:
			short = append(short, n)
		case g.words >= 3 && len(long) < pairCap && !r.thing(n):
			long = append(long, n)
		}
	}
	for _, a := range short {
		for _, b := range long {
			if r.initials(b.core, b.last, r.doc.Low(a.core)) == exact {
				of(a).acronym, of(b).acronym = true, true
			}
		}
	}
}

// abbreviates says that b is the acronym in parentheses of organization a: "Bureau of Land Management (BLM)".
func (r *reading) abbreviates(a, b *nameSpan) bool {
	return a.typ == Organization && a.last-a.core > 1 && b.first == a.last+1 && b.last-b.first == 1 && r.low(a.last) == "(" && r.low(b.last) != ":" && r.shouted(b.first)
}

// clamp keeps one name from outvoting all others.
func clamp(x float32) float32 { return max(-4, min(4, x)) }

// decide gives n its type, none where it is neither person nor organization.
func (n *nameSpan) decide(g *group) {
	p, o := clamp(n.person), clamp(n.org)
	switch {
	case g.n > 2: // one name, one bearer
		p, o = g.person/float32(g.n), g.org/float32(g.n)
		if n.core > n.first {
			p += 3
		}
	case g.n > 0:
		p, o = (p+2*g.person/float32(g.n))/3, (o+2*g.org/float32(g.n))/3
	case n.headline:
		p, o = p-.6, o-.8
	}
	if g.acronym {
		o += 5
	}
	if g.family {
		p += 4
	} else if g.stem {
		o += 3.5
	}
	switch {
	case p > 0 && p >= o:
		n.typ = Person
	case o > 0:
		n.typ = Organization
	}
}
