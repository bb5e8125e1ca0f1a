package quote

import "saidgraph/loaders/quote/text"

// Engine holds the models and lexicons. The zero value is not usable; call New.
type Engine struct{}

// New returns an engine with the embedded models.
func New() (*Engine, error) { return &Engine{}, nil }

// Analyze reads one article.
func (e *Engine) Analyze(s string) *Analysis {
	r := &reading{doc: text.Split(s)}
	e.tag(r)
	e.findMentions(r)
	e.resolve(r)
	e.attribute(r)
	e.judge(r)
	return e.analysis(r)
}
