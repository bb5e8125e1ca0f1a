package quote

import (
	"errors"
	"math"
	"math/rand/v2"

	"saidgraph/loaders/quote/text"
)

// CueArticle is an article whose attributions are known, by the bytes of their cues: what [CueTrainer] learns from.
type CueArticle struct {
	Text string
	Cues []text.Span
}

// CueTrainer fits the cue model: a logistic regression, by AdaGrad, over the hashed features of each candidate word.
// The same articles, seed and rounds give the same bytes.
type CueTrainer struct {
	Seed   uint64
	Rounds int
	Rate   float64
	L2     float64
	Log    func(round int, loss float64)
}

var errNoCues = errors.New("cue model: no article has a cue")

// cueExample is one candidate word: its features, and whether it heads a cue.
type cueExample struct {
	features []uint32
	cue      bool
}

// Train learns from the articles and returns the model's file.
func (t *CueTrainer) Train(e *Engine, articles []CueArticle) ([]byte, error) {
	var set []cueExample
	some := false
	for _, a := range articles {
		set = append(set, e.cueExamples(a)...)
		some = some || len(a.Cues) > 0
	}
	if !some {
		return nil, errNoCues
	}
	w, g := make([]float64, 1<<cueBits), make([]float64, 1<<cueBits)
	random := rand.New(rand.NewPCG(t.Seed, t.Seed+1))
	for round := range t.Rounds {
		random.Shuffle(len(set), func(i, j int) { set[i], set[j] = set[j], set[i] })
		loss := 0.0
		for _, x := range set {
			loss += t.step(w, g, x)
		}
		if t.Log != nil {
			t.Log(round, loss/float64(len(set)))
		}
	}
	out := make([]byte, len(w))
	for i, x := range w {
		out[i] = byte(int8(max(-127, min(127, math.Round(x*cueScale)))))
	}
	return out, nil
}

// step moves the weights of one example and returns its loss.
func (t *CueTrainer) step(w, g []float64, x cueExample) float64 {
	z, y := 0.0, 0.0
	for _, f := range x.features {
		z += w[f]
	}
	if x.cue {
		y = 1
	}
	p := 1 / (1 + math.Exp(-z))
	for _, f := range x.features {
		d := p - y + t.L2*w[f]
		g[f] += d * d
		w[f] -= t.Rate * d / (math.Sqrt(g[f]) + 1)
	}
	const tiny = 1e-12
	return -y*math.Log(p+tiny) - (1-y)*math.Log(1-p+tiny)
}

// cueExamples reads the candidates of an article as the engine will meet them: after its quotations are attributed.
func (e *Engine) cueExamples(a CueArticle) []cueExample {
	r := &reading{doc: text.Split(a.Text)}
	e.tag(r)
	r.inside = r.doc.Outermost()
	s := newSpotter(e, r)
	s.quotations()
	heads := make(map[int]bool, len(a.Cues))
	for _, c := range a.Cues {
		if h := s.cueCandidate(c); h >= 0 {
			heads[h] = true
		}
	}
	var out []cueExample
	for _, sen := range r.doc.Sentences {
		for v := sen.First; v < sen.Last; v++ {
			if s.candidate(v) && !s.cue[v] {
				lo, hi := s.bounds(v, sen)
				out = append(out, cueExample{s.features(nil, v, s.frameOf(v, hi), s.sourceOf(v, lo, hi)), heads[v]})
			}
		}
	}
	return out
}

// cueCandidate returns the word that heads a gold cue: its last verb, or else its last noun, or -1.
func (s *spotter) cueCandidate(c text.Span) int {
	best, rank := -1, 0
	for i := s.d.TokenAt(c.Start); i < len(s.d.Tokens) && s.d.Tokens[i].Start < c.End; i++ {
		k := 1
		switch {
		case s.verb(i) && !s.auxiliary(i):
			k = 3
		case s.noun(i):
			k = 2
		}
		if s.candidate(i) && k >= rank {
			best, rank = i, k
		}
	}
	return best
}
