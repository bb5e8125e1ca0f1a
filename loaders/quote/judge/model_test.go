package judge

import (
	"bufio"
	"encoding/json"
	"math"
	"os"
	"testing"

	"saidgraph/loaders/quote/lexicon"
	"saidgraph/loaders/quote/model"
	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

func loadModel(t testing.TB) *Model {
	t.Helper()
	n, err := LoadModel(model.Stance)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// reader returns a reader of s, which must be one sentence, with its frames read.
func reader(t testing.TB, s string) *Reader {
	t.Helper()
	tagger, err := pos.Load(model.POS)
	if err != nil {
		t.Fatal(err)
	}
	d := text.Split(s)
	tags := make([]pos.Tag, len(d.Tokens))
	tagger.Tag(d, tags)
	r := NewReader(NewLexicon(lexicon.Judge, lexicon.Valence), d, tags)
	r.Read(0, len(d.Tokens))
	return r
}

// TestModelGolden holds the Go run against what the trained network said of pairs of made-up sentences (testdata/golden.jsonl, written by
// cmd/train/pair/py/export.py).
func TestModelGolden(t *testing.T) {
	n := loadModel(t)
	f, err := os.Open("testdata/golden.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	pairs := 0
	for sc := bufio.NewScanner(f); sc.Scan(); pairs++ {
		var g struct {
			Text string
			A, B [2]int
			Odds [classes]float64
		}
		if err := json.Unmarshal(sc.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		r := reader(t, g.Text)
		a, b := Range{g.A[0], g.A[1]}, Range{g.B[0], g.B[1]}
		got := n.odds(r.See(a, b), []Pair{{a, b, r.Hints(a, b)}})
		if len(got) != 1 {
			t.Fatalf("%q: %d answers, want 1", g.Text, len(got))
		}
		for c, want := range g.Odds {
			if math.Abs(got[0][c]-want) > .03+.01*math.Abs(want) {
				t.Errorf("%q %v %v: class %d: got %.3f, want %.3f", g.Text, a, b, c, got[0][c], want)
			}
		}
	}
	if pairs < 40 {
		t.Errorf("%d pairs, want 40 or more", pairs)
	}
}

func TestModelRefuses(t *testing.T) {
	b := []byte(string(model.Stance))
	b[len(b)-1] ^= 1
	for name, in := range map[string][]byte{"empty": nil, "another model": model.POS, "cut short": model.Stance[:len(model.Stance)/2], "damaged": b} {
		if _, err := LoadModel(in); err == nil {
			t.Errorf("%s: loaded, want an error", name)
		}
	}
}

// TestModelBounds asks for more than the network reads: it has no answer rather than a wrong one.
func TestModelBounds(t *testing.T) {
	n := loadModel(t)
	for name, c := range map[string]struct{ tokens, pairs int }{"no tokens": {0, 1}, "no pairs": {5, 0}, "too long": {longest + 1, 1}, "too many pairs": {5, mostPairs + 1}} {
		if got := n.Judge(nil, make([]Sight, c.tokens), make([]Pair, c.pairs)); len(got) != 0 {
			t.Errorf("%s: %d verdicts, want none", name, len(got))
		}
	}
}

func TestHints(t *testing.T) {
	for _, tc := range []struct {
		in   string
		want Hints
	}{
		{"Roe blasted Lee.", 1 << 2},
		{"Lee was blasted by Roe.", 1 << 3},
		{"Roe praised Lee.", 1 << 4},
		{"Roe did not blast Lee.", 1 << 6},
		{"Roe met Lee.", 0},
	} {
		r := reader(t, tc.in)
		names := r.Names(nil, func(int) bool { return false })
		if len(names) != 2 {
			t.Fatalf("%q: %d names, want 2", tc.in, len(names))
		}
		got := r.Hints(names[0], names[1])
		if got != tc.want {
			t.Errorf("%q: hints %b, want %b", tc.in, got, tc.want)
		}
		if back := got.exchanged().exchanged(); back != got {
			t.Errorf("%q: hints exchanged twice are %b, want %b", tc.in, back, got)
		}
	}
}
