//go:build !amd64

package ml

func accelerated() bool { return false }

func stripAVX2(c *float32, ldc int, a *float32, lda int, w *float32, k int, bias *float32) {}

func scanAVX2(u, x *float32, du, dx, gate, n int, vf, vr *float32) {}

func axpyAVX2(x *float32, w *int8, n int, scale float32) {}
