package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"saidgraph/loaders/quote"
	"saidgraph/loaders/quote/text"
)

// trainCue trains the cue model from PolNeAR's train part in the gold folder and writes out.
func trainCue(gold, out string, log io.Writer) error {
	articles, err := cueArticles(filepath.Join(gold, "polnear.train.jsonl"))
	if err != nil {
		return err
	}
	e, err := quote.New()
	if err != nil {
		return err
	}
	t := quote.CueTrainer{Seed: 1, Rounds: 8, Rate: 0.1, L2: 0.015, Log: func(round int, loss float64) {
		fmt.Fprintf(log, "cue: round %d: loss %.4f\n", round+1, loss)
	}}
	b, err := t.Train(e, articles)
	if err != nil {
		return err
	}
	return os.WriteFile(out, b, 0o644)
}

// cueArticles reads articles with their cues, code points turned into bytes.
func cueArticles(path string) ([]quote.CueArticle, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []quote.CueArticle
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<26)
	for n := 1; lines.Scan(); n++ {
		var d struct {
			Text   string `json:"text"`
			Quotes []struct {
				Cue [][2]int `json:"cue"`
			} `json:"quotes"`
		}
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		at := make([]int, 0, len(d.Text)+1)
		for i := range d.Text {
			at = append(at, i)
		}
		at = append(at, len(d.Text))
		a := quote.CueArticle{Text: d.Text}
		for _, q := range d.Quotes {
			for _, c := range q.Cue {
				a.Cues = append(a.Cues, text.Span{Start: at[c[0]], End: at[c[1]]})
			}
		}
		out = append(out, a)
	}
	return out, lines.Err()
}
