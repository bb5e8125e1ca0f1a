// Package journal keeps, in the store beside the graph, what loads must remember: runs, dead letters, where each article came from,
// addresses visited, how far a pile was read, and who may run now.
//
// Every entry is JSON under a key of [graph.Records], so the store's URL is all the state there is and a job may run on any machine.
// An entry is written after what it speaks of: a crash between leaves an article without an origin, which the next load gives it,
// never an origin without its article.
package journal

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"

	"saidgraph/graph"
)

// The buckets of the records.
const (
	bucketRun        = "run"
	bucketTotal      = "total"
	bucketDead       = "dead"
	bucketDocument   = "dead.document"
	bucketOrigin     = "origin"
	bucketCopy       = "copy"
	bucketSeen       = "seen"
	bucketVisit      = "visit"
	bucketCheckpoint = "checkpoint"
	bucketLease      = "lease"
)

// Journal is a typed view of a store's records. It is as safe for concurrent use as they are.
type Journal struct{ records graph.Records }

// New returns the journal kept in records.
func New(records graph.Records) *Journal { return &Journal{records} }

// Entry is what [Journal.Put] writes: [Run], [Dead], [Buried], [Origin], [Forgotten], [Visit], [Checkpoint], [Reached].
type Entry interface {
	// puts returns the records to write; one without Value is deleted.
	puts() ([]graph.Record, error)
}

// Put writes the entries in one transaction, whatever is there; of two about one thing the last counts.
func (j *Journal) Put(ctx context.Context, entries ...Entry) error {
	var all []graph.Record
	at := map[[2]string]int{}
	for _, e := range entries {
		records, err := e.puts()
		if err != nil {
			return err
		}
		for _, r := range records {
			r.Version = graph.AnyVersion
			key := [2]string{r.Bucket, r.Key}
			if i, ok := at[key]; ok {
				all[i] = r
				continue
			}
			at[key] = len(all)
			all = append(all, r)
		}
	}
	if len(all) == 0 {
		return nil
	}
	return j.records.Write(ctx, all...)
}

// gone deletes a record.
func gone(bucket, key string) graph.Record { return graph.Record{Bucket: bucket, Key: key} }

// put makes the record of a value.
func put(bucket, key string, value any) (graph.Record, error) {
	data, err := json.Marshal(value)
	if err != nil {
		return graph.Record{}, fmt.Errorf("journal: %s/%s: %w", bucket, key, err)
	}
	return graph.Record{Bucket: bucket, Key: key, Value: data}, nil
}

// get reads the value of a record and its version; ok is false where there is none.
func get[T any](ctx context.Context, j *Journal, bucket, key string) (value T, version int64, ok bool, err error) {
	r, err := j.records.Record(ctx, bucket, key)
	if graph.CodeOf(err) == graph.NotFound {
		return value, 0, false, nil
	}
	if err != nil {
		return value, 0, false, err
	}
	if err := parse(r, &value); err != nil {
		return value, r.Version, false, err
	}
	return value, r.Version, true, nil
}

// all streams the values of a bucket.
func all[T any](ctx context.Context, j *Journal, q graph.RecordQuery) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for r, err := range j.records.Records(ctx, q) {
			var value T
			if err == nil {
				err = parse(r, &value)
			}
			if !yield(value, err) || err != nil {
				return
			}
		}
	}
}

func parse(r graph.Record, into any) error {
	if err := json.Unmarshal(r.Value, into); err != nil {
		return &graph.Error{Op: "journal", Code: graph.Internal, Field: r.Bucket + "/" + r.Key, Err: fmt.Errorf("is no entry of this program: %w", err)}
	}
	return nil
}
