package jobs_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"saidgraph/graph"
	"saidgraph/graph/memory"
	"saidgraph/loaders"
	"saidgraph/loaders/fetch"
	"saidgraph/loaders/jobs"
	"saidgraph/loaders/journal"
	"saidgraph/loaders/quote"
	"saidgraph/loaders/source"
)

// silent is an engine that finds nothing: what is under test is what happens around it. It panics at the word KABOOM.
func silent(text string) *quote.Analysis {
	if strings.Contains(text, "KABOOM") {
		panic("kaboom")
	}
	return &quote.Analysis{}
}

var salts atomic.Int64

func runner(store graph.Store) *jobs.Runner {
	return &jobs.Runner{
		Store: store, Analyse: silent, Now: time.Now, Salt: func() string { return fmt.Sprint(salts.Add(1)) },
		Host: fmt.Sprint("process ", salts.Add(1)), Log: slog.New(slog.DiscardHandler),
		Client: func(private bool) *fetch.Client {
			return &fetch.Client{AllowPrivate: private, Interval: time.Millisecond, Retries: -1}
		},
	}
}

func newStore(t *testing.T) graph.Store {
	s := memory.New()
	t.Cleanup(func() { s.Close() })
	return s
}

// lines writes a file of n documents as JSON Lines.
func lines(t *testing.T, n int) string {
	t.Helper()
	var b strings.Builder
	for k := range n {
		fmt.Fprintf(&b, `{"url": "https://example.org/%d", "outlet": "Post", "text": "Story %d."}`+"\n", k, k)
	}
	path := filepath.Join(t.TempDir(), "pile.jsonl")
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func run(t *testing.T, r *jobs.Runner, spec jobs.Spec) loaders.Report {
	t.Helper()
	report, err := r.Run(t.Context(), spec, jobs.Hear{})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func articles(t *testing.T, store graph.Store) int {
	t.Helper()
	s, err := store.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s.Nodes[graph.ArticleNode]
}

const resumed = "settled before the last run was stopped"

// A run that is stopped is gone on with at the line that it reached; once the end is reached, the next reads all again.
func TestRunGoesOn(t *testing.T) {
	store, file := newStore(t), lines(t, 1000)
	ctx, cancel := context.WithCancel(t.Context())
	report, err := runner(store).Run(ctx, jobs.Spec{Job: "news", Sources: []string{file}, Batch: 10}, jobs.Hear{Progress: func(r loaders.Report, share float64) {
		if r.Loaded >= 200 {
			cancel()
		}
		if share < 0 || share > 1 {
			t.Errorf("got a share of %f", share)
		}
	}})
	if err != nil || !report.Interrupted || report.Loaded >= 500 {
		t.Fatalf("got %+v, %v; want it stopped soon after 200", report, err)
	}
	spec := jobs.Spec{Job: "news", Sources: []string{file}, Batch: 10}
	again := run(t, runner(store), spec)
	if again.Skipped[resumed] != report.Loaded || again.New != 1000-report.Loaded || again.Unchanged != 0 {
		t.Errorf("got %+v, want it to go on behind the %d", again, report.Loaded)
	}
	if third := run(t, runner(store), spec); third.Unchanged != 1000 || len(third.Skipped) > 0 {
		t.Errorf("got %+v, want all seen again, unchanged", third)
	}
	limited := spec
	limited.Reload, limited.Limit = true, 300
	for i, want := range []int{300, 300, 300, 100} {
		if r := run(t, runner(store), limited); r.Changed != want || r.Skipped[resumed] != i*300 {
			t.Errorf("limited run %d: got %+v, want %d", i, r, want)
		}
	}
	states := map[journal.State]int{}
	for r, err := range journal.New(store).Runs(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		states[r.State]++
		if r.Ended.IsZero() || r.Job != "news" || len(r.Report) == 0 {
			t.Errorf("got run %+v, want it ended, with its report", r)
		}
	}
	if d := cmp.Diff(map[journal.State]int{journal.Interrupted: 1, journal.Done: 6}, states); d != "" {
		t.Errorf("states of the runs (-want +got):\n%s", d)
	}
}

// A changed file is read anew, wherever the last run was stopped.
func TestChangedFileIsReadAnew(t *testing.T) {
	store, file := newStore(t), lines(t, 100)
	spec := jobs.Spec{Sources: []string{file}, Limit: 50}
	run(t, runner(store), spec)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	data = bytes.Replace(data, []byte("Story 7."), []byte("Story 7, corrected."), 1)
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	if r := run(t, runner(store), spec); r.Changed != 1 || r.New != 49 || r.Skipped[resumed] != 0 {
		t.Errorf("got %+v, want the corrected line seen", r)
	}
}

func TestLeases(t *testing.T) {
	store, file := newStore(t), lines(t, 20)
	entered, leave := make(chan struct{}), make(chan struct{})
	slow := runner(store)
	var once sync.Once
	slow.Analyse = func(string) *quote.Analysis {
		once.Do(func() { close(entered); <-leave })
		return &quote.Analysis{}
	}
	slow.Machine, slow.Lease = "machine 1", 300*time.Millisecond
	spec := jobs.Spec{Job: "news", Sources: []string{file}}
	done := make(chan error)
	go func() {
		_, err := slow.Run(t.Context(), spec, jobs.Hear{})
		done <- err
	}()
	<-entered
	time.Sleep(time.Second) // three times the lease: it must have been renewed
	held := func(what string, err error) {
		t.Helper()
		var h *journal.Held
		if !errors.As(err, &h) || graph.CodeOf(err) != graph.Conflict || !strings.HasPrefix(h.Holder, slow.Host) {
			t.Errorf("%s: got %v, want it held by %s", what, err, slow.Host)
		}
	}
	other := runner(store)
	other.Machine = "machine 1"
	_, err := other.Run(t.Context(), spec, jobs.Hear{})
	held("the same job", err)
	other.Machine = "machine 2"
	_, err = other.Run(t.Context(), jobs.Spec{Sources: []string{file}}, jobs.Hear{})
	held("another machine", err)
	held("another machine's deletion", other.Alone(t.Context(), func(context.Context, *journal.Journal) error { return nil }))
	other.Machine = "machine 1"
	if _, err := other.Run(t.Context(), jobs.Spec{Job: "other", Sources: []string{file}}, jobs.Hear{}); err != nil {
		t.Errorf("another job of the same machine: %v", err)
	}
	close(leave)
	if err := <-done; err != nil {
		t.Error(err)
	}
	other.Machine = "machine 2"
	if _, err := other.Run(t.Context(), spec, jobs.Hear{}); err != nil {
		t.Errorf("after the run: %v", err)
	}
}

// A run whose lease another took, because it slept too long, stops.
func TestLostLease(t *testing.T) {
	store, file := newStore(t), lines(t, 100000)
	r := runner(store)
	r.Lease = 300 * time.Millisecond
	var once sync.Once
	r.Analyse = func(string) *quote.Analysis {
		once.Do(func() { // what another machine writes when this one sleeps
			record, err := store.Record(t.Context(), "lease", "job news")
			if err != nil {
				t.Error(err)
			}
			record.Value = []byte(`{"group":"x","holders":{"process on the moon":"2999-01-01T00:00:00Z"}}`)
			if err := store.Write(t.Context(), record); err != nil {
				t.Error(err)
			}
		})
		time.Sleep(time.Millisecond)
		return &quote.Analysis{}
	}
	report, err := r.Run(t.Context(), jobs.Spec{Job: "news", Sources: []string{file}}, jobs.Hear{})
	if err == nil || !strings.Contains(err.Error(), "process on the moon") || report.Loaded == 100000 {
		t.Errorf("got %d loaded, %v; want it stopped", report.Loaded, err)
	}
}

// site serves a feed of n items and its pages, and counts what is asked for.
type site struct {
	*httptest.Server
	asked atomic.Int64
	items atomic.Int64
}

func newSite(t *testing.T) *site {
	s := &site{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked.Add(1)
		switch {
		case r.URL.Path == "/feed.xml":
			fmt.Fprint(w, `<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title>`)
			for k := range s.items.Load() {
				fmt.Fprintf(w, `<item><title>Story %d</title><link>%s/%d</link></item>`, k, s.URL, k)
			}
			fmt.Fprint(w, `</channel></rss>`)
		case r.URL.Path == "/robots.txt":
			http.NotFound(w, r)
		default:
			fmt.Fprintf(w, `<html lang="en"><head><title>Story %s</title></head><body><article><p>The council of Tamworth met on Monday and decided that story %s of the season will be told again.</p><p>It was a long evening, and everybody went home late, tired but pleased.</p></article></body></html>`, r.URL.Path, r.URL.Path)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

// What a feed's pages said is remembered once they are in the graph: the next run asks for what is new only.
func TestFeedIsReadOnce(t *testing.T) {
	store, s := newStore(t), newSite(t)
	s.items.Store(5)
	spec := jobs.Spec{Job: "feed", Sources: []string{s.URL + "/feed.xml"}, AllowPrivate: true}
	if r := run(t, runner(store), spec); r.New != 5 {
		t.Fatalf("got %+v, want five articles", r)
	}
	s.asked.Store(0)
	s.items.Store(6)
	r := run(t, runner(store), spec)
	if asked := s.asked.Load(); r.New != 1 || articles(t, store) != 6 || asked > 3 { // robots, feed, the new page
		t.Errorf("got %+v after %d requests, want one new article after three", r, asked)
	}
	s.asked.Store(0)
	spec.Reload = true
	if r := run(t, runner(store), spec); s.asked.Load() < 7 || r.Changed != 6 {
		t.Errorf("reload: got %+v after %d requests, want all read again", r, s.asked.Load())
	}
}

// Of a run that is stopped no page is remembered that is not in the graph.
func TestStoppedFeedLosesNothing(t *testing.T) {
	store, s := newStore(t), newSite(t)
	s.items.Store(40)
	spec := jobs.Spec{Job: "feed", Sources: []string{s.URL + "/feed.xml"}, AllowPrivate: true, Batch: 3}
	for i := range 3 {
		ctx, cancel := context.WithCancel(t.Context())
		_, err := runner(store).Run(ctx, spec, jobs.Hear{Progress: func(r loaders.Report, _ float64) {
			if r.Loaded >= 5 {
				cancel()
			}
		}})
		cancel()
		if err != nil {
			t.Fatal(i, err)
		}
	}
	run(t, runner(store), spec)
	if n := articles(t, store); n != 40 {
		t.Errorf("got %d articles, want 40", n)
	}
}

func TestRetry(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "pile.jsonl")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(`{"text": "KABOOM"}` + "\n" + `{"text": 4}` + "\n" + `{"text": "Fine."}` + "\n")
	store := newStore(t)
	if r := run(t, runner(store), jobs.Spec{Sources: []string{file, filepath.Join(dir, "none.txt")}}); r.New != 1 || r.Failed != 3 {
		t.Fatalf("got %+v, want three failures", r)
	}
	letters := func() (all []journal.Dead) {
		for d, err := range journal.New(store).Dead(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, d)
		}
		return all
	}
	r, err := runner(store).Retry(t.Context(), jobs.Spec{}, letters(), jobs.Hear{})
	if got := letters(); err != nil || r.Read != 3 || r.Failed != 3 || len(got) != 3 || got[0].Tries != 2 {
		t.Errorf("nothing mended: got %+v, %v, letters %+v; want all fail again", r, err, got)
	}
	write("\n" + `{"text": "Mended."}` + "\n" + `{"text": "Fine."}` + "\n")
	r, err = runner(store).Retry(t.Context(), jobs.Spec{}, letters(), jobs.Hear{})
	if got := letters(); err != nil || r.New != 1 || r.Failed != 2 || len(got) != 2 {
		t.Errorf("the line mended: got %+v, %v, letters %+v; want it loaded and no other", r, err, got)
	}
	better := runner(store)
	better.Analyse = func(string) *quote.Analysis { return &quote.Analysis{} }
	if err := os.WriteFile(filepath.Join(dir, "none.txt"), []byte("Here."), 0o644); err != nil {
		t.Fatal(err)
	}
	r, err = better.Retry(t.Context(), jobs.Spec{}, letters(), jobs.Hear{})
	if got := letters(); err != nil || r.New != 2 || len(got) != 0 {
		t.Errorf("a better engine: got %+v, %v, letters %+v; want none left, though the line of the first is gone", r, err, got)
	}
}

func TestDryRunWritesNothing(t *testing.T) {
	store := newStore(t)
	run(t, runner(store), jobs.Spec{Job: "news", Sources: []string{lines(t, 20), "none.txt"}, DryRun: true})
	for _, bucket := range []string{"run", "total", "dead", "origin", "lease", "checkpoint"} {
		for r := range store.Records(t.Context(), graph.RecordQuery{Bucket: bucket}) {
			t.Errorf("got %s/%s, want nothing", bucket, r.Key)
		}
	}
}

// Credentials of an address are neither kept nor shown.
func TestCredentialsAreNotKept(t *testing.T) {
	store := newStore(t)
	address := "http://user:hunter2@127.0.0.1:9/feed.xml"
	var told []string
	_, err := runner(store).Run(t.Context(), jobs.Spec{Sources: []string{address}, AllowPrivate: true}, jobs.Hear{Failed: func(e *source.Error) { told = append(told, e.Error()) }})
	if err != nil || len(told) != 1 {
		t.Fatalf("got %q, %v; want one failure", told, err)
	}
	for _, bucket := range []string{"run", "total", "dead", "dead.document", "visit"} {
		for r := range store.Records(t.Context(), graph.RecordQuery{Bucket: bucket}) {
			told = append(told, r.Key+string(r.Value))
		}
	}
	if all := strings.Join(told, "\n"); strings.Contains(all, "hunter2") {
		t.Errorf("the password is in\n%s", all)
	}
}

func TestSchedule(t *testing.T) {
	store, file := newStore(t), lines(t, 3)
	f, err := jobs.Parse("jobs.yaml", fmt.Appendf(nil, "jobs:\n  - name: a\n    sources: [%s]\n    every: 1h\n  - name: nightly\n    sources: [x]\n    schedule: \"@yearly\"\n  - name: hand\n    sources: [x]\n", file))
	if err != nil {
		t.Fatal(err)
	}
	runs := func() (n int) {
		for range journal.New(store).Runs(t.Context()) {
			n++
		}
		return n
	}
	for i, want := range []int{1, 1, 2, 3} { // at once, not again, two hours later, when it was stopped
		if err := journal.New(store).Count(t.Context(), "a", func(c *journal.Total) {
			switch i {
			case 2:
				c.LastStart = c.LastStart.Add(-2 * time.Hour)
			case 3:
				c.State = journal.Interrupted
			}
		}); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		runner(store).Schedule(ctx, f)
		cancel()
		if got := runs(); got != want {
			t.Errorf("got %d runs, want %d", got, want)
		}
	}
}

func TestMetrics(t *testing.T) {
	store := newStore(t)
	run(t, runner(store), jobs.Spec{Job: "news", Sources: []string{lines(t, 3), "none.txt"}})
	m := jobs.NewMetrics(store, "1.2", "e", true)
	file := filepath.Join(t.TempDir(), "saidgraph.prom")
	if err := m.WriteFile(file); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rec := httptest.NewRecorder()
	m.Handler().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	for _, got := range []string{string(text), rec.Body.String()} {
		for _, want := range []string{
			`saidgraph_build_info{engine="e",version="1.2"} 1`, `saidgraph_nodes{label="article"} 3`, `saidgraph_edges{type="PUBLISHED"} 3`,
			`saidgraph_dead_letters 1`, `saidgraph_job_documents_total{job="news",outcome="new"} 3`, `saidgraph_job_runs_total{job="news"} 1`,
			`saidgraph_job_last_run_ok{job="news"} 1`, `saidgraph_job_last_new_article_timestamp_seconds{job="news"} 1.`, "go_goroutines ",
		} {
			if !strings.Contains(got, "\n"+want) {
				t.Errorf("got\n%s\nwant %s in it", got, want)
			}
		}
	}
	store.Close()
	rec = httptest.NewRecorder()
	m.Handler().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if rec.Code != http.StatusInternalServerError {
		t.Errorf("got %d of a store that is gone, want 500", rec.Code)
	}
}
