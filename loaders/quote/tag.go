package quote

import (
	"fmt"

	"saidgraph/loaders/quote/model"
	"saidgraph/loaders/quote/pos"
)

// Tag is a Penn Treebank part-of-speech tag of one token; the constants are pos.NN and so on.
type Tag = pos.Tag

func loadTagger() (*pos.Model, error) {
	m, err := pos.Load(model.POS)
	if err != nil {
		return nil, fmt.Errorf("part-of-speech tagger: %w", err)
	}
	return m, nil
}

// tag gives every token its part of speech.
func (e *Engine) tag(r *reading) {
	r.tags = make([]Tag, len(r.doc.Tokens))
	e.tagger.Tag(r.doc, r.tags)
}

// tagAt is the tag of token i, pos.None outside the text.
func (r *reading) tagAt(i int) Tag {
	if i < 0 || i >= len(r.tags) {
		return pos.None
	}
	return r.tags[i]
}

// isVerb says that token i is a verb of any form, modals excepted.
func (r *reading) isVerb(i int) bool { t := r.tagAt(i); return t >= pos.VB && t <= pos.VBZ }

// isFinite says that token i is a verb that takes a subject: past or present, or a modal.
func (r *reading) isFinite(i int) bool {
	switch r.tagAt(i) {
	case pos.VBD, pos.VBP, pos.VBZ, pos.MD:
		return true
	}
	return false
}

// isNoun says that token i is a noun, common or proper.
func (r *reading) isNoun(i int) bool {
	switch r.tagAt(i) {
	case pos.NN, pos.NNS, pos.NNP, pos.NNPS:
		return true
	}
	return false
}
