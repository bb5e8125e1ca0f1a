package ml

import (
	"math"
	"math/rand/v2"
	"testing"
)

func randoms(r *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(r.NormFloat64())
	}
	return x
}

func distance(a, b []float32) (most float64) {
	for i := range a {
		most = max(most, math.Abs(float64(a[i]-b[i]))/(1+math.Abs(float64(a[i]))))
	}
	return most
}

// TestTwins holds the assembly against plain Go.
func TestTwins(t *testing.T) {
	if !accelerated() {
		t.Skip("no AVX2 here")
	}
	r := rand.New(rand.NewPCG(1, 2))
	for _, tc := range []struct {
		name       string
		rows, k, n int
	}{{"one row", 1, 16, 16}, {"one strip", 6, 96, 48}, {"ragged", 23, 32, 25}, {"a layer", 100, 128, 128}} {
		t.Run(tc.name, func(t *testing.T) {
			m := pack(randoms(r, tc.k*tc.n), randoms(r, tc.n), tc.k, tc.n)
			a := randoms(r, rowsUp(tc.rows)*tc.k)
			got, want := product(&m, a, tc.rows, true), product(&m, a, tc.rows, false)
			if d := distance(want, got); d > 1e-4 {
				t.Errorf("multiply differs by %g", d)
			}
			if tc.n%(2*group) != 0 {
				return
			}
			d := tc.n
			l := newUnit(randoms(r, 3*d*d), randoms(r, 3*d), randoms(r, 2*d), d)
			for i := range l.v { // strong feedback would blow up rounding
				l.v[i] /= 8
			}
			x := randoms(r, rowsUp(tc.rows)*d)
			y := append([]float32(nil), x...)
			for i, x := range [][]float32{x, y} {
				q, u := newRounded(tc.rows, d, d), make([]float32, tile*3*d/2)
				l.run(x, &q, u, d, tc.rows, i == 0)
			}
			if e := distance(y[:tc.rows*d], x[:tc.rows*d]); e > 1e-3 {
				t.Errorf("a unit differs by %g", e)
			}
		})
	}
}

// TestRowTwins holds the assembly that works on rows against plain Go.
func TestRowTwins(t *testing.T) {
	if !accelerated() {
		t.Skip("no AVX2 here")
	}
	const n, rows = 96, 7
	r := rand.New(rand.NewPCG(3, 4))
	w, x := make([]int8, rows*n), randoms(r, rows*n)
	for i := range w {
		w[i] = int8(r.IntN(256) - 128)
	}
	var terms []Term
	for i := range rows {
		terms = append(terms, NewTerm(w, n, i, x[i]/64))
	}
	for _, tc := range []struct {
		name string
		run  func(out []float32, fast bool)
	}{
		{"add", func(out []float32, fast bool) { add(out, x, w[:n], .03, fast) }},
		{"add in place", func(out []float32, fast bool) { add(out, out, w[n:2*n], .03, fast) }},
		{"sum", func(out []float32, fast bool) { sum(out, x, terms, fast) }},
		{"sum of nothing", func(out []float32, fast bool) { sum(out, x, nil, fast) }},
		{"most", func(out []float32, fast bool) { most(out, x, fast) }},
		{"ramp", func(out []float32, fast bool) { ramp(out, x, fast) }},
		{"most of nothing", func(out []float32, fast bool) { most(out, nil, fast) }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			want := randoms(r, n)
			got := append([]float32(nil), want...)
			tc.run(want, false)
			tc.run(got, true)
			if d := distance(want, got); d > 1e-5 {
				t.Errorf("differs by %g", d)
			}
		})
	}
}

// product is all of a×m.
func product(m *matrix, a []float32, n int, fast bool) []float32 {
	q, out := newRounded(n, m.k, m.k), make([]float32, rowsUp(n)*m.padded)
	q.set(a, n, fast)
	for i := 0; i < len(q.worth); i += block {
		m.multiply(out[i*strip*m.padded:], &q, i, min(i+block, len(q.worth)), fast)
	}
	return out
}

func BenchmarkMultiply(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	const n, k, wide = 600, 128, 192
	m := pack(randoms(r, k*wide), randoms(r, wide), k, wide)
	a := randoms(r, n*k)
	for b.Loop() {
		product(&m, a, n, accelerated())
	}
	b.ReportMetric(float64(b.N)*n*k*wide/b.Elapsed().Seconds()/1e9, "GMAC/s")
}
