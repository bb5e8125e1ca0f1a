package pos

import "saidgraph/loaders/quote/text"

// word is what the features need to know of one token, hashed once.
type word struct {
	low        uint32 // lower case
	s1, s2, s3 uint32 // its last bytes
	p1, p3     uint32 // its first bytes
	shape      uint32 // kind of token, which letters it has, and whether its sentence is a headline
	known      Tag    // the tag of a word that has only one; None otherwise
}

const (
	prime  = 0x01000193
	offset = 0x811c9dc5
)

func mix(h, x uint32) uint32 {
	h = (h ^ x) * 0x9e3779b1
	return h ^ h>>15
}

// look fills w with token i. Digits all count as one, so that numbers not seen before still share features.
func (w *word) look(d *text.Doc, i int, titled bool) {
	t := &d.Tokens[i]
	low, raw := d.Lower[t.Start:t.End], d.Text[t.Start:t.End]
	h := uint32(offset)
	var digits, upper, lower, other bool
	for k := 0; k < len(low); k++ {
		c, r := low[k], raw[k]
		if c >= '0' && c <= '9' {
			c, digits = '0', true
		} else if r >= 'A' && r <= 'Z' {
			upper = true
		} else if r >= 'a' && r <= 'z' {
			lower = true
		} else {
			other = true
		}
		h = (h ^ uint32(c)) * prime
	}
	w.low = h
	w.s1, w.s2, w.s3 = tail(low, 1), tail(low, 2), tail(low, 3)
	w.p1, w.p3 = head(low, 1), head(low, 3)
	sh := uint32(t.Kind)
	first := len(raw) > 0 && raw[0] >= 'A' && raw[0] <= 'Z'
	for n, on := range [...]bool{digits, upper, lower, other, first, first && !lower && len(raw) > 1, titled} {
		if on {
			sh |= 8 << n
		}
	}
	w.shape = sh
}

func tail(s string, n int) uint32 {
	if len(s) < n {
		n = len(s)
	}
	h := uint32(n)
	for _, c := range []byte(s[len(s)-n:]) {
		if c >= '0' && c <= '9' {
			c = '0'
		}
		h = h<<8 ^ uint32(c) ^ h>>24*prime
	}
	return h
}

func head(s string, n int) uint32 {
	if len(s) < n {
		n = len(s)
	}
	h := uint32(n)
	for _, c := range []byte(s[:n]) {
		h = h<<8 ^ uint32(c) ^ h>>24*prime
	}
	return h
}

// nFeatures is the number of features of one token.
const nFeatures = 23

// features writes the keys of the middle token of the window w[0..4], whose two tags before are t1 (nearest) and t2.
func features(w *[5]word, t1, t2 Tag, out *[nFeatures]uint32) {
	m := &w[2]
	a, b := uint32(t1), uint32(t2)
	out[0] = mix(1, m.low)
	out[1] = mix(mix(2, m.low), m.shape)
	out[2] = mix(3, m.s3)
	out[3] = mix(4, m.s2)
	out[4] = mix(mix(5, m.s1), m.shape)
	out[5] = mix(6, m.p1)
	out[6] = mix(7, m.p3)
	out[7] = mix(8, m.shape)
	out[8] = mix(9, a)
	out[9] = mix(10, a<<8|b)
	out[10] = mix(mix(11, m.low), a)
	out[11] = mix(12, w[1].low)
	out[12] = mix(13, w[0].low)
	out[13] = mix(14, w[3].low)
	out[14] = mix(15, w[4].low)
	out[15] = mix(16, w[3].s3)
	out[16] = mix(mix(17, m.low), w[3].low)
	out[17] = mix(mix(18, m.low), w[1].low)
	out[18] = mix(mix(19, a), w[3].s2)
	out[19] = mix(mix(20, m.shape), w[3].shape)
	out[20] = mix(mix(21, m.s3), a)
	out[21] = mix(mix(22, m.shape), w[1].shape)
	out[22] = mix(mix(23, m.s3), w[3].low)
}
