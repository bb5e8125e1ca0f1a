package fetch_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"saidgraph/loaders/fetch"
)

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
