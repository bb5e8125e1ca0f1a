package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"strconv"
	"strings"
	"time"

	"saidgraph/graph"
	"saidgraph/loaders"
	"saidgraph/loaders/quote"
	"saidgraph/loaders/source"
)

type loadCmd struct {
	Sources  []string `arg:"" name:"source" help:"Text files, folders, globs, .jsonl files, or - for standard input."`
	Reload   bool     `help:"Read articles anew that the store has unchanged."`
	MaxBytes size     `help:"The longest document that is read: a text file or a line of JSON Lines (default: 10M)." default:"10M" placeholder:"SIZE"`
	Outlet   string   `help:"The outlet of documents that name none."`
	Date     string   `help:"The date of documents that have none, as 2025-07-19."`
	Workers  int      `help:"How many articles are analysed at once (default: one a core)."`
	Batch    int      `help:"Articles in a transaction." default:"100"`
}

func (loadCmd) Help() string {
	return `A .jsonl file holds one article a line: {"text": "…", "url": "…", "title": "…", "date": "2025-07-19",
"outlet": "…", "byline": "…", "language": "en", "license": "…"}. Only text is needed; other keys are ignored.
An article is known by its url, else by its text: loading it again replaces it.

Examples:
  saidgraph load article.txt
  saidgraph load archive/ 'wire/2025-*.jsonl'
  zcat news.jsonl.gz | saidgraph load -
  saidgraph load notes/ --outlet "Orange County Register" --date 2025-07-19

An article that can't be read is listed with file, line and reason, the others are loaded, and the exit code is 3.
With --json the report is one JSON object on standard output.`
}

func (c *loadCmd) Run(a *app) error {
	engine, err := quote.New()
	if err != nil {
		return err
	}
	store, err := a.open()
	if err != nil {
		return err
	}
	r := source.Reader{MaxBytes: int64(c.MaxBytes), Stdin: a.stdin}
	report, err := a.load(store, engine.Analyze, c.filled(r.Read(a.ctx, c.Sources...)), loaders.Options{
		Reload: c.Reload, Workers: c.Workers, Batch: c.Batch,
	})
	if cerr := store.Close(); err == nil {
		err = cerr
	}
	if a.json && err == nil {
		err = json.NewEncoder(a.stdout).Encode(report)
	}
	return finish(report, err)
}

// filled gives documents the outlet and date of the flags where they have none.
func (c *loadCmd) filled(docs iter.Seq2[source.Raw, error]) iter.Seq2[source.Raw, error] {
	return func(yield func(source.Raw, error) bool) {
		for raw, err := range docs {
			if raw.Outlet == "" {
				raw.Outlet = c.Outlet
			}
			if raw.Date == "" {
				raw.Date = c.Date
			}
			if !yield(raw, err) {
				return
			}
		}
	}
}

// finish gives the report its exit code.
func finish(r loaders.Report, err error) error {
	switch {
	case err != nil:
		return err
	case r.Interrupted:
		return &exitError{exitFailed, errors.New("interrupted: what was read is loaded; load again to go on")}
	case r.Failed > 0:
		return &exitError{exitPartial, nil}
	}
	return nil
}

// load loads the documents and tells stderr how it goes: a line that moves on a terminal, each failure, and a summary.
func (a *app) load(store graph.Store, analyse loaders.Analyse, docs iter.Seq2[source.Raw, error], o loaders.Options) (loaders.Report, error) {
	bar := &progress{w: a.stderr, moving: isTerminal(a.stderr), start: time.Now()}
	o.Progress = bar.show
	o.Failed = func(e *source.Error) {
		bar.wipe()
		a.complain(e)
	}
	r, err := loaders.Load(a.ctx, store, analyse, docs, o)
	bar.wipe()
	if err == nil {
		fmt.Fprintln(a.stderr, summary(r))
	}
	return r, err
}

func summary(r loaders.Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "loaded %s", count(r.Loaded, "article"))
	for _, part := range []struct {
		n    int
		what string
	}{{r.Unchanged, "unchanged"}, {total(r.NotAnalysed), "not in English, kept without claims"}, {r.Failed, "failed"}} {
		if part.n > 0 {
			fmt.Fprintf(&b, ", %d %s", part.n, part.what)
		}
	}
	fmt.Fprintf(&b, ": %s, %s, %d of praise", count(r.Claims, "claim"), count(r.Criticisms, "criticism"), r.Praises)
	fmt.Fprintf(&b, " in %s", r.Took.Round(10*time.Millisecond))
	if s := r.Took.Seconds(); s > 0.5 && r.Loaded > 0 {
		fmt.Fprintf(&b, " (%.0f articles/s)", math.Round(float64(r.Loaded)/s))
	}
	return b.String()
}

func total(m map[string]int) (n int) {
	for _, k := range m {
		n += k
	}
	return n
}

// count is "1 person", "2 people".
func count(n int, what string) string {
	switch {
	case n == 1:
	case what == "person":
		what = "people"
	default:
		what += "s"
	}
	return strconv.Itoa(n) + " " + what
}

// progress is one line of a terminal that is written over; elsewhere it is silent.
type progress struct {
	w      io.Writer
	moving bool
	shown  bool
	start  time.Time
}

func (p *progress) show(r loaders.Report) {
	if p.moving {
		p.wipe()
		fmt.Fprintf(p.w, "%s loaded, %d unchanged, %d failed, %.0f/s", count(r.Loaded, "article"), r.Unchanged, r.Failed,
			float64(r.Read)/max(time.Since(p.start).Seconds(), 0.001))
		p.shown = true
	}
}

func (p *progress) wipe() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
	}
}

// size is a number of bytes as a flag: 500000, 64K, 10M, 1G (also KB, KiB, …; all powers of 1024).
type size int64

func (s *size) UnmarshalText(text []byte) error {
	in := strings.ToUpper(strings.TrimSpace(string(text)))
	digits := strings.TrimSuffix(strings.TrimSuffix(in, "B"), "I")
	shift := 0
	if n := len(digits); n > 0 {
		if at := strings.IndexByte("KMG", digits[n-1]); at >= 0 {
			digits, shift = digits[:n-1], 10*(at+1)
		}
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n <= 0 || n > math.MaxInt64>>(shift+1) {
		return fmt.Errorf("%q is no size; write 500000, 64K, 10M or 1G", text)
	}
	*s = size(n << shift)
	return nil
}
