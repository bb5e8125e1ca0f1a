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
	Content           Head = iota // what is said
	Cue                           // the words that report it: "said", "according to"
	Source                        // who says it
	PersonOuter                   // mentions of people that lie in no other mention of a person
	PersonInner                   // mentions of people that hold no other mention of a person
	OrganizationOuter             // likewise for organizations
	OrganizationInner
	numHeads
)

// The network's outputs: three for each head (O, B, I), then two for each side question.
const (
	outContentAfter = 3 * int(numHeads) // the content's cue stands before it, after it
	outSourceAfter  = outContentAfter + 2
	numOutputs      = outSourceAfter + 2
)

// Windows of a long text: core tokens each, read with margin tokens more on both sides.
const (
	core   = 1536
	margin = 96
)

// layer is one bidirectional simple recurrent unit.
type layer struct {
	w matrix    // candidate, forget, reset of d channels each
	v []float32 // forget, reset
}

// Tagger is a loaded model. It is immutable and safe for concurrent use.
type Tagger struct {
	vocab      *vocabulary
	d          int       // channels
	dims       int       // numbers of a piece's vector
	pieces     []int8    // [P, dims]
	pieceScale []float32 // [P]
	rows       []int8    // [R, d]
	rowScale   []float32 // [R]
	input      matrix
	conv       matrix
	layers     []layer
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
	if p := ts["piece"].dims; len(p) == 2 {
		t.dims = p[1]
	}
	if r := ts["row"].dims; len(r) == 2 {
		t.d = r[1]
	}
	if t.d <= 0 || t.d%(2*group) != 0 || t.dims <= 0 || t.dims%panel != 0 || 3*t.d > longestSum || t.dims > longestSum {
		return nil, fmt.Errorf("%w: %d channels, %d numbers a piece", ErrModel, t.d, t.dims)
	}
	t.pieces, t.pieceScale = l.bytes("piece", np, t.dims), l.floats("pieceScale", np)
	t.rows, t.rowScale = l.bytes("row", rows, t.d), l.floats("rowScale", rows)
	t.input = l.matrix("input", t.dims, t.d)
	t.conv = l.matrix("conv", 3*t.d, t.d)
	for i := 0; l.has(fmt.Sprintf("u%dW", i)); i++ {
		t.layers = append(t.layers, layer{l.matrix(fmt.Sprintf("u%d", i), t.d, 3*t.d), l.floats(fmt.Sprintf("v%d", i), 2*t.d)})
	}
	t.out = l.matrix("out", t.d, numOutputs)
	copy(t.bias[:], l.floats("bias", int(numHeads)))
	for i, v := range l.floats("trans", int(numHeads), 2, 3, 3) {
		t.trans[i/18][i/9%2][i/3%3][i%3] = v
	}
	if l.has("score") {
		copy(t.weights[:], l.floats("score", int(numEvidence)))
	}
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
	vec  []float32 // [T, dims] mean piece vectors
	x    []float32 // [1+T+1, d]: a row of zeros stands before and after
	y    []float32 // [T, d]
	u    []float32 // [T, 3d]
	out  []float32 // [T, padded outputs]
	tmp  []int16   // a block of rounded inputs
}

func newScratch(t *Tagger) *scratch {
	const most = core + 2*margin + strip
	return &scratch{f: newFeaturizer(t.vocab), toks: make([]token, most),
		vec: make([]float32, most*t.dims), x: make([]float32, (most+2)*t.d), y: make([]float32, most*t.d),
		u: make([]float32, most*3*t.d), out: make([]float32, most*t.out.padded),
		tmp: make([]int16, block*((strip-1)*t.d+3*t.d+strip*t.dims))}
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
		for i := at; i < end; i++ {
			tags.set(i, s.out[(i-from)*t.out.padded:])
		}
		if end == n {
			break
		}
	}
	return tags
}

// forward runs the network over the first n tokens of s.
func (t *Tagger) forward(s *scratch, n int) {
	d := t.d
	x := s.x[d:]
	clear(s.x[:d])
	t.embed(s, n)
	t.input.multiply(s.y, s.vec, t.dims, n, s.tmp, t.fast)
	for i := range n {
		row := x[i*d : (i+1)*d]
		copy(row, s.y[i*d:(i+1)*d])
		for _, r := range s.toks[i].rows {
			t.add(row, t.rows[int(r)*d:int(r+1)*d], t.rowScale[r])
		}
	}
	clear(x[n*d : (rowsUp(n)+1)*d])
	t.conv.multiply(s.y, s.x, d, n, s.tmp, t.fast)
	for i, y := range s.y[:n*d] {
		if y > 0 {
			x[i] += y
		}
	}
	for l := range t.layers {
		t.layers[l].w.multiply(s.u, x, d, n, s.tmp, t.fast)
		scan(s.u, x, t.d, n, t.layers[l].v, t.fast)
	}
	t.out.multiply(s.out, x, d, n, s.tmp, t.fast)
}

// embed sets the mean vector of each token's pieces.
func (t *Tagger) embed(s *scratch, n int) {
	clear(s.vec[:rowsUp(n)*t.dims])
	for i := range n {
		tok, row := &s.toks[i], s.vec[i*t.dims:(i+1)*t.dims]
		for _, p := range tok.pieces[:tok.n] {
			t.add(row, t.pieces[int(p)*t.dims:int(p+1)*t.dims], t.pieceScale[p]/float32(tok.n))
		}
	}
}

// add adds scale × w to x, as many numbers as w has.
func (t *Tagger) add(x []float32, w []int8, scale float32) { axpy(x, w, scale, t.fast) }

func axpy(x []float32, w []int8, scale float32, fast bool) {
	if fast {
		axpyAVX2(&x[0], &w[0], len(w), scale)
		return
	}
	for i, v := range w {
		x[i] += scale * float32(v)
	}
}

// scan runs one layer's recurrence over n tokens in place: the first half of the channels
// from left to right, the other from right to left.
func scan(u, x []float32, d, n int, v []float32, fast bool) {
	for ch := 0; ch < d; ch += group {
		back := ch >= d/2
		switch {
		case !fast:
			scanGo(u[ch:], x[ch:], d, n, v[ch:], back)
		case back:
			last := n - 1
			scanAVX2(&u[last*3*d+ch], &x[last*d+ch], -12*d, -4*d, 4*d, n, &v[ch], &v[d+ch])
		default:
			scanAVX2(&u[ch], &x[ch], 12*d, 4*d, 4*d, n, &v[ch], &v[d+ch])
		}
	}
}
