package ml_test

import (
	"bufio"
	"encoding/json"
	"math"
	"os"
	"testing"

	"saidgraph/loaders/quote/ml"
	"saidgraph/loaders/quote/model"
	"saidgraph/loaders/quote/text"
)

// load returns the embedded tagger.
func load(t testing.TB) *ml.Tagger {
	t.Helper()
	m, err := ml.Load(model.Tagger)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestGolden holds the Go run against what the trained network said of 50 made-up texts (testdata/golden.jsonl,
// written by cmd/train/neural/py/golden.py).
func TestGolden(t *testing.T) {
	m := load(t)
	f, err := os.Open("testdata/golden.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	docs := 0
	for sc := bufio.NewScanner(f); sc.Scan(); docs++ {
		var g struct {
			Text   string
			Tokens []int
			Odds   [][]float64
		}
		if err := json.Unmarshal(sc.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		tags := m.Tag(text.Split(g.Text))
		for k, i := range g.Tokens {
			if i >= tags.Len() {
				t.Fatalf("%q: %d tokens, want more than %d", g.Text, tags.Len(), i)
			}
			for h := ml.Content; h <= ml.Source; h++ {
				b, in := tags.Odds(h, i)
				for j, got := range []float32{b, in} {
					if want := g.Odds[k][2*int(h)+j]; math.Abs(float64(got)-want) > .03+.002*math.Abs(want) {
						t.Errorf("%q: token %d, head %d: got %.3f, want %.3f", g.Text, i, h, got, want)
					}
				}
			}
		}
	}
	if docs != 50 {
		t.Errorf("%d texts, want 50", docs)
	}
}
