package jobs

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/robfig/cron/v3"

	"saidgraph/loaders"
	"saidgraph/loaders/journal"
	"saidgraph/loaders/source"
)

// scheduler is one [Runner.Schedule].
type scheduler struct {
	*Runner
	file File
	wait map[string]time.Time // a job that could not run is not tried before
	born time.Time            // a job that never ran, with a time of day, waits for the first one after it
}

// Schedule runs the jobs of a file when they are due, one after the other, until ctx ends. When a job ran last is asked of the journal:
// what another machine did counts, and a job that was due while nobody ran it is run once, at once.
func (r *Runner) Schedule(ctx context.Context, f File) {
	s := scheduler{r, f, map[string]time.Time{}, r.Now()}
	for ctx.Err() == nil {
		job, at, ok := s.next(ctx)
		if !ok || !sleep(ctx, at.Sub(r.Now())) {
			return
		}
		if r.Now().Before(at) { // another machine may have run it meanwhile: ask again
			continue
		}
		if err := r.scheduled(ctx, job); err != nil {
			s.wait[job.Name] = r.Now().Add(shortest)
		}
	}
}

// longest is how long the scheduler sleeps without asking the journal again.
const longest = 30 * time.Second

// sleep is false when ctx ended.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(min(max(d, 0), longest))
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// next is the job that is due first, and when; false where none has a schedule.
func (s *scheduler) next(ctx context.Context) (first Job, at time.Time, ok bool) {
	for _, job := range s.file.Jobs {
		if job.due == nil {
			continue
		}
		due := s.dueAt(ctx, job)
		if w := s.wait[job.Name]; w.After(due) {
			due = w
		}
		if !ok || due.Before(at) {
			first, at, ok = job, due, true
		}
	}
	return first, at, ok
}

// dueAt is when a job is due next: one with an interval that never ran, now. The times of day of a schedule are local ones.
func (s *scheduler) dueAt(ctx context.Context, job Job) time.Time {
	total, err := journal.New(s.Store).TotalOf(ctx, job.Name)
	_, interval := job.due.(cron.ConstantDelaySchedule)
	switch {
	case err != nil:
		return s.Now().Add(shortest)
	case total.State == journal.Interrupted: // told to stop: now it may go on
		return s.born
	case !total.LastStart.IsZero():
		return job.due.Next(total.LastStart.Local())
	case interval:
		return s.born
	}
	return job.due.Next(s.born.Local())
}

// scheduled runs a job and logs what came of it.
func (r *Runner) scheduled(ctx context.Context, job Job) error {
	log := r.Log.With(slog.String("job", job.Name))
	log.Info("job starts")
	report, err := r.Run(ctx, job.Spec(r.Now()), Hear{Failed: func(e *source.Error) { log.Warn("document failed", slog.String("document", e.Error())) }})
	var held *journal.Held
	switch {
	case errors.As(err, &held):
		log.Info("job is run elsewhere", slog.String("by", held.Holder))
	case err != nil:
		log.Error("job failed", append(Figures(report), slog.Any("error", err))...)
	default:
		log.Info("job ended", Figures(report)...)
	}
	return err
}

// Figures of a report for a log.
func Figures(r loaders.Report) []any {
	skipped := 0
	for _, n := range r.Skipped {
		skipped += n
	}
	return []any{
		slog.Int("read", r.Read), slog.Int("new", r.New), slog.Int("changed", r.Changed), slog.Int("unchanged", r.Unchanged),
		slog.Int("skipped", skipped), slog.Int("failed", r.Failed), slog.Int("claims", r.Claims), slog.Duration("took", r.Took.Round(time.Millisecond)), slog.Bool("interrupted", r.Interrupted),
	}
}
