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
	}{{"one row", 1, 16, 16}, {"one strip", 6, 96, 48}, {"ragged", 23, 32, 25}, {"a layer", 100, 160, 480}} {
		t.Run(tc.name, func(t *testing.T) {
			m := pack(randoms(r, tc.k*tc.n), randoms(r, tc.n), tc.k, tc.n)
			a := randoms(r, rowsUp(tc.rows)*tc.k)
			got, want := make([]float32, rowsUp(tc.rows)*m.padded), make([]float32, rowsUp(tc.rows)*m.padded)
			tmp := make([]int16, block*strip*tc.k)
			m.multiply(got, a, tc.k, tc.rows, tmp, true)
			m.multiply(want, a, tc.k, tc.rows, tmp, false)
			if d := distance(want, got); d > 1e-4 {
				t.Errorf("multiply differs by %g", d)
			}
			if tc.n%(2*group) != 0 {
				return
			}
			d, v := tc.n, randoms(r, 2*tc.n)
			u, x := randoms(r, tc.rows*3*d), randoms(r, tc.rows*d)
			for i := range u {
				u[i] *= 20
			}
			for i := range v { // strong feedback would blow up rounding
				v[i] /= 8
			}
			y := append([]float32(nil), x...)
			scan(u, x, d, tc.rows, v, true)
			scan(u, y, d, tc.rows, v, false)
			if e := distance(y, x); e > 1e-4 {
				t.Errorf("scan differs by %g", e)
			}
		})
	}
}

func BenchmarkMultiply(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	const rows, k, n = 600, 160, 480
	m := pack(randoms(r, k*n), randoms(r, n), k, n)
	tmp := make([]int16, block*strip*k)
	a, c := randoms(r, rows*k), make([]float32, rows*n)
	for b.Loop() {
		m.multiply(c, a, k, rows, tmp, accelerated())
	}
	b.ReportMetric(float64(b.N)*rows*k*n/b.Elapsed().Seconds()/1e9, "GMAC/s")
}
