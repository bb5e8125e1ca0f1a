package judge

import (
	"cmp"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"

	"saidgraph/loaders/quote/flat"
)

// Example is a pair with its features in both directions. Class: 0 neither, 1 a judges b ill, 2 well, 3 b judges a ill, 4 well.
// Soft, where it is not all zero, is a teacher's opinion instead.
type Example struct {
	AB, BA []uint32
	Class  int
	Soft   [5]float32
	Weight float32
}

// Trainer fits the model by AdaGrad on the cross entropy, both directions sharing their weights.
type Trainer struct {
	Seed   uint64
	Rounds int
	Rate   float64
	L2     float64
	Rare   int // features that fewer examples have are left out
	Bytes  int // upper bound of the file
	Log    func(round int, loss float64)

	index map[uint32]int32
	w, g  [][2]float32
}

// Train fits the weights. Calibrate and Encode make the file.
func (t *Trainer) Train(set []Example) {
	count := map[uint32]int{}
	for i := range set {
		for _, k := range set[i].AB {
			count[k]++
		}
		for _, k := range set[i].BA {
			count[k]++
		}
	}
	t.index = make(map[uint32]int32, len(count))
	keys := make([]uint32, 0, len(count))
	for k, n := range count {
		if n >= t.Rare {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	for i, k := range keys {
		t.index[k] = int32(i)
	}
	t.w, t.g = make([][2]float32, len(keys)), make([][2]float32, len(keys))
	ids := make([][2][]int32, len(set))
	for i := range set {
		ids[i] = [2][]int32{t.ids(set[i].AB), t.ids(set[i].BA)}
	}
	order := make([]int, len(set))
	for i := range order {
		order[i] = i
	}
	rng := rand.New(rand.NewPCG(t.Seed, 2))
	for round := range t.Rounds {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		loss := 0.0
		for _, i := range order {
			loss += t.step(&set[i], ids[i], float64(len(set)))
		}
		if t.Log != nil {
			t.Log(round, loss/float64(len(set)))
		}
	}
}

func (t *Trainer) ids(keys []uint32) []int32 {
	out := make([]int32, 0, len(keys))
	for _, k := range keys {
		if i, ok := t.index[k]; ok {
			out = append(out, i)
		}
	}
	return out
}

func (t *Trainer) step(x *Example, ids [2][]int32, n float64) float64 {
	var z [5]float64
	for d, list := range ids {
		for _, i := range list {
			z[1+2*d] += float64(t.w[i][0])
			z[2+2*d] += float64(t.w[i][1])
		}
	}
	p := softmax(z)
	want := [5]float64{}
	soft := float32(0)
	for _, v := range x.Soft {
		soft += v
	}
	if soft > 0 {
		for c := range want {
			want[c] = float64(x.Soft[c])
		}
	} else {
		want[x.Class] = 1
	}
	weight, loss := float64(x.Weight), 0.0
	for c := range p {
		if want[c] > 0 {
			loss -= want[c] * math.Log(max(p[c], 1e-12))
		}
	}
	for d, list := range ids {
		for c := range 2 {
			e := weight * (p[1+2*d+c] - want[1+2*d+c])
			for _, i := range list {
				w := &t.w[i][c]
				g := e + t.L2*float64(*w)
				t.g[i][c] += float32(g * g)
				*w -= float32(t.Rate * g / (1e-3 + math.Sqrt(float64(t.g[i][c]))))
			}
		}
	}
	return loss * weight
}

// Probabilities is the softmax of a pair under the weights as they are.
func (t *Trainer) Probabilities(x *Example) [5]float64 {
	var z [5]float64
	for d, keys := range [2][]uint32{x.AB, x.BA} {
		for _, k := range keys {
			if i, ok := t.index[k]; ok {
				z[1+2*d] += float64(t.w[i][0])
				z[2+2*d] += float64(t.w[i][1])
			}
		}
	}
	return softmax(z)
}

// Calibration is what Encode writes beside the weights.
type Calibration struct {
	Slope, Offset float64
	Raise         [4]float64 // of the classes 1 to 4
}

// Encode writes the model's file: the heaviest features that fit, in bytes.
func (t *Trainer) Encode(c Calibration) []byte {
	type row struct {
		key  uint32
		w    [2]float32
		size float32
	}
	var rows []row
	var top float32
	for k, i := range t.index {
		w := t.w[i]
		s := max(abs(w[0]), abs(w[1]))
		top = max(top, s)
		rows = append(rows, row{k, w, s})
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Or(cmp.Compare(b.size, a.size), cmp.Compare(a.key, b.key)) })
	unit := top / 32767
	n := min(len(rows), (t.Bytes-64)/8)
	for n > 0 && rows[n-1].size < top/4000 {
		n--
	}
	rows = rows[:n]
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.key, b.key) })
	b := binary.LittleEndian.AppendUint32(nil, uint32(n))
	for _, v := range [...]float64{float64(unit), c.Slope, c.Offset, c.Raise[0], c.Raise[1], c.Raise[2], c.Raise[3]} {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(v)))
	}
	for _, r := range rows {
		b = binary.LittleEndian.AppendUint32(b, r.key)
	}
	for c := range 2 {
		for _, r := range rows {
			b = binary.LittleEndian.AppendUint16(b, uint16(int16(math.Round(float64(r.w[c]/unit)))))
		}
	}
	return flat.Seal(magic, version, b)
}

func abs(x float32) float32 { return max(x, -x) }
