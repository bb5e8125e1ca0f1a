// Command train makes the engine's models from the gold data; developers only.
//
//	train GOLD MODELS pos|cue…   trains the named models in that order and writes MODELS/NAME.bin
//
// The tagger comes first: the others read the text through it. The same gold gives the same bytes.
package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() {
	if err := run(os.Args[1:], os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(args []string, log io.Writer) error {
	if len(args) < 3 {
		return fmt.Errorf("usage: train GOLD MODELS pos|cue…")
	}
	gold, models := args[0], args[1]
	for _, name := range args[2:] {
		out := filepath.Join(models, name+".bin")
		var err error
		switch name {
		case "pos":
			_, err = trainPOS(gold, out, log)
		case "cue":
			err = trainCue(gold, out, log)
		default:
			err = fmt.Errorf("no model %q: pos or cue", name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
