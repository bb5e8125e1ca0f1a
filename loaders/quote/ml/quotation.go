package ml

import (
	"sort"

	"saidgraph/loaders/quote/text"
)

// walk goes over the tokens from left to right and knows the quotation marks around each.
type walk struct {
	doc        *text.Doc
	next       int   // first quotation that begins after the token
	open       []int // quotations the token lies in, outermost first
	closed     int   // one past the last closing mark of this paragraph; -1: none
	paragraph  int
	hasMarks   bool // the paragraph has quotations
	tokenLimit int  // one past the paragraph's last token
}

// quoteWalk starts at token from.
func quoteWalk(doc *text.Doc, from int) *walk {
	w := &walk{doc: doc, paragraph: -1, closed: -1}
	if from >= len(doc.Tokens) {
		return w
	}
	first := doc.Sentences[doc.Paragraphs[doc.Sentences[doc.Tokens[from].Sentence].Paragraph].First].First
	w.next = sort.Search(len(doc.Quotations), func(k int) bool { return doc.Quotations[k].First >= first })
	for w.next < len(doc.Quotations) && doc.Quotations[w.next].First < from {
		w.step(doc.Quotations[w.next].First)
	}
	return w
}

// step moves to token i: closes, opens, and notices a new paragraph.
func (w *walk) step(i int) {
	doc := w.doc
	if p := doc.Sentences[doc.Tokens[i].Sentence].Paragraph; p != w.paragraph {
		w.paragraph, w.closed, w.open = p, -1, w.open[:0]
		w.tokenLimit = doc.Sentences[doc.Paragraphs[p].Last-1].Last
		w.hasMarks = w.next < len(doc.Quotations) && doc.Quotations[w.next].First < w.tokenLimit
	}
	for n := len(w.open); n > 0 && doc.Quotations[w.open[n-1]].Last <= i; n-- {
		w.closed = max(w.closed, doc.Quotations[w.open[n-1]].Last)
		w.open = w.open[:n-1]
	}
	for w.next < len(doc.Quotations) && doc.Quotations[w.next].First <= i {
		if q := &doc.Quotations[w.next]; q.Last > i {
			w.open = append(w.open, w.next)
		} else {
			w.closed = max(w.closed, q.Last)
		}
		w.next++
	}
}

// token fills the features that quotation marks decide.
func (w *walk) token(t *token, i int) {
	w.step(i)
	doc := w.doc
	if w.hasMarks {
		t.rows[fPlace] += 16
	}
	if len(w.open) == 0 {
		left, right := int32(7), int32(7)
		if w.closed >= 0 {
			left = min(bucket(i-w.closed), 6)
		}
		if w.next < len(doc.Quotations) && doc.Quotations[w.next].First < w.tokenLimit {
			right = min(bucket(doc.Quotations[w.next].First-1-i), 6)
		}
		t.rows[fQuote], t.rows[fFlags] = 0, 0
		t.rows[fReach] = left*8 + right
		return
	}
	q := &doc.Quotations[w.open[len(w.open)-1]]
	v := int32(min(len(w.open)-1, 1)) * 2
	if q.SingleMark {
		v++
	}
	t.rows[fQuote] = 1 + v*5 + w.role(q, i)
	t.rows[fReach] = 64 + bucket(i-q.First)*8 + bucket(q.Last-1-i)
	t.rows[fFlags] = flag(q.Unclosed || q.Unopened) + 2*flag(q.Continues >= 0) + 4*flag(q.Continued)
}

func flag(b bool) int32 {
	if b {
		return 1
	}
	return 0
}

// role of token i in its quotation: 0 opening mark, 1 first word, 2 inside, 3 last word, 4 closing mark.
func (w *walk) role(q *text.Quotation, i int) int32 {
	tok := &w.doc.Tokens[i]
	switch {
	case tok.Start < q.Inner.Start:
		return 0
	case tok.Start >= q.Inner.End:
		return 4
	case i == q.First || w.doc.Tokens[i-1].Start < q.Inner.Start:
		return 1
	case i == q.Last-1 || w.doc.Tokens[i+1].Start >= q.Inner.End:
		return 3
	}
	return 2
}
