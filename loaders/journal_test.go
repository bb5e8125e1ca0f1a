package loaders_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"saidgraph/graph"
	"saidgraph/graph/memory"
	"saidgraph/graph/sqlite"
	"saidgraph/loaders"
	"saidgraph/loaders/journal"
	"saidgraph/loaders/quote"
	"saidgraph/loaders/source"
)

var noon = time.Date(2025, 7, 19, 12, 0, 0, 0, time.UTC)

// remembering are the options of a run that the store's journal remembers.
func remembering(store graph.Store, run string) loaders.Options {
	return loaders.Options{Journal: journal.New(store), Run: run, Now: func() time.Time { return noon }, Workers: 3, Batch: 10}
}

func raws(all ...source.Raw) iter.Seq2[source.Raw, error] {
	return func(yield func(source.Raw, error) bool) {
		for _, raw := range all {
			var err error
			if raw.Text == "UNREADABLE" {
				raw, err = source.Raw{}, raw.Fail("text", "is unreadable", "")
			}
			if !yield(raw, err) {
				return
			}
		}
	}
}

// remembered is the journal's origins of n documents and its dead letters, one line each.
func remembered(t testing.TB, store graph.Store, n int) (lines []string) {
	t.Helper()
	j := journal.New(store)
	for k := range n {
		o, ok, err := j.Origin(t.Context(), graph.ArticleID(document(k).URL, ""))
		if err != nil {
			t.Fatal(err)
		}
		if ok {
			lines = append(lines, fmt.Sprintf("%d from %s:%d, engine %s", k, o.From, o.Line, o.Engine))
		}
	}
	for d, err := range j.Dead(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, fmt.Sprintf("dead %s:%d: %s", d.From, d.Line, d.Reason))
	}
	return lines
}

func TestOrigins(t *testing.T) {
	store := newStore(t)
	load(t, store, docs(3), remembering(store, "first"))
	changed := document(1)
	changed.Text = "“Other words.” said Cy Cc."
	load(t, store, raws(document(0), changed), remembering(store, "second"))
	for k, want := range []string{"first first", "first second", "first first"} {
		o, ok, err := journal.New(store).Origin(t.Context(), graph.ArticleID(document(k).URL, ""))
		if got := o.First.Run + " " + o.Last.Run; err != nil || !ok || got != want {
			t.Errorf("document %d: seen by %q, %v; want %q", k, got, err, want)
		}
	}
	// An article that an older program loaded is given an origin when it is seen again.
	bare := newStore(t)
	load(t, bare, docs(2), loaders.Options{})
	r := load(t, bare, docs(2), remembering(bare, "later"))
	if got := remembered(t, bare, 2); r.Unchanged != 2 || len(got) != 2 {
		t.Errorf("got %+v and origins %q, want 2 unchanged articles with origins", r, got)
	}
}

// An article without any edge can't tell by which version of the engine it was read; its origin can.
func TestArticleWithoutEdgesIsUnchanged(t *testing.T) {
	store := newStore(t)
	raw := source.Raw{From: "f", Text: "GERMAN"}
	for i, want := range []loaders.Report{{New: 1}, {Unchanged: 1}} {
		if r := load(t, store, raws(raw), remembering(store, "r")); r.New != want.New || r.Unchanged != want.Unchanged {
			t.Errorf("load %d: got %d new and %d unchanged, want %d and %d", i, r.New, r.Unchanged, want.New, want.Unchanged)
		}
	}
}

func TestDeadLetters(t *testing.T) {
	store := newStore(t)
	j := journal.New(store)
	panics, dated, torn := document(1), document(2), document(3)
	panics.Text, dated.Date, torn.Text = "“KABOOM.” said Ann Aa.", "soon", "UNREADABLE"
	dated.URL = "https://user:secret@example.org/2"
	for try := 1; try <= 2; try++ {
		load(t, store, raws(document(0), panics, dated, torn), remembering(store, fmt.Sprint("run ", try)))
		n := 0
		for d, err := range j.Dead(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			n++
			if d.Tries != try || d.Run != fmt.Sprint("run ", try) || !d.First.Equal(noon) {
				t.Errorf("try %d: got %+v", try, d)
			}
			raw, kept, err := j.Document(t.Context(), d.ID)
			if err != nil || kept != d.Kept || kept == (d.Reason == "is unreadable") || kept && raw.Text == "" {
				t.Errorf("%s: kept %v, %v: %+v; want what could be read kept", d.Reason, kept, err, raw)
			}
			if strings.Contains(toJSON(t, d)+toJSON(t, raw), "secret") {
				t.Errorf("credentials are kept in %+v of %+v", d, raw)
			}
		}
		if n != 3 {
			t.Errorf("try %d: got %d letters, want 3", try, n)
		}
	}
	r := load(t, store, docs(4), remembering(store, "mended"))
	if dead := remembered(t, store, 0); r.New != 3 || len(dead) > 0 {
		t.Errorf("got %d new and letters %q, want the three that were mended settled", r.New, dead)
	}
}

// An article that takes too long is one dead letter, and the load goes on.
func TestLoadTimeout(t *testing.T) {
	hang := make(chan struct{})
	defer close(hang)
	slow := func(text string) *quote.Analysis {
		if strings.Contains(text, "LOOP") {
			<-hang
		}
		return toy(text)
	}
	loop := document(1)
	loop.Text = "LOOP"
	store := newStore(t)
	o := remembering(store, "r")
	o.Timeout = 50 * time.Millisecond
	r, err := loaders.Load(t.Context(), store, slow, raws(document(0), loop, document(2)), o)
	if err != nil || r.New != 2 || r.Failed != 1 || r.Failures[0].Reason != "the engine was not done after 50ms and was left" {
		t.Errorf("got %+v, %v; want one failure for its time", r, err)
	}
	if dead := remembered(t, store, 0); len(dead) != 1 {
		t.Errorf("got letters %q, want one", dead)
	}
	endless := func(yield func(source.Raw, error) bool) {
		for k := 0; ; k++ {
			raw := document(k)
			raw.Text += "LOOP"
			if !yield(raw, nil) {
				return
			}
		}
	}
	if _, err := loaders.Load(t.Context(), newStore(t), slow, endless, loaders.Options{Timeout: time.Millisecond}); err == nil || !strings.Contains(err.Error(), " articles took longer than 1ms") {
		t.Errorf("got %v, want an end soon after eight", err)
	}
}

func TestLoadWhatIsWanted(t *testing.T) {
	old, undated := document(1), document(2)
	old.Date, undated.Date = "2025-07-18", ""
	store := newStore(t)
	r := load(t, store, raws(document(0), old, undated), loaders.Options{Since: noon.Truncate(24 * time.Hour)})
	if r.New != 2 || r.Skipped["older than 2025-07-19"] != 1 {
		t.Errorf("since: got %+v, want the two others", r)
	}
	store = newStore(t)
	for i, want := range []int{35, 35, 10} {
		r := load(t, store, docs(80), loaders.Options{Limit: 35, Batch: 10})
		if r.New != want || r.Limited != (want == 35) || r.Unchanged != i*35 || r.Interrupted {
			t.Errorf("limit, load %d: got %+v, want %d new", i, r, want)
		}
	}
	store = newStore(t)
	o := remembering(store, "r")
	o.DryRun = true
	r = load(t, store, raws(document(0), document(1), source.Raw{From: "x", Text: "UNREADABLE"}), o)
	if got := slices.Concat(dump(t, store), remembered(t, store, 2)); r.New != 2 || r.Failed != 1 || r.Claims != 2 || len(got) > 0 {
		t.Errorf("dry run: got %+v and %q in the store, want the report and nothing", r, got)
	}
}

func TestReportCounts(t *testing.T) {
	store := newStore(t)
	changed := document(1)
	changed.Title = "Corrected"
	r := load(t, store, raws(document(0), document(1), changed, document(7)), remembering(store, "r"))
	if r.New != 3 || r.Changed != 1 || r.Loaded != 4 || r.People != 5 { // two called Ann, three called Bob
		t.Errorf("got %d new, %d changed of %d, %d people; want 3, 1 of 4, 5", r.New, r.Changed, r.Loaded, r.People)
	}
	if r.Took <= 0 || r.Analysing <= 0 || r.Parsing <= 0 || r.Writing <= 0 || r.Reading <= 0 {
		t.Errorf("got %+v, want the time of each stage", r)
	}
}

// What Saved returns is in the journal only once the documents that it was told of are in the store.
func TestSaved(t *testing.T) {
	store := newStore(t)
	o := remembering(store, "r")
	last := 0
	o.Saved = func(n int) []journal.Entry {
		s, err := store.Stats(t.Context())
		if err != nil || s.Nodes[graph.ArticleNode] != n {
			t.Errorf("asked at %d with %+v in the store, %v", n, s, err)
		}
		last = n
		return []journal.Entry{journal.Checkpoint{Key: "k", Line: n}}
	}
	load(t, store, docs(47), o)
	if n, err := journal.New(store).Checkpoint(t.Context(), "k"); n != 47 || last != 47 || err != nil {
		t.Errorf("got %d, asked last at %d, %v; want 47", n, last, err)
	}
}

// What a slow source brings is in the store seconds later, though the transaction is not full.
func TestSlowSource(t *testing.T) {
	store := newStore(t)
	waited := make(chan struct{})
	in := func(yield func(source.Raw, error) bool) {
		yield(document(0), nil)
		<-waited
	}
	go func() {
		defer close(waited)
		for range 100 {
			time.Sleep(50 * time.Millisecond)
			if s, err := store.Stats(t.Context()); err != nil || s.Nodes[graph.ArticleNode] == 1 {
				return
			}
		}
		t.Error("the article was not written while the source was silent")
	}()
	load(t, store, in, loaders.Options{})
}

// What does not end when it is told to stop is left behind when the grace is over; what was done is written.
func TestGrace(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	hang := make(chan struct{})
	defer close(hang)
	store := newStore(t)
	stuck := func(text string) *quote.Analysis {
		if strings.Contains(text, "Number 5 ") {
			cancel()
			<-hang
		}
		return toy(text)
	}
	start := time.Now()
	r, err := loaders.Load(ctx, store, stuck, docs(1000), loaders.Options{Workers: 1, Grace: 200 * time.Millisecond})
	if took := time.Since(start); err != nil || !r.Interrupted || r.New != 5 || took > 5*time.Second {
		t.Errorf("got %+v, %v after %s; want the five articles in front of the stuck one", r, err, took)
	}
}

// mortal is a store whose process dies at its n-th write: before it takes effect, or after.
type mortal struct {
	graph.Store
	left  *int
	after bool
}

var errDead = &graph.Error{Op: "test", Code: graph.Unavailable, Err: errors.New("the process is dead")}

func (m mortal) write(do func() error) error {
	switch *m.left--; {
	case *m.left < 0, *m.left == 0 && !m.after:
		return errDead
	case *m.left == 0:
		return errors.Join(do(), errDead)
	}
	return do()
}

func (m mortal) Apply(ctx context.Context, b ...graph.Batch) error {
	return m.write(func() error { return m.Store.Apply(ctx, b...) })
}

func (m mortal) Write(ctx context.Context, r ...graph.Record) error {
	return m.write(func() error { return m.Store.Write(ctx, r...) })
}

// A load that dies at any of its writes, before or behind it, and is then run again leaves the graph and the journal of one that
// was not disturbed.
func TestDeathAtEachWrite(t *testing.T) {
	const n = 25
	pile := func() iter.Seq2[source.Raw, error] {
		var all []source.Raw
		for k := range n {
			all = append(all, document(k))
		}
		bad := document(n)
		bad.Text = "KABOOM"
		all = append(all, bad, source.Raw{From: "docs", Line: n + 2, Text: "UNREADABLE"}, document(5), document(6))
		return raws(all...)
	}
	opens := map[string]func(t *testing.T) graph.Store{
		"memory": func(*testing.T) graph.Store { return memory.New() },
		"sqlite": func(t *testing.T) graph.Store {
			s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "g.db"))
			if err != nil {
				t.Fatal(err)
			}
			return s
		},
	}
	for name, open := range opens {
		t.Run(name, func(t *testing.T) {
			options := func(store graph.Store) loaders.Options {
				o := remembering(store, "r")
				o.Batch, o.Workers = 1, 2
				return o
			}
			calm := open(t)
			defer calm.Close()
			load(t, calm, pile(), options(calm))
			want := slices.Concat(dump(t, calm), remembered(t, calm, n))
			step := 1
			if name == "sqlite" {
				step = 5 // the same path; each point is a file
			}
			points := 0
			for at := 1; ; at += step {
				died := false
				for _, after := range []bool{false, true} {
					store := open(t)
					left := at
					_, err := loaders.Load(t.Context(), mortal{store, &left, after}, toy, pile(), options(mortal{store, &left, after}))
					died = err != nil
					load(t, store, pile(), options(store))
					if got := slices.Concat(dump(t, store), remembered(t, store, n)); !slices.Equal(got, want) {
						t.Fatalf("dead at write %d (after it: %v): %d lines, want the %d of an undisturbed load", at, after, len(got), len(want))
					}
					store.Close()
					points++
				}
				if !died {
					break
				}
			}
			if points < 100/step {
				t.Errorf("only %d points", points)
			}
		})
	}
}

// Shards in any order, some of them twice, give the graph of one load, and each document is one shard's.
func TestShards(t *testing.T) {
	const n = 300
	changed, bad := document(17), document(n)
	changed.Text, bad.Text = "“New words.” said Cy Cc.", "KABOOM"
	var all []source.Raw
	for k := range n {
		all = append(all, document(k))
	}
	nameless := source.Raw{From: "a.txt", Text: "“Nameless.” said Dee Dd."}
	all = append(all, bad, source.Raw{From: "x", Line: 7, Text: "UNREADABLE"}, changed, nameless)
	want := newStore(t)
	load(t, want, raws(all...), loaders.Options{})
	got := newStore(t)
	counts := map[int]loaders.Report{}
	for _, i := range []int{3, 1, 3, 4, 2, 1} {
		o := remembering(got, "r")
		o.Shard = loaders.Shard{I: i, N: 4}
		r := load(t, got, raws(all...), o)
		if _, again := counts[i]; !again {
			counts[i] = r
		}
	}
	if !slices.Equal(dump(t, got), dump(t, want)) {
		t.Error("another graph than that of one load")
	}
	read, failed := 0, 0
	for i, r := range counts {
		mine := r.Read - r.Skipped["of another shard"]
		if mine < n/8 {
			t.Errorf("shard %d has %d documents of %d", i, mine, n)
		}
		read, failed = read+mine, failed+r.Failed
	}
	if dead := remembered(t, got, 0); read != len(all) || failed != 2 || len(dead) != 2 {
		t.Errorf("the shards have %d of %d documents, %d failures and letters %q; want 2 failures", read, len(all), failed, dead)
	}
}

func TestParseShard(t *testing.T) {
	for in, want := range map[string]loaders.Shard{"1/1": {1, 1}, "2/8": {2, 8}, "0/3": {3, 3}, "0/0": {}, "4/3": {}, "1": {}, "": {}, "a/b": {}, "1/3/5": {}, "-1/3": {}} {
		got, err := loaders.ParseShard(in)
		if got != want || (err == nil) != (want.N > 0) {
			t.Errorf("%q: got %v, %v; want %v", in, got, err, want)
		}
	}
}

// A document that was seen is unchanged as long as its article is: one that was deleted or replaced meanwhile is read again.
func TestSeenDocuments(t *testing.T) {
	first, second := document(1), document(1)
	second.Text = "“Other words.” said Cy Cc."
	same := first
	same.Outlet = "" // another document of an article that is not the same
	tests := []struct {
		name           string
		between        func(t *testing.T, store graph.Store)
		in             source.Raw
		changed, fresh int
	}{
		{"nothing", func(*testing.T, graph.Store) {}, first, 0, 0},
		{"another text", func(t *testing.T, s graph.Store) { load(t, s, raws(second), remembering(s, "2")) }, first, 1, 0},
		{"another text and back", func(t *testing.T, s graph.Store) { load(t, s, raws(second, first), remembering(s, "2")) }, first, 0, 0},
		{"another text by a program without a journal", func(t *testing.T, s graph.Store) { load(t, s, raws(second), loaders.Options{}) }, first, 1, 0},
		{"a deletion", func(t *testing.T, s graph.Store) {
			if err := s.Delete(t.Context(), graph.ArticleID(first.URL, "")); err != nil {
				t.Fatal(err)
			}
		}, first, 0, 1},
		{"nothing, and another outlet", func(*testing.T, graph.Store) {}, same, 1, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			store := newStore(t)
			load(t, store, raws(first), remembering(store, "1"))
			tt.between(t, store)
			r := load(t, store, raws(tt.in), remembering(store, "3"))
			if r.Changed != tt.changed || r.New != tt.fresh || r.Unchanged != 1-tt.changed-tt.fresh {
				t.Errorf("got %+v, want %d changed, %d new", r, tt.changed, tt.fresh)
			}
			want := newStore(t)
			load(t, want, raws(tt.in), loaders.Options{})
			if !slices.Equal(dump(t, store), dump(t, want)) {
				t.Error("another graph than that of the last document")
			}
		})
	}
}
