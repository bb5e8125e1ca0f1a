package ml

import "math"

// panel is how many columns a packed block of weights has, in whole AVX2 registers.
const (
	panel = 16
	strip = 6  // rows that one call of the kernel works on
	group = 16 // channels that a call of the scan works on, at least
)

// Both sides of a product are rounded to whole numbers of these magnitudes, so that two neighbouring products fit
// one multiply-add of 16-bit numbers, and longestSum products never overflow 32 bits: half the time of float32.
const (
	mostInput  = 4095
	mostWeight = 1023
	longestSum = 512
)

// matrix is a weight matrix [k,n] packed for the kernel: panels of 16 columns, in each the rows two by two,
// in each pair of rows column by column; n is padded.
type matrix struct {
	k, n, padded int
	w            []int16   // padded/panel blocks of k×panel
	scale, bias  []float32 // of each column, padded: value = whole number × scale
}

// pack lays out w [k,n], row by row, for the kernel. k is a multiple of 16, at most longestSum.
func pack(w, bias []float32, k, n int) matrix {
	padded := (n + panel - 1) / panel * panel
	m := matrix{k: k, n: n, padded: padded, w: make([]int16, k*padded), scale: make([]float32, padded), bias: make([]float32, padded)}
	copy(m.bias, bias)
	for j := range n {
		most := float32(1e-30)
		for i := range k {
			most = max(most, abs(w[i*n+j]))
		}
		m.scale[j] = most / mostWeight
		w16 := m.w[j/panel*k*panel:]
		for i := range k {
			w16[i/2*2*panel+j%panel*2+i%2] = round16(w[i*n+j] / m.scale[j])
		}
	}
	return m
}

func abs(x float32) float32 { return math.Float32frombits(math.Float32bits(x) &^ (1 << 31)) }

func round16(x float32) int16 { return int16(math.RoundToEven(float64(x))) }

// rowsUp rounds a number of rows up to whole strips.
func rowsUp(n int) int { return (n + strip - 1) / strip * strip }

// rounded are the rows of one matrix in whole numbers, ready to be multiplied: strip by strip, each with a magnitude of its own.
type rounded struct {
	x      []int16
	worth  []float32 // of each strip: value = whole number × worth
	lda, n int       // numbers from one row to the next; numbers of a strip
}

// newRounded has room for rows rows of k numbers, that begin lda numbers apart (lda ≤ k: they may overlap).
func newRounded(rows, lda, k int) rounded {
	strips, n := rowsUp(rows)/strip, (strip-1)*lda+k
	return rounded{x: make([]int16, strips*n), worth: make([]float32, strips), lda: lda, n: n}
}

// set rounds the first rows rows of a, which has rowsUp(rows) of them; those past the last must be numbers.
func (q *rounded) set(a []float32, rows int, fast bool) {
	for i := range rowsUp(rows) / strip {
		from := i * strip * q.lda
		q.worth[i] = whole(q.x[i*q.n:(i+1)*q.n], a[from:from+q.n], fast)
	}
}

// block is how many strips, and tile how many rows, go by one panel of weights, so that both stay in the first cache.
const (
	block = 8
	tile  = block * strip
)

// multiply sets c = q×w + bias for the strips [first, last): one block or less. c has a row of w.padded numbers for each row of them.
func (m *matrix) multiply(c []float32, q *rounded, first, last int, fast bool) {
	for p := 0; p < m.padded; p += panel {
		w := m.w[p*m.k : (p+panel)*m.k]
		for i := first; i < last; i++ {
			r := (i - first) * strip
			x, out := q.x[i*q.n:(i+1)*q.n], c[r*m.padded+p:(r+strip-1)*m.padded+p+panel]
			if fast {
				stripAVX2(&out[0], m.padded, &x[0], q.lda, &w[0], m.k/2, &m.scale[p], &m.bias[p], q.worth[i])
			} else {
				stripGo(out, m.padded, x, q.lda, w, m.k/2, m.scale[p:], m.bias[p:], q.worth[i])
			}
		}
	}
}

// whole rounds x to whole numbers in dst and returns what one of them is worth.
func whole(dst []int16, x []float32, fast bool) float32 {
	most := float32(1e-30)
	if fast {
		most = max(most, largestAVX2(&x[0], len(x)))
		roundAVX2(&dst[0], &x[0], len(x), mostInput/most)
		return most / mostInput
	}
	for _, v := range x {
		most = max(most, abs(v))
	}
	up := mostInput / most
	for i, v := range x {
		dst[i] = round16(v * up)
	}
	return most / mostInput
}

// stripGo is the twin of stripAVX2: c[6][16] = a[6][2·pairs] × w[2·pairs][16] × s·scale + bias.
func stripGo(c []float32, ldc int, a []int16, lda int, w []int16, pairs int, scale, bias []float32, s float32) {
	for r := range strip {
		var acc [panel]int32
		row := a[r*lda : r*lda+2*pairs]
		for i := range pairs {
			x, y, b := int32(row[2*i]), int32(row[2*i+1]), w[i*2*panel:(i+1)*2*panel]
			for j := range acc {
				acc[j] += x*int32(b[2*j]) + y*int32(b[2*j+1])
			}
		}
		for j, v := range acc {
			c[r*ldc+j] = float32(v)*(s*scale[j]) + bias[j]
		}
	}
}

// scanGo is the twin of scan32AVX2 and scan16AVX2: the recurrence of m channels over n tokens, that goes on from the state c.
//
//	f = σ(u[h]+vf·c)  r = σ(u[2h]+vr·c)  c = f·c + (1−f)·u[0]  x = r·c + (1−r)·x
//
// u has 3h numbers a token and x d; both begin at the channel. Backwards it runs from the last token to the first.
func scanGo(u, x []float32, h, d, n, m int, vf, vr, c []float32, backwards bool) {
	for ch := range m {
		c, vf, vr := &c[ch], vf[ch], vr[ch]
		for k := range n {
			t := k
			if backwards {
				t = n - 1 - k
			}
			p, q := t*3*h+ch, t*d+ch
			f, r := sigmoid(u[p+h]+vf**c), sigmoid(u[p+2*h]+vr**c)
			*c = f*(*c-u[p]) + u[p]
			x[q] = r*(*c-x[q]) + x[q]
		}
	}
}

func sigmoid(x float32) float32 { return float32(1 / (1 + math.Exp(-float64(x)))) }
