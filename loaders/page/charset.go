package page

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// lateMeta finds a declaration that browsers, too, obey beyond the first kilobyte.
var lateMeta = regexp.MustCompile(`(?i)<meta[^<>]{1,200}charset\s*=\s*["']?\s*([\w.:-]{1,40})`)

// decode returns a page in UTF-8 by the browsers' rule: byte order mark, Content-Type, declaration in the page, else
// a guess. One thing is known better than any declaration: bytes that are UTF-8 throughout, letters beyond ASCII
// included, are UTF-8, and bytes that are UTF-8 nowhere are not. Without that a page that lies would put wrong letters into quotations.
func decode(data []byte, contentType string) (string, error) {
	if at := bytes.IndexByte(data[:min(len(data), 4096)], 0); at >= 0 && !bytes.HasPrefix(data, []byte("\xff\xfe")) && !bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return "", errors.New("is no page: it has NUL bytes")
	}
	enc, name, certain := charset.DetermineEncoding(data, contentType)
	if !certain {
		if m := lateMeta.FindSubmatch(data[:min(len(data), 64<<10)]); m != nil {
			if late, lateName := charset.Lookup(string(m[1])); late != nil {
				enc, name = late, lateName
			}
		}
	}
	if !strings.HasPrefix(name, "utf-16") {
		switch good, bad := sequences(data); {
		case bad == 0 && name != "iso-2022-jp": // which is ASCII all over
			enc = encoding.Nop
		case good == 0 && name == "utf-8":
			enc = charmap.Windows1252
		}
	}
	data, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return "", errors.New("can't be decoded as " + name)
	}
	return strings.ToValidUTF8(strings.TrimPrefix(string(data), "\ufeff"), "\uFFFD"), nil
}

// sequences counts the characters beyond ASCII that are good UTF-8, and the bytes that are no part of one.
func sequences(data []byte) (good, bad int) {
	for len(data) > 0 {
		c, n := utf8.DecodeRune(data)
		switch {
		case c == utf8.RuneError && n <= 1:
			bad++
		case n > 1:
			good++
		}
		data = data[n:]
	}
	return good, bad
}
