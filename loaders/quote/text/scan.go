package text

import (
	"unicode"
	"unicode/utf8"
)

// scanner cuts the text into tokens from left to right.
type scanner struct {
	s, low  string
	pos     int
	space   bool // white space stands before pos
	wrapped bool // single line breaks end no paragraph
	tokens  []Token
	breaks  []int  // tokens that begin a paragraph, the first excepted
	marks   []mark // tokens that may be quotation marks
}

func (sc *scanner) emit(end int, k Kind) {
	sc.tokens = append(sc.tokens, Token{Span: Span{sc.pos, end}, Kind: k, Space: sc.space})
	sc.pos, sc.space = end, false
}

func (sc *scanner) scan() {
	for sc.pos < len(sc.s) {
		c, n := classAt(sc.s, sc.pos)
		switch c {
		case 's':
			sc.white()
		case 'l', 'u':
			sc.word(sc.pos + n)
		case 'd':
			sc.number(sc.pos + n)
		case 'c', 'm':
			sc.emit(sc.run(c), Symbol)
		default:
			sc.sign(n)
		}
	}
}

// run returns the end of the run of characters of class c at pos.
func (sc *scanner) run(c byte) int {
	i := sc.pos
	for i < len(sc.s) {
		k, n := classAt(sc.s, i)
		if k != c {
			break
		}
		i += n
	}
	return i
}

// white skips white space and notes whether a paragraph ends there.
func (sc *scanner) white() {
	if p := sc.pos; sc.s[p] == ' ' && p+1 < len(sc.s) && sc.s[p+1] > ' ' && sc.s[p+1] < utf8.RuneSelf {
		sc.pos, sc.space = p+1, true
		return
	}
	before, lines := sc.pos, 0
	for sc.pos < len(sc.s) {
		b := sc.s[sc.pos]
		c, n := classAt(sc.s, sc.pos)
		if c != 's' {
			break
		}
		switch {
		case b == '\n', b == '\r' && (sc.pos+1 == len(sc.s) || sc.s[sc.pos+1] != '\n'):
			lines++
		case b == '\f':
			lines += 2
		case n == 3 && sc.s[sc.pos:sc.pos+3] == "\u2028":
			lines++
		case n == 3 && sc.s[sc.pos:sc.pos+3] == "\u2029":
			lines += 2
		}
		sc.pos += n
	}
	sc.space = true
	if lines > 1 || lines == 1 && !sc.goesOn(before) {
		if n := len(sc.tokens); n > 0 && sc.pos < len(sc.s) {
			sc.breaks = append(sc.breaks, n)
		}
	}
}

// goesOn says whether a paragraph goes on after the single line break that follows byte end.
func (sc *scanner) goesOn(end int) bool {
	if end == 0 || sc.pos >= len(sc.s) {
		return true
	}
	b := sc.s[end-1]
	next, _ := classAt(sc.s, sc.pos)
	if sc.wrapped {
		return wordy(next) || b != '.' && b != ':'
	}
	return next == 'l' && (b == ',' || b == '-' || b < utf8.RuneSelf && wordy(ascii[b]))
}

func (sc *scanner) class(i int) byte {
	if i >= len(sc.s) {
		return 's'
	}
	c, _ := classAt(sc.s, i)
	return c
}

// apostrophe returns the length of the apostrophe at i, 0 where there is none.
func (sc *scanner) apostrophe(i int) int {
	if i >= len(sc.s) {
		return 0
	}
	if sc.s[i] == '\'' {
		return 1
	}
	if sc.s[i] == 0xE2 && i+3 <= len(sc.s) && sc.s[i+1] == 0x80 && (sc.s[i+2] == 0x99 || sc.s[i+2] == 0x98) {
		return 3
	}
	return 0
}

// word reads on a word whose first character ends at i, and emits it with its clitic.
func (sc *scanner) word(i int) {
	start, segment, apostrophe := sc.pos, sc.pos, -1
	dots := false
scan:
	for i < len(sc.s) {
		b := sc.s[i]
		if b < utf8.RuneSelf {
			if c := ascii[b]; c == 'l' || c == 'u' || c == 'd' {
				i++
				continue
			}
			if c := ascii[b]; c == 's' || c == 'c' {
				break
			}
		}
		switch {
		case b == '.' && sc.innerDot(segment, i):
			dots = dots || i-segment <= 2
			segment = i + 1
			i++
		case b == '-' && wordy(sc.class(i+1)), b == '_':
			i++
			segment = i
		case (b == '&' || b == '@') && letter(sc.class(i+1)):
			i++
		case b == ':' && i+2 < len(sc.s) && sc.s[i+1:i+3] == "//":
			i = sc.address(i)
			break scan
		case sc.apostrophe(i) > 0:
			n := sc.apostrophe(i)
			if !letter(sc.class(i + n)) {
				break scan
			}
			apostrophe = i
			i += n
		case b >= utf8.RuneSelf:
			c, n := classAt(sc.s, i)
			if !wordy(c) {
				break scan
			}
			i += n
		default:
			break scan
		}
	}
	if i < len(sc.s) && sc.s[i] == '/' && sc.low[start:start+min(4, i-start)] == "www." {
		i = sc.address(i)
	}
	if i < len(sc.s) && sc.s[i] == '.' && sc.abbreviated(start, i, dots) {
		i++
	}
	sc.emitWord(i, apostrophe)
}

// innerDot says whether the full stop at i joins letters of one word: "U.S", "Ph.D", "example.com".
func (sc *scanner) innerDot(segment, i int) bool {
	next := sc.class(i + 1)
	if !letter(next) {
		return false
	}
	if i-segment == 1 && letter(sc.class(segment)) {
		return true
	}
	if next == 'l' {
		return i > segment && ascii[sc.s[i-1]&0x7F] == 'l' && sc.s[i-1] < utf8.RuneSelf
	}
	return i-segment == 2 && i+2 < len(sc.s) && sc.s[i+2] == '.'
}

// abbreviated says whether the full stop at end belongs to the word before it.
func (sc *scanner) abbreviated(start, end int, dots bool) bool {
	if end+1 < len(sc.s) && sc.s[end+1] == '.' {
		return false
	}
	if dots {
		return true
	}
	c := sc.class(start)
	if end-start == 1 {
		return c == 'u' && sc.s[start] != 'I'
	}
	switch abbreviation(sc.low[start:end]) {
	case always:
		return true
	case capital:
		return c == 'u'
	case numbered:
		return c == 'u' && end+2 < len(sc.s) && sc.s[end+1] == ' ' && sc.class(end+2) == 'd'
	}
	return false
}

// address returns the end of the web address that has "://" at i.
func (sc *scanner) address(i int) int {
	for i < len(sc.s) {
		c, n := classAt(sc.s, i)
		if b := sc.s[i]; c == 's' || c == 'c' || b == '"' || b == '<' || b == '>' || n == 3 && c == 'x' {
			break
		}
		i += n
	}
	for ascii[sc.s[i-1]&0x7F] == 'x' && sc.s[i-1] != '/' && sc.s[i-1] < utf8.RuneSelf {
		i--
	}
	return i
}

// emitWord emits the word that ends at end, its clitic as a token of its own.
func (sc *scanner) emitWord(end, apostrophe int) {
	if apostrophe < 0 {
		sc.emit(end, Word)
		return
	}
	n := sc.apostrophe(apostrophe)
	switch sc.low[apostrophe+n : end] {
	case "s", "re", "ve", "ll", "d", "m":
		sc.emit(apostrophe, Word)
	case "t":
		if apostrophe-sc.pos > 1 && sc.low[apostrophe-1] == 'n' {
			sc.emit(apostrophe-1, Word)
		}
	}
	sc.emit(end, Word)
}

// number reads on a number whose first digit ends at i.
func (sc *scanner) number(i int) {
	kind := Number
	for i < len(sc.s) {
		c, n := classAt(sc.s, i)
		if wordy(c) {
			i += n
			continue
		}
		if sc.s[i] == '%' {
			i++
			break
		}
		next := sc.class(i + n)
		if sc.s[i] == '-' && letter(next) {
			kind = Word
			i++
			continue
		}
		if next != 'd' || !sc.joins(i) {
			break
		}
		i += n
	}
	sc.emit(i, kind)
}

// joins says whether the character at i may stand between the digits of one number.
func (sc *scanner) joins(i int) bool {
	switch sc.s[i] {
	case ',', '.', ':', '/', '-':
		return true
	}
	return len(sc.s)-i >= 3 && sc.s[i:i+3] == "–"
}

// sign reads a character of n bytes that is neither letter, digit nor space.
func (sc *scanner) sign(n int) {
	b := sc.s[sc.pos]
	switch b {
	case '.':
		sc.emit(sc.dots(), Stop)
	case '!', '?':
		i := sc.pos
		for i < len(sc.s) && (sc.s[i] == '!' || sc.s[i] == '?') {
			i++
		}
		sc.emit(i, Stop)
	case '"', '\'', '`':
		sc.quote(n)
	case ',', ';', ':', '(', ')', '[', ']', '{', '}', '/':
		sc.emit(sc.pos+1, Punct)
	case '-':
		sc.emit(sc.same(), Punct)
	case '@', '#':
		if letter(sc.class(sc.pos + 1)) {
			sc.word(sc.pos + 1)
			return
		}
		sc.emit(sc.same(), Symbol)
	default:
		if b < utf8.RuneSelf {
			sc.emit(sc.same(), Symbol)
			return
		}
		sc.wide(n)
	}
}

// wide reads a sign beyond ASCII.
func (sc *scanner) wide(n int) {
	switch r, _ := utf8.DecodeRuneInString(sc.s[sc.pos:]); r {
	case '“', '”', '„', '‟', '«', '»', '‹', '›', '‘', '’', '‚', '‛':
		sc.quote(n)
	case '…', '。', '！', '？':
		sc.emit(sc.pos+n, Stop)
	default:
		if unicode.IsPunct(r) {
			sc.emit(sc.pos+n, Punct)
			return
		}
		sc.emit(sc.pos+n, Symbol)
	}
}

// same returns the end of the run of the ASCII character at pos: "---", "****".
func (sc *scanner) same() int {
	i := sc.pos
	for i < len(sc.s) && sc.s[i] == sc.s[sc.pos] {
		i++
	}
	return i
}

// dots returns the end of the full stop or ellipsis at pos, ". . ." included.
func (sc *scanner) dots() int {
	i := sc.same()
	if i > sc.pos+1 {
		return i
	}
	for i+1 < len(sc.s) && sc.s[i] == ' ' && sc.s[i+1] == '.' {
		i += 2
	}
	if i-sc.pos < 4 {
		return sc.pos + 1
	}
	return i
}
