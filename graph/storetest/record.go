package storetest

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"saidgraph/graph"
)

func write(t testing.TB, s graph.Store, records ...graph.Record) {
	t.Helper()
	if err := s.Write(ctx(t), records...); err != nil {
		t.Fatal(err)
	}
}

func collectRecords(s graph.Store, t testing.TB, q graph.RecordQuery) (all []graph.Record, err error) {
	for r, err := range s.Records(ctx(t), q) {
		if err != nil {
			return all, err
		}
		all = append(all, r)
	}
	return all, nil
}

func record(bucket, key string, version int64, value string) graph.Record {
	return graph.Record{Bucket: bucket, Key: key, Version: version, Value: []byte(value)}
}

var recordCases = []testCase{
	{"record/what was put in comes out", func(t *testing.T, open func() graph.Store) {
		s := open()
		for i, h := range append(slices.Clone(hostile), "plain") {
			if h = fmt.Sprintf("%d %s", i, h); record(h, h, 0, "").Validate() != nil {
				continue // too long for a key
			}
			write(t, s, record(h, h, 0, h))
			got, err := s.Record(ctx(t), h, h)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "record", got, record(h, h, 1, h))
		}
		write(t, s, graph.Record{Bucket: "b", Key: "bytes", Value: []byte{0, 255, 128}}, record("b", "empty", 0, ""))
		got, err := collectRecords(s, t, graph.RecordQuery{Bucket: "b"})
		if err != nil {
			t.Fatal(err)
		}
		same(t, "bytes", got, []graph.Record{{Bucket: "b", Key: "bytes", Version: 1, Value: []byte{0, 255, 128}}, record("b", "empty", 1, "")})
		_, err = s.Record(ctx(t), "b", "none")
		refused(t, "no record", err, graph.NotFound, "")
		same(t, "the graph", dump(t, s), dump(t, oracle(t)))
	}},
	{"record/versions", func(t *testing.T, open func() graph.Store) {
		s := open()
		write(t, s, record("lease", "job", 0, "a"))
		refused(t, "again as new", s.Write(ctx(t), record("lease", "job", 0, "b")), graph.Conflict, "lease/job")
		refused(t, "another's version", s.Write(ctx(t), record("other", "x", 0, "y"), record("lease", "job", 2, "b")), graph.Conflict, "lease/job")
		_, err := s.Record(ctx(t), "other", "x")
		refused(t, "all or none", err, graph.NotFound, "")
		write(t, s, record("lease", "job", 1, "b"))
		write(t, s, record("lease", "job", graph.AnyVersion, "c"))
		got, err := s.Record(ctx(t), "lease", "job")
		if err != nil {
			t.Fatal(err)
		}
		same(t, "third", got, record("lease", "job", 3, "c"))
		refused(t, "delete by a version that is gone", s.Write(ctx(t), graph.Record{Bucket: "lease", Key: "job", Version: 2}), graph.Conflict, "lease/job")
		write(t, s, graph.Record{Bucket: "lease", Key: "job", Version: 3}, graph.Record{Bucket: "lease", Key: "none", Version: graph.AnyVersion})
		write(t, s, record("lease", "job", 0, "d"))
		if got, _ = s.Record(ctx(t), "lease", "job"); got.Version != 1 {
			t.Errorf("after a delete the version is %d, want 1", got.Version)
		}
		refused(t, "delete what is not there", s.Write(ctx(t), graph.Record{Bucket: "lease", Key: "none", Version: 1}), graph.Conflict, "lease/none")
	}},
	{"record/order, pages and prefixes", func(t *testing.T, open func() graph.Store) {
		s, m := open(), oracle(t)
		for i, key := range []string{"b", "a", "ab", "aé", "a\U0010FFFF", "a\U0010FFFFx", "ａ", "😀", "B", "a\x00", "a_", "a%", "é"} {
			write(t, s, record("k", key, 0, fmt.Sprint(i)), record("other", key, 0, "no"))
			write(t, m, record("k", key, 0, fmt.Sprint(i)))
		}
		for _, q := range []graph.RecordQuery{
			{}, {Last: true}, {Limit: 3}, {Last: true, Limit: 3}, {Prefix: "a"}, {Prefix: "a", Last: true}, {Prefix: "a_"}, {Prefix: "a%"}, {After: "ab"},
			{After: "ab", Last: true}, {After: "none of them"}, {Prefix: "a", After: "aé", Limit: 1}, {Prefix: "x"}, {Prefix: "a", After: "b", Last: true},
		} {
			q.Bucket = "k"
			got, err := collectRecords(s, t, q)
			want, werr := collectRecords(m, t, q)
			if err != nil || werr != nil {
				t.Fatal(err, werr)
			}
			same(t, fmt.Sprintf("%+v", q), got, want)
		}
	}},
	{"record/what makes no sense", func(t *testing.T, open func() graph.Store) {
		s := open()
		refused(t, "no bucket", s.Write(ctx(t), record("", "k", 0, "")), graph.Invalid, "bucket")
		refused(t, "no key", s.Write(ctx(t), record("b", "", 0, "")), graph.Invalid, "key")
		refused(t, "no UTF-8", s.Write(ctx(t), record("b", "\xff", 0, "")), graph.Invalid, "key")
		refused(t, "long key", s.Write(ctx(t), record("b", strings.Repeat("k", 3000), 0, "")), graph.Invalid, "key")
		refused(t, "version", s.Write(ctx(t), record("b", "k", -2, "")), graph.Invalid, "version")
		refused(t, "twice", s.Write(ctx(t), record("b", "k", 0, ""), record("b", "k", 0, "")), graph.Invalid, "key")
		refused(t, "too long", s.Write(ctx(t), graph.Record{Bucket: "b", Key: "k", Value: make([]byte, graph.MaxRecord+1)}), graph.Invalid, "value")
		_, err := collectRecords(s, t, graph.RecordQuery{})
		refused(t, "no bucket to read", err, graph.Invalid, "bucket")
		_, err = collectRecords(s, t, graph.RecordQuery{Bucket: "b", Limit: -1})
		refused(t, "limit", err, graph.Invalid, "limit")
		write(t, s)
	}},
	{"record/one of many writers wins", func(t *testing.T, open func() graph.Store) {
		s := open()
		for round := range int64(5) {
			var won atomic.Int32
			var all sync.WaitGroup
			for i := range 8 {
				all.Go(func() {
					switch err := s.Write(ctx(t), record("lease", "job", round, fmt.Sprint(i))); {
					case err == nil:
						won.Add(1)
					case graph.CodeOf(err) != graph.Conflict:
						t.Errorf("a writer that lost got %v, want Conflict", err)
					}
				})
			}
			all.Wait()
			if won.Load() != 1 {
				t.Fatalf("%d writers of version %d won, want 1", won.Load(), round)
			}
		}
	}},
	{"record/lives apart from the graph", func(t *testing.T, open func() graph.Store) {
		s := open()
		write(t, s, record("b", "Ada Quill", 0, "Ada Quill"))
		apply(t, s, library()...)
		same(t, "the library", dump(t, s), dump(t, oracle(t, library()...)))
		if _, err := s.Record(ctx(t), "b", "Ada Quill"); err != nil {
			t.Error(err)
		}
	}},
}

// lawRecords writes and reads the same records in both stores.
func lawRecords(t *testing.T, r *rapid.T, s, m graph.Store) {
	keys := []string{"a", "ab", "é", "😀", "a\x00b"}
	for range rapid.IntRange(0, 3).Draw(r, "writes") {
		var records []graph.Record
		for _, key := range rapid.SliceOfN(rapid.SampledFrom(keys), 1, 3).Draw(r, "keys") {
			rec := record("b", key, pick(r, "version", []int64{graph.AnyVersion, 0, 0, 1, 2}), key)
			if rapid.IntRange(0, 4).Draw(r, "delete record?") == 0 {
				rec.Value = nil
			}
			records = append(records, rec)
		}
		got, want := s.Write(ctx(t), records...), m.Write(ctx(t), records...)
		if graph.CodeOf(got) != graph.CodeOf(want) {
			r.Fatalf("Write(%+v): error %v, want %v", records, got, want)
		}
	}
	q := graph.RecordQuery{Bucket: "b", Prefix: pick(r, "prefix", []string{"", "", "a"}), After: pick(r, "after key", append(keys, "", "")), Last: rapid.Bool().Draw(r, "last"), Limit: rapid.IntRange(0, 3).Draw(r, "records")}
	got, err := collectRecords(s, t, q)
	want, werr := collectRecords(m, t, q)
	alike(r, fmt.Sprintf("Records(%+v)", q), got, want, err, werr)
}
