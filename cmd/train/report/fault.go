package main

import (
	"cmp"
	"slices"
)

// The stages at which an answer can be wrong, in the order of the page.
const (
	missedContent    = "missed content"
	spuriousContent  = "spurious content"
	wrongBorders     = "wrong borders"
	missingSource    = "missing source"
	wrongSource      = "wrong source"
	wrongCue         = "wrong cue"
	missedMention    = "missed mention"
	wrongLink        = "wrong link"
	wrongType        = "wrong type"
	missedJudgement  = "missed criticism"
	falseJudgement   = "spurious criticism"
	turnedJudgement  = "reversed criticism"
	twistedJudgement = "wrong polarity"
)

var stages = []struct{ name, note string }{
	{missedContent, "Gold has a quotation that no prediction answers; one that overlaps it answers another. The longest first."},
	{spuriousContent, "A prediction that answers no gold quotation; one that it overlaps is answered by another. The surest first."},
	{wrongBorders, "Paired, but not letter for letter; below one half of overlap it counts as missed and as spurious. The most letters too many or too few first."},
	{missingSource, "The content is right by half or more; gold has a source and the prediction none."},
	{wrongSource, "The content is right by half or more; the sources do not touch, or gold has none."},
	{wrongCue, "The content is right by half or more; gold has a cue and the predicted one does not touch it, or there is none."},
	{missedMention, "No predicted mention ends where this one does or covers half of it. Of the most mentioned first."},
	{wrongLink, "Found, but not with most mentions of its entity (split), or in one with mostly another's (merged)."},
	{wrongType, "A person taken for an organization or the other way round. Once an entity."},
	{missedJudgement, "Gold has criticism or praise, the prediction none."},
	{falseJudgement, "The prediction has criticism or praise where gold says neutral. The surest first."},
	{turnedJudgement, "Right polarity, wrong direction. The surest first."},
	{twistedJudgement, "Criticism taken for praise or the other way round. The surest first."},
}

// fault is one error.
type fault struct {
	stage      string
	kind       string // direct, indirect, mixed; name, pronoun, description; negative, positive
	doc        *document
	weight     float64 // how bad it is beside others of its stage
	note       string  // what is wrong, in a few words
	word       string  // what it hangs on: the cue, the mention
	gold, pred []mark
}

// mark is a span with its part: content, cue, source, mention, …
type mark struct {
	span
	role string
}

func marks(role string, spans []span) []mark {
	out := make([]mark, len(spans))
	for i, s := range spans {
		out[i] = mark{s, role}
	}
	return out
}

// result is all errors and what they are counted against.
type result struct {
	docs    []*document
	faults  []fault
	figures []figure
}

// figure is a total that score.py prints too, so that a reader can see that both count alike.
type figure struct {
	Name             string
	Hit, Pred, Golds int
	RecallOnly       bool // what is predicted beyond gold is not counted
}

func (f figure) Precision() float64 { return float64(f.Hit) / float64(max(1, f.Pred)) }
func (f figure) Recall() float64    { return float64(f.Hit) / float64(max(1, f.Golds)) }
func (f figure) F1() float64        { return 2 * float64(f.Hit) / float64(max(1, f.Pred+f.Golds)) }

// judge finds all errors of all documents, by what gold annotates.
func judge(docs []*document) *result {
	r := &result{docs: docs}
	var quotes, entities, criticisms bool
	for _, d := range docs {
		quotes = quotes || d.gold.Quotes != nil
		entities = entities || d.gold.Entities != nil
		criticisms = criticisms || d.gold.Criticisms != nil
	}
	if quotes {
		r.judgeQuotes()
	}
	if entities {
		r.judgeEntities()
	}
	if criticisms {
		r.judgeCriticisms()
	}
	slices.SortStableFunc(r.faults, func(a, b fault) int { return cmp.Compare(b.weight, a.weight) })
	return r
}

// worst takes n errors, each stage in turn and few of one document first, so that a frequent stage and a bad article hide no others.
func (r *result) worst(n int) map[string][]*fault {
	const few = 3
	of, turn := map[string][]*fault{}, map[*fault]int{}
	for i := range r.faults {
		f := &r.faults[i]
		for _, o := range of[f.stage] {
			if o.doc == f.doc {
				turn[f]++
			}
		}
		of[f.stage] = append(of[f.stage], f)
	}
	for _, all := range of {
		slices.SortStableFunc(all, func(a, b *fault) int { return cmp.Compare(turn[a]/few, turn[b]/few) })
	}
	out := map[string][]*fault{}
	for left := n; left > 0; {
		before := left
		for _, s := range stages {
			if k := len(out[s.name]); k < len(of[s.name]) && left > 0 {
				out[s.name] = append(out[s.name], of[s.name][k])
				left--
			}
		}
		if left == before {
			break
		}
	}
	return out
}
