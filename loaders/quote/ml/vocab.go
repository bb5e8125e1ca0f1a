package ml

import (
	"strings"
	"unicode/utf8"
)

const (
	maxPieces  = 6  // word pieces of one token; the rest of a longer one is left out
	maxFolded  = 48 // bytes of a token that are looked at
	unknownID  = 100
	quoteWord  = `"`
	longestKey = 20 // bytes of the longest piece worth trying
)

// vocabulary cuts words into word pieces, greedily, longest first, as BERT does (uncased).
type vocabulary struct {
	first map[string]int32 // pieces that begin a word
	rest  map[string]int32 // pieces that go on, without their "##"
	quote int32            // the piece of every quotation mark
}

// newVocabulary takes the pieces in the order of their ids.
func newVocabulary(words []string) *vocabulary {
	v := &vocabulary{first: make(map[string]int32, len(words)), rest: make(map[string]int32, len(words)/4), quote: unknownID}
	for i, w := range words {
		if r, ok := strings.CutPrefix(w, "##"); ok && r != "" {
			v.rest[r] = int32(i)
			continue
		}
		v.first[w] = int32(i)
	}
	if id, ok := v.first[quoteWord]; ok {
		v.quote = id
	}
	return v
}

// pieces appends the pieces of a folded word to dst: at least one, at most maxPieces.
func (v *vocabulary) pieces(dst []int32, w string) []int32 {
	if id, ok := v.first[w]; ok {
		return append(dst, id)
	}
	table, n := v.first, len(dst)
	for w != "" && len(dst) < n+maxPieces {
		cut, id := 0, int32(unknownID)
		for j := min(len(w), longestKey); j > 0; j-- {
			if k, ok := table[w[:j]]; ok {
				cut, id = j, k
				break
			}
		}
		if cut == 0 {
			_, cut = utf8.DecodeRuneInString(w)
		}
		dst, w, table = append(dst, id), w[cut:], v.rest
	}
	if len(dst) == n {
		dst = append(dst, unknownID)
	}
	return dst
}

// folds maps the letters with marks of Latin-1 and Latin Extended-A, and typographic marks, to what the pieces are made of.
const (
	foldFrom = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿāăąćĉċčďēĕėęěĝğġģĥĩīĭįĵķĺļľńņňōŏőŕŗřśŝşšţťũūŭůűųŵŷźżž’‘ʼ–—"
	foldTo   = "aaaaaaceeeeiiiinooooouuuuyyaaaccccdeeeeegggghiiiijklllnnnooorrrssssttuuuuuuwyzzz'''--"
)

// folding is the table of foldFrom to foldTo.
func folding() map[rune]byte {
	m, i := make(map[rune]byte, len(foldTo)), 0
	for _, r := range foldFrom {
		m[r] = foldTo[i]
		i++
	}
	return m
}

// fold returns w, already in lower case, without accents and with plain apostrophes, cut to maxFolded bytes.
// buf is scratch; the result may share its memory.
func (f *featurizer) fold(w string) string {
	if len(w) > maxFolded {
		cut := maxFolded
		for cut > 0 && !utf8.RuneStart(w[cut]) {
			cut--
		}
		w = w[:cut]
	}
	for i := 0; i < len(w); i++ {
		if w[i] >= utf8.RuneSelf {
			return f.foldFrom(w, i)
		}
	}
	return w
}

func (f *featurizer) foldFrom(w string, i int) string {
	b := append(f.buf[:0], w[:i]...)
	for i < len(w) {
		r, n := utf8.DecodeRuneInString(w[i:])
		if to, ok := f.folds[r]; ok {
			b = append(b, to)
		} else {
			b = append(b, w[i:i+n]...)
		}
		i += n
	}
	f.buf = b
	return string(b)
}
