package quote

import (
	"fmt"
	"slices"

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

// pairs weighs every two names of the sentence just read, people, organizations and places alike; then whom pronouns stand for, and who says the words.
func (s *assessor) pairs(e *Engine, k int) {
	x := &s.r.doc.Sentences[k]
	s.names = s.reader.Names(s.names[:0], func(i int) bool { return s.heads[i-1] >= 0 && s.heads[i] >= 0 && s.heads[i-1] != s.heads[i] })
	if len(s.names) > 1 {
		from := len(s.r.judged)
		s.r.judged = s.verdicts(e, x, s.r.judged)
		s.weigh(k, s.r.judged[from:])
		s.tell(k)
	}
	s.standIns(e, k)
	s.spoken(e, k)
}

// verdicts appends what the model believes of every two of the sentence's names.
func (s *assessor) verdicts(e *Engine, x *text.Sentence, out []judged) []judged {
	s.pairing = s.pairing[:0]
	for i, a := range s.names {
		for _, b := range s.names[i+1:] {
			if !s.same(a, b) {
				s.pairing = append(s.pairing, judge.Pair{A: a.Less(x.First), B: b.Less(x.First), Hints: s.reader.Hints(a, b)})
			}
		}
	}
	if s.weighed = s.weighed[:0]; len(s.pairing) == 0 {
		return out
	}
	s.weighed = e.pairing.Judge(s.weighed[:0], s.reader.See(s.names...), s.pairing)
	for i, v := range s.weighed {
		if v.Polarity == 0 {
			continue
		}
		a, b := s.pairing[i].A, s.pairing[i].B
		if v.Reversed {
			a, b = b, a
		}
		out = append(out, judged{s.r.span(x.First+a.First, x.First+a.Last), s.r.span(x.First+b.First, x.First+b.Last), polarityOf(v.Polarity), v.Score, s.pairing[i].Hints.Off()})
	}
	return out
}

// standIns weighs pairs of which a pronoun is one, as if it were the name that it stands for.
func (s *assessor) standIns(e *Engine, k int) {
	x := &s.r.doc.Sentences[k]
	n := len(s.names)
	for i := x.First; i < x.Last && len(s.names) < judge.MostNames; i++ {
		if m := s.heads[i]; m >= 0 && s.r.mentions[m].form == Pronoun && s.r.tags[i] == pos.PRP && s.r.mentions[m].typ == Person && !s.r.mentions[m].plural {
			if y := s.r.mentions[m].entity; y >= 0 && s.r.entities[y].named && len(s.r.mentions[m].parts) == 0 {
				s.names = append(s.names, judge.Range{First: i, Last: i + 1})
			}
		}
	}
	if len(s.names) == n || len(s.names) < 2 {
		return
	}
	slices.SortFunc(s.names, func(a, b judge.Range) int { return a.First - b.First })
	s.found = slices.DeleteFunc(s.verdicts(e, x, s.found[:0]), func(j judged) bool {
		return !s.pronoun(j.from) && !s.pronoun(j.to)
	})
	s.weigh(k, s.found)
	s.tell(k)
}

// tell makes edges of the verdicts just reached where one of the two speaks.
func (s *assessor) tell(k int) {
	for i := range s.weighed {
		s.tells(k, &s.pairing[i], &s.weighed[i])
	}
}

// pronoun says that a name is none, but a pronoun.
func (s *assessor) pronoun(a text.Span) bool {
	m := s.heads[s.r.doc.TokenAt(a.Start)]
	return m >= 0 && s.r.mentions[m].form == Pronoun
}

// spoken weighs what a speaker whom the sentence doesn't name says of those whom it names.
func (s *assessor) spoken(e *Engine, k int) {
	x := &s.r.doc.Sentences[k]
	for i := 0; i < len(s.names); {
		a := int(s.speaks[s.names[i].First])
		first := i
		for i++; i < len(s.names) && int(s.speaks[s.names[i].First]) == a; i++ {
		}
		if a < 0 || len(s.r.attributions[a].speakers) != 1 || !s.r.entities[s.r.attributions[a].speakers[0]].named {
			continue
		}
		speaker := s.r.attributions[a].speakers[0]
		if slices.ContainsFunc(s.names, func(n judge.Range) bool { return s.entityIn(n) == speaker }) {
			continue
		}
		s.pairing = s.pairing[:0]
		for _, n := range s.names[first:i] {
			s.pairing = append(s.pairing, judge.Pair{A: judge.Range{Last: 1}, B: n.Less(x.First - judge.Lead), Hints: s.reader.SaidHints(n)})
		}
		s.weighed = e.pairing.Judge(s.weighed[:0], s.reader.SeeSaid(s.names...), s.pairing)
		for j, v := range s.weighed {
			n := s.names[first+j]
			if !s.told(k, a, n, v.Against[0], v.For[0]) && v.Polarity < 0 && !v.Reversed && v.Score >= spokenEnough {
				s.say(k, a, n, Negative, v.Score*share)
			}
		}
	}
}

// From these probabilities on, what a speaker says of the subject of a verb makes an edge, "he has failed us": by eye about two in three
// are right. Of others, where the sentence doesn't name the speaker, hardly any are below spokenEnough, which is calibrated.
const (
	actsAgainst  = 0.35
	actsFor      = 0.7
	spokenEnough = 0.8
)

// told makes an edge where the speaker of attribution a is likely to judge the name, which is the subject of a verb.
func (s *assessor) told(sentence, a int, name judge.Range, against, for_ float64) bool {
	switch {
	case !s.acts(name, a) || s.judges(s.entityIn(name)):
		return false
	case against >= actsAgainst:
		s.say(sentence, a, name, Negative, least+(against-actsAgainst)*.4)
	case for_ >= actsFor:
		s.say(sentence, a, name, Positive, least+(for_-actsFor)*.5)
	default:
		return false
	}
	return true
}

// tells makes edges of what one of two names says of the other in the same sentence.
func (s *assessor) tells(sentence int, p *judge.Pair, v *judge.Verdict) {
	x := s.r.doc.Sentences[sentence].First
	for back, n := range [2]judge.Range{p.A, p.B} {
		teller, name := n.Less(-x), [2]judge.Range{p.B, p.A}[back].Less(-x)
		a := int(s.speaks[name.First])
		if a < 0 || s.r.attributions[a].slight {
			continue
		}
		by := s.r.attributions[a].speakers
		if has(by, s.entityIn(teller)) && !has(by, s.entityIn(name)) {
			s.told(sentence, a, name, v.Against[back], v.For[back])
		}
	}
}

// acts says that a name is the subject of a finite verb and begins its clause: not "letters to Lee are", nor "rules that Lee made".
// Where the words of attribution a begin, a clause does.
func (s *assessor) acts(name judge.Range, a int) bool {
	r, i, first := s.r, name.Last, name.First
	if m := s.heads[name.Last-1]; m >= 0 {
		first = min(first, r.mentions[m].first)
	}
	apposed := r.low(first-1) == "," && r.low(i) == ","
	if apposed {
		i++ // "the chairman, Ann Lee, has"
	} else if r.low(first-1) == "the" {
		first--
	}
	for end := min(i+2, len(r.tags)-1); i < end && (r.tags[i] == pos.RB || r.tags[i] == pos.OpenQuote || r.doc.Low(i) == "also"); i++ {
	}
	switch r.tagAt(i) {
	case pos.VBD, pos.VBZ, pos.VBP, pos.MD:
	default:
		return false
	}
	if apposed {
		return true
	}
	lo := r.doc.Sentences[r.doc.Tokens[first].Sentence].First
	for _, c := range r.attributions[a].content {
		if t := r.doc.TokenAt(c.Start); t <= first {
			lo = max(lo, t)
		}
	}
	return s.opens(lo, first)
}

// opens says that a main clause of the words from token lo on begins at token i.
func (s *assessor) opens(lo, i int) bool {
	r := s.r
	if i <= lo+1 {
		return true
	}
	switch r.tagAt(i - 1) {
	case pos.CC, pos.Comma, pos.Colon, pos.OpenQuote, pos.RB:
		return true
	case pos.IN:
		if r.low(i-1) != "that" {
			return false
		}
	case pos.VBP, pos.VBD, pos.VBZ:
	default:
		return false
	}
	for t := i - 1; t > lo; t-- { // "I think that Lee has"
		if r.low(t-1) == "i" || r.low(t-1) == "we" {
			return r.isFinite(t)
		}
		if t < i-3 {
			break
		}
	}
	return false
}

// judges says that a frame of the sentence has the entity for its judge: it is reported, not judged.
func (s *assessor) judges(entity int) bool {
	for _, o := range s.r.stances[s.before:] {
		if o.from == entity {
			return true
		}
	}
	return false
}

// say makes an edge of what the speaker of attribution a thinks of a name.
func (s *assessor) say(sentence, a int, name judge.Range, polarity Polarity, score float64) {
	to := s.partyAt(s.r.span(name.First, name.Last))
	if to.entity < 0 {
		return
	}
	for _, p := range s.speakers(a) {
		if p.entity == to.entity || s.known(p.entity, to.entity) {
			continue
		}
		s.add(sentence, stance{from: p.entity, to: to.entity, fromSpan: p.span, toSpan: to.span, polarity: polarity, voice: Speaker,
			evidence: s.evidence(sentence, name.First, a), attribution: a, score: score})
	}
}

// known says that a frame of the sentence speaks of the two.
func (s *assessor) known(from, to int) bool {
	for _, o := range s.r.stances[s.before:] {
		if o.to == to || o.from == to && o.to == from {
			return true
		}
	}
	return false
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
	if s.known(from.entity, to.entity) {
		return
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
			if !x.slight { // not "Roe questioned Lee's record", which is told
				n.voice, n.attribution = Speaker, at
				n.evidence = s.evidence(sentence, b, at)
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
	if x.form != Name && x.form != Pronoun || x.entity < 0 || len(x.parts) > 0 || !s.r.entities[x.entity].named {
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
