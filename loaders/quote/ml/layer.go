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
	d.m.multiply(c, a, lda, rows, scratch, d.fast)
}

// Scan runs a bidirectional simple recurrent unit of d channels, a multiple of 32, over n > 0 tokens: u holds 3d numbers a token (candidate, forget,
// reset), x d numbers and is overwritten, v is forget and reset.
func Scan(u, x []float32, d, n int, v []float32) { scan(u, x, d, n, v, accelerated()) }

// AddBytes adds scale × w to x, as many numbers as w has: a multiple of 8.
func AddBytes(x []float32, w []int8, scale float32) { axpy(x, w, scale, accelerated()) }
