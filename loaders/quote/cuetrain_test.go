package quote

import (
	"bytes"
	"strings"
	"testing"

	"saidgraph/loaders/quote/text"
)

func TestCueTrainer(t *testing.T) {
	e := newEngine(t)
	const in = "Ann Lee grumped that the bridge was old. Hugh Hill walked to the bridge. The mayor grumped that he was late."
	a := CueArticle{Text: in}
	for i := 0; ; {
		k := strings.Index(in[i:], "grumped")
		if k < 0 {
			break
		}
		a.Cues = append(a.Cues, text.Span{Start: i + k, End: i + k + len("grumped")})
		i += k + 1
	}
	articles := []CueArticle{a, a, a, a}
	train := func() []byte {
		b, err := (&CueTrainer{Seed: 1, Rounds: 20, Rate: 0.5, L2: 0.001}).Train(e, articles)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	b := train()
	if !bytes.Equal(b, train()) {
		t.Error("the same articles and seed give two models")
	}
	learned := *e
	learned.cueWeights = b
	var cues []string
	for _, q := range learned.Analyze(in).Quotes {
		cues = append(cues, cutRunes(in, q.Cue[0]))
	}
	if got := strings.Join(cues, " "); got != "grumped grumped" {
		t.Errorf("cues %q, want grumped twice", got)
	}
	if _, err := (&CueTrainer{}).Train(e, []CueArticle{{Text: in}}); err == nil {
		t.Error("no error without cues")
	}
}
