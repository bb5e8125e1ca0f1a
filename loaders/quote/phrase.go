package quote

import (
	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

// longest is how many tokens a noun phrase or a subject may span: a bound that keeps work linear.
const longest = 40

// run is a stretch of tokens [first, last), with the token that heads it.
type run struct{ first, last, head int }

func (n run) empty() bool { return n.last <= n.first }

func (s *spotter) tag(i int) Tag { return s.r.tagAt(i) }

// is says whether token i, in lower case, is one of the words.
func (s *spotter) is(i int, words ...string) bool {
	if i < 0 || i >= len(s.d.Tokens) {
		return false
	}
	w := s.d.Low(i)
	for _, x := range words {
		if w == x {
			return true
		}
	}
	return false
}

// low is token i in lower case, "" outside the text.
func (s *spotter) low(i int) string {
	if i < 0 || i >= len(s.d.Tokens) {
		return ""
	}
	return s.d.Low(i)
}

func (s *spotter) kind(i int) text.Kind {
	if i < 0 || i >= len(s.d.Tokens) {
		return text.Stop
	}
	return s.d.Tokens[i].Kind
}

func (s *spotter) noun(i int) bool { t := s.tag(i); return t >= pos.NN && t <= pos.NNS }

func (s *spotter) proper(i int) bool { t := s.tag(i); return t == pos.NNP || t == pos.NNPS }

func (s *spotter) verb(i int) bool { t := s.tag(i); return t >= pos.VB && t <= pos.VBZ }

func (s *spotter) finite(i int) bool {
	switch s.tag(i) {
	case pos.VBD, pos.VBP, pos.VBZ, pos.MD:
		return true
	}
	return false
}

// nominal says whether a tag may stand inside a simple noun phrase.
func nominal(t Tag) bool {
	switch t {
	case pos.NN, pos.NNP, pos.NNPS, pos.NNS, pos.JJ, pos.JJR, pos.JJS, pos.DT, pos.PDT, pos.CD, pos.POS, pos.PRPS, pos.Dollar:
		return true
	}
	return false
}

// pronounal says whether a tag is a noun phrase by itself.
func pronounal(t Tag) bool {
	switch t {
	case pos.PRP, pos.WP, pos.WDT, pos.EX:
		return true
	}
	return false
}

// before returns the noun phrase that ends right before token end, not reaching before lo.
func (s *spotter) before(end, lo int) run {
	lo = max(lo, end-longest)
	i := end - 1
	if i < lo {
		return run{}
	}
	if pronounal(s.tag(i)) || s.tag(i) == pos.DT {
		return run{i, end, i}
	}
	if !s.noun(i) && s.tag(i) != pos.CD && s.tag(i) != pos.JJ {
		return run{}
	}
	first := s.simpleBefore(end, lo)
	head := end - 1
	for first > lo+1 {
		prev := first - 1
		switch {
		case s.joint(prev) && s.pairs(prev-1, first, lo):
			first = s.simpleBefore(prev, lo)
		case s.is(prev, "of") && (s.noun(prev-1) || s.tag(prev-1) == pos.CD || s.tag(prev-1) == pos.DT || s.tag(prev-1) == pos.JJ),
			s.is(prev, "for", "at", "from", "with", "in", "on", "to", "who") && s.noun(prev-1) && !s.timeWord(prev-1):
			head = prev - 1
			first = s.simpleBefore(prev, lo)
		default:
			return run{first, end, head}
		}
	}
	return run{first, end, head}
}

// joint says whether token i joins noun phrases: "and", "&", or a comma of a list.
func (s *spotter) joint(i int) bool { return s.is(i, "and", "&", "or") }

// pairs says whether the phrase that ends with token a may be joined to the one that begins at b.
func (s *spotter) pairs(a, b, lo int) bool {
	if s.is(a, ",") {
		a--
	}
	if s.tag(a) == pos.PRP {
		return true
	}
	if !s.noun(a) {
		return false
	}
	if s.proper(a) == s.proper(b) || !s.proper(a) && s.tag(b) != pos.NNP {
		return true
	}
	return s.subjectPlace(s.simpleBefore(a+1, lo), lo) // "Trump and other leaders said", but not "backed Trump and the senator said"
}

// subjectPlace says whether a subject may begin at token i: nothing before it in its clause could govern it.
func (s *spotter) subjectPlace(i, lo int) bool {
	if i <= lo {
		return true
	}
	switch s.tag(i - 1) {
	case pos.CC, pos.Comma, pos.Colon, pos.WRB, pos.RB, pos.CloseQuote, pos.OpenQuote, pos.Period, pos.LeftBracket:
		return true
	}
	return s.is(i-1, "that", "as", "because", "while", "if", "although", "though", "since", "when", "where", "after", "before", "until", "whether") ||
		s.kind(i-1) != text.Word
}

// simpleBefore returns the first token of the noun phrase without prepositions that ends right before end.
func (s *spotter) simpleBefore(end, lo int) int {
	i := end
	for i > lo {
		t := s.tag(i - 1)
		if !nominal(t) && !((t == pos.VBN || t == pos.VBG || t == pos.RB) && i < end && s.modifies(i-1)) {
			if k := s.kind(i - 1); (k != text.Close && k != text.Open) || i == end || !s.quotedWord(i-1) {
				break
			}
		}
		i--
		if (t == pos.DT || t == pos.PRPS) && s.tag(i-1) != pos.PDT && s.tag(i-1) != pos.DT {
			break
		}
	}
	return i
}

// modifies says whether the participle or adverb at i stands between a determiner and a noun: "the newly elected mayor".
func (s *spotter) modifies(i int) bool {
	for k := i - 1; k >= i-3 && k >= 0; k-- {
		switch t := s.tag(k); {
		case t == pos.DT || t == pos.PRPS || t == pos.POS:
			return true
		case !nominal(t) && t != pos.RB:
			return false
		}
	}
	return false
}

// quotedWord says whether the quotation mark at i belongs to a nickname or a quoted word inside a noun phrase.
func (s *spotter) quotedWord(i int) bool {
	q := s.r.inside[i]
	return q >= 0 && s.d.Quotations[q].Last-s.d.Quotations[q].First <= 5
}

// after returns the noun phrase that begins at token i, with its prepositions and appositions, not reaching hi.
// Where it is no subject, what is joined to it by "and" and has a verb of its own begins another clause.
func (s *spotter) after(i, hi int, subject bool) run {
	hi = min(hi, i+longest)
	n := s.simpleAfter(i, hi)
	if n.empty() {
		return n
	}
	for n.last < hi-1 {
		next := n.last
		if subject {
			if e := s.parenthesis(next, hi); e > next {
				n.last = e
				continue
			}
		}
		switch {
		case s.joint(next), s.is(next, ",") && s.is(next+1, "and"):
			skip := next + 1
			if s.is(next, ",") {
				skip++
			}
			m := s.simpleAfter(skip, hi)
			if m.empty() || !subject && m.last < hi && s.finite(m.last) {
				return n
			}
			n.last = m.last
		case s.is(next, "of", "for", "at", "from", "with", "in", "on"):
			m := s.simpleAfter(next+1, hi)
			if m.empty() {
				return n
			}
			n.last = m.last
		default:
			return n
		}
	}
	return n
}

// parenthesis skips "(R-Utah)" at i.
func (s *spotter) parenthesis(i, hi int) int {
	if s.is(i, "(") {
		for k := i + 1; k < min(hi, i+12); k++ {
			if s.is(k, ")") {
				return k + 1
			}
		}
	}
	return i
}

// simpleAfter returns the noun phrase without prepositions that begins at i.
func (s *spotter) simpleAfter(i, hi int) run {
	if i >= hi {
		return run{}
	}
	if pronounal(s.tag(i)) {
		return run{i, i + 1, i}
	}
	k, head := i, -1
	for k < hi {
		t := s.tag(k)
		if s.noun(k) {
			head = k
		}
		if !nominal(t) && !((t == pos.VBN || t == pos.VBG || t == pos.RB) && s.modifies(k)) {
			if c := s.kind(k); (c != text.Open && c != text.Close) || k == i || !s.quotedWord(k) {
				break
			}
		}
		if k > i && (t == pos.DT || t == pos.PRPS) && !s.is(k-1, "all", "both", "such", "half") {
			break
		}
		k++
	}
	if head < 0 && k > i {
		head = k - 1
	}
	return run{i, k, head}
}

// appositionAfter extends a source that ends at last over ", a doctor from X" up to the comma or stop that closes it.
func (s *spotter) appositionAfter(last, hi int) int {
	if !s.is(last, ",") {
		return last
	}
	t := s.tag(last + 1)
	if t != pos.DT && t != pos.WP && t != pos.WDT && t != pos.PRPS && t != pos.CD && t != pos.NN && t != pos.NNS && t != pos.NNP && t != pos.JJ && t != pos.WPS {
		return last
	}
	for i := last + 1; i < min(hi, last+longest); i++ {
		switch {
		case s.is(i, ",", ";", ":") || s.kind(i) == text.Stop:
			return i
		case s.kind(i) == text.Open:
			return last
		case s.finite(i) && t != pos.WP && t != pos.WDT && t != pos.WPS:
			return last
		}
	}
	return last
}

// subject returns the noun phrase that the verb at v is said of, not reaching before lo.
func (s *spotter) subject(v, lo, depth int) run {
	if depth == 0 {
		s.steps = 0
	}
	j := v - 1
	helped := false // an auxiliary makes the group finite: "will say", "is saying"
	for j >= lo && s.auxiliary(j) {
		helped = helped || s.tag(j) == pos.MD || s.be(j) || s.is(j, "has", "have", "had", "do", "does", "did", "'ve", "’ve", "'d", "’d")
		j--
	}
	if j < lo {
		if s.tag(v) == pos.VBG {
			return s.later(v)
		}
		return run{}
	}
	switch {
	case s.tag(j) == pos.WP || s.tag(j) == pos.WDT:
		return run{j, j + 1, j}
	case s.tag(j) == pos.TO || !helped && (s.tag(v) == pos.VBG || s.tag(v) == pos.VB || s.tag(v) == pos.VBN):
		return s.governor(j, lo, depth)
	case s.tag(j) == pos.CC || s.is(j, ",") && s.tag(j-1) == pos.CC:
		return s.governor(j, lo, depth)
	case s.is(j, ",", "—", "–", "--", "-"):
		return s.apposed(j, lo, depth)
	case s.is(j, ")"):
		for k := j; k > max(lo, j-12); k-- {
			if s.is(k, "(") {
				n := s.before(k, lo)
				if !n.empty() {
					n.last = j + 1
				}
				return n
			}
		}
		return run{}
	case s.verb(j):
		return s.governor(j, lo, depth)
	}
	n := s.before(j+1, lo)
	if n.empty() {
		return n
	}
	if s.timeWord(n.head) && n.first > lo { // "Trump on Tuesday said", "Trump Tuesday said"
		k := n.first
		if s.tag(k-1) == pos.IN {
			k--
		}
		if m := s.before(k, lo); !m.empty() {
			return m
		}
	}
	return n
}

// governor returns the subject of the nearest verb to the left of j: of "refused to say", "and said", ", saying".
func (s *spotter) governor(j, lo, depth int) run {
	if depth > 4 {
		return run{}
	}
	for k := j; k >= max(lo, j-longest); k-- {
		if s.steps++; s.steps > 4*longest {
			break
		}
		if s.kind(k) == text.Close && s.r.inside[k] >= 0 {
			k = max(lo, s.d.Quotations[s.r.inside[k]].First)
			continue
		}
		if s.finite(k) || s.verb(k) && k > lo && s.tag(k) == pos.VBN && s.auxiliary(k-1) {
			if n := s.subject(k, lo, depth+1); !n.empty() {
				return n
			}
		}
	}
	return run{}
}

// later returns the subject of a sentence that begins with a participle: "Calling it a sham, Trump said".
func (s *spotter) later(v int) run {
	hi := s.d.Sentences[s.d.Tokens[v].Sentence].Last
	for k := v + 1; k < min(hi, v+longest); k++ {
		if s.is(k, ",") && s.r.inside[k] < 0 {
			n := s.after(k+1, hi, true)
			if !n.empty() && s.finite(n.last) {
				return n
			}
		}
	}
	return run{}
}

// apposed returns the subject before an insertion that the comma or dash at j closes: "Hugh Hill, a doctor, said".
func (s *spotter) apposed(j, lo, depth int) run {
	clause := false // a finite verb stands in the insertion
	for k := j - 1; k > max(lo, j-longest); k-- {
		if s.steps++; s.steps > 4*longest {
			return run{}
		}
		if s.kind(k) == text.Close && s.r.inside[k] >= 0 {
			k = s.d.Quotations[s.r.inside[k]].First
			continue
		}
		switch {
		case s.finite(k):
			clause = true
		case s.tag(k) == pos.WP || s.tag(k) == pos.WDT || s.tag(k) == pos.WPS:
			clause = false
		}
		if !s.is(k, ",", "—", "–", "--", "-") || s.is(k, ",") != s.is(j, ",") {
			continue
		}
		wh := s.tag(k+1) == pos.WP || s.tag(k+1) == pos.WDT || s.tag(k+1) == pos.WPS || s.is(k+1, "where", "when", "as", "if", "while")
		if clause && !wh {
			break
		}
		n := s.before(k, lo)
		if n.empty() {
			continue
		}
		if s.finite(k + 1) {
			break
		}
		if !s.subjectPlace(n.first, lo) {
			continue
		}
		if s.is(n.first-1, ",") && n.first-1 > lo && !s.proper(n.head) && s.tag(n.head) != pos.PRP && n.first > lo+1 {
			continue // one more apposition: "Hill, 45, a doctor, said"
		}
		n.last = j
		return n
	}
	return s.governor(j, lo, depth)
}

// auxiliary says whether token i only helps a verb: "has", "would", "n't", "also".
func (s *spotter) auxiliary(i int) bool {
	switch s.tag(i) {
	case pos.MD, pos.RB, pos.RBR, pos.RBS:
		return true
	}
	return s.be(i) || s.is(i, "has", "have", "had", "having", "do", "does", "did", "'ve", "’ve", "'d", "’d") && s.tag(i) != pos.POS
}

func (s *spotter) be(i int) bool {
	switch s.low(i) {
	case "is", "are", "was", "were", "be", "been", "being", "am", "'re", "’re", "'m", "’m", "get", "got":
		return true
	case "'s", "’s":
		return s.tag(i) != pos.POS
	}
	return false
}

// timeWord says whether token i is a day, a month or another word that dates a report.
func (s *spotter) timeWord(i int) bool {
	switch s.low(i) {
	case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "tonight",
		"week", "month", "year", "morning", "afternoon", "evening", "night", "day", "weekend", "earlier", "later", "recently",
		"january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
		"jan.", "feb.", "aug.", "sept.", "oct.", "nov.", "dec.":
		return true
	}
	return false
}
