package judge

import (
	"fmt"
	"math"
	"sync"

	"saidgraph/loaders/quote/flat"
	"saidgraph/loaders/quote/ml"
)

// Net reads a sentence once and weighs any two of its names: a convolution and a recurrent layer over all tokens, then for each
// pair a second recurrent layer that knows where the two stand, pooled into the five classes of [Verdict]. It is immutable and
// safe for concurrent use.
//
// # File
//
// A frame of package flat, magic "sgpn", little-endian, with W words, V numbers a word, D channels, H numbers of the last layer but one, R rows
// ([Sight]) and P places ([place]), float32 unless said otherwise:
//
//	u32 W, V, D, H, R, P
//	u32 × W            keys of the words, ascending
//	(3+W) × V i8       vectors: a name's, a number's, an unknown word's, then those of the keys; and 3+W scales: value = i8 × scale
//	R × D, P × D       what each row and each place adds
//	V × D + D          input; 3D × D + D: convolution over previous, this, next token
//	D × 3D + 3D + 2D   first recurrent layer: candidate, forget, reset; then its forget and reset state weights
//	D × 3D + 3D + 2D   second
//	(4D+16) × H + H    pooled layer: most of all tokens, means of both names, most from one name to the other, hints
//	H × 5 + 5          classes
//	6                  calibration: slope, offset, what the classes 1 to 4 are raised by before the best is taken
type Net struct {
	table                 []entryOf
	mask                  uint32
	v, d, h               int
	words                 []int8
	scale                 []float32
	rows, place           []float32
	places                []float32 // what each place adds to the second layer's input: P × 3D
	input, conv, one, two ml.Dense
	up, out               ml.Dense
	oneV, twoV            []float32
	slope, offset         float64
	raise                 [classes]float64
	scratch               sync.Pool // *netScratch
}

// entryOf is a word's row; 0 marks a free place.
type entryOf struct{ key, row uint32 }

const (
	netMagic   = "sgpn"
	netVersion = 1
	classes    = 5
	specials   = 3 // words before those of the table: name, number, unknown
	hints      = 16
	zones      = 5
	steps      = 8
	mostPairs  = mostNames * (mostNames - 1) / 2
)

// LoadNet checks the file b and packs it for this machine.
func LoadNet(b []byte) (*Net, error) {
	p, err := flat.Open(netMagic, netVersion, b)
	if err != nil {
		return nil, err
	}
	r := flat.NewReader(p)
	dims := r.U32s(6)
	if dims == nil {
		return nil, fmt.Errorf("%s model: no header", netMagic)
	}
	words, v, d, h := int(dims[0]), int(dims[1]), int(dims[2]), int(dims[3])
	if words > len(p)/4 || v == 0 || v%16 != 0 || v > 512 || d == 0 || d%32 != 0 || d > 160 || h == 0 || h%16 != 0 || h > 512 || 4*d+hints > 512 || int(dims[4]) != rowCount() || dims[5] != zones*steps {
		return nil, fmt.Errorf("%s model: sizes %d are not this program's", netMagic, dims)
	}
	n := &Net{v: v, d: d, h: h}
	n.index(r.U32s(words))
	raw := r.Bytes((specials + words) * v)
	n.words = make([]int8, len(raw))
	for i, x := range raw {
		n.words[i] = int8(x)
	}
	g := floats{r}
	n.scale = g.take(specials + words)
	n.rows, n.place = g.take(rowCount()*d), g.take(zones*steps*d)
	n.input, n.conv = g.dense(v, d), g.dense(3*d, d)
	n.one, n.oneV = g.dense(d, 3*d), g.take(2*d)
	w := g.take(d * 3 * d)
	n.two, n.twoV = ml.NewDense(w, g.take(3*d), d, 3*d), g.take(2*d)
	n.up, n.out = g.dense(4*d+hints, h), g.dense(h, classes)
	c := g.take(2 + classes - 1)
	if err := r.Err(); err != nil {
		return nil, fmt.Errorf("%s model: %w", netMagic, err)
	}
	n.slope, n.offset = float64(c[0]), float64(c[1])
	for i := range n.raise[1:] {
		n.raise[i+1] = float64(c[2+i])
	}
	n.spread(w)
	n.scratch.New = func() any { return newNetScratch(n) }
	return n, nil
}

// floats takes float32s off a payload; past its end they are zeros, and the reader's Err tells.
type floats struct{ r *flat.Reader }

func (f floats) take(n int) []float32 {
	out := make([]float32, n)
	for i, u := range f.r.U32s(n) {
		out[i] = math.Float32frombits(u)
	}
	return out
}

func (f floats) dense(k, n int) ml.Dense {
	w := f.take(k * n)
	return ml.NewDense(w, f.take(n), k, n)
}

func (n *Net) index(keys []uint32) {
	size := 1024
	for size < 2*len(keys) {
		size *= 2
	}
	n.table, n.mask = make([]entryOf, size), uint32(size-1)
	for i, k := range keys {
		at := k & n.mask
		for n.table[at].row != 0 {
			at = (at + 1) & n.mask
		}
		n.table[at] = entryOf{k, uint32(specials + i)}
	}
}

// row is the row of the vectors for a word's key.
func (n *Net) row(key uint32) int {
	switch key {
	case nameKey:
		return 0
	case numberKey:
		return 1
	}
	for at := key & n.mask; n.table[at].row != 0; at = (at + 1) & n.mask {
		if n.table[at].key == key {
			return int(n.table[at].row)
		}
	}
	return 2
}

// spread multiplies each place with the second layer's weights w once, since places are few and tokens many.
func (n *Net) spread(w []float32) {
	d := n.d
	n.places = make([]float32, zones*steps*3*d)
	for p := range zones * steps {
		out := n.places[p*3*d : (p+1)*3*d]
		for i, x := range n.place[p*d : (p+1)*d] {
			for j, y := range w[i*3*d : (i+1)*3*d] {
				out[j] += x * y
			}
		}
	}
}

// netScratch is the memory of one sentence.
type netScratch struct {
	vec  []float32 // [T, v]
	x    []float32 // [1+T+1, d]
	y    []float32 // [T, d]: after the convolution; then the second layer's states of one pair
	u    []float32 // [T, 3d]
	base []float32 // [T, 3d]: what the second layer makes of the first, before places
	pool []float32 // [pairs, 4d+hints]
	deep []float32 // [pairs, h]
	out  []float32 // [pairs, padded classes]
	tmp  []int16
}

func newNetScratch(n *Net) *netScratch {
	t, m, k := ml.Rows(longest), ml.Rows(mostPairs), 4*n.d+hints
	tmp := max(n.input.Scratch(n.v), n.conv.Scratch(n.d), n.one.Scratch(n.d), n.up.Scratch(k), n.out.Scratch(n.h))
	return &netScratch{vec: make([]float32, t*n.v), x: make([]float32, (t+2)*n.d), y: make([]float32, t*n.d), u: make([]float32, t*3*n.d), base: make([]float32, t*3*n.d),
		pool: make([]float32, m*k), deep: make([]float32, m*n.up.Width()), out: make([]float32, m*n.out.Width()), tmp: make([]int16, tmp)}
}

// Pair is two names of a sentence, tokens counted from its first; A stands first.
type Pair struct {
	A, B  Range
	Hints Hints
}

// Judge weighs pairs, at most 45, of the sentence that Reader.See described, and appends a verdict for each.
func (n *Net) Judge(out []Verdict, sentence []Sight, pairs []Pair) []Verdict {
	for _, z := range n.odds(sentence, pairs) {
		out = append(out, n.verdict(z))
	}
	return out
}

// odds is each pair's unnormalised log-probabilities.
func (n *Net) odds(sentence []Sight, pairs []Pair) [][classes]float64 {
	t := len(sentence)
	if t == 0 || t > longest || len(pairs) == 0 || len(pairs) > mostPairs {
		return nil
	}
	s := n.scratch.Get().(*netScratch)
	defer n.scratch.Put(s)
	n.read(s, sentence)
	k := 4*n.d + hints
	for i, p := range pairs {
		n.weigh(s, s.pool[i*k:(i+1)*k], t, p)
	}
	n.up.Multiply(s.deep, s.pool, k, len(pairs), s.tmp)
	for i, v := range s.deep[:len(pairs)*n.up.Width()] {
		s.deep[i] = max(v, 0)
	}
	n.out.Multiply(s.out, s.deep, n.h, len(pairs), s.tmp)
	z := make([][classes]float64, len(pairs))
	for i := range z {
		for c := range z[i] {
			z[i][c] = float64(s.out[i*n.out.Width()+c])
		}
	}
	return z
}

// read runs what all pairs of the sentence share.
func (n *Net) read(s *netScratch, sentence []Sight) {
	d, t := n.d, len(sentence)
	clear(s.vec[:ml.Rows(t)*n.v])
	for i, w := range sentence {
		r := n.row(w.Word)
		ml.AddBytes(s.vec[i*n.v:(i+1)*n.v], n.words[r*n.v:(r+1)*n.v], n.scale[r])
	}
	n.input.Multiply(s.y, s.vec, n.v, t, s.tmp)
	x := s.x[d:]
	clear(s.x[:d])
	for i, w := range sentence {
		row := x[i*d : (i+1)*d]
		copy(row, s.y[i*d:])
		for _, r := range w.Rows {
			for j, v := range n.rows[int(r)*d : (int(r)+1)*d] {
				row[j] += v
			}
		}
	}
	clear(x[t*d : (ml.Rows(t)+1)*d])
	n.conv.Multiply(s.y, s.x, d, t, s.tmp)
	for i, v := range s.y[:t*d] {
		if v > 0 {
			x[i] += v
		}
	}
	n.one.Multiply(s.u, x, d, t, s.tmp)
	ml.Scan(s.u, x, d, t, n.oneV)
	n.two.Multiply(s.base, x, d, t, s.tmp)
}

// weigh runs the second layer for one pair and pools it into out.
func (n *Net) weigh(s *netScratch, out []float32, t int, p Pair) {
	d := n.d
	for i := range t {
		at := place(i, p.A, p.B)
		add(s.u[i*3*d:(i+1)*3*d], s.base[i*3*d:(i+1)*3*d], n.places[at*3*d:(at+1)*3*d])
		add(s.y[i*d:(i+1)*d], s.x[(i+1)*d:(i+2)*d], n.place[at*d:(at+1)*d])
	}
	ml.Scan(s.u, s.y, d, t, n.twoV)
	most(out[:d], s.y, 0, t)
	mean(out[d:2*d], s.y, p.A.First, p.A.Last)
	mean(out[2*d:3*d], s.y, p.B.First, p.B.Last)
	most(out[3*d:4*d], s.y, p.A.First, p.B.Last)
	for i := range hints {
		out[4*d+i] = float32(p.Hints >> i & 1)
	}
}

// place is where token i stands to the names a and b, and how far from the nearer.
func place(i int, a, b Range) int {
	switch {
	case i < a.First:
		return far(a.First - i)
	case i < a.Last:
		return steps
	case i < b.First:
		return 2*steps + far(min(i-a.Last+1, b.First-i))
	case i < b.Last:
		return 3 * steps
	}
	return 4*steps + far(i-b.Last+1)
}

func far(n int) int {
	switch {
	case n < 4:
		return n
	case n < 6:
		return 4
	case n < 10:
		return 5
	case n < 20:
		return 6
	}
	return 7
}

func add(out, a, b []float32) {
	a, b = a[:len(out)], b[:len(out)]
	for i := range out {
		out[i] = a[i] + b[i]
	}
}

// most is the largest number of each channel over the tokens [first, last) of x.
func most(out, x []float32, first, last int) {
	d := len(out)
	copy(out, x[first*d:])
	for i := first + 1; i < last; i++ {
		for j, v := range x[i*d : (i+1)*d] {
			out[j] = max(out[j], v)
		}
	}
}

func mean(out, x []float32, first, last int) {
	d := len(out)
	clear(out)
	for i := first; i < last; i++ {
		for j, v := range x[i*d : (i+1)*d] {
			out[j] += v
		}
	}
	for j := range out {
		out[j] /= float32(last - first)
	}
}

func (n *Net) verdict(z [classes]float64) Verdict {
	best := 0
	for c := range z {
		if z[c]+n.raise[c] > z[best]+n.raise[best] {
			best = c
		}
	}
	p := min(max(softmax(z)[best], 1e-6), 1-1e-6)
	v := Verdict{Score: 1 / (1 + math.Exp(-(n.slope*math.Log(p/(1-p)) + n.offset))), Reversed: best > 2}
	switch best {
	case 1, 3:
		v.Polarity = -1
	case 2, 4:
		v.Polarity = 1
	}
	return v
}
