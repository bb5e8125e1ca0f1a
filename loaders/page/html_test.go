package page_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"saidgraph/loaders/page"
	"saidgraph/loaders/source"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden is an article as the golden files hold it.
func golden(a page.Article) string {
	date := ""
	if !a.Date.IsZero() {
		date = a.Date.Format(time.RFC3339)
	}
	return fmt.Sprintf("url: %s\ntitle: %s\nbyline: %s\noutlet: %s\ndate: %s\nlanguage: %s\nwire: %s\n\n%s\n",
		a.URL, a.Title, a.Byline, a.Outlet, date, a.Language, a.Wire, a.Text)
}

// The pages are made up, each in the shape of another publishing system.
func TestReadPages(t *testing.T) {
	pages, err := filepath.Glob("testdata/*.html")
	if err != nil || len(pages) < 12 {
		t.Fatalf("got %d pages, %v; want at least 12", len(pages), err)
	}
	for _, path := range pages {
		t.Run(filepath.Base(path), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			a, err := page.Read(source.Raw{From: path, HTML: data})
			if err != nil {
				t.Fatal(err)
			}
			name := strings.TrimSuffix(path, ".html") + ".txt"
			got := golden(a)
			if *update {
				if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}
