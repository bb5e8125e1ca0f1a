package ml

import (
	"math"
	"slices"

	"saidgraph/loaders/quote/text"
)

// Attribution is what the network alone makes of one report: somebody's words or thoughts, how and by whom.
type Attribution struct {
	Content []text.Span // in text order; several where the cue interrupts it; never empty
	Cue     []text.Span // at most one
	Source  []text.Span // at most one; empty where none is named within reach
	Score   float64     // 0..1, calibrated on polnear.dev: how likely content and source are right

	Evidence Evidence // what Score comes from
}

// Evidence is what speaks for an attribution: of each span the log-odds of its mean probability, of its length, of
// its sharpest borders. Cue and source count 0 where they are missing.
type Evidence [numEvidence]float32

const (
	eContent  = iota // log-odds of the mean probability of the content's tokens, the least of its parts
	eBegin           // log-odds that the content begins where it does
	eEnd             // log-odds that it ends where it does
	eCue             // log-odds of the cue's mean probability
	eNoCue           // 1 without a cue
	eSource          // log-odds of the source's mean probability
	eNoSource        // 1 without a source
	eLength          // log of the content's number of tokens
	eQuoted          // share of the content's tokens inside quotation marks
	eOne             // 1
	numEvidence
)

// Decode turns scores into attributions, in order of their first content.
//
// Content, cue and source spans are decoded each by itself, contents preferring the borders of quotations.
// Each content takes the cue that is nearest in its paragraph, on the side where the network expects it;
// contents with one cue are one attribution; a cue takes its nearest source likewise. Gold spans linked this way
// score exact 0.977, content 0.990 and content with source 0.953 on polnear.dev: the spans are the task.
func (t *Tagger) Decode(doc *text.Doc, tags *Tags, o Options) []Attribution {
	mid := inner(doc)
	l := linker{doc: doc, tags: tags, mid: mid, weights: &t.weights,
		contents: t.spans(tags, Content, o, mid), cues: t.spans(tags, Cue, o, mid), sources: t.spans(tags, Source, o, mid)}
	return l.link()
}

func (t *Tagger) spans(tags *Tags, h Head, o Options, mid []uint8) []run {
	return tags.spans(h, t.bias[h]+o.Bias[h], &t.trans[h], mid)
}

// linker holds the decoded runs of one text.
type linker struct {
	doc                     *text.Doc
	tags                    *Tags
	mid                     []uint8 // inside a quotation
	weights                 *Evidence
	contents, cues, sources []run
}

// The costs of a link, in tokens of distance, but for the last.
const (
	overSentence = 6.0  // for each sentence border between the two
	wrongSide    = 12.0 // at the full probability that the other side is right
	inside       = 20.0 // the cue lies within the content
	maxReach     = 60   // a link that costs more is none
	weaker       = 3.0  // in log-odds; exact F1 .568 → .580 on polnear.dev
)

func (l *linker) sentence(i int) int  { return l.doc.Tokens[i].Sentence }
func (l *linker) paragraph(i int) int { return l.doc.Sentences[l.sentence(i)].Paragraph }

// after is the mean probability that r's cue stands after it.
func (l *linker) after(h Head, r run) float64 {
	p := 0.0
	for i := r.first; i < r.last; i++ {
		p += l.tags.CueAfter(h, i)
	}
	return p / float64(r.len())
}

// cost of linking the run r of head h, whose cue is expected after it with probability after, to the cue.
func (l *linker) cost(r, cue run, after float64) float64 {
	c := float64(gap(r, cue))
	borders := 0
	switch {
	case cue.first >= r.last:
		borders = l.sentence(cue.first) - l.sentence(r.last-1)
		c += wrongSide * (1 - after)
	case cue.last <= r.first:
		borders = l.sentence(r.first) - l.sentence(cue.last-1)
		c += wrongSide * after
	default:
		c += inside
	}
	return c + float64(borders)*overSentence
}

// nearest returns the cheapest of runs in the paragraph of r by cost; -1 where none is in reach. A link costs its
// distance or more, so only runs that near are looked at: a paragraph may be the whole text.
func (l *linker) nearest(r run, runs []run, cost func(run) float64) int {
	best, at := float64(maxReach), -1
	p := l.paragraph(r.first)
	start, _ := slices.BinarySearchFunc(runs, r.first-maxReach, func(x run, at int) int { return x.last - at })
	for k := start; k < len(runs) && runs[k].first <= r.last+maxReach; k++ {
		if l.paragraph(runs[k].first) != p {
			continue
		}
		if c := cost(runs[k]); c < best {
			best, at = c, k
		}
	}
	return at
}

func (l *linker) link() []Attribution {
	var out []Attribution
	byCue := make(map[int]int) // cue → attribution
	for _, c := range l.contents {
		after := l.after(Content, c)
		cue := l.nearest(c, l.cues, func(u run) float64 { return l.cost(c, u, after) })
		e := l.evidence(c)
		if at, ok := byCue[cue]; ok && cue >= 0 {
			out[at].add(c.span(l.doc), &e)
			continue
		}
		a := Attribution{Content: []text.Span{c.span(l.doc)}, Evidence: e}
		source := -1
		if cue >= 0 {
			byCue[cue] = len(out)
			a.Cue = []text.Span{l.cues[cue].span(l.doc)}
			a.Evidence[eCue], a.Evidence[eNoCue] = logit(l.cues[cue].score), 0
			source = l.source(l.cues[cue])
		} else {
			source = l.nearest(c, l.sources, func(s run) float64 { return l.cost(s, c, .5) })
		}
		if source >= 0 {
			a.Source = []text.Span{l.sources[source].span(l.doc)}
			a.Evidence[eSource], a.Evidence[eNoSource] = logit(l.sources[source].score), 0
		}
		out = append(out, a)
	}
	for i := range out {
		out[i].Score = l.score(&out[i].Evidence)
	}
	return out
}

// evidence of a content alone.
func (l *linker) evidence(c run) (e Evidence) {
	b, _ := l.tags.Prob(Content, c.first)
	e[eBegin] = logit(b)
	if c.last < l.tags.Len() {
		_, in := l.tags.Prob(Content, c.last)
		e[eEnd] = logit(1 - in)
	} else {
		e[eEnd] = logit(1)
	}
	quoted := 0
	for i := c.first; i < c.last; i++ {
		quoted += int(l.mid[i])
	}
	e[eContent], e[eLength] = logit(c.score), float32(math.Log(float64(c.len())))
	e[eQuoted] = float32(quoted) / float32(c.len())
	e[eNoCue], e[eNoSource], e[eOne] = 1, 1, 1
	return e
}

// add joins a further part to the content, unless one of the two is so much weaker that it is none.
func (a *Attribution) add(s text.Span, e *Evidence) {
	switch d := e[eContent] - a.Evidence[eContent]; {
	case d < -weaker:
	case d > weaker:
		a.Content = append(a.Content[:0], s)
		for _, k := range []int{eContent, eBegin, eEnd, eLength, eQuoted} {
			a.Evidence[k] = e[k]
		}
	default:
		a.Content = append(a.Content, s)
		a.Evidence.join(e)
	}
}

// join adds what speaks for a further part of the same content.
func (e *Evidence) join(o *Evidence) {
	for _, k := range []int{eContent, eBegin, eEnd} {
		e[k] = min(e[k], o[k])
	}
	e[eLength] = float32(math.Log(math.Exp(float64(e[eLength])) + math.Exp(float64(o[eLength]))))
	e[eQuoted] = max(e[eQuoted], o[eQuoted])
}

// logit is the log-odds of p, within ±7.
func logit(p float64) float32 {
	p = max(.001, min(.999, p))
	return float32(math.Log(p / (1 - p)))
}

// score is the logistic regression of the evidence.
func (l *linker) score(e *Evidence) float64 {
	var z float64
	for i, v := range e {
		z += float64(v) * float64(l.weights[i])
	}
	return 1 / (1 + math.Exp(-z))
}

// source is the index of the cue's source; -1: none.
func (l *linker) source(cue run) int {
	return l.nearest(cue, l.sources, func(s run) float64 { return l.cost(s, cue, l.after(Source, s)) })
}
