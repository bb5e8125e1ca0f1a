package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// What a load of all that is hostile may take. It takes 1.5 s and 130 MB on two cores of 2.1 GHz.
const (
	hostileTime   = time.Minute
	hostileMemory = 600 << 20
)

// packed writes a gzip file of n times what.
func packed(t *testing.T, path, what string, n int) {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	chunk := strings.Repeat(what, 1<<20/len(what))
	for range n {
		if _, err := io.WriteString(z, chunk); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// hostileFiles is the folder of loaders/testdata/hostile with what is too large for it.
func hostileFiles(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "hostile")
	if err := os.CopyFS(dir, os.DirFS("../../loaders/testdata/hostile")); err != nil {
		t.Fatal(err)
	}
	packed(t, filepath.Join(dir, "bomb-of-a-gigabyte.txt.gz"), "a", 1024)
	packed(t, filepath.Join(dir, "gigabyte-of-one-tag.html.gz"), "<b>", 1024)
	nested := "<html><body><article>" + strings.Repeat("<div>", 100_000) + "<p>“Yes,” said Maria Keller.</p>"
	if err := os.WriteFile(filepath.Join(dir, "nested.html"), []byte(nested), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Each nasty file is told with its reason, in bounded time and memory; a good one among them is loaded.
func TestLoadHostileFiles(t *testing.T) {
	dir := hostileFiles(t)
	if err := os.WriteFile(filepath.Join(dir, "zz-good.txt"), []byte("“We made it,” said Maria Keller."), 0o644); err != nil {
		t.Fatal(err)
	}
	store := "sqlite:" + filepath.Join(t.TempDir(), "g.db")
	stderr := hostile(t, "load", dir, "--store", store)
	for _, want := range []string{
		`bomb-of-a-gigabyte.txt.gz: (unpacks to more than|is longer than the limit)`,
		`gigabyte-of-one-tag.html.gz: (unpacks to more than|is longer than the limit)`,
		`nested.html: text: the page has no article`,
		`feed-cut-off.xml: is a feed that is cut off`,
		`feed-of-many-depths.xml: has more than 100 elements within one another`,
		`feed-without-items.xml: is a feed without items`,
		`torn-record.warc.gz:2: is a torn record`,
		`holds credentials, which are neither sent nor stored`,
		`http://169.254.169.254/latest/meta-data/: is at 169.254.169.254, a link-local address`,
		`file:///etc/passwd: is no http or https address`,
	} {
		if !regexp.MustCompile(want).MatchString(stderr) {
			t.Errorf("got\n%s\nwant %s in it", stderr, want)
		}
	}
	all := strings.Join(dump(t, store), "\n") + stderr
	if !strings.Contains(all, "We made it") {
		t.Error("the good file is not in the graph")
	}
	for _, secret := range []string{"secret", "hunter2", "root:x:0"} {
		if strings.Contains(all, secret) {
			t.Errorf("%q is in the graph or was printed", secret)
		}
	}
}

// hostile runs the program in bounds of time and memory; it must end with exit code 3. It returns what it said.
func hostile(t *testing.T, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), hostileTime)
	defer cancel()
	var stderr bytes.Buffer
	cmd := program(ctx, t, args...)
	cmd.Stderr = &stderr
	var exit *exec.ExitError
	if err := cmd.Run(); !errors.As(err, &exit) || exit.ExitCode() != exitPartial {
		t.Fatalf("got %v (%v), want exit code 3; it said\n%s", err, ctx.Err(), &stderr)
	}
	if use, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok && runtime.GOOS == "linux" && use.Maxrss<<10 > hostileMemory {
		t.Errorf("it took %d MB, want at most %d", use.Maxrss>>10, hostileMemory>>20)
	}
	return stderr.String()
}

// A site that misbehaves in every way is a few dead letters, each with its reason.
func TestLoadHostileSite(t *testing.T) {
	var gzipped bytes.Buffer
	z := gzip.NewWriter(&gzipped)
	for range 100 {
		if _, err := z.Write(make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	z.Close()
	mux := http.NewServeMux()
	mux.HandleFunc("/robots.txt", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "User-agent: *\nDisallow: /private/\n") })
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop?again", http.StatusFound) })
	mux.HandleFunc("/bomb", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(gzipped.Bytes())
	})
	mux.HandleFunc("/image", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "image/png") })
	server := httptest.NewServer(mux)
	defer server.Close()
	args := []string{"load", "--allow-private", "--store", "sqlite:" + filepath.Join(t.TempDir(), "g.db")}
	for _, path := range []string{"/loop", "/bomb", "/image", "/gone", "/private/x"} {
		args = append(args, server.URL+path)
	}
	args = append(args, strings.Replace(server.URL, "http://", "http://user:hunter2@", 1)+"/x")
	stderr := hostile(t, args...)
	for path, want := range map[string]string{
		"/loop": "redirect", "/bomb": "", "/image": "", "/gone": "404", "/private/x": "robots.txt",
	} {
		at := regexp.QuoteMeta(server.URL + path)
		if !regexp.MustCompile(at + `.*: .*` + want).MatchString(stderr) {
			t.Errorf("%s: got\n%s\nwant a failure for %q", path, stderr, want)
		}
	}
	if strings.Contains(stderr, "hunter2") || !strings.Contains(stderr, "credentials") || !strings.Contains(stderr, "6 failed") {
		t.Errorf("got\n%s\nwant six failures, one for the credentials, without them", stderr)
	}
}
