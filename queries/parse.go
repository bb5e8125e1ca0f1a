package queries

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"saidgraph/graph"
)

// maxQuestion is the most bytes of a question: room for two names and every filter at their longest.
const maxQuestion = 64 << 10

// Parse reads a question. Any other text gives a [*SyntaxError], which wraps graph.Invalid.
func Parse(s string) (Question, error) {
	if len(s) > maxQuestion {
		return Question{}, &SyntaxError{Field: fieldQuestion, Problem: "the question is too long", WayOut: fmt.Sprintf("at most %d bytes", maxQuestion)}
	}
	s = strings.ToValidUTF8(s, string(utf8.RuneError))
	src := strings.TrimRight(s, "? \t\r\n")
	tokens, err := lex(src)
	if err != nil {
		return Question{}, err
	}
	p := parser{src: src, q: Question{Filters: NewFilters()}}
	if err := p.filters(tokens); err != nil {
		return Question{}, err
	}
	p.trimMark()
	if err := p.sentence(); err != nil {
		return Question{}, err
	}
	if err := p.check(tokens); err != nil {
		return Question{}, err
	}
	return p.q, nil
}

// parser fills q; words are what is left of the question when its filters are taken out.
type parser struct {
	src   string
	words []token
	q     Question
}

func (p *parser) filters(tokens []token) error {
	seen := map[string]bool{}
	for _, t := range tokens {
		if t.key == "" {
			p.words = append(p.words, t)
			continue
		}
		name := strings.ToLower(t.key)
		if seen[name] && name != keyOutlet && name != keyKind {
			return p.locate(&SyntaxError{Field: name, Problem: "is given twice", WayOut: "keep one"}, t)
		}
		seen[name] = true
		if err := p.q.Filters.Set(name, t.text); err != nil {
			return p.locate(err, t)
		}
	}
	return nil
}

// locate puts a filter's place into its error.
func (p *parser) locate(err error, t token) error {
	var se *SyntaxError
	if !errors.As(err, &se) {
		return err
	}
	se.Word, se.Span = p.src[t.start:t.end], spanOf(p.src, t.start, t.end)
	if !slices.Contains(FilterNames(), se.Field) {
		se.Field = fieldQuestion
		se.Problem = "is no filter"
		se.WayOut += `; a name with a colon goes in quotation marks`
	}
	return se
}

// trimMark drops the question mark that stands before filters.
func (p *parser) trimMark() {
	n := len(p.words)
	if n == 0 || p.words[n-1].quoted {
		return
	}
	last := &p.words[n-1]
	last.text = strings.TrimRight(last.text, "?")
	last.end = last.start + len(last.text)
	if last.text == "" {
		p.words = p.words[:n-1]
	}
}

// check holds the whole question to its form, and says where it fails.
func (p *parser) check(tokens []token) error {
	err := p.q.check()
	var se *SyntaxError
	if !errors.As(err, &se) {
		return err
	}
	for _, t := range tokens {
		if t.key != "" && strings.EqualFold(t.key, se.Field) {
			return p.locate(se, t)
		}
	}
	return se
}

// is tells whether the i-th word, from the end if negative, is one of these.
func (p *parser) is(i int, words ...string) bool {
	if i < 0 {
		i += len(p.words)
	}
	return i >= 0 && i < len(p.words) && slices.Contains(words, p.words[i].word())
}

// stance is the verb at i; "" where there is none.
func (p *parser) stance(i int) graph.Type {
	if i < 0 || i >= len(p.words) {
		return ""
	}
	return stanceOf(p.words[i].word())
}

// wrong is an error at the i-th word, or at the end.
func (p *parser) wrong(i int, problem, wayOut string) error {
	e := &SyntaxError{Field: fieldQuestion, Problem: problem, WayOut: wayOut}
	if i < len(p.words) {
		e.Word, e.Span = p.src[p.words[i].start:p.words[i].end], spanOf(p.src, p.words[i].start, p.words[i].end)
	} else {
		e.Span = spanOf(p.src, len(p.src), len(p.src))
	}
	return e
}

// name reads the words from i up to j as one name: one text in quotation marks without them, anything else as it is written.
func (p *parser) name(i, j int) (string, error) {
	if i >= j {
		return "", p.wrong(i, "is where a name is missing", askOneOf())
	}
	var s string
	if p.words[i].quoted && j == i+1 {
		s = tidy(p.words[i].text)
	} else {
		var raw []string
		for _, t := range p.words[i:j] {
			raw = append(raw, p.src[t.start:t.end])
		}
		s = tidy(strings.Join(raw, " "))
	}
	if s == "" {
		return "", p.wrong(i, "is an empty name", askOneOf())
	}
	if utf8.RuneCountInString(s) > maxValue {
		return "", p.wrong(i, "begins a name that is too long", fmt.Sprintf("at most %d characters", maxValue))
	}
	return s, nil
}
