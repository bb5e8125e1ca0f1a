package judge

import (
	"encoding/binary"
	"fmt"
	"math"

	"saidgraph/loaders/quote/flat"
)

// Model weighs ordered pairs of names.
//
// # File
//
// A frame of package flat, magic "sgju", with little-endian numbers:
//
//	u32         features F
//	f32         unit of the weights
//	6 × f32     calibration: slope and offset, then what "a judges b" ill and well, "b judges a" ill and well are raised by
//	            before the best is taken
//	F × u32     keys, ascending
//	F × i16     weights for "a judges b ill"
//	F × i16     weights for "a judges b well"
type Model struct {
	slots         []weights
	mask          uint32
	unit          float64
	slope, offset float64
	raise         [4]float64
}

type weights struct {
	key       uint32
	ill, well int16
	used      bool
}

const (
	magic   = "sgju"
	version = 1
)

// LoadModel reads a model that Trainer wrote.
func LoadModel(b []byte) (*Model, error) {
	p, err := flat.Open(magic, version, b)
	if err != nil {
		return nil, err
	}
	r := flat.NewReader(p)
	n := int(r.U32())
	f := r.U32s(7)
	if f == nil {
		return nil, fmt.Errorf("%s model: no header", magic)
	}
	keys := r.U32s(n)
	ill, well := r.Bytes(2*n), r.Bytes(2*n)
	if err := r.Err(); err != nil {
		return nil, fmt.Errorf("%s model: %w", magic, err)
	}
	size := 1024
	for size < 2*n {
		size *= 2
	}
	g := func(i int) float64 { return float64(math.Float32frombits(f[i])) }
	m := &Model{slots: make([]weights, size), mask: uint32(size - 1), unit: g(0), slope: g(1), offset: g(2), raise: [4]float64{g(3), g(4), g(5), g(6)}}
	for i, k := range keys {
		at := k & m.mask
		for m.slots[at].used {
			at = (at + 1) & m.mask
		}
		m.slots[at] = weights{k, int16(binary.LittleEndian.Uint16(ill[2*i:])), int16(binary.LittleEndian.Uint16(well[2*i:])), true}
	}
	return m, nil
}

// Sum is the evidence, in units of log odds, that a judges b ill and well.
func (m *Model) Sum(keys []uint32) (ill, well float64) {
	var x, y int
	for _, k := range keys {
		for at := k & m.mask; m.slots[at].used; at = (at + 1) & m.mask {
			if s := &m.slots[at]; s.key == k {
				x += int(s.ill)
				y += int(s.well)
				break
			}
		}
	}
	return float64(x) * m.unit, float64(y) * m.unit
}

// Verdict is what the model believes of a pair.
type Verdict struct {
	Polarity int8 // 0: neither judges the other
	Reversed bool // b judges a
	Score    float64
}

// Judge weighs the pair: ab holds the features of "a judges b", ba those of "b judges a".
func (m *Model) Judge(ab, ba []uint32) Verdict {
	var z [5]float64
	z[1], z[2] = m.Sum(ab)
	z[3], z[4] = m.Sum(ba)
	best := 0
	raised := z
	for c, v := range m.raise {
		raised[c+1] += v
	}
	for c := range raised {
		if raised[c] > raised[best] {
			best = c
		}
	}
	p := softmax(z)
	v := Verdict{Score: m.calibrate(p[best])}
	switch best {
	case 1, 3:
		v.Polarity = -1
	case 2, 4:
		v.Polarity = 1
	}
	v.Reversed = best > 2
	return v
}

// calibrate turns the softmax' share into a probability (Platt's method, fitted on text held out of training).
func (m *Model) calibrate(p float64) float64 {
	p = min(max(p, 1e-6), 1-1e-6)
	return 1 / (1 + math.Exp(-(m.slope*math.Log(p/(1-p)) + m.offset)))
}

func softmax(z [5]float64) [5]float64 {
	top := z[0]
	for _, v := range z {
		top = max(top, v)
	}
	sum := 0.0
	for i := range z {
		z[i] = math.Exp(z[i] - top)
		sum += z[i]
	}
	for i := range z {
		z[i] /= sum
	}
	return z
}
