package main

import "fmt"

// judgeCriticisms compares the judgements between gold's pairs of entities: each pair has one class, and
// the surest prediction whose mentions touch the pair's answers it.
func (r *result) judgeCriticisms() {
	right := figure{Name: "pairs of entities"}
	for _, d := range r.docs {
		for _, g := range d.gold.Criticisms {
			right.Golds++
			right.Pred++
			p, same := d.answerTo(g)
			if r.criticism(d, g, p, same) {
				right.Hit++
			}
		}
	}
	r.figures = append(r.figures, right)
}

const neutral = "neutral"

// answerTo is the surest prediction about a pair, nil for none, and whether its direction is gold's.
func (d *document) answerTo(g criticism) (best *criticism, same bool) {
	for i := range d.pred.Criticisms {
		p := &d.pred.Criticisms[i]
		if p.Polarity == neutral || best != nil && score(p.Score) <= score(best.Score) {
			continue
		}
		// The pair's first mention decides where both directions touch, as in score.py.
		first, second := g.Source, g.Target
		if second[0] < first[0] {
			first, second = second, first
		}
		switch {
		case p.Source.overlaps(first) && p.Target.overlaps(second):
			best, same = p, first == g.Source
		case p.Source.overlaps(second) && p.Target.overlaps(first):
			best, same = p, second == g.Source
		}
	}
	return best, same
}

// criticism says whether the answer is right, and writes down how it is not.
func (r *result) criticism(d *document, g criticism, p *criticism, same bool) bool {
	f := fault{doc: d, kind: g.Polarity, gold: []mark{{g.Source, "source"}, {g.Target, "target"}}}
	if p != nil {
		f.weight = score(p.Score)
		f.pred = []mark{{p.Source, "source"}, {p.Target, "target"}}
	}
	switch {
	case p == nil && g.Polarity == neutral, p != nil && p.Polarity == g.Polarity && same:
		return true
	case p == nil:
		f.stage, f.note = missedJudgement, g.Polarity+" of source towards target"
		if g.Polarity == "negative" {
			f.weight = 1
		}
	case g.Polarity == neutral:
		f.stage, f.kind, f.note = falseJudgement, p.Polarity, fmt.Sprintf("%s, score %.2f; gold is neutral", p.Polarity, f.weight)
	case p.Polarity == g.Polarity:
		f.stage, f.note = turnedJudgement, fmt.Sprintf("%s, score %.2f", g.Polarity, f.weight)
	default:
		f.stage, f.note = twistedJudgement, fmt.Sprintf("gold %s, predicted %s, score %.2f", g.Polarity, p.Polarity, f.weight)
	}
	r.faults = append(r.faults, f)
	return false
}
