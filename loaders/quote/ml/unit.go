package ml

// unit is one bidirectional simple recurrent unit: the first half of the d channels runs from left to right, the other
// from right to left.
type unit struct {
	w [2]matrix // of each direction: candidate, forget and reset of its channels
	v []float32 // [2d]: forget, reset
}

// newUnit packs w [d,3d]: candidate, forget and reset of all channels.
func newUnit(w, bias, v []float32, d int) unit {
	l, h := unit{v: v}, d/2
	for dir := range l.w {
		half, b := make([]float32, 0, d*3*h), make([]float32, 0, 3*h)
		for row := range d {
			for gate := range 3 {
				from := row*3*d + gate*d + dir*h
				half = append(half, w[from:from+h]...)
			}
		}
		for gate := range 3 {
			b = append(b, bias[gate*d+dir*h:gate*d+dir*h+h]...)
		}
		l.w[dir] = pack(half, b, d, 3*h)
	}
	return l
}

// run moves the first n rows of x through the unit, in place. It multiplies and scans tile by tile, so that what stands
// between the two, three times as large as x, never leaves the cache; u is scratch of a tile of 3d/2 numbers.
func (l *unit) run(x []float32, q *rounded, u []float32, d, n int, fast bool) {
	q.set(x, n, fast)
	h, tiles := d/2, (n+tile-1)/tile
	var state [longestSum / 2]float32
	for dir := range l.w {
		clear(state[:])
		for k := range tiles {
			at := k * tile
			if dir == 1 {
				at = (tiles - 1 - k) * tile
			}
			m := min(tile, n-at)
			l.w[dir].multiply(u, q, at/strip, rowsUp(at+m)/strip, fast)
			scan(u, x[at*d+dir*h:], h, d, m, h, l.v[dir*h:], l.v[d+dir*h:], state[:], dir == 1, fast)
		}
	}
}

// scan runs the recurrence of m channels, a multiple of group, in assembly where it may.
func scan(u, x []float32, h, d, n, m int, vf, vr, c []float32, backwards, fast bool) {
	if !fast {
		scanGo(u, x, h, d, n, m, vf, vr, c, backwards)
		return
	}
	first, du, dx := 0, 12*h, 4*d
	if backwards {
		first, du, dx = n-1, -du, -dx
	}
	for m > 0 {
		step := 2 * group
		if m < step {
			step = group
			scan16AVX2(&u[first*3*h], &x[first*d], du, dx, 4*h, n, &vf[0], &vr[0], &c[0])
		} else {
			scan32AVX2(&u[first*3*h], &x[first*d], du, dx, 4*h, n, &vf[0], &vr[0], &c[0])
		}
		if m -= step; m > 0 {
			u, x, vf, vr, c = u[step:], x[step:], vf[step:], vr[step:], c[step:]
		}
	}
}
