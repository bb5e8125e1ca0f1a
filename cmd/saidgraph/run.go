package main

import (
	"saidgraph/loaders"
	"saidgraph/loaders/jobs"
)

// defaultJobs is where jobs are described unless --jobs says otherwise.
const defaultJobs = "jobs.yaml"

type runCmd struct {
	Name    string `arg:"" help:"The job's name."`
	Jobs    string `help:"The jobs file (default: ${jobs})." default:"${jobs}" env:"SAIDGRAPH_JOBS" placeholder:"FILE"`
	Since   string `help:"Leave out articles that are older, whatever the file says." placeholder:"TIME"`
	Limit   int    `help:"Stop when so many articles are written, whatever the file says."`
	Shard   string `help:"Load one part of the pile, the I-th of N." placeholder:"I/N"`
	Reload  bool   `help:"Read articles anew that the store has unchanged."`
	DryRun  bool   `help:"Do everything but write."`
	Metrics string `help:"Write figures for Prometheus to a file when the run has ended." placeholder:"FILE" type:"path"`
}

func (runCmd) Help() string {
	return `A jobs file:

  user_agent_url: https://desk.example.org/about-our-reader
  jobs:
    - name: wires
      sources: [https://www.example.org/feed.xml, https://news.example.net/sitemap.xml]
      every: 15m                  # for serve --jobs; or schedule: "*/15 6-22 * * *"
      since: 30d
    - name: archive
      sources: [archive/]         # from the folder of this file
      schedule: "@daily"

Also: as, fields, outlet, date, limit, reload, max_bytes, workers, batch, allow_private, as the flags of load.

Only one run of a job goes on at a time, on whatever machine: another ends at once with exit code 4. A run that was stopped or killed
is gone on with by the next. SIGTERM finishes the articles in hand and ends within 10 seconds.

Examples:
  saidgraph run wires
  saidgraph run archive --jobs /etc/saidgraph/jobs.yaml --log json --metrics /var/lib/node_exporter/saidgraph.prom`
}

func (c *runCmd) Run(a *app) error {
	file, err := jobs.ReadFile(c.Jobs)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	job, err := file.Job(c.Name)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	r, err := a.runner(file.UserAgentURL)
	if err != nil {
		return err
	}
	spec := job.Spec(r.Now())
	spec.Reload, spec.DryRun = spec.Reload || c.Reload, c.DryRun
	if err := narrow(&spec, c.Since, c.Shard, c.Limit, r.Now()); err != nil {
		return err
	}
	return a.oneShot(r, a.open, c.Metrics, func(hear jobs.Hear) (loaders.Report, error) { return r.Run(a.ctx, spec, hear) })
}
