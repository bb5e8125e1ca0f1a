// Package pos tags tokens with their part of speech, by a greedy averaged perceptron over hashed features.
//
// The method is Collins' (2002) perceptron with averaged weights, left to right, no beam. Words that the training
// text gave one tag only are looked up and cost no scoring.
//
// # File
//
// A model is a frame of package flat, magic "sgps", whose payload is, in little-endian numbers:
//
//	u32           features F
//	u32           known words K
//	u32           pairs P
//	F × u32       keys of the features, ascending
//	F × u8        how many (tag, weight) pairs a feature has
//	K × u32       hashes of the words with one tag, ascending
//	K × u8        their tags
//	P × (u8, i8)  tag and weight, in the order of the features
//
// # Concurrency
//
// A Model is immutable. Tag writes only into the caller's slice.
package pos

import (
	"errors"
	"fmt"

	"saidgraph/loaders/quote/flat"
	"saidgraph/loaders/quote/text"
)

const (
	magic   = "sgps"
	version = 1
)

// Model is a trained tagger.
type Model struct {
	slots []slot
	mask  uint32
	pairs []byte    // tag, weight, tag, weight …
	rows  []weights // of the features with many pairs: a weight for every tag
}

// weights is a weight and 128 for each tag, 16 bits each, so that one addition adds four: those of all features fit.
type weights [(Count + 3) / 4]uint64

// slot is one place of the open-addressing table: a feature's key and where its pairs lie.
type slot struct {
	key uint32
	at  uint32 // index of its first pair << 8 | how many; or of its weights << 8 | inRow; for a word with one tag, tag << 8 | oneTagged; 0: empty
}

// What a slot has in place of a number of pairs, which is never so high.
const (
	inRow     = 254
	oneTagged = 255
)

// manyPairs is the number of pairs from which on weights for all tags take their place: tagging takes 57 % of the time that pairs alone
// take, and lower numbers bring nothing more.
const manyPairs = 16

// Load reads a model that Encode wrote. The bytes must not change afterwards.
func Load(b []byte) (*Model, error) {
	p, err := flat.Open(magic, version, b)
	if err != nil {
		return nil, err
	}
	r := flat.NewReader(p)
	nf, nk, np := int(r.U32()), int(r.U32()), int(r.U32())
	if np >= 1<<24 {
		return nil, errors.New(magic + " model: too many pairs")
	}
	keys, counts := r.U32s(nf), r.Bytes(nf)
	words, tags := r.U32s(nk), r.Bytes(nk)
	pairs := r.Bytes(2 * np)
	if err := r.Err(); err != nil {
		return nil, fmt.Errorf("%s model: %w", magic, err)
	}
	size := 1024
	for size < 2*(nf+nk) {
		size *= 2
	}
	m := &Model{slots: make([]slot, size), mask: uint32(size - 1), pairs: pairs}
	for i := 0; i < len(pairs); i += 2 {
		if Tag(pairs[i]) >= count {
			return nil, errors.New(magic + " model: unknown tag")
		}
	}
	if err := m.putFeatures(keys, counts); err != nil {
		return nil, err
	}
	for i, k := range words {
		if Tag(tags[i]) >= count {
			return nil, errors.New(magic + " model: unknown tag")
		}
		m.put(slot{mix(0, k), uint32(tags[i])<<8 | oneTagged})
	}
	return m, nil
}

func (m *Model) putFeatures(keys []uint32, counts []byte) error {
	at, many := 0, 0
	for _, n := range counts {
		if int(n) >= Count {
			return errors.New(magic + " model: more pairs than tags")
		}
		if at += int(n); n >= manyPairs {
			many++
		}
	}
	if 2*at != len(m.pairs) {
		return errors.New(magic + " model: the pairs do not add up")
	}
	m.rows, at = make([]weights, 0, many), 0
	for i, k := range keys {
		n := int(counts[i])
		if n >= manyPairs {
			m.put(slot{k, uint32(len(m.rows))<<8 | inRow})
			m.rows = append(m.rows, newWeights(m.pairs[2*at:2*(at+n)]))
		} else {
			m.put(slot{k, uint32(at)<<8 | uint32(n)})
		}
		at += n
	}
	return nil
}

func newWeights(pairs []byte) (r weights) {
	for t := range Count {
		r[t/4] |= 128 << (t % 4 * 16)
	}
	for i := 0; i < len(pairs); i += 2 {
		r[pairs[i]/4] += uint64(int64(int8(pairs[i+1]))) << (pairs[i] % 4 * 16)
	}
	return r
}

func (m *Model) put(s slot) {
	i := s.key & m.mask
	for m.slots[i].at != 0 {
		i = (i + 1) & m.mask
	}
	m.slots[i] = s
}

// find is what the table holds of a key, 0 for nothing.
func (m *Model) find(key uint32) uint32 {
	i := key & m.mask
	for {
		s := m.slots[i]
		if s.at == 0 || s.key == key {
			return s.at
		}
		i = (i + 1) & m.mask
	}
}

// Tag writes the tag of each token of d to out, which must have room for all of them. It allocates nothing.
func (m *Model) Tag(d *text.Doc, out []Tag) {
	for i := range d.Sentences {
		s := &d.Sentences[i]
		m.sentence(d, s.First, s.Last, out)
	}
}

func (m *Model) sentence(d *text.Doc, first, last int, out []Tag) {
	var w [5]word
	var keys [nFeatures]uint32
	titled := isTitled(d, first, last)
	for k := 0; k < 2; k++ {
		m.look(&w[3+k], d, first+k, last, titled)
	}
	t1, t2 := None, None
	for i := first; i < last; i++ {
		w[0], w[1], w[2], w[3] = w[1], w[2], w[3], w[4]
		m.look(&w[4], d, i+2, last, titled)
		t := w[2].known
		if t == None {
			features(&w, t1, t2, &keys)
			t = m.best(&keys)
		}
		out[i] = t
		t1, t2 = t, t1
	}
}

func (m *Model) look(w *word, d *text.Doc, i, last int, titled bool) {
	if i >= last {
		*w = word{}
		return
	}
	w.look(d, i, titled)
	w.known = None
	if at := m.find(mix(0, knownKey(w))); at&0xff == oneTagged {
		w.known = Tag(at >> 8)
	}
}

// knownKey tells "May" from "may".
func knownKey(w *word) uint32 { return mix(w.low, w.shape) }

func (m *Model) best(keys *[nFeatures]uint32) Tag {
	var places [nFeatures]uint32 // all are found before the first is read: their cache misses overlap
	for i, k := range keys {
		places[i] = m.find(k)
	}
	var scores [Count]int32
	var sum weights
	for _, at := range places {
		switch at & 0xff {
		case inRow:
			for i, v := range &m.rows[at>>8] {
				sum[i] += v
			}
		case oneTagged: // a feature's key that happens to be a word's
		default:
			p := m.pairs[2*(at>>8) : 2*(at>>8+at&0xff)]
			for ; len(p) >= 2; p = p[2:] {
				scores[p[0]] += int32(int8(p[1]))
			}
		}
	}
	for t := range scores {
		scores[t] += int32(uint16(sum[t/4] >> (t % 4 * 16)))
	}
	best := NN
	for t, v := range scores {
		if v > scores[best] && t != 0 {
			best = Tag(t)
		}
	}
	return best
}

// isTitled says that the sentence is written like a headline, where capitals tell nothing.
func isTitled(d *text.Doc, first, last int) bool {
	words, caps := 0, 0
	for i := first; i < last; i++ {
		t := &d.Tokens[i]
		if t.Kind != text.Word || t.Len() < 4 {
			continue
		}
		words++
		if c := d.Text[t.Start]; c >= 'A' && c <= 'Z' {
			caps++
		}
	}
	return words >= 3 && caps*10 >= words*8
}
