package main

import (
	"fmt"
	"strings"
)

// judgeQuotes compares the quotations of all documents.
func (r *result) judgeQuotes() {
	content, exact, e2e := figure{Name: "content"}, figure{Name: "exact"}, figure{Name: "quote and source"}
	for _, d := range r.docs {
		gold, goldLetters := d.quotations(d.gold.Quotes)
		pred, predLetters := d.quotations(d.pred.Quotes)
		for _, f := range []*figure{&content, &exact, &e2e} {
			f.Golds += len(gold)
			f.Pred += len(pred)
		}
		golds, preds := make([]bool, len(gold)), make([]bool, len(pred))
		for _, p := range pairUp(goldLetters, predLetters) {
			golds[p.gold], preds[p.pred] = true, true
			g, q := gold[p.gold], pred[p.pred]
			if p.jaccard < 1 {
				r.borders(d, g, q, goldLetters[p.gold], predLetters[p.pred], p.jaccard)
			} else {
				exact.Hit++
			}
			if p.jaccard >= 0.5 {
				content.Hit++
				if r.sources(d, g, q) {
					e2e.Hit++
				}
				r.cues(d, g, q)
			}
		}
		for i, found := range golds {
			if !found {
				other, note := nearest(goldLetters[i], pred, predLetters, "no prediction near", "the prediction that overlaps it answers another")
				r.add(d, missedContent, gold[i].Kind, float64(len(goldLetters[i])), note, gold[i], other)
			}
		}
		for i, found := range preds {
			if !found {
				other, note := nearest(predLetters[i], gold, goldLetters, "nothing in gold near", "the gold quotation that it overlaps is answered by another")
				r.add(d, spuriousContent, pred[i].Kind, score(pred[i].Score), fmt.Sprintf("%s, score %.2f", note, score(pred[i].Score)), other, pred[i])
				r.last().word = d.join(pred[i].Cue)
			}
		}
	}
	r.figures = append(r.figures, exact, content, e2e)
}

// nearest is the quotation that shares most letters with set, nil and the first note where none shares any.
func nearest(set []int, of []*quotation, letters [][]int, none, some string) (best *quotation, note string) {
	most, note := 0, none
	for i, l := range letters {
		if n := shared(set, l); n > most {
			best, most, note = of[i], n, some
		}
	}
	return best, note
}

// quotations are those that hold a letter, and their letters.
func (d *document) quotations(in []quotation) (out []*quotation, letters [][]int) {
	for i := range in {
		if l := d.letters(in[i].Content, true); len(l) > 0 {
			out, letters = append(out, &in[i]), append(letters, l)
		}
	}
	return out, letters
}

// add writes an error down; its word is the cue, gold's where it has one.
func (r *result) add(d *document, stage, kind string, weight float64, note string, gold, pred *quotation) {
	f := fault{stage: stage, kind: kind, doc: d, weight: weight, note: note}
	for _, q := range []*quotation{pred, gold} {
		if q != nil {
			f.word = d.join(q.Cue)
		}
	}
	f.gold, f.pred = gold.marks(), pred.marks()
	r.faults = append(r.faults, f)
}

func (q *quotation) marks() []mark {
	if q == nil {
		return nil
	}
	return append(append(marks("content", q.Content), marks("cue", q.Cue)...), marks("source", q.Source)...)
}

// join is the words of spans in lower case.
func (d *document) join(spans []span) string {
	var parts []string
	for _, s := range spans {
		parts = append(parts, d.cut(s))
	}
	return strings.ToLower(strings.Join(parts, " … "))
}

func (r *result) borders(d *document, g, q *quotation, gold, pred []int, jaccard float64) {
	both := shared(gold, pred)
	var what []string
	edge := func(here, there int, early, late string) {
		if here < there {
			what = append(what, early)
		} else if here > there {
			what = append(what, late)
		}
	}
	edge(pred[0], gold[0], "begins too early", "begins too late")
	edge(pred[len(pred)-1], gold[len(gold)-1], "ends too early", "ends too late")
	if len(what) == 0 {
		what = append(what, "differs in the middle")
	}
	note := fmt.Sprintf("%s: %d letters too many, %d missing, overlap %.2f", strings.Join(what, ", "), len(pred)-both, len(gold)-both, jaccard)
	r.add(d, wrongBorders, g.Kind, float64(len(pred)+len(gold)-2*both), note, g, q)
	r.faults[len(r.faults)-1].word = strings.Join(what, ", ")
}

// sameSource says whether the sources share a letter, or neither has one.
func (d *document) sameSource(g, q *quotation) bool {
	a, b := d.letters(g.Source, false), d.letters(q.Source, false)
	return len(a) == 0 && len(b) == 0 || shared(a, b) > 0
}

// sources says whether the sources agree, and writes down how they don't.
func (r *result) sources(d *document, g, q *quotation) bool {
	switch {
	case d.sameSource(g, q):
		return true
	case len(d.letters(q.Source, false)) == 0:
		r.add(d, missingSource, g.Kind, score(q.Score), "no source predicted", g, q)
	case len(d.letters(g.Source, false)) == 0:
		r.add(d, wrongSource, g.Kind, score(q.Score), "gold has no source", g, q)
	default:
		r.add(d, wrongSource, g.Kind, score(q.Score), fmt.Sprintf("score %.2f", score(q.Score)), g, q)
	}
	return false
}

func (r *result) cues(d *document, g, q *quotation) {
	a, b := d.letters(g.Cue, false), d.letters(q.Cue, false)
	switch {
	case len(a) == 0 || shared(a, b) > 0:
	case len(b) == 0:
		r.add(d, wrongCue, g.Kind, score(q.Score), "no cue predicted", g, q)
	default:
		r.add(d, wrongCue, g.Kind, score(q.Score), fmt.Sprintf("score %.2f", score(q.Score)), g, q)
	}
}
