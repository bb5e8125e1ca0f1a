// Package fetch gets pages, feeds and sitemaps over HTTP from strangers, politely and at no risk to the network it runs in.
//
// # Manners
//
// robots.txt is obeyed as RFC 9309 says, a host is called [Client.Parallel] times at once and once an [Client.Interval] at most,
// what was fetched before is asked for conditionally, Retry-After is obeyed, and only what a second try can help
// (429, 5xx, timeouts, broken connections) is tried again, a bounded number of times, ever later.
//
// # Safety
//
// Only http and https are spoken. Private, loopback, link-local and other addresses that are not of the public internet are refused
// when the connection is made, behind the name's resolution, so no name can be bound anew in between, and on each
// redirect. Bodies are capped, packed and unpacked; every wait has an end. Addresses with credentials are refused, and
// nothing this package returns repeats them.
package fetch

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// What the zero Client does.
const (
	DefaultMaxBytes     = 16 << 20 // a page of news is 0.1 to 3 MB, a sitemap of 50,000 addresses about 8
	DefaultMaxRedirects = 10
	DefaultInterval     = time.Second
	DefaultParallel     = 2
	DefaultRetries      = 3
	DefaultMaxWait      = time.Minute
	DefaultTimeout      = time.Minute
)

// product is the name by which robots.txt knows this program.
const product = "saidgraph"

// UserAgent is the honest name of a version; contact is the address of a page that says who runs it and how to reach them, or "".
func UserAgent(version, contact string) string {
	if contact == "" {
		return product + "/" + version
	}
	return product + "/" + version + " (+" + contact + ")"
}

// Client fetches. The zero value is ready and follows the defaults; one Client serves a whole process, since it holds the hosts'
// clocks. It is safe for concurrent use and must not be changed or copied after its first.
type Client struct {
	UserAgent    string // see the function; "": the product's name alone
	AllowPrivate bool   // call addresses that are not of the public internet, too
	IgnoreRobots bool   // for sites of one's own

	// Proxy chooses the proxy of a request, nil for none; http.ProxyFromEnvironment is one. No field: no proxy, whatever the
	// environment says. A proxy resolves names itself, so it must refuse private addresses itself.
	Proxy func(*http.Request) (*url.URL, error)

	MaxBytes     int64         // of a body, unpacked; 0: DefaultMaxBytes
	MaxRedirects int           // 0: DefaultMaxRedirects
	Interval     time.Duration // between two requests to a host; 0: DefaultInterval; robots.txt's Crawl-delay lengthens it
	Parallel     int           // requests at once to a host; 0: DefaultParallel
	Retries      int           // after the first try; 0: DefaultRetries; negative: none
	MaxWait      time.Duration // the longest Retry-After, Crawl-delay or back-off that is waited for; 0: DefaultMaxWait

	ConnectTimeout time.Duration // 0: 10 s
	TLSTimeout     time.Duration // 0: 10 s
	HeaderTimeout  time.Duration // from the request to the answer's header; 0: 30 s
	Timeout        time.Duration // of one request, to its last byte; 0: DefaultTimeout

	Resolver *net.Resolver                              // nil: the system's
	Now      func() time.Time                           // nil: time.Now
	Sleep    func(context.Context, time.Duration) error // nil: sleeps; returns early, with ctx's error, when ctx is done
	Rand     func() float64                             // jitter in [0, 1); nil: rand.Float64

	once            sync.Once
	direct, proxied *http.Transport

	mu    sync.Mutex
	hosts map[string]*host
}

// Visit is what is remembered of an address between runs.
type Visit struct {
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"` // as the server wrote it
	At           time.Time `json:"at,omitzero"`             // of the visit
	Modified     time.Time `json:"modified,omitzero"`       // how new what was seen is: Last-Modified, or a later date that a feed or sitemap gave; never after At
	Article      string    `json:"article,omitempty"`       // the caller's: what the page became
}

// Response is an answer.
type Response struct {
	URL         string // the last one, where redirects led
	Status      int
	NotModified bool   // it is as it was at the Visit; there is no Body
	ContentType string // as sent
	Body        []byte // unpacked, in its own charset
	Visit       Visit  // to give to the next Get of the same address
}

// Get fetches address. v is what an earlier visit returned, or zero. Every error is an *Error; when ctx ends, it wraps ctx's.
func (c *Client) Get(ctx context.Context, address string, v Visit) (*Response, error) {
	u, bad := c.parse(address)
	if bad != nil {
		return nil, bad
	}
	resp, bad := c.persist(ctx, u, func() (*Response, *Error) { return c.follow(ctx, u, v) })
	if bad != nil {
		return nil, bad
	}
	return resp, nil
}

// follow makes one try, through its redirects.
func (c *Client) follow(ctx context.Context, u *url.URL, v Visit) (*Response, *Error) {
	seen := map[string]bool{}
	for range c.maxRedirects() + 1 {
		if seen[u.String()] {
			return nil, fail(u, "redirects in a loop", "the site may want cookies, which are not kept")
		}
		seen[u.String()] = true
		h := c.host(u)
		if bad := c.allowed(ctx, h, u); bad != nil {
			return nil, bad
		}
		resp, next, bad := c.exchange(ctx, h, u, v, bodyLimit{c.maxBytes(), false})
		if bad != nil || next == nil {
			return resp, bad
		}
		u = next
	}
	return nil, fail(u, fmt.Sprintf("redirects more than %d times", c.maxRedirects()), "")
}

// exchange makes one request in its turn. It returns an answer, or where the server sends us.
func (c *Client) exchange(ctx context.Context, h *host, u *url.URL, v Visit, limit bodyLimit) (*Response, *url.URL, *Error) {
	done, bad := c.turn(ctx, h, u)
	if bad != nil {
		return nil, nil, bad
	}
	defer done()
	resp, next, bad := c.call(ctx, u, v, limit)
	h.note(c.now(), bad)
	return resp, next, bad
}

func (c *Client) call(ctx context.Context, u *url.URL, v Visit, limit bodyLimit) (*Response, *url.URL, *Error) {
	inner, cancel := context.WithTimeout(ctx, or(c.Timeout, DefaultTimeout))
	defer cancel()
	req, transport, bad := c.request(inner, u, v)
	if bad != nil {
		return nil, nil, bad
	}
	answer, err := transport.RoundTrip(req)
	if err != nil {
		return nil, nil, networkError(ctx, u, err)
	}
	defer answer.Body.Close()
	if redirects(answer.StatusCode) {
		next, bad := c.redirect(u, answer.Header.Get("Location"))
		return nil, next, bad
	}
	resp := &Response{URL: u.String(), Status: answer.StatusCode, ContentType: answer.Header.Get("Content-Type")}
	resp.Visit = visit(answer.Header, v, c.now())
	switch {
	case answer.StatusCode == http.StatusNotModified && (v.ETag != "" || v.LastModified != ""):
		resp.NotModified = true
		return resp, nil, nil
	case answer.StatusCode != http.StatusOK && answer.StatusCode != http.StatusNonAuthoritativeInfo:
		return nil, nil, statusError(u, answer.StatusCode, answer.Header.Get("Retry-After"), c.now())
	}
	resp.Body, bad = readBody(ctx, u, answer, limit)
	return resp, nil, bad
}

func (c *Client) request(ctx context.Context, u *url.URL, v Visit) (*http.Request, *http.Transport, *Error) {
	c.once.Do(c.open)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, nil, fail(u, "is no address", "")
	}
	agent := c.UserAgent
	if agent == "" {
		agent = product
	}
	req.Header.Set("User-Agent", agent)
	req.Header.Set("Accept", "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5")
	req.Header.Set("Accept-Language", "en,*;q=0.5")
	req.Header.Set("Accept-Encoding", "gzip")
	if v.ETag != "" {
		req.Header.Set("If-None-Match", v.ETag)
	}
	if v.LastModified != "" {
		req.Header.Set("If-Modified-Since", v.LastModified)
	}
	if c.Proxy == nil {
		return req, c.direct, nil
	}
	switch proxy, err := c.Proxy(req); {
	case err != nil:
		return nil, nil, fail(u, "has no proxy that can be used", "look at HTTP_PROXY and HTTPS_PROXY")
	case proxy == nil:
		return req, c.direct, nil
	}
	return req, c.proxied, nil
}

// open makes the transports. Only the direct one guards the addresses it dials: the other dials nothing but the proxy.
func (c *Client) open() {
	dialer := net.Dialer{Timeout: or(c.ConnectTimeout, 10*time.Second), KeepAlive: 30 * time.Second, Resolver: c.Resolver}
	c.proxied = &http.Transport{
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		DisableCompression:     true, // readBody unpacks, with a cap
		TLSHandshakeTimeout:    or(c.TLSTimeout, 10*time.Second),
		ResponseHeaderTimeout:  or(c.HeaderTimeout, 30*time.Second),
		IdleConnTimeout:        30 * time.Second,
		MaxIdleConns:           64,
		MaxIdleConnsPerHost:    c.parallel(),
		MaxResponseHeaderBytes: 256 << 10,
	}
	c.direct = c.proxied.Clone()
	guarded := dialer
	if !c.AllowPrivate {
		guarded.Control = control
	}
	c.direct.DialContext = guarded.DialContext
	c.proxied.Proxy = c.Proxy
}

// redirect returns the checked address that from redirects to.
func (c *Client) redirect(from *url.URL, location string) (*url.URL, *Error) {
	if location == "" {
		return nil, fail(from, "redirects nowhere", "")
	}
	to, err := from.Parse(location)
	if err != nil {
		return nil, fail(from, "redirects to what is no address", "")
	}
	next, bad := c.parse(to.String())
	if bad != nil {
		return nil, fail(from, "redirects to "+bad.URL+", which "+bad.Reason, bad.Hint)
	}
	return next, nil
}

func redirects(status int) bool {
	return status == 301 || status == 302 || status == 303 || status == 307 || status == 308
}

// longestETag bounds what a server may make us remember.
const longestETag = 1024

func visit(h http.Header, before Visit, now time.Time) Visit {
	v := Visit{ETag: h.Get("ETag"), LastModified: h.Get("Last-Modified"), At: now.UTC().Truncate(time.Second), Article: before.Article}
	if len(v.ETag) > longestETag {
		v.ETag = ""
	}
	modified, err := http.ParseTime(v.LastModified)
	if err != nil {
		v.LastModified = ""
	} else if v.Modified = modified.UTC(); v.Modified.After(v.At) {
		v.Modified = v.At // a clock that runs ahead must not hide what changes tomorrow
	}
	if v.ETag == "" && v.LastModified == "" { // a 304 need not repeat them
		v.ETag, v.LastModified = before.ETag, before.LastModified
	}
	if before.Modified.After(v.Modified) && !before.Modified.After(v.At) {
		v.Modified = before.Modified
	}
	return v
}

func or[T comparable](value, otherwise T) T {
	var zero T
	if value == zero {
		return otherwise
	}
	return value
}

func (c *Client) maxBytes() int64        { return or(c.MaxBytes, DefaultMaxBytes) }
func (c *Client) maxRedirects() int      { return or(c.MaxRedirects, DefaultMaxRedirects) }
func (c *Client) parallel() int          { return or(c.Parallel, DefaultParallel) }
func (c *Client) maxWait() time.Duration { return or(c.MaxWait, DefaultMaxWait) }
func (c *Client) retries() int           { return max(0, or(c.Retries, DefaultRetries)) }

func (c *Client) now() time.Time {
	if c.Now != nil {
		return c.Now()
	}
	return time.Now()
}

func (c *Client) sleep(ctx context.Context, d time.Duration) error {
	if c.Sleep != nil {
		return c.Sleep(ctx, d)
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *Client) random() float64 {
	if c.Rand != nil {
		return c.Rand()
	}
	return rand.Float64()
}
