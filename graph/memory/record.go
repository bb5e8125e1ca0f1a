package memory

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"

	"saidgraph/graph"
)

// Record implements [graph.Records].
func (s *Store) Record(ctx context.Context, bucket, key string) (graph.Record, error) {
	const op = "memory.Record"
	if err := ctx.Err(); err != nil {
		return graph.Record{}, failed(op, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return graph.Record{}, closed(op)
	}
	r, ok := s.records[[2]string{bucket, key}]
	if !ok {
		return graph.Record{}, &graph.Error{Op: op, Code: graph.NotFound, Err: errors.New("no record " + bucket + "/" + key)}
	}
	r.Value = slices.Clone(r.Value)
	return r, nil
}

// Records implements [graph.Records].
func (s *Store) Records(ctx context.Context, q graph.RecordQuery) iter.Seq2[graph.Record, error] {
	return func(yield func(graph.Record, error) bool) {
		found, err := s.find(ctx, q)
		if err != nil {
			yield(graph.Record{}, err)
			return
		}
		for _, r := range found {
			if err := ctx.Err(); err != nil {
				yield(graph.Record{}, failed("memory.Records", err))
				return
			}
			if !yield(r, nil) {
				return
			}
		}
	}
}

func (s *Store) find(ctx context.Context, q graph.RecordQuery) ([]graph.Record, error) {
	const op = "memory.Records"
	if err := ctx.Err(); err != nil {
		return nil, failed(op, err)
	}
	if err := q.Validate(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, closed(op)
	}
	var found []graph.Record
	for at, r := range s.records {
		behind := q.After == "" || (!q.Last && r.Key > q.After) || (q.Last && r.Key < q.After)
		if at[0] == q.Bucket && strings.HasPrefix(r.Key, q.Prefix) && behind {
			r.Value = slices.Clone(r.Value)
			found = append(found, r)
		}
	}
	slices.SortFunc(found, func(a, b graph.Record) int {
		if q.Last {
			a, b = b, a
		}
		return strings.Compare(a.Key, b.Key)
	})
	if q.Limit > 0 && len(found) > q.Limit {
		found = found[:q.Limit]
	}
	return found, nil
}

// Write implements [graph.Records].
func (s *Store) Write(ctx context.Context, records ...graph.Record) error {
	const op = "memory.Write"
	if err := ctx.Err(); err != nil {
		return failed(op, err)
	}
	if err := graph.ValidateRecords(records); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return closed(op)
	}
	for _, r := range records {
		if have := s.records[[2]string{r.Bucket, r.Key}].Version; r.Version != graph.AnyVersion && r.Version != have {
			return graph.RecordConflict(op, r, have)
		}
	}
	for _, r := range records {
		at := [2]string{r.Bucket, r.Key}
		if r.Value == nil {
			delete(s.records, at)
			continue
		}
		r.Version = s.records[at].Version + 1
		r.Value = append([]byte{}, r.Value...) // not nil, even where it is empty
		s.records[at] = r
	}
	return nil
}
