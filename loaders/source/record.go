package source

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// fieldNames are the fields of a document in JSON Lines and CSV. A document needs text, or the page as html.
var fieldNames = []string{"text", "html", "url", "title", "date", "outlet", "byline", "language", "license"}

// key is the name by which a field is found in records: its own unless Fields gives another.
func (r Reader) key(field string) string {
	if k := r.Fields[field]; k != "" {
		return k
	}
	return field
}

// fill sets the fields of a record's document; value returns what the record has under a key, "" for nothing.
func (r Reader) fill(raw Raw, way string, value func(key string) (string, *Error)) (Raw, error) {
	var html string
	for field, at := range map[string]*string{
		"text": &raw.Text, "html": &html, "url": &raw.URL, "title": &raw.Title, "date": &raw.Date,
		"outlet": &raw.Outlet, "byline": &raw.Byline, "language": &raw.Language, "license": &raw.License,
	} {
		s, bad := value(r.key(field))
		if bad != nil {
			return raw, bad
		}
		*at = s
	}
	if strings.TrimSpace(raw.Text) == "" {
		if strings.TrimSpace(html) == "" {
			return raw, raw.Fail(r.key("text"), "is missing or empty", way)
		}
		raw.Text, raw.HTML, raw.ContentType = "", []byte(html), "text/html; charset=utf-8"
	}
	return raw, nil
}

// notUTF8 returns what is wrong with a record that is not UTF-8, nil where it is.
func notUTF8(raw Raw, record []byte) *Error {
	if utf8.Valid(record) {
		return nil
	}
	at := 0
	for c, n := utf8.DecodeRune(record); c != utf8.RuneError || n > 1; c, n = utf8.DecodeRune(record[at:]) {
		at += n
	}
	return raw.Fail("", fmt.Sprintf("is not UTF-8 (wrong at byte %d of the line)", at), "convert the file to UTF-8")
}
