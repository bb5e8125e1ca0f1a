package ml

import "golang.org/x/sys/cpu"

// accelerated says whether the machine can run the assembly.
func accelerated() bool { return cpu.X86.HasAVX2 && cpu.X86.HasFMA }

// stripAVX2 sets c[6][16] = a[6][2·pairs] × w[2·pairs][16] × s·scale[16] + bias[16]; lda and ldc count numbers.
//
//go:noescape
func stripAVX2(c *float32, ldc int, a *int16, lda int, w *int16, pairs int, scale, bias *float32, s float32)

// scan32AVX2 runs scanGo's recurrence for 32 channels, whose states c it brings along: u and x point at the first token to visit,
// du and dx are the bytes to the next one (negative from right to left), gate the bytes from the candidate to the forget gate.
// Its gates are right to 1e-6.
//
//go:noescape
func scan32AVX2(u, x *float32, du, dx, gate, n int, vf, vr, c *float32)

// scan16AVX2 is scan32AVX2 for 16 channels.
//
//go:noescape
func scan16AVX2(u, x *float32, du, dx, gate, n int, vf, vr, c *float32)

// axpyAVX2 adds scale × w[n] to x; n is a multiple of 8.
//
//go:noescape
func axpyAVX2(x *float32, w *int8, n int, scale float32)

// largestAVX2 is the largest magnitude in x; n is a multiple of 16.
//
//go:noescape
func largestAVX2(x *float32, n int) float32

// roundAVX2 sets dst to scale × x, rounded half to even; n is a multiple of 16.
//
//go:noescape
func roundAVX2(dst *int16, x *float32, n int, scale float32)
