package source_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"saidgraph/loaders/source"
)

// packed is s in gzip, a member for each part.
func packed(t testing.TB, parts ...string) string {
	t.Helper()
	var b bytes.Buffer
	for _, s := range parts {
		z := gzip.NewWriter(&b)
		if _, err := z.Write([]byte(s)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// kinds is what the reader makes of a name and bytes: "html", "text TEXT", or the error.
func kinds(t *testing.T, r source.Reader, name, in string) (got []string) {
	t.Helper()
	if name != "-" {
		name = write(t, t.TempDir(), name, in)
	}
	r.Stdin = strings.NewReader(in)
	for raw, err := range r.Read(t.Context(), name) {
		switch {
		case err != nil:
			got = append(got, strings.TrimPrefix(err.Error(), filepath.Dir(name)+"/"))
		case raw.HTML != nil:
			got = append(got, fmt.Sprintf("html %s", raw.HTML))
		default:
			got = append(got, fmt.Sprintf("%d text %s", raw.Line, raw.Text))
		}
	}
	return got
}

func TestDetect(t *testing.T) {
	const (
		page  = "<!doctype html><p>A.</p>"
		xhtml = "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD\">\n<html><p>A.</p></html>"
		lines = "{\"text\": \"A.\"}\n"
		table = "url,text\nhttps://example.org/,A.\n"
	)
	tests := []struct {
		name, file, as, in string
		want               string
	}{
		{"text by its ending", "a.txt", "", "A.", "0 text A."},
		{"text by nothing", "a", "", "A.", "0 text A."},
		{"page by its ending", "a.HTM", "", "A.", "html A."},
		{"page by its doctype", "-", "", page, "html " + page},
		{"page by its first tag", "a", "", "\ufeff\n <html><p>A.", "html \ufeff\n <html><p>A."},
		{"page behind a comment", "a", "", "<!-- saved --><!DOCTYPE HTML><p>A.", "html <!-- saved --><!DOCTYPE HTML><p>A."},
		{"XHTML", "a.xml", "", xhtml, "html " + xhtml},
		{"page called text", "a.txt", "", page, "a.txt: is HTML, not plain text (name it .html, or read it --as html)"},
		{"page called text, but read as one", "a.txt", "html", page, "html " + page},
		{"other XML", "a.xml", "", "<?xml version=\"1.0\"?><nitf><p>A.</p></nitf>", "a.xml: is XML, but no feed, sitemap or page (give the article's plain text or HTML)"},
		{"lines by their ending", "a.ndjson", "", lines, "1 text A."},
		{"lines by their brace", "-", "", lines, "1 text A."},
		{"table by its ending", "a.csv", "", "text\nA.\n", "2 text A."},
		{"table by its first row", "-", "", table, "2 text A."},
		{"prose with a comma", "-", "", "Text, he said, and a title.\nA.", "0 text Text, he said, and a title.\nA."},
		{"text as text", "a.csv", "text", table, "0 text " + table},
		{"packed text", "a.txt.gz", "", packed(t, "A."), "0 text A."},
		{"packed page", "a.html.gz", "", packed(t, page), "html " + page},
		{"packed lines, by first bytes", "a.gz", "", packed(t, lines), "1 text A."},
		{"packed lines in two members", "-", "", packed(t, "{\"text\":", " \"A.\"}\n"), "1 text A."},
		{"packed, not called so", "a.txt", "", packed(t, "A."), "0 text A."},
		{"packed twice", "a.gz.gz", "", packed(t, packed(t, "A.")), "a.gz.gz: is a gzip file within another, not text (unpack it first)"},
		{"packed and cut off", "a.txt.gz", "", packed(t, "A long enough text.")[:30], "a.txt.gz: is a gzip file that is cut off (get it again)"},
		{"packed and damaged", "a.txt.gz", "", packed(t, "A.")[:20] + "\x00\x00\x00\x00\x00\x00", "a.txt.gz: is a damaged gzip file: gzip: invalid checksum (get it again; gunzip -t FILE shows the damage)"},
		{"no such kind", "a.txt", "pdf", "A.", "settings: as: \"pdf\" is no kind of source (one of text, html, jsonl, csv, feed, sitemap, url, warc)"},
		{"empty page", "a.html", "", " \n", "a.html: is empty"},
		{"page over the limit", "a.html", "", strings.Repeat("<p>", 200), "a.html: is 600 bytes long, over the limit of 500 bytes for one document (split it into articles, or raise --max-bytes)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := kinds(t, source.Reader{As: tt.as, MaxBytes: 500}, tt.file, tt.in)
			if !slices.Equal(got, []string{tt.want}) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestFields(t *testing.T) {
	fields := map[string]string{"text": "body", "date": "published"}
	tests := []struct{ name, file, in, want string }{
		{"lines", "a.jsonl", `{"body": "A.", "published": "2025-07-19", "url": "u"}`, "1 A. 2025-07-19 u"},
		{"lines without it", "a.jsonl", `{"text": "A."}`, "a.jsonl:1: body: is missing or empty (each line needs it, since text=body)"},
		{"lines with a number there", "a.jsonl", `{"body": "A.", "published": 2025}`, "a.jsonl:1: published: must be a string, found a JSON number"},
		{"table", "a.csv", "URL,Body,Published\nu,A.,2025-07-19\n", "2 A. 2025-07-19 u"},
		{"table without it", "a.csv", "url,body\nu,A.\n", "a.csv:1: published: is no column, though date=published wants it (the first row names these: url, body)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := write(t, t.TempDir(), tt.file, tt.in)
			var got string
			for raw, err := range (source.Reader{Fields: fields}).Read(t.Context(), path) {
				got = fmt.Sprintf("%d %s %s %s", raw.Line, raw.Text, raw.Date, raw.URL)
				if err != nil {
					got = strings.TrimPrefix(err.Error(), filepath.Dir(path)+"/")
				}
			}
			if got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
	got := kinds(t, source.Reader{Fields: map[string]string{"body": "text"}}, "a.csv", "text\nA.\n")
	if want := []string{"settings: fields: \"body\" is no field of a document (one of text, html, url, title, date, outlet, byline, language, license)"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// repeat is a reader of one pattern without end: what a huge file is, without the file.
type repeat struct{ pattern string }

func (r repeat) Read(p []byte) (n int, _ error) {
	for n < len(p) {
		n += copy(p[n:], r.pattern)
	}
	return n, nil
}

// A bomb, a line and a tag without end are each one error, in bounded memory.
func TestEndless(t *testing.T) {
	// 4 MiB of one letter, packed: the same bytes over and over go on unpacking for ever, one member after another
	bomb := packed(t, strings.Repeat("a", 4<<20))
	tests := []struct {
		name, as, first, pattern string
		want                     string
	}{
		{"bomb of lines", "jsonl", "", bomb, "standard input:1: unpacks to more than 200 times its size: a zip bomb (text never does; look at it with zcat FILE | head -c 1000)"},
		{"bomb of rows", "csv", packed(t, "text\n"), bomb, "standard input:2: unpacks to more than 200 times its size: a zip bomb (text never does; look at it with zcat FILE | head -c 1000)"},
		{"bomb of text", "text", "", bomb, "standard input: is longer than the limit of 10 MiB for one document (split it into articles, or raise --max-bytes)"},
		{"one tag", "", "", "<div class=x ", "standard input: is longer than the limit of 10 MiB for one document (split it into articles, or raise --max-bytes)"},
		{"text", "", "", "word ", "standard input: is longer than the limit of 10 MiB for one document (split it into articles, or raise --max-bytes)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			got := read(t, source.Reader{As: tt.as, Stdin: io.MultiReader(strings.NewReader(tt.first), repeat{tt.pattern})}, "-")
			runtime.ReadMemStats(&after)
			if !slices.Equal(got, []string{tt.want}) {
				t.Errorf("got  %.300q\nwant %q", got, tt.want)
			}
			if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 120 {
				t.Errorf("got %d MiB allocated, want at most 120", used)
			}
		})
	}
}
