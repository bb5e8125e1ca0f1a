package page_test

import (
	"errors"
	"strings"
	"testing"

	"saidgraph/loaders/page"
	"saidgraph/loaders/source"
)

const prose = `<article><p>The mayor of Elm City said on Tuesday that the bridge will stay closed for the winter.</p><p>“Nobody should expect otherwise,” she told the council, which had voted against the plan.</p></article>`

// What a page says of itself in several places, and which of them counts.
func TestTrust(t *testing.T) {
	ld := func(s string) string { return `<script type="application/ld+json">` + s + `</script>` }
	tests := []struct {
		name, head string
		raw        source.Raw
		field      func(page.Article) string
		want       string
	}{
		{"title: JSON-LD first", ld(`{"@type":"NewsArticle","headline":"LD &amp; co"}`) + `<meta property="og:title" content="OG"><title>T</title>`, source.Raw{}, title, "LD & co"},
		{"title: then og:title", `<meta property="og:title" content="OG"><title>T</title>`, source.Raw{Title: "Feed"}, title, "OG"},
		{"title: then the source's", `<title>T</title>`, source.Raw{Title: "Feed"}, title, "Feed"},
		{"title: then h1", `<title>T</title><h1>Heading</h1>`, source.Raw{}, title, "Heading"},
		{"title: two h1 are none", `<title>T</title><h1>Heading</h1><h1>Another</h1>`, source.Raw{}, title, "T"},
		{"title: then the text", ``, source.Raw{}, title, "The mayor of Elm City said on Tuesday that the bridge will stay closed for the…"},
		{"title: without the outlet", `<meta property="og:site_name" content="The Post"><title>Bridge closed - The Post</title>`, source.Raw{}, title, "Bridge closed"},
		{"title: without what looks like the outlet", `<title>Council closes bridge over river | The Post</title>`, source.Raw{}, title, "Council closes bridge over river"},
		{"title: a dash of its own", `<title>Padilla - McLaughlin feud goes on and on</title>`, source.Raw{}, title, "Padilla - McLaughlin feud goes on and on"},
		{"title: cut, and whole", ld(`{"@type":"NewsArticle","headline":"Council closes the bridge over..."}`) + `<meta property="og:title" content="Council closes the bridge over the river">`, source.Raw{}, title, "Council closes the bridge over the river"},
		{"title: of the news, not of the list", ld(`[{"@type":"WebPage","name":"Page"},{"@type":"Article","headline":"Blog"},{"@type":"NewsArticle","headline":"News"}]`), source.Raw{}, title, "News"},
		{"title: in a graph", ld(`{"@graph":[{"@type":"Person","name":"P"},{"@type":["Thing","NewsArticle"],"headline":"G"}]}`), source.Raw{}, title, "G"},
		{"title: bad JSON-LD", ld(`{"@type":"NewsArticle","headline":`) + `<title>T</title>`, source.Raw{}, title, "T"},

		{"byline: JSON-LD", ld(`{"@type":"NewsArticle","headline":"H","author":[{"name":"Ann Lee"},{"name":"Bo Chen"}]}`) + `<meta name=author content="Meta Author">`, source.Raw{}, byline, "Ann Lee, Bo Chen"},
		{"byline: by reference", ld(`{"@graph":[{"@type":"NewsArticle","headline":"H","author":{"@id":"#a"}},{"@type":"Person","@id":"#a","name":"Ann Lee"}]}`), source.Raw{}, byline, "Ann Lee"},
		{"byline: a person before the outlet", ld(`{"@type":"NewsArticle","headline":"H","author":"The Post","publisher":{"name":"The Post"}}`) + `<a rel=author href=x>Ann Lee</a>`, source.Raw{}, byline, "Ann Lee"},
		{"byline: meta without By", `<meta name=author content="By Ann Lee">`, source.Raw{}, byline, "Ann Lee"},
		{"byline: an address is none", `<meta property="article:author" content="https://facebook.example/ann"><meta name="parsely-author" content="Ann Lee">`, source.Raw{}, byline, "Ann Lee"},
		{"byline: the source's", ``, source.Raw{Byline: "by Ann Lee"}, byline, "Ann Lee"},

		{"outlet: JSON-LD", ld(`{"@type":"NewsArticle","headline":"H","publisher":{"@type":"Organization","name":"The Post"}}`) + `<meta property="og:site_name" content="post.example">`, source.Raw{}, outlet, "The Post"},
		{"outlet: og:site_name", `<meta property="og:site_name" content="The Post">`, source.Raw{Outlet: "Feed"}, outlet, "The Post"},
		{"outlet: the source's", `<title>H | Not known</title>`, source.Raw{Outlet: "Feed"}, outlet, "Feed"},
		{"outlet: behind the headline", `<meta property="og:title" content="H"><title>H | The Post</title>`, source.Raw{}, outlet, "The Post"},

		{"date: JSON-LD", ld(`{"@type":"NewsArticle","headline":"H","datePublished":"2025-07-19T02:00:00+02:00"}`) + `<meta property="article:published_time" content="2020-01-01">`, source.Raw{Date: "2021-01-01"}, date, "2025-07-19"},
		{"date: meta", `<meta property="article:published_time" content="2025-07-19">`, source.Raw{Date: "2021-01-01"}, date, "2025-07-19"},
		{"date: a bad one gives way", `<meta property="article:published_time" content="0000-00-00"><meta name="date" content="19 Jul 2025">`, source.Raw{}, date, "2025-07-19"},
		{"date: the time marked so", `<article><time datetime="2020-01-01">x</time><time itemprop="datePublished" datetime="2025-07-19">x</time></article>`, source.Raw{}, date, "2025-07-19"},
		{"date: a time beside the article is none", `<div><time datetime="2020-01-01">x</time></div>`, source.Raw{Date: "2025-07-19"}, date, "2025-07-19"},
		{"date: in the address", ``, source.Raw{URL: "https://example.org/2025/07/19/bridge"}, date, "2025-07-19"},
		{"date: none", ``, source.Raw{URL: "https://example.org/2025/47/19/bridge"}, date, ""},

		{"language: html", `<html lang="en-US">`, source.Raw{}, language, "en"},
		{"language: JSON-LD", ld(`{"@type":"NewsArticle","headline":"H","inLanguage":{"@type":"Language","name":"es"}}`), source.Raw{}, language, "es"},
		{"language: og:locale", `<meta property="og:locale" content="de_DE">`, source.Raw{Language: "fr"}, language, "de"},
		{"language: the source's", ``, source.Raw{Language: "fr"}, language, "fr"},

		{"address: canonical", `<link rel=canonical href="https://example.org/a"><meta property="og:url" content="https://example.org/b">`, source.Raw{URL: "https://www.example.org/a?session=1"}, address, "https://example.org/a"},
		{"address: relative", `<link rel=canonical href="/a">`, source.Raw{URL: "https://example.org/x?y"}, address, "https://example.org/a"},
		{"address: another site's", `<link rel=canonical href="https://example.com/a"><meta property="og:url" content="https://example.org/b">`, source.Raw{URL: "https://example.org/x"}, address, "https://example.org/b"},
		{"address: one of many on a shared domain", `<link rel=canonical href="https://ann.github.io/a">`, source.Raw{URL: "https://bo.github.io/x"}, address, "https://bo.github.io/x"},
		{"address: the home page", `<link rel=canonical href="https://example.org/">`, source.Raw{URL: "https://example.org/x"}, address, "https://example.org/x"},
		{"address: a script", `<link rel=canonical href="javascript:alert(1)">`, source.Raw{}, address, ""},
		{"address: JSON-LD", ld(`{"@type":"NewsArticle","headline":"H","mainEntityOfPage":{"@id":"https://example.org/a"}}`), source.Raw{}, address, "https://example.org/a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.raw.HTML = []byte(tt.head + prose)
			a, err := page.Read(tt.raw)
			if got := tt.field(a); err != nil || got != tt.want {
				t.Errorf("got %q, %v; want %q", got, err, tt.want)
			}
			if want := "The mayor of Elm City said on Tuesday"; !strings.HasPrefix(a.Text, want) {
				t.Errorf("text: got %q, want %q…", a.Text, want)
			}
		})
	}
}

func title(a page.Article) string    { return a.Title }
func byline(a page.Article) string   { return a.Byline }
func outlet(a page.Article) string   { return a.Outlet }
func language(a page.Article) string { return a.Language }
func address(a page.Article) string  { return a.URL }
func date(a page.Article) string {
	if a.Date.IsZero() {
		return ""
	}
	return a.Date.Format("2006-01-02")
}

func TestCharset(t *testing.T) {
	const want = "“Enough,” said Zoë Müller"
	body := func(s string) string {
		return "<p>" + s + " of the council of Elm City, which met on Tuesday to talk about the bridge.</p>"
	}
	utf8, cp1252 := body(want), body("\x93Enough,\x94 said Zo\xeb M\xfcller")
	utf16 := "\xff\xfe"
	for _, r := range body(want) {
		utf16 += string([]byte{byte(r), byte(r >> 8)})
	}
	tests := []struct{ name, kind, page string }{
		{"UTF-8 that says so", "", `<meta charset=utf-8>` + utf8},
		{"UTF-8 that says nothing", "", utf8},
		{"UTF-8, its letters far behind", "", strings.Repeat(" ", 2000) + utf8},
		{"UTF-8 that says Latin-1", "", `<meta charset=iso-8859-1>` + utf8},
		{"UTF-8, though the server says Latin-1", "text/html; charset=ISO-8859-1", utf8},
		{"Windows-1252 that says Latin-1", "", `<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">` + cp1252},
		{"Windows-1252, says the server", "text/html; charset=windows-1252", cp1252},
		{"Windows-1252 that says nothing", "", cp1252},
		{"Windows-1252 that says UTF-8", "text/html; charset=utf-8", cp1252},
		{"declared late", "", strings.Repeat("<!-- x -->", 200) + `<meta charset="windows-1252">` + cp1252},
		{"UTF-16 by its mark", "", utf16},
		{"an unknown charset", "text/html; charset=klingon", utf8},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, err := page.Read(source.Raw{HTML: []byte(tt.page), ContentType: tt.kind})
			if err != nil || !strings.HasPrefix(a.Text, want) {
				t.Errorf("got %.60q, %v; want %q", a.Text, err, want)
			}
		})
	}
	_, err := page.Read(source.Raw{From: "f", HTML: []byte("<p>\x00\x01")})
	var e *source.Error
	if !errors.As(err, &e) || e.From != "f" {
		t.Errorf("binary: got %v, want an error that names the file", err)
	}
}

func TestReadPageFails(t *testing.T) {
	for field, raw := range map[string]source.Raw{
		"text": {From: "f", HTML: []byte("<title>Please wait</title><p>Please enable JavaScript.")},
		"url":  {From: "f", HTML: []byte(prose), URL: "ftp://example.org/"},
		"date": {From: "f", HTML: []byte(prose), Date: "soon"},
	} {
		_, err := page.Read(raw)
		var e *source.Error
		if !errors.As(err, &e) || e.Field != field || e.From != "f" {
			t.Errorf("%s: got %v, want an error that names field and file", field, err)
		}
	}
}
