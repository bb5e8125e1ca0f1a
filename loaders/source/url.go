package source

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"html"
	"io"
	"mime"
	"net/url"
	"strings"
	"time"

	"saidgraph/loaders/fetch"
)

// item is what a feed or a sitemap says of one page.
type item struct {
	url, title, outlet, byline, language string
	published, updated                   time.Time
	content                              string // of the page, as HTML; "" where nothing is said
}

// newest is the last time that the page is said to have changed.
func (it item) newest() time.Time {
	if it.published.After(it.updated) {
		return it.published
	}
	return it.updated
}

// date returns a date of a feed, zero where it can't be read: the page may say it better.
func date(s string) time.Time {
	t, err := Date(s)
	if err != nil {
		return time.Time{}
	}
	return t
}

// address yields what is at an address: a page, or the pages of a feed or sitemap. What was not modified since an
// earlier visit is skipped.
func (r Reader) address(ctx context.Context, address string, y yield) bool {
	goOn, _ := r.visit(ctx, address, time.Time{}, y, func(resp *fetch.Response, y yield) (goOn, whole bool) {
		from := fetch.Redact(address)
		kind := r.As
		if kind == "" || kind == kindURL {
			kind = kindOf(resp)
		}
		switch kind {
		case kindFeed:
			return r.feedItems(ctx, resp.URL, body(resp), y)
		case kindSitemap:
			return r.sitemapItems(ctx, resp.URL, body(resp), journey{seen: map[string]bool{}}, y)
		case kindWARC: // not unpacked: each of its records is a member of gzip, and one that is torn costs no other
			return r.warc(ctx, from, bytes.NewReader(resp.Body), y), true
		case kindHTML, kindText:
			raw, bad := r.page(from, kind, resp)
			return yieldOne(y, raw, bad), true
		default:
			return r.as(ctx, kind, from, bufio.NewReader(body(resp)), y), true
		}
	})
	return goOn
}

// visit fetches an address, hands what is there to read unless it is as it was, and remembers the visit when read says that nothing of it must be
// tried again, or when it failed for good. newest is when the address is said to have changed.
func (r Reader) visit(ctx context.Context, address string, newest time.Time, y yield, read func(*fetch.Response, yield) (goOn, whole bool)) (goOn, whole bool) {
	if r.Client == nil {
		return y(Raw{}, &Error{From: fetch.Redact(address), Reason: "is an address, and nothing is fetched here"}), false
	}
	var before fetch.Visit
	if r.Recall != nil {
		before, _ = r.Recall(ctx, address)
	}
	resp, err := r.Client.Get(ctx, address, before)
	if ctx.Err() != nil {
		return false, false
	}
	if err != nil {
		bad, passing := fetchError(address, err)
		if goOn = y(Raw{}, bad); goOn && !passing {
			r.remember(address, fetch.Visit{At: r.now(), Modified: newest, Article: before.Article}, newest)
		}
		return goOn, !passing
	}
	if resp.NotModified {
		goOn, whole = r.skip(address, unchanged, y), true
	} else {
		goOn, whole = read(resp, y)
	}
	if goOn && whole {
		r.remember(address, resp.Visit, newest)
	}
	return goOn, whole
}

// skip yields why an address is left out.
func (r Reader) skip(address, why string, y yield) bool {
	return y(Raw{}, &Skip{From: fetch.Redact(address), Why: why})
}

func (r Reader) now() time.Time {
	if r.Client != nil && r.Client.Now != nil {
		return r.Client.Now().UTC()
	}
	return time.Now().UTC()
}

// remember hands a visit to the caller, who saves it behind all that was yielded before. newest counts as far as it has come.
func (r Reader) remember(address string, v fetch.Visit, newest time.Time) {
	if r.Remember == nil || fetch.Redact(address) != address {
		return
	}
	if newest.After(v.At) {
		newest = v.At
	}
	if newest.After(v.Modified) {
		v.Modified = newest
	}
	r.Remember(address, v)
}

// old says whether a page is older than what is wanted.
func (r Reader) old(it item) bool {
	at := cmp.Or(it.published, it.updated)
	return !at.IsZero() && at.Before(r.Since)
}

// known says whether a page was visited and is not said to have changed since.
func (r Reader) known(ctx context.Context, it item) bool {
	if r.Recall == nil {
		return false
	}
	before, ok := r.Recall(ctx, it.url)
	at := it.newest()
	if at.After(r.now()) { // a date that has not come yet says nothing
		at = time.Time{}
	}
	return ok && !at.After(before.Modified)
}

// follow yields the page of an item. whole is false when it failed for a reason that may pass.
func (r Reader) follow(ctx context.Context, from string, it item, y yield) (goOn, whole bool) {
	it.url = withoutFragment(it.url)
	switch {
	case ctx.Err() != nil:
		return false, false
	case r.old(it):
		return r.skip(it.url, Older(r.Since), y), true
	case it.url == "" && !it.whole():
		return y(Raw{}, &Error{From: from, Field: "link", Reason: "is missing of an item" + titled(it.title)}), true
	case it.url == "" || r.Client == nil && it.whole():
		return y(it.raw(from), nil), true
	case r.Client == nil:
		return y(Raw{}, &Error{From: fetch.Redact(it.url), Reason: "has not its full text in " + from + ", and nothing is fetched here"}), false
	case r.known(ctx, it):
		return r.skip(it.url, unchanged, y), true
	}
	refused := func(raw Raw, err error) bool { // the feed's own text stands in for a page that can't be had
		var bad *Error
		if errors.As(err, &bad) && it.whole() {
			return y(it.raw(fetch.Redact(it.url)), nil)
		}
		return y(raw, err)
	}
	return r.visit(ctx, it.url, it.newest(), refused, func(resp *fetch.Response, _ yield) (goOn, whole bool) {
		said := it.raw(fetch.Redact(it.url))
		raw, bad := r.page(said.From, kindOf(resp), resp)
		raw.Title, raw.Date, raw.Outlet, raw.Byline, raw.Language = said.Title, said.Date, said.Outlet, said.Byline, said.Language
		return yieldOne(y, raw, bad), true
	})
}

func titled(title string) string {
	if title == "" {
		return ""
	}
	return " with the title “" + title + "”"
}

// yieldOne yields a document or why it is none.
func yieldOne(y yield, raw Raw, bad *Error) bool {
	if bad != nil {
		return y(Raw{}, bad)
	}
	return y(raw, nil)
}

// raw is the item's own text as a document.
func (it item) raw(from string) Raw {
	raw := Raw{
		From: from, URL: fetch.Redact(it.url), Title: it.title, Outlet: it.outlet, Byline: it.byline, Language: it.language,
		HTML: []byte(it.content), ContentType: "text/html; charset=utf-8",
	}
	if at := cmp.Or(it.published, it.updated); !at.IsZero() {
		raw.Date = at.Format(time.RFC3339)
	}
	return raw
}

// shortest is the least text, in bytes, of an item that is taken for a whole article: a teaser has two or three sentences.
const shortest = 800

// whole says whether the item holds its article, not just the beginning.
func (it item) whole() bool {
	text := strings.TrimRight(words(it.content), " .]")
	if len(text) < shortest {
		return false
	}
	end := strings.ToLower(text[len(text)-60:])
	for _, more := range []string{"…", "[..", "read more", "continue reading", "read the full", "read full", "more »"} {
		if strings.Contains(end, more) {
			return false
		}
	}
	return true
}

// paragraphs writes plain text as HTML.
func paragraphs(text string) string {
	var b strings.Builder
	for p := range strings.SplitSeq(text, "\n") {
		if p = strings.TrimSpace(p); p != "" {
			b.WriteString("<p>" + html.EscapeString(p) + "</p>\n")
		}
	}
	return b.String()
}

func withoutFragment(address string) string {
	address, _, _ = strings.Cut(strings.TrimSpace(address), "#")
	return address
}

// kindOf says what an answer is: by its first bytes where they are plain, else by its content type, since servers call feeds
// text/html and pages text/plain.
func kindOf(resp *fetch.Response) string {
	head := resp.Body[:min(len(resp.Body), headBytes)]
	if isGzip(head) {
		head = unpackHead(head)
	}
	kind := sniff(head)
	switch media := mediaOf(resp); {
	case kind == kindFeed, kind == kindSitemap, kind == kindWARC, kind == kindHTML:
		return kind
	case media == "text/html", media == "application/xhtml+xml":
		return kindHTML
	case media == "text/csv", media == "text/tab-separated-values":
		return kindCSV
	case kind == kindCSV: // a text whose first line has commas
		return kindText
	}
	return kind
}

func mediaOf(resp *fetch.Response) string {
	media, _, _ := mime.ParseMediaType(resp.ContentType)
	return media
}

// page returns the document of an answer that is one.
func (r Reader) page(from, kind string, resp *fetch.Response) (Raw, *Error) {
	raw := Raw{From: from, URL: resp.URL}
	media := mediaOf(resp)
	major, _, _ := strings.Cut(media, "/")
	switch {
	case kind != kindHTML && kind != kindText:
		return raw, raw.Fail("", "is no page but of the kind "+kind, "load it by its own address")
	case major == "image" || major == "audio" || major == "video" || major == "font" || media == "application/pdf":
		return raw, raw.Fail("", "is "+media+", not a page", "")
	case len(bytes.TrimSpace(resp.Body)) == 0:
		return raw, raw.Fail("", "is empty", "")
	case int64(len(resp.Body)) > r.max():
		return raw, tooLong(from, 0, int64(len(resp.Body)), r.max())
	case kind == kindHTML:
		raw.HTML, raw.ContentType = resp.Body, resp.ContentType
		return raw, nil
	}
	text, bad := Decode(resp.Body)
	if bad != nil {
		bad.From = from
	}
	raw.Text = text
	return raw, bad
}

// body returns what an answer holds, unpacked where it is a file of gzip.
func body(resp *fetch.Response) io.Reader {
	if isGzip(resp.Body) {
		return unpack(bytes.NewReader(resp.Body))
	}
	return bytes.NewReader(resp.Body)
}

// fetchError says why an address could not be read, and whether that may pass.
func fetchError(address string, err error) (bad *Error, passing bool) {
	from := fetch.Redact(address)
	var e *fetch.Error
	if !errors.As(err, &e) {
		return &Error{From: from, Reason: err.Error()}, true
	}
	bad = &Error{From: from, Reason: e.Reason, Hint: e.Hint}
	if was, err := url.Parse(address); err == nil && strings.TrimSuffix(was.String(), "/") != strings.TrimSuffix(e.URL, "/") && e.URL != from {
		bad.Reason = "leads to " + e.URL + ", which " + e.Reason
	}
	if name := strings.TrimSuffix(address, ".gz"); strings.HasSuffix(name, ".warc") && strings.Contains(e.Reason, "limit") {
		bad.Hint = "download it, then load the file"
	}
	return bad, e.Temporary
}
