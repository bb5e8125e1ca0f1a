// Package jobs runs loads that nobody watches: one at a time by a lease in the store, going on where the last one stopped, each
// recorded in the journal with what came of it.
//
// # One at a time
//
// A job's lease lies in the store, so it holds across machines; it is renewed while the job runs and expires when its machine dies.
// A run whose lease was lost stops.
//
// # Going on
//
// A file of many documents is read on from the last line whose document is in the graph, as long as the file and the options are the same. What
// an address said is remembered only once its documents are in the graph. All else is safe to read again: what is unchanged is not analysed.
package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"strings"
	"sync"
	"time"

	"saidgraph/graph"
	"saidgraph/loaders"
	"saidgraph/loaders/fetch"
	"saidgraph/loaders/journal"
	"saidgraph/loaders/source"
)

// DefaultLease is how long a lease holds without being renewed: how long a job of a machine that died stays barred.
const DefaultLease = time.Minute

// beat is how often a run writes down how far it is.
const beat = 10 * time.Second

// Runner runs loads into one store.
type Runner struct {
	Store   graph.Store
	Analyse loaders.Analyse
	Client  func(allowPrivate bool) *fetch.Client // one for each, for the whole process; nil: addresses are not fetched
	Stdin   io.Reader

	Now     func() time.Time
	Salt    func() string // tells apart the runs of one millisecond
	Host    string        // this machine and process, for people
	Machine string        // where the store may be written by one machine only: what tells this one from others; else ""
	Lease   time.Duration // 0: DefaultLease
	Log     *slog.Logger
}

// Hear is who hears of a run while it goes on. Both fields may be nil; neither is called at the same time as the other.
type Hear struct {
	Failed   func(*source.Error)
	Progress func(report loaders.Report, share float64) // share of the sources that is read, 0 to 1; negative: nobody knows
}

// Run does one load. A *[journal.Held] says who is doing it. What came of the load is in the report even where the error is not nil.
func (r *Runner) Run(ctx context.Context, spec Spec, hear Hear) (loaders.Report, error) {
	return r.run(ctx, spec, hear, func(ctx context.Context, t *tracker) documents {
		if hear.Progress != nil {
			t.size.measure(spec.Sources)
		}
		return r.documents(ctx, spec, t)
	})
}

// Load loads documents that are at hand; the spec's Sources only name them.
func (r *Runner) Load(ctx context.Context, spec Spec, docs iter.Seq2[source.Raw, error], hear Hear) (loaders.Report, error) {
	return r.run(ctx, spec, hear, func(context.Context, *tracker) documents { return docs })
}

func (r *Runner) run(ctx context.Context, spec Spec, hear Hear, docs func(context.Context, *tracker) documents) (loaders.Report, error) {
	j := journal.New(r.Store)
	run := journal.Run{
		Job: spec.Job, Sources: shown(spec.Sources), Shard: spec.Shard.String(), Started: r.Now().UTC(),
		State: journal.Running, Holder: r.Host, Engine: loaders.Version,
	}
	run.ID = journal.RunID(run.Started, r.Salt())
	ctx, release, err := r.alone(ctx, j, spec, run.ID)
	if err != nil {
		return loaders.Report{}, err
	}
	defer release()
	t := newTracker(j, spec)
	o := loaders.Options{
		Workers: spec.Workers, Batch: spec.Batch, Reload: spec.Reload, Since: spec.Since, Limit: spec.Limit, Shard: spec.Shard,
		DryRun: spec.DryRun, Journal: j, Run: run.ID, Now: r.Now, Failed: hear.Failed, Saved: t.saved,
	}
	o.Progress = func(report loaders.Report) {
		if hear.Progress != nil {
			hear.Progress(report, t.share())
		}
		if now := r.Now(); !spec.DryRun && now.Sub(run.Beat) >= beat {
			run.Beat = now.UTC()
			if err := r.record(ctx, j, run, report); err != nil {
				r.Log.Warn("the run's progress was not recorded", slog.String("run", run.ID), slog.Any("error", err))
			}
		}
	}
	if !spec.DryRun {
		run.Beat = run.Started
		if err := r.record(ctx, j, run, loaders.Report{}); err != nil {
			return loaders.Report{}, err
		}
	}
	report, err := loaders.Load(ctx, r.Store, r.Analyse, docs(ctx, t), o)
	if lost := context.Cause(ctx); err == nil && report.Interrupted && errors.As(lost, new(*journal.Held)) {
		err = fmt.Errorf("the run was stopped: %w", lost)
	}
	t.tell(&report)
	if spec.DryRun {
		return report, err
	}
	return report, errors.Join(err, r.end(ctx, j, t, run, report, err))
}

// Alone does something to the store that is no load, under the lease that keeps other machines out where they may not write.
func (r *Runner) Alone(ctx context.Context, do func(ctx context.Context, j *journal.Journal) error) error {
	j := journal.New(r.Store)
	ctx, release, err := r.alone(ctx, j, Spec{}, journal.RunID(r.Now(), r.Salt()))
	if err != nil {
		return err
	}
	defer release()
	return do(ctx, j)
}

// end records how the run ended.
func (r *Runner) end(ctx context.Context, j *journal.Journal, t *tracker, run journal.Run, report loaders.Report, err error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	run.Ended, run.Beat = r.Now().UTC(), r.Now().UTC()
	switch {
	case err != nil:
		run.State, run.Error = journal.Failed, err.Error()
	case report.Interrupted:
		run.State = journal.Interrupted
	case report.Failed > 0:
		run.State = journal.Partial
	default:
		run.State = journal.Done
	}
	if err := r.record(ctx, j, run, report); err != nil {
		return err
	}
	if err == nil && !report.Interrupted && !report.Limited {
		if err := j.Put(ctx, t.reached()...); err != nil {
			return err
		}
	}
	return j.Count(ctx, run.Job, func(total *journal.Total) {
		total.Add(run, report.Read, report.New, report.Changed, report.Unchanged, report.Failed)
	})
}

// record writes the run's entry. The failures stay out: they are dead letters.
func (r *Runner) record(ctx context.Context, j *journal.Journal, run journal.Run, report loaders.Report) error {
	report.Failures = nil
	data, err := json.Marshal(report)
	if err != nil {
		return err
	}
	run.Report = data
	return j.Put(context.WithoutCancel(ctx), run)
}

// shown are sources as they may be kept and printed.
func shown(sources []string) []string {
	out := make([]string, len(sources))
	for i, s := range sources {
		if out[i] = s; isAddress(s) {
			out[i] = fetch.Redact(s)
		}
	}
	return out
}

func isAddress(name string) bool { return strings.Contains(name, "://") }

// alone takes the leases of a run. ctx ends when one is lost, with the *journal.Held as its cause.
func (r *Runner) alone(ctx context.Context, j *journal.Journal, spec Spec, run string) (context.Context, func(), error) {
	holder := r.Host + " in run " + run
	var leases []journal.Lease
	if r.Machine != "" && !spec.DryRun {
		leases = append(leases, journal.Lease{Name: "writing to this store, which only one machine may,", Group: r.Machine, Holder: holder})
	}
	if spec.Job != "" && !spec.DryRun {
		name := "job " + spec.Job
		if spec.Shard.N > 1 {
			name += ", shard " + spec.Shard.String() + ","
		}
		leases = append(leases, journal.Lease{Name: name, Group: holder, Holder: holder})
	}
	length := r.Lease
	if length <= 0 {
		length = DefaultLease
	}
	ctx, cancel := context.WithCancelCause(ctx)
	var renewing sync.WaitGroup
	over := make(chan struct{})
	release := func() {
		close(over)
		renewing.Wait()
		cancel(nil)
		end, stop := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
		defer stop()
		for _, l := range leases {
			if err := j.Release(end, l); err != nil { // it expires by itself
				r.Log.Warn("a lease was not released", slog.String("lease", l.Name), slog.Any("error", err))
			}
		}
	}
	for i, l := range leases {
		got, err := j.Acquire(ctx, l, r.Now(), length)
		if err != nil {
			leases = leases[:i]
			release()
			return nil, nil, err
		}
		renewing.Go(func() { r.renew(ctx, j, got, length, over, cancel) })
	}
	return ctx, release, nil
}

// renew keeps a lease until over is closed. A store that can't be reached is asked again until the lease has expired.
func (r *Runner) renew(ctx context.Context, j *journal.Journal, l journal.Lease, length time.Duration, over <-chan struct{}, lost context.CancelCauseFunc) {
	tick := time.NewTicker(length / 3)
	defer tick.Stop()
	for {
		select {
		case <-over:
			return
		case <-tick.C:
		}
		try, cancel := context.WithTimeout(context.WithoutCancel(ctx), length/3)
		got, err := j.Renew(try, l, r.Now(), length)
		cancel()
		var held *journal.Held
		switch {
		case err == nil:
			l = got
		case errors.As(err, &held):
			lost(held)
			return
		case r.Now().After(l.Expires):
			lost(&journal.Held{Name: l.Name, Holder: "nobody: the store could not be reached in time (" + err.Error() + ")", Expires: l.Expires})
			return
		}
	}
}
