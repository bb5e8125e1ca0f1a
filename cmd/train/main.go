// Command train makes the engine's models from the gold data; developers only.
//
//	train GOLD MODELS pos|cue|names…   trains the named models in that order and writes them into the folder MODELS
//
// Each is made by the program as it is built, so its own model is read anew only by the next run: the tagger (pos) comes first, since the
// others read the text through it. The same gold and models give the same bytes.
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
		return fmt.Errorf("usage: train GOLD MODELS pos|cue|names…")
	}
	gold, models := args[0], args[1]
	for _, name := range args[2:] {
		var err error
		switch name {
		case "pos":
			_, err = trainPOS(gold, filepath.Join(models, "pos.bin"), log)
		case "cue":
			err = trainCue(gold, filepath.Join(models, "cue.bin"), log)
		case "names":
			err = trainNames(gold, filepath.Join(models, "name.txt"), log)
		default:
			err = fmt.Errorf("no model %q: pos, cue or names", name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
