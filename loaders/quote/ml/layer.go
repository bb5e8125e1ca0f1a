package ml

// Dense is an affine layer in the kernel's layout, for networks of other packages. It is immutable.
type Dense struct {
	m    matrix
	fast bool
}

// NewDense packs w [k,n], row by row, and the bias [n]. k must be a multiple of 16, at most 512.
func NewDense(w, bias []float32, k, n int) Dense { return Dense{pack(w, bias, k, n), accelerated()} }

// Width is the length of a row of results: n, rounded up to whole registers.
func (d *Dense) Width() int { return d.m.padded }

// Scratch is the length of Multiply's scratch for rows that begin lda numbers apart.
func (d *Dense) Scratch(lda int) int { return block * ((strip-1)*lda + d.m.k) }

// Rows rounds a number of rows up to what Multiply reads and writes.
func Rows(n int) int { return rowsUp(n) }

// Multiply sets c = a×w + bias for rows rows of a, which begin lda ≤ k numbers apart. Both have memory for Rows(rows) rows, the
// rows of a past the last hold numbers, those of c are scratch.
func (d *Dense) Multiply(c, a []float32, lda, rows int, scratch []int16) {
	var worth [block]float32
	q := rounded{x: scratch, worth: worth[:], lda: lda, n: (strip-1)*lda + d.m.k}
	for at := 0; at < rows; at += tile {
		n := min(tile, rows-at)
		q.set(a[at*lda:], n, d.fast)
		d.m.multiply(c[at*d.m.padded:], &q, 0, rowsUp(n)/strip, d.fast)
	}
}

// Scan runs a bidirectional simple recurrent unit of d channels, a multiple of 32 and at most 512, over n > 0 tokens: u holds 3d numbers a token (candidate, forget,
// reset), x d numbers and is overwritten, v is forget and reset.
func Scan(u, x []float32, d, n int, v []float32) {
	var state [longestSum]float32
	h := d / 2
	scan(u, x, d, d, n, h, v, v[d:], state[:h], false, accelerated())
	scan(u[h:], x[h:], d, d, n, h, v[h:], v[d+h:], state[h:d], true, accelerated())
}

// Add sets dst to src + scale × w, as many numbers as w has: a multiple of 16.
func Add(dst, src []float32, w []int8, scale float32) { add(dst, src, w, scale, accelerated()) }

// Sum sets dst to base plus all terms, whose rows have as many numbers as dst: a multiple of 32.
func Sum(dst, base []float32, terms []Term) { sum(dst, base, terms, accelerated()) }

// Most raises each number of out, a multiple of 32, to the largest of its column in x, whose rows are as long as out.
func Most(out, x []float32) { most(out, x, accelerated()) }

// Ramp adds y, where it is positive, to x, whose length is a multiple of 16.
func Ramp(x, y []float32) { ramp(x, y, accelerated()) }
