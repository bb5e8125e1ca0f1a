package ml

import "saidgraph/loaders/quote/text"

// run is a stretch of tokens that one head marks.
type run struct {
	first, last int     // tokens, half-open
	score       float64 // mean probability of its tokens being in a span, 0..1
}

func (r run) len() int { return r.last - r.first }

// gap is the number of tokens between two runs; 0 where they touch or overlap.
func gap(a, b run) int {
	switch {
	case a.last <= b.first:
		return b.first - a.last
	case b.last <= a.first:
		return a.first - b.last
	}
	return 0
}

// span is the run's bytes.
func (r run) span(doc *text.Doc) text.Span {
	return text.Span{Start: doc.Tokens[r.first].Start, End: doc.Tokens[r.last-1].End}
}

// Options of decoding. The zero value is the model's own.
type Options struct {
	Bias [numHeads]float32 // added to the log-odds of B and I: above 0 finds more, below 0 is more careful
}

// inner is 1 for every token that lies, with the one before it, in the same outermost quotation, marks included.
func inner(doc *text.Doc) []uint8 {
	in := make([]uint8, len(doc.Tokens))
	for k := range doc.Quotations {
		q := &doc.Quotations[k]
		if q.Depth > 0 || q.Unclosed || q.Unopened {
			continue
		}
		for i := q.First + 1; i < min(q.Last, len(in)); i++ {
			in[i] = 1
		}
	}
	return in
}

// transitions are the learned log-scores of going from one of O, B, I to another:
// [1] between two tokens of one quotation, [0] elsewhere. I never follows O.
type transitions [2][3][3]float32

// spans finds the best sequence of O, B and I for head h (Viterbi) and returns its runs.
func (t *Tags) spans(h Head, bias float32, tr *transitions, mid []uint8) []run {
	const never = -1e9
	if t.n == 0 {
		return nil
	}
	back := make([]uint8, t.n) // two bits for each state: where it came from
	s := [3]float32{0, 0, never}
	for i := range t.n {
		b, in := t.Odds(h, i)
		n := s
		if i > 0 {
			back[i] = advance(&n, &s, &tr[mid[i]])
		}
		n[1] += b + bias
		n[2] += in + bias
		s = n
	}
	state := 0
	for k, v := range s {
		if v > s[state] {
			state = k
		}
	}
	return t.trace(h, back, state)
}

// advance sets n to the best scores of each state after s, and returns where each came from.
func advance(n, s *[3]float32, tr *[3][3]float32) (from uint8) {
	for to := range 3 {
		best, at := s[1]+tr[1][to], uint8(1)
		if v := s[2] + tr[2][to]; v > best {
			best, at = v, 2
		}
		if v := s[0] + tr[0][to]; to != 2 && v >= best {
			best, at = v, 0
		}
		n[to] = best
		from |= at << (2 * to)
	}
	return from
}

// trace follows the Viterbi pointers back from state and collects the runs in order.
func (t *Tags) trace(h Head, back []uint8, state int) []run {
	var out []run
	end, sum := -1, 0.0
	for i := t.n - 1; i >= 0; i-- {
		if state != 0 {
			if end < 0 {
				end, sum = i+1, 0
			}
			b, in := t.Prob(h, i)
			sum += b + in
			if state == 1 {
				out = append(out, run{i, end, sum / float64(end-i)})
				end = -1
			}
		}
		state = int(back[i]>>(2*state)) & 3
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}
