package ml

import "math"

// panel is how many columns a packed block of weights has: two AVX2 registers of float32.
const (
	panel = 16
	strip = 6 // rows that one call of the kernel works on
	lanes = 8 // channels of one register
)

// matrix is a weight matrix [k,n] packed for the kernel: panels of 16 columns, each row by row; n is padded.
type matrix struct {
	k, n, padded int
	w            []float32 // padded/panel blocks of k×panel
	bias         []float32 // padded
}

// pack lays out w [k,n], row by row, for the kernel.
func pack(w, bias []float32, k, n int) matrix {
	padded := (n + panel - 1) / panel * panel
	m := matrix{k: k, n: n, padded: padded, w: make([]float32, k*padded), bias: make([]float32, padded)}
	copy(m.bias, bias)
	for j := range n {
		block := m.w[j/panel*k*panel:]
		for i := range k {
			block[i*panel+j%panel] = w[i*n+j]
		}
	}
	return m
}

// rowsUp rounds a number of rows up to whole strips.
func rowsUp(n int) int { return (n + strip - 1) / strip * strip }

// multiply sets c = a×w + bias for rows rows. a has rowsUp(rows) rows of lda numbers, of which each row's first k
// count; c has rowsUp(rows) rows of w.padded numbers. Rows past the last are scratch.
func (m *matrix) multiply(c, a []float32, lda, rows int, fast bool) {
	for r := 0; r < rows; r += strip {
		for p := 0; p < m.padded; p += panel {
			w, out := m.w[p*m.k:(p+panel)*m.k], c[r*m.padded+p:]
			if fast {
				stripAVX2(&out[0], m.padded, &a[r*lda], lda, &w[0], m.k, &m.bias[p])
			} else {
				stripGo(out, m.padded, a[r*lda:], lda, w, m.k, m.bias[p:])
			}
		}
	}
}

// stripGo is the twin of stripAVX2: c[6][16] = a[6][k] × w[k][16] + bias.
func stripGo(c []float32, ldc int, a []float32, lda int, w []float32, k int, bias []float32) {
	for r := range strip {
		var acc [panel]float32
		copy(acc[:], bias[:panel])
		row := a[r*lda : r*lda+k]
		for i, x := range row {
			b := w[i*panel : i*panel+panel]
			for j := range acc {
				acc[j] += x * b[j]
			}
		}
		copy(c[r*ldc:r*ldc+panel], acc[:])
	}
}

// scanGo is the twin of scanAVX2: the recurrence of eight channels over n tokens.
//
//	f = σ(u[d]+vf·c)  r = σ(u[2d]+vr·c)  c = f·c + (1−f)·u[0]  x = r·c + (1−r)·x
//
// u has 3d numbers a token and x d; both begin at the channel. A negative step runs from right to left,
// u and x then beginning at the last token.
func scanGo(u, x []float32, d, n int, v []float32, backwards bool) {
	for ch := range lanes {
		c, vf, vr := float32(0), v[ch], v[d+ch]
		for k := range n {
			t := k
			if backwards {
				t = n - 1 - k
			}
			p, q := t*3*d+ch, t*d+ch
			f, r := sigmoid(u[p+d]+vf*c), sigmoid(u[p+2*d]+vr*c)
			c = f*(c-u[p]) + u[p]
			x[q] = r*(c-x[q]) + x[q]
		}
	}
}

func sigmoid(x float32) float32 { return float32(1 / (1 + math.Exp(-float64(x)))) }
