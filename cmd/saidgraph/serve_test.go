package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"saidgraph/queries"
)

var servingAt = regexp.MustCompile(`on http://(\S+);`)

// serving runs the program until the test ends it with stop, which returns the exit code. addr is where it listens.
func serving(t *testing.T, args ...string) (addr string, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	stderr, w := io.Pipe()
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, args, strings.NewReader(""), io.Discard, w)
		w.Close()
	}()
	lines := bufio.NewScanner(stderr)
	for lines.Scan() {
		if m := servingAt.FindStringSubmatch(lines.Text()); m != nil {
			addr = m[1]
			break
		}
	}
	go io.Copy(io.Discard, stderr)
	if addr == "" {
		t.Fatalf("it ended with %d and never served", <-code)
	}
	return addr, func() int {
		cancel()
		select {
		case c := <-code:
			return c
		case <-time.After(15 * time.Second):
			t.Fatal("it did not stop")
			return -1
		}
	}
}

func get(t *testing.T, address, key string) (int, []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if key != "" {
		req.Header.Set("Authorization", "Bearer "+key)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, body
}

// What `make run` does: the bundled articles are loaded and the API answers from them, with proof.
func TestDemoServes(t *testing.T) {
	addr, stop := serving(t, "demo", "--addr", "127.0.0.1:0", "--store", "sqlite:"+filepath.Join(t.TempDir(), "demo.db"))
	status, body := get(t, "http://"+addr+"/v1/ask?q="+url.QueryEscape("what did Elizabeth Laird say"), "")
	var ans queries.Answer
	if err := json.Unmarshal(body, &ans); status != http.StatusOK || err != nil {
		t.Fatalf("got %d %s, %v", status, body, err)
	}
	if len(ans.Rows) == 0 || ans.Rows[0].Proof.Quote == "" {
		t.Errorf("got %s, want rows with their words", body)
	}
	if status, _ := get(t, "http://"+addr+"/healthz", ""); status != http.StatusOK {
		t.Errorf("/healthz: got %d", status)
	}
	if code := stop(); code != exitDone {
		t.Errorf("got exit code %d, want 0", code)
	}
}

func TestServeWithKey(t *testing.T) {
	t.Setenv("SAIDGRAPH_KEYS", "first,second")
	addr, stop := serving(t, "serve", "--addr", "0.0.0.0:0", "--store", "memory:")
	_, port, _ := strings.Cut(strings.ReplaceAll(addr, "[::]", ""), ":")
	for key, want := range map[string]int{"": http.StatusUnauthorized, "third": http.StatusUnauthorized, "second": http.StatusOK} {
		if got, body := get(t, "http://127.0.0.1:"+port+"/v1/people", key); got != want {
			t.Errorf("key %q: got %d %s, want %d", key, got, body, want)
		}
	}
	if code := stop(); code != exitDone {
		t.Errorf("got exit code %d, want 0", code)
	}
}

func TestServeAddressInUse(t *testing.T) {
	addr, stop := serving(t, "serve", "--addr", "127.0.0.1:0", "--store", "memory:")
	defer stop()
	var stderr strings.Builder
	if code := run(t.Context(), []string{"serve", "--addr", addr, "--store", "memory:"}, strings.NewReader(""), io.Discard, &stderr); code != exitFailed {
		t.Errorf("got exit code %d, want 1", code)
	}
	if !strings.Contains(stderr.String(), "choose another with --addr") {
		t.Errorf("got %q, want the way out", stderr.String())
	}
}
