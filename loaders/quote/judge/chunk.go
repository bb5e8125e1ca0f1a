package judge

import (
	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

// part is the kind of a chunk.
type part uint8

const (
	nounPhrase part = iota
	verbGroup
	adjective   // a predicate: "critical", "deeply troubled"
	preposition // also "to" before a noun
	relative    // who, which, that after a noun
	conjunction // and, or, but
	subordinate // that, because, if, while
	comma
	boundary // a quotation mark that opens or closes speech; brackets, dashes, colons
	other
)

// chunk is a run of tokens [first, last) with the token that heads it.
type chunk struct {
	part              part
	first, last, head int32
	passive           bool // verb group: "was blamed", and a bare participle
	bare              bool // verb group: participle or gerund without an auxiliary
	negated           bool // verb group: not, never, hardly
	modal             bool // verb group: may, might, could, would, should
	infinitive        bool // verb group: to + verb
	finite            bool // verb group that takes a subject
	copula            bool // verb group whose main verb is be, become, seem …
}

// Reader cuts sentences into chunks and finds frames in them.
type Reader struct {
	lex    *Lexicon
	doc    *text.Doc
	tags   []pos.Tag
	first  int // tokens of the sentence
	last   int
	chunks []chunk
	frames []Frame
	slots  []Slot
	sights []Sight
}

// NewReader returns a reader of d, whose tokens have those tags.
func NewReader(lex *Lexicon, d *text.Doc, tags []pos.Tag) *Reader {
	return &Reader{lex: lex, doc: d, tags: tags}
}

// longest bounds a sentence: of a longer one only so many tokens are read.
const longest = 400

func (r *Reader) tag(i int) pos.Tag {
	if i < r.first || i >= r.last {
		return pos.None
	}
	return r.tags[i]
}

func (r *Reader) low(i int) string {
	if i < r.first || i >= r.last {
		return ""
	}
	return r.doc.Low(i)
}

func isNoun(t pos.Tag) bool { return t >= pos.NN && t <= pos.NNS }
func isVerb(t pos.Tag) bool { return t >= pos.VB && t <= pos.VBZ }
func isAdj(t pos.Tag) bool  { return t >= pos.JJ && t <= pos.JJS }
func isAdv(t pos.Tag) bool  { return t >= pos.RB && t <= pos.RBS }

func (r *Reader) chunk() {
	r.chunks = r.chunks[:0]
	for i := r.first; i < r.last; {
		if end := r.bracket(i); end > i {
			i = end
			continue
		}
		i = r.next(i)
	}
}

// bracket is the end of the short bracket that begins at token i, as behind a politician's name: "Roe (D-Ohio) said". i where
// none begins, or where it is the sentence's end.
func (r *Reader) bracket(i int) int {
	if r.low(i) != "(" || i == r.first {
		return i
	}
	for j := i + 1; j < min(r.last-1, i+7); j++ {
		if r.low(j) == ")" {
			return j + 1
		}
	}
	return i
}

func (r *Reader) push(p part, first, last, head int) int {
	r.chunks = append(r.chunks, chunk{part: p, first: int32(first), last: int32(last), head: int32(head)})
	return last
}

// next takes one chunk at token i and returns the token after it.
func (r *Reader) next(i int) int {
	t := r.tags[i]
	switch k := r.doc.Tokens[i].Kind; {
	case k == text.Open || k == text.Close || t == pos.OpenQuote || t == pos.CloseQuote:
		if r.edge(i) {
			return r.push(boundary, i, i+1, i)
		}
		return i + 1
	case t == pos.Comma:
		return r.push(comma, i, i+1, i)
	case t == pos.Period || t == pos.Colon || t == pos.LeftBracket || t == pos.RightBracket:
		return r.push(boundary, i, i+1, i)
	case t == pos.CC:
		return r.push(conjunction, i, i+1, i)
	case t == pos.WP || t == pos.WDT || t == pos.WPS:
		return r.push(relative, i, i+1, i)
	case t == pos.PRP || t == pos.EX:
		return r.push(nounPhrase, i, i+1, i)
	case t == pos.MD || isVerb(t) && !r.modifier(i) || t == pos.TO && r.infinitive(i):
		return r.verbs(i)
	case nominal(t) || r.modifier(i) || isAdv(t) && isAdj(r.tag(i+1)):
		return r.nouns(i)
	case t == pos.IN && r.subordinates(i):
		return r.push(subordinate, i, i+1, i)
	case t == pos.IN || t == pos.TO:
		return r.push(preposition, i, i+1, i)
	case t == pos.WRB:
		return r.push(subordinate, i, i+1, i)
	case isAdv(t):
		return i + 1
	}
	return r.push(other, i, i+1, i)
}

// edge says that the quotation mark at i begins or ends speech, rather than dressing a word or two.
func (r *Reader) edge(i int) bool {
	p, n := r.tag(i-1), r.tag(i+1)
	if r.doc.Tokens[i].Kind == text.Open {
		return p == pos.None || p == pos.Comma || p == pos.Colon
	}
	return p == pos.Comma || p == pos.Period || n == pos.None || n == pos.Comma || n == pos.Period
}

func nominal(t pos.Tag) bool {
	switch t {
	case pos.DT, pos.PDT, pos.PRPS, pos.CD, pos.POS, pos.Dollar, pos.NN, pos.NNP, pos.NNPS, pos.NNS, pos.JJ, pos.JJR, pos.JJS:
		return true
	}
	return false
}

// modifier says that the participle at i stands before its noun ("elected officials"), not as a verb.
func (r *Reader) modifier(i int) bool {
	t := r.tags[i]
	if t != pos.VBN && t != pos.VBG {
		return false
	}
	n, p := r.tag(i+1), r.tag(i-1)
	return (isNoun(n) || isAdj(n)) && (p == pos.DT || p == pos.PRPS || p == pos.POS || isAdj(p) || p == pos.CD)
}

func (r *Reader) infinitive(i int) bool {
	n := r.tag(i + 1)
	return n == pos.VB || isAdv(n) && r.tag(i+2) == pos.VB
}

func (r *Reader) subordinates(i int) bool {
	switch r.low(i) {
	case "that", "because", "if", "while", "although", "though", "whether", "unless", "until", "since", "whereas", "lest":
		return true
	}
	return false
}

// nouns takes a noun phrase without its prepositions; without a noun in it, it is an adjective.
func (r *Reader) nouns(i int) int {
	j, head, noun := i, i, false
	for j < r.last {
		t := r.tags[j]
		k := r.doc.Tokens[j].Kind
		switch {
		case (k == text.Open || k == text.Close) && j > i && !r.edge(j) && j+1 < r.last && (nominal(r.tag(j+1)) || r.modifier(j+1)):
			j++
			continue
		case isAdv(t) && isAdj(r.tag(j+1)), r.modifier(j):
			j++
			continue
		case t == pos.CC && isAdj(r.tag(j-1)) && isAdj(r.tag(j+1)) && isNoun(r.tag(j+2)):
			j++
			continue
		}
		if !nominal(t) || j > i && (t == pos.DT || t == pos.PRPS || t == pos.PDT) && r.tag(j-1) != pos.PDT && r.tag(j-1) != pos.DT {
			break
		}
		if isNoun(t) {
			head, noun = j, true
		} else if !noun {
			head = j
		}
		j++
	}
	if j == i {
		return r.push(other, i, i+1, i)
	}
	if !noun && isAdj(r.tags[head]) && r.tags[i] != pos.DT {
		return r.push(adjective, i, j, head)
	}
	return r.push(nounPhrase, i, j, head)
}

// verbs takes auxiliaries and the verb that they serve.
func (r *Reader) verbs(i int) int {
	c := chunk{part: verbGroup, first: int32(i)}
	be, aux, j := false, false, i
	for j < r.last {
		t, low := r.tags[j], r.low(j)
		switch {
		case t == pos.TO && j == i:
			c.infinitive = true
		case t == pos.MD:
			aux = true
			c.finite = true
			c.negated = c.negated || low == "cannot"
			c.modal = c.modal || low != "will" && low != "'ll" && low != "’ll" && low != "can" && low != "ca" && low != "wo" && low != "cannot"
		case isAdv(t):
			switch low {
			case "not", "n't", "n’t", "never", "hardly", "barely", "no":
				c.negated = true
			}
		case isVerb(t):
			c.head = int32(j)
			c.finite = c.finite || t == pos.VBD || t == pos.VBP || t == pos.VBZ
			if !r.auxiliary(j) {
				c.passive = t == pos.VBN && (be || !aux) || t == pos.VBD && be
				c.bare = !aux && !c.infinitive && (t == pos.VBN || t == pos.VBG)
				return r.verbsEnd(c, j+1)
			}
			be, aux = isBe(low) || be && low == "being", true
			if low == "getting" || low == "get" || low == "got" || low == "gets" {
				be = true
			}
		default:
			return r.verbsEnd(c, j)
		}
		j++
	}
	return r.verbsEnd(c, j)
}

func (r *Reader) verbsEnd(c chunk, last int) int {
	if c.head < c.first {
		c.head = c.first
	}
	if r.tag(last) == pos.RP {
		last++
	}
	switch r.low(last) {
	case "not", "n't", "n’t", "never", "hardly":
		c.negated = true
		last++
	}
	c.last = int32(last)
	switch lemma(r.low(int(c.head)), r.tags[c.head]) {
	case "b", "be", "becom", "seem", "appear", "remain", "represent", "constitut", "amount", "look", "sound", "prov":
		c.copula = !c.passive
	}
	r.chunks = append(r.chunks, c)
	return last
}

// activate makes a past tense of what was taken for a participle between two names: "Roe (D-Ohio) called Lee", "Roe called on Lee".
func (r *Reader) activate(k int) {
	c := r.at(k)
	if !c.bare || r.tags[c.head] != pos.VBN || r.at(k-1).part != nounPhrase || !r.properHead(k-1) {
		return
	}
	m := k + 1
	if r.low(int(c.head)) == "called" && r.low(int(c.last)) == "on" {
		m++
	}
	if n := r.at(m); n.part == nounPhrase && (r.properHead(m) || r.tags[n.head] == pos.PRP) {
		c := &r.chunks[k]
		c.bare, c.passive, c.finite = false, false, true
	}
}

// auxiliary says that the verb at j serves one that follows.
func (r *Reader) auxiliary(j int) bool {
	switch r.low(j) {
	case "am", "is", "are", "was", "were", "be", "been", "being", "'s", "’s", "'re", "’re", "'m", "’m", "'ve", "’ve", "'d", "’d",
		"has", "have", "had", "having", "do", "does", "did", "get", "gets", "got", "getting":
	default:
		return false
	}
	k := j + 1
	for k < r.last && isAdv(r.tags[k]) && k < j+4 {
		k++
	}
	return isVerb(r.tag(k)) && !r.modifier(k)
}

func isBe(low string) bool {
	switch low {
	case "am", "is", "are", "was", "were", "be", "been", "being", "'s", "’s", "'re", "’re", "'m", "’m":
		return true
	}
	return false
}
