package judge

import (
	"fmt"
	"math"
	"sync"

	"saidgraph/loaders/quote/flat"
	"saidgraph/loaders/quote/ml"
)

// Model reads a sentence once and weighs any two of its names: a convolution and a recurrent layer over all tokens, then for each
// pair and each direction a second recurrent layer that knows where judge and judged stand, pooled into what speaks for "ill", "well" and
// "neither". Both directions share their weights: judges that stand second are rare and must learn from the first. It is immutable
// and safe for concurrent use.
//
// # File
//
// A frame of package flat, magic "sgpn", little-endian, with W words, V numbers a word, D channels, H numbers of the last layer but one, R rows
// ([Sight]) and P places ([place]), float32 unless said otherwise:
//
//	u32 W, V, D, H, R, P
//	u32 × W            keys of the words, ascending
//	(3+W) × V i8       vectors: a name's, a number's, an unknown word's, then those of the keys; and 3+W scales: value = i8 × scale
//	R × D, P × D       what each row adds, and each place: first those of the question whether the name that stands first judges the other
//	V × D + D          input; 3D × D + D: convolution over previous, this, next token
//	D × 3D + 3D + 2D   first recurrent layer: candidate, forget, reset; then its forget and reset state weights
//	D × 3D + 3D + 2D   second
//	(4D+16) × H + H    pooled layer: most of all tokens, means of both names, most from one name to the other, hints
//	H × 3 + 3          neither, ill, well
//	6                  calibration: slope, offset, what the classes 1 to 4 are raised by before the best is taken
type Model struct {
	table                 []entryOf
	mask                  uint32
	v, d, h               int
	words, rows, place    shelf
	spots                 shelf // what each place adds to the second layer's input: P × 3D
	input, conv, one, two ml.Dense
	up, out               ml.Dense
	oneV, twoV            []float32
	slope, offset         float64
	raise                 [classes]float64
	scratch               sync.Pool // *scratch
}

// entryOf is a word's row; 0 marks a free place.
type entryOf struct{ key, row uint32 }

const (
	magic     = "sgpn"
	version   = 1
	classes   = 5
	specials  = 3 // words before those of the table: name, number, unknown
	hints     = 16
	turned    = 12 // the hint that the judge stands second
	answers   = 3
	zones     = 5
	steps     = 8
	places    = zones * steps
	mostPairs = MostNames * (MostNames - 1) / 2
)

// LoadModel checks the file b and packs it for this machine.
func LoadModel(b []byte) (*Model, error) {
	p, err := flat.Open(magic, version, b)
	if err != nil {
		return nil, err
	}
	r := flat.NewReader(p)
	dims := r.U32s(6)
	if dims == nil {
		return nil, fmt.Errorf("%s model: no header", magic)
	}
	words, v, d, h := int(dims[0]), int(dims[1]), int(dims[2]), int(dims[3])
	if words > len(p)/4 || v == 0 || v%16 != 0 || v > 512 || d == 0 || d%32 != 0 || d > 160 || h == 0 || h%16 != 0 || h > 512 || 4*d+hints > 512 || int(dims[4]) != rowCount() || dims[5] != 2*places {
		return nil, fmt.Errorf("%s model: sizes %d are not this program's", magic, dims)
	}
	m := &Model{v: v, d: d, h: h}
	m.index(r.U32s(words))
	raw := r.Bytes((specials + words) * v)
	g := floats{r}
	m.words = shelf{v, make([]int8, len(raw)), g.take(specials + words)}
	for i, x := range raw {
		m.words.bytes[i] = int8(x)
	}
	m.rows = newShelf(g.take(rowCount()*d), d)
	place := g.take(2 * places * d)
	m.place = newShelf(place, d)
	m.input, m.conv = g.dense(v, d), g.dense(3*d, d)
	m.one, m.oneV = g.dense(d, 3*d), g.take(2*d)
	w := g.take(d * 3 * d)
	m.two, m.twoV = ml.NewDense(w, g.take(3*d), d, 3*d), g.take(2*d)
	m.up, m.out = g.dense(4*d+hints, h), g.dense(h, answers)
	c := g.take(2 + classes - 1)
	if err := r.Err(); err != nil {
		return nil, fmt.Errorf("%s model: %w", magic, err)
	}
	m.slope, m.offset = float64(c[0]), float64(c[1])
	for i := range m.raise[1:] {
		m.raise[i+1] = float64(c[2+i])
	}
	m.spots = newShelf(spread(place, w, d), 3*d)
	m.scratch.New = func() any { return newScratch(m) }
	return m, nil
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

func (m *Model) index(keys []uint32) {
	size := 1024
	for size < 2*len(keys) {
		size *= 2
	}
	m.table, m.mask = make([]entryOf, size), uint32(size-1)
	for i, k := range keys {
		at := k & m.mask
		for m.table[at].row != 0 {
			at = (at + 1) & m.mask
		}
		m.table[at] = entryOf{k, uint32(specials + i)}
	}
}

// row is the row of the vectors for a word's key.
func (m *Model) row(key uint32) int {
	switch key {
	case nameKey:
		return 0
	case numberKey:
		return 1
	}
	for at := key & m.mask; m.table[at].row != 0; at = (at + 1) & m.mask {
		if m.table[at].key == key {
			return int(m.table[at].row)
		}
	}
	return 2
}

// spread multiplies each place with the second layer's weights w once, since places are few and tokens many.
func spread(place, w []float32, d int) []float32 {
	out := make([]float32, 3*len(place))
	for p := range len(place) / d {
		row := out[p*3*d : (p+1)*3*d]
		for i, x := range place[p*d : (p+1)*d] {
			for j, y := range w[i*3*d : (i+1)*3*d] {
				row[j] += x * y
			}
		}
	}
	return out
}

// shelf is rows of n numbers each, as bytes and what one of them is worth.
type shelf struct {
	n     int
	bytes []int8
	scale []float32
}

func newShelf(x []float32, n int) shelf {
	s := shelf{n, make([]int8, len(x)), make([]float32, len(x)/n)}
	for i := range s.scale {
		row, top := x[i*n:(i+1)*n], float32(1e-30)
		for _, v := range row {
			top = max(top, v, -v)
		}
		s.scale[i] = top / 127
		for j, v := range row {
			s.bytes[i*n+j] = int8(math.RoundToEven(float64(v / s.scale[i])))
		}
	}
	return s
}

// add sets dst to src and row i.
func (s *shelf) add(dst, src []float32, i int) {
	ml.Add(dst, src, s.bytes[i*s.n:(i+1)*s.n], s.scale[i])
}

// term is row i as a summand.
func (s *shelf) term(i int) ml.Term { return ml.NewTerm(s.bytes, s.n, i, s.scale[i]) }

// scratch is the memory of one sentence.
type scratch struct {
	vec  []float32 // [T, v]
	x    []float32 // [1+T+1, d]
	y    []float32 // [T, d]: after the convolution; then the second layer's states of one pair
	u    []float32 // [T, 3d]
	base []float32 // [T, 3d]: what the second layer makes of the first, before places
	pool []float32 // [2 pairs, 4d+hints]
	deep []float32 // [2 pairs, h]
	out  []float32 // [2 pairs, padded answers]
	tmp  []int16
}

func newScratch(m *Model) *scratch {
	t, p, k := ml.Rows(longest), ml.Rows(2*mostPairs), 4*m.d+hints
	tmp := max(m.input.Scratch(m.v), m.conv.Scratch(m.d), m.one.Scratch(m.d), m.up.Scratch(k), m.out.Scratch(m.h))
	return &scratch{vec: make([]float32, t*m.v), x: make([]float32, (t+2)*m.d), y: make([]float32, t*m.d), u: make([]float32, t*3*m.d), base: make([]float32, t*3*m.d),
		pool: make([]float32, p*k), deep: make([]float32, p*m.up.Width()), out: make([]float32, p*m.out.Width()), tmp: make([]int16, tmp)}
}

// Pair is two names of a sentence, tokens counted from its first; A stands first.
type Pair struct {
	A, B  Range
	Hints Hints
}

// Judge weighs pairs, at most 45, of the sentence that Reader.See described, and appends a verdict for each.
func (m *Model) Judge(out []Verdict, sentence []Sight, pairs []Pair) []Verdict {
	for _, z := range m.odds(sentence, pairs) {
		out = append(out, m.verdict(z))
	}
	return out
}

// odds is each pair's unnormalised log-probabilities.
func (m *Model) odds(sentence []Sight, pairs []Pair) [][classes]float64 {
	t := len(sentence)
	if t == 0 || t > longest || len(pairs) == 0 || len(pairs) > mostPairs {
		return nil
	}
	s := m.scratch.Get().(*scratch)
	defer m.scratch.Put(s)
	m.read(s, sentence)
	k := 4*m.d + hints
	for i, p := range pairs {
		m.weigh(s, s.pool[2*i*k:(2*i+1)*k], t, p, false)
		m.weigh(s, s.pool[(2*i+1)*k:(2*i+2)*k], t, p, true)
	}
	n, padded := 2*len(pairs), ml.Rows(2*len(pairs))
	clear(s.pool[n*k : padded*k]) // what an earlier sentence left there would count when a strip of rows is rounded
	m.up.Multiply(s.deep, s.pool, k, n, s.tmp)
	for i, v := range s.deep[:n*m.h] {
		s.deep[i] = max(v, 0)
	}
	clear(s.deep[n*m.h : padded*m.h])
	m.out.Multiply(s.out, s.deep, m.h, n, s.tmp)
	z := make([][classes]float64, len(pairs))
	w := m.out.Width()
	for i := range z {
		a, b := s.out[2*i*w:], s.out[(2*i+1)*w:]
		z[i] = [classes]float64{float64(a[0] + b[0]), float64(a[1]), float64(a[2]), float64(b[1]), float64(b[2])}
	}
	return z
}

// read runs what all pairs of the sentence share.
func (m *Model) read(s *scratch, sentence []Sight) {
	d, t := m.d, len(sentence)
	clear(s.vec[:ml.Rows(t)*m.v])
	for i, w := range sentence {
		row := s.vec[i*m.v:]
		m.words.add(row, row, m.row(w.Word))
	}
	m.input.Multiply(s.y, s.vec, m.v, t, s.tmp)
	x := s.x[d:]
	clear(s.x[:d])
	var terms [numRows]ml.Term
	for i, w := range sentence {
		for k, r := range w.Rows {
			terms[k] = m.rows.term(int(r))
		}
		ml.Sum(x[i*d:(i+1)*d], s.y[i*d:], terms[:])
	}
	clear(x[t*d : (ml.Rows(t)+1)*d])
	m.conv.Multiply(s.y, s.x, d, t, s.tmp)
	ml.Ramp(x[:t*d], s.y)
	m.one.Multiply(s.u, x, d, t, s.tmp)
	ml.Scan(s.u, x, d, t, m.oneV)
	m.two.Multiply(s.base, x, d, t, s.tmp)
}

// weigh runs the second layer for one pair and pools it into out: does A judge B, or, turned, B judge A?
func (m *Model) weigh(s *scratch, out []float32, t int, p Pair, back bool) {
	d := m.d
	for i := range t {
		at := place(i, p.A, p.B)
		if back {
			at = exchanged(at)
		}
		m.spots.add(s.u[i*3*d:], s.base[i*3*d:], at)
		m.place.add(s.y[i*d:], s.x[(1+i)*d:], at)
	}
	ml.Scan(s.u, s.y, d, t, m.twoV)
	all, between := out[:d], out[3*d:4*d]
	copy(between, s.y[p.A.First*d:])
	ml.Most(between, s.y[(p.A.First+1)*d:p.B.Last*d])
	copy(all, between)
	ml.Most(all, s.y[:p.A.First*d])
	ml.Most(all, s.y[p.B.Last*d:t*d])
	from, to, h := p.A, p.B, p.Hints
	if back {
		from, to, h = p.B, p.A, h.exchanged()|1<<turned
	}
	mean(out[d:2*d], s.y, from.First, from.Last)
	mean(out[2*d:3*d], s.y, to.First, to.Last)
	for i := range hints {
		out[4*d+i] = float32(h >> i & 1)
	}
}

// exchanged is the place of the turned question: the names' zones change places.
func exchanged(at int) int {
	switch at / steps {
	case 1:
		at += 2 * steps
	case 3:
		at -= 2 * steps
	}
	return places + at
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

// Verdict is what the model believes of a pair.
type Verdict struct {
	Polarity int8 // 0: neither judges the other
	Reversed bool // B judges A
	Score    float64
	// Against and For are the network's own probabilities, not calibrated, that A judges B so, and that B judges A.
	Against, For [2]float64
}

func (m *Model) verdict(z [classes]float64) Verdict {
	best := 0
	for c := range z {
		if z[c]+m.raise[c] > z[best]+m.raise[best] {
			best = c
		}
	}
	soft := softmax(z)
	p := min(max(soft[best], 1e-6), 1-1e-6)
	v := Verdict{Against: [2]float64{soft[1], soft[3]}, For: [2]float64{soft[2], soft[4]}, Score: 1 / (1 + math.Exp(-(m.slope*math.Log(p/(1-p)) + m.offset))), Reversed: best > 2}
	switch best {
	case 1, 3:
		v.Polarity = -1
	case 2, 4:
		v.Polarity = 1
	}
	return v
}

func softmax(z [classes]float64) [classes]float64 {
	top := z[0]
	for _, v := range z {
		top = max(top, v)
	}
	sum := 0.0
	for i := range z {
		z[i] = math.Exp(z[i] - top)
		sum += z[i]
	}
	for i := range z {
		z[i] /= sum
	}
	return z
}
