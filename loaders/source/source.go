// Package source reads documents from wherever news comes, each as one Raw or one Error.
//
// A name is a file, a folder, a glob, "-" for standard input, or an http(s) address. What is in it, one of [Kinds], is told
// by the ending of its name, else by its first bytes; gzip is unpacked on the way.
//
// A document that can't be read never stops the reading: it is one [Error] that names the file,
// the line (of JSON Lines and CSV), the field, the reason and the way out, and the next document follows. One that is not wanted, and
// of which nothing is wrong, is one [Skip].
//
// # Memory
//
// One document is held at a time, and none beyond [Reader.MaxBytes]: a longer file, line or row is
// refused without being held. What gzip blows up out of all proportion is refused as well.
package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"saidgraph/loaders/fetch"
)

// Raw is one document as it came: fields are strings that nobody has judged yet, Text is UTF-8.
type Raw struct {
	From     string // the file's path, "standard input", or another name of where it came from
	Line     int    // of JSON Lines or CSV, from 1; 0 where the file is the document
	URL      string
	Title    string
	Date     string
	Outlet   string
	Byline   string
	Language string
	License  string
	Text     string

	HTML        []byte // a page as it came, in its own charset; Text is then empty: package page takes the article out of it
	ContentType string // of HTML, as the server or the archive gave it; "" where nobody said
}

// Error says why one document was not read.
type Error struct {
	From   string `json:"from"`
	Line   int    `json:"line,omitempty"`
	Field  string `json:"field,omitempty"`
	Reason string `json:"reason"`
	Hint   string `json:"hint,omitempty"` // the way out
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.From)
	if e.Line > 0 {
		b.WriteString(":" + strconv.Itoa(e.Line))
	}
	if e.Field != "" {
		b.WriteString(": " + e.Field)
	}
	b.WriteString(": " + e.Reason)
	if e.Hint != "" {
		b.WriteString(" (" + e.Hint + ")")
	}
	return b.String()
}

// Fail returns an Error about a field of the document; field "" means all of it.
func (r Raw) Fail(field, reason, hint string) *Error {
	return &Error{From: r.From, Line: r.Line, Field: field, Reason: reason, Hint: hint}
}

// Skip says why one document was not read that is not wanted.
type Skip struct {
	From string
	Line int    // as of a Raw
	Why  string // the same words for all that are left for one reason
}

func (s *Skip) Error() string {
	return (&Error{From: s.From, Line: s.Line, Reason: "left out: " + s.Why}).Error()
}

// Older is the Why of what is older than wanted.
func Older(since time.Time) string { return "older than " + since.Format(time.DateOnly) }

// unchanged is the Why of an address that was visited before.
const unchanged = "not changed since the last visit"

// DefaultMaxBytes is the longest document that a Reader takes unless told otherwise: 10 MiB, some 2,000 pages.
const DefaultMaxBytes = 10 << 20

// Stdin is the name that stands for standard input.
const Stdin = "-"

// Reader reads documents. The zero value reads files up to DefaultMaxBytes and has no standard input.
type Reader struct {
	MaxBytes int64 // of one document: a file of one, a line of JSON Lines, a row of CSV; 0: DefaultMaxBytes
	Stdin    io.Reader

	As     string            // the kind that every name is read as; "": found out for each
	Fields map[string]string // our field names → the columns of CSV or keys of JSON Lines that hold them; a field not named keeps its own name
	Since  time.Time         // pages that a feed, a sitemap or an archive calls older are skipped before they are fetched or unpacked; zero: none

	Client   *fetch.Client                                             // that addresses are fetched with; nil: none are
	Recall   func(ctx context.Context, url string) (fetch.Visit, bool) // what an earlier run, or this one, remembered of an address; called from several goroutines; nil: nothing
	Remember func(url string, v fetch.Visit)                           // called when all documents of an address were yielded; nil: nobody wants to know
}

func (r Reader) max() int64 {
	if r.MaxBytes > 0 {
		return r.MaxBytes
	}
	return DefaultMaxBytes
}

type yield func(Raw, error) bool

// Read yields the documents of the named files, folders, globs, addresses and "-", in this order; a folder's files
// in order of path, without hidden ones. Every error is an *Error or a *Skip about one document, and reading goes
// on behind it. It ends early when ctx is done. Of addresses next to one another some are fetched at once.
func (r Reader) Read(ctx context.Context, names ...string) iter.Seq2[Raw, error] {
	return func(y func(Raw, error) bool) {
		if bad := r.Check(); bad != nil {
			y(Raw{}, bad)
			return
		}
		for at := 0; at < len(names) && ctx.Err() == nil; {
			end := at
			for end < len(names) && r.Client != nil && (isAddress(names[end]) || r.As == kindURL) {
				end++
			}
			goOn := false
			if end > at+1 {
				goOn = r.addresses(ctx, names[at:end], y)
			} else {
				end = at + 1
				goOn = r.name(ctx, names[at], y)
			}
			if !goOn {
				return
			}
			at = end
		}
	}
}

// name reads one argument; false ends the reading.
func (r Reader) name(ctx context.Context, name string, y yield) bool {
	if name == Stdin {
		if r.Stdin == nil {
			return y(Raw{}, &Error{From: name, Reason: "there is no standard input"})
		}
		return r.open(ctx, "standard input", r.Stdin, 0, y)
	}
	if isAddress(name) || r.As == kindURL {
		return r.address(ctx, name, y)
	}
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		return r.dir(ctx, name, y)
	case err == nil:
		return r.file(ctx, name, info, y)
	case errors.Is(err, os.ErrNotExist) && strings.ContainsAny(name, "*?["):
		return r.glob(ctx, name, y)
	}
	return y(Raw{}, fileError(name, err))
}

func (r Reader) glob(ctx context.Context, pattern string, y yield) bool {
	found, err := filepath.Glob(pattern)
	if err != nil {
		return y(Raw{}, &Error{From: pattern, Reason: "is no valid pattern: " + err.Error()})
	}
	if len(found) == 0 {
		return y(Raw{}, &Error{From: pattern, Reason: "no file matches"})
	}
	for _, name := range found {
		if ctx.Err() != nil || !r.name(ctx, name, y) {
			return false
		}
	}
	return true
}

// fileError says what the operating system refused, without repeating the path.
func fileError(name string, err error) *Error {
	e := &Error{From: name}
	var pe *os.PathError
	var ours *Error
	switch {
	case errors.As(err, &ours):
		*e = *ours
		e.From = name
	case errors.Is(err, os.ErrNotExist):
		e.Reason = "no such file or folder"
	case errors.Is(err, os.ErrPermission):
		e.Reason, e.Hint = "may not be read", "check its permissions"
	case errors.As(err, &pe):
		e.Reason = pe.Err.Error()
	default:
		e.Reason = err.Error()
	}
	return e
}

func tooLong(from string, line int, size, limit int64) *Error {
	long := "longer than"
	if size > 0 {
		long = fmt.Sprintf("%s long, over", bytesOf(size))
	}
	return &Error{
		From: from, Line: line,
		Reason: fmt.Sprintf("is %s the limit of %s for one document", long, bytesOf(limit)),
		Hint:   "split it into articles, or raise --max-bytes",
	}
}

func bytesOf(n int64) string {
	switch {
	case n >= 10<<20:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	case n >= 10<<10:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}
