package fetch_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"saidgraph/loaders/fetch"
)

// clock is the time of a test: sleeping moves it.
type clock struct {
	mu    sync.Mutex
	now   time.Time
	slept []time.Duration
}

func newClock() *clock { return &clock{now: time.Date(2025, 7, 19, 12, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	c.slept = append(c.slept, d)
	return ctx.Err()
}

func (c *clock) total() (sum time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, d := range c.slept {
		sum += d
	}
	return sum
}

// client may call this machine, does not wait, and gives up soon.
func client(t *testing.T) (*fetch.Client, *clock) {
	t.Helper()
	clk := newClock()
	return &fetch.Client{
		AllowPrivate: true, IgnoreRobots: true, Retries: -1, Timeout: 20 * time.Second,
		Now: clk.Now, Sleep: clk.Sleep, Rand: func() float64 { return 0.5 },
	}, clk
}

// server answers with f; it counts and remembers the requests.
type server struct {
	*httptest.Server
	mu       sync.Mutex
	requests []*http.Request
}

func serve(t *testing.T, f http.HandlerFunc) *server {
	t.Helper()
	s := &server{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.requests = append(s.requests, r)
		s.mu.Unlock()
		f(w, r)
	}))
	t.Cleanup(func() {
		s.CloseClientConnections()
		s.Close()
	})
	return s
}

// paths are those of the requests so far.
func (s *server) paths() (got []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.requests {
		got = append(got, r.URL.Path)
	}
	return got
}

// raw answers every connection with bytes that no HTTP server would send, then runs rest.
func raw(t *testing.T, head string, rest func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				_, _ = conn.Read(make([]byte, 4096))
				_, _ = io.WriteString(conn, head)
				if rest != nil {
					rest(conn)
				}
			}()
		}
	}()
	return "http://" + l.Addr().String() + "/"
}

func gzipped(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(b)
	_ = z.Close()
	return out.Bytes()
}

func failure(t *testing.T, err error) *fetch.Error {
	t.Helper()
	var e *fetch.Error
	if !errors.As(err, &e) {
		t.Fatalf("got %T %v, want a *fetch.Error", err, err)
	}
	return e
}

func TestGet(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-16") // it lies: that is for who reads the page to find out
		w.Header().Set("ETag", `"1"`)
		w.Header().Set("Last-Modified", "Fri, 18 Jul 2025 10:00:00 GMT")
		_, _ = io.WriteString(w, "<p>Zo\xeb said no.")
	})
	c, clk := client(t)
	c.UserAgent = fetch.UserAgent("1.2", "https://example.org/bot")
	got, err := c.Get(t.Context(), s.URL+"/a#top", fetch.Visit{Article: "id"})
	if err != nil {
		t.Fatal(err)
	}
	want := fetch.Response{
		URL: s.URL + "/a", Status: 200, ContentType: "text/html; charset=utf-16", Body: []byte("<p>Zo\xeb said no."),
		Visit: fetch.Visit{
			ETag: `"1"`, LastModified: "Fri, 18 Jul 2025 10:00:00 GMT", At: clk.Now(),
			Modified: time.Date(2025, 7, 18, 10, 0, 0, 0, time.UTC), Article: "id",
		},
	}
	if fmt.Sprintf("%+v", *got) != fmt.Sprintf("%+v", want) {
		t.Errorf("got  %+v\nwant %+v", *got, want)
	}
	if got, want := s.requests[0].UserAgent(), "saidgraph/1.2 (+https://example.org/bot)"; got != want {
		t.Errorf("got User-Agent %q, want %q", got, want)
	}
}

func TestConditional(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `W/"7"`)
		if r.Header.Get("If-None-Match") == `W/"7"` || r.Header.Get("If-Modified-Since") != "" || r.URL.Path == "/rude" {
			w.WriteHeader(304)
			return
		}
		_, _ = io.WriteString(w, "new")
	})
	c, clk := client(t)
	first, err := c.Get(t.Context(), s.URL, fetch.Visit{})
	if err != nil || string(first.Body) != "new" {
		t.Fatalf("got %+v, %v", first, err)
	}
	before := first.Visit
	before.Modified = time.Date(2025, 7, 1, 0, 0, 0, 0, time.UTC) // as a feed said
	again, err := c.Get(t.Context(), s.URL, before)
	if err != nil || !again.NotModified || again.Status != 304 || again.Body != nil {
		t.Fatalf("got %+v, %v; want a 304", again, err)
	}
	if want := (fetch.Visit{ETag: `W/"7"`, At: clk.Now(), Modified: before.Modified}); again.Visit != want {
		t.Errorf("got %+v, want %+v", again.Visit, want)
	}
	if again, err := c.Get(t.Context(), s.URL, fetch.Visit{LastModified: "Fri, 18 Jul 2025 10:00:00 GMT"}); err != nil || !again.NotModified {
		t.Errorf("by date: got %+v, %v; want a 304", again, err)
	}
	if _, err := c.Get(t.Context(), s.URL+"/rude", fetch.Visit{}); failure(t, err).Reason != "answered 304 Not Modified" {
		t.Errorf("got %v, want a 304 that nobody asked for refused", err)
	}
}

// TestVisitOfAClockAhead: a server whose clock, or lie, is in the year 9999 must not hide what changes tomorrow.
func TestVisitOfAClockAhead(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Last-Modified", "Fri, 31 Dec 9999 23:59:59 GMT")
		w.Header().Set("ETag", strings.Repeat("x", 5000))
	})
	c, clk := client(t)
	got, err := c.Get(t.Context(), s.URL, fetch.Visit{})
	if err != nil {
		t.Fatal(err)
	}
	if want := (fetch.Visit{LastModified: "Fri, 31 Dec 9999 23:59:59 GMT", At: clk.Now(), Modified: clk.Now()}); got.Visit != want {
		t.Errorf("got %+v, want %+v", got.Visit, want)
	}
}

func TestRefusedAddresses(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"another scheme", "ftp://example.org/a", "ftp://example.org/a: is no http or https address"},
		{"a file", "file:///etc/passwd", "file:///etc/passwd: is no http or https address"},
		{"no host", "http:///a", "http:///a: names no host"},
		{"no address", "http://exa mple.org/", "http://exa mple.org/: is no address"},
		{"control characters", "http://example.org/\x1b[2J", "http://example.org/?[2J: is no address"},
		{"credentials", "https://ann:secret@example.org/a", "https://example.org/a: holds credentials, which are neither sent nor stored (leave out what stands before the @)"},
		{"a user", "https://ann@example.org/a", "https://example.org/a: holds credentials, which are neither sent nor stored (leave out what stands before the @)"},
		{"credentials that are no address", "https://ann:sec ret@example.org/%zz", "https://example.org/%zz: is no address"},
		{"a password with a slash", "https://ann:sec/ret@example.org/", "https://…: is no address"},
		{"a password with slash and at", "https://ann:sec@re/t@example.org/", "https://…: holds credentials, which are neither sent nor stored (leave out what stands before the @)"},
		{"credentials without a scheme", "//ann:secret@example.org/", "…example.org/: is no http or https address"},
		{"long", "http://ann:secret@example.org/" + strings.Repeat("a", 9000), "http://example.org/" + strings.Repeat("a", 61) + "…: is longer than 8 KiB"},
		{"loopback", "http://127.1.2.3/", "http://127.1.2.3/: is at 127.1.2.3, an address of this machine (--allow-private allows it)"},
		{"mapped", "http://[::ffff:10.0.0.1]/", "http://[::ffff:10.0.0.1]/: is at ::ffff:10.0.0.1, a private address (--allow-private allows it)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var c fetch.Client
			_, err := c.Get(t.Context(), tt.in, fetch.Visit{})
			if e := failure(t, err); e.Error() != tt.want || e.Temporary {
				t.Errorf("got  %v, temporary %v\nwant %s", e, e.Temporary, tt.want)
			}
		})
	}
}

func TestRedact(t *testing.T) {
	for in, want := range map[string]string{
		"https://medium.com/@ann/post?a=b@c": "https://medium.com/@ann/post?a=b@c",
		"https://a:b@h/@ann":                 "https://…",
		"http://a:b@h":                       "http://h",
		"http://a\\@h/":                      "http://…",
		"plain":                              "plain",
	} {
		if got := fetch.Redact(in); got != want {
			t.Errorf("Redact(%q): got %q, want %q", in, got, want)
		}
	}
}

func TestRedirects(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		to := map[string]string{
			"/loop": "/loop2", "/loop2": "/loop", "/self": "/self",
			"/file": "file:///etc/passwd",
			"/user": "http://ann:secret@example.org/", "/nowhere": "", "/bad": "http://%zz/", "/ok": "b?c=d#e",
		}
		if n, ok := strings.CutPrefix(r.URL.Path, "/deep"); ok {
			w.Header().Set("Location", "/deep"+n+"x")
			w.WriteHeader(302)
			return
		}
		if location, ok := to[r.URL.Path]; ok {
			if location != "" {
				w.Header().Set("Location", location)
			}
			w.WriteHeader(301)
			return
		}
		_, _ = io.WriteString(w, "here")
	})
	tests := []struct{ path, want string }{
		{"/ok", ""},
		{"/loop", "/loop: redirects in a loop (the site may want cookies, which are not kept)"},
		{"/self", "/self: redirects in a loop (the site may want cookies, which are not kept)"},
		{"/deep", "/deepxxxxxxxxxxx: redirects more than 10 times"},
		{"/file", "/file: redirects to file:///etc/passwd, which is no http or https address"},
		{"/user", "/user: redirects to http://example.org/, which holds credentials, which are neither sent nor stored (leave out what stands before the @)"},
		{"/nowhere", "/nowhere: redirects nowhere"},
		{"/bad", "/bad: redirects to what is no address"},
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			c, _ := client(t)
			got, err := c.Get(t.Context(), s.URL+tt.path, fetch.Visit{})
			if tt.want == "" {
				if err != nil || got.URL != s.URL+"/b?c=d" || string(got.Body) != "here" {
					t.Errorf("got %+v, %v", got, err)
				}
				return
			}
			if e := failure(t, err); e.Error() != s.URL+tt.want || e.Temporary {
				t.Errorf("got  %v\nwant %s", e, s.URL+tt.want)
			}
		})
	}
}

func TestBodies(t *testing.T) {
	bomb := gzipped(make([]byte, 8<<20)) // 8 MiB of nothing in 8 KB
	endless := func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 64<<10)); err != nil {
				return
			}
		}
	}
	packed := func(encoding string, body []byte) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", encoding)
			_, _ = w.Write(body)
		}
	}
	tests := []struct {
		name      string
		f         http.HandlerFunc
		want      string // the body, or
		reason    string
		temporary bool
	}{
		{name: "gzip", f: packed("gzip", gzipped([]byte("text"))), want: "text"},
		{name: "said to be gzip", f: packed("gzip", []byte("text")), want: "text"},
		{name: "as long as may be", f: packed("identity", make([]byte, 1<<20)), want: string(make([]byte, 1<<20))},
		{name: "a byte longer", f: packed("", make([]byte, 1<<20+1)), reason: "is longer than the limit of 1 MiB"},
		{name: "endless", f: endless, reason: "is longer than the limit of 1 MiB"},
		{name: "gzip bomb", f: packed("gzip", bomb), reason: "unpacks to more than the limit of 1 MiB"},
		{name: "endless gzip that unpacks to little", f: packed("gzip", bytes.Repeat(gzipped(nil), 60000)), reason: "is longer than the limit of 1 MiB"},
		{name: "brotli", f: packed("br", []byte("\x0b\x02\x80text\x03")), reason: `came packed as "br", which nobody asked for`},
		{name: "packed twice", f: packed("gzip, gzip", bomb), reason: `came packed as "gzip, gzip", which nobody asked for`},
		{name: "damaged gzip", f: packed("gzip", append(gzipped([]byte("text"))[:10], "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"...)), reason: "came as damaged gzip", temporary: true},
		{name: "gzip with a wrong checksum", f: packed("gzip", append(gzipped([]byte("text"))[:20], "12345678"...)), reason: "came as damaged gzip", temporary: true},
		{name: "torn gzip", f: packed("gzip", gzipped([]byte("text"))[:20]), reason: "broke the connection off, 4 bytes into its body", temporary: true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, tt.f)
			c, _ := client(t)
			c.MaxBytes = 1 << 20
			got, err := c.Get(t.Context(), s.URL, fetch.Visit{})
			if tt.reason == "" {
				if err != nil || string(got.Body) != tt.want {
					t.Errorf("got %.100v, %v", got, err)
				}
				return
			}
			if e := failure(t, err); e.Reason != tt.reason || e.Temporary != tt.temporary {
				t.Errorf("got %q, temporary %v; want %q, %v", e.Reason, e.Temporary, tt.reason, tt.temporary)
			}
		})
	}
}

// TestRudeness is what a socket can do to a client.
func TestRudeness(t *testing.T) {
	drip := func(conn net.Conn) {
		for {
			if _, err := conn.Write([]byte("x")); err != nil {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	hang := func(conn net.Conn) { _, _ = conn.Read(make([]byte, 1)) }
	flood := func(conn net.Conn) {
		for {
			if _, err := fmt.Fprintf(conn, "X-Header: %s\r\n", strings.Repeat("x", 4000)); err != nil {
				return
			}
		}
	}
	tests := []struct {
		name, head string
		rest       func(net.Conn)
		want       string // part of the reason; "" wants the body "text"
	}{
		{"a whole answer", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntext", nil, ""},
		{"longer than it says", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntext and more", nil, ""},
		{"without a length", "HTTP/1.0 200 OK\r\n\r\ntext", nil, ""},
		{"shorter than it says", "HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\ntext", nil, "broke the connection off, 4 bytes into its body"},
		{"torn chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ntext\r\n", nil, "broke the connection off, 4 bytes into its body"},
		{"no chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\ntext text\r\n", nil, "did not answer as HTTP says"},
		{"slow loris in the body", "HTTP/1.1 200 OK\r\nContent-Length: 40000\r\n\r\n", drip, "took too long to answer"},
		{"slow loris in the header", "HTTP/1.1 200 OK\r\nX: ", drip, "took too long to answer"},
		{"silence", "", hang, "took too long to answer"},
		{"closes at once", "", nil, "broke the connection off"},
		{"no HTTP", "SSH-2.0-OpenSSH_9.6\r\n", nil, "did not answer as HTTP says: "},
		{"an endless header", "HTTP/1.1 200 OK\r\n", flood, "did not answer as HTTP says: "},
		{"a status of its own", "HTTP/1.1 999 Request denied\r\nContent-Length: 0\r\n\r\n", nil, "answered 999"},
		{"a status that is none", "HTTP/1.1 OK\r\n\r\n", nil, "did not answer as HTTP says"},
		{"two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\ntext", nil, "did not answer as HTTP says"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			address := raw(t, tt.head, tt.rest)
			c, _ := client(t)
			if c.Timeout = 20 * time.Second; tt.want == "took too long to answer" {
				c.Timeout = 300 * time.Millisecond
			}
			start := time.Now()
			got, err := c.Get(t.Context(), address, fetch.Visit{})
			if took := time.Since(start); took > 30*time.Second {
				t.Errorf("took %v", took)
			}
			if tt.want == "" {
				if err != nil || string(got.Body) != "text" {
					t.Errorf("got %+v, %v", got, err)
				}
				return
			}
			if e := failure(t, err); !strings.Contains(e.Reason, tt.want) || len(e.Reason) > 300 {
				t.Errorf("got %v, want %q", e, tt.want)
			}
		})
	}
}

func TestTLS(t *testing.T) {
	s := httptest.NewTLSServer(http.NotFoundHandler())
	s.Config.ErrorLog = nil
	defer s.Close()
	c, _ := client(t)
	_, err := c.Get(t.Context(), s.URL, fetch.Visit{})
	if e := failure(t, err); !strings.HasPrefix(e.Reason, "has no valid certificate: ") || e.Temporary {
		t.Errorf("got %v, want its certificate refused", e)
	}
	plain := serve(t, func(http.ResponseWriter, *http.Request) {})
	_, err = c.Get(t.Context(), strings.Replace(plain.URL, "http:", "https:", 1), fetch.Visit{})
	if e := failure(t, err); e.Reason != "does not speak TLS as we do" {
		t.Errorf("got %v, want no TLS", e)
	}
}

func TestRetries(t *testing.T) {
	const second = time.Second
	type step struct {
		status int
		header string // Retry-After
	}
	tests := []struct {
		name    string
		steps   []step
		want    string // the error, "" for none
		calls   int
		waited  time.Duration
		another bool // temporary
	}{
		{"503 then 200", []step{{503, ""}, {200, ""}}, "", 2, 1 * second, false}, // the host's interval is longer than half the back-off
		{"429 with seconds", []step{{429, "7"}, {200, ""}}, "", 2, 7 * second, false},
		{"429 with a date", []step{{429, "Sat, 19 Jul 2025 12:00:30 GMT"}, {200, ""}}, "", 2, 30 * second, false},
		{"429 with a date gone by", []step{{429, "Sat, 19 Jul 2025 11:00:00 GMT"}, {200, ""}}, "", 2, 1 * second, false},
		{"429 with nonsense", []step{{429, "soon"}, {200, ""}}, "", 2, 1 * second, false},
		{"429 for an hour", []step{{429, "3600"}, {200, ""}}, "answered 429 Too Many Requests (it asks to be left alone for 1h0m0s)", 1, 0, true},
		{"500 for ever", []step{{500, ""}, {502, ""}, {503, ""}, {504, ""}}, "answered 504 Gateway Timeout", 4, 5 * second, true},
		{"404", []step{{404, ""}, {200, ""}}, "answered 404 Not Found (the page is gone, or the address is wrong)", 1, 0, false},
		{"403 with Retry-After", []step{{403, "5"}, {200, ""}}, "answered 403 Forbidden (the site refuses this client; ask its owner)", 1, 0, false},
		{"501", []step{{501, ""}}, "answered 501 Not Implemented", 1, 0, false},
		{"204", []step{{204, ""}}, "answered 204 No Content", 1, 0, false},
		{"206", []step{{206, ""}}, "answered 206 Partial Content", 1, 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := 0
			s := serve(t, func(w http.ResponseWriter, r *http.Request) {
				step := tt.steps[min(n, len(tt.steps)-1)]
				n++
				if step.header != "" {
					w.Header().Set("Retry-After", step.header)
				}
				w.WriteHeader(step.status)
			})
			c, clk := client(t)
			c.Retries = 0
			_, err := c.Get(t.Context(), s.URL+"/", fetch.Visit{})
			got := ""
			if err != nil {
				e := failure(t, err)
				got = strings.TrimPrefix(e.Error(), s.URL+"/: ")
				if e.Status == 0 || e.Temporary != tt.another {
					t.Errorf("got %+v", e)
				}
			}
			if got != tt.want || len(s.paths()) != tt.calls {
				t.Errorf("got %q after %d calls, want %q after %d", got, len(s.paths()), tt.want, tt.calls)
			}
			if got := clk.total(); got < tt.waited || got > tt.waited+3*second {
				t.Errorf("waited %v %v, want %v or little more", got, clk.slept, tt.waited)
			}
		})
	}
	t.Run("a connection reset once", func(t *testing.T) {
		n := 0
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if n++; n == 1 {
				conn, _, _ := w.(http.Hijacker).Hijack()
				_ = conn.(*net.TCPConn).SetLinger(0)
				conn.Close()
			}
		})
		c, _ := client(t)
		c.Retries = 1
		if _, err := c.Get(t.Context(), s.URL, fetch.Visit{}); err != nil || n != 2 {
			t.Errorf("got %v after %d calls, want none after 2", err, n)
		}
	})
	t.Run("a refused connection is not tried again", func(t *testing.T) {
		l, _ := net.Listen("tcp", "127.0.0.1:0")
		l.Close()
		c, clk := client(t)
		c.Retries = 5
		_, err := c.Get(t.Context(), "http://"+l.Addr().String(), fetch.Visit{})
		if e := failure(t, err); e.Reason != "refuses the connection" || !e.Temporary || clk.total() != 0 {
			t.Errorf("got %+v, waited %v", e, clk.slept)
		}
	})
}

// TestPace: two requests to a host are an interval apart, those to another host are not held up.
func TestPace(t *testing.T) {
	var c *fetch.Client
	var clk *clock
	var at []time.Time
	handler := func(w http.ResponseWriter, r *http.Request) { at = append(at, clk.Now()) }
	a, b := serve(t, handler), serve(t, handler)
	c, clk = client(t)
	c.Interval = 3 * time.Second
	start := clk.Now()
	for _, s := range []*server{a, b, a, a, b} {
		if _, err := c.Get(t.Context(), s.URL, fetch.Visit{}); err != nil {
			t.Fatal(err)
		}
	}
	var got []time.Duration
	for _, t := range at {
		got = append(got, t.Sub(start))
	}
	if want := []time.Duration{0, 0, 3 * time.Second, 6 * time.Second, 6 * time.Second}; !slices.Equal(got, want) {
		t.Errorf("got calls at %v, want %v", got, want)
	}
}

// TestHeldHost: what one page's Retry-After asks holds for the whole host.
func TestHeldHost(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "7200")
		w.WriteHeader(503)
	})
	c, clk := client(t)
	_, _ = c.Get(t.Context(), s.URL+"/a", fetch.Visit{})
	_, err := c.Get(t.Context(), s.URL+"/b", fetch.Visit{})
	want := "was not called: its host asked not to be called before 2025-07-19 14:00:00 UTC"
	if e := failure(t, err); e.Reason != want || !e.Temporary || len(s.paths()) != 1 {
		t.Errorf("got %v after %v, want %q", e, s.paths(), want)
	}
	_ = clk.Sleep(t.Context(), 2*time.Hour)
	_, _ = c.Get(t.Context(), s.URL+"/c", fetch.Visit{})
	if got := s.paths(); len(got) != 2 {
		t.Errorf("got calls of %v, want the host called when the time is over", got)
	}
}

// TestDeadHost: a host that is down costs five waits, not one for each of its addresses.
func TestDeadHost(t *testing.T) {
	address := raw(t, "", nil)
	c, _ := client(t)
	var reasons []string
	for range 7 {
		_, err := c.Get(t.Context(), address, fetch.Visit{})
		reasons = append(reasons, failure(t, err).Reason)
	}
	down := "broke the connection off"
	not := "was not called: its host failed 5 times in a row and is not called before 2025-07-19 12:10:04 UTC"
	if want := []string{down, down, down, down, down, not, not}; !slices.Equal(reasons, want) {
		t.Errorf("got  %q\nwant %q", reasons, want)
	}
}

func TestParallel(t *testing.T) {
	var mu sync.Mutex
	now, most := 0, 0
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		now++
		most = max(most, now)
		mu.Unlock()
		time.Sleep(5 * time.Millisecond)
		mu.Lock()
		now--
		mu.Unlock()
	})
	c, _ := client(t)
	var all sync.WaitGroup
	for range 12 {
		all.Go(func() {
			if _, err := c.Get(t.Context(), s.URL, fetch.Visit{}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if most != fetch.DefaultParallel {
		t.Errorf("got %d requests at once, want %d", most, fetch.DefaultParallel)
	}
}

// TestInterrupted: the end of the caller's context ends every wait, and is told apart from a timeout.
func TestInterrupted(t *testing.T) {
	for name, f := range map[string]func(*fetch.Client, *clock, context.CancelFunc){
		"in the answer": func(c *fetch.Client, _ *clock, stop context.CancelFunc) { time.AfterFunc(20*time.Millisecond, stop) },
		"before":        func(c *fetch.Client, _ *clock, stop context.CancelFunc) { stop() },
	} {
		t.Run(name, func(t *testing.T) {
			address := raw(t, "", func(conn net.Conn) { _, _ = conn.Read(make([]byte, 1)) })
			c, clk := client(t)
			c.Retries, c.IgnoreRobots = 5, name == "before"
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			f(c, clk, stop)
			_, err := c.Get(ctx, address, fetch.Visit{})
			if e := failure(t, err); e.Reason != "was interrupted" || !errors.Is(err, context.Canceled) || !e.Temporary {
				t.Errorf("got %+v", e)
			}
		})
	}
}
