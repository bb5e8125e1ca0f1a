// Command neural is the Go part of training the token tagger: it hands our tokens to Python, and scores a model alone; developers only.
//
//	neural dump VOCAB OUT FILE.jsonl…   writes tokens and features as the engine sees them, for student.py
//	neural tag MODEL FILE.jsonl [BIAS…]  writes the quotes that a model alone finds, as JSONL for the scorer
package main

import (
	"fmt"
	"os"
	"strconv"

	"saidgraph/loaders/quote/ml"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "neural:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) > 3 && args[0] == "dump":
		return dump(args[1], args[2], args[3:])
	case len(args) > 2 && args[0] == "tag":
		o, err := options(args[3:])
		if err != nil {
			return err
		}
		return tag(args[1], args[2], o, os.Stdout)
	}
	return fmt.Errorf("usage: neural dump VOCAB OUT FILE.jsonl… | neural tag MODEL FILE.jsonl [BIAS…]")
}

// options reads the biases of the heads, in their order.
func options(args []string) (o ml.Options, err error) {
	for i, a := range args[:min(len(args), len(o.Bias))] {
		v, err := strconv.ParseFloat(a, 32)
		if err != nil {
			return o, err
		}
		o.Bias[i] = float32(v)
	}
	return o, nil
}
