package page_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

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

// Whatever the bytes, reading a page ends with an article that keeps the rules of a text, or with a reason.
func FuzzReadPage(f *testing.F) {
	pages, _ := filepath.Glob("testdata/*.html")
	for _, path := range pages {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		if len(data) < 3000 { // a longer one is slow to change
			f.Add(data, "text/html; charset=utf-8", "https://example.org/a")
		}
	}
	f.Add([]byte("<title>A - B</title><table><tr><td><b>A. A long enough text, <br>it is said, <q>here</q> and now, to be an article</b> of its own.<p><a href=x>x"), "", "")
	f.Add([]byte("<script type=application/ld+json>{\"@graph\":[{\"@type\":\"Article\",\"name\":\"x\",\"articleBody\":\"<p>A long enough text, it is said, to be an article of its own, here and now.\"}]}"), "", "")
	f.Fuzz(func(t *testing.T, data []byte, contentType, from string) {
		a, err := page.Read(source.Raw{From: "f", HTML: data, ContentType: contentType, URL: from})
		if err != nil {
			var e *source.Error
			if !errors.As(err, &e) || e.From != "f" || e.Reason == "" {
				t.Errorf("got %#v, want an error with its place and reason", err)
			}
			return
		}
		if strings.TrimSpace(a.Text) == "" || page.Text(a.Text) != a.Text {
			t.Errorf("got the text %q, want one that is as it would be stored", a.Text)
		}
		for _, s := range []string{a.Title, a.Byline, a.Outlet, a.Language, a.URL, a.Text} {
			if !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }) {
				t.Errorf("got %q, want UTF-8 without control characters", s)
			}
		}
		if u, err := page.Canonical(a.URL); err != nil || u != a.URL {
			t.Errorf("got the address %q, want a canonical one", a.URL)
		}
	})
}
