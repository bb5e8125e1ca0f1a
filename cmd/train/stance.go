package main

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"os"
	"path/filepath"
	"sort"

	"saidgraph/loaders/quote/judge"
	"saidgraph/loaders/quote/lexicon"
	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

// stanceBytes bounds the file of the pair model.
const stanceBytes = 2_400_000

// trainStance trains the model of who judges whom on directed.train and writes out. A tenth of train is held out for the
// calibration and for the thresholds, and taught to the model afterwards.
func trainStance(gold string, tagger *pos.Model, out string, log io.Writer) error {
	lex := judge.NewLexicon(lexicon.Judge, lexicon.Valence)
	train, err := readDirected(filepath.Join(gold, "directed.train.jsonl"), lex, tagger)
	if err != nil {
		return err
	}
	dev, err := readDirected(filepath.Join(gold, "directed.dev.jsonl"), lex, tagger)
	if err != nil {
		return err
	}
	ps := outOfFold(train)
	c, f := fitStance(ps, examples(train))
	fmt.Fprintf(log, "stance: across %d folds of train: macro-F1 %.3f, negative F1 %.3f; raise %.1f; slope %.2f offset %.2f\n", folds, f.macro, f.negative, c.Raise, c.Slope, c.Offset)
	t := newStanceTrainer()
	t.Train(examples(train))
	f = scoreStance(t, examples(dev), c)
	fmt.Fprintf(log, "stance: directed.dev, given pairs: macro-F1 %.3f, negative F1 %.3f, by class %.3f\n", f.macro, f.negative, f.class)
	b := t.Encode(c)
	m, err := judge.LoadModel(b)
	if err != nil {
		return err
	}
	fmt.Fprintf(log, "stance: as stored: %s, %d bytes\n", scoreStored(m, examples(dev)), len(b))
	return os.WriteFile(out, b, 0o644)
}

// directed is an example and the text that it stands in: the corpus repeats texts with other pairs.
type directed struct {
	judge.Example
	text string
}

func examples(set []directed) []judge.Example {
	out := make([]judge.Example, len(set))
	for i := range set {
		out[i] = set[i].Example
	}
	return out
}

// folds is in how many parts train is cut for the calibration and the thresholds.
const folds = 6

// outOfFold is each pair's probabilities under a model that has not seen its text. Texts that begin alike count as one:
// many are nearly the same, and a model that has seen one of them looks far better than it is.
func outOfFold(set []directed) [][5]float64 {
	part := make([]uint32, len(set))
	for i, x := range set {
		h := fnv.New32a()
		io.WriteString(h, x.text[:min(len(x.text), 40)])
		part[i] = h.Sum32() % folds
	}
	out := make([][5]float64, len(set))
	for k := range uint32(folds) {
		var rest []judge.Example
		for i := range set {
			if part[i] != k {
				rest = append(rest, set[i].Example)
			}
		}
		t := newStanceTrainer()
		t.Train(rest)
		for i := range set {
			if part[i] == k {
				out[i] = t.Probabilities(&set[i].Example)
			}
		}
	}
	return out
}

func newStanceTrainer() *judge.Trainer {
	return &judge.Trainer{Seed: 13, Rounds: 6, Rate: 0.005, L2: 1e-3, Rare: 3, Bytes: stanceBytes}
}

// readDirected reads the corpus and takes each pair's features.
func readDirected(path string, lex *judge.Lexicon, tagger *pos.Model) ([]directed, error) {
	r, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var out []directed
	for d := json.NewDecoder(r); ; {
		var doc struct {
			Text       string
			Criticisms []struct {
				Polarity   string
				SourceSpan [2]int `json:"source_span"`
				TargetSpan [2]int `json:"target_span"`
			}
		}
		if err := d.Decode(&doc); err == io.EOF {
			return out, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		at := runeBytes(doc.Text)
		td := text.Split(doc.Text)
		tags := make([]pos.Tag, len(td.Tokens))
		tagger.Tag(td, tags)
		rd := judge.NewReader(lex, td, tags)
		for _, c := range doc.Criticisms {
			a, b := tokens(td, at, c.SourceSpan), tokens(td, at, c.TargetSpan)
			class := map[string]int{"neutral": 0, "negative": 1, "positive": 2}[c.Polarity]
			if b.First < a.First {
				a, b = b, a
				if class > 0 {
					class += 2
				}
			}
			s, e := td.Tokens[a.First].Sentence, td.Tokens[b.First].Sentence
			rd.Read(td.Sentences[s].First, td.Sentences[e].Last)
			rd.Prepare()
			x := judge.Example{AB: rd.Features(nil, a, b), BA: rd.Features(nil, b, a), Class: class, Weight: 1}
			out = append(out, directed{x, doc.Text})
		}
	}
}

// tokens is the range of tokens that a span of code points touches.
func tokens(d *text.Doc, at []int, span [2]int) judge.Range {
	s, e := at[span[0]], at[span[1]]
	first := sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].End > s })
	first = min(first, len(d.Tokens)-1)
	last := first + 1
	for last < len(d.Tokens) && d.Tokens[last].Start < e {
		last++
	}
	return judge.Range{First: first, Last: last}
}

type stanceFigures struct {
	macro, negative float64
	class           [5]float64
}

// figures is macro-F1 over the five classes and F1 of "negative, right way", as score.py counts.
func figures(gold, got []int) stanceFigures {
	var tp, fp, fn [5]float64
	for i, g := range gold {
		if got[i] == g {
			tp[g]++
		} else {
			fp[got[i]]++
			fn[g]++
		}
	}
	f1 := func(tp, fp, fn float64) float64 { return 2 * tp / max(1, 2*tp+fp+fn) }
	var f stanceFigures
	for c := range tp {
		f.class[c] = f1(tp[c], fp[c], fn[c])
		f.macro += f.class[c] / 5
	}
	f.negative = f1(tp[1]+tp[3], fp[1]+fp[3], fn[1]+fn[3])
	return f
}

func decide(p [5]float64, c judge.Calibration) int {
	best, top := 0, math.Log(p[0]+1e-12)
	for i, raise := range c.Raise {
		if z := math.Log(p[i+1]+1e-12) + raise; z > top {
			best, top = i+1, z
		}
	}
	return best
}

func scoreStance(t *judge.Trainer, set []judge.Example, c judge.Calibration) stanceFigures {
	var gold, got []int
	for i := range set {
		gold, got = append(gold, set[i].Class), append(got, decide(t.Probabilities(&set[i]), c))
	}
	return figures(gold, got)
}

func scoreStored(m *judge.Model, set []judge.Example) string {
	var gold, got []int
	for i := range set {
		v := m.Judge(set[i].AB, set[i].BA)
		class := map[int8]int{0: 0, -1: 1, 1: 2}[v.Polarity]
		if v.Reversed {
			class += 2
		}
		gold, got = append(gold, set[i].Class), append(got, class)
	}
	f := figures(gold, got)
	return fmt.Sprintf("macro-F1 %.3f, negative F1 %.3f", f.macro, f.negative)
}

// fitStance chooses the raises for the best macro-F1 and half the negative F1, one after the other, and fits Platt's line.
func fitStance(ps [][5]float64, set []judge.Example) (judge.Calibration, stanceFigures) {
	gold, got := make([]int, len(set)), make([]int, len(set))
	for i := range set {
		gold[i] = set[i].Class
	}
	try := func(c judge.Calibration) stanceFigures {
		for i := range ps {
			got[i] = decide(ps[i], c)
		}
		return figures(gold, got)
	}
	var c judge.Calibration
	best := try(c)
	for range 3 {
		for k := range c.Raise {
			for v := 0.0; v <= 2.5; v += 0.1 {
				x := c
				x.Raise[k] = v
				if f := try(x); f.macro+f.negative/2 > best.macro+best.negative/2 {
					best, c = f, x
				}
			}
		}
	}
	c.Slope, c.Offset = platt(ps, gold, c)
	return c, best
}

// platt fits P(right) of the non-neutral answers by gradient descent on one slope and one offset.
func platt(ps [][5]float64, gold []int, c judge.Calibration) (slope, offset float64) {
	slope = 1
	var xs, ys []float64
	for i, p := range ps {
		k := decide(p, c)
		if k == 0 {
			continue
		}
		q := min(max(p[k], 1e-6), 1-1e-6)
		xs = append(xs, math.Log(q/(1-q)))
		y := 0.0
		if gold[i] == k {
			y = 1
		}
		ys = append(ys, y)
	}
	for range 3000 {
		var ds, do float64
		for i, x := range xs {
			e := 1/(1+math.Exp(-(slope*x+offset))) - ys[i]
			ds += e * x
			do += e
		}
		n := float64(max(1, len(xs)))
		slope -= 0.3 * ds / n
		offset -= 0.3 * do / n
	}
	return slope, offset
}
