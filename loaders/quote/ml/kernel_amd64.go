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

// addAVX2 sets dst to src + scale × w[n]; n is a multiple of 16.
//
//go:noescape
func addAVX2(dst, src *float32, w *int8, n int, scale float32)

// sumAVX2 sets dst[n] to base + each term; n is a multiple of 32.
//
//go:noescape
func sumAVX2(dst, base *float32, terms *Term, count, n int)

// mostAVX2 raises out[n] to the largest of x[rows][n]; n is a multiple of 32, rows at least 1.
//
//go:noescape
func mostAVX2(out, x *float32, n, rows int)

// largestAVX2 is the largest magnitude in x; n is a multiple of 16.
//
//go:noescape
func largestAVX2(x *float32, n int) float32

// roundAVX2 sets dst to scale × x, rounded half to even; n is a multiple of 16.
//
//go:noescape
func roundAVX2(dst *int16, x *float32, n int, scale float32)

// rampAVX2 adds y, where it is positive, to x; n is a multiple of 16.
//
//go:noescape
func rampAVX2(x, y *float32, n int)
