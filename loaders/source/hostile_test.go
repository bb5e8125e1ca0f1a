package source_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"saidgraph/loaders/fetch"
	"saidgraph/loaders/source"
)

// TestHostileFiles reads each hostile feed, sitemap and archive without a network.
func TestHostileFiles(t *testing.T) {
	offline := func(url, file string) string {
		return url + ": has not its full text in " + file + ", and nothing is fetched here"
	}
	page := func(at, n int) string {
		return fmt.Sprintf("%d https://example.org/%d <!DOCTYPE html><title>Page</title><p>He said no.</p>", at, n)
	}
	tests := map[string][]string{
		"billion-laughs.xml":           {offline("https://example.org/lol", "billion-laughs.xml")},
		"external-entity.xml":          {offline("https://example.org/&x;", "external-entity.xml")},
		"feed-without-items.xml":       {"feed-without-items.xml: is a feed without items"},
		"feed-of-years-0-and-9999.xml": {offline("https://example.org/0", "feed-of-years-0-and-9999.xml"), offline("https://example.org/9999", "feed-of-years-0-and-9999.xml"), offline("https://example.org/2199", "feed-of-years-0-and-9999.xml"), offline("https://example.org/never", "feed-of-years-0-and-9999.xml")},
		"feed-with-credentials.xml":    {offline("https://example.org/1", "feed-with-credentials.xml"), offline("https://example.org/2", "feed-with-credentials.xml")},
		"feed-of-a-lying-charset.xml":  {offline("https://example.org/1", "feed-of-a-lying-charset.xml")},
		"feed-cut-off.xml": {offline("https://example.org/1", "feed-cut-off.xml"),
			"feed-cut-off.xml: is a feed that is cut off (what stands before the cut is read; get it again)"},
		"feed-of-many-depths.xml":   {"feed-of-many-depths.xml: has more than 100 elements within one another (no feed does; what stands before it is read)"},
		"feed-of-unclosed-tags.xml": {offline("https://example.org/1", "feed-of-unclosed-tags.xml"), offline("https://example.org/2?a=1&b=2", "feed-of-unclosed-tags.xml")},
		"sitemap-of-itself.xml":     {"https://example.org/sitemap-of-itself.xml: is an address, and nothing is fetched here"},
		"sitemap-of-no-addresses.xml": {
			"sitemap-of-no-addresses.xml: link: is missing of an item",
			offline("file:///etc/passwd", "sitemap-of-no-addresses.xml"),
			offline("javascript:alert(1)", "sitemap-of-no-addresses.xml"),
			offline("http://169.254.169.254/latest/meta-data/", "sitemap-of-no-addresses.xml"),
			offline("https://example.org/1", "sitemap-of-no-addresses.xml"),
		},
		"torn-record.warc.gz": {page(1, 1), "torn-record.warc.gz:2: is a torn record: it is cut off (the next whole one follows)", page(3, 3)},
		"lying-length.warc": {page(1, 1), "lying-length.warc:2: is a torn record: it is cut off (the next whole one follows)", page(3, 3),
			"lying-length.warc:4: is a torn record: its length is wrong (the next whole one follows)", page(5, 5)},
		"version-alone.warc": {"version-alone.warc:1: is a torn record: it is cut off (the next whole one follows)"},
	}
	t.Chdir(filepath.Join("..", "testdata", "hostile"))
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for raw, err := range (source.Reader{}).Read(t.Context(), name) {
				if err != nil {
					got = append(got, err.Error())
				} else {
					got = append(got, fmt.Sprintf("%d %s %s", raw.Line, raw.URL, raw.HTML))
				}
			}
			wantLines(t, got, want)
		})
	}
}

// TestHostileFeedsOnline reads the same with a network: nothing of it may be called but what is public, and no password is shown.
func TestHostileFeedsOnline(t *testing.T) {
	files, err := filepath.Glob("../testdata/hostile/*.xml")
	if err != nil || len(files) < 10 {
		t.Fatalf("got %d files, %v", len(files), err)
	}
	calls := 0
	refused := &fetch.Client{IgnoreRobots: true, Retries: -1, Interval: 1, Resolver: nowhere(&calls)}
	for _, file := range files {
		if _, err := os.Stat(file); err != nil {
			t.Fatal(err)
		}
		for raw, err := range (source.Reader{Client: refused}).Read(t.Context(), file) {
			shown := fmt.Sprintf("%+v %v", raw, err)
			if err == nil || strings.Contains(shown, "hunter2") || strings.Contains(shown, "root:") {
				t.Errorf("%s: got %s", file, shown)
			}
		}
	}
	if calls == 0 {
		t.Error("no name was looked up: the test shows nothing")
	}
}
