package source

import (
	"bytes"
	"errors"
	"io"
	"slices"
)

// tapeChunk is what is read at once; windFree what may be read twice for nothing, before it must be earned.
const (
	tapeChunk = 64 << 10
	windFree  = 64 << 20
)

// tape is a stream that can be wound back to a mark: what is read of a record stays at hand until the record proves whole. It
// keeps most bytes, and where a record is longer it can't be wound back.
type tape struct {
	in   io.Reader
	most int

	buf      []byte
	mark, at int   // in buf
	lost     bool  // what stood at the mark is gone
	err      error // of in, behind buf

	read, wound int64 // bytes, to bound the work on a hostile file
}

func (t *tape) reset(in io.Reader) {
	*t = tape{in: in, most: t.most, buf: t.buf[:0]}
}

// setMark sets the place to wind back to.
func (t *tape) setMark() { t.mark, t.lost = t.at, false }

// fill reads on behind buf; false at the end.
func (t *tape) fill() bool {
	if t.err != nil {
		return false
	}
	if t.mark > 0 {
		t.buf = t.buf[:copy(t.buf, t.buf[t.mark:])]
		t.at -= t.mark
		t.mark = 0
	}
	if len(t.buf) >= t.most && t.at > 0 {
		t.buf = t.buf[:copy(t.buf, t.buf[t.at:])]
		t.at, t.lost = 0, true
	}
	t.buf = slices.Grow(t.buf, tapeChunk)
	n, err := io.ReadAtLeast(t.in, t.buf[len(t.buf):len(t.buf)+tapeChunk], 1)
	t.buf, t.err = t.buf[:len(t.buf)+n], err
	t.read += int64(n)
	return n > 0
}

// Read and ReadByte make the tape a stream that a decoder reads no further than it must.
func (t *tape) Read(p []byte) (int, error) {
	if t.at == len(t.buf) && !t.fill() {
		return 0, t.err
	}
	n := copy(p, t.buf[t.at:])
	t.at += n
	return n, nil
}

func (t *tape) ReadByte() (byte, error) {
	if t.at == len(t.buf) && !t.fill() {
		return 0, t.err
	}
	c := t.buf[t.at]
	t.at++
	return c, nil
}

// peek returns the next n bytes, fewer at the end.
func (t *tape) peek(n int) []byte {
	for len(t.buf)-t.at < n && t.fill() {
		continue
	}
	return t.buf[t.at:min(len(t.buf), t.at+n)]
}

var errLongLine = errors.New("has a line that is too long")

// line returns the next line without its end, which must come within most bytes.
func (t *tape) line(most int) (string, error) {
	for n := tapeChunk; ; n += tapeChunk {
		head := t.peek(min(n, most))
		if at := bytes.IndexByte(head, '\n'); at >= 0 {
			t.at += at + 1
			return string(bytes.TrimSuffix(head[:at], []byte("\r"))), nil
		}
		if len(head) >= most {
			return "", errLongLine
		}
		if len(head) < n {
			if t.err == io.EOF {
				return "", io.ErrUnexpectedEOF
			}
			return "", t.err
		}
	}
}

// skip reads n bytes and forgets them.
func (t *tape) skip(n int64) error {
	for n > 0 {
		if t.at == len(t.buf) && !t.fill() {
			if t.err == io.EOF {
				return io.ErrUnexpectedEOF
			}
			return t.err
		}
		step := min(n, int64(len(t.buf)-t.at))
		t.at += int(step)
		n -= step
	}
	return nil
}

// resume winds back to just behind the mark, where it can, and goes to the next place where start finds something in the
// bytes; start returns -1 where it does not. Winding back must not make the work more than twice the file: a hostile one
// would have every byte begin a record that breaks at the end.
func (t *tape) resume(start func([]byte) int, longest int) bool {
	switch back := int64(t.at - t.mark); {
	case back == 0 && t.at < len(t.buf):
		t.at++ // a line without an end breaks before a byte of it is read
	case !t.lost && back > 0 && t.wound+back <= windFree+t.read:
		t.wound += back
		t.at = t.mark + 1
	}
	for {
		t.setMark()
		if len(t.peek(longest)) == 0 {
			return false
		}
		if at := start(t.buf[t.at:]); at >= 0 {
			t.at += at
			return true
		}
		t.at = max(t.at, len(t.buf)-longest+1)
		if !t.fillBehind() {
			return false
		}
	}
}

// fillBehind reads on and keeps nothing in front of at.
func (t *tape) fillBehind() bool {
	t.setMark()
	return t.fill()
}
