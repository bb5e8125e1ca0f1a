package quote

import "saidgraph/loaders/quote/ml"

// leastSure is the score below which an attribution of the network is none: quote+source F1 .693 → .695 on polnear.dev.
const leastSure = 0.25

// found is what the network finds.
func (s *spotter) found() []finding {
	as := s.e.network.Decode(s.d, s.e.network.Tag(s.d), ml.Options{})
	out := make([]finding, 0, len(as))
	for i := range as {
		if a := &as[i]; a.Score >= leastSure {
			out = append(out, finding{content: a.Content, cue: a.Cue, source: a.Source, score: a.Score})
		}
	}
	return out
}
