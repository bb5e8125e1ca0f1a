package fetch

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// bodyLimit caps a body, in bytes; one that is longer is cut there or refused.
type bodyLimit struct {
	bytes int64
	cut   bool
}

// readBody returns the body unpacked. A body that ends early is an error: half an article must not replace a whole one.
func readBody(ctx context.Context, u *url.URL, answer *http.Response, limit bodyLimit) ([]byte, *Error) {
	tooLong := fail(u, fmt.Sprintf("is longer than the limit of %d MiB", limit.bytes>>20), "")
	if limit.bytes < 1<<20 {
		tooLong.Reason = fmt.Sprintf("is longer than the limit of %d bytes", limit.bytes)
	}
	if answer.ContentLength > limit.bytes && !limit.cut {
		return nil, tooLong
	}
	wire := &io.LimitedReader{R: answer.Body, N: limit.bytes + 1}
	in, packed, bad := unpack(u, answer, wire)
	if bad != nil {
		return nil, bad
	}
	var body bytes.Buffer
	_, err := io.Copy(&body, io.LimitReader(in, limit.bytes+1))
	if over := int64(body.Len()) > limit.bytes; over || wire.N == 0 {
		if !limit.cut {
			if over && packed {
				tooLong.Reason = strings.Replace(tooLong.Reason, "is longer", "unpacks to more", 1)
			}
			return nil, tooLong
		}
		body.Truncate(min(body.Len(), int(limit.bytes)))
		err = nil
	}
	if err == nil {
		return body.Bytes(), nil
	}
	if errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) || packed && strings.HasPrefix(err.Error(), "flate:") {
		return nil, &Error{URL: u.String(), Reason: "came as damaged gzip", Temporary: true}
	}
	e := networkError(ctx, u, err)
	if e.again {
		e.Reason += fmt.Sprintf(", %d bytes into its body", body.Len())
	}
	return nil, e
}

// unpack returns the body's reader by its Content-Encoding. Gzip that is none is taken as it is: servers label what
// they forgot to pack.
func unpack(u *url.URL, answer *http.Response, wire io.Reader) (in io.Reader, packed bool, bad *Error) {
	switch encoding := strings.ToLower(strings.TrimSpace(strings.Join(answer.Header.Values("Content-Encoding"), ", "))); encoding {
	case "", "identity":
		return wire, false, nil
	case "gzip", "x-gzip":
		b := bufio.NewReader(wire)
		if head, _ := b.Peek(2); string(head) != "\x1f\x8b" {
			return b, false, nil
		}
		z, err := gzip.NewReader(b)
		if err != nil {
			return nil, false, &Error{URL: u.String(), Reason: "came as damaged gzip", Temporary: true}
		}
		return z, true, nil
	default:
		return nil, false, fail(u, fmt.Sprintf("came packed as %.40q, which nobody asked for", encoding), "")
	}
}
