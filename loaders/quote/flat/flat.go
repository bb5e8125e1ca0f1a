// Package flat seals a model's bytes in a frame that tells a foreign, older or damaged file from a good one.
//
//	offset  bytes
//	0       4      magic, four letters a model kind
//	4       4      version of the payload's layout, little-endian
//	8       4      payload length
//	12      4      CRC-32 (IEEE) of the payload
//	16      …      payload
//
// A payload is read in place: fixed-width little-endian numbers, nothing is parsed as text.
package flat

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
)

const header = 16

// Seal returns payload in its frame. magic must be four bytes.
func Seal(magic string, version uint32, payload []byte) []byte {
	b := make([]byte, 0, header+len(payload))
	b = append(b, magic[:4]...)
	b = binary.LittleEndian.AppendUint32(b, version)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(payload)))
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(payload))
	return append(b, payload...)
}

// Open checks the frame and returns the payload, which shares b's memory.
func Open(magic string, version uint32, b []byte) ([]byte, error) {
	if len(b) < header || string(b[:4]) != magic {
		return nil, fmt.Errorf("no %s model: it does not begin with its magic", magic)
	}
	if v := binary.LittleEndian.Uint32(b[4:]); v != version {
		return nil, fmt.Errorf("%s model of version %d: this program reads version %d", magic, v, version)
	}
	p := b[header:]
	if n := binary.LittleEndian.Uint32(b[8:]); uint64(n) != uint64(len(p)) {
		return nil, fmt.Errorf("%s model: %d bytes of %d", magic, len(p), n)
	}
	if crc32.ChecksumIEEE(p) != binary.LittleEndian.Uint32(b[12:]) {
		return nil, fmt.Errorf("%s model: checksum does not match", magic)
	}
	return p, nil
}

// Reader takes numbers off the front of a payload. After the end it yields zeros and Err tells.
type Reader struct {
	b   []byte
	err error
}

// NewReader reads p.
func NewReader(p []byte) *Reader { return &Reader{b: p} }

// Bytes takes the next n bytes, sharing the payload's memory; nil when there are fewer.
func (r *Reader) Bytes(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.b, r.err = nil, errors.New("the payload ends early")
		return nil
	}
	p := r.b[:n:n]
	r.b = r.b[n:]
	return p
}

// U32 takes the next number.
func (r *Reader) U32() uint32 {
	if p := r.Bytes(4); p != nil {
		return binary.LittleEndian.Uint32(p)
	}
	return 0
}

// U32s takes n numbers into a new slice; nil when there are fewer.
func (r *Reader) U32s(n int) []uint32 {
	if n < 0 || n > len(r.b)/4 {
		r.Bytes(-1)
		return nil
	}
	p, out := r.Bytes(4*n), make([]uint32, n)
	for i := range out {
		out[i] = binary.LittleEndian.Uint32(p[4*i:])
	}
	return out
}

// Err is the first error, also when bytes are left over.
func (r *Reader) Err() error {
	if r.err == nil && len(r.b) > 0 {
		return fmt.Errorf("%d bytes too many", len(r.b))
	}
	return r.err
}
