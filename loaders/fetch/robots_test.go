package fetch_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"saidgraph/loaders/fetch"
)

func TestRobots(t *testing.T) {
	const forbidden = "is forbidden to robots by the site's robots.txt"
	tests := []struct {
		name, robots string
		allowed      []string
		forbidden    []string
	}{
		{"empty", "", []string{"/", "/a"}, nil},
		{"all", "User-agent: *\nDisallow: /", nil, []string{"/", "/a"}},
		{"nothing", "User-agent: *\nDisallow:", []string{"/", "/a"}, nil},
		{"others only", "User-agent: *\nDisallow:\n\nUser-agent: BadBot\nDisallow: /", []string{"/a"}, nil},
		{"by name", "User-agent: *\nDisallow:\n\nuser-agent: SaidGraph/1.0\ndisallow: /a", []string{"/b"}, []string{"/a", "/abc", "/a/b"}},
		{"our group alone", "User-agent: saidgraph\nDisallow: /a\n\nUser-agent: *\nDisallow: /", []string{"/b"}, []string{"/a"}},
		{"another whose name begins ours", "User-agent: said\nDisallow: /", []string{"/a"}, nil},
		{"two groups of one name", "User-agent: saidgraph\nDisallow: /a\n\nUser-agent: x\nDisallow: /c\n\nUser-agent: saidgraph\nDisallow: /b", []string{"/c"}, []string{"/a", "/b"}},
		{"several names for a group", "User-agent: x\nUser-agent: saidgraph\nUser-agent: y\nDisallow: /a", []string{"/b"}, []string{"/a"}},
		{"the longest rule wins", "User-agent: *\nDisallow: /\nAllow: /news/\nDisallow: /news/paid", []string{"/news/a"}, []string{"/a", "/news/paid1"}},
		{"as long: allowed", "User-agent: *\nDisallow: /a\nAllow: /a", []string{"/a"}, nil},
		{"stars", "User-agent: *\nDisallow: /*/print\nDisallow: /a*b*c", []string{"/print", "/x/ab", "/acb"}, []string{"/x/print/1", "/a1b2c3"}},
		{"an end", "User-agent: *\nDisallow: /*.pdf$\nDisallow: /b$", []string{"/a.pdf?x=1", "/bc"}, []string{"/a.pdf", "/b"}},
		{"a query", "User-agent: *\nDisallow: /*?amp=1", []string{"/a?b=1"}, []string{"/a?amp=1"}},
		{"escapes", "User-agent: *\nDisallow: /%7Eann/\nDisallow: /caf\u00e9\nDisallow: /x%2fy", []string{"/x/y"}, []string{"/~ann/a", "/caf%c3%a9", "/x%2Fy"}},
		{"a line that can't be read voids no other", "Crawl-delay: x\nDisallow: /b\nnonsense\nUser-agent: *\nCrawl-delay: soon\nDisallow: /a", []string{"/b"}, []string{"/a"}},
		{"a comment, a mark, other line ends", "\ufeff# hello\rUser-agent : * # all\r\n Disallow: /a # b\rSitemap: http://example.org/s.xml\rDisallow: /b", []string{"/c"}, []string{"/a", "/b"}},
		{"a page of HTML", "<!DOCTYPE html><p>Not found: Disallow: /</p>", []string{"/a"}, nil},
		{"itself", "User-agent: *\nDisallow: /", []string{"/robots.txt"}, nil},
		{"5 MB", "User-agent: *\nDisallow: /a\n" + strings.Repeat("# "+strings.Repeat("x", 98)+"\n", 50000) + "Disallow: /b", []string{"/b"}, []string{"/a"}},
		{"5 MB of rules", "User-agent: *\n" + strings.Repeat("Disallow: /*a*b*c*d$\n", 250000), []string{"/" + strings.Repeat("abc", 500)}, []string{"/aabbccdd"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/robots.txt" {
					_, _ = io.WriteString(w, tt.robots)
				}
			})
			c, _ := client(t)
			c.IgnoreRobots = false
			for _, path := range tt.allowed {
				if _, err := c.Get(t.Context(), s.URL+path, fetch.Visit{}); err != nil {
					t.Errorf("%s: got %v, want it allowed", path, err)
				}
			}
			for _, path := range tt.forbidden {
				_, err := c.Get(t.Context(), s.URL+path, fetch.Visit{})
				if e := failure(t, err); e.Reason != forbidden || e.Temporary {
					t.Errorf("%s: got %v, want it forbidden", path, e)
				}
			}
			if n := len(s.paths()); n != 1+len(tt.allowed) {
				t.Errorf("got %d calls, want robots.txt read once and nothing that is forbidden", n)
			}
		})
	}
}

// TestRobotsStatus: RFC 9309, 2.3.1: no file, no rules; a file that can't be read forbids all, for a while.
func TestRobotsStatus(t *testing.T) {
	hang := func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	status := func(n int) http.HandlerFunc { return func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(n) } }
	to := func(location string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", location)
			w.WriteHeader(302)
		}
	}
	const may = "may be forbidden: its site's robots.txt "
	tests := []struct {
		name   string
		robots http.HandlerFunc
		want   string // "": allowed
	}{
		{"404", status(404), ""},
		{"403", status(403), ""},
		{"a redirect", to("/moved"), ""},
		{"a loop", to("/robots.txt"), ""},
		{"a redirect to a file", to("file:///etc/passwd"), may + "redirects to file:///etc/passwd, which is no http or https address"},
		{"500", status(500), may + "answered 500 Internal Server Error"},
		{"503", status(503), may + "answered 503 Service Unavailable"},
		{"429", status(429), may + "answered 429 Too Many Requests"},
		{"hangs", hang, may + "took too long to answer"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var well atomic.Bool
			s := serve(t, func(w http.ResponseWriter, r *http.Request) {
				switch {
				case r.URL.Path == "/moved" || well.Load():
					_, _ = io.WriteString(w, "User-agent: *\nDisallow: /b")
				case r.URL.Path == "/robots.txt":
					tt.robots(w, r)
				}
			})
			c, clk := client(t)
			c.IgnoreRobots = false
			if tt.name == "hangs" {
				c.Timeout = time.Second
			}
			for range 3 {
				_, err := c.Get(t.Context(), s.URL+"/a", fetch.Visit{})
				if tt.want == "" {
					if err != nil {
						t.Fatalf("got %v, want it allowed", err)
					}
					continue
				}
				if e := failure(t, err); e.Reason != tt.want || !e.Temporary {
					t.Fatalf("got %v, want %q, temporary", e, tt.want)
				}
			}
			if tt.want == "" {
				return
			}
			if n := len(s.paths()); n != 1 {
				t.Errorf("got %d calls, want robots.txt asked once", n)
			}
			well.Store(true)
			_ = clk.Sleep(t.Context(), 11*time.Minute)
			if _, err := c.Get(t.Context(), s.URL+"/a", fetch.Visit{}); err != nil {
				t.Errorf("when the site is well again: got %v", err)
			}
		})
	}
}

// TestRobotsRetried: one hiccup of robots.txt does not cost the site its day.
func TestRobotsRetried(t *testing.T) {
	n := 0
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if n++; n == 1 {
			w.WriteHeader(503)
		}
	})
	c, _ := client(t)
	c.IgnoreRobots, c.Retries = false, 1
	if _, err := c.Get(t.Context(), s.URL+"/a", fetch.Visit{}); err != nil {
		t.Error(err)
	}
	if got, want := s.paths(), []string{"/robots.txt", "/robots.txt", "/a"}; !slices.Equal(got, want) {
		t.Errorf("got calls of %q, want %q", got, want)
	}
}

func TestCrawlDelay(t *testing.T) {
	for _, tt := range []struct {
		line string
		want time.Duration
	}{
		{"Crawl-delay: 7.5", 7500 * time.Millisecond},
		{"Crawl-delay: 0", time.Second},
		{"Crawl-delay: -5", time.Second},
		{"Crawl-delay: NaN", time.Second},
		{"Crawl-delay: 1e300", time.Minute},
	} {
		t.Run(tt.line, func(t *testing.T) {
			s := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/robots.txt" {
					fmt.Fprintf(w, "User-agent: *\n%s\n", tt.line)
				}
			})
			c, clk := client(t)
			c.IgnoreRobots = false
			get := func() {
				if _, err := c.Get(t.Context(), s.URL, fetch.Visit{}); err != nil {
					t.Fatal(err)
				}
			}
			get()
			before := clk.Now()
			get()
			get()
			if got := clk.Now().Sub(before); got < 2*tt.want-tt.want || got > 2*tt.want+time.Millisecond {
				t.Errorf("two calls took %v, want %v between calls", got, tt.want)
			}
		})
	}
}

// TestRobotsOfRedirect: a page that redirects to another host is asked for by that host's rules.
func TestRobotsOfRedirect(t *testing.T) {
	closed := serve(t, func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "User-agent: *\nDisallow: /") })
	open := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/a" {
			http.Redirect(w, r, closed.URL+"/b", http.StatusFound)
		}
	})
	c, _ := client(t)
	c.IgnoreRobots = false
	_, err := c.Get(t.Context(), open.URL+"/a", fetch.Visit{})
	if e := failure(t, err); e.URL != closed.URL+"/b" || !strings.HasPrefix(e.Reason, "is forbidden to robots") {
		t.Errorf("got %v, want the other host's rules obeyed", e)
	}
	if got := closed.paths(); !slices.Equal(got, []string{"/robots.txt"}) {
		t.Errorf("got calls of %q, want robots.txt alone", got)
	}
}
