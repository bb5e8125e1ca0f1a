package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"saidgraph/loaders"
	"saidgraph/loaders/journal"
)

type runsCmd struct {
	Limit int    `help:"How many, the newest first." default:"20"`
	Job   string `help:"Only those of a job." placeholder:"NAME"`
}

func (runsCmd) Help() string {
	return `A run that is still "running" though nothing wrote of it for a minute was killed; the next one mends what it left.

Examples:
  saidgraph runs
  saidgraph runs --job wires --json`
}

func (c *runsCmd) Run(a *app) error {
	store, err := a.openExisting()
	if err != nil {
		return err
	}
	defer store.Close() // read only
	runs := []journal.Run{}
	for r, err := range journal.New(store).Runs(a.ctx) {
		if err != nil {
			return err
		}
		if c.Job != "" && r.Job != c.Job {
			continue
		}
		if runs = append(runs, r); len(runs) == c.Limit {
			break
		}
	}
	if a.json {
		return json.NewEncoder(a.stdout).Encode(runs)
	}
	var rows [][]string
	for _, r := range runs {
		rows = append(rows, runRow(r, time.Now()))
	}
	return table(a.stdout, []string{"RUN", "JOB", "STATE", "TOOK", "READ", "NEW", "CHANGED", "UNCHANGED", "SKIPPED", "FAILED", "CLAIMS", "SOURCES"}, rows)
}

func runRow(r journal.Run, now time.Time) []string {
	var report loaders.Report
	_ = json.Unmarshal(r.Report, &report) // one of another version shows what it can
	job := r.Job
	if r.Shard != "" {
		job += " " + r.Shard
	}
	took := r.Ended.Sub(r.Started)
	if r.Ended.IsZero() {
		took = r.Beat.Sub(r.Started)
	}
	row := []string{r.ID, job, state(r, now), took.Round(10 * time.Millisecond).String()}
	for _, n := range []int{report.Read, report.New, report.Changed, report.Unchanged, total(report.Skipped), report.Failed, report.Claims} {
		row = append(row, strconv.Itoa(n))
	}
	return append(row, strings.Join(r.Sources, " "))
}

// silence is how long a run may write nothing before it is taken for dead; one that lives writes every ten seconds.
const silence = time.Minute

func state(r journal.Run, now time.Time) string {
	if r.State == journal.Running && now.Sub(r.Beat) > silence {
		return "killed"
	}
	if r.Error != "" {
		return fmt.Sprintf("%s: %s", r.State, r.Error)
	}
	return string(r.State)
}
