package ml

import "unsafe"

// add sets dst to src + scale × w, as many numbers as w has.
func add(dst, src []float32, w []int8, scale float32, fast bool) {
	n := len(w)
	dst, src = dst[:n], src[:n]
	if fast {
		addAVX2(&dst[0], &src[0], &w[0], n, scale)
		return
	}
	for i, v := range w {
		dst[i] = src[i] + scale*float32(v)
	}
}

// Term is a row of bytes, which begins at W, and what one of them is worth.
type Term struct {
	W     *int8
	Scale float32
}

// NewTerm is row i of rows of n bytes each.
func NewTerm(rows []int8, n, i int, scale float32) Term {
	return Term{&rows[i*n : (i+1)*n][0], scale}
}

// sum sets dst to base plus all terms, which go by each block of numbers while that stays in registers.
func sum(dst, base []float32, terms []Term, fast bool) {
	n := len(dst)
	base = base[:n]
	if fast {
		sumAVX2(&dst[0], &base[0], unsafe.SliceData(terms), len(terms), n)
		return
	}
	copy(dst, base)
	for _, t := range terms {
		for i, v := range unsafe.Slice(t.W, n) {
			dst[i] += t.Scale * float32(v)
		}
	}
}

// most raises each number of out to the largest of its column in x.
func most(out, x []float32, fast bool) {
	n := len(out)
	if fast && len(x) >= n {
		mostAVX2(&out[0], &x[0], n, len(x)/n)
		return
	}
	for ; len(x) >= n; x = x[n:] {
		for j, v := range x[:n] {
			out[j] = max(out[j], v)
		}
	}
}

// ramp adds y, where it is positive, to x.
func ramp(x, y []float32, fast bool) {
	y = y[:len(x)]
	if fast {
		rampAVX2(unsafe.SliceData(x), unsafe.SliceData(y), len(x))
		return
	}
	for i, v := range y {
		x[i] += max(v, 0)
	}
}
