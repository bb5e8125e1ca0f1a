package main

import (
	"encoding/json"
	"errors"
	"time"

	"saidgraph/graph"
	"saidgraph/loaders"
	"saidgraph/loaders/jobs"
	"saidgraph/loaders/source"
)

// readFlags say how sources are read.
type readFlags struct {
	As           string            `help:"What all sources are: text, html, jsonl, csv, feed, sitemap, url or warc (default: found out for each)." placeholder:"KIND"`
	Field        map[string]string `help:"A field of JSON Lines or CSV under another name, as --field text=body; may be given again." placeholder:"OURS=THEIRS"`
	MaxBytes     jobs.Size         `help:"The longest document that is read: a file of one, a line, a page (default: 10M)." default:"10M" placeholder:"SIZE"`
	Outlet       string            `help:"The outlet of documents that name none."`
	Date         string            `help:"The date of documents that have none, as 2025-07-19."`
	Workers      int               `help:"How many articles are analysed at once (default: one a core)."`
	Batch        int               `help:"Articles in a transaction." default:"100"`
	AllowPrivate bool              `help:"Fetch from private, loopback and link-local addresses, too, and through the proxy that HTTPS_PROXY and HTTP_PROXY name."`
	UserAgentURL string            `help:"A page that tells the sites we fetch from who we are." env:"SAIDGRAPH_USER_AGENT_URL" placeholder:"URL"`
}

func (f readFlags) spec() jobs.Spec {
	return jobs.Spec{
		As: f.As, Fields: f.Field, MaxBytes: int64(f.MaxBytes), Outlet: f.Outlet, Date: f.Date,
		Workers: f.Workers, Batch: f.Batch, AllowPrivate: f.AllowPrivate,
	}
}

// check refuses what could only fail for each document.
func (f readFlags) check() error {
	if bad := (source.Reader{As: f.As, Fields: f.Field}).Check(); bad != nil {
		return usage("--%s: %s; %s", map[string]string{"as": "as", "fields": "field"}[bad.Field], bad.Reason, bad.Hint)
	}
	if _, err := source.Date(f.Date); err != nil {
		return usage("--date: %q %w; write it as 2025-07-19", f.Date, err)
	}
	if f.Workers < 0 || f.Batch < 0 {
		return usage("--workers and --batch: a negative number makes no sense")
	}
	return nil
}

type loadCmd struct {
	Sources []string `arg:"" name:"source" help:"Files, folders, globs, http(s) addresses, or - for standard input."`
	readFlags
	Since   string `help:"Leave out articles that are older: a date, or how long ago (36h, 30d, 4w)." placeholder:"TIME"`
	Limit   int    `help:"Stop when so many articles are written; the next load goes on."`
	Shard   string `help:"Load one part of the pile, the I-th of N; other processes load the others." placeholder:"I/N"`
	Reload  bool   `help:"Read articles anew that the store has unchanged."`
	DryRun  bool   `help:"Do everything but write."`
	Metrics string `help:"Write figures for Prometheus to a file when the load has ended." placeholder:"FILE" type:"path"`
}

func (loadCmd) Help() string {
	return `What a source is, is found out: text, HTML pages, JSON Lines, CSV, RSS, Atom and JSON feeds, sitemaps, WARC; gzip is unpacked. An
address is fetched politely: robots.txt, one request a second and host, nothing twice that has not changed. What lies beside pages in a
folder (styles, scripts, pictures, archives, databases) is left out, and counted.

A .jsonl file holds one article a line: {"text": "…", "url": "…", "title": "…", "date": "2025-07-19",
"outlet": "…", "byline": "…", "language": "en", "license": "…"}. Only text, or html, is needed; other keys are ignored.
An article is known by its url, else by its text: loading it again replaces it.

Examples:
  saidgraph load article.txt
  saidgraph load archive/ 'wire/2025-*.jsonl'
  saidgraph load https://www.example.org/feed.xml --since 7d
  saidgraph load table.csv --field text=body --field date=published
  zcat news.jsonl.gz | saidgraph load -
  saidgraph load CC-NEWS-20250719.warc.gz --shard 2/8

An article that can't be read is listed with file, line and reason, and kept (saidgraph dead list); the others are loaded, and the exit
code is 3. With --json the report is one JSON object on standard output.`
}

func (c *loadCmd) Run(a *app) error {
	if err := c.check(); err != nil {
		return err
	}
	r, err := a.runner(c.UserAgentURL)
	if err != nil {
		return err
	}
	spec := c.spec()
	spec.Sources, spec.Reload, spec.DryRun = c.Sources, c.Reload, c.DryRun
	if err := narrow(&spec, c.Since, c.Shard, c.Limit, r.Now()); err != nil {
		return err
	}
	return a.oneShot(r, a.open, c.Metrics, func(hear jobs.Hear) (loaders.Report, error) { return r.Run(a.ctx, spec, hear) })
}

// narrow sets what the flags of a run say of the documents that are wanted.
func narrow(spec *jobs.Spec, since, shard string, limit int, now time.Time) (err error) {
	if limit < 0 {
		return usage("--limit: a negative number makes no sense")
	}
	if limit > 0 {
		spec.Limit = limit
	}
	if since != "" {
		if spec.Since, err = jobs.Since(since, now); err != nil {
			return usage("--since: %w", err)
		}
	}
	if shard != "" {
		if spec.Shard, err = loaders.ParseShard(shard); err != nil {
			return usage("--shard: %w", err)
		}
	}
	return nil
}

// oneShot opens the store by open, does one load in it, tells how it went, writes the metrics, and returns what gives the exit code.
func (a *app) oneShot(r *jobs.Runner, open func() (graph.Store, error), metrics string, load func(jobs.Hear) (loaders.Report, error)) error {
	store, err := open()
	if err != nil {
		return err
	}
	r.Store = store
	report, err := a.watch(load)
	if metrics != "" {
		err = errors.Join(err, jobs.NewMetrics(store, version().Version, loaders.Version, false).WriteFile(metrics))
	}
	if cerr := store.Close(); err == nil {
		err = cerr
	}
	if a.json && err == nil {
		err = json.NewEncoder(a.stdout).Encode(report)
	}
	return finish(report, err)
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
