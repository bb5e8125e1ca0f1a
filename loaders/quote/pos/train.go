package pos

import (
	"cmp"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"

	"saidgraph/loaders/quote/flat"
	"saidgraph/loaders/quote/text"
)

// Example is one tagged text. Tags[i] of token i; None where the gold has none: such a token is tagged but teaches nothing.
type Example struct {
	Doc  *text.Doc
	Tags []Tag
}

// Trainer learns a Model. The same examples in the same order with the same seed give the same bytes.
type Trainer struct {
	Seed   uint64
	Rounds int
	Bytes  int                          // upper bound of the model's size
	Log    func(round int, acc float64) // training accuracy of each round; may be nil

	rows map[uint32]*row
	step float32
	keys map[uint32]Tag
}

type row struct{ weight, total, since [Count]float32 }

// Train returns the model's file.
func (t *Trainer) Train(set []Example) []byte {
	t.rows, t.keys, t.step = map[uint32]*row{}, oneTag(set), 0
	type ref struct{ doc, sentence int }
	var order []ref
	for i, x := range set {
		for s := range x.Doc.Sentences {
			order = append(order, ref{i, s})
		}
	}
	rng := rand.New(rand.NewPCG(t.Seed, 1))
	for round := range t.Rounds {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		right, all := 0, 0
		for _, r := range order {
			x := &set[r.doc]
			s := &x.Doc.Sentences[r.sentence]
			a, b := t.sentence(x, s.First, s.Last)
			right, all = right+a, all+b
		}
		if t.Log != nil {
			t.Log(round, float64(right)/float64(max(1, all)))
		}
	}
	return t.encode()
}

// oneTag finds the words that have, as often as not to matter, one tag.
func oneTag(set []Example) map[uint32]Tag {
	seen := map[uint32]*[Count]int{}
	for _, x := range set {
		for si := range x.Doc.Sentences {
			s := &x.Doc.Sentences[si]
			titled := isTitled(x.Doc, s.First, s.Last)
			for i := s.First; i < s.Last; i++ {
				if x.Tags[i] == None {
					continue
				}
				var w word
				w.look(x.Doc, i, titled)
				k := knownKey(&w)
				if seen[k] == nil {
					seen[k] = &[Count]int{}
				}
				seen[k][x.Tags[i]]++
			}
		}
	}
	out := map[uint32]Tag{}
	for k, c := range seen {
		n, best := 0, None
		for t, v := range c {
			n += v
			if v > c[best] {
				best = Tag(t)
			}
		}
		if n >= 40 && float64(c[best]) >= 0.996*float64(n) {
			out[k] = best
		}
	}
	return out
}

func (t *Trainer) sentence(x *Example, first, last int) (right, all int) {
	var w [5]word
	var keys [nFeatures]uint32
	titled := isTitled(x.Doc, first, last)
	look := func(p *word, i int) {
		*p = word{}
		if i < last {
			p.look(x.Doc, i, titled)
			p.known = t.keys[knownKey(p)]
		}
	}
	look(&w[3], first)
	look(&w[4], first+1)
	t1, t2 := None, None
	for i := first; i < last; i++ {
		w[0], w[1], w[2], w[3] = w[1], w[2], w[3], w[4]
		look(&w[4], i+2)
		guess := w[2].known
		if guess == None {
			features(&w, t1, t2, &keys)
			guess = t.best(&keys)
			t.step++
			if want := x.Tags[i]; want != None && want != guess {
				t.update(&keys, want, guess)
			}
		}
		if x.Tags[i] != None {
			all++
			if guess == x.Tags[i] {
				right++
			}
		}
		t1, t2 = guess, t1
	}
	return right, all
}

func (t *Trainer) best(keys *[nFeatures]uint32) Tag {
	var scores [Count]float32
	for _, k := range keys {
		if r := t.rows[k]; r != nil {
			for i, v := range r.weight {
				scores[i] += v
			}
		}
	}
	best := NN
	for i, v := range scores {
		if v > scores[best] && i != 0 {
			best = Tag(i)
		}
	}
	return best
}

func (t *Trainer) update(keys *[nFeatures]uint32, want, guess Tag) {
	for _, k := range keys {
		r := t.rows[k]
		if r == nil {
			r = &row{}
			t.rows[k] = r
		}
		for _, c := range [...]struct {
			tag Tag
			d   float32
		}{{want, 1}, {guess, -1}} {
			r.total[c.tag] += (t.step - r.since[c.tag]) * r.weight[c.tag]
			r.since[c.tag] = t.step
			r.weight[c.tag] += c.d
		}
	}
}

type feature struct {
	key  uint32
	avg  [Count]float32
	size float32
}

// encode averages, drops the lightest features until the file fits, and rounds the weights to a byte.
func (t *Trainer) encode() []byte {
	var fs []feature
	var top float32
	for k, r := range t.rows {
		f := feature{key: k}
		for i := range r.weight {
			f.avg[i] = (r.total[i] + (t.step-r.since[i])*r.weight[i]) / t.step
			a := float32(math.Abs(float64(f.avg[i])))
			f.size = max(f.size, a)
		}
		top = max(top, f.size)
		fs = append(fs, f)
	}
	slices.SortFunc(fs, func(a, b feature) int {
		return cmp.Or(cmp.Compare(b.size, a.size), cmp.Compare(a.key, b.key))
	})
	// Clipping the few largest weights for the sake of the small ones' digits costs accuracy: 0.958 whole, 0.947 at a quarter.
	unit := top / 127
	budget := t.Bytes - 5*len(t.keys) - 64
	n := 0
	for ; n < len(fs); n++ {
		c := 5
		for _, v := range fs[n].avg {
			if quant(v, unit) != 0 {
				c += 2
			}
		}
		if c == 5 {
			break
		}
		if budget -= c; budget < 0 {
			break
		}
	}
	fs = fs[:n]
	slices.SortFunc(fs, func(a, b feature) int { return cmp.Compare(a.key, b.key) })
	return write(fs, t.keys, unit)
}

func quant(v, unit float32) int8 {
	return int8(max(-127, min(127, math.Round(float64(v/unit)))))
}

func write(fs []feature, known map[uint32]Tag, unit float32) []byte {
	var counts, pairs []byte
	for _, f := range fs {
		n := 0
		for tag, v := range f.avg {
			if q := quant(v, unit); q != 0 {
				pairs = append(pairs, byte(tag), byte(q))
				n++
			}
		}
		counts = append(counts, byte(n))
	}
	words := make([]uint32, 0, len(known))
	for k := range known {
		words = append(words, k)
	}
	slices.Sort(words)
	b := binary.LittleEndian.AppendUint32(nil, uint32(len(fs)))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(words)))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(pairs)/2))
	for _, f := range fs {
		b = binary.LittleEndian.AppendUint32(b, f.key)
	}
	b = append(b, counts...)
	for _, w := range words {
		b = binary.LittleEndian.AppendUint32(b, w)
	}
	for _, w := range words {
		b = append(b, byte(known[w]))
	}
	return flat.Seal(magic, version, append(b, pairs...))
}
