package quote

import (
	"saidgraph/loaders/quote/text"
)

// An interview is printed as questions and answers by turns. Labels tell who speaks, or else the question marks do.

// leastQuestions is how many paragraphs ask at least.
const leastQuestions = 3

// interview attributes the answers to whoever is interviewed; who asks is nobody of the graph.
func (s *spotter) interview() {
	if !s.r.announced() {
		return
	}
	n, first := 0, -1
	for p := range s.d.Paragraphs {
		if s.question(p) && p+1 < len(s.d.Paragraphs) && !s.question(p+1) {
			if n++; first < 0 {
				first = p
			}
		}
	}
	if n < leastQuestions {
		return
	}
	answering := false
	for p := first; p < len(s.d.Paragraphs); p++ {
		if s.question(p) {
			answering = true
			continue
		}
		from, to := s.turnOf(p)
		if from > 0 && s.is(from-1, ":") {
			continue // labels has it
		}
		switch mine := s.speaksFor(from, to); {
		case !answering, to-from < 3 && !s.is(to-1, "."), s.kind(to-1) != text.Stop && s.kind(to-1) != text.Close, s.kind(from) == text.Open, s.label(from) > 0:
			continue
		case mine || s.question(p-1):
		case s.addresses(from, to): // "You studied in Bonn." asks, too
			answering = true
			continue
		default:
			answering = false // the interview may be over
			continue
		}
		a := attribution{quotation: -1, label: true, speech: true, score: 0.6, content: []text.Span{s.span(from, to)}}
		a.kind = s.r.kindOf(a.content)
		s.add(a)
	}
}

// turnOf is the tokens of paragraph p without the letter that says whose turn it is.
func (s *spotter) turnOf(p int) (from, to int) {
	x := s.d.Paragraphs[p]
	from, to = s.d.Sentences[x.First].First, s.d.Sentences[x.Last-1].Last
	if interviewer(s.low(from)) || interviewee(s.low(from)) {
		if from+1 < to && (s.is(from+1, ":", ".") || s.low(from)[len(s.low(from))-1] == '.') {
			from++
			if s.is(from, ":", ".") {
				from++
			}
		}
	}
	return from, to
}

// question says whether paragraph p asks: it ends with a question mark, or bears the letter.
func (s *spotter) question(p int) bool {
	if p < 0 || p >= len(s.d.Paragraphs) {
		return false
	}
	from, to := s.turnOf(p)
	begin := s.d.Sentences[s.d.Paragraphs[p].First].First
	return s.kind(begin) != text.Open && (s.is(to-1, "?") || from > begin && interviewer(s.low(begin)))
}

// speaksFor says whether tokens [from, to) speak in the first person.
func (s *spotter) speaksFor(from, to int) bool {
	for i := from; i < to; i++ {
		if s.is(i, "i", "my", "me", "we", "our", "us") {
			return true
		}
	}
	return false
}

// addresses says whether tokens [from, to) speak to somebody.
func (s *spotter) addresses(from, to int) bool {
	for i := from; i < to; i++ {
		if s.is(i, "you", "your", "yours") {
			return true
		}
	}
	return false
}
