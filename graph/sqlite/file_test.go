package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"saidgraph/graph"
	"saidgraph/graph/sqlite"
	"saidgraph/graph/storetest"
)

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	file := func(name, content string) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	database := func(name string, statements string) string {
		p := filepath.Join(dir, name)
		db, err := sql.Open("sqlite", p)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.Exec(statements); err != nil {
			t.Fatal(err)
		}
		return p
	}
	newer := filepath.Join(dir, "newer.db")
	s, err := sqlite.Open(t.Context(), newer)
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	database("newer.db", "PRAGMA user_version = 99")
	for _, c := range []struct {
		name, path string
		code       graph.Code
		says       string
	}{
		{"no name", "", graph.Invalid, "names no file"},
		{"text", file("text.db", strings.Repeat("not a database, but a text\n", 100)), graph.Invalid, "not a database"},
		{"another program's", database("other.db", "CREATE TABLE t (x)"), graph.Invalid, "another program's"},
		{"newer", newer, graph.Invalid, "version 99"},
		{"directory", dir, graph.Unavailable, dir},
		{"no such directory", filepath.Join(dir, "nowhere", "x.db"), graph.Unavailable, "no folder " + filepath.Join(dir, "nowhere")},
		{"SQLite's memory", ":memory:", graph.Invalid, "no file"},
		{"authority", "//host/x.db", graph.Invalid, "no file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := sqlite.Open(t.Context(), c.path)
			if err == nil {
				s.Close()
			}
			if graph.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v (%s), want %s that says %q", err, graph.CodeOf(err), c.code, c.says)
			}
		})
	}
}

// TestProcess is another process, started by the tests below: it holds the writer's lock, or reads, and says so.
func TestProcess(t *testing.T) {
	path := os.Getenv("SAIDGRAPH_TEST_FILE")
	if path == "" {
		t.Skip("only as another process")
	}
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	st, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	os.Stdout.WriteString("articles: " + string(rune('0'+st.Nodes[graph.ArticleNode])) + "\n")
}

func TestSecondProcessReadsWhileOneWrites(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Apply(t.Context(), storetest.Typical(0), storetest.Typical(1)); err != nil {
		t.Fatal(err)
	}
	lock := lockWriter(t, path)
	defer lock()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestProcess$")
	cmd.Env = append(os.Environ(), "SAIDGRAPH_TEST_FILE="+path)
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "articles: 2") {
		t.Errorf("a second process reads while the file is being written: %v\n%s", err, out)
	}
}

// lockWriter begins a write transaction behind the store's back, as another process would.
func lockWriter(t *testing.T, path string) (unlock func()) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	return func() { db.Close() }
}

func TestWriterWaitsForAnother(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	unlock := lockWriter(t, path)
	short, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if err := s.Apply(short, storetest.Typical(0)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Apply with a deadline while another writes: %v", err)
	}
	time.AfterFunc(200*time.Millisecond, unlock)
	if err := s.Apply(t.Context(), storetest.Typical(0)); err != nil {
		t.Errorf("Apply after another wrote: %v", err)
	}
}

func TestReopen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	for i := range 2 {
		s, err := sqlite.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			err = s.Apply(t.Context(), storetest.Typical(0))
		} else {
			_, err = s.Node(t.Context(), storetest.Typical(0).Article.ID)
		}
		if err != nil {
			t.Errorf("opening %d: %v", i, err)
		}
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	}
}
