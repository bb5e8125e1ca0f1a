package source_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"saidgraph/loaders/source"
)

// nowhere is a resolver that knows no name; it counts what it is asked.
func nowhere(calls *int) *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		*calls++
		return nil, errors.New("there is no network here")
	}}
}

var long = strings.Repeat("<p>“We will not go,” the senator said on Friday after the vote.</p>\n", 20)

// TestFeed reads feeds without a network, whose items hold their articles.
func TestFeed(t *testing.T) {
	escaped := strings.NewReplacer("<", "&lt;", ">", "&gt;").Replace(long)
	tests := []struct{ name, in, want string }{
		{"RSS 2.0", `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>The &amp; Daily</title><link>https://example.org</link><language>en-us</language>
<item><media:title>A picture</media:title><title>No &amp;#8220;Deal&amp;#8221; for AT&amp;amp;T</title><link>/a#top</link><dc:creator>Ann Lee</dc:creator><dc:creator>Bo Ek</dc:creator>
<pubDate>Sat, 19 Jul 2025 08:30:00 EDT</pubDate><description>Short.</description><content:encoded><![CDATA[` + long + `]]></content:encoded></item></channel></rss>`,
			"https://example.org/a|No “Deal” for AT&T|2025-07-19T12:30:00Z|The & Daily|Ann Lee, Bo Ek|en-us"},
		{"RSS without namespaces", `<rss><channel><title>D</title><item><title>T</title><guid>https://example.org/g</guid><author>ann@example.org (Ann Lee)</author><content:encoded>` + escaped + `</content:encoded></item></channel></rss>`,
			"https://example.org/g|T||D|Ann Lee|"},
		{"RSS 1.0", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>D</title></channel><item><title>T</title><link>https://example.org/r</link><dc:date>2025-07-19T08:30:00+02:00</dc:date><content:encoded>` + escaped + `</content:encoded></item></rdf:RDF>`,
			"https://example.org/r|T|2025-07-19T06:30:00Z|D||"},
		{"the item's own outlet and address", `<rss xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>All News</title><item><link>https://feeds.example/1</link><feedburner:origLink>https://example.org/o</feedburner:origLink><source url="https://example.org">The Daily</source><content:encoded>` + escaped + `</content:encoded></item></channel></rss>`,
			"https://example.org/o|||The Daily||"},
		{"Atom", `<feed xmlns="http://www.w3.org/2005/Atom"><title type="text">D</title><link rel="self" href="https://example.org/feed"/>
<entry><title type="html">&lt;b&gt;T&lt;/b&gt;</title><link rel="replies" href="/c"/><link rel="alternate" type="application/pdf" href="/p"/><link type="text/html" href="/e"/>
<published>2025-07-18T10:00:00Z</published><updated>2025-07-19T10:00:00Z</updated><author><name>Ann Lee</name><email>a@example.org</email></author><content type="html">` + escaped + `</content></entry></feed>`,
			"https://example.org/e|T|2025-07-18T10:00:00Z|D|Ann Lee|"},
		{"Atom of XHTML", `<a:feed xmlns:a="http://www.w3.org/2005/Atom" xmlns="http://www.w3.org/1999/xhtml"><a:entry><a:link href="https://example.org/x"/><a:updated>2025-07-19T10:00:00Z</a:updated><a:source><a:title>S</a:title></a:source><a:content type="xhtml"><div>` + long + `</div></a:content></a:entry></a:feed>`,
			"https://example.org/x||2025-07-19T10:00:00Z|S||"},
		{"JSON Feed", `{"version": "https://jsonfeed.org/version/1.1", "title": "D", "language": "en", "icon": {"a": [1]}, "items": [{"id": "1", "url": "https://example.org/j", "title": "T", "date_published": "2025-07-19T10:00:00Z", "authors": [{"name": "Ann Lee"}], "content_text": ` + fmt.Sprintf("%q", long) + `}], "next_url": "x"}`,
			"https://example.org/j|T|2025-07-19T10:00:00Z|D|Ann Lee|en"},
		{"JSON Feed with an id for its address", `{"version": "https://jsonfeed.org/version/1", "items": [{"id": "https://example.org/i", "author": {"name": "Ann"}, "content_html": ` + fmt.Sprintf("%q", long) + `}]}`,
			"https://example.org/i||||Ann|"},
		{"UTF-16", "\xff\xfe" + utf16LE(`<?xml version="1.0" encoding="UTF-16"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Zoë</title><item><link>https://example.org/u</link><content:encoded>`+escaped+`</content:encoded></item></channel></rss>`),
			"https://example.org/u|||Zoë||"},
		{"Latin-1", "<?xml version='1.0' encoding='iso-8859-1'?><rss><channel><title>Zo\xeb</title><item><link>https://example.org/l</link><content:encoded>" + strings.ReplaceAll(strings.ReplaceAll(escaped, "“", "\x93"), "”", "\x94") + "</content:encoded></item></channel></rss>",
			"https://example.org/l|||Zoë||"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := 0
			for raw, err := range (source.Reader{As: "feed", Stdin: strings.NewReader(tt.in)}).Read(t.Context(), source.Stdin) {
				n++
				if err != nil {
					t.Fatal(err)
				}
				got := strings.Join([]string{raw.URL, raw.Title, raw.Date, raw.Outlet, raw.Byline, raw.Language}, "|")
				if got != tt.want {
					t.Errorf("got  %s\nwant %s", got, tt.want)
				}
				if got := string(raw.HTML); raw.ContentType != "text/html; charset=utf-8" || strings.Count(got, "“We will not go,” the senator said on Friday after the vote.") != 20 || !strings.Contains(got, "<p>") {
					t.Errorf("got the text %.200q of %s", got, raw.ContentType)
				}
			}
			if n != 1 {
				t.Errorf("got %d documents, want 1", n)
			}
		})
	}
}

func TestFeedErrors(t *testing.T) {
	item := func(content string) string {
		return `<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>D</title><item><title>T</title><content:encoded><![CDATA[` + content + `]]></content:encoded></item></channel></rss>`
	}
	tests := []struct {
		name, kind, in string
		want           []string
	}{
		{"a page", "feed", "<!DOCTYPE html><html><p>Not found", []string{"standard input: is no feed: it begins with <html>"}},
		{"a sitemap", "feed", "<urlset/>", []string{"standard input: is no feed: it begins with <urlset>"}},
		{"a feed", "sitemap", "<rss/>", []string{"standard input: is no sitemap: it begins with <rss>"}},
		{"empty", "feed", "", []string{"standard input: is empty"}},
		{"an empty file for a sitemap", "sitemap", "<!-- -->", []string{"standard input: is empty"}},
		{"cut off in a tag", "feed", "<rss><channel><item><title a='", []string{"standard input: is a feed that is cut off (what stands before the cut is read; get it again)"}},
		{"a teaser without an address", "feed", item("Short."), []string{"standard input: link: is missing of an item with the title “T”"}},
		{"a text without an address", "feed", item(long), []string{"0  " + cutTo(long, 60)}},
		{"a beginning", "feed", item(long + "<p>And so… Read more"), []string{"standard input: link: is missing of an item with the title “T”"}},
		{"an empty sitemap", "sitemap", "<urlset></urlset>", []string{"standard input: is a sitemap without addresses"}},
		{"an item that is too long", "feed", item(strings.Repeat("x", 2<<20)), []string{"standard input: has an item that is longer than the limit for one document (no feed does; what stands before it is read)"}},
		{"1 MB of one tag", "feed", "<rss><channel><" + strings.Repeat("a", 2<<20), []string{"standard input: has an item that is longer than the limit for one document (no feed does; what stands before it is read)"}},
		{"many elements", "feed", "<rss><item>" + strings.Repeat("<a/>", 30_000) + "</item></rss>", []string{"standard input: has more than 20,000 elements in one item (no feed does; what stands before it is read)"}},
		{"JSON of another kind", "feed", `{"items": 7}`, []string{"standard input: is no JSON feed: its items are no array"}},
		{"JSON without items", "feed", `{"version": "https://jsonfeed.org/version/1", "items": []}`, []string{"standard input: is a feed without items"}},
		{"JSON cut off", "feed", `{"items": [{"title": "T"}, {"ti`, []string{
			"standard input: link: is missing of an item with the title “T”", "standard input: is a feed that is cut off (what stands before the cut is read; get it again)",
		}},
		{"JSON of a wrong type", "feed", `{"items": [{"title": 7}, {"title": "T"}]}`, []string{
			"standard input: items.title: must not be a JSON number", "standard input: link: is missing of an item with the title “T”",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wantLines(t, readAs(t, source.Reader{MaxBytes: 1 << 20}, tt.kind, tt.in), tt.want)
		})
	}
}

// TestFeedStops: a reader that wants no more, gets no more.
func TestFeedStops(t *testing.T) {
	one := `<item><link>https://example.org/1</link></item>`
	n := 0
	r := source.Reader{As: "feed", Stdin: strings.NewReader("<rss><channel>" + strings.Repeat(one, 1000))}
	for range r.Read(t.Context(), source.Stdin) {
		if n++; n == 3 {
			break
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	r.Stdin = strings.NewReader("<rss><channel>" + strings.Repeat(one, 1000))
	for range r.Read(ctx, source.Stdin) {
		n++
		stop()
	}
	if n != 4 {
		t.Errorf("got %d items, want 3 and 1", n)
	}
}

func TestFeedSince(t *testing.T) {
	r := source.Reader{Since: time.Date(2025, 7, 19, 0, 0, 0, 0, time.UTC)}
	got := readAs(t, r, "sitemap", `<urlset><url><loc>https://example.org/1</loc><lastmod>2025-07-18</lastmod></url><url><loc>https://example.org/2</loc><lastmod>2025-07-19</lastmod></url><url><loc>https://example.org/3</loc></url></urlset>`)
	wantLines(t, got, []string{
		"https://example.org/1: left out: older than 2025-07-19",
		"https://example.org/2: has not its full text in standard input, and nothing is fetched here",
		"https://example.org/3: has not its full text in standard input, and nothing is fetched here",
	})
}

func FuzzFeed(f *testing.F) {
	f.Add([]byte(`<rss><channel><title>D</title><item><title>T</title><link>https://example.org/1</link></item></channel></rss>`))
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml"><b>x</b></content><link href="a"/></entry></feed>`))
	f.Add([]byte(`{"version": "https://jsonfeed.org/version/1", "items": [{"id": 1, "content_text": "x"}, null, {"title": []}]}`))
	f.Add([]byte("<?xml version='1.0' encoding='koi8-r'?><!DOCTYPE a [<!ENTITY b 'c'>]><rdf>&b;"))
	f.Fuzz(func(t *testing.T, in []byte) { fuzzed(t, "feed", in) })
}

func FuzzSitemap(f *testing.F) {
	f.Add([]byte(`<urlset><url><loc>https://example.org/1</loc><news:news><news:title>T</news:title></news:news></url></urlset>`))
	f.Add([]byte(`<sitemapindex><sitemap><loc>https://a:b@example.org/1</loc></sitemap></sitemapindex>`))
	f.Fuzz(func(t *testing.T, in []byte) { fuzzed(t, "sitemap", in) })
}
