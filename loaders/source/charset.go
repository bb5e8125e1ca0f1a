package source

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

var utf8BOM = []byte("\xef\xbb\xbf")

// signatures are the first bytes of files that are no text, with what they are.
var signatures = []struct{ magic, what, hint string }{
	{"%PDF-", "a PDF file", "give its text, for example from pdftotext"},
	{"\x1f\x8b", "a gzip file within another", "unpack it first"},
	{"PK\x03\x04", "a ZIP archive or office document", "give its text"},
	{"\x28\xb5\x2f\xfd", "a zstd file", "unpack it first"},
	{"BZh", "a bzip2 file", "unpack it first"},
	{"\x89PNG", "an image", ""},
	{"\xff\xd8\xff", "an image", ""},
	{"GIF8", "an image", ""},
	{"\x7fELF", "a program", ""},
	{"SQLite format 3\x00", "an SQLite database", "did you mean --store?"},
	{"{\\rtf", "an RTF document", "save it as plain text"},
}

// Decode turns the bytes of a text file into UTF-8: UTF-8 with or without a byte order mark, UTF-16 with
// one, and Windows-1252 (of which Latin-1's text is a part) are read; what is no text is refused with the reason.
func Decode(data []byte) (string, *Error) {
	for _, s := range signatures {
		if bytes.HasPrefix(data, []byte(s.magic)) {
			return "", &Error{Reason: "is " + s.what + ", not text", Hint: s.hint}
		}
	}
	switch {
	case bytes.HasPrefix(data, utf8BOM):
		data = data[len(utf8BOM):]
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return utf16Text(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return utf16Text(data[2:], binary.BigEndian)
	}
	if at := bytes.IndexByte(data, 0); at >= 0 {
		return "", binaryError(data, at)
	}
	if markup := strings.ToLower(string(bytes.TrimLeft(data[:min(len(data), 64)], " \t\r\n"))); strings.HasPrefix(markup, "<!doctype html") || strings.HasPrefix(markup, "<html") {
		return "", &Error{Reason: "is HTML, not plain text", Hint: "name it .html, or read it --as html"}
	} else if strings.HasPrefix(markup, "<?xml") {
		return "", &Error{Reason: "is XML, but no feed, sitemap or page", Hint: "give the article's plain text or HTML"}
	}
	if utf8.Valid(data) {
		return notEmpty(string(data))
	}
	return windows1252(data)
}

func notEmpty(s string) (string, *Error) {
	if strings.TrimSpace(s) == "" {
		return "", &Error{Reason: "is empty"}
	}
	return s, nil
}

func utf16Text(data []byte, order binary.ByteOrder) (string, *Error) {
	if len(data)%2 != 0 {
		return "", &Error{Reason: "is UTF-16 with an odd number of bytes", Hint: "the file may be cut off"}
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
		if units[i] == 0 {
			return "", &Error{Reason: fmt.Sprintf("is not text: a NUL character at byte %d", 2*i+2)}
		}
	}
	text := string(utf16.Decode(units))
	if strings.ContainsRune(text, utf8.RuneError) {
		return "", &Error{Reason: "is damaged UTF-16: half of a surrogate pair", Hint: "convert it to UTF-8"}
	}
	return notEmpty(text)
}

// binaryError tells UTF-16 without its mark, where every second byte of English is NUL, from other bytes.
func binaryError(data []byte, at int) *Error {
	head := data[:min(len(data), 4096)]
	var nul [2]int
	for i, c := range head {
		if c == 0 {
			nul[i%2]++
		}
	}
	if half := len(head) / 2; half >= 8 && (nul[0] > half*7/10 && nul[1] == 0 || nul[1] > half*7/10 && nul[0] == 0) {
		return &Error{Reason: "looks like UTF-16 without a byte order mark", Hint: "convert it: iconv -f UTF-16LE -t UTF-8"}
	}
	return &Error{Reason: fmt.Sprintf("is binary, not text: a NUL at byte %d", at)}
}

// windows1252 decodes bytes that are not UTF-8. Where some sequences are good UTF-8 the rest is damage, not
// another encoding, and a guess would put wrong letters into quotations: that is refused.
func windows1252(data []byte) (string, *Error) {
	var b strings.Builder
	b.Grow(len(data) + len(data)/8)
	good, bad, firstBad := 0, 0, -1
	for at := 0; at < len(data); {
		c, n := utf8.DecodeRune(data[at:])
		if n > 1 {
			good++
		} else if c == utf8.RuneError {
			bad++
			if firstBad < 0 {
				firstBad = at
			}
		}
		at += n
	}
	refuse := &Error{
		Reason: fmt.Sprintf("is neither UTF-8 (wrong at byte %d) nor Windows-1252 text", firstBad),
		Hint:   "convert it to UTF-8",
	}
	if bad > len(data)/4 { // French has 5 accents in 100 letters; Russian or Chinese in a code page of its own is all of them
		return "", refuse
	}
	if good > bad/4 {
		refuse.Reason = fmt.Sprintf("is damaged UTF-8: wrong at byte %d", firstBad)
		return "", refuse
	}
	for _, c := range data {
		r := rune(c)
		if c >= 0x80 && c < 0xa0 {
			r = high1252[c-0x80]
		}
		if r == 0 || r < ' ' && !strings.ContainsRune("\t\n\r\f", r) {
			return "", refuse
		}
		b.WriteRune(r)
	}
	return notEmpty(b.String())
}

// high1252 are the characters of the bytes 0x80 to 0x9f; 0 where there is none.
var high1252 = [32]rune{
	'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
}
