package journal

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"time"

	"saidgraph/graph"
)

// State is how a run stands or ended.
type State string

// The states of a run. One that was killed stays Running; its Beat tells.
const (
	Running     State = "running"
	Done        State = "done"
	Partial     State = "partial"     // done, but some documents failed
	Interrupted State = "interrupted" // told to stop; the next run goes on
	Failed      State = "failed"
)

// Run is one load: what it was told, how it went.
type Run struct {
	ID      string          `json:"id"`            // see RunID: in order of time
	Job     string          `json:"job,omitempty"` // "" for a load by hand
	Sources []string        `json:"sources"`       // without credentials
	Shard   string          `json:"shard,omitempty"`
	Started time.Time       `json:"started"`
	Ended   time.Time       `json:"ended,omitzero"`
	Beat    time.Time       `json:"beat"` // when it last wrote this entry
	State   State           `json:"state"`
	Error   string          `json:"error,omitempty"` // why it Failed
	Holder  string          `json:"holder"`          // machine and process
	Engine  string          `json:"engine"`
	Report  json.RawMessage `json:"report,omitempty"` // the loaders.Report, without the failures: those are dead letters
}

// RunID makes the id of a run that starts at a time; salt tells apart those of one millisecond.
func RunID(start time.Time, salt string) string {
	return start.UTC().Format("20060102T150405.000") + "-" + salt
}

func (r Run) puts() ([]graph.Record, error) {
	rec, err := put(bucketRun, r.ID, r)
	return []graph.Record{rec}, err
}

// Runs streams the runs, the newest first.
func (j *Journal) Runs(ctx context.Context) iter.Seq2[Run, error] {
	return all[Run](ctx, j, graph.RecordQuery{Bucket: bucketRun, Last: true})
}

// RunOf returns the run of an id; ok is false where there is none.
func (j *Journal) RunOf(ctx context.Context, id string) (r Run, ok bool, err error) {
	r, _, ok, err = get[Run](ctx, j, bucketRun, id)
	return r, ok, err
}

// Total is what the runs of one job came to, for metrics and schedules: it needs no walk over the runs.
type Total struct {
	Job         string        `json:"job"` // "" for loads by hand
	Runs        int           `json:"runs"`
	FailedRuns  int           `json:"failed_runs"`
	Read        int           `json:"read"`
	New         int           `json:"new"`
	Changed     int           `json:"changed"`
	Unchanged   int           `json:"unchanged"`
	Failed      int           `json:"failed"`
	State       State         `json:"state"` // of the last run
	LastStart   time.Time     `json:"last_start"`
	LastEnd     time.Time     `json:"last_end"`
	LastSuccess time.Time     `json:"last_success,omitzero"` // end of the last run that was Done or Partial
	LastNew     time.Time     `json:"last_new,omitzero"`     // end of the last run that brought a new article
	Took        time.Duration `json:"took_ns"`               // the last run
}

// Add counts an ended run.
func (t *Total) Add(r Run, read, fresh, changed, unchanged, failed int) {
	t.Job = r.Job
	t.Runs++
	t.Read += read
	t.New += fresh
	t.Changed += changed
	t.Unchanged += unchanged
	t.Failed += failed
	switch {
	case r.State == Failed:
		t.FailedRuns++
	case r.State != Interrupted && r.Ended.After(t.LastSuccess):
		t.LastSuccess = r.Ended
	}
	if fresh > 0 && r.Ended.After(t.LastNew) {
		t.LastNew = r.Ended
	}
	if !r.Ended.Before(t.LastEnd) { // of two runs at once the later one speaks
		t.State, t.LastStart, t.LastEnd, t.Took = r.State, r.Started, r.Ended, r.Ended.Sub(r.Started)
	}
}

// totalKey of a job; a key may not be empty.
func totalKey(job string) string { return "job " + job }

// Totals streams the totals of all jobs, by name.
func (j *Journal) Totals(ctx context.Context) iter.Seq2[Total, error] {
	return all[Total](ctx, j, graph.RecordQuery{Bucket: bucketTotal})
}

// TotalOf returns the total of a job; the zero one where it never ran.
func (j *Journal) TotalOf(ctx context.Context, job string) (Total, error) {
	t, _, _, err := get[Total](ctx, j, bucketTotal, totalKey(job))
	return t, err
}

// Count changes the total of a job. Other processes may count at the same time: change is called again on what they left.
func (j *Journal) Count(ctx context.Context, job string, change func(*Total)) error {
	return j.swap(ctx, func() (graph.Record, error) {
		t, version, _, err := get[Total](ctx, j, bucketTotal, totalKey(job))
		if err != nil {
			return graph.Record{}, err
		}
		change(&t)
		rec, err := put(bucketTotal, totalKey(job), t)
		rec.Version = version
		return rec, err
	})
}

// swaps is how often a compare-and-swap is tried: each failure means that another process succeeded.
const swaps = 50

// swap writes what next makes of the record as it is now, and asks again when another writer was faster.
func (j *Journal) swap(ctx context.Context, next func() (graph.Record, error)) error {
	var err error
	for range swaps {
		var rec graph.Record
		if rec, err = next(); err != nil {
			return err
		}
		var raced *graph.Error
		if err = j.records.Write(ctx, rec); err == nil || !errors.As(err, &raced) || raced.Code != graph.Conflict || raced.Field != rec.Bucket+"/"+rec.Key {
			return err
		}
	}
	return err
}
