package graph

import (
	"context"
	"fmt"
	"iter"
	"unicode/utf8"
)

// Records keeps what programs must remember beside the graph, in the same store: runs, checkpoints, dead letters, leases.
// A record is bytes under a bucket and a key; what they mean is the caller's affair. Nothing of it is seen by the graph's reads or Stats.
type Records interface {
	// Record returns one record. NotFound if there is none.
	Record(ctx context.Context, bucket, key string) (Record, error)
	// Records streams a bucket's records in the byte order of their keys.
	Records(ctx context.Context, q RecordQuery) iter.Seq2[Record, error]
	// Write puts records in one transaction, all or none. Each is checked against what is there: Version must be the one stored (0: none
	// is there) or [AnyVersion]; else Conflict, with Field the bucket and key, and nothing is written. A nil Value deletes. The stored version is
	// then one more than it was; one that was deleted begins at 1 again. Of two records of one key in a call: Invalid.
	// Two writers of one key, in whatever process, can't both succeed with the same Version: that makes it a lock.
	Write(ctx context.Context, records ...Record) error
}

// AnyVersion writes a record whatever is there.
const AnyVersion = -1

// MaxRecord bounds a record's value, in bytes: room for a dead letter with its document.
const MaxRecord = 16 << 20

// Record is a value under a key.
type Record struct {
	Bucket  string `json:"bucket"`
	Key     string `json:"key"`
	Version int64  `json:"version"`
	Value   []byte `json:"value"` // not nil when it is read
}

// RecordQuery picks records of a bucket.
type RecordQuery struct {
	Bucket string
	Prefix string // of the keys
	After  string // keys behind it, in the order of the read; "": from the beginning
	Last   bool   // last key first
	Limit  int    // 0: no limit
}

// Validate checks names, version and size. The error is Invalid, with Field.
func (r Record) Validate() error {
	switch {
	case r.Version < AnyVersion:
		return badRecord("version", "%d is none", r.Version)
	case len(r.Value) > MaxRecord:
		return badRecord("value", "has %d bytes, the limit is %d", len(r.Value), MaxRecord)
	}
	return validRecordKey(r.Bucket, r.Key)
}

// Validate checks the query. The error is Invalid, with Field.
func (q RecordQuery) Validate() error {
	switch {
	case q.Limit < 0:
		return badRecord("limit", "%d is negative", q.Limit)
	case !utf8.ValidString(q.Prefix):
		return badRecord("prefix", "is not UTF-8")
	case !utf8.ValidString(q.After):
		return badRecord("after", "is not UTF-8")
	}
	return validRecordKey(q.Bucket, "any")
}

// ValidateRecords checks the records of one Write.
func ValidateRecords(records []Record) error {
	seen := make(map[[2]string]bool, len(records))
	for _, r := range records {
		if err := r.Validate(); err != nil {
			return err
		}
		at := [2]string{r.Bucket, r.Key}
		if seen[at] {
			return badRecord("key", "%q comes twice", r.Key)
		}
		seen[at] = true
	}
	return nil
}

// maxRecordKey bounds bucket and key, in bytes: long enough for an address.
const maxRecordKey = 2048

func validRecordKey(bucket, key string) error {
	for field, s := range map[string]string{"bucket": bucket, "key": key} {
		if s == "" || len(s) > maxRecordKey || !utf8.ValidString(s) {
			return badRecord(field, "is empty, longer than %d bytes or not UTF-8", maxRecordKey)
		}
	}
	return nil
}

func badRecord(field, format string, args ...any) error {
	return &Error{Op: "graph.Record", Code: Invalid, Field: field, Err: fmt.Errorf(format, args...)}
}

// RecordConflict is what Write returns when a record is not as the writer thought.
func RecordConflict(op string, r Record, have int64) error {
	return &Error{Op: op, Code: Conflict, Field: r.Bucket + "/" + r.Key, Err: fmt.Errorf("has version %d, not %d: another run wrote it", have, r.Version)}
}
