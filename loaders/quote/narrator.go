package quote

import "saidgraph/loaders/quote/text"

// An interview printed without quotation marks has its "I" and its "you" both mean the person who answers.
const (
	interviewReach     = 320 // tokens at the beginning that may say that it is an interview
	interviewTitle     = 60  // of those, tokens of the title and the first sentences
	interviewQuestions = 5   // paragraphs that end with a question where nothing else says that it is an interview
	interviewAnswers   = 4   // how often "I" stands outside of quotations at least
)

// interview makes "I" and "you" outside of quotations the person interviewed, where the beginning speaks of an interview.
func (s *chainer) interview() {
	if s.author < 0 || len(s.actors[s.author].mentions) < interviewAnswers || !s.r.announced() {
		return
	}
	best, most := -1, 0
	reach := s.r.preface()
	for k := range s.actors {
		a := &s.actors[k]
		if a.typ != Person || !a.named || a.plural || len(a.mentions) == 0 {
			continue
		}
		n := 0
		for _, i := range a.mentions {
			if s.r.mentions[i].first < reach {
				n++
			}
		}
		if n > most {
			best, most = k, n
		}
	}
	if best < 0 {
		return
	}
	s.merge(best, s.author)
	if s.reader >= 0 {
		s.merge(best, s.reader)
	}
}

// preface is how many tokens stand before the first question that an interview prints.
func (r *reading) preface() int {
	d := r.doc
	for p := range d.Paragraphs {
		x := &d.Paragraphs[p]
		first, last := d.Sentences[x.First].First, d.Sentences[x.Last-1].Last
		if first >= interviewReach {
			break
		}
		if first >= interviewTitle && last > first && d.Word(last-1) == "?" && d.Tokens[first].Kind != text.Open {
			return first
		}
	}
	return interviewReach
}

// announced says that the beginning calls itself an interview and a paragraph asks somebody, or that many paragraphs do.
func (r *reading) announced() bool {
	d := r.doc
	want := interviewQuestions
	for i := 0; i < len(d.Tokens) && i < interviewReach && want == interviewQuestions; i++ {
		switch d.Low(i) {
		case "interview", "interviews", "interviewed", "interviewing", "interviewee", "interviewer", "excerpts", "condensed", "q&a":
			want = 3
			if i < interviewTitle {
				want = 1
			}
		}
	}
	questions := 0
	for i := range d.Paragraphs {
		p := &d.Paragraphs[i]
		if p.Last == p.First {
			continue
		}
		if last := d.Sentences[p.Last-1].Last - 1; last >= 0 && d.Tokens[last].Kind == text.Stop && d.Word(last) == "?" {
			questions++
		}
	}
	return questions >= want
}
