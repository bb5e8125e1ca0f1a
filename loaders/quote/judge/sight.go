package judge

import (
	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

// Range is the tokens [First, Last) of a name.
type Range struct{ First, Last int }

// Less is the range as counted from token n.
func (a Range) Less(n int) Range { return Range{a.First - n, a.Last - n} }

func (a Range) holds(i int) bool { return a.First <= i && i < a.Last }

// The categorical features of a token, in the order of the network's table, and how many values each has.
const (
	rowTag    = iota
	rowLean   // what the lexicon or the valence list thinks of the word
	rowCue    // the kind of the frame that it opens, its polarity, whether it is off
	rowSlots  // what it fills in frames: speaks, judges ill, well, is judged ill, well
	rowQuoted // between quotation marks
	rowSuffix // hashed
	numRows
)

func rowSizes() [numRows]int {
	return [numRows]int{rowTag: pos.Count, rowLean: 5, rowCue: 1 + 6*int(kinds), rowSlots: 32, rowQuoted: 2, rowSuffix: 512}
}

// rowCount is the number of rows of the table.
func rowCount() (n int) {
	for _, s := range rowSizes() {
		n += s
	}
	return n
}

// Sight is what the network reads of one token: the key of its word and a row of the table for each feature.
type Sight struct {
	Word uint32
	Rows [numRows]uint16
}

// Keys of words that are not read: all names are one word, and all numbers.
const (
	nameKey   = 0x7a3e11
	numberKey = 0x51c2f7
)

// WordKey is the key of a word in lower case (FNV-1a).
func WordKey(low string) uint32 {
	h := uint32(0x811c9dc5)
	for i := 0; i < len(low); i++ {
		h = (h ^ uint32(low[i])) * 0x01000193
	}
	return h
}

// See describes every token of the sentence just read; names and the tokens in hidden are masked. The result lives until the next See.
func (r *Reader) See(hidden ...Range) []Sight {
	out, quoted := r.sights[:0], false
	for i := r.first; i < r.last; i++ {
		t, kind := r.tags[i], r.doc.Tokens[i].Kind
		s := Sight{}
		low := r.low(i)
		name := r.Name(i)
		for _, h := range hidden {
			name = name || h.holds(i)
		}
		switch kind {
		case text.Open:
			quoted = true
		case text.Close:
			quoted = false
		}
		switch {
		case name:
			s.Word = nameKey
		case kind == text.Number:
			s.Word = numberKey
		default:
			s.Word = WordKey(low)
			s.Rows[rowSuffix] = suffix(low)
		}
		s.Rows[rowTag] = uint16(t)
		s.Rows[rowLean] = uint16(r.leaning(low, t, name) + 2)
		if quoted {
			s.Rows[rowQuoted] = 1
		}
		out = append(out, s)
	}
	r.sights = out
	r.seeFrames()
	return offset(out)
}

// offset makes the rows of each feature begin behind those of the one before.
func offset(sights []Sight) []Sight {
	at := uint16(0)
	for k, n := range rowSizes() {
		for i := range sights {
			sights[i].Rows[k] += at
		}
		at += uint16(n)
	}
	return sights
}

// Lead is how many tokens SeeSaid puts before a sentence.
const Lead = 3

// SeeSaid is See of the sentence with "NAME said:" before it, the name of whoever says it.
func (r *Reader) SeeSaid(hidden ...Range) []Sight {
	lead := [Lead]Sight{{Word: nameKey}, {Word: WordKey("said")}, {Word: WordKey(":")}}
	for i, t := range [Lead]pos.Tag{pos.NNP, pos.VBD, pos.Colon} {
		lead[i].Rows[rowTag] = uint16(t)
	}
	lead[0].Rows[rowSlots] = 1
	for i, low := range [Lead]string{1: "said", 2: ":"} {
		if low != "" {
			lead[i].Rows[rowSuffix] = suffix(low)
		}
	}
	for i := range lead {
		lead[i].Rows[rowLean] += 2
	}
	return append(offset(lead[:]), r.See(hidden...)...)
}

// SaidHints are the Hints of whoever says the sentence, who stands before it, and of a name in it.
func (r *Reader) SaidHints(b Range) Hints { return r.Hints(Range{-1, -1}, b) | 1 }

func suffix(low string) uint16 { return uint16(WordKey(low[max(0, len(low)-3):]) >> 8 & 511) }

// seeFrames marks the tokens that the frames speak of.
func (r *Reader) seeFrames() {
	mark := func(slots []Slot, bit uint16) {
		for _, s := range slots {
			if i := s.Token - r.first; i >= 0 && i < len(r.sights) {
				r.sights[i].Rows[rowSlots] |= bit
			}
		}
	}
	for i := range r.frames {
		f := &r.frames[i]
		if f.Later {
			continue
		}
		if k := f.Cue - r.first; f.Kind != Says && k >= 0 && k < len(r.sights) {
			v := 1 + 6*uint16(f.Kind) + 2*uint16(f.Polarity+1)
			if f.Off {
				v++
			}
			r.sights[k].Rows[rowCue] = max(r.sights[k].Rows[rowCue], v)
		}
		switch {
		case f.Kind == Says:
			mark(f.From, 1)
		case f.Off:
		case f.Polarity < 0:
			mark(f.From, 2)
			mark(f.To, 8)
		case f.Polarity > 0:
			mark(f.From, 4)
			mark(f.To, 16)
		}
	}
}

// Name says that token i of the sentence is part of a name: a proper noun, or a word in capitals that stands for a people or a party ("Turkish").
func (r *Reader) Name(i int) bool {
	switch t := r.tags[i]; t {
	case pos.NNP, pos.NNPS:
		return true
	case pos.JJ, pos.NN, pos.NNS, pos.FW, pos.VBN, pos.VBG:
		c := r.doc.Text[r.doc.Tokens[i].Start]
		return c >= 'A' && c <= 'Z' && (i > r.first || t == pos.JJ || t == pos.NNS)
	}
	return false
}

// leaning is -2 … 2: twice what the lexicon of judging words says, else the valence list's sign.
func (r *Reader) leaning(low string, t pos.Tag, name bool) int8 {
	if name {
		return 0
	}
	e := r.lex.of(low, t)
	switch {
	case isVerb(t):
		if p := e.verb + e.weak + e.faint + e.act; p != 0 {
			return 2 * sign(p)
		}
	case isNoun(t):
		if p := e.noun + e.holder + e.said; p != 0 {
			return 2 * sign(p)
		}
	case isAdj(t):
		if p := e.adj + e.feeling + e.said; p != 0 {
			return 2 * sign(p)
		}
	}
	return sign(r.lex.valence[low])
}

func sign(p int8) int8 {
	switch {
	case p > 0:
		return 1
	case p < 0:
		return -1
	}
	return 0
}

// Hints are what the frames say of a pair of names at once: bit by bit, whether one judges the other, is judged by whoever speaks, and speaks.
type Hints uint16

// Hints of the names a and b, of which a stands first, in the sentence just read.
func (r *Reader) Hints(a, b Range) (h Hints) {
	for i := range r.frames {
		f := &r.frames[i]
		if f.Later {
			continue
		}
		fa, fb, ta, tb := fills(f.From, a), fills(f.From, b), fills(f.To, a), fills(f.To, b)
		bit := func(yes bool, k int) {
			if yes {
				h |= 1 << k
			}
		}
		if f.Kind == Says {
			bit(fa, 0)
			bit(fb, 1)
			continue
		}
		k := 2
		switch {
		case f.Off:
			k = 6
		case f.Polarity > 0:
			k = 4
		}
		bit(fa && tb, k)
		bit(fb && ta, k+1)
		if speaker := len(f.From) == 0 || f.First; speaker && !f.Off {
			k = 8
			if f.Polarity > 0 {
				k = 10
			}
			bit(tb, k)
			bit(ta, k+1)
		}
	}
	return h
}

// Off says that a frame holds both names and denies, asks or supposes the judgement: "refused to condemn Lee".
func (h Hints) Off() bool { return h>>6&3 != 0 }

// exchanged is the hints of b and a: each bit of a's has its twin beside it.
func (h Hints) exchanged() Hints { return h&0x555<<1 | h>>1&0x555 }

func fills(slots []Slot, a Range) bool {
	for _, s := range slots {
		if a.holds(s.Token) && s.Role != Modifier {
			return true
		}
	}
	return false
}

// MostNames bounds the names of a sentence whose pairs are weighed.
const MostNames = 6

// Names appends the names of the sentence just read: runs of tokens that are part of a name, cut before token i where cut(i) says so.
func (r *Reader) Names(out []Range, cut func(i int) bool) []Range {
	first, n := -1, len(out)
	for i := r.first; i <= r.last && len(out)-n < MostNames; i++ {
		name := i < r.last && r.Name(i)
		if first >= 0 && (!name || cut(i)) {
			out = append(out, Range{First: first, Last: i})
			first = -1
		}
		if name && first < 0 {
			first = i
		}
	}
	return out
}
