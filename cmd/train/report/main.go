// Command report shows where the engine errs: a page of its worst errors, marked in their articles, and counts by stage,
// kind, outlet and length; and, as `report scores`, how often it is right. Gold and predictions are matched as the gold
// data's score.py does.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() {
	if err := run(os.Args[1:], os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "report:", err)
		os.Exit(1)
	}
}

func run(args []string, log io.Writer) error {
	if len(args) > 0 && args[0] == "scores" {
		if len(args) != 4 {
			return fmt.Errorf("usage: report scores GOLD EVAL MODELS")
		}
		return scores(args[1], args[2], args[3], log)
	}
	f := flag.NewFlagSet("report", flag.ContinueOnError)
	f.SetOutput(log)
	gold := f.String("gold", "", "gold documents, JSON Lines")
	pred := f.String("pred", "", "what `saidgraph extract --gold` wrote for them")
	out := f.String("out", "", "the page to write, HTML")
	worst := f.Int("worst", 100, "how many errors are shown")
	if err := f.Parse(args); err != nil {
		return err
	}
	if *gold == "" || *pred == "" || *out == "" || f.NArg() > 0 {
		return fmt.Errorf("usage: report -gold GOLD.jsonl -pred PRED.jsonl -out PAGE.html [-worst 100]")
	}
	docs, err := readDocuments(*gold, *pred)
	if err != nil {
		return err
	}
	r := judge(docs)
	var b bytes.Buffer
	if err := r.write(&b, filepath.Base(*gold), *worst); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(*out), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(*out, b.Bytes(), 0o644); err != nil {
		return err
	}
	fmt.Fprintf(log, "report: %d errors in %d documents: %s\n", len(r.faults), len(docs), *out)
	return nil
}
