package source_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"saidgraph/loaders/source"
)

func TestReadTable(t *testing.T) {
	long := strings.Repeat("a", 200)
	tests := []struct {
		name, in string
		want     []string
	}{
		{"one", "text\nA.\n", []string{"standard input:2 A."}},
		{"byte order mark, CRLF, empty lines", "\ufefftext\r\nA.\r\n\r\nB.", []string{"standard input:2 A.", "standard input:4 B."}},
		{"a cell of lines", "text,url\n\"A.\n\nB \"\"C\"\".\",u\nD.,v\n", []string{"standard input:2 A.\n\nB \"C\".", "standard input:5 D."}},
		{"semicolons", "url;text\nu;A, B.\n", []string{"standard input:2 A, B."}},
		{"tabs", "url\ttext\nu\tA, B.\n", []string{"standard input:2 A, B."}},
		{"other columns and cases", " id ,TEXT,note\n1,A.,x\n", []string{"standard input:2 A."}},
		{"a short row", "text,url,title\nA.\n", []string{"standard input:2 A."}},
		{"a long row", "text,url\nA.,u,v\nB.,u\n", []string{
			"standard input:2: has more cells than the first row has columns (a cell with a comma in it is written in quotation marks)",
			"standard input:3 B.",
		}},
		{"a quotation mark inside a cell", "text,url\nA 5\" pipe.,u\nB.,u\n", []string{
			`standard input:2: is no CSV: bare " in non-quoted-field (a cell with a quotation mark is written "like ""this""")`,
			"standard input:3 B.",
		}},
		{"text behind a quoted cell", "text,url\n\"A.\" B,u\nC.,u\n", []string{
			`standard input:2: is no CSV: extraneous or missing " in quoted-field (a cell with a quotation mark is written "like ""this""")`,
			"standard input:3 C.",
		}},
		{"a mark that is not closed", "text,url\nA.,u\n\"B.,u\nC.,u\n", []string{
			"standard input:2 A.",
			`standard input:3: is no CSV: extraneous or missing " in quoted-field (the file may be cut off here, or a quotation mark is not closed)`,
		}},
		{"no text in a row", "text,url\n ,u\nB.,u\n", []string{"standard input:2: text: is missing or empty (each row needs a text)", "standard input:3 B."}},
		{"no column of text", "body,url\nA.,u\n", []string{"standard input:1: text: is no column (the first row names these: body, url; say which holds the text, with --field text=COLUMN)"}},
		{"not UTF-8", "text\nJos\xe9\nB.\n", []string{"standard input:2: is not UTF-8 (wrong at byte 3 of the line) (convert the file to UTF-8)", "standard input:3 B."}},
		{"a row over the limit", "text\n" + long + "\nB.\n", []string{
			"standard input:2: is 200 bytes long, over the limit of 100 bytes for one document (split it into articles, or raise --max-bytes)",
			"standard input:3 B.",
		}},
		{"a row over the limit to the end", "text\nA.\n\"" + long, []string{
			"standard input:2 A.",
			"standard input:3: is 201 bytes long, over the limit of 100 bytes for one document (a quotation mark in it may not be closed; or raise --max-bytes)",
		}},
		{"UTF-16", "\xff\xfet\x00", []string{"standard input: is UTF-16; CSV must be UTF-8 (convert it: iconv -f UTF-16 -t UTF-8, or save it as “CSV UTF-8”)"}},
		{"a spreadsheet", "PK\x03\x04", []string{"standard input: is a ZIP archive or office document, not text (give its text)"}},
		{"empty", "", []string{"standard input: is empty"}},
		{"only the first row", "text\n", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := read(t, source.Reader{As: "csv", MaxBytes: 100, Stdin: strings.NewReader(tt.in)}, "-")
			if !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestReadTableFields(t *testing.T) {
	in := "license,language,byline,outlet,date,title,url,html\nc,l,b,o,d,t,u,<p>x\n"
	want := source.Raw{From: "standard input", Line: 2, URL: "u", Title: "t", Date: "d", Outlet: "o", Byline: "b", Language: "l", License: "c",
		HTML: []byte("<p>x"), ContentType: "text/html; charset=utf-8"}
	for got, err := range (source.Reader{Stdin: strings.NewReader(in)}).Read(t.Context(), "-") {
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, %v; want %+v", got, err, want)
		}
	}
}

// Rows as a writer quotes them come back as they were; whatever the bytes, reading ends with documents or reasons.
func FuzzTable(f *testing.F) {
	f.Add("A.", "u", "text,url\n\"A")
	f.Add("A \"B\",\nC.", "u;\t", "text\r\n\"\"\"\r\n")
	f.Fuzz(func(t *testing.T, text, url, junk string) {
		quoted := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
		text = strings.ToValidUTF8(strings.ReplaceAll(text, "\r", ""), "")
		if strings.TrimSpace(text) != "" {
			in := fmt.Sprintf("text,url\n%s,%s\nEnd.,v\n", quoted(text), quoted(strings.ToValidUTF8(strings.ReplaceAll(url, "\r", ""), "")))
			got := read(t, source.Reader{As: "csv", Stdin: strings.NewReader(in)}, "-")
			if len(got) != 2 || got[0] != "standard input:2 "+text || !strings.HasSuffix(got[1], " End.") {
				if !strings.Contains(in, "\x00") {
					t.Errorf("got %q, want %q", got, in)
				}
			}
		}
		for raw, err := range (source.Reader{As: "csv", Stdin: strings.NewReader(junk), MaxBytes: 1000}).Read(t.Context(), "-") {
			var e *source.Error
			if err == nil && strings.TrimSpace(raw.Text) == "" && len(raw.HTML) == 0 {
				t.Errorf("got %+v, want text", raw)
			}
			if err != nil && (!errors.As(err, &e) || e.From == "" || e.Reason == "") {
				t.Errorf("got %#v, want an error with its place and reason", err)
			}
		}
	})
}
