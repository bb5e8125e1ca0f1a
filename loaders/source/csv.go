package source

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
)

// delimiters of CSV, the likeliest first: spreadsheets of half of Europe write semicolons.
const delimiters = ",\t;"

// table yields the documents of CSV, one a row; the first row names the columns.
//
// Rows are cut before they are read, so that a damaged one costs no other and none is held beyond the limit.
func (r Reader) table(ctx context.Context, from string, in *bufio.Reader, y yield) bool {
	if head, _ := in.Peek(headBytes); len(head) > 0 {
		if bad := notRows(head); bad != nil {
			bad.From = from
			return y(Raw{}, bad)
		}
		if bytes.HasPrefix(head, utf8BOM) {
			_, _ = in.Discard(len(utf8BOM)) // just peeked
		}
	}
	c := cutter{in: in, limit: r.max(), next: 1}
	var head header
	for ctx.Err() == nil {
		row, size, err := c.row(head.delimiter)
		raw := Raw{From: from, Line: c.line}
		if err != nil && err != io.EOF {
			e := fileError(from, err)
			e.Line = c.line
			return y(Raw{}, e)
		}
		switch {
		case err == io.EOF && size == 0:
			if head.columns == nil {
				return y(Raw{}, &Error{From: from, Reason: "is empty"})
			}
			return true
		case size <= r.max() && len(bytes.TrimSpace(row)) == 0:
			continue
		case head.columns == nil:
			var bad *Error
			if head, bad = r.header(raw, row, size); bad != nil {
				return y(raw, bad)
			}
			continue
		}
		if !y(r.row(raw, head, row, size, err == io.EOF)) {
			return false
		}
	}
	return false
}

// notRows recognises by its first bytes a file that is no CSV in UTF-8.
func notRows(head []byte) *Error {
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return &Error{Reason: "is UTF-16; CSV must be UTF-8", Hint: "convert it: iconv -f UTF-16 -t UTF-8, or save it as “CSV UTF-8”"}
	}
	if bytes.IndexByte(head, 0) >= 0 || bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		_, bad := Decode(head)
		return bad
	}
	return nil
}

// header is the first row of a CSV.
type header struct {
	columns   []string
	delimiter byte
}

// column returns the number of a column, whatever its case; -1 where there is none.
func (h header) column(name string) int {
	if at := slices.Index(h.columns, name); at >= 0 {
		return at
	}
	return slices.IndexFunc(h.columns, func(c string) bool { return strings.EqualFold(c, name) })
}

// header reads the first row, and with it finds the delimiter: the one that parts it into most columns.
func (r Reader) header(raw Raw, row []byte, size int64) (header, *Error) {
	if size > r.max() {
		return header{}, tooLong(raw.From, raw.Line, size, r.max())
	}
	if bad := notUTF8(raw, row); bad != nil {
		return header{}, bad
	}
	h := header{delimiter: delimiters[0]}
	for i := range len(delimiters) {
		cells, err := cells(row, delimiters[i])
		if err == nil && len(cells) > len(h.columns) {
			h = header{cells, delimiters[i]}
		}
	}
	for i, c := range h.columns {
		h.columns[i] = strings.TrimSpace(c)
	}
	shown := strings.Join(h.columns[:min(len(h.columns), 20)], ", ")
	for _, field := range fieldNames {
		if column := r.Fields[field]; column != "" && h.column(column) < 0 {
			return header{}, raw.Fail(column, "is no column, though "+field+"="+column+" wants it", "the first row names these: "+cut(shown, 200))
		}
	}
	if h.column(r.key("text")) < 0 && h.column(r.key("html")) < 0 {
		return header{}, raw.Fail("text", "is no column", "the first row names these: "+cut(shown, 200)+"; say which holds the text, with --field text=COLUMN")
	}
	return h, nil
}

// cut shortens what a message shows of a file.
func cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "") + "…"
}

// row makes a document of a row.
func (r Reader) row(raw Raw, h header, row []byte, size int64, last bool) (Raw, error) {
	if size > r.max() {
		e := tooLong(raw.From, raw.Line, size, r.max())
		if last {
			e.Hint = "a quotation mark in it may not be closed; or raise --max-bytes"
		}
		return raw, e
	}
	if bad := notUTF8(raw, row); bad != nil {
		return raw, bad
	}
	got, err := cells(row, h.delimiter)
	if err != nil {
		hint := `a cell with a quotation mark is written "like ""this"""`
		if last && errors.Is(err, csv.ErrQuote) {
			hint = "the file may be cut off here, or a quotation mark is not closed"
		}
		return raw, raw.Fail("", "is no CSV: "+err.Error(), hint)
	}
	if len(got) > len(h.columns) {
		return raw, raw.Fail("", "has more cells than the first row has columns", "a cell with a comma in it is written in quotation marks")
	}
	return r.fill(raw, "each row needs a text", func(key string) (string, *Error) {
		if at := h.column(key); at >= 0 && at < len(got) {
			return got[at], nil
		}
		return "", nil
	})
}

// cells reads one row.
func cells(row []byte, delimiter byte) ([]string, error) {
	c := csv.NewReader(bytes.NewReader(row))
	c.Comma, c.FieldsPerRecord = rune(delimiter), -1
	got, err := c.Read()
	var wrong *csv.ParseError
	if errors.As(err, &wrong) {
		err = wrong.Err // its line and column count in the row
	}
	return got, err
}

// isHeader says whether the first bytes are the first row of a CSV of documents: short names in two or more
// columns, one of them a text or a page, one another of our fields.
func isHeader(head []byte) bool {
	first, _, ok := bytes.Cut(head, []byte("\n"))
	if !ok || len(first) > 1000 {
		return false
	}
	for i := range len(delimiters) {
		got, err := cells(first, delimiters[i])
		if err != nil {
			continue
		}
		known, body := 0, false
		for _, c := range got {
			c = strings.ToLower(strings.TrimSpace(c))
			if slices.Contains(fieldNames, c) {
				known++
				body = body || c == "text" || c == "html"
			}
		}
		if body && known >= 2 {
			return true
		}
	}
	return false
}

// cutter cuts a CSV into rows: a line end within quotation marks is part of its cell.
type cutter struct {
	in    *bufio.Reader
	limit int64
	line  int // of the row just cut, from 1
	next  int // of the row to come
}

// row returns the next row without its end and its length in bytes; of a row over the limit only the length. A
// mark opens a cell only at its beginning, where delimiter 0 stands for any.
func (c *cutter) row(delimiter byte) (row []byte, size int64, err error) {
	c.line = c.next
	quoted, start := false, true
	for {
		part, err := c.in.ReadSlice('\n')
		size += int64(len(part))
		if size <= c.limit+2 {
			row = append(row, part...)
		} else {
			row = nil
		}
		for _, b := range part {
			switch {
			case b == '"' && (quoted || start):
				quoted, start = !quoted, quoted // a mark behind the closing one goes on with the cell
			case quoted:
			case b == delimiter || delimiter == 0 && strings.IndexByte(delimiters, b) >= 0:
				start = true
			default:
				start = false
			}
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if bytes.HasSuffix(part, []byte("\n")) {
			c.next++
		}
		if err == nil && quoted {
			continue
		}
		if n := len(part) - len(bytes.TrimRight(part, "\r\n")); !quoted {
			size -= int64(n)
		}
		return bytes.TrimRight(row, "\r\n"), size, err
	}
}
