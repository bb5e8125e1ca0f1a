package ml

import "math"

// step is the size of a stored log-odds unit.
const step = 1.0 / 256

// Tags are the scores of every token of one text: for each head the log-odds of B and of I against O,
// for content and source the log-odds that the cue stands after them. Stored as int16 in steps of 1/256.
type Tags struct {
	n int
	s []int16 // [n, perToken]
}

const perToken = 2*int(numHeads) + 2

func newTags(n int) *Tags { return &Tags{n: n, s: make([]int16, n*perToken)} }

// Len is the number of tokens.
func (t *Tags) Len() int { return t.n }

// set stores the network's outputs for token i.
func (t *Tags) set(i int, out []float32) {
	s := t.s[i*perToken : (i+1)*perToken]
	for h := range int(numHeads) {
		s[2*h], s[2*h+1] = squeeze(out[3*h+1]-out[3*h]), squeeze(out[3*h+2]-out[3*h])
	}
	s[2*int(numHeads)] = squeeze(out[outContentAfter+1] - out[outContentAfter])
	s[2*int(numHeads)+1] = squeeze(out[outSourceAfter+1] - out[outSourceAfter])
}

func squeeze(x float32) int16 {
	return int16(max(-32000, min(32000, math.RoundToEven(float64(x)/step))))
}

// Odds returns the log-odds of B and of I against O for token i.
func (t *Tags) Odds(h Head, i int) (b, in float32) {
	s := t.s[i*perToken+2*int(h):]
	return float32(s[0]) * step, float32(s[1]) * step
}

// Prob returns the probabilities that head h begins at token i, and that it goes on there.
func (t *Tags) Prob(h Head, i int) (b, in float64) {
	x, y := t.Odds(h, i)
	eb, ei := math.Exp(float64(x)), math.Exp(float64(y))
	return eb / (1 + eb + ei), ei / (1 + eb + ei)
}

// CueAfter returns the probability that the cue stands after token i, if i lies in a content (h = Content) or a source (h = Source).
func (t *Tags) CueAfter(h Head, i int) float64 {
	k := 2 * int(numHeads)
	if h == Source {
		k++
	}
	return 1 / (1 + math.Exp(-float64(t.s[i*perToken+k])*step))
}
