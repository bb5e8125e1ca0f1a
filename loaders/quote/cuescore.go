package quote

import (
	_ "embed"
	"math"

	"saidgraph/loaders/quote/pos"
)

//go:embed model/cue.bin
var cueBytes []byte

// cueModel weighs the features of a candidate cue: a logistic regression over hashed features.
type cueModel []byte

const (
	cueBits  = 17
	cueScale = 24 // a weight of 1 as stored
)

// features appends the hashed features of the candidate cue at v with its frame and subject.
func (s *spotter) features(out []uint32, v int, f frame, n run) []uint32 {
	stem := hashString(seed, stemOf(s.e.cues, s.low(v)))
	tag := uint32(s.tag(v))
	shape := uint32(f.shape)
	next, prev, prev2 := hashString(seed, s.low(v+1)), hashString(seed, s.low(v-1)), hashString(seed, s.low(v-2))
	who := uint32(99)
	head := uint32(0)
	if !n.empty() {
		who = uint32(s.tag(n.head))
		head = hashString(seed, s.low(n.head))
	}
	start := hashString(seed, s.low(f.start))
	in := uint32(0)
	if s.r.inside[v] >= 0 {
		in = 1
	}
	first := uint32(0)
	if sen := s.d.Sentences[s.d.Tokens[v].Sentence]; sen.First == v {
		first = 1
	}
	noun := uint32(0)
	if t := s.tag(v); t == pos.NN || t == pos.NNS {
		noun = 1
	} else if t == pos.JJ {
		noun = 2
	}
	startTag, nextTag := uint32(s.tag(f.start)), uint32(s.tag(v+1))
	add := func(id, a, b, c uint32) { out = append(out, mix(id, a, b, c)) }
	add(1, noun, 0, 0)
	add(2, stem, 0, 0)
	add(3, stem, tag, 0)
	add(4, stem, shape, 0)
	add(5, stem, shape, tag)
	add(6, shape, tag, in)
	add(7, who, shape, tag)
	add(8, head, 0, 0)
	add(9, next, stem, 0)
	add(10, prev, stem, 0)
	add(11, prev, tag, 0)
	add(12, prev2, prev, 0)
	add(13, nextTag, tag, noun)
	add(14, in, stem, 0)
	add(15, who, stem, 0)
	add(16, start, shape, 0)
	add(17, startTag, shape, tag)
	add(18, uint32(s.tag(v-1)), tag, shape)
	add(19, next, tag, 0)
	add(20, first, tag, shape)
	add(21, uint32(s.tag(v-1)), uint32(s.tag(v-2)), tag)
	add(22, next, hashString(seed, s.low(v+2)), noun)
	return out
}

const seed = 2166136261

func hashString(h uint32, w string) uint32 {
	for i := 0; i < len(w); i++ {
		h = (h ^ uint32(w[i])) * 16777619
	}
	return h
}

func mix(id, a, b, c uint32) uint32 {
	h := id*0x9E3779B1 ^ a
	h = (h ^ h>>15) * 0x85EBCA6B
	h = (h ^ b) * 0xC2B2AE35
	h = (h ^ h>>13 ^ c) * 0x27D4EB2F
	h ^= h >> 16
	return h & (1<<cueBits - 1)
}

// stemOf is the lemma of a reporting verb, or the word without its ending.
func stemOf(l cueLexicon, w string) string {
	if r := l[w]; r != nil {
		return r.lemma
	}
	n := len(w)
	switch {
	case n > 5 && w[n-3:] == "ing":
		w = w[:n-3]
	case n > 4 && w[n-2:] == "ed":
		w = w[:n-2]
	case n > 4 && w[n-2:] == "es":
		w = w[:n-2]
	case n > 3 && w[n-1] == 's' && w[n-2] != 's':
		w = w[:n-1]
	case n > 3 && w[n-1] == 'e':
		w = w[:n-1]
	}
	if n := len(w); n > 3 && w[n-1] == w[n-2] && w[n-1] != 's' && w[n-1] != 'l' {
		w = w[:n-1]
	}
	return w
}

// probability is how likely the features are those of a cue.
func (m cueModel) probability(features []uint32) float64 {
	if len(m) == 0 {
		return 0
	}
	sum := 0
	for _, f := range features {
		sum += int(int8(m[f]))
	}
	return 1 / (1 + math.Exp(-float64(sum)/cueScale))
}
