package source

import (
	"bytes"
	"errors"
	"io"

	"github.com/klauspost/compress/gzip"
)

// Bounds of unpacking: what unpacks to more than bombRatio times its size, and to more than bombFloor, is no text. English
// text in gzip is a third of its size, a log a thirtieth, and gzip's own bound is a thousandth.
const (
	bombRatio = 200
	bombFloor = 16 << 20
)

func isGzip(head []byte) bool { return bytes.HasPrefix(head, []byte("\x1f\x8b")) }

// unpackHead returns what the first bytes of a gzip file unpack to, as far as they reach.
func unpackHead(head []byte) []byte {
	z, err := gzip.NewReader(bytes.NewReader(head))
	if err != nil {
		return nil
	}
	out := make([]byte, headBytes)
	n, _ := io.ReadFull(z, out) // ends early: there is only the head
	return out[:n]
}

// unpacked reads gzip, one member after another. Its errors are *Error without From.
type unpacked struct {
	in       io.Reader
	z        *gzip.Reader
	from, to int64 // bytes read and unpacked
}

func unpack(in io.Reader) *unpacked { return &unpacked{in: in} }

// counted counts the bytes that the decoder takes.
type counted struct{ u *unpacked }

func (c counted) Read(p []byte) (int, error) {
	n, err := c.u.in.Read(p)
	c.u.from += int64(n)
	return n, err
}

func (u *unpacked) Read(p []byte) (int, error) {
	if u.z == nil {
		z, err := gzip.NewReader(counted{u})
		if err != nil {
			return 0, gzipError(err)
		}
		u.z = z
	}
	n, err := u.z.Read(p)
	u.to += int64(n)
	if u.to > bombFloor && u.to > bombRatio*u.from {
		return 0, &Error{Reason: "unpacks to more than 200 times its size: a zip bomb", Hint: "text never does; look at it with zcat FILE | head -c 1000"}
	}
	if err != nil && err != io.EOF {
		err = gzipError(err)
	}
	return n, err
}

func gzipError(err error) *Error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return &Error{Reason: "is a gzip file that is cut off", Hint: "get it again"}
	}
	return &Error{Reason: "is a damaged gzip file: " + err.Error(), Hint: "get it again; gunzip -t FILE shows the damage"}
}
