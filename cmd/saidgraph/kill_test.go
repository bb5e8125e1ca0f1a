package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"saidgraph/graph/neo4j/neo4jtest"
)

var kills = flag.Int("kills", 6, "how many loads TestKillAtRandom and TestKillAtRandomNeo4j kill each")

// A load that is killed at any moment, and then run again, leaves the graph of one that was not disturbed.
func TestKillAtRandom(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a process for each kill")
	}
	killAtRandom(t, *kills, 150, func(t *testing.T, name string) string { return "sqlite:" + filepath.Join(t.TempDir(), name+".db") })
}

// The same in a Neo4j server.
func TestKillAtRandomNeo4j(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a process for each kill")
	}
	server := neo4jtest.Start(t)
	killAtRandom(t, *kills, 60, func(t *testing.T, _ string) string {
		server.Wipe(t)
		return server.URL
	})
}

// killAtRandom kills n loads of so many articles, each into an empty store that open names.
func killAtRandom(t *testing.T, n, size int, open func(t *testing.T, name string) string) {
	file := filepath.Join(t.TempDir(), "pile.jsonl")
	pile(t, file, size, false)
	args := func(store string) []string { return []string{"load", file, "--batch", "5", "--store", store} }
	var calm string
	var whole time.Duration // the shorter of two: a server is slow at first
	for i := range 2 {
		calm = open(t, fmt.Sprint("calm", i))
		start := time.Now()
		if err := program(t.Context(), t, args(calm)...).Run(); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(start); whole == 0 || took < whole {
			whole = took
		}
	}
	want := dump(t, calm)
	for i := range n {
		store, at := killed(t, whole, func() (string, []string) {
			store := open(t, fmt.Sprint("killed", i))
			return store, args(store)
		})
		var stderr bytes.Buffer
		if code := run(t.Context(), args(store), strings.NewReader(""), io.Discard, &stderr); code != exitDone {
			t.Fatalf("killed after %s of %s, the second load ended with %d: %s", at, whole, code, &stderr)
		}
		compare(t, fmt.Sprintf("again after a kill at %s of %s", at, whole), dump(t, store), want)
	}
}

// killed starts loads until one is killed before it ended, and says into which store and when.
func killed(t *testing.T, whole time.Duration, load func() (store string, args []string)) (string, time.Duration) {
	for range 10 {
		store, args := load()
		cmd := program(t.Context(), t, args...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		at := time.Duration(rand.Int64N(int64(whole)))
		time.Sleep(at)
		if err := cmd.Process.Kill(); err != nil { // SIGKILL
			t.Fatal(err)
		}
		if cmd.Wait() != nil {
			return store, at
		}
	}
	t.Fatalf("ten loads ended before they were killed within %s", whole)
	return "", 0
}

// SIGTERM lets a job finish what is in hand: it ends in time, says what to do, and the next run goes on.
func TestTerminate(t *testing.T) {
	dir := t.TempDir()
	pile(t, filepath.Join(dir, "pile.jsonl"), 4000, false)
	jobsFile := filepath.Join(dir, "jobs.yaml")
	if err := os.WriteFile(jobsFile, []byte("jobs:\n  - name: pile\n    sources: [pile.jsonl]\n    batch: 20\n    workers: 1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	store := "sqlite:" + filepath.Join(dir, "graph.db")
	args := []string{"run", "pile", "--jobs", jobsFile, "--store", store}
	var stderr bytes.Buffer
	first := program(t.Context(), t, args...)
	first.Stderr = &stderr
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	loaded(t, store, 1)

	// A second run of the job, in another process, is refused while the first goes on.
	var refused bytes.Buffer
	second := program(t.Context(), t, args...)
	second.Stderr = &refused
	if err := second.Run(); second.ProcessState.ExitCode() != exitLocked || !strings.Contains(refused.String(), fmt.Sprint("process ", first.Process.Pid)) {
		t.Errorf("the second run: got %v, %s; want exit code 4 and who holds the job", err, &refused)
	}

	if err := first.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	err := first.Wait()
	if took := time.Since(start); first.ProcessState.ExitCode() != exitFailed || !strings.Contains(stderr.String(), "interrupted: what was read is loaded") || took > 10*time.Second {
		t.Fatalf("got %v after %s, %s; want exit code 1 in time and what to do", err, took, &stderr)
	}
	n := loaded(t, store, 1)
	if n >= 4000 {
		t.Fatal("all was loaded before the signal")
	}
	var limited bytes.Buffer
	third := program(t.Context(), t, append(args, "--limit", "40")...)
	third.Stderr = &limited
	if err := third.Run(); err != nil || !strings.Contains(limited.String(), fmt.Sprintf("loaded 40 articles, %d skipped", n)) {
		t.Errorf("the third run: got %v, %s; want it to go on behind the %d articles", err, &limited, n)
	}
	if got := loaded(t, store, n+40); got != n+40 {
		t.Errorf("got %d articles, want %d and 40", got, n)
	}
}

// serve runs the jobs of its file, and has their figures at /metrics.
func TestServeJobs(t *testing.T) {
	dir := t.TempDir()
	pile(t, filepath.Join(dir, "pile.jsonl"), 10, false)
	jobsFile := filepath.Join(dir, "jobs.yaml")
	if err := os.WriteFile(jobsFile, []byte("jobs:\n  - name: pile\n    sources: [pile.jsonl]\n    every: 1h\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	addr, stop := serving(t, "serve", "--addr", "127.0.0.1:0", "--jobs", jobsFile, "--store", "sqlite:"+filepath.Join(dir, "graph.db"))
	want := `saidgraph_job_documents_total{job="pile",outcome="new"} 10`
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for {
		_, body := get(t, "http://"+addr+"/metrics", "")
		if strings.Contains(string(body), want) {
			break
		}
		select {
		case <-ctx.Done():
			t.Fatalf("got %s, want %s in it", body, want)
		case <-time.After(50 * time.Millisecond):
		}
	}
	if code := stop(); code != exitDone {
		t.Errorf("got exit code %d, want 0", code)
	}
}
