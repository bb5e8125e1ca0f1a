package source_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"saidgraph/loaders/source"
)

// record writes a WARC record; length < 0 is the right one.
func record(kind, url, block string, length int) string {
	if length < 0 {
		length = len(block)
	}
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: %s\r\nWARC-Date: 2025-07-19T08:30:00Z\r\n"+
		"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, url, length, block)
}

// response is an HTTP answer of a page.
func response(header, body string) string {
	return "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" + header + "\r\n" + body
}

func pageRecord(n int) string {
	return record("response", fmt.Sprintf("https://example.org/%d", n), response("", fmt.Sprintf("<p>Page %d.</p>", n)), -1)
}

func members(parts ...string) string {
	var out bytes.Buffer
	for _, p := range parts {
		z := gzip.NewWriter(&out)
		_, _ = io.WriteString(z, p)
		_ = z.Close()
	}
	return out.String()
}

// readAs returns what a reader yields of bytes of a kind, pages as "record url html".
func readAs(t *testing.T, r source.Reader, kind, in string) (got []string) {
	t.Helper()
	r.As, r.Stdin = kind, strings.NewReader(in)
	for raw, err := range r.Read(t.Context(), source.Stdin) {
		if err != nil {
			got = append(got, err.Error())
			continue
		}
		got = append(got, fmt.Sprintf("%d %s %s", raw.Line, raw.URL, cutTo(string(raw.HTML)+raw.Text, 60)))
	}
	return got
}

func cutTo(s string, n int) string {
	if len(s) > n {
		return s[:n] + "…"
	}
	return s
}

// brotlied and zstded are what a server would pack.
func brotlied(t *testing.T, s string) string {
	t.Helper()
	var b bytes.Buffer
	w := brotli.NewWriter(&b)
	if _, err := io.WriteString(w, s); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zstded(t *testing.T, s string) string {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(w.EncodeAll([]byte(s), nil))
}

func wantLines(t *testing.T, got, want []string) {
	t.Helper()
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("got\n%s\nwant\n%s", g, w)
	}
}

func page(n int) string { return pageAt(n, n) }

// pageAt is page n, found in record at.
func pageAt(at, n int) string {
	return fmt.Sprintf("%d https://example.org/%d <p>Page %d.</p>", at, n, n)
}

func TestWARC(t *testing.T) {
	info := record("warcinfo", "", "software: test\r\n", -1)
	request := record("request", "https://example.org/2", "GET /2 HTTP/1.1\r\n\r\n", -1)
	html := "<p>Page 2.</p>"
	chunked := fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(html), html)
	second := func(block string) string { return record("response", "https://example.org/2", block, -1) }
	torn := func(reason string) string {
		return "standard input:2: is a torn record: " + reason + " (the next whole one follows)"
	}
	damaged := []byte(members(pageRecord(2)))
	damaged[len(damaged)/2] ^= 0xff
	tests := []struct {
		name, in string
		want     []string
	}{
		{"plain", pageRecord(1) + pageRecord(2), []string{page(1), page(2)}},
		{"a member each", members(pageRecord(1), pageRecord(2)), []string{page(1), page(2)}},
		{"one member for all", members(pageRecord(1) + pageRecord(2)), []string{page(1), page(2)}},
		{"other records", members(info, request, pageRecord(3)), []string{page(3)}},
		{"WARC 1.1", strings.Replace(pageRecord(1), "WARC/1.0", "WARC/1.1", 1), []string{page(1)}},
		{"line ends of another system", "WARC/1.0\nWARC-Type: response\nWARC-Target-URI: https://example.org/1\nContent-Length: 55\n\nHTTP/1.1 200 OK\nContent-Type: text/html\n\n<p>Page 1.</p>\n\n", []string{page(1)}},
		{"an address in brackets, a folded line", strings.Replace(pageRecord(1), "https://example.org/1\r\n", "<https://example.org/1>\r\nX-Long: a\r\n b: c\r\n", 1), []string{page(1)}},
		{"credentials in the address", strings.Replace(pageRecord(1), "https://", "https://ann:secret@", 1), []string{page(1)}},
		{"a status of its own", second(strings.Replace(response("", html), "200 OK", "404 Not Found", 1)), nil},
		{"an image", second(strings.Replace(response("", "\x89PNG"), "text/html", "image/png", 1)), nil},
		{"no content type, HTML", second("HTTP/1.1 200 OK\r\n\r\n<!DOCTYPE html><p>Hi."), []string{"1 https://example.org/2 <!DOCTYPE html><p>Hi."}},
		{"no content type, another thing", second("HTTP/1.1 200 OK\r\n\r\nHi."), nil},
		{"a DNS answer", record("response", "dns:example.org", "20250719 example.org. A 192.0.2.1", -1), nil},
		{"no HTTP", second("hello"), nil},
		{"empty page", second(response("", "")), nil},
		{"chunked", second(response("Transfer-Encoding: chunked\r\n", chunked)), []string{"1 https://example.org/2 " + html}},
		{"said to be chunked", second(response("Transfer-Encoding: chunked\r\n", html)), []string{"1 https://example.org/2 " + html}},
		{"torn chunks", second(response("Transfer-Encoding: chunked\r\n", chunked[:10])), []string{"1 https://example.org/2 <p>Page"}},
		{"gzip inside", second(response("Content-Encoding: gzip\r\n", members(html))), []string{"1 https://example.org/2 " + html}},
		{"said to be gzip", second(response("Content-Encoding: gzip\r\n", html)), []string{"1 https://example.org/2 " + html}},
		{"chunked gzip", second(response("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(members(html)), members(html)))), []string{"1 https://example.org/2 " + html}},
		{"torn gzip inside", second(response("Content-Encoding: gzip\r\n", members(html)[:20])), []string{"standard input:1: holds a page of damaged gzip"}},
		{"a bomb inside", second(response("Content-Encoding: gzip\r\n", members(strings.Repeat(" ", 2<<20)))), []string{"standard input:1: is longer than the limit of 1.0 MiB for one document (split it into articles, or raise --max-bytes)"}},
		{"brotli inside", second(response("Content-Encoding: br\r\n", brotlied(t, html))), []string{"1 https://example.org/2 " + html}},
		{"said to be brotli", second(response("Content-Encoding: br\r\n", html)), []string{"1 https://example.org/2 " + html}},
		{"torn brotli", second(response("Content-Encoding: br\r\n", brotlied(t, html)[:12])), []string{"standard input:1: holds a page of damaged brotli"}},
		{"a bomb of brotli", second(response("Content-Encoding: br\r\n", brotlied(t, strings.Repeat(" ", 64<<20)))), []string{"standard input:1: is longer than the limit of 1.0 MiB for one document (split it into articles, or raise --max-bytes)"}},
		{"zstd inside", second(response("Content-Encoding: zstd\r\n", zstded(t, html))), []string{"1 https://example.org/2 " + html}},
		{"said to be zstd", second(response("Content-Encoding: zstd\r\n", html)), []string{"1 https://example.org/2 " + html}},
		{"torn zstd", second(response("Content-Encoding: zstd\r\n", zstded(t, html)[:12])), []string{"standard input:1: holds a page of damaged zstd"}},
		{"a bomb of zstd", second(response("Content-Encoding: zstd\r\n", zstded(t, strings.Repeat(" ", 64<<20)))), []string{"standard input:1: is longer than the limit of 1.0 MiB for one document (split it into articles, or raise --max-bytes)"}},
		{"zstd that wants a gigabyte of window", second(response("Content-Encoding: zstd\r\n", "\x28\xb5\x2f\xfd\x00\xa0\x01\x00\x00")), []string{"standard input:1: holds a page of damaged zstd"}},
		{"packed as nobody knows", second(response("Content-Encoding: sdch\r\n", strings.Repeat("\xff\xfd\x00", 9))), []string{`standard input:1: holds a page packed as "sdch", which is not read`}},
		{"a page that is too long", pageRecord(1) + record("response", "https://example.org/2", response("", strings.Repeat("x", 3<<20)), -1) + pageRecord(3), []string{
			page(1), "standard input:2: is 3.0 MiB long, over the limit of 1.0 MiB for one document (split it into articles, or raise --max-bytes)", page(3),
		}},
		{"a header of HTTP within a page", second(response("", "WARC/1.0\r\n\r\n"+pageRecord(9))), []string{"1 https://example.org/2 WARC/1.0\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <…"}},

		{"torn in its block", pageRecord(1) + pageRecord(2)[:260] + pageRecord(3) + pageRecord(4), []string{page(1), torn("its length is wrong"), page(3), page(4)}},
		{"torn in its header", pageRecord(1) + pageRecord(2)[:100] + pageRecord(3), []string{page(1), torn("its header is damaged"), page(3)}},
		{"torn at the end", pageRecord(1) + pageRecord(2)[:260], []string{page(1), torn("it is cut off")}},
		{"torn at the end of its header", pageRecord(1) + pageRecord(2)[:100], []string{page(1), torn("it is cut off")}},
		{"a length that lies low", pageRecord(1) + record("response", "https://example.org/2", response("", html), 70) + pageRecord(3), []string{page(1), torn("its length is wrong"), page(3)}},
		{"a length that lies high", pageRecord(1) + record("response", "https://example.org/2", response("", html), 999_999_999) + pageRecord(3), []string{page(1), torn("it is cut off"), page(3)}},
		{"a length below zero", pageRecord(1) + strings.Replace(pageRecord(2), "Content-Length: ", "Content-Length: -", 1) + pageRecord(3), []string{page(1), torn("it does not say its length"), page(3)}},
		{"no length", pageRecord(1) + strings.Replace(pageRecord(2), "Content-Length", "Length", 1) + pageRecord(3), []string{page(1), torn("it does not say its length"), page(3)}},
		{"garbage between", pageRecord(1) + strings.Repeat("garbage\n", 99) + pageRecord(2), []string{page(1), torn("it does not begin with WARC/1"), pageAt(3, 2)}},
		{"an endless header", pageRecord(1) + "WARC/1.0\r\n" + strings.Repeat("X: y\r\n", 20000) + pageRecord(2), []string{page(1), torn("its header is longer than 64 KiB"), pageAt(3, 2)}},
		{"an endless line", pageRecord(1) + "WARC/1.0\r\n" + strings.Repeat("x", 1<<20) + pageRecord(2), []string{page(1), torn("its header is longer than 64 KiB"), pageAt(3, 2)}},

		{"a torn member", members(pageRecord(1)) + members(pageRecord(2))[:150] + members(pageRecord(3), pageRecord(4)), []string{page(1), torn("its gzip is damaged"), page(3), page(4)}},
		{"a damaged member", members(pageRecord(1)) + string(damaged) + members(pageRecord(3)), []string{page(1), torn("its gzip is damaged"), page(3)}},
		{"a wrong checksum", members(pageRecord(1)) + members(pageRecord(2))[:len(members(pageRecord(2)))-8] + "12345678" + members(pageRecord(3)), []string{page(1), torn("its gzip is damaged"), page(3)}},
		{"a member torn at the end", members(pageRecord(1)) + members(pageRecord(2))[:150], []string{page(1), torn("it is cut off")}},
		{"a torn record in a whole member", members(pageRecord(1), pageRecord(2)[:260], pageRecord(3)), []string{page(1), torn("it is cut off"), page(3)}},
		{"a member that is none of a record", members(pageRecord(1), "hello", pageRecord(2)), []string{page(1), torn("it is cut off"), pageAt(3, 2)}},

		{"empty", "", []string{"standard input: is empty"}},
		{"only empty lines", "\r\n\r\n", []string{"standard input: is empty"}},
		{"another thing", "hello world", []string{"standard input:1: is a torn record: it is cut off (the next whole one follows)"}},
		{"a version alone", "WARC/\n", []string{"standard input:1: is a torn record: it is cut off (the next whole one follows)"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wantLines(t, readAs(t, source.Reader{MaxBytes: 1 << 20}, "warc", tt.in), tt.want)
		})
	}
}

func TestWARCSince(t *testing.T) {
	in := pageRecord(1) + strings.Replace(pageRecord(2), "2025-07-19T08", "2025-07-21T08", 1)
	got := readAs(t, source.Reader{Since: time.Date(2025, 7, 20, 0, 0, 0, 0, time.UTC)}, "warc", in)
	wantLines(t, got, []string{"standard input:1: left out: older than 2025-07-20", page(2)})
}

// repeated is bytes over and over, n times.
type repeated struct {
	bytes string
	n, at int
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.n == 0 {
		return 0, io.EOF
	}
	n := copy(p, r.bytes[r.at:])
	if r.at += n; r.at == len(r.bytes) {
		r.at, r.n = 0, r.n-1
	}
	return n, nil
}

// TestWARCMemory reads 480 MiB of records, of which one is 300 MiB, with what one document takes.
func TestWARCMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 480 MiB")
	}
	body := strings.Repeat("<p>He said no.</p>\n", 5000)
	one := record("response", "https://example.org/1", response("", body), -1)
	film := strings.SplitAfter(record("response", "https://example.org/film", "", 300<<20), "\r\n\r\n")[0]
	in := io.MultiReader(&repeated{bytes: one, n: 1000}, strings.NewReader(film), &repeated{bytes: strings.Repeat("x", 1<<20), n: 300}, strings.NewReader("\r\n\r\n"), &repeated{bytes: one, n: 1000})
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	pages, failed, most := 0, 0, uint64(0)
	r := source.Reader{As: "warc", Stdin: in}
	for _, err := range r.Read(t.Context(), source.Stdin) {
		if err != nil {
			failed++
		} else {
			pages++
		}
		if pages%500 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&now)
			most = max(most, now.HeapAlloc)
		}
	}
	if pages != 2000 || failed != 1 {
		t.Errorf("got %d pages and %d errors, want 2000 and 1", pages, failed)
	}
	if grown := int64(most) - int64(before.HeapAlloc); grown > 30<<20 {
		t.Errorf("the heap grew by %d MiB", grown>>20)
	}
}

// TestWARCHostile: a file in which every line begins a record that breaks at the end must not be read once a line,
// which would be 600 GB.
func TestWARCHostile(t *testing.T) {
	start := time.Now()
	bad := "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: 9999990\r\n\r\n"
	got := readAs(t, source.Reader{}, "warc", strings.Repeat(bad, 120_000)) // 11 MB
	wantLines(t, got, []string{"standard input:1: is a torn record: its length is wrong (the next whole one follows)"})
	member := members(bad + strings.Repeat("x", 100_000))
	got = readAs(t, source.Reader{}, "warc", strings.Repeat(member[:len(member)-9], 300))
	if len(got) != 1 {
		t.Errorf("got %d errors, want one", len(got))
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("took %v", took)
	}
}

func FuzzWARC(f *testing.F) {
	f.Add([]byte(pageRecord(1) + pageRecord(2)[:260] + pageRecord(3)))
	f.Add([]byte(members(pageRecord(1), pageRecord(2)) + members(pageRecord(3))[:99]))
	f.Add([]byte("WARC/\n"))
	f.Add([]byte("WARC/1.0\r\nContent-Length: 9223372036854775807\r\n\r\n"))
	f.Fuzz(func(t *testing.T, in []byte) {
		fuzzed(t, "warc", in)
	})
}

// fuzzed reads hostile bytes: every document has its source, every failure is a *source.Error, and there are not more of both
// than the bytes can hold.
func fuzzed(t *testing.T, kind string, in []byte) {
	t.Helper()
	r := source.Reader{As: kind, Stdin: bytes.NewReader(in), MaxBytes: 1 << 16}
	n := 0
	for raw, err := range r.Read(t.Context(), source.Stdin) {
		n++
		if err == nil {
			if raw.From == "" || len(raw.HTML) == 0 && raw.Text == "" {
				t.Errorf("got %+v, want its source and bytes", raw)
			}
			continue
		}
		if e, ok := err.(*source.Error); !ok || e.From == "" || e.Reason == "" || len(e.Error()) > 20_000 {
			t.Errorf("got %T %+v", err, err)
		}
	}
	if n > len(in)/4+2 {
		t.Errorf("%d documents and errors of %d bytes", n, len(in))
	}
}

func BenchmarkWARC(b *testing.B) {
	var in strings.Builder
	for n := range 200 { // as long, and as well packed, as pages of news
		var body strings.Builder
		for i := range 1500 {
			fmt.Fprintf(&body, "<p class=p%d>“We will not go %d,” the senator said on Friday.</p>\n", i*n%97, i*7919%1000)
		}
		in.WriteString(members(record("response", fmt.Sprintf("https://example.org/%d", n), response("", body.String()), -1)))
	}
	b.ReportAllocs()
	b.SetBytes(int64(in.Len()))
	for b.Loop() {
		n := 0
		for _, err := range (source.Reader{As: "warc", Stdin: strings.NewReader(in.String())}).Read(b.Context(), source.Stdin) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != 200 {
			b.Fatalf("got %d pages", n)
		}
	}
}
