package queries

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"saidgraph/graph"
)

// token is a word, a text in quotation marks, or a filter of a question.
type token struct {
	text       string // without marks and escapes; of a filter its value
	key        string // of a filter, as written
	start, end int    // in bytes of the source
	quoted     bool
}

// word is the token as a keyword is compared: "" of quoted text, which is never one.
func (t token) word() string {
	if t.quoted {
		return ""
	}
	return strings.ToLower(t.text)
}

// lexer cuts a question. Its source is valid UTF-8.
type lexer struct {
	src string
	at  int
}

// lex cuts the source into tokens. A filter is letters or hyphens, a colon, and a value, which may stand apart.
func lex(src string) ([]token, error) {
	l := lexer{src: src}
	var tokens []token
	for l.skipSpace(); l.at < len(src); l.skipSpace() {
		t, err := l.token()
		if err != nil {
			return nil, err
		}
		if n := len(tokens); n > 0 && t.key == "" && tokens[n-1].key != "" && tokens[n-1].text == "" && !tokens[n-1].quoted {
			tokens[n-1].text, tokens[n-1].quoted, tokens[n-1].end = t.text, t.quoted, t.end
			continue
		}
		tokens = append(tokens, t)
	}
	return tokens, nil
}

func (l *lexer) skipSpace() {
	for l.at < len(l.src) {
		r, n := utf8.DecodeRuneInString(l.src[l.at:])
		if !unicode.IsSpace(r) {
			return
		}
		l.at += n
	}
}

func (l *lexer) token() (token, error) {
	start := l.at
	if l.atMark() {
		text, err := l.quotedText()
		return token{text: text, start: start, end: l.at, quoted: true}, err
	}
	for l.at < len(l.src) {
		r, n := utf8.DecodeRuneInString(l.src[l.at:])
		if unicode.IsSpace(r) {
			break
		}
		if r == ':' && filterName(l.src[start:l.at]) {
			key := l.src[start:l.at]
			l.at += n
			if l.atMark() {
				text, err := l.quotedText()
				return token{key: key, text: text, start: start, end: l.at, quoted: true}, err
			}
			from := l.at
			l.at += wordLen(l.src[l.at:])
			return token{key: key, text: l.src[from:l.at], start: start, end: l.at}, nil
		}
		l.at += n
	}
	return token{text: l.src[start:l.at], start: start, end: l.at}, nil
}

// atMark tells whether a quotation begins here.
func (l *lexer) atMark() bool {
	r, _ := utf8.DecodeRuneInString(l.src[l.at:])
	return r == '"' || r == '“' || r == '”'
}

// quotedText reads to the closing mark: a straight one closes a straight one, a curly one a curly one.
func (l *lexer) quotedText() (string, error) {
	start := l.at
	mark, n := utf8.DecodeRuneInString(l.src[l.at:])
	l.at += n
	var b strings.Builder
	for l.at < len(l.src) {
		r, n := utf8.DecodeRuneInString(l.src[l.at:])
		l.at += n
		switch {
		case r == '\\' && l.at < len(l.src) && (l.src[l.at] == '"' || l.src[l.at] == '\\'):
			b.WriteByte(l.src[l.at])
			l.at++
		case r == mark && mark == '"', r == '”' && mark != '"':
			return b.String(), nil
		default:
			b.WriteRune(r)
		}
	}
	return "", &SyntaxError{
		Field: fieldQuestion, Span: spanOf(l.src, start, l.at), Word: l.src[start:],
		Problem: "has no closing quotation mark", WayOut: `close it, or write \" for a quotation mark within quotation marks`,
	}
}

// wordLen is the number of bytes up to the next white space.
func wordLen(s string) int {
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		return i
	}
	return len(s)
}

// filterName tells whether the text before a colon could name a filter.
func filterName(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; (c < 'a' || c > 'z') && s[i] != '-' {
			return false
		}
	}
	return s != ""
}

// spanOf turns bytes of src into code points.
func spanOf(src string, start, end int) graph.Span {
	from := utf8.RuneCountInString(src[:start])
	return graph.Span{Start: from, End: from + utf8.RuneCountInString(src[start:end])}
}
