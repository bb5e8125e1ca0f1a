package quote

import (
	"saidgraph/loaders/quote/judge"
	"saidgraph/loaders/quote/ml"
	"saidgraph/loaders/quote/model"
	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

// Engine holds the models and lexicons. The zero value is not usable; call New.
type Engine struct {
	tagger     *pos.Model
	cues       cueLexicon
	cueWeights cueModel
	lexicon    *gazetteer
	pronouns   pronounWeights
	languages  *languages
	network    *ml.Tagger
	judging    *judge.Lexicon
	pairing    *judge.Model
}

// New returns an engine with the embedded models.
func New() (*Engine, error) {
	tagger, err := loadTagger()
	if err != nil {
		return nil, err
	}
	lexicon, err := newGazetteer()
	if err != nil {
		return nil, err
	}
	pronouns, err := readPronounWeights(pronounList)
	if err != nil {
		return nil, err
	}
	network, err := ml.Load(model.Tagger)
	if err != nil {
		return nil, err
	}
	pairing, err := loadPairs()
	if err != nil {
		return nil, err
	}
	return &Engine{network: network, tagger: tagger, cues: newCueLexicon(), lexicon: lexicon, pronouns: pronouns, cueWeights: cueBytes, languages: newLanguages(), judging: newJudging(), pairing: pairing}, nil
}

// Analyze reads one article.
func (e *Engine) Analyze(s string) *Analysis {
	if len(s) > longestWhole {
		return e.inParts(s, longestWhole)
	}
	return e.read(s, 0)
}

// read reads an article, or a part of one before which stand that many code points.
func (e *Engine) read(s string, before int) *Analysis {
	r := &reading{doc: text.Split(s), before: before}
	if why := e.languages.foreign(r.doc); why != "" {
		return &Analysis{Skipped: why}
	}
	e.tag(r)
	e.findMentions(r)
	e.resolve(r)
	e.attribute(r)
	e.linkFirstPerson(r)
	e.judge(r)
	return e.analysis(r)
}
