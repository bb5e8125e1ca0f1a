package ml

import "math"

// panel is how many columns a packed block of weights has, in whole AVX2 registers.
const (
	panel = 16
	strip = 6  // rows that one call of the kernel works on
	group = 16 // channels that one call of the scan works on
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

// block is how many strips go by one panel of weights, so that both stay in the first cache.
const block = 8

// multiply sets c = a×w + bias for rows rows. a has rowsUp(rows) rows that begin lda numbers apart (lda ≤ k: they may
// overlap), of which each row's first k count; c has rowsUp(rows) rows of w.padded numbers. Rows of a past the last
// must be numbers, rows of c past the last are scratch. tmp is scratch of block·(5·lda+k) numbers.
func (m *matrix) multiply(c, a []float32, lda, rows int, tmp []int16, fast bool) {
	n := (strip-1)*lda + m.k
	var worth [block]float32
	for r0 := 0; r0 < rows; r0 += block * strip {
		strips := min(block, (rows-r0+strip-1)/strip)
		for i := range strips {
			r := r0 + i*strip
			worth[i] = whole(tmp[i*n:(i+1)*n], a[r*lda:r*lda+n], fast)
		}
		for p := 0; p < m.padded; p += panel {
			w := m.w[p*m.k : (p+panel)*m.k]
			for i := range strips {
				r := r0 + i*strip
				x, out := tmp[i*n:(i+1)*n], c[r*m.padded+p:(r+strip-1)*m.padded+p+panel]
				if fast {
					stripAVX2(&out[0], m.padded, &x[0], lda, &w[0], m.k/2, &m.scale[p], &m.bias[p], worth[i])
				} else {
					stripGo(out, m.padded, x, lda, w, m.k/2, m.scale[p:], m.bias[p:], worth[i])
				}
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

// scanGo is the twin of scanAVX2: the recurrence of sixteen channels over n tokens.
//
//	f = σ(u[d]+vf·c)  r = σ(u[2d]+vr·c)  c = f·c + (1−f)·u[0]  x = r·c + (1−r)·x
//
// u has 3d numbers a token and x d; both begin at the channel. A negative step runs from right to left,
// u and x then beginning at the last token.
func scanGo(u, x []float32, d, n int, v []float32, backwards bool) {
	for ch := range group {
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
