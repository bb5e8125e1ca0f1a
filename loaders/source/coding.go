package source

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// zstdWindow is what a page of zstd may ask its reader to hold: RFC 9659's bound. Brotli's own is 16 MiB.
const zstdWindow = 8 << 20

var errCoding = errors.New("a coding that is not read")

// uncoded undoes the content coding of a body of HTTP, up to one byte more than limit, and names it. Archives differ in
// which codings they undid themselves and left in the header, so what does not look packed is taken as it is.
func uncoded(said string, body []byte, limit int64) (out []byte, coding string, err error) {
	said = strings.ToLower(strings.TrimSpace(said))
	var in io.Reader
	switch packed := bytes.NewReader(body); {
	case isGzip(body):
		coding = "gzip"
		in, err = gzip.NewReader(packed)
	case bytes.HasPrefix(body, []byte("\x28\xb5\x2f\xfd")):
		coding = "zstd"
		var z *zstd.Decoder
		if z, err = zstd.NewReader(packed, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(zstdWindow)); err == nil {
			defer z.Close()
			in = z
		}
	case said == "" || said == "identity" || validHead(body[:min(len(body), headBytes)]):
		return body, "", nil
	case said == "br":
		coding, in = "brotli", brotli.NewReader(packed)
	default:
		return nil, said, errCoding
	}
	if err == nil {
		out, err = io.ReadAll(io.LimitReader(in, limit+1))
	}
	return out, coding, err
}
