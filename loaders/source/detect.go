package source

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// The kinds of source.
const (
	kindText    = "text"
	kindHTML    = "html"
	kindJSONL   = "jsonl"
	kindCSV     = "csv"
	kindFeed    = "feed"
	kindSitemap = "sitemap"
	kindURL     = "url"
	kindWARC    = "warc"
)

// Kinds are the kinds of source that Reader.As takes.
func Kinds() []string {
	return []string{kindText, kindHTML, kindJSONL, kindCSV, kindFeed, kindSitemap, kindURL, kindWARC}
}

// endings of file names that say what is inside. An .xml may be a feed, a sitemap or a page: its first bytes say which.
var endings = map[string]string{
	".txt": kindText, ".text": kindText, ".md": kindText,
	".html": kindHTML, ".htm": kindHTML, ".xhtml": kindHTML,
	".jsonl": kindJSONL, ".ndjson": kindJSONL, ".json": kindJSONL,
	".csv": kindCSV, ".tsv": kindCSV,
	".rss": kindFeed, ".atom": kindFeed,
	".warc": kindWARC,
}

// headBytes are what detection sees of a source.
const headBytes = 4096

// isAddress says whether a name is to be fetched.
func isAddress(name string) bool {
	scheme, rest, ok := strings.Cut(name, "://")
	return ok && rest != "" && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

// detect returns the kind of a source by the ending of its name, else by its first bytes, which are unpacked.
func detect(name string, head []byte) string {
	ext := strings.ToLower(filepath.Ext(name))
	if ext == ".gz" {
		ext = strings.ToLower(filepath.Ext(name[:len(name)-len(ext)]))
	}
	kind := endings[ext]
	if kind == "" {
		return sniff(head)
	}
	if kind == kindJSONL && sniff(head) == kindFeed {
		return kindFeed
	}
	return kind
}

// sniff returns the kind that the first bytes of a source are of: text where they are nothing else.
func sniff(head []byte) string {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, utf8BOM), " \t\r\n")
	switch {
	case bytes.HasPrefix(head, []byte("WARC/")):
		return kindWARC
	case bytes.HasPrefix(head, []byte("{")):
		if bytes.Contains(head, []byte("//jsonfeed.org/version/")) || bytes.Contains(head, []byte(`\/\/jsonfeed.org\/version\/`)) {
			return kindFeed
		}
		return kindJSONL
	case bytes.HasPrefix(head, []byte("<")):
		return markup(head)
	case isHeader(head):
		return kindCSV
	}
	return kindText
}

// markup returns the kind of a source that begins with a tag, by its root element.
func markup(head []byte) string {
	xml := bytes.HasPrefix(head, []byte("<?xml"))
	for _, c := range []struct{ open, end string }{{"<?", "?>"}, {"<!--", "-->"}, {"<!", ">"}, {"<?", "?>"}, {"<!--", "-->"}, {"<!", ">"}, {"<!--", "-->"}} {
		for bytes.HasPrefix(head, []byte(c.open)) {
			if c.open == "<!" && len(head) > 14 && strings.EqualFold(string(head[:14]), "<!doctype html") {
				return kindHTML
			}
			end := c.end
			if tag, _, _ := bytes.Cut(head, []byte(">")); c.open == "<!" && bytes.IndexByte(tag, '[') >= 0 {
				end = "]>" // a document type with entities of its own
			}
			_, rest, _ := bytes.Cut(head, []byte(end))
			head = bytes.TrimLeft(rest, " \t\r\n")
		}
	}
	name := bytes.TrimPrefix(head, []byte("<"))
	if at := bytes.IndexAny(name, " \t\r\n/>"); at >= 0 {
		name = name[:at]
	}
	if at := bytes.LastIndexByte(name, ':'); at >= 0 { // a prefix of its namespace
		name = name[at+1:]
	}
	switch strings.ToLower(string(name)) {
	case "rss", "feed", "rdf":
		return kindFeed
	case "urlset", "sitemapindex":
		return kindSitemap
	case "html", "head", "body", "article", "main", "div", "meta", "title", "p":
		if !xml || strings.EqualFold(string(name), "html") {
			return kindHTML
		}
	}
	return kindText
}

// open reads one source as what it is, or as what As says; gzip is unpacked on the way. size is its length where that is known, else 0.
func (r Reader) open(ctx context.Context, from string, in io.Reader, size int64, y yield) bool {
	b := bufio.NewReaderSize(in, 64<<10)
	head, err := b.Peek(headBytes)
	if err != nil && err != io.EOF && len(head) == 0 {
		return y(Raw{}, fileError(from, err))
	}
	packed := isGzip(head)
	if packed {
		size = 0
		head = unpackHead(head)
	}
	kind := r.As
	if kind == "" {
		kind = detect(from, head)
	}
	if (kind == kindText || kind == kindHTML) && size > r.max() {
		return y(Raw{}, tooLong(from, 0, size, r.max()))
	}
	if packed && kind != kindWARC { // of which every record is a member of its own
		b = bufio.NewReaderSize(unpack(b), 64<<10)
	}
	return r.as(ctx, kind, from, b, y)
}

// as reads the unpacked bytes of one source.
func (r Reader) as(ctx context.Context, kind, from string, in *bufio.Reader, y yield) bool {
	switch kind {
	case kindText:
		return r.text(from, in, y)
	case kindHTML:
		return r.html(from, in, y)
	case kindJSONL:
		return r.lines(ctx, from, in, y)
	case kindCSV:
		return r.table(ctx, from, in, y)
	case kindFeed:
		return r.feed(ctx, from, in, y)
	case kindSitemap:
		return r.sitemap(ctx, from, in, y)
	case kindWARC:
		return r.warc(ctx, from, in, y)
	}
	return y(Raw{}, &Error{From: from, Reason: "can't be read as " + kind, Hint: "an address is given by itself"})
}

// Check returns what is wrong with the reader's own settings, of which Field names one: "as" or "fields".
func (r Reader) Check() *Error {
	if r.As != "" && !slices.Contains(Kinds(), r.As) {
		return &Error{From: "settings", Field: "as", Reason: fmt.Sprintf("%q is no kind of source", r.As), Hint: "one of " + strings.Join(Kinds(), ", ")}
	}
	for _, ours := range slices.Sorted(maps.Keys(r.Fields)) {
		if !slices.Contains(fieldNames, ours) {
			return &Error{From: "settings", Field: "fields", Reason: fmt.Sprintf("%q is no field of a document", ours), Hint: "one of " + strings.Join(fieldNames, ", ")}
		}
	}
	return nil
}
