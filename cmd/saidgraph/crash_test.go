package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"saidgraph/graph"
	"saidgraph/loaders"
)

// pile writes n articles as JSON Lines, each with people and words of its own and some that it shares.
func pile(tb testing.TB, path string, n int, backwards bool) {
	tb.Helper()
	first := []string{"Ann", "Boris", "Clara", "David", "Elena", "Frank", "Gina", "Harold", "Irene", "James"}
	last := []string{"Keller", "Quist", "Morrow", "Tanaka", "Osei", "Varga", "Lindqvist", "Barros", "Holt", "Mensah", "Petrov", "Adeyemi"}
	lines := make([]string, n)
	for i := range n {
		a := first[i%10] + " " + last[i/10%12]
		b := first[(i/7)%10] + " " + last[(i/3)%12]
		text := fmt.Sprintf("“Plan %d will cost the town its hospital,” %s said on Monday.\n%s, the mayor of Tamworth, blasted %s over the plan.\n%s declined to comment. According to %s, %d people signed the letter.", i, a, b, a, a, b, i+20)
		rec, err := json.Marshal(map[string]string{"url": fmt.Sprintf("https://example.org/%d", i), "date": fmt.Sprintf("2025-%02d-%02d", i%12+1, i%28+1), "outlet": "Gazette", "text": text})
		if err != nil {
			tb.Fatal(err)
		}
		lines[i] = string(rec)
	}
	if backwards {
		slices.Reverse(lines)
	}
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		tb.Fatal(err)
	}
}

// program is this test binary as the program, see TestMain.
func program(ctx context.Context, tb testing.TB, args ...string) *exec.Cmd {
	tb.Helper()
	exe, err := os.Executable()
	if err != nil {
		tb.Fatal(err)
	}
	cmd := exec.CommandContext(ctx, exe)
	cmd.Args = append([]string{"saidgraph"}, args...)
	return cmd
}

func mustLoad(t *testing.T, db, file string) {
	t.Helper()
	var stderr bytes.Buffer
	cmd := program(t.Context(), t, "load", file, "--store", db)
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s", err, &stderr)
	}
}

// dump is all that the store at an address holds: each edge with its ends and article, and each article with its text, sorted.
func dump(t *testing.T, db string) []string {
	t.Helper()
	store, err := (&app{ctx: t.Context(), store: db}).open()
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	var lines []string
	add := func(v any) {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(b))
	}
	articles := map[graph.ID]bool{}
	for row, err := range store.Edges(t.Context(), graph.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		add(row)
		articles[row.Article.ID] = true
	}
	for id := range articles {
		node, err := store.Node(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		add(node)
	}
	stats, err := store.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	add(stats)
	slices.Sort(lines)
	return lines
}

// loaded waits until the store at an address holds at least n articles, and returns how many there are.
func loaded(t *testing.T, db string, n int) int {
	t.Helper()
	for range 2000 {
		time.Sleep(5 * time.Millisecond)
		store, err := (&app{ctx: t.Context(), store: db}).openExisting()
		if err != nil {
			continue // not there yet
		}
		stats, err := store.Stats(t.Context())
		store.Close()
		if err == nil && stats.Nodes[graph.ArticleNode] >= n {
			return stats.Nodes[graph.ArticleNode]
		}
	}
	t.Fatalf("%s never held %d articles", db, n)
	return 0
}

// A load that is killed in the middle, again and again, and then loaded once more gives the graph of an undisturbed
// load; so does one in the opposite order, and one that is loaded twice.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("starts six processes")
	}
	const n = 2000
	dir := t.TempDir()
	file, back := filepath.Join(dir, "pile.jsonl"), filepath.Join(dir, "back.jsonl")
	pile(t, file, n, false)
	pile(t, back, n, true)

	calm := "sqlite:" + filepath.Join(dir, "calm.db")
	mustLoad(t, calm, file)
	want := dump(t, calm)

	killed := "sqlite:" + filepath.Join(dir, "killed.db")
	for _, at := range []int{1, 500, 1000} {
		cmd := program(t.Context(), t, "load", file, "--store", killed, "--workers", "1") // slow enough on any machine
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		loaded(t, killed, at)
		if err := cmd.Process.Kill(); err != nil { // SIGKILL
			t.Fatal(err)
		}
		if err := cmd.Wait(); err == nil {
			t.Fatalf("the load at %d was done before it was killed", at)
		}
		if got := loaded(t, killed, at); got >= n {
			t.Fatalf("all %d articles were there before the kill at %d", got, at)
		}
	}
	mustLoad(t, killed, file)
	compare(t, "killed three times", dump(t, killed), want)

	other := "sqlite:" + filepath.Join(dir, "other.db")
	mustLoad(t, other, back)
	compare(t, "in the opposite order", dump(t, other), want)
	mustLoad(t, other, file)
	compare(t, "twice", dump(t, other), want)
}

// SIGINT ends a load in order: what is in hand is written, the exit code is 1, and the next load goes on.
func TestInterrupt(t *testing.T) {
	const n = 2000
	dir := t.TempDir()
	file, db := filepath.Join(dir, "pile.jsonl"), "sqlite:"+filepath.Join(dir, "graph.db")
	pile(t, file, n, false)
	var stderr bytes.Buffer
	cmd := program(t.Context(), t, "load", file, "--store", db, "--workers", "1") // slow enough on any machine
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	loaded(t, db, 1)
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	err := cmd.Wait()
	if cmd.ProcessState.ExitCode() != exitFailed || !strings.Contains(stderr.String(), "interrupted: what was read is loaded") {
		t.Fatalf("got %v, %s; want exit code 1 and what to do", err, &stderr)
	}
	if got := loaded(t, db, 1); got >= n {
		t.Errorf("all %d articles were loaded before the signal", got)
	}
}

func TestExitCodes(t *testing.T) {
	tests := []struct {
		name string
		err  error
		code int
	}{
		{"done", nil, exitDone},
		{"any error", errors.New("no"), exitFailed},
		{"usage", usage("no"), exitUsage},
		{"some failed", finish(loaders.Report{Failed: 1}, nil), exitPartial},
		{"interrupted", finish(loaders.Report{Failed: 1, Interrupted: true}, nil), exitFailed},
		{"locked", fmt.Errorf("load: %w", &graph.Error{Op: "sqlite.Apply", Code: graph.Conflict}), exitLocked},
	}
	for _, tt := range tests {
		a := &app{ctx: t.Context(), stderr: new(bytes.Buffer)}
		if got := a.exit(tt.err); got != tt.code {
			t.Errorf("%s: got %d, want %d", tt.name, got, tt.code)
		}
	}
}

func compare(t *testing.T, how string, got, want []string) {
	t.Helper()
	if slices.Equal(got, want) {
		return
	}
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Errorf("loaded %s: %d lines of graph, want %d; the first that differs is %d:\ngot  %.400s\nwant %.400s",
				how, len(got), len(want), i, at(got, i), at(want, i))
			return
		}
	}
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "nothing"
}
