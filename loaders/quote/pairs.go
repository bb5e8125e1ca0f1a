package quote

import (
	"fmt"

	"saidgraph/loaders/quote/judge"
	"saidgraph/loaders/quote/model"
	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

// judged is what the model believes of two names that stand in one sentence.
type judged struct {
	from, to text.Span
	polarity Polarity
	score    float64
	off      bool // a frame says that it is none
}

func loadPairs() (*judge.Model, error) {
	m, err := judge.LoadModel(model.Stance)
	if err != nil {
		return nil, fmt.Errorf("model of who judges whom: %w", err)
	}
	return m, nil
}

// pairs weighs every two names of the sentence just read, people, organizations and places alike.
func (s *assessor) pairs(e *Engine, k int) {
	x := &s.r.doc.Sentences[k]
	s.names = s.reader.Names(s.names[:0], func(i int) bool { return s.heads[i-1] >= 0 && s.heads[i] >= 0 && s.heads[i-1] != s.heads[i] })
	if len(s.names) < 2 {
		return
	}
	from := len(s.r.judged)
	s.verdicts(e, x)
	s.weigh(k, s.r.judged[from:])
}

// verdicts notes what the model believes of every two of the sentence's names.
func (s *assessor) verdicts(e *Engine, x *text.Sentence) {
	s.pairing = s.pairing[:0]
	in := func(a judge.Range) judge.Range { return judge.Range{First: a.First - x.First, Last: a.Last - x.First} }
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
	s.weighed = e.pairing.Judge(s.weighed[:0], s.reader.See(), s.pairing)
	for i, v := range s.weighed {
		if v.Polarity == 0 {
			continue
		}
		a, b := s.pairing[i].A, s.pairing[i].B
		if v.Reversed {
			a, b = b, a
		}
		s.r.judged = append(s.r.judged, judged{s.r.span(x.First+a.First, x.First+a.Last), s.r.span(x.First+b.First, x.First+b.Last), polarityOf(v.Polarity), v.Score, s.pairing[i].Hints.Off()})
	}
}

// weigh makes edges of what the model is sure of in a sentence, one judge for each who is judged.
func (s *assessor) weigh(sentence int, found []judged) {
	for i, j := range found {
		best := j.score >= enough && !j.off
		for _, o := range found {
			best = best && !(o.to == j.to && o.score > j.score)
		}
		if best {
			s.edge(sentence, &found[i])
		}
	}
}

// enough is the score from which the model's word makes an edge where no frame does.
const enough = 0.75

// share is what is left of the model's score on an edge, so that none counts as sure: by eye, of the few on polnear.dev three of four are right.
const share = 0.8

// edge makes an edge of what the model is sure of in the reporter's words, between two named people or organizations of which no frame of the sentence speaks.
func (s *assessor) edge(sentence int, j *judged) {
	from, to := s.partyAt(j.from), s.partyAt(j.to)
	if from.entity < 0 || to.entity < 0 || from.entity == to.entity {
		return
	}
	for _, o := range s.r.stances[s.before:] {
		if o.to == to.entity || o.from == to.entity && o.to == from.entity {
			return
		}
	}
	n := stance{from: from.entity, to: to.entity, fromSpan: from.span, toSpan: to.span, polarity: j.polarity, voice: Reporter,
		evidence: s.r.doc.Sentences[sentence].Span, attribution: -1, score: j.score * share}
	b := s.r.doc.TokenAt(j.to.Start)
	if at := int(s.speaks[b]); at >= 0 {
		x := &s.r.attributions[at]
		switch {
		case has(x.speakers, to.entity):
			return
		case has(x.speakers, from.entity):
			if !x.slight { // "Roe questioned Lee's record" is told; of what Roe says of Lee the frames know more
				return
			}
		default:
			n.score *= 0.8
			if s.r.inside[b] >= 0 {
				n.voice, n.attribution = Speaker, at
				n.evidence = s.evidence(sentence, b, at)
			}
		}
	}
	s.add(sentence, n)
}

// partyAt is the named entity that a name stands for; -1 where it is a place, a day, or part of somebody else's name.
func (s *assessor) partyAt(a text.Span) party {
	last := s.r.doc.TokenAt(a.End - 1)
	m := s.heads[last]
	if m < 0 || s.inner[m] || s.modifies(last+1) {
		return party{entity: -1}
	}
	x := &s.r.mentions[m]
	if x.form != Name || x.entity < 0 || len(x.parts) > 0 || !s.r.entities[x.entity].named {
		return party{entity: -1}
	}
	return party{entity: x.entity, span: x.Span}
}

// modifies says that the name before token i belongs to another's description: "Lee's lawyer", "Lee spokesman Carl Poe".
func (s *assessor) modifies(i int) bool {
	for end := min(i+5, len(s.r.tags)); i < end; i++ {
		switch s.r.tags[i] {
		case pos.POS, pos.JJ, pos.NN, pos.NNS, pos.VBN:
			if s.heads[i] >= 0 {
				return true
			}
		case pos.NNP, pos.NNPS:
			return true
		default:
			return false
		}
	}
	return false
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
