package judge

import "saidgraph/loaders/quote/text"

// sight is what a sentence's features need of each token, made once a sentence.
type sight struct {
	key    []uint32 // stem; all names have one
	lean   []int8   // what the lexicon or the valence list thinks of it
	quoted []bool   // between quotation marks
	names  []int32  // how many runs of names begin before it
}

func mix(h, x uint32) uint32 {
	h = (h ^ x) * 0x9e3779b1
	return h ^ h>>15
}

// Prepare prepares the sentence just read for Features.
func (r *Reader) Prepare() {
	s := &r.sight
	s.key, s.lean, s.quoted, s.names = s.key[:0], s.lean[:0], s.quoted[:0], s.names[:0]
	depth, runs, in := false, int32(0), false
	for i := r.first; i < r.last; i++ {
		t, low := r.tags[i], r.low(i)
		name := isProperTag(t)
		k := WordKey(lemma(low, t))
		switch {
		case name:
			k = nameKey
		case r.doc.Tokens[i].Kind == text.Number:
			k = numberKey
		}
		switch r.doc.Tokens[i].Kind {
		case text.Open:
			depth = true
		case text.Close:
			depth = false
		}
		s.names = append(s.names, runs)
		if name && !in {
			runs++
		}
		in = name
		s.key = append(s.key, k)
		s.quoted = append(s.quoted, depth)
		s.lean = append(s.lean, r.leaning(low, t, name))
	}
}

// Features appends the keys of the question "does a judge b?" in the sentence just seen. No key knows a name.
func (r *Reader) Features(out []uint32, a, b Range) []uint32 {
	f := features{r: r, out: out, a: a, b: b}
	if b.First < a.First {
		f.order = 1
	}
	f.lo, f.hi = a, b
	if f.order == 1 {
		f.lo, f.hi = b, a
	}
	f.speaks()
	f.words()
	f.around()
	f.frames()
	f.verbs()
	f.leanings()
	return f.out
}

type features struct {
	r      *Reader
	out    []uint32
	a, b   Range
	lo, hi Range  // the one that stands first, and the other
	order  uint32 // 1: b stands first
	sayer  uint32 // 1: a speaks; 2: b speaks; 3: both
}

func (f *features) add(template uint32, x uint32) {
	f.out = append(f.out, mix(mix(template<<2|f.order, x), 0x5bd1))
}

func (f *features) add2(template uint32, x, y uint32) { f.add(template, mix(x, y)) }

// both adds the key with the order of the names and without it: judges that stand second are rare and must learn from the first.
func (f *features) both(template uint32, x, y uint32) {
	k := mix(x, y)
	f.add(template, k)
	f.out = append(f.out, mix(mix(template<<2|2, k), 0x5bd1))
}

// key is the stem of token i, or a mark outside the sentence.
func (f *features) key(i int) uint32 {
	switch {
	case i < f.r.first || i >= f.r.last:
		return 1
	case f.a.holds(i):
		return 2
	case f.b.holds(i):
		return 3
	}
	return f.r.sight.key[i-f.r.first]
}

func (f *features) speaks() {
	for i := range f.r.frames {
		fr := &f.r.frames[i]
		if fr.Kind != Says {
			continue
		}
		if fills(fr.From, f.a) {
			f.sayer |= 1
		}
		if fills(fr.From, f.b) {
			f.sayer |= 2
		}
	}
	qa, qb := f.inQuote(f.a), f.inQuote(f.b)
	f.both(1, f.sayer, 0)
	f.both(2, qa, qb)
	f.both(3, f.sayer, mix(qa, qb))
}

// role is 1 + the role that a fills among the slots, 0 for none.
func role(slots []Slot, a Range) uint32 {
	for _, s := range slots {
		if a.holds(s.Token) {
			return 1 + uint32(s.Role)
		}
	}
	return 0
}

func (f *features) inQuote(a Range) uint32 {
	if i := a.First - f.r.first; i >= 0 && i < len(f.r.sight.quoted) && f.r.sight.quoted[i] {
		return 1
	}
	return 0
}

// words adds the bags: between, before, after, anywhere.
func (f *features) words() {
	gap := f.hi.First - f.lo.Last
	f.add(4, bucket(gap))
	prev := uint32(2)
	for i := f.lo.Last; i < f.hi.First; i++ {
		if k := i - f.lo.Last; k >= 12 && f.hi.First-i > 12 {
			continue
		}
		k := f.key(i)
		f.add(5, k)
		f.add2(6, prev, k)
		prev = k
	}
	f.add2(6, prev, 3)
	for i := max(f.r.first, f.lo.First-8); i < f.lo.First; i++ {
		f.add(7, f.key(i))
	}
	for i := f.hi.Last; i < min(f.r.last, f.hi.Last+10); i++ {
		f.add(8, f.key(i))
		f.add2(9, f.key(i), f.key(i+1))
	}
	for i := f.r.first; i < f.r.last; i++ {
		if t := f.r.tags[i]; isVerb(t) || isNoun(t) && !isProperTag(t) || isAdj(t) {
			f.both(10, f.key(i), 0)
		}
	}
}

func bucket(n int) uint32 {
	switch {
	case n < 4:
		return uint32(max(0, n))
	case n < 6:
		return 4
	case n < 10:
		return 5
	case n < 16:
		return 6
	case n < 26:
		return 7
	}
	return 8
}

// around adds the words right beside each name, by place.
func (f *features) around() {
	for n, x := range [...]Range{f.a, f.b} {
		for k := 1; k <= 3; k++ {
			f.both(12, f.key(x.First-k), uint32(n*8+k))
			f.both(13, f.key(x.Last+k-1), uint32(n*8+k))
		}
		f.both(14, mix(f.key(x.First-2), f.key(x.First-1)), uint32(n))
		f.both(15, mix(f.key(x.Last), f.key(x.Last+1)), uint32(n))
	}
	s := &f.r.sight
	i, j := f.lo.First-f.r.first, f.hi.First-f.r.first
	if i >= 0 && i < len(s.names) && j >= 0 && j < len(s.names) {
		f.add(16, bucket(int(s.names[j]-s.names[i])))
		f.add(17, bucket(int(s.names[i])))
	}
}

// frames adds what the frames make of the two.
func (f *features) frames() {
	for i := range f.r.frames {
		fr := &f.r.frames[i]
		if fr.Kind == Says {
			continue
		}
		p := uint32(fr.Polarity+1) | uint32(fr.Kind)<<2
		if fr.Off {
			p |= 64
		}
		fa, ta, fb, tb := role(fr.From, f.a), role(fr.To, f.a), role(fr.From, f.b), role(fr.To, f.b)
		speaker := uint32(0)
		if len(fr.From) == 0 || fr.First {
			speaker = 1
		}
		if fa != 0 && tb != 0 {
			f.both(18, uint32(fr.Polarity+1), 0)
			f.both(19, p, 0)
			f.both(20, p, fa<<4|tb)
		}
		if fb != 0 && ta != 0 {
			f.both(21, p, 0)
		}
		if tb != 0 && fa == 0 {
			f.both(22, p, speaker<<4|f.sayer)
			f.both(23, uint32(fr.Polarity+1), speaker<<4|f.sayer)
		}
		if ta != 0 && fb == 0 {
			f.both(24, p, speaker<<4|f.sayer)
		}
		if fa != 0 && tb == 0 {
			f.both(25, p, 0)
		}
		f.both(26, uint32(fr.Polarity+1), f.side(fr.Cue))
		f.both(27, p, f.side(fr.Cue))
	}
}

// side is where a token stands: 0 before both, 1 between, 2 after both.
func (f *features) side(i int) uint32 {
	switch {
	case i < f.lo.First:
		return 0
	case i < f.hi.First:
		return 1
	}
	return 2
}

// verbs adds the verb that each name is nearest to, and the chunks between the two.
func (f *features) verbs() {
	var path uint32 = 7
	var bare uint32 = 9
	n, verbs := 0, 0
	var only uint32
	for k := range f.r.chunks {
		c := &f.r.chunks[k]
		if int(c.last) <= f.lo.Last || int(c.first) >= f.hi.First {
			continue
		}
		n++
		x := uint32(c.part)
		if c.part == verbGroup {
			verbs++
			x |= mix(f.key(int(c.head)), 5) << 4
			if c.passive {
				x ^= 0x8000
			}
			if c.negated || c.modal {
				x ^= 0x4000
			}
			only = x
		}
		if c.part == preposition || c.part == relative || c.part == subordinate {
			x |= f.key(int(c.head)) << 4
		}
		path, bare = mix(path, x), mix(bare, uint32(c.part))
	}
	if n <= 7 {
		f.add(28, path)
		f.add(29, bare)
	}
	f.add(30, bucket(verbs))
	if verbs == 1 {
		f.both(31, only, 0)
	}
	for m, x := range [...]Range{f.a, f.b} {
		l, r := f.nearest(x)
		f.both(32, l, uint32(m))
		f.both(33, r, uint32(m))
	}
}

// nearest is the verb before and the verb after a name, by stem.
func (f *features) nearest(x Range) (before, after uint32) {
	for k := range f.r.chunks {
		c := &f.r.chunks[k]
		if c.part != verbGroup {
			continue
		}
		v := f.key(int(c.head))
		if c.passive {
			v = mix(v, 77)
		}
		if int(c.last) <= x.First {
			before = v
		} else if int(c.first) >= x.Last {
			return before, v
		}
	}
	return before, 0
}

// leanings adds how good or bad the words sound, by where they stand.
func (f *features) leanings() {
	var sum [3]int
	var neg, posi [3]uint32
	for i, l := range f.r.sight.lean {
		if l == 0 || f.a.holds(i+f.r.first) || f.b.holds(i+f.r.first) {
			continue
		}
		d := f.side(i + f.r.first)
		sum[d] += int(l)
		if l < 0 {
			neg[d]++
		} else {
			posi[d]++
		}
	}
	all := sum[0] + sum[1] + sum[2]
	for d := range sum {
		f.add2(34, uint32(d), clip(sum[d]))
		f.add2(35, uint32(d), min(neg[d], 3)<<4|min(posi[d], 3))
		f.both(36, uint32(d)|f.sayer<<4, clip(sum[d]))
	}
	f.both(37, f.sayer, clip(all))
	f.both(38, clip(all), 0)
	f.both(39, f.inQuote(f.a)<<1|f.inQuote(f.b), clip(all))
	f.add(40, min(neg[0]+neg[1]+neg[2], 5)<<4|min(posi[0]+posi[1]+posi[2], 5))
}

func clip(n int) uint32 { return uint32(max(-4, min(4, n)) + 4) }
