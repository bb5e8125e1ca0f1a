package source_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"saidgraph/loaders/source"
)

// utf16LE are the bytes of s in UTF-16, little-endian, without a byte order mark.
func utf16LE(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		b.WriteByte(byte(u))
		b.WriteByte(byte(u >> 8))
	}
	return b.String()
}

func TestDecode(t *testing.T) {
	const text = "“Enough,” said Zoë Müller.\n"
	tests := []struct {
		name, in, want string
		reason         string // part of the refusal
	}{
		{name: "UTF-8", in: text, want: text},
		{name: "UTF-8 with a byte order mark", in: "\ufeff" + text, want: text},
		{name: "UTF-16 little-endian", in: "\xff\xfe" + utf16LE(text), want: text},
		{name: "UTF-16 big-endian", in: "\xfe\xff\x00H\x00i", want: "Hi"},
		{name: "Windows-1252", in: "\x93Enough,\x94 said Zo\xeb M\xfcller \x96 again\x85", want: "“Enough,” said Zoë Müller – again…"},
		{name: "Latin-1", in: "Jos\xe9 Pe\xf1a said no.", want: "José Peña said no."},
		{name: "empty", in: "", reason: "is empty"},
		{name: "only white space", in: " \r\n\t\n", reason: "is empty"},
		{name: "only a byte order mark", in: "\ufeff", reason: "is empty"},
		{name: "binary", in: "\x01\x02text\x00\xff\x03", reason: "is binary, not text: a NUL at byte 6"},
		{name: "UTF-16 without a mark", in: utf16LE(strings.Repeat("He said no. ", 20)), reason: "UTF-16 without a byte order mark"},
		{name: "UTF-16 cut off", in: "\xff\xfeH\x00i", reason: "odd number of bytes"},
		{name: "damaged UTF-8", in: "Zoë Müller and Åsa \xc3 said", reason: "is damaged UTF-8: wrong at byte 22"},
		{name: "no known encoding", in: "\x81\x8d\x8f said", reason: "neither UTF-8"},
		{name: "half a surrogate", in: "\xff\xfe\x00\xd8A\x00", reason: "is damaged UTF-16"},
		{name: "KOI8-R", in: "\xf7\xd3\xc5 \xcc\xc0\xc4\xc9 \xd2\xcf\xd6\xc4\xc1\xc0\xd4\xd3\xd1", reason: "is neither UTF-8 (wrong at byte 0) nor Windows-1252"},
		{name: "PDF", in: "%PDF-1.7\n%âãÏÓ", reason: "is a PDF file"},
		{name: "gzip", in: "\x1f\x8b\x08\x00", reason: "is a gzip file"},
		{name: "HTML", in: "\n<!DOCTYPE html><html>", reason: "is HTML"},
		{name: "XML", in: "<?xml version=\"1.0\"?><nitf>", reason: "is XML"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := source.Decode([]byte(tt.in))
			if tt.reason != "" {
				if err == nil || !strings.Contains(err.Reason, tt.reason) {
					t.Fatalf("got %q, %v; want the reason %q", got, err, tt.reason)
				}
				return
			}
			if err != nil || got != tt.want {
				t.Errorf("got %q, %v; want %q", got, err, tt.want)
			}
		})
	}
}

// read returns what the reader yields, each document as "from:line text" and each error as it is printed.
func read(t *testing.T, r source.Reader, names ...string) (got []string) {
	t.Helper()
	for raw, err := range r.Read(t.Context(), names...) {
		switch {
		case err == nil:
			got = append(got, fmt.Sprintf("%s:%d %s", raw.From, raw.Line, raw.Text))
		case errors.As(err, new(*source.Error)), errors.As(err, new(*source.Skip)):
			got = append(got, err.Error())
		default:
			t.Fatalf("got %T %v, want a *source.Error or a *source.Skip", err, err)
		}
	}
	return got
}

func TestReadLines(t *testing.T) {
	long := `{"text": "` + strings.Repeat("a", 200) + `"}`
	tests := []struct {
		name, in string
		want     []string
	}{
		{"one", `{"text": "A."}`, []string{"standard input:1 A."}},
		{"line ends and empty lines", "{\"text\": \"A.\"}\r\n\n  \n{\"text\": \"B.\"}\n", []string{"standard input:1 A.", "standard input:4 B."}},
		{"byte order mark", "\ufeff{\"text\": \"A.\"}\n", []string{"standard input:1 A."}},
		{"unknown keys", `{"id": 7, "tags": ["x"], "text": "A."}`, []string{"standard input:1 A."}},
		{"no JSON", "{\"text\": \"A.\"}\n{\"text\": A}\n{\"text\": \"C.\"}\n", []string{
			"standard input:1 A.",
			"standard input:2: is no JSON: invalid character 'A' looking for beginning of value",
			"standard input:3 C.",
		}},
		{"cut off", "{\"text\": \"A.\"}\n{\"text\": \"B", []string{
			"standard input:1 A.",
			"standard input:2: is no JSON: unexpected end of JSON input (the file may be cut off here)",
		}},
		{"two objects a line", `{"text": "A."} {"text": "B."}`, []string{
			"standard input:1: is no JSON: invalid character '{' after top-level value",
		}},
		{"wrong type", `{"text": "A.", "date": 20250719}`, []string{"standard input:1: date: must be a string, found a JSON number"}},
		{"text of a wrong type", `{"text": ["A."]}`, []string{"standard input:1: text: must be a string, found a JSON array"}},
		{"not an object", "{\"text\": \"A.\"}\n[1]\n", []string{
			"standard input:1 A.",
			`standard input:2: must be a JSON object, found a JSON array (write {"text": "…"})`,
		}},
		{"text missing", `{"url": "https://example.org/"}`, []string{`standard input:1: text: is missing or empty (each line needs {"text": "…"}; another key is named by --field text=KEY)`}},
		{"text null", `{"text": null}`, []string{`standard input:1: text: is missing or empty (each line needs {"text": "…"}; another key is named by --field text=KEY)`}},
		{"text blank", `{"text": " \n"}`, []string{`standard input:1: text: is missing or empty (each line needs {"text": "…"}; another key is named by --field text=KEY)`}},
		{"not UTF-8", "{\"text\": \"A.\"}\n{\"text\": \"Jos\xe9\"}\n", []string{
			"standard input:1 A.",
			"standard input:2: is not UTF-8 (wrong at byte 13 of the line) (convert the file to UTF-8)",
		}},
		{"a line over the limit", "{\"text\": \"A.\"}\n" + long + "\n{\"text\": \"C.\"}\n", []string{
			"standard input:1 A.",
			"standard input:2: is 212 bytes long, over the limit of 100 bytes for one document (split it into articles, or raise --max-bytes)",
			"standard input:3 C.",
		}},
		{"one document over many lines", "{\n  \"text\": \"A.\"\n}\n", []string{
			"standard input: is one JSON document over many lines, not one object a line (convert it: jq -c '.[]? // .')",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := read(t, source.Reader{MaxBytes: 100, Stdin: strings.NewReader(tt.in)}, "-")
			if !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestReadFields(t *testing.T) {
	in := `{"url":"u","title":"t","date":"d","outlet":"o","byline":"b","language":"l","license":"c","text":"x"}`
	want := source.Raw{From: "standard input", Line: 1, URL: "u", Title: "t", Date: "d", Outlet: "o", Byline: "b", Language: "l", License: "c", Text: "x"}
	for got, err := range (source.Reader{Stdin: strings.NewReader(in)}).Read(t.Context(), "-") {
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, %v; want %+v", got, err, want)
		}
	}
}

func write(t *testing.T, dir, name, data string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReadFolder(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "b.txt", "B.")
	write(t, dir, "a/z.txt", "Z.")
	write(t, dir, "a/lines.jsonl", "{\"text\": \"L.\"}\n")
	write(t, dir, ".hidden", "H.")
	write(t, dir, ".git/config", "G.")
	write(t, dir, "c.txt", "")
	write(t, dir, "d.txt", strings.Repeat("d", 101))
	write(t, dir, "e.bin", "\x00\x01")
	write(t, dir, "f", "no ending")
	write(t, dir, "g.jsonl", "")
	if err := os.Symlink("missing", filepath.Join(dir, "h")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("a", filepath.Join(dir, "i")); err != nil {
		t.Fatal(err)
	}
	got := read(t, source.Reader{MaxBytes: 100}, dir)
	want := []string{
		"a/lines.jsonl:1 L.",
		"a/z.txt:0 Z.",
		"b.txt:0 B.",
		"c.txt: is empty",
		"d.txt: is 101 bytes long, over the limit of 100 bytes for one document (split it into articles, or raise --max-bytes)",
		"e.bin: is binary, not text: a NUL at byte 0",
		"f:0 no ending",
		"g.jsonl: is empty",
		"h: no such file or folder",
		"i: is a link to a folder, which is not followed (name the folder itself)",
	}
	for i := range want {
		want[i] = filepath.Join(dir, want[i])
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// A page that a browser saved with all its things, a store beside it, and names that only look alike.
func TestReadFolderOfPages(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "page.txt", "P.")
	for _, name := range []string{"page_files/a.css", "page_files/b.css?ver=1.2", "page_files/c.JS", "page_files/d.png", "page_files/e.woff2", "f.zip", "g.tar.gz", "h.db", "h.db-shm", "h.db-wal"} {
		write(t, dir, name, "\x00")
	}
	write(t, dir, "graph", "SQLite format 3\x00")
	write(t, dir, "graph-wal", "\x00")
	write(t, dir, "wall-street-journal", "W.")
	got := read(t, source.Reader{}, dir)
	for i := range got {
		got[i] = strings.TrimPrefix(got[i], dir+"/")
	}
	wantLines(t, got, []string{
		"f.zip: left out: not text but an archive",
		"g.tar.gz: left out: not text but an archive",
		"graph: is an SQLite database, not text (did you mean --store?)",
		"graph-wal: left out: not text but a database",
		"h.db: left out: not text but a database",
		"h.db-shm: left out: not text but a database",
		"h.db-wal: left out: not text but a database",
		"page.txt:0 P.",
		"page_files/a.css: left out: not text but style or script",
		"page_files/b.css?ver=1.2: left out: not text but style or script",
		"page_files/c.JS: left out: not text but style or script",
		"page_files/d.png: left out: not text but a picture, sound or film",
		"page_files/e.woff2: left out: not text but a font",
		"wall-street-journal:0 W.",
	})
	named := filepath.Join(dir, "page_files", "a.css")
	wantLines(t, read(t, source.Reader{}, named), []string{named + ": is binary, not text: a NUL at byte 0"})
}

func TestReadNames(t *testing.T) {
	dir := t.TempDir()
	one, two := write(t, dir, "1.txt", "One."), write(t, dir, "2.txt", "Two.")
	bracket := write(t, dir, "a[1].txt", "Bracket.")
	tests := []struct {
		name string
		args []string
		want []string
	}{
		{"a glob", []string{filepath.Join(dir, "?.txt")}, []string{one + ":0 One.", two + ":0 Two."}},
		{"a file with a glob's character", []string{bracket}, []string{bracket + ":0 Bracket."}},
		{"no match", []string{filepath.Join(dir, "*.xml")}, []string{filepath.Join(dir, "*.xml") + ": no file matches"}},
		{"missing, then there", []string{filepath.Join(dir, "3.txt"), one}, []string{filepath.Join(dir, "3.txt") + ": no such file or folder", one + ":0 One."}},
		{"plain standard input", []string{"-"}, []string{"standard input:0 Plain."}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := read(t, source.Reader{Stdin: strings.NewReader("Plain.")}, tt.args...)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

// A document of 50 MB is refused without being read into memory.
func TestReadHuge(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"huge.txt", "huge.jsonl"} {
		path := write(t, dir, name, "x")
		if err := os.Truncate(path, 50<<20); err != nil { // sparse: NULs, but the size is judged first
			t.Fatal(err)
		}
	}
	var fields strings.Builder
	fields.WriteString(`{"text": "`)
	fields.WriteString(strings.Repeat("word ", 11<<20/5))
	fields.WriteString("\"}\n{\"text\": \"B.\"}\n")
	line := write(t, dir, "line.jsonl", fields.String())
	got := read(t, source.Reader{}, filepath.Join(dir, "huge.txt"), line)
	want := []string{
		filepath.Join(dir, "huge.txt") + ": is 50 MiB long, over the limit of 10 MiB for one document (split it into articles, or raise --max-bytes)",
		line + ":1: is 11 MiB long, over the limit of 10 MiB for one document (split it into articles, or raise --max-bytes)",
		line + ":2 B.",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestReadStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n := 0
	for range (source.Reader{Stdin: strings.NewReader(strings.Repeat("{\"text\": \"A.\"}\n", 100))}).Read(ctx, "-") {
		if n++; n == 3 {
			cancel()
		}
	}
	if n != 3 {
		t.Errorf("got %d documents, want the 3 before the context ended", n)
	}
}

// Whatever the bytes, reading ends, and gives valid UTF-8 or a reason.
func FuzzRead(f *testing.F) {
	f.Add([]byte("{\"text\": \"A.\"}\n{"))
	f.Add([]byte("\xff\xfeA\x00"))
	f.Add([]byte("\x93a\x94"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for raw, err := range (source.Reader{Stdin: strings.NewReader(string(data)), MaxBytes: 1000}).Read(t.Context(), "-") {
			var e *source.Error
			if err == nil && (strings.TrimSpace(raw.Text) == "" || strings.ToValidUTF8(raw.Text, "") != raw.Text) {
				t.Errorf("got %q, want text in UTF-8", raw.Text)
			}
			if err != nil && (!errors.As(err, &e) || e.From == "" || e.Reason == "") {
				t.Errorf("got %#v, want an error with its place and reason", err)
			}
		}
	})
}
