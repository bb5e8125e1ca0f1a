//go:build !amd64

package ml

func accelerated() bool { return false }

func stripAVX2(c *float32, ldc int, a *int16, lda int, w *int16, pairs int, scale, bias *float32, s float32) {
}

func scan32AVX2(u, x *float32, du, dx, gate, n int, vf, vr, c *float32) {}

func scan16AVX2(u, x *float32, du, dx, gate, n int, vf, vr, c *float32) {}

func addAVX2(dst, src *float32, w *int8, n int, scale float32) {}

func sumAVX2(dst, base *float32, terms *Term, count, n int) {}

func mostAVX2(out, x *float32, n, rows int) {}

func largestAVX2(x *float32, n int) float32 { return 0 }

func roundAVX2(dst *int16, x *float32, n int, scale float32) {}

func rampAVX2(x, y *float32, n int) {}
