package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"saidgraph/loaders/quote"
)

// trainPronouns fits the weights of antecedents to GUM's train part and writes out.
func trainPronouns(gold, out string, log io.Writer) error {
	docs, err := gumDocuments(filepath.Join(gold, "gum.train.jsonl"))
	if err != nil {
		return err
	}
	e, err := quote.New()
	if err != nil {
		return err
	}
	t := quote.PronounTrainer{Rounds: 300, Rate: 0.1, L2: 0.001, Steps: []float32{.5, .2, .1}, Log: func(what string, pronouns, chains float64) {
		fmt.Fprintf(log, "pronouns: %s: %.4f of the pronouns right, chains %.4f\n", what, pronouns, chains)
	}}
	b, err := t.Train(e, docs)
	if err != nil {
		return err
	}
	return os.WriteFile(out, b, 0o644)
}
