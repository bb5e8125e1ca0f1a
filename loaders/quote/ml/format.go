package ml

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
)

// The model file, little endian throughout:
//
//	8 bytes  magic "SAIDTAGR"
//	uint32   version, now 2
//	uint32   CRC-32 (IEEE) of all that follows
//	uint32   number of tensors, then for each:
//	  uint8    length of its name, and the name
//	  uint8    kind: 0 float32, 1 int8, 2 bytes
//	  uint8    number of dimensions, and each as uint32
//	  data     row by row
//
// The tensors, with P pieces, R feature rows, D channels, S numbers that a token shows its neighbours, N outputs:
//
//	vocabulary  bytes  the P pieces, one a line
//	piece       int8   [P,D], pieceScale float32 [P]: value = int8 × scale
//	row         int8   [R,D], rowScale float32 [R]
//	base        float32 [D]: added to every token's pieces and rows
//	shownW      float32 [D,S]; shownB [S]
//	convW       float32 [5S,D]: what the token and two on each side show, from left to right; convB [D]
//	u0W…        float32 [D,3D]: candidate, forget, reset; u0B… [3D]; v0… [2D]: forget, reset
//	outW        float32 [D,N]; outB [N]
//	bias        float32 [3]: added to the scores of B and I of each head when decoding
//	trans       float32 [3,2,3,3]: of each head, outside and inside quotations, from and to O, B, I: log-scores
//	score       float32 [10]: weights of Evidence, in its order
const (
	magic   = "SAIDTAGR"
	version = 2
)

// ErrModel is wrapped by every error of Load.
var ErrModel = errors.New("not a usable model")

// tensor is one array of the file.
type tensor struct {
	dims []int
	f    []float32
	i8   []int8
	raw  []byte
}

// reader takes the file apart; the first fault stays in err.
type reader struct {
	b   []byte
	err error
}

func (r *reader) take(n int) []byte {
	if r.err == nil && (n < 0 || n > len(r.b)) {
		r.err = fmt.Errorf("%w: cut short", ErrModel)
	}
	if r.err != nil {
		return nil
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

func (r *reader) u8() int {
	if b := r.take(1); b != nil {
		return int(b[0])
	}
	return 0
}

func (r *reader) u32() int {
	if b := r.take(4); b != nil {
		return int(binary.LittleEndian.Uint32(b))
	}
	return 0
}

// readTensors checks the file and returns its arrays by name.
func readTensors(b []byte) (map[string]tensor, error) {
	if len(b) < 20 || string(b[:8]) != magic {
		return nil, fmt.Errorf("%w: no %s file", ErrModel, magic)
	}
	r := &reader{b: b[8:]}
	if v := r.u32(); v != version {
		return nil, fmt.Errorf("%w: version %d, want %d", ErrModel, v, version)
	}
	if sum := r.u32(); uint32(sum) != crc32.ChecksumIEEE(r.b) {
		return nil, fmt.Errorf("%w: checksum", ErrModel)
	}
	n := r.u32()
	out := make(map[string]tensor)
	for range n {
		name := string(r.take(r.u8()))
		out[name] = r.tensor()
		if r.err != nil {
			return nil, r.err
		}
	}
	return out, nil
}

// tensor reads kind, dimensions and data.
func (r *reader) tensor() tensor {
	kind, rank := r.u8(), r.u8()
	t, n := tensor{}, 1
	for range rank {
		d := r.u32()
		if d > len(r.b) {
			r.err = fmt.Errorf("%w: a dimension of %d", ErrModel, d)
			return t
		}
		t.dims, n = append(t.dims, d), n*d
		if n > len(r.b) {
			r.err = fmt.Errorf("%w: cut short", ErrModel)
			return t
		}
	}
	switch kind {
	case 0:
		raw := r.take(4 * n)
		t.f = make([]float32, len(raw)/4)
		for i := range t.f {
			t.f[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
		}
	case 1:
		raw := r.take(n)
		t.i8 = make([]int8, len(raw))
		for i, v := range raw {
			t.i8[i] = int8(v)
		}
	case 2:
		t.raw = r.take(n)
	default:
		r.err = fmt.Errorf("%w: tensor kind %d", ErrModel, kind)
	}
	return t
}
