package journal_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"saidgraph/graph"
	"saidgraph/graph/memory"
	"saidgraph/graph/sqlite"
	"saidgraph/loaders/journal"
	"saidgraph/loaders/source"
)

var noon = time.Date(2025, 7, 19, 12, 0, 0, 0, time.UTC)

// each runs a test over the journal of each store.
func each(t *testing.T, test func(t *testing.T, j *journal.Journal)) {
	stores := map[string]func(t *testing.T) graph.Store{
		"memory": func(*testing.T) graph.Store { return memory.New() },
		"sqlite": func(t *testing.T) graph.Store {
			s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "g.db"))
			if err != nil {
				t.Fatal(err)
			}
			return s
		},
	}
	for name, open := range stores {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			t.Cleanup(func() { s.Close() })
			test(t, journal.New(s))
		})
	}
}

func put(t *testing.T, j *journal.Journal, entries ...journal.Entry) {
	t.Helper()
	if err := j.Put(t.Context(), entries...); err != nil {
		t.Fatal(err)
	}
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

func TestRuns(t *testing.T) {
	each(t, func(t *testing.T, j *journal.Journal) {
		var want []string
		for i := range 12 { // 9 and 10 would change places in an order of numbers as text
			r := journal.Run{ID: journal.RunID(noon.Add(time.Duration(i)*time.Minute), "a"), State: journal.Running, Sources: []string{"x"}, Started: noon}
			put(t, j, r)
			want = append([]string{r.ID}, want...)
		}
		done := journal.Run{ID: want[3], Job: "news", State: journal.Done, Started: noon, Ended: noon.Add(time.Hour), Report: json.RawMessage(`{"read":1}`)}
		put(t, j, done)
		var got []string
		for r, err := range j.Runs(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, r.ID)
		}
		same(t, "runs", got, want)
		r, ok, err := j.RunOf(t.Context(), want[3])
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		same(t, "run", r, done)
		if _, ok, err := j.RunOf(t.Context(), "none"); ok || err != nil {
			t.Errorf("an unknown run: got %v, %v", ok, err)
		}
	})
}

func TestTotals(t *testing.T) {
	each(t, func(t *testing.T, j *journal.Journal) {
		runs := []struct {
			run   journal.Run
			fresh int
		}{
			{journal.Run{Job: "news", State: journal.Done, Started: noon, Ended: noon.Add(time.Minute)}, 5},
			{journal.Run{Job: "news", State: journal.Failed, Started: noon.Add(time.Hour), Ended: noon.Add(61 * time.Minute)}, 0},
			{journal.Run{State: journal.Partial, Started: noon, Ended: noon.Add(time.Second)}, 1},
		}
		var wg sync.WaitGroup // counting at once loses nothing
		for range 10 {
			for _, r := range runs {
				wg.Go(func() {
					if err := j.Count(t.Context(), r.run.Job, func(c *journal.Total) { c.Add(r.run, 7, r.fresh, 1, 1, 0) }); err != nil {
						t.Error(err)
					}
				})
			}
		}
		wg.Wait()
		var got []journal.Total
		for c, err := range j.Totals(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, c)
		}
		if len(got) != 2 || got[0].Job != "" || got[1].Runs != 20 || got[1].Read != 140 || got[1].New != 50 {
			t.Fatalf("got %+v, want the sums of 10 and 20 runs", got)
		}
		news := got[1]
		if news.State != journal.Failed || !news.LastSuccess.Equal(noon.Add(time.Minute)) || !news.LastNew.Equal(noon.Add(time.Minute)) || news.Took != time.Minute {
			t.Errorf("got %+v, want the later run as the last and the earlier as the last success", news)
		}
		if c, err := j.TotalOf(t.Context(), "never"); err != nil || c.Runs != 0 {
			t.Errorf("a job that never ran: got %+v, %v", c, err)
		}
	})
}

func TestDead(t *testing.T) {
	each(t, func(t *testing.T, j *journal.Journal) {
		raw := source.Raw{From: "a.jsonl", Line: 3, URL: "https://example.org/3", Text: "“No,” she said.\x00", HTML: []byte{0xff, 0}}
		d := journal.Dead{ID: journal.DeadIDs(raw, "")[0], From: raw.From, Line: raw.Line, Reason: "broken", Tries: 1, First: noon, Last: noon, Document: &raw}
		huge := source.Raw{From: "b.txt", Text: strings.Repeat("x", graph.MaxRecord+1)}
		far := journal.Dead{ID: "ffff", From: "b.txt", Reason: "long", Document: &huge}
		put(t, j, d, far)

		got, ok, err := j.Letter(t.Context(), d.ID)
		if err != nil || !ok || !got.Kept || got.Reason != "broken" {
			t.Errorf("got %+v, %v, %v; want the letter, its document kept", got, ok, err)
		}
		back, ok, err := j.Document(t.Context(), d.ID)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		same(t, "document", back, raw)
		if got, _, err := j.Letter(t.Context(), "ffff"); err != nil || got.Kept {
			t.Errorf("got %+v, %v; want a document beyond the limit not kept", got, err)
		}
		ids, err := j.Letters(t.Context())
		if err != nil || len(ids) != 2 || !ids[d.ID] {
			t.Errorf("got %v, %v; want both ids", ids, err)
		}
		put(t, j, journal.Buried(d.ID))
		if _, ok, _ := j.Letter(t.Context(), d.ID); ok {
			t.Error("a buried letter is still there")
		}
		if _, ok, _ := j.Document(t.Context(), d.ID); ok {
			t.Error("a buried letter's document is still there")
		}
	})
}

// What tells dead letters apart, and which later document settles one.
func TestDeadIDs(t *testing.T) {
	raw := func(from string, line int, url, text string) source.Raw {
		return source.Raw{From: from, Line: line, URL: url, Text: text}
	}
	tests := []struct {
		name         string
		dead, loaded source.Raw
		pipes        [2]string
		settled      bool
	}{
		{"a broken line that was mended", raw("a", 3, "", ""), raw("a", 3, "u", "text"), [2]string{}, true},
		{"a broken line and another line", raw("a", 3, "", ""), raw("a", 4, "u", "text"), [2]string{}, false},
		{"an article that got in at last", raw("a", 3, "u", "text"), raw("a", 9, "u", "better"), [2]string{}, true},
		{"another article in its line", raw("a", 3, "u", "text"), raw("a", 3, "v", "text"), [2]string{}, false},
		{"another text in its line", raw("a", 3, "", "text"), raw("a", 3, "", "other"), [2]string{}, false},
		{"the same text in another line", raw("a", 3, "", "text"), raw("a", 4, "", "text"), [2]string{}, true},
		{"a file that was mended", raw("a.txt", 0, "", ""), raw("a.txt", 0, "", "text"), [2]string{}, true},
		{"a file whose text was changed", raw("a.txt", 0, "", "text"), raw("a.txt", 0, "", "other"), [2]string{}, true},
		{"two pipes", raw("standard input", 3, "", ""), raw("standard input", 3, "u", "text"), [2]string{"r1", "r2"}, false},
		{"one pipe", raw("standard input", 3, "", ""), raw("standard input", 3, "u", "text"), [2]string{"r1", "r1"}, true},
		{"an address in two pipes", raw("standard input", 3, "u", "text"), raw("standard input", 8, "u", "text"), [2]string{"r1", "r2"}, true},
	}
	for _, tt := range tests {
		dead := journal.DeadIDs(tt.dead, tt.pipes[0])[0]
		if got := slices.Contains(journal.DeadIDs(tt.loaded, tt.pipes[1]), dead); got != tt.settled {
			t.Errorf("%s: settled %v, want %v", tt.name, got, tt.settled)
		}
	}
	for raw := range (source.Reader{Stdin: strings.NewReader("x")}).Read(t.Context(), source.Stdin) {
		if raw.From != "standard input" {
			t.Errorf("package source calls standard input %q", raw.From)
		}
	}
}

func TestOrigins(t *testing.T) {
	each(t, func(t *testing.T, j *journal.Journal) {
		id := func(n int) graph.ID { return graph.ArticleID(fmt.Sprintf("https://example.org/%d", n), "") }
		var want []graph.ID
		for n := range 3 {
			put(t, j, journal.Origin{Article: id(n), From: "f", First: journal.Sight{Run: "r", At: noon}, Engine: "1", Copy: "c"})
			want = append(want, id(n))
		}
		put(t, j, journal.Origin{Article: id(7), Copy: "cc"}, journal.Origin{Article: id(8)})
		slices.SortFunc(want, func(a, b graph.ID) int { return slices.Compare(a[:], b[:]) })
		got, err := j.Copies(t.Context(), "c", 0)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "copies", got, want)
		o, ok, err := j.Origin(t.Context(), id(1))
		if err != nil || !ok || o.First.Run != "r" || !o.First.At.Equal(noon) {
			t.Errorf("got %+v, %v, %v; want the origin", o, ok, err)
		}
		put(t, j, journal.Forgotten(o))
		if _, ok, _ := j.Origin(t.Context(), id(1)); ok {
			t.Error("a forgotten origin is still there")
		}
		if got, _ := j.Copies(t.Context(), "c", 0); len(got) != 2 {
			t.Errorf("got %v, want the two other copies", got)
		}
		if got, err := j.Copies(t.Context(), "", 0); len(got) != 0 || err != nil {
			t.Errorf("no copy: got %v, %v", got, err)
		}
	})
}

func TestVisitsAndCheckpoints(t *testing.T) {
	each(t, func(t *testing.T, j *journal.Journal) {
		long := "https://example.org/" + strings.Repeat("x", 5000)
		for _, url := range []string{"https://example.org/", long} {
			v := journal.Visit{URL: url, Data: json.RawMessage(`{"etag":"\"a\""}`)}
			put(t, j, v)
			got, ok, err := j.Visit(t.Context(), url)
			if err != nil || !ok {
				t.Fatal(ok, err)
			}
			same(t, "visit", got, v)
		}
		if _, ok, err := j.Visit(t.Context(), "https://example.org/other"); ok || err != nil {
			t.Errorf("an unknown address: got %v, %v", ok, err)
		}
		key := strings.Repeat("a long path/", 1000)
		put(t, j, journal.Checkpoint{Key: key, Line: 4}, journal.Checkpoint{Key: key, Line: 9})
		if n, err := j.Checkpoint(t.Context(), key); n != 9 || err != nil {
			t.Errorf("got %d, %v; want the last of both, 9", n, err)
		}
		put(t, j, journal.Reached(key))
		if n, err := j.Checkpoint(t.Context(), key); n != 0 || err != nil {
			t.Errorf("got %d, %v; want none", n, err)
		}
	})
}

func TestLease(t *testing.T) {
	each(t, func(t *testing.T, j *journal.Journal) {
		const minute = time.Minute
		mine, other := journal.Lease{Name: "job news", Group: "a", Holder: "a:1"}, journal.Lease{Name: "job news", Group: "b", Holder: "b:2"}
		held := func(what string, err error, by string) {
			t.Helper()
			var h *journal.Held
			if !errors.As(err, &h) || h.Holder != by || graph.CodeOf(err) != graph.Conflict {
				t.Errorf("%s: got %v, want it held by %s", what, err, by)
			}
		}
		free := func(what string, err error) {
			t.Helper()
			if err != nil {
				t.Errorf("%s: got %v", what, err)
			}
		}
		_, err := j.Acquire(t.Context(), mine, noon, minute)
		free("the first", err)
		_, err = j.Acquire(t.Context(), other, noon.Add(59*time.Second), minute)
		held("before it expires", err, "a:1")
		_, err = j.Renew(t.Context(), mine, noon.Add(59*time.Second), minute)
		free("renewed", err)
		_, err = j.Acquire(t.Context(), other, noon.Add(90*time.Second), minute)
		held("renewed", err, "a:1")
		_, err = j.Renew(t.Context(), mine, noon.Add(5*minute), minute)
		free("renewed late, when nobody had taken it", err)
		_, err = j.Acquire(t.Context(), other, noon.Add(7*minute), minute)
		free("expired", err)
		_, err = j.Renew(t.Context(), mine, noon.Add(7*minute), minute)
		held("lost", err, "b:2")
		free("a release of what is another's", j.Release(t.Context(), mine))
		_, err = j.Acquire(t.Context(), mine, noon.Add(7*minute), minute)
		held("it is still the other's", err, "b:2")
		free("released", j.Release(t.Context(), other))
		_, err = j.Acquire(t.Context(), mine, noon.Add(7*minute), minute)
		free("after the release", err)

		twin := mine
		twin.Holder = "a:9"
		_, err = j.Acquire(t.Context(), twin, noon.Add(7*minute), minute)
		free("one of the same group", err)
		free("the first of two goes", j.Release(t.Context(), mine))
		_, err = j.Acquire(t.Context(), other, noon.Add(7*minute), minute)
		held("the second of the group stays", err, "a:9")
	})
}

// Of many who want a lease at once, one gets it.
func TestLeaseRace(t *testing.T) {
	each(t, func(t *testing.T, j *journal.Journal) {
		for round := range 5 {
			var wg sync.WaitGroup
			var mu sync.Mutex
			got := 0
			for i := range 8 {
				wg.Go(func() {
					who := fmt.Sprint(i)
					_, err := j.Acquire(t.Context(), journal.Lease{Name: fmt.Sprint("job ", round), Group: who, Holder: who}, noon, time.Minute)
					mu.Lock()
					defer mu.Unlock()
					if err == nil {
						got++
					} else if graph.CodeOf(err) != graph.Conflict {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if got != 1 {
				t.Fatalf("%d hold the lease, want 1", got)
			}
		}
	})
}
