package neo4j

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"slices"
	"strings"

	"saidgraph/graph"
)

const recordColumns = "r.bucket, r.key, r.version, r.value"

func (v *values) record() graph.Record {
	r := graph.Record{Bucket: v.str(), Key: v.str(), Version: v.int(), Value: v.bytes()}
	if r.Value == nil {
		r.Value = []byte{}
	}
	return r
}

// Record implements [graph.Records].
func (s *Store) Record(ctx context.Context, bucket, key string) (r graph.Record, err error) {
	const op = "neo4j.Record"
	err = s.look(ctx, true, func(t *tx) error {
		err := error(&graph.Error{Op: op, Code: graph.NotFound, Err: errors.New("no record " + bucket + "/" + key)})
		return orElse(t.all(gathered("MATCH (r:Record {bucket: $bucket, key: $key})", recordColumns), params{"bucket": bucket, "key": key}, func(v *values) error {
			r, err = v.record(), nil
			return nil
		}), &err)
	})
	return r, s.fail(ctx, op, err)
}

// orElse is err, else what other has become.
func orElse(err error, other *error) error {
	if err != nil {
		return err
	}
	return *other
}

// maxRecords is how many records a page of a stream holds, which is of one state, and how many bytes of values about.
const maxRecords = 200

// Records implements [graph.Records].
func (s *Store) Records(ctx context.Context, q graph.RecordQuery) iter.Seq2[graph.Record, error] {
	const op = "neo4j.Records"
	return func(yield func(graph.Record, error) bool) {
		if err := q.Validate(); err != nil {
			yield(graph.Record{}, err)
			return
		}
		left := q.Limit
		for {
			page, err := s.page(ctx, q)
			for _, r := range page {
				if err == nil {
					err = ctx.Err()
				}
				if err != nil {
					break
				}
				if !yield(r, nil) {
					return
				}
			}
			if err != nil {
				yield(graph.Record{}, s.fail(ctx, op, err))
				return
			}
			left -= len(page)
			if len(page) < maxRecords || left == 0 {
				return
			}
			q.After, q.Limit = page[len(page)-1].Key, max(left, 0)
		}
	}
}

func (s *Store) page(ctx context.Context, q graph.RecordQuery) (page []graph.Record, err error) {
	text := "MATCH (r:Record) WHERE r.bucket = $bucket AND r.key IS NOT NULL"
	p := params{"bucket": q.Bucket, "limit": maxRecords}
	order := "r.bucket, r.key"
	if q.Last {
		order = "r.bucket DESC, r.key DESC"
	}
	if q.Prefix != "" {
		text += " AND r.key STARTS WITH $prefix"
		p["prefix"] = q.Prefix
	}
	switch {
	case q.After == "":
	case q.Last:
		text += " AND r.key < $after"
		p["after"] = q.After
	default:
		text += " AND r.key > $after"
		p["after"] = q.After
	}
	if q.Limit > 0 && q.Limit < maxRecords {
		p["limit"] = q.Limit
	}
	err = s.look(ctx, true, func(t *tx) error {
		page = nil
		return t.each(text+" RETURN "+recordColumns+" ORDER BY "+order+" LIMIT $limit", p, func(v *values) error {
			page = append(page, v.record())
			return nil
		})
	})
	return page, err
}

// Write implements [graph.Records].
func (s *Store) Write(ctx context.Context, records ...graph.Record) error {
	const op = "neo4j.Write"
	if err := ctx.Err(); err != nil {
		return s.fail(ctx, op, err)
	}
	if err := graph.ValidateRecords(records); err != nil {
		return err
	}
	if len(records) == 0 && !s.closed.Load() {
		return nil
	}
	records = slices.SortedFunc(slices.Values(records), func(a, b graph.Record) int { // the order of locks
		if a.Bucket != b.Bucket {
			return strings.Compare(a.Bucket, b.Bucket)
		}
		return bytes.Compare([]byte(a.Key), []byte(b.Key))
	})
	return s.fail(ctx, op, s.change(ctx, true, func(t *tx) error { return t.records(op, records) }))
}

func (t *tx) records(op string, records []graph.Record) error {
	keys := make([]any, len(records))
	for i, r := range records {
		keys[i] = row{"bucket": r.Bucket, "key": r.Key}
	}
	have := make(map[[2]string]int64, len(records))
	err := t.each(`UNWIND $keys AS k MERGE (r:Record {bucket: k.bucket, key: k.key}) SET r.version = coalesce(r.version, 0) RETURN r.bucket, r.key, r.version`, params{"keys": keys}, func(v *values) error {
		at := [2]string{v.str(), v.str()}
		have[at] = v.int()
		return nil
	})
	if err != nil {
		return err
	}
	var kept, gone []any
	for _, r := range records {
		version := have[[2]string{r.Bucket, r.Key}]
		if r.Version != graph.AnyVersion && r.Version != version {
			return graph.RecordConflict(op, r, version)
		}
		if r.Value == nil {
			gone = append(gone, row{"bucket": r.Bucket, "key": r.Key})
		} else {
			kept = append(kept, row{"bucket": r.Bucket, "key": r.Key, "version": version + 1, "value": r.Value})
		}
	}
	if len(kept) > 0 {
		if err := t.exec(`UNWIND $rows AS row MATCH (r:Record {bucket: row.bucket, key: row.key}) SET r = row`, params{"rows": kept}); err != nil {
			return err
		}
	}
	if len(gone) == 0 {
		return nil
	}
	return t.exec(`UNWIND $rows AS row MATCH (r:Record {bucket: row.bucket, key: row.key}) DELETE r`, params{"rows": gone})
}
