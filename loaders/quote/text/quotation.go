package text

import "unicode/utf8"

// family groups the marks that may close one another.
type family uint8

const (
	double    family = iota // " “ ” „ ‟ `` ''
	guillemet               // « »
	angle                   // ‹ ›
	single                  // ' ‘ ’ ‚ `
	families
)

// mark is a token that may be a quotation mark.
type mark struct {
	tok      int
	family   family
	straight bool // the same sign opens and closes
	opens    bool // the sign is made to open: “ ‘ «
	left     bool // nothing that it could close stands right before it
	right    bool // nothing that it could open stands right after it
	owned    bool // after a letter s, before a space: perhaps the apostrophe of "the Joneses' car"
}

// quote emits the quotation mark, apostrophe or clitic of n bytes at pos.
func (sc *scanner) quote(n int) {
	m := mark{tok: len(sc.tokens)}
	b := sc.s[sc.pos]
	if sc.apostrophe(sc.pos) > 0 && sc.elision(n) {
		return
	}
	switch {
	case b == '"':
		m.straight = true
	case (b == '\'' || b == '`') && sc.pos+1 < len(sc.s) && sc.s[sc.pos+1] == b:
		n, m.opens = 2, b == '`'
	case b == '\'':
		m.family, m.straight = single, true
	case b == '`':
		m.family, m.opens = single, true
	default:
		m.family, m.opens = sided(sc.s[sc.pos : sc.pos+n])
	}
	m.left, m.right = sc.opener(), sc.closer(sc.pos+n)
	if m.family == single && sc.pos > 0 && sc.class(sc.pos+n) == 's' {
		m.owned = sc.low[sc.pos-1] == 's'
	}
	sc.marks = append(sc.marks, m)
	sc.emit(sc.pos+n, Punct)
}

func sided(s string) (f family, opens bool) {
	switch s {
	case "“", "„", "‟":
		return double, true
	case "”":
		return double, false
	case "«":
		return guillemet, true
	case "»":
		return guillemet, false
	case "‹":
		return angle, true
	case "›":
		return angle, false
	case "‘", "‚", "‛":
		return single, true
	}
	return single, false
}

// elision emits a clitic that has no word before it ("2016" "'s") or a word that begins with an apostrophe ('tis, '90s).
func (sc *scanner) elision(n int) bool {
	i := sc.pos + n
	if c := sc.class(i); !wordy(c) {
		return false
	}
	end := i
	for end < len(sc.s) && sc.s[end] < utf8.RuneSelf && wordy(ascii[sc.s[end]]) {
		end++
		if end-i > 6 {
			return false
		}
	}
	w := sc.low[i:end]
	if !sc.space {
		switch w {
		case "s", "re", "ve", "ll", "d", "m":
			sc.emit(end, Word)
			return true
		}
	}
	switch w {
	case "tis", "twas", "em", "til", "cause", "bout", "n", "cuz", "twill", "twere":
		if n := sc.apostrophe(end); w == "n" && n > 0 {
			end += n
		}
		sc.emit(end, Word)
		return true
	}
	if len(w) == 3 && w[2] == 's' && ascii[w[0]&0x7F] == 'd' && ascii[w[1]&0x7F] == 'd' {
		sc.emit(end, Number)
		return true
	}
	return false
}

// opener says whether what stands before pos lets a quotation mark open there.
func (sc *scanner) opener() bool {
	if sc.space || sc.pos == 0 {
		return true
	}
	switch sc.s[sc.pos-1] {
	case '(', '[', '{', '-', '/', '=', '>':
		return true
	}
	k := len(sc.marks)
	if k > 0 && sc.marks[k-1].tok == len(sc.tokens)-1 {
		return sc.marks[k-1].left
	}
	return sc.pos >= 3 && dash(sc.s[sc.pos-3:sc.pos])
}

// closer says whether what stands at i lets a quotation mark right before it close.
func (sc *scanner) closer(i int) bool {
	if i >= len(sc.s) {
		return true
	}
	switch sc.s[i] {
	case ',', '.', ';', ':', '!', '?', ')', ']', '}', '-', '"', '\'', '/', '<', '*':
		return true
	}
	if sc.class(i) == 's' {
		return true
	}
	if len(sc.s)-i >= 3 {
		switch w := sc.s[i : i+3]; w {
		case "”", "’", "…", "›":
			return true
		default:
			return dash(w)
		}
	}
	return false
}

// pairer pairs the quotation marks of one paragraph after the other.
type pairer struct {
	d       *Doc
	out     []Quotation
	open    []int // indexes into out of quotations without a closing mark yet
	state   []pairing
	count   [families]int
	pending int // quotation of the paragraph before that may go on, -1
}

// pairing is what the pairer knows of a quotation beyond its span.
type pairing struct {
	family   family
	straight bool
	dropped  bool
	closed   bool
	parent   bool // a quotation of the same family was closed within it
}

// pair returns the quotations of the text, and makes their marks Open and Close.
func pair(d *Doc, marks []mark, breaks []int) []Quotation {
	p := pairer{d: d, pending: -1}
	p.out = make([]Quotation, 0, len(marks)/2+1)
	first := 0
	for _, last := range breaks {
		n := 0
		for n < len(marks) && marks[n].tok < last {
			n++
		}
		if last > first {
			goesOn := n < len(marks) && marks[n].tok == last && marks[n].left && !marks[n].right
			p.paragraph(marks[:n], first, last, goesOn)
		}
		marks, first = marks[n:], last
	}
	if p.pending >= 0 {
		p.abandon(p.pending)
	}
	return p.out
}

// paragraph pairs the marks of one paragraph; goesOn says that the next one begins with an opening mark.
func (p *pairer) paragraph(marks []mark, first, last int, goesOn bool) {
	base := len(p.out)
	p.open, p.state, p.count = p.open[:0], p.state[:0], [families]int{}
	for i, m := range marks {
		switch p.role(marks, i) {
		case Open:
			p.begin(m)
		case Close:
			p.close(m, base)
		}
	}
	held := p.leftovers(base, first, last, goesOn)
	p.compact(base, held, first)
}

// role decides what mark i is: Open, Close, or neither.
func (p *pairer) role(marks []mark, i int) Kind {
	m := marks[i]
	inside := p.count[m.family] > 0
	switch {
	case m.family == single:
		return p.singleRole(marks, i, inside)
	case m.straight:
		if m.left != m.right {
			if m.left {
				return Open
			}
			if inside {
				return Close
			}
			return Symbol
		}
		if inside {
			return Close
		}
		return Open
	case m.opens:
		if !m.left && inside && (m.right || m.family == guillemet) {
			return Close // „…“ and »…«
		}
		return Open
	case inside:
		return Close
	case m.left && !m.right:
		return Open // ”…” and »…«
	}
	return Symbol
}

func (p *pairer) singleRole(marks []mark, i int, inside bool) Kind {
	m := marks[i]
	if (m.opens || m.straight) && m.left && !m.right {
		return Open
	}
	if !inside || m.left || m.opens || !m.right {
		return Symbol
	}
	if m.owned && i+1 < len(marks) && marks[i+1].family == single && !marks[i+1].left {
		return Symbol // "the Joneses' car": a later mark closes
	}
	return Close
}

func (p *pairer) begin(m mark) {
	t := p.d.Tokens[m.tok]
	p.open = append(p.open, len(p.out))
	p.out = append(p.out, Quotation{Span: t.Span, Inner: Span{t.End, t.End}, First: m.tok, Continues: -1, SingleMark: m.family == single})
	p.state = append(p.state, pairing{family: m.family, straight: m.straight})
	p.count[m.family]++
}

// close ends the innermost open quotation of the mark's family; what was opened since is stray.
func (p *pairer) close(m mark, base int) {
	for n := len(p.open) - 1; n >= 0; n-- {
		q := p.open[n]
		s := &p.state[q-base]
		p.open = p.open[:n]
		p.count[s.family]--
		if s.family != m.family {
			s.dropped = true
			continue
		}
		t := p.d.Tokens[m.tok]
		p.out[q].End, p.out[q].Inner.End, p.out[q].Last = t.End, t.Start, m.tok+1
		s.closed = true
		p.d.Tokens[m.tok].Kind = Close
		if n > 0 && p.state[p.open[n-1]-base].family == s.family {
			p.state[p.open[n-1]-base].parent = true
		}
		return
	}
}

// leftovers ends the quotations without a closing mark at the paragraph's edge, or drops them.
// It returns the outermost of them, which the next paragraph may go on with, or -1.
func (p *pairer) leftovers(base, first, last int, goesOn bool) int {
	held := -1
	end := p.d.Tokens[last-1].End
	for _, q := range p.open {
		s := &p.state[q-base]
		whole := goesOn && p.out[q].First == first && !s.straight
		if held >= 0 || !whole && (s.parent || s.family == single) {
			s.dropped = true
			continue
		}
		p.out[q].End, p.out[q].Inner.End, p.out[q].Last = end, end, last
		held = q
	}
	return held
}

// compact removes dropped quotations, links a continued one and counts depths.
func (p *pairer) compact(base, held, first int) {
	keep, nowHeld := base, -1
	p.open = p.open[:0]
	for q := base; q < len(p.out); q++ {
		if p.state[q-base].dropped {
			continue
		}
		quo := p.out[q]
		p.d.Tokens[quo.First].Kind = Open
		for len(p.open) > 0 && p.out[p.open[len(p.open)-1]].End <= quo.Start {
			p.open = p.open[:len(p.open)-1]
		}
		quo.Depth = len(p.open)
		p.out[keep] = quo
		if q == held {
			nowHeld = keep
		}
		p.state[keep-base] = p.state[q-base]
		p.open = append(p.open, keep)
		keep++
	}
	p.out = p.out[:keep]
	p.link(base, first)
	p.pending = nowHeld
}

// link ties the quotation that opens the paragraph to the one that the paragraph before left open.
func (p *pairer) link(base, first int) {
	if p.pending < 0 {
		return
	}
	if base < len(p.out) && p.out[base].First == first && p.out[base].SingleMark == p.out[p.pending].SingleMark {
		p.out[p.pending].Continued = true
		p.out[base].Continues = p.pending
		return
	}
	p.abandon(p.pending)
}

// abandon marks a quotation that nothing closed and nothing continues.
func (p *pairer) abandon(q int) { p.out[q].Unclosed = true }
