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
func (s *assessor) pairs(e *Engine) {
	s.names = s.reader.Names(s.names[:0], func(i int) bool { return s.heads[i-1] >= 0 && s.heads[i] >= 0 && s.heads[i-1] != s.heads[i] })
	if len(s.names) < 2 {
		return
	}
	s.reader.Prepare()
	for i := range s.names {
		for _, b := range s.names[i+1:] {
			a := s.names[i]
			if s.same(a, b) {
				continue
			}
			s.ab, s.ba = s.reader.Features(s.ab[:0], a, b), s.reader.Features(s.ba[:0], b, a)
			v := e.pairing.Judge(s.ab, s.ba)
			if v.Polarity == 0 {
				continue
			}
			if v.Reversed {
				a, b = b, a
			}
			s.r.judged = append(s.r.judged, judged{s.r.span(a.First, a.Last), s.r.span(b.First, b.Last), polarityOf(v.Polarity), v.Score})
		}
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
