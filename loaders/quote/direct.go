package quote

import (
	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

// link is a cue with its source.
type link struct {
	source run
	cue    run
	verb   int
	colon  bool
}

// quotations attributes what stands between quotation marks and is an utterance by itself.
func (s *spotter) quotations() {
	s.direct = -1
	for q := range s.d.Quotations {
		c := &s.d.Quotations[q]
		if c.Depth > 0 || c.Continues >= 0 || s.taken[q] >= 0 {
			continue
		}
		if s.speakerLabel(q) {
			continue
		}
		if l, ok := s.tail(c.First, s.chainEnd(q)); ok {
			s.quoted(q, l, false)
			continue
		}
		if l, ok := s.lead(q); ok {
			s.quoted(q, l, true)
			continue
		}
		s.goOn(q)
	}
}

// chainEnd returns the last quotation of those that go on with q over several paragraphs.
func (s *spotter) chainEnd(q int) int {
	for s.d.Quotations[q].Continued {
		next := q + 1
		for next < len(s.d.Quotations) && s.d.Quotations[next].Continues != q {
			next++
		}
		if next == len(s.d.Quotations) {
			break
		}
		q = next
	}
	return q
}

// parts are the spans of a quotation, one a paragraph.
func (s *spotter) parts(q, a int) []text.Span {
	var out []text.Span
	for {
		out = append(out, s.d.Quotations[q].Span)
		s.taken[q] = int32(a)
		if !s.d.Quotations[q].Continued {
			return out
		}
		next := s.chainNext(q)
		if next < 0 {
			return out
		}
		q = next
	}
}

func (s *spotter) chainNext(q int) int {
	for next := q + 1; next < len(s.d.Quotations); next++ {
		if s.d.Quotations[next].Continues == q {
			return next
		}
	}
	return -1
}

// quoted adds the quotation q with its cue and source.
func (s *spotter) quoted(q int, l link, lead bool) {
	a := len(s.out)
	content := s.parts(q, a)
	if !lead {
		content[0].Start = s.d.Tokens[s.leadIn(q)].Start
	}
	s.add(attribution{kind: s.r.kindOf(content), content: content, cue: s.cut(l.cue), source: s.cut(l.source), speech: true, quotation: q, score: 0.9})
	if l.verb >= 0 {
		s.cue[l.verb] = true
	}
	s.direct = a
	s.directEnd = s.d.Tokens[s.d.TokenAt(content[len(content)-1].End-1)].Sentence
	if !l.cue.empty() {
		s.directEnd = max(s.directEnd, s.d.Tokens[l.cue.first].Sentence)
	}
}

// leadIn returns the token where the words of quotation q begin: the start of its sentence where the quotation
// only ends what was said, `The plan "is a sham," Lee said`.
func (s *spotter) leadIn(q int) int {
	c := s.d.Quotations[q]
	first := s.d.Sentences[s.d.Tokens[c.First].Sentence].First
	if c.First-first > longest || s.is(c.First-1, ",", ":", ";") {
		return c.First
	}
	for i := first; i < c.First; i++ {
		if s.r.inside[i] >= 0 && s.taken[s.r.inside[i]] >= 0 || s.cue[i] || s.is(i, ":", ";") {
			return c.First
		}
	}
	return first
}

// speakerLabel passes over a quotation that is a turn of a printed dialogue, `"SMITH: Well, …`: colons attribute it.
func (s *spotter) speakerLabel(q int) bool {
	return s.label(s.d.Quotations[q].First+1) > 0
}

// utterance says whether the quotation ends like words that were said: with a mark inside or right after.
func (s *spotter) utterance(q int) bool {
	c := s.d.Quotations[q]
	if c.Last-c.First < 3 || s.title(q) {
		return false
	}
	k := c.Last - 1
	if s.kind(k) == text.Close {
		k--
	}
	for k > c.First && (s.kind(k) == text.Close) {
		k--
	}
	switch w := s.low(k); {
	case s.kind(k) == text.Stop, w == ",", w == "?", w == "!", w == ".", w == "—", w == "--", w == "-", w == "…", w == "...", w == "–":
		return true
	}
	return s.is(c.Last, ",") || s.is(c.Last, "—")
}

// title says whether the quotation names a book, a show or a song: in mid-sentence, its words in capitals.
func (s *spotter) title(q int) bool {
	c := s.d.Quotations[q]
	if s.d.Sentences[s.d.Tokens[c.First].Sentence].First == c.First {
		return false
	}
	capitals := 0
	for i := c.First + 1; i < c.Last; i++ {
		switch t := s.d.Tokens[i]; {
		case t.Kind == text.Stop:
			return false
		case t.Kind != text.Word:
		case s.initial(i):
			capitals++
		case t.Len() > 3:
			return false
		}
	}
	return capitals > 1
}

// tail finds the cue that follows the quotation that ends with the quotation end: `…," X said`, `…," said X`.
func (s *spotter) tail(first, end int) (link, bool) {
	c := s.d.Quotations[end]
	i := c.Last
	if i >= len(s.d.Tokens) {
		return link{}, false
	}
	sentence := s.d.Sentences[s.d.Tokens[i].Sentence]
	if sentence.Paragraph != s.d.Sentences[s.d.Tokens[c.Last-1].Sentence].Paragraph {
		if !s.is(i, "—", "–", "--", "-", "―") || !s.utterance(end) || sentence.Last < len(s.d.Tokens) && s.d.Sentences[s.d.Tokens[sentence.Last].Sentence].Paragraph == sentence.Paragraph {
			return link{}, false
		}
		return s.signature(i+1, min(sentence.Last, i+longest), sentence) // a line of its own below the quotation
	}
	hi := min(sentence.Last, i+longest)
	tight := s.utterance(end)
	next := i == sentence.First // a sentence of its own: `"Why?" Smith asked.`
	for s.is(i, ",", "—", "–", "--", "-", "―") && i < hi {
		if !s.is(i, ",") {
			if l, ok := s.signature(i+1, hi, sentence); ok && tight {
				return l, true
			}
		}
		i++
	}
	if l, ok := s.inverted(i, hi, tight); ok {
		return l, true
	}
	l, ok := s.plain(i, hi, tight && !next)
	return l, ok
}

// signature reads a name after a dash that ends the paragraph: `"…" -Commissioner Lee`.
func (s *spotter) signature(i, hi int, sentence text.Sentence) (link, bool) {
	n := s.after(i, hi, false)
	if n.empty() || !s.proper(n.head) && !s.proper(n.first) {
		return link{}, false
	}
	end := s.appositionAfter(n.last, hi)
	if end < hi && s.kind(end) != text.Stop || sentence.Last > hi {
		return link{}, false
	}
	return link{source: run{n.first, end, n.head}, cue: run{i - 1, i, i - 1}, verb: -1}, true
}

// inverted reads `said X` at i.
func (s *spotter) inverted(i, hi int, tight bool) (link, bool) {
	v := i
	for v < hi && s.tag(v) == pos.RB && v < i+2 {
		v++
	}
	rep := s.e.cues[s.low(v)]
	if rep == nil || !rep.speech && !tight || !s.verb(v) || s.tag(v) == pos.VBG {
		return link{}, false
	}
	n := s.after(v+1, hi, false)
	if n.empty() || s.timeWord(n.head) || s.tag(n.first) == pos.WP {
		return link{}, false
	}
	if s.tag(n.first) == pos.PRP && s.is(n.first, "him", "them", "me", "us", "it") {
		return link{}, false
	}
	n.last = s.appositionAfter(n.last, hi)
	return link{source: n, cue: run{v, v + 1, v}, verb: v}, true
}

// plain reads `X said`, `X, a doctor, said` or `X has also said` at i.
func (s *spotter) plain(i, hi int, tight bool) (link, bool) {
	if s.is(i, "according") && s.is(i+1, "to") {
		n := s.after(i+2, hi, false)
		return link{source: n, cue: run{i, i + 2, i}, verb: -1}, !n.empty()
	}
	if s.is(i, "as") {
		i++
	}
	n := s.after(i, hi, true)
	if n.empty() {
		return link{}, false
	}
	n.last = s.parenthesis(n.last, hi)
	v := s.verbAfter(n.last, hi)
	if k := n.last - 1; v < 0 && tight && k > n.first && s.e.cues[s.low(k)] != nil && s.closes(n.last, hi) && s.tag(k) != pos.NNP { // "the contract states.", with the verb taken for a noun
		v = k
		n = s.after(i, k, true)
	}
	if v < 0 {
		for k := 0; k < 3 && v < 0; k++ {
			end := s.appositionAfter(n.last, hi)
			if end == n.last || !s.is(end, ",") {
				break
			}
			v = s.verbAfter(end+1, hi)
			n.last = end
		}
	}
	if v < 0 || v >= hi {
		return link{}, false
	}
	rep := s.e.cues[s.low(v)]
	switch {
	case rep == nil && !tight, rep != nil && !rep.speech && !tight:
		return link{}, false
	case rep == nil && s.tag(v) != pos.VBD && s.tag(v) != pos.VBZ:
		return link{}, false
	case !tight && s.is(v+1, "that"):
		return link{}, false
	case !tight && !s.closes(v+1, hi) && !s.puts(v, hi):
		return link{}, false
	}
	return link{source: n, cue: run{v, v + 1, v}, verb: v}, true
}

// puts says whether the verb v is followed by nobody but whom the words are put to: "Ann Lee asked Bo Roe."
func (s *spotter) puts(v, hi int) bool {
	if !s.is(v, "asked", "asks", "told", "tells", "reminded", "assured", "answered") {
		return false
	}
	n := s.after(v+1, hi, false)
	return !n.empty() && s.closes(n.last, hi)
}

// closes says whether a reporting clause may end at token i: before a stop, a comma, a preposition or an adverb.
func (s *spotter) closes(i, hi int) bool {
	if i >= hi || s.kind(i) == text.Stop || s.is(i, ",", ";", ":") || s.timeWord(i) {
		return true
	}
	return s.tag(i) == pos.IN && !s.is(i, "that") || s.tag(i) == pos.RB
}

// verbAfter returns the main verb of the verb group that begins at i, -1 where there is none.
func (s *spotter) verbAfter(i, hi int) int {
	v := -1
	for k := i; k < min(hi, i+6); k++ {
		switch {
		case s.auxiliary(k):
			continue
		case s.verb(k):
			return k
		case s.tag(k) == pos.IN && s.timeWord(k+1): // "on Tuesday said"
			k++
			continue
		case s.timeWord(k):
			continue
		}
		return v
	}
	return v
}

// lead finds the cue that stands before quotation q: `X said, "…"`, `X told reporters: "…"`, `X: "…"`.
func (s *spotter) lead(q int) (link, bool) {
	c := s.d.Quotations[q]
	i := c.First - 1
	if i < 0 {
		return link{}, false
	}
	lo := s.d.Sentences[s.d.Tokens[i].Sentence].First
	across := s.d.Tokens[i].Sentence != s.d.Tokens[c.First].Sentence
	switch {
	case s.is(i, ":"):
		return s.beforeColon(i, lo)
	case across:
		return link{}, false
	case s.is(i, ","):
		return s.beforeComma(i, lo)
	}
	if s.verb(i) && s.full(q) {
		if rep := s.e.cues[s.low(i)]; rep != nil && rep.speech && !rep.names {
			return link{source: s.subject(i, lo, 0), cue: run{i, i + 1, i}, verb: i}, true
		}
	}
	return link{}, false
}

// full says whether the quotation is at least one whole sentence.
func (s *spotter) full(q int) bool {
	c := s.d.Quotations[q]
	k := c.First + 1
	if k >= c.Last || !s.utterance(q) {
		return false
	}
	b := s.d.Text[s.d.Tokens[k].Start]
	return 'A' <= b && b <= 'Z' && c.Last-c.First >= 5
}

// beforeColon finds who speaks in the clause that ends with the colon at i.
func (s *spotter) beforeColon(i, lo int) (link, bool) {
	if i == lo {
		return link{}, false
	}
	best := -1
	for k := i - 1; k >= max(lo, i-longest); k-- {
		if s.r.inside[k] >= 0 {
			continue
		}
		if (s.verb(k) || k == i-1) && s.e.cues[s.low(k)] != nil && s.e.cues[s.low(k)].speech {
			if s.cue[k] {
				return link{}, false
			}
			best = k
			break
		}
	}
	if best >= 0 {
		return link{source: s.subject(best, lo, 0), cue: run{best, best + 1, best}, verb: best, colon: true}, true
	}
	n := s.before(i, lo)
	if !n.empty() && (n.first == lo || n.first == lo+1 && s.is(lo, "from", "by")) && (s.proper(n.head) || s.tag(n.head) == pos.PRP) {
		return link{source: n, cue: run{i, i + 1, i}, verb: -1, colon: true}, true
	}
	for k := lo; k < i; k++ {
		if s.finite(k) {
			return link{source: s.subject(k, lo, 0), cue: run{i, i + 1, i}, verb: -1, colon: true}, true
		}
	}
	return link{}, false
}

// beforeComma finds the reporting verb of `X said on Tuesday, "…"`.
func (s *spotter) beforeComma(i, lo int) (link, bool) {
	for k := i - 1; k >= max(lo, i-14); k-- {
		if s.is(k, ",", ";", ":") || s.kind(k) == text.Close {
			return link{}, false
		}
		if s.cue[k] {
			return link{}, false // the quotation before this one has it: they are one
		}
		if !s.verb(k) || s.be(k) {
			continue
		}
		rep := s.e.cues[s.low(k)]
		if rep == nil || !rep.speech {
			return link{}, false
		}
		return link{source: s.subject(k, lo, 0), cue: run{k, k + 1, k}, verb: k}, true
	}
	return link{}, false
}

// goOn joins a quotation without a cue of its own to the attribution before it, where it goes on with it,
// or adds it by itself where it is a whole sentence; anything else is a nickname, a title or a word held at arm's length.
func (s *spotter) goOn(q int) {
	c := s.d.Quotations[q]
	sen := s.d.Tokens[c.First].Sentence
	sentence := s.d.Sentences[sen]
	starts := c.First == sentence.First
	if s.direct >= 0 && s.adjoins(q, sen, starts) {
		parts := s.parts(q, s.direct)
		if starts && parts[len(parts)-1].End < sentence.End {
			end := s.d.Tokens[s.trim(c.First, sentence.Last)-1].End
			parts[len(parts)-1].End = end
			for k := q + 1; k < len(s.taken) && s.d.Quotations[k].Start < end; k++ {
				s.taken[k] = int32(s.direct)
			}
		}
		s.out[s.direct].content = append(s.out[s.direct].content, parts...)
		s.directEnd = s.d.Tokens[s.d.TokenAt(parts[len(parts)-1].End-1)].Sentence
		if s.out[s.direct].kind != s.r.kindOf(parts) {
			s.out[s.direct].kind = Mixed
		}
		return
	}
	if starts && (s.utterance(q) || c.Continued || c.Unclosed) && c.Last-c.First >= 5 {
		s.quoted(q, link{verb: -1}, true)
		s.out[s.direct].score = 0.5
	}
}

// questions says whether the words end with a question mark.
func (s *spotter) questions(x text.Span) bool {
	i := s.d.TokenAt(x.End - 1)
	for i > 0 && s.d.Tokens[i].Start >= x.Start && s.kind(i) == text.Close {
		i--
	}
	return s.is(i, "?")
}

// adjoins says whether quotation q, in sentence sen, goes on with the direct attribution before it: in its sentence
// after a comma, as a later sentence of its paragraph, or as the whole of the next paragraph.
func (s *spotter) adjoins(q, sen int, starts bool) bool {
	c := s.d.Quotations[q]
	pa, pb := s.d.Sentences[s.directEnd].Paragraph, s.d.Sentences[sen].Paragraph
	switch {
	case sen == s.directEnd:
		return starts || s.is(c.First-1, ",", ";", ":", "—", "–", "--", "and", "but")
	case pa == pb:
		return starts && (sen == s.directEnd+1 || s.utterance(q) && c.Last-c.First >= 5)
	}
	if last := s.out[s.direct].content; s.questions(last[len(last)-1]) {
		return false // somebody answers
	}
	return pb == pa+1 && starts && s.d.Paragraphs[pb].First == sen && s.utterance(q) && s.d.Paragraphs[pa].Last-1-s.directEnd <= 1
}
