package main

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// thresholds are the least scores at which the curves are read. At 0 all predictions count.
var thresholds = []float64{0, .3, .5, .7, .8, .9, .95}

// scores writes MODELS/scores.txt, all figures of the engine as text that a reviewer reads as a diff: score.py's for the
// dev sets in gold, how right the predictions in eval are by their score, the bundled article's tests (eval/seed.txt) and
// the ablation that is kept by hand in MODELS/ablation.txt. It holds no time, path or speed: the same engine on the same
// gold gives the same bytes.
func scores(gold, eval, models string, log io.Writer) error {
	var b bytes.Buffer
	b.WriteString("Written by `make eval`: the engine on the dev sets it was not trained on. P, R: precision, recall.\n")
	for _, set := range []string{"polnear.dev", "directed.dev", "gum.dev"} {
		want, got := filepath.Join(gold, set+".jsonl"), filepath.Join(eval, set+".jsonl")
		score := exec.Command(cmp.Or(os.Getenv("PYTHON"), "python3"), filepath.Join(gold, "score.py"), want, got)
		score.Stderr = log
		figures, err := score.Output()
		if err != nil {
			return fmt.Errorf("score.py on %s: %w", set, err)
		}
		fmt.Fprintf(&b, "\n== %s\n%s", set, figures)
		docs, err := readDocuments(want, got)
		if err != nil {
			return err
		}
		if docs[0].gold.Quotes != nil {
			b.WriteString(quoteCurve(docs))
		}
		if docs[0].gold.Criticisms != nil {
			b.WriteString(criticismCurve(docs))
		}
	}
	seed, err := os.Open(filepath.Join(eval, "seed.txt"))
	if err != nil {
		return err
	}
	defer seed.Close()
	b.WriteString("\n== bundled article (35 quotations and 8 criticisms required; what is missed is named)\n")
	if err := seedFigures(&b, seed); err != nil {
		return err
	}
	ablation, err := os.ReadFile(filepath.Join(models, "ablation.txt"))
	if err != nil {
		return err
	}
	fmt.Fprintf(&b, "\n== ablation (ablation.txt, kept by hand)\n%s", ablation)
	return os.WriteFile(filepath.Join(models, "scores.txt"), b.Bytes(), 0o644)
}

// counts is what a curve counts at one threshold, by kind.
type counts map[string]*struct{ all, right int }

func (c counts) add(kind string, all, right int) {
	for _, k := range []string{"all", kind} {
		if c[k] == nil {
			c[k] = new(struct{ all, right int })
		}
		c[k].all += all
		c[k].right += right
	}
}

func (c counts) of(kind string) (all int, share string) {
	o := c[kind]
	if o == nil {
		return 0, "-"
	}
	return o.all, ratio(o.right, o.all)
}

// quoteCurve says of the quotations with at least a score how many are right, content and source, and how many of gold's
// they are. Those below are left out before pairing, as with a least score in use; a kind is gold's for what is to be
// found and the prediction's own for what was.
func quoteCurve(docs []*document) string {
	kinds := []string{"all", "direct", "indirect", "mixed"}
	var b strings.Builder
	b.WriteString("attributions by least score: how many, share with right content and source (P), share of gold's found (R)\n")
	b.WriteString("          all                  direct               indirect             mixed\n  score ")
	b.WriteString(strings.Repeat("      n     P     R", len(kinds)))
	b.WriteString("\n")
	for _, least := range thresholds {
		found, asked := counts{}, counts{} // by the kind of the prediction, and of gold
		for _, d := range docs {
			gold, goldLetters := d.quotations(d.gold.Quotes)
			var sure []quotation
			for _, q := range d.pred.Quotes {
				if score(q.Score) >= least {
					sure = append(sure, q)
				}
			}
			pred, predLetters := d.quotations(sure)
			for _, g := range gold {
				asked.add(g.Kind, 1, 0)
			}
			for _, q := range pred {
				found.add(q.Kind, 1, 0)
			}
			for _, p := range pairUp(goldLetters, predLetters) {
				if g, q := gold[p.gold], pred[p.pred]; p.jaccard >= 0.5 && d.sameSource(g, q) {
					found.add(q.Kind, 0, 1)
					asked.add(g.Kind, 0, 1)
				}
			}
		}
		fmt.Fprintf(&b, "  >=%.2f", least)
		for _, k := range kinds {
			n, precision := found.of(k)
			_, recall := asked.of(k)
			fmt.Fprintf(&b, "  %5d %5s %5s", n, precision, recall)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// criticismCurve says the same of judgements: right is the polarity in the right direction.
func criticismCurve(docs []*document) string {
	var b strings.Builder
	b.WriteString("judgements by least score: how many, share right in kind and direction (P), share of gold's found (R)\n")
	b.WriteString("          negative             positive\n  score       n     P     R        n     P     R\n")
	for _, least := range thresholds {
		fmt.Fprintf(&b, "  >=%.2f", least)
		for _, polarity := range []string{"negative", "positive"} {
			n, right, golds := 0, 0, 0
			for _, d := range docs {
				for _, g := range d.gold.Criticisms {
					if g.Polarity == polarity {
						golds++
					}
					p, same := d.answerTo(g)
					if p == nil || p.Polarity != polarity || score(p.Score) < least {
						continue
					}
					n++
					if g.Polarity == polarity && same {
						right++
					}
				}
			}
			fmt.Fprintf(&b, "  %5d %5s %5s", n, ratio(right, n), ratio(right, golds))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func ratio(n, of int) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.3f", float64(n)/float64(of))
}

var (
	verdict = regexp.MustCompile(`^\s*--- (\w+): (\S+) \(`)
	logged  = regexp.MustCompile(`^\s+\w+_test\.go:\d+: (.*)`)
)

// seedFigures copies the verdicts and notes of a `go test -v` without their times and lines, which change by themselves.
func seedFigures(w io.Writer, test io.Reader) error {
	var notes []string
	in := bufio.NewScanner(test)
	any := false
	for in.Scan() {
		if m := logged.FindStringSubmatch(in.Text()); m != nil {
			notes = append(notes, m[1])
		}
		if m := verdict.FindStringSubmatch(in.Text()); m != nil {
			any = true
			fmt.Fprintf(w, "%s %s\n", m[1], m[2])
			for _, n := range notes {
				fmt.Fprintf(w, "  %s\n", n)
			}
			notes = nil
		}
	}
	if !any {
		return cmp.Or(in.Err(), fmt.Errorf("seed.txt holds no test"))
	}
	return in.Err()
}
