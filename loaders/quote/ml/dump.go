package ml

import "saidgraph/loaders/quote/text"

// Features are the network's inputs for one text, as training reads them: what runs is what was trained on.
type Features struct {
	Rows   []int32 // FeatureCount rows of the feature table for each token
	Pieces []int32 // MaxPieces word pieces for each token, -1 where there are fewer
	Mid    []uint8 // 1 where the token and the one before it lie in one quotation
}

// FeatureCount is the number of rows of the feature table that one token takes; MaxPieces that of its word pieces.
const (
	FeatureCount = int(numFeatures)
	MaxPieces    = maxPieces
)

// Extractor computes Features with a vocabulary of its own; for training.
type Extractor struct{ f featurizer }

// NewExtractor takes the word pieces in the order of their ids.
func NewExtractor(pieces []string) *Extractor {
	return &Extractor{newFeaturizer(newVocabulary(pieces))}
}

// Extract describes every token of doc. It is not safe for concurrent use.
func (e *Extractor) Extract(doc *text.Doc) Features {
	n := len(doc.Tokens)
	toks := make([]token, n)
	e.f.fill(toks, doc, 0, n)
	out := Features{Rows: make([]int32, 0, n*FeatureCount), Pieces: make([]int32, 0, n*maxPieces)}
	out.Mid = inner(doc)
	for i := range toks {
		t := &toks[i]
		out.Rows = append(out.Rows, t.rows[:]...)
		for k := range t.pieces {
			if k >= int(t.n) {
				t.pieces[k] = -1
			}
		}
		out.Pieces = append(out.Pieces, t.pieces[:]...)
	}
	return out
}
