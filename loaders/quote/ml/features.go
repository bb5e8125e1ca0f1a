package ml

import (
	"math/bits"

	"saidgraph/loaders/quote/text"
)

// The categorical features of a token, in the order of the model's feature table, and how many values each has.
// A model is bound to this list: Load refuses one whose feature table has another number of rows.
const (
	fCase     = iota // letters: none, lower, Capital, CAPITALS, one capital, MiXed
	fKind            // text.Kind, twice: with and without white space before
	fQuote           // outside; or depth, single marks, and role in the quotation: mark, first, inside, last, mark
	fReach           // tokens to the nearest quotation marks on both sides, in buckets
	fSentence        // tokens to the sentence's edges, in buckets
	fPlace           // paragraph has quotations, sentence in the paragraph, first token, last sentence
	fArticle         // paragraph of the article, and its length in sentences
	fFlags           // quotation: unclosed, continues, continued
	fSuffix3         // hashed
	fPrefix3
	fSuffix2
	fShape
	fWord
	numFeatures
)

const hashSeed = 2166136261

func featureSizes() [numFeatures]int {
	return [numFeatures]int{fCase: 6, fKind: 14, fQuote: 21, fReach: 128, fSentence: 64, fPlace: 32, fArticle: 32, fFlags: 8,
		fSuffix3: 4096, fPrefix3: 4096, fSuffix2: 1024, fShape: 512, fWord: 8192}
}

// featureRows gives the first row of each feature in the table, and the table's number of rows.
func featureRows() (at [numFeatures]int32, rows int) {
	for i, n := range featureSizes() {
		at[i] = int32(rows)
		rows += n
	}
	return at, rows
}

// token is what the network reads of one token: the rows of the feature table and the word pieces.
type token struct {
	rows   [numFeatures]int32
	pieces [maxPieces]int32
	n      int8 // of pieces
}

// featurizer fills tokens. Its tables are read only; buf and pieces are scratch, so each goroutine has its own copy.
type featurizer struct {
	vocab *vocabulary
	folds map[rune]byte
	at    [numFeatures]int32
	buf   []byte
	ids   []int32
}

func newFeaturizer(v *vocabulary) featurizer {
	at, _ := featureRows()
	return featurizer{vocab: v, folds: folding(), at: at}
}

// fill describes the tokens [from, to) of doc, which must be in range, into dst.
func (f *featurizer) fill(dst []token, doc *text.Doc, from, to int) {
	q := quoteWalk(doc, from)
	for i := from; i < to; i++ {
		t := &dst[i-from]
		f.word(t, doc, i)
		f.place(t, doc, i)
		q.token(t, i)
		for k := range t.rows {
			t.rows[k] += f.at[k]
		}
	}
}

// word fills what the letters say.
func (f *featurizer) word(t *token, doc *text.Doc, i int) {
	tok := &doc.Tokens[i]
	low := f.fold(doc.Low(i))
	t.n = 1
	if tok.Kind == text.Open || tok.Kind == text.Close {
		t.pieces[0] = f.vocab.quote
		low = quoteWord
	} else {
		f.ids = f.vocab.pieces(f.ids[:0], low)
		t.n = int8(copy(t.pieces[:], f.ids))
	}
	t.rows[fCase], t.rows[fShape] = shape(doc.Word(i))
	t.rows[fKind] = int32(tok.Kind) * 2
	if tok.Space {
		t.rows[fKind]++
	}
	n := len(low)
	t.rows[fSuffix3] = int32(hash(hashSeed, low[max(0, n-3):]) & 4095)
	t.rows[fPrefix3] = int32(hash(hashSeed, low[:min(3, n)]) & 4095)
	t.rows[fSuffix2] = int32(hash(hashSeed, low[max(0, n-2):]) & 1023)
	t.rows[fWord] = int32(hash(hashSeed, low) & 8191)
}

// hash is FNV-1a with a final mix, so that its low bits may be taken alone.
func hash(h uint32, s string) uint32 {
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	h ^= h >> 15
	h *= 0x2c1b3c6d
	return h ^ h>>13
}

// shape returns the case class and the hashed shape: runs of X x d . with repeats collapsed, at most 8 of them.
func shape(w string) (class, hashed int32) {
	upper, lower, runs := 0, 0, 0
	var last byte
	h := uint32(hashSeed)
	for i := 0; i < len(w) && i < maxFolded; i++ {
		b, c := w[i], byte(0)
		switch {
		case 'a' <= b && b <= 'z', b >= 0x80:
			c = 'x'
			lower++
		case 'A' <= b && b <= 'Z':
			c = 'X'
			upper++
		case '0' <= b && b <= '9':
			c = 'd'
		default:
			c = b
		}
		if c != last && runs < 8 {
			h = (h ^ uint32(c)) * 16777619
			last = c
			runs++
		}
	}
	h ^= h >> 15
	h *= 0x2c1b3c6d
	return caseOf(w, upper, lower), int32((h ^ h>>13) & 511)
}

func caseOf(w string, upper, lower int) int32 {
	switch {
	case upper == 0 && lower == 0:
		return 0
	case upper == 0:
		return 1
	case upper == 1 && lower == 0:
		return 4
	case lower == 0:
		return 3
	case upper == 1 && 'A' <= w[0] && w[0] <= 'Z':
		return 2
	}
	return 5
}

// bucket maps a distance to 0..7: 0 1 2 3 4-5 6-9 10-19 20-.
func bucket(n int) int32 {
	switch {
	case n < 4:
		return int32(max(n, 0))
	case n < 6:
		return 4
	case n < 10:
		return 5
	case n < 20:
		return 6
	}
	return 7
}

// place fills where the token stands in sentence, paragraph and article.
func (f *featurizer) place(t *token, doc *text.Doc, i int) {
	s := &doc.Sentences[doc.Tokens[i].Sentence]
	p := &doc.Paragraphs[s.Paragraph]
	at := doc.Tokens[i].Sentence
	t.rows[fSentence] = bucket(i-s.First)*8 + bucket(s.Last-1-i)
	v := int32(min(at-p.First, 3)) * 4
	if i == s.First && at == p.First {
		v += 2
	}
	if at == p.Last-1 {
		v++
	}
	t.rows[fPlace] = v
	t.rows[fArticle] = int32(min(bits.Len(uint(s.Paragraph)), 7))*4 + min(bucket(p.Last-p.First-1), 3)
}
