package quote

import (
	"fmt"

	"saidgraph/loaders/quote/judge"
	"saidgraph/loaders/quote/model"
	"saidgraph/loaders/quote/text"
)

// judged is what the model believes of two names that stand in one sentence.
type judged struct {
	from, to text.Span
	polarity Polarity
	score    float64
}

func loadPairs() (*judge.Model, error) {
	m, err := judge.LoadModel(model.Stance)
	if err != nil {
		return nil, fmt.Errorf("model of who judges whom: %w", err)
	}
	return m, nil
}

// pairs weighs every two names of the sentence just read, people, organizations and places alike.
func (s *assessor) pairs(e *Engine, x *text.Sentence) {
	s.names = s.reader.Names(s.names[:0], func(i int) bool { return s.heads[i-1] >= 0 && s.heads[i] >= 0 && s.heads[i-1] != s.heads[i] })
	if len(s.names) < 2 {
		return
	}
	s.pairing = s.pairing[:0]
	first := x.First
	in := func(a judge.Range) judge.Range { return judge.Range{First: a.First - first, Last: a.Last - first} }
	for i, a := range s.names {
		for _, b := range s.names[i+1:] {
			if !s.same(a, b) {
				s.pairing = append(s.pairing, judge.Pair{A: in(a), B: in(b), Hints: s.reader.Hints(a, b)})
			}
		}
	}
	if len(s.pairing) == 0 {
		return
	}
	s.verdicts = e.pairing.Judge(s.verdicts[:0], s.reader.See(), s.pairing)
	for i, v := range s.verdicts {
		if v.Polarity == 0 {
			continue
		}
		a, b := s.pairing[i].A, s.pairing[i].B
		if v.Reversed {
			a, b = b, a
		}
		s.r.judged = append(s.r.judged, judged{s.r.span(first+a.First, first+a.Last), s.r.span(first+b.First, first+b.Last), polarityOf(v.Polarity), v.Score})
	}
}

// same says that two names stand for one entity.
func (s *assessor) same(a, b judge.Range) bool {
	x, y := s.entityIn(a), s.entityIn(b)
	return x >= 0 && x == y
}

func (s *assessor) entityIn(a judge.Range) int {
	for i := a.First; i < a.Last; i++ {
		if m := s.heads[i]; m >= 0 && s.r.mentions[m].entity >= 0 {
			return s.r.mentions[m].entity
		}
	}
	return -1
}
