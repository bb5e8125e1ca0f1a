package source

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// Lines yields the documents of JSON Lines read from in, which from names in errors.
func (r Reader) Lines(ctx context.Context, from string, in io.Reader) func(func(Raw, error) bool) {
	return func(y func(Raw, error) bool) { r.lines(ctx, from, bufio.NewReaderSize(in, 64<<10), y) }
}

func (r Reader) lines(ctx context.Context, from string, in *bufio.Reader, y yield) bool {
	if head, _ := in.Peek(4096); len(head) > 0 {
		if bad := notLines(head); bad != nil {
			bad.From = from
			return y(Raw{}, bad)
		}
		if bytes.HasPrefix(head, utf8BOM) {
			_, _ = in.Discard(len(utf8BOM)) // just peeked
		}
	}
	found := false
	for n := 1; ctx.Err() == nil; n++ {
		line, size, err := readLine(in, r.max())
		last := err == io.EOF
		if err != nil && !last {
			e := fileError(from, err)
			e.Line = n
			return y(Raw{}, e)
		}
		if last && size == 0 {
			break
		}
		if size <= r.max() && len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		found = true
		raw := Raw{From: from, Line: n}
		if size > r.max() {
			err = tooLong(from, n, size, r.max())
		} else {
			raw, err = r.parseLine(raw, line, last)
		}
		if !y(raw, err) {
			return false
		}
	}
	if ctx.Err() != nil {
		return false
	}
	return found || y(Raw{}, &Error{From: from, Reason: "is empty"})
}

// notLines recognises by its first bytes a file of which not one line could be read.
func notLines(head []byte) *Error {
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return &Error{Reason: "is UTF-16; JSON Lines must be UTF-8", Hint: "convert it: iconv -f UTF-16 -t UTF-8"}
	}
	if bytes.IndexByte(head, 0) >= 0 || bytes.HasPrefix(head, []byte("\x1f\x8b")) {
		_, bad := Decode(head)
		return bad
	}
	first, _, _ := bytes.Cut(bytes.TrimSpace(bytes.TrimPrefix(head, utf8BOM)), []byte("\n"))
	switch string(bytes.TrimSpace(first)) {
	case "[", "{":
		return &Error{Reason: "is one JSON document over many lines, not one object a line", Hint: "convert it: jq -c '.[]? // .'"}
	}
	return nil
}

// readLine returns the next line without its end and its length in bytes; of a line over max only the length.
func readLine(in *bufio.Reader, limit int64) (line []byte, size int64, err error) {
	for {
		part, err := in.ReadSlice('\n')
		size += int64(len(part))
		if size <= limit+2 { // the line's end does not count
			line = append(line, part...)
		} else {
			line = nil
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if n := len(bytes.TrimRight(part, "\r\n")); n < len(part) {
			size -= int64(len(part) - n)
		}
		return bytes.TrimRight(line, "\r\n"), size, err
	}
}

func (r Reader) parseLine(raw Raw, line []byte, last bool) (Raw, error) {
	if bad := notUTF8(raw, line); bad != nil {
		return raw, bad
	}
	var rec map[string]json.RawMessage
	if err := json.Unmarshal(line, &rec); err != nil {
		return raw, jsonError(raw, "", err, last)
	}
	way := `each line needs {"text": "…"}`
	if key := r.key("text"); key != "text" {
		way = "each line needs it, since text=" + key
	} else if len(r.Fields) == 0 {
		way += "; another key is named by --field text=KEY"
	}
	return r.fill(raw, way, func(key string) (string, *Error) {
		value, ok := rec[key]
		if !ok { // whatever its case, as encoding/json does
			same := ""
			for k := range rec {
				if strings.EqualFold(k, key) && k > same {
					same, value = k, rec[k]
				}
			}
		}
		var s string
		if len(value) > 0 {
			if err := json.Unmarshal(value, &s); err != nil {
				return "", jsonError(raw, key, err, last)
			}
		}
		return s, nil
	})
}

// jsonError says what is wrong with a line, or with the value of one of its keys.
func jsonError(raw Raw, key string, err error, last bool) *Error {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		if key == "" {
			return raw.Fail("", "must be a JSON object, found a JSON "+wrong.Value, `write {"text": "…"}`)
		}
		return raw.Fail(key, "must be a string, found a JSON "+wrong.Value, "")
	}
	hint := ""
	if last && strings.Contains(err.Error(), "unexpected end") {
		hint = "the file may be cut off here"
	}
	return raw.Fail(key, "is no JSON: "+err.Error(), hint)
}
