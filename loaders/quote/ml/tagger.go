package ml

import (
	"fmt"
	"strings"
	"sync"

	"saidgraph/loaders/quote/text"
)

// Head is one question that the network answers for each token: outside, begins or goes on (O, B, I).
type Head int

const (
	Content Head = iota // what is said
	Cue                 // the words that report it: "said", "according to"
	Source              // who says it
	numHeads
)

// The network's outputs: three for each head (O, B, I), then two for each side question.
const (
	outContentAfter = 3 * int(numHeads) // the content's cue stands before it, after it
	outSourceAfter  = outContentAfter + 2
	numOutputs      = outSourceAfter + 2
)

// around is how many tokens on each side the convolution looks at.
const around = 2

// Windows of a long text: core tokens each, read with margin tokens more on both sides.
const (
	core   = 1536
	margin = 96
)

// Tagger is a loaded model. It is immutable and safe for concurrent use.
type Tagger struct {
	vocab      *vocabulary
	d          int       // channels
	near       int       // numbers that a token shows its neighbours
	pieces     []int8    // [P, d]
	pieceScale []float32 // [P]
	rows       []int8    // [R, d]
	rowScale   []float32 // [R]
	base       []float32 // [d] what every token begins with
	shown      matrix    // d → near
	conv       matrix    // near of each token around → d
	units      []unit
	out        matrix
	bias       [numHeads]float32
	trans      [numHeads]transitions
	weights    Evidence // of the evidence for an attribution
	fast       bool
	scratch    sync.Pool // *scratch
}

// Load checks the model file b (see format.go) and packs it for this machine. It keeps no reference to b's floats.
// Every error wraps ErrModel.
func Load(b []byte) (*Tagger, error) {
	ts, err := readTensors(b)
	if err != nil {
		return nil, err
	}
	t := &Tagger{fast: accelerated()}
	l := loader{ts: ts}
	_, rows := featureRows()
	t.vocab = newVocabulary(strings.Split(string(ts["vocabulary"].raw), "\n"))
	np := strings.Count(string(ts["vocabulary"].raw), "\n") + 1
	t.d, t.near = len(ts["base"].f), len(ts["shownB"].f)
	if d, wide := t.d, (2*around+1)*t.near; d == 0 || d%(2*group) != 0 || d > longestSum || wide == 0 || t.near%panel != 0 || wide > longestSum {
		return nil, fmt.Errorf("%w: %d channels, %d numbers shown", ErrModel, t.d, t.near)
	}
	t.pieces, t.pieceScale = l.bytes("piece", np, t.d), l.floats("pieceScale", np)
	t.rows, t.rowScale = l.bytes("row", rows, t.d), l.floats("rowScale", rows)
	t.base = l.floats("base", t.d)
	t.shown = l.matrix("shown", t.d, t.near)
	t.conv = l.matrix("conv", (2*around+1)*t.near, t.d)
	for i := 0; l.has(fmt.Sprintf("u%dW", i)); i++ {
		w, b, v := l.floats(fmt.Sprintf("u%dW", i), t.d, 3*t.d), l.floats(fmt.Sprintf("u%dB", i), 3*t.d), l.floats(fmt.Sprintf("v%d", i), 2*t.d)
		if l.err != nil {
			return nil, l.err
		}
		t.units = append(t.units, newUnit(w, b, v, t.d))
	}
	t.out = l.matrix("out", t.d, numOutputs)
	copy(t.bias[:], l.floats("bias", int(numHeads)))
	for i, v := range l.floats("trans", int(numHeads), 2, 3, 3) {
		t.trans[i/18][i/9%2][i/3%3][i%3] = v
	}
	copy(t.weights[:], l.floats("score", int(numEvidence)))
	if l.err != nil {
		return nil, l.err
	}
	t.scratch.New = func() any { return newScratch(t) }
	return t, nil
}

// loader fetches tensors of known shapes; the first that is missing or misshapen stays in err.
type loader struct {
	ts  map[string]tensor
	err error
}

func (l *loader) has(name string) bool { _, ok := l.ts[name]; return ok }

func (l *loader) check(name string, got int, dims []int) {
	n := 1
	for _, d := range dims {
		n *= d
	}
	if got != n && l.err == nil {
		l.err = fmt.Errorf("%w: %s has %d numbers, want %v", ErrModel, name, got, dims)
	}
}

func (l *loader) floats(name string, dims ...int) []float32 {
	f := l.ts[name].f
	l.check(name, len(f), dims)
	return f
}

func (l *loader) bytes(name string, dims ...int) []int8 {
	b := l.ts[name].i8
	l.check(name, len(b), dims)
	return b
}

func (l *loader) matrix(name string, k, n int) matrix {
	w, b := l.floats(name+"W", k, n), l.floats(name+"B", n)
	if l.err != nil {
		return matrix{}
	}
	return pack(w, b, k, n)
}

// scratch is the memory of one window.
type scratch struct {
	f    featurizer
	toks []token
	x    []float32 // [T, d]
	z    []float32 // [around+T+around, near]: rows of zeros stand before and after
	u    []float32 // a tile of a product
	q    rounded   // of x
	qz   rounded   // of z
}

func newScratch(t *Tagger) *scratch {
	const most = core + 2*margin + strip
	return &scratch{f: newFeaturizer(t.vocab), toks: make([]token, most), x: make([]float32, most*t.d),
		z: make([]float32, (most+2*around)*t.near), u: make([]float32, tile*max(t.d*3/2, t.conv.padded, t.out.padded)),
		q: newRounded(most, t.d, t.d), qz: newRounded(most, t.near, t.conv.k)}
}

// Tag scores every token of doc.
func (t *Tagger) Tag(doc *text.Doc) *Tags {
	n := len(doc.Tokens)
	tags := newTags(n)
	s := t.scratch.Get().(*scratch)
	defer t.scratch.Put(s)
	for at := 0; at < n; at += core {
		end := min(n, at+core)
		from, to := max(0, at-margin), min(n, end+margin)
		if n-end < margin { // a short rest goes with this window
			end, to = n, n
		}
		s.f.fill(s.toks, doc, from, to)
		t.forward(s, to-from)
		t.each(&t.out, &s.q, s.u, to-from, func(i int, out []float32) {
			if i += from; at <= i && i < end {
				tags.set(i, out)
			}
		})
		if end == n {
			break
		}
	}
	return tags
}

// forward runs the network over the first n tokens of s, up to its outputs, whose input it leaves in s.q.
func (t *Tagger) forward(s *scratch, n int) {
	t.embed(s, n)
	s.q.set(s.x, n, t.fast)
	clear(s.z[:around*t.near])
	t.each(&t.shown, &s.q, s.u, n, func(i int, y []float32) { copy(s.z[(around+i)*t.near:], y[:t.near]) })
	clear(s.z[(around+n)*t.near : (2*around+rowsUp(n))*t.near])
	s.qz.set(s.z, n, t.fast)
	t.each(&t.conv, &s.qz, s.u, n, func(i int, y []float32) { ramp(s.x[i*t.d:(i+1)*t.d], y, t.fast) })
	for l := range t.units {
		t.units[l].run(s.x, &s.q, s.u, t.d, n, t.fast)
	}
	s.q.set(s.x, n, t.fast)
}

// each calls f with every of the n rows of q×m; u is scratch of one tile.
func (t *Tagger) each(m *matrix, q *rounded, u []float32, n int, f func(i int, y []float32)) {
	for at := 0; at < n; at += tile {
		end := min(at+tile, n)
		m.multiply(u, q, at/strip, rowsUp(end)/strip, t.fast)
		for i := at; i < end; i++ {
			f(i, u[(i-at)*m.padded:(i-at+1)*m.padded])
		}
	}
}

// embed sets what the network knows of each token alone: the mean of its pieces, and its features.
func (t *Tagger) embed(s *scratch, n int) {
	d := t.d
	var terms [maxPieces + int(numFeatures)]Term
	for i := range n {
		tok, k := &s.toks[i], 0
		for _, p := range tok.pieces[:tok.n] {
			terms[k] = NewTerm(t.pieces, d, int(p), t.pieceScale[p]/float32(tok.n))
			k++
		}
		for _, r := range tok.rows {
			terms[k] = NewTerm(t.rows, d, int(r), t.rowScale[r])
			k++
		}
		sum(s.x[i*d:(i+1)*d], t.base, terms[:k], t.fast)
	}
	clear(s.x[n*d : rowsUp(n)*d])
}
