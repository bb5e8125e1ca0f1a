package source_test

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"saidgraph/loaders/fetch"
	"saidgraph/loaders/source"
)

// site is a web site of a test, whose pages may change.
type site struct {
	*httptest.Server
	mu    sync.Mutex
	pages map[string]answered // by path
	calls []string
}

type answered struct {
	status       int // 0: 200
	kind, body   string
	etag, around string // around: Location
}

// newSite answers with pages; "BASE" in their bodies is its address.
func newSite(t *testing.T, pages map[string]answered) *site {
	t.Helper()
	s := &site{pages: pages}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		a, ok := s.pages[r.URL.Path]
		if r.URL.Path != "/robots.txt" {
			s.calls = append(s.calls, r.URL.Path)
		}
		s.mu.Unlock()
		switch {
		case !ok:
			w.WriteHeader(404)
			return
		case a.etag != "" && r.Header.Get("If-None-Match") == a.etag:
			w.WriteHeader(304)
			return
		}
		for key, value := range map[string]string{"Content-Type": a.kind, "ETag": a.etag, "Location": a.around} {
			if value != "" {
				w.Header().Set(key, value)
			}
		}
		if a.status != 0 {
			w.WriteHeader(a.status)
		}
		_, _ = io.WriteString(w, strings.ReplaceAll(a.body, "BASE", s.URL))
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *site) called() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	calls := s.calls
	s.calls = nil
	return calls
}

// visitor is a reader with a memory.
func visitor(t *testing.T) (source.Reader, map[string]fetch.Visit) {
	t.Helper()
	now := time.Date(2025, 7, 19, 12, 0, 0, 0, time.UTC)
	visits := map[string]fetch.Visit{}
	return source.Reader{
		Client: &fetch.Client{
			AllowPrivate: true, Retries: -1,
			Now:   func() time.Time { return now },
			Sleep: func(ctx context.Context, d time.Duration) error { now = now.Add(d); return ctx.Err() },
		},
		Recall:   func(_ context.Context, url string) (fetch.Visit, bool) { v, ok := visits[url]; return v, ok },
		Remember: func(url string, v fetch.Visit) { visits[url] = v },
	}, visits
}

// loaded returns what a reader yields, "url title date outlet: html", addresses without the site's.
func loaded(t *testing.T, s *site, r source.Reader, names ...string) (got []string) {
	t.Helper()
	for raw, err := range r.Read(t.Context(), names...) {
		line := fmt.Sprintf("%s|%s|%s|%s|%s", raw.URL, raw.Title, raw.Date, raw.Outlet, cutTo(string(raw.HTML)+raw.Text, 40))
		if err != nil {
			line = err.Error()
		}
		got = append(got, strings.ReplaceAll(line, s.URL, ""))
	}
	return got
}

const html = "text/html; charset=utf-8"

func TestAddress(t *testing.T) {
	s := newSite(t, map[string]answered{
		"/a":           {kind: html, body: "<p>A."},
		"/bare":        {body: "<!DOCTYPE html><p>B."},
		"/plain":       {kind: "text/plain", body: "He said no, she said yes."},
		"/moved":       {status: 301, around: "/a"},
		"/gone":        {status: 410},
		"/moved-gone":  {status: 302, around: "/gone"},
		"/pdf":         {kind: "application/pdf", body: "%PDF-1.7"},
		"/image":       {kind: "image/png", body: "<p>no"},
		"/pdf-as-html": {kind: "text/plain", body: "%PDF-1.7"},
		"/empty":       {kind: html, body: " \n"},
		"/robots.txt":  {body: "User-agent: *\nDisallow: /private"},
		"/private":     {kind: html, body: "<p>P."},
		"/lines":       {kind: "application/x-ndjson", body: `{"text": "One."}` + "\n" + `{"text": "Two."}`},
		"/warc":        {kind: "application/warc", body: members(pageRecord(1))},
		"/torn-warc":   {kind: "application/gzip", body: members(pageRecord(1), pageRecord(2)) + members(pageRecord(3))[:100]},
		"/large":       {kind: html, body: strings.Repeat("x", 70_000)},
	})
	tests := []struct {
		path string
		want []string
	}{
		{"/a", []string{"/a||||<p>A."}},
		{"/bare", []string{"/bare||||<!DOCTYPE html><p>B."}},
		{"/plain", []string{"/plain||||He said no, she said yes."}},
		{"/moved", []string{"/a||||<p>A."}},
		{"/gone", []string{"/gone: answered 410 Gone (the page is gone for good)"}},
		{"/moved-gone", []string{"/moved-gone: leads to /gone, which answered 410 Gone (the page is gone for good)"}},
		{"/pdf", []string{"/pdf: is application/pdf, not a page"}},
		{"/pdf-as-html", []string{"/pdf-as-html: is a PDF file, not text (give its text, for example from pdftotext)"}},
		{"/image", []string{"/image: is image/png, not a page"}},
		{"/empty", []string{"/empty: is empty"}},
		{"/private", []string{"/private: is forbidden to robots by the site's robots.txt (ask the site's owner)"}},
		{"/lines", []string{"||||One.", "||||Two."}},
		{"/warc", []string{"https://example.org/1||||<p>Page 1.</p>"}},
		{"/torn-warc", []string{"https://example.org/1||||<p>Page 1.</p>", "https://example.org/2||||<p>Page 2.</p>", "/torn-warc:3: is a torn record: it is cut off (the next whole one follows)"}},
		{"/large", []string{"/large: is 68 KiB long, over the limit of 64 KiB for one document (split it into articles, or raise --max-bytes)"}},
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			r, _ := visitor(t)
			r.MaxBytes = 64 << 10
			wantLines(t, loaded(t, s, r, s.URL+tt.path), tt.want)
		})
	}
	t.Run("credentials", func(t *testing.T) {
		r, visits := visitor(t)
		got := loaded(t, s, r, strings.Replace(s.URL, "//", "//ann:hunter2@", 1)+"/a")
		wantLines(t, got, []string{"/a: holds credentials, which are neither sent nor stored (leave out what stands before the @)"})
		if strings.Contains(fmt.Sprint(visits), "hunter2") {
			t.Errorf("remembers %v", visits)
		}
	})
	t.Run("no network", func(t *testing.T) {
		wantLines(t, loaded(t, s, source.Reader{}, s.URL+"/a"), []string{"/a: is an address, and nothing is fetched here"})
	})
	t.Run("not public", func(t *testing.T) {
		r, _ := visitor(t)
		r.Client.AllowPrivate = false
		got := loaded(t, s, r, s.URL+"/a")
		wantLines(t, got, []string{"/a: is at 127.0.0.1, an address of this machine (--allow-private allows it)"})
	})
}

const rss = `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Daily</title>%s</channel></rss>`

func rssItem(path, date, content string) string {
	return fmt.Sprintf("<item><title>Title of %s</title><link>BASE%s</link><pubDate>%s</pubDate><content:encoded><![CDATA[%s]]></content:encoded></item>", path, path, date, content)
}

// TestFeedRuns follows one feed through the runs of a job.
func TestFeedRuns(t *testing.T) {
	const day1, day2 = "Thu, 17 Jul 2025 10:00:00 GMT", "Fri, 18 Jul 2025 10:00:00 GMT"
	s := newSite(t, map[string]answered{
		"/robots.txt": {body: "User-agent: *\nDisallow: /closed\nDisallow: /teaser"},
		"/feed": {kind: "text/html", etag: `"1"`, body: fmt.Sprintf(rss, rssItem("/a", day1, "")+rssItem("/b", day2, long)+rssItem("/closed", day1, long)+
			rssItem("/teaser", day1, "Short.")+rssItem("/gone", day1, ""))},
		"/a": {kind: html, body: "<p>A."},
		"/b": {kind: html, body: "<p>B.", etag: `"b"`},
	})
	r, visits := visitor(t)
	run := func(want, calls []string) {
		t.Helper()
		wantLines(t, loaded(t, s, r, s.URL+"/feed"), want)
		if got := s.called(); !slices.Equal(got, calls) {
			t.Errorf("called %q, want %q", got, calls)
		}
	}
	const a, b = "/a|Title of /a|2025-07-17T10:00:00Z|The Daily|<p>A.", "/b|Title of /b|2025-07-18T10:00:00Z|The Daily|<p>B."
	gone := "/gone: answered 404 Not Found (the page is gone, or the address is wrong)"
	closed := "/closed|Title of /closed|2025-07-17T10:00:00Z|The Daily|" + cutTo(long, 40)
	same := func(path string) string { return path + ": left out: not changed since the last visit" }
	teaser := "/teaser: is forbidden to robots by the site's robots.txt (ask the site's owner)"
	run([]string{a, b, closed, teaser, gone}, []string{"/feed", "/a", "/b", "/gone"})
	if got, want := slices.Sorted(maps.Keys(visits)), []string{s.URL + "/a", s.URL + "/b", s.URL + "/closed", s.URL + "/feed", s.URL + "/gone", s.URL + "/teaser"}; !slices.Equal(got, want) {
		t.Errorf("remembers %q, want %q", got, want)
	}
	run([]string{same("/feed")}, []string{"/feed"}) // not modified

	change := func(path string, to answered) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.pages[path] = to
	}
	// An old page corrected, one without a change, one that is new and down.
	change("/feed", answered{kind: "text/html", etag: `"2"`, body: fmt.Sprintf(rss, rssItem("/a", day2, "")+rssItem("/b", day2, "")+rssItem("/c", day2, ""))})
	change("/a", answered{kind: html, body: "<p>A, corrected."})
	change("/c", answered{status: 503})
	run([]string{strings.Replace(strings.Replace(a, "A.", "A, corrected.", 1), "07-17", "07-18", 1), same("/b"), "/c: answered 503 Service Unavailable"}, []string{"/feed", "/a", "/c"})

	// The feed is as it was, but not all of it was had: what failed for a reason that may pass is tried again.
	change("/c", answered{kind: html, body: "<p>C."})
	run([]string{same("/a"), same("/b"), "/c|Title of /c|2025-07-18T10:00:00Z|The Daily|<p>C."}, []string{"/feed", "/c"})
	run([]string{same("/feed")}, []string{"/feed"})

	// Newer by the feed, the same by the page.
	change("/feed", answered{kind: "text/html", etag: `"3"`, body: fmt.Sprintf(rss, rssItem("/b", "Sat, 19 Jul 2025 10:00:00 GMT", ""))})
	run([]string{same("/b")}, []string{"/feed", "/b"})
	if got, want := visits[s.URL+"/b"].Modified, time.Date(2025, 7, 19, 10, 0, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("remembers /b of %v, want %v", got, want)
	}
	// A date that has not come yet can't keep what changes from being read, nor make all be read each time.
	change("/feed", answered{kind: "text/html", etag: `"4"`, body: fmt.Sprintf(rss, rssItem("/d", "Wed, 01 Jan 2200 00:00:00 GMT", ""))})
	change("/d", answered{kind: html, body: "<p>D."})
	run([]string{"/d|Title of /d|2200-01-01T00:00:00Z|The Daily|<p>D."}, []string{"/feed", "/d"})
	change("/feed", answered{kind: "text/html", etag: `"5"`, body: fmt.Sprintf(rss, rssItem("/d", "Wed, 01 Jan 2200 00:00:00 GMT", ""))})
	run([]string{same("/d")}, []string{"/feed"})

	r.Recall = nil // --reload
	run([]string{"/d|Title of /d|2200-01-01T00:00:00Z|The Daily|<p>D."}, []string{"/feed", "/d"})
}

// TestRememberOrder: an address is remembered behind its documents, and not at all when the reading ends before.
func TestRememberOrder(t *testing.T) {
	s := newSite(t, map[string]answered{
		"/feed": {kind: "application/rss+xml", body: fmt.Sprintf(rss, rssItem("/a", "", "")+rssItem("/b", "", ""))},
		"/a":    {kind: html, body: "<p>A."}, "/b": {kind: html, body: "<p>B."},
	})
	r, _ := visitor(t)
	var got []string
	r.Remember = func(url string, v fetch.Visit) { got = append(got, "remember "+strings.TrimPrefix(url, s.URL)) }
	for raw := range r.Read(t.Context(), s.URL+"/feed") {
		got = append(got, "read "+strings.TrimPrefix(raw.URL, s.URL))
	}
	wantLines(t, got, []string{"read /a", "remember /a", "read /b", "remember /b", "remember /feed"})
	got = nil
	for raw := range r.Read(t.Context(), s.URL+"/feed") {
		got = append(got, "read "+strings.TrimPrefix(raw.URL, s.URL))
		break
	}
	wantLines(t, got, []string{"read /a"})
}

const sitemapOf = `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">%s</urlset>`

func TestSitemap(t *testing.T) {
	news := `<url><loc> BASE/a </loc><lastmod>2025-07-19T11:00:00Z</lastmod><image:image><image:loc>BASE/x.png</image:loc><image:title>X</image:title></image:image>
<news:news><news:publication><news:name>The Daily</news:name><news:language>en</news:language></news:publication><news:publication_date>2025-07-18T09:00:00+02:00</news:publication_date><news:title>No Deal</news:title></news:news></url>`
	s := newSite(t, map[string]answered{
		"/news.xml": {kind: "application/xml", body: fmt.Sprintf(sitemapOf, news+"<url><loc>BASE/missing</loc></url><url><loc>BASE/b</loc><lastmod>2025-07-01</lastmod></url>")},
		"/b.xml.gz": {kind: "application/x-gzip", body: members(fmt.Sprintf(sitemapOf, "<url><loc>https://example.invalid/x</loc><lastmod>2025-07-01</lastmod></url>"))},
		"/index.xml": {kind: "text/xml", body: `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>BASE/b.xml.gz</loc><lastmod>2025-07-02</lastmod></sitemap>
<sitemap><loc>BASE/news.xml</loc></sitemap><sitemap><loc>BASE/index.xml</loc></sitemap><sitemap/></sitemapindex>`},
		"/a": {kind: html, body: "<p>A."}, "/b": {kind: html, body: "<p>B."},
	})
	const a = "/a|No Deal|2025-07-18T07:00:00Z|The Daily|<p>A."
	const b = "/b||2025-07-01T00:00:00Z||<p>B."
	missing := "/missing: answered 404 Not Found (the page is gone, or the address is wrong)"
	t.Run("news", func(t *testing.T) {
		r, visits := visitor(t)
		wantLines(t, loaded(t, s, r, s.URL+"/news.xml"), []string{a, missing, b})
		s.called()
		const same = ": left out: not changed since the last visit"
		wantLines(t, loaded(t, s, r, s.URL+"/news.xml"), []string{"/a" + same, "/missing" + same, "/b" + same})
		if got := s.called(); !slices.Equal(got, []string{"/news.xml"}) {
			t.Errorf("called %q, want the sitemap alone", got)
		}
		if got := visits[s.URL+"/a"].Modified; !got.Equal(time.Date(2025, 7, 19, 11, 0, 0, 0, time.UTC)) {
			t.Errorf("remembers %v of /a, want its lastmod", got)
		}
	})
	t.Run("since", func(t *testing.T) {
		r, _ := visitor(t)
		r.Since = time.Date(2025, 7, 10, 0, 0, 0, 0, time.UTC)
		wantLines(t, loaded(t, s, r, s.URL+"/index.xml"), []string{
			"/b.xml.gz: left out: older than 2025-07-10", a, missing, "/b: left out: older than 2025-07-10", "/index.xml: loc: is missing",
		})
	})
	t.Run("deep", func(t *testing.T) {
		pages := map[string]answered{}
		for i := range 6 {
			pages[fmt.Sprintf("/%d", i)] = answered{kind: "text/xml", body: fmt.Sprintf("<sitemapindex><sitemap><loc>BASE/%d</loc></sitemap></sitemapindex>", i+1)}
		}
		s := newSite(t, pages)
		r, _ := visitor(t)
		wantLines(t, loaded(t, s, r, s.URL+"/0"), []string{"/3: is a sitemap too deep in indexes of sitemaps"})
	})
	t.Run("an index", func(t *testing.T) {
		s.called()
		r, _ := visitor(t)
		got := loaded(t, s, r, s.URL+"/index.xml")
		if len(got) != 5 || !strings.HasPrefix(got[0], "https://example.invalid/x: ") || !slices.Equal(got[1:4], []string{a, missing, b}) {
			t.Errorf("got %q", got)
		}
		if got, want := s.called(), []string{"/index.xml", "/b.xml.gz", "/news.xml", "/a", "/missing", "/b"}; !slices.Equal(got, want) {
			t.Errorf("called %q, want %q", got, want)
		}
	})
}
