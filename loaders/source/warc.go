package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http/httputil"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"

	"saidgraph/loaders/fetch"
)

// Bounds of a record's header, and of the HTTP header within, in bytes.
const longestHeader = 64 << 10

// warc yields the pages of a web archive (WARC 1.0 and 1.1), packed or plain: its records of responses with the status 200 that are
// HTML. In a packed one each record is a member of its own, as Common Crawl's and all others' are; that need not be. A
// record that is torn, or lies about its length, is one error, and the next whole one follows. Others than pages are
// passed over in silence.
func (r Reader) warc(ctx context.Context, from string, in io.Reader, y yield) bool {
	most := int(r.max()) + 2*longestHeader
	a := &archive{r: r, from: from, y: y, inner: tape{most: most}}
	t := &tape{in: in, most: most}
	packed := isGzip(t.peek(2))
	start, longest := nextRecord, len(recordStart)
	if packed {
		start, longest = nextMember, 4
	}
	for more := true; more && len(t.peek(1)) > 0; {
		t.setMark()
		var err error
		if packed {
			err = a.member(ctx, t)
		} else {
			err = a.record(ctx, t)
		}
		switch {
		case err == errStop:
			return false
		case err == nil || err == io.EOF:
			continue
		case !a.tear(err):
			return false
		}
		more = t.resume(start, longest)
	}
	switch {
	case ctx.Err() != nil:
		return false
	case t.err != nil && t.err != io.EOF:
		return y(Raw{}, fileError(from, t.err))
	case a.n == 0:
		return y(Raw{}, &Error{From: from, Reason: "is empty"})
	}
	return true
}

// recordStart is how a record begins; a digit, and the line's end, follow.
const recordStart = "WARC/1.0\r\n"

func nextRecord(b []byte) int {
	for at := 0; ; at++ {
		next := bytes.Index(b[at:], []byte("WARC/1."))
		if next < 0 || at+next+9 > len(b) {
			return -1
		}
		if at += next; (b[at+7] == '0' || b[at+7] == '1') && (b[at+8] == '\r' || b[at+8] == '\n') {
			return at
		}
	}
}

func nextMember(b []byte) int {
	for at := 0; ; at++ {
		next := bytes.Index(b[at:], []byte("\x1f\x8b\x08"))
		if next < 0 || at+next+4 > len(b) {
			return -1
		}
		if at += next; b[at+3]&0xe0 == 0 { // the flags that are none
			return at
		}
	}
}

// archive is a web archive that is read.
type archive struct {
	r    Reader
	from string
	y    yield

	n     int  // records so far; a torn stretch is one, so that each error and page has a number of its own
	torn  bool // and nothing whole since
	z     *gzip.Reader
	inner tape
}

// tear yields one error for a torn stretch.
func (a *archive) tear(err error) bool {
	if a.torn {
		return true
	}
	a.torn = true
	a.n++
	reason := err.Error()
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		reason = "it is cut off"
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), strings.HasPrefix(reason, "flate:"):
		reason = "its gzip is damaged"
	}
	return a.y(Raw{}, &Error{From: a.from, Line: a.n, Reason: "is a torn record: " + reason, Hint: "the next whole one follows"})
}

// member reads the records of one member of gzip.
func (a *archive) member(ctx context.Context, t *tape) (err error) {
	if a.z == nil {
		a.z, err = gzip.NewReader(t)
	} else {
		err = a.z.Reset(t)
	}
	if err != nil {
		a.z = nil
		return err
	}
	a.z.Multistream(false)
	in := &a.inner
	in.reset(a.z)
	for len(in.peek(1)) > 0 {
		in.setMark()
		err := a.record(ctx, in)
		if err == errStop {
			return err
		}
		if err == nil || err == io.EOF {
			continue
		}
		if in.err != nil && in.err != io.EOF {
			return in.err // the member is damaged, not the record
		}
		if !a.tear(err) {
			return errStop
		}
		if !in.resume(nextRecord, len(recordStart)) {
			break
		}
	}
	if in.err != io.EOF {
		return in.err
	}
	return nil
}

// record reads one record; io.EOF where only empty lines are left.
func (a *archive) record(ctx context.Context, t *tape) error {
	if ctx.Err() != nil {
		return errStop
	}
	for c := t.peek(1); len(c) == 1 && (c[0] == '\r' || c[0] == '\n'); c = t.peek(1) {
		t.at++
		t.setMark()
	}
	if len(t.peek(1)) == 0 {
		return io.EOF
	}
	if version, err := t.line(1024); err != nil {
		return err
	} else if !strings.HasPrefix(version, "WARC/") {
		return errors.New("it does not begin with WARC/1")
	}
	h, err := recordHeader(t)
	if err != nil {
		return err
	}
	length, err := strconv.ParseInt(h["content-length"], 10, 64)
	if err != nil || length < 0 {
		return errors.New("it does not say its length")
	}
	raw := Raw{From: a.from, Line: a.n + 1, URL: fetch.Redact(strings.Trim(h["warc-target-uri"], "<>"))}
	wanted := h["warc-type"] == "response" && isAddress(strings.Trim(h["warc-target-uri"], "<>"))
	at := date(h["warc-date"]) // a page is older than its copy
	old := wanted && !at.IsZero() && at.Before(a.r.Since)
	var block bytes.Buffer
	if wanted && !old && length <= a.r.max()+longestHeader {
		block.Grow(int(min(length, 256<<10)) + bytes.MinRead)
		if _, err = io.CopyN(&block, t, length); err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
	} else {
		err = t.skip(length)
	}
	if err != nil {
		return err
	}
	end := t.peek(9)
	if t.err != nil && t.err != io.EOF {
		return t.err
	}
	if next := bytes.TrimLeft(end, "\r\n"); !bytes.HasPrefix(end, []byte("\r\n\r\n")) && !bytes.HasPrefix([]byte("WARC/"), next[:min(len(next), 5)]) {
		return errors.New("its length is wrong")
	}
	a.n++
	a.torn = false
	switch {
	case !wanted:
		return nil
	case old:
		return a.yielded(a.y(Raw{}, &Skip{From: a.from, Line: raw.Line, Why: Older(a.r.Since)}))
	}
	if length > a.r.max()+longestHeader {
		return a.yield(raw, tooLong(a.from, raw.Line, length, a.r.max()))
	}
	found, bad := a.page(&raw, block.Bytes())
	if !found && bad == nil {
		return nil
	}
	return a.yield(raw, bad)
}

func (a *archive) yield(raw Raw, bad *Error) error { return a.yielded(yieldOne(a.y, raw, bad)) }

func (a *archive) yielded(goOn bool) error {
	if !goOn {
		return errStop
	}
	return nil
}

// recordHeader reads the lines of a record's header, names in lower case.
func recordHeader(t *tape) (map[string]string, error) {
	h := map[string]string{}
	last := ""
	for left := longestHeader; ; {
		line, err := t.line(left)
		switch {
		case err == errLongLine:
			return nil, errors.New("its header is longer than 64 KiB")
		case err != nil:
			return nil, err
		case line == "":
			return h, nil
		}
		left -= len(line) + 1
		if line[0] == ' ' || line[0] == '\t' { // a line folded
			h[last] += " " + strings.TrimSpace(line)
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok || strings.HasSuffix(line, "WARC/1.0") || strings.HasSuffix(line, "WARC/1.1") { // torn, and the next record follows
			return nil, errors.New("its header is damaged")
		}
		last = strings.ToLower(strings.TrimSpace(name))
		h[last] = strings.TrimSpace(value)
	}
}

// page puts the page of an HTTP response into raw; found is false where it is another thing.
func (a *archive) page(raw *Raw, block []byte) (found bool, bad *Error) {
	status, h, body := answer(block)
	if fields := strings.Fields(status); len(fields) < 2 || !strings.HasPrefix(fields[0], "HTTP/") || fields[1] != "200" {
		return false, nil
	}
	media, _, _ := mime.ParseMediaType(h["content-type"])
	if media != "" && media != "text/html" && media != "application/xhtml+xml" {
		return false, nil
	}
	if body, bad = a.decode(raw, h, body); bad != nil {
		return true, bad
	}
	if media == "" && sniff(body[:min(len(body), headBytes)]) != kindHTML || len(bytes.TrimSpace(body)) == 0 {
		return false, nil
	}
	raw.HTML, raw.ContentType = body, h["content-type"]
	return true, nil
}

// answer takes an HTTP answer apart: its first line, its header with names in lower case, and its body. A line that is no
// field is passed over.
func answer(block []byte) (status string, h map[string]string, body []byte) {
	h = map[string]string{}
	for n := 0; ; n++ {
		line, rest, ok := bytes.Cut(block, []byte("\n"))
		if !ok || len(line) > longestHeader || len(h) > 1000 {
			return status, h, nil
		}
		block = rest
		text := strings.TrimSpace(string(line))
		if name, value, ok := strings.Cut(text, ":"); n == 0 {
			status = text
		} else if text == "" {
			return status, h, block
		} else if ok {
			h[strings.ToLower(strings.TrimSpace(name))] = strings.TrimSpace(value)
		}
	}
}

// decode undoes the encodings of a body.
func (a *archive) decode(raw *Raw, h map[string]string, body []byte) ([]byte, *Error) {
	if strings.Contains(strings.ToLower(h["transfer-encoding"]), "chunked") { // many archives undid it and left the header
		if whole, _ := io.ReadAll(httputil.NewChunkedReader(bytes.NewReader(body))); len(whole) > 0 {
			body = whole
		}
	}
	body, coding, err := uncoded(h["content-encoding"], body, a.r.max())
	switch {
	case err == errCoding:
		return nil, raw.Fail("", fmt.Sprintf("holds a page packed as %.20q, which is not read", coding), "")
	case err != nil:
		return nil, raw.Fail("", "holds a page of damaged "+coding, "")
	case int64(len(body)) > a.r.max():
		return nil, tooLong(raw.From, raw.Line, 0, a.r.max())
	}
	return body, nil
}
