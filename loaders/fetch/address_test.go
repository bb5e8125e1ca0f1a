package fetch_test

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"saidgraph/loaders/fetch"
)

// names is a resolver that answers each look-up with the next of addrs, the last again and again.
func names(t *testing.T, addrs ...string) *net.Resolver {
	t.Helper()
	var mu sync.Mutex
	asked := map[dnsmessage.Type]int{} // a look-up asks for A and AAAA at once
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go func() {
			defer ours.Close()
			for {
				var size [2]byte
				if _, err := io.ReadFull(ours, size[:]); err != nil {
					return
				}
				question := make([]byte, binary.BigEndian.Uint16(size[:]))
				if _, err := io.ReadFull(ours, question); err != nil {
					return
				}
				var m dnsmessage.Message
				if err := m.Unpack(question); err != nil || len(m.Questions) != 1 {
					return
				}
				q := m.Questions[0]
				m.Response, m.Authoritative, m.Additionals = true, true, nil
				mu.Lock()
				addr := netip.MustParseAddr(addrs[min(asked[q.Type], len(addrs)-1)])
				asked[q.Type]++
				mu.Unlock()
				head := dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class}
				switch {
				case q.Type == dnsmessage.TypeA && addr.Is4():
					m.Answers = []dnsmessage.Resource{{Header: head, Body: &dnsmessage.AResource{A: addr.As4()}}}
				case q.Type == dnsmessage.TypeAAAA && addr.Is6():
					m.Answers = []dnsmessage.Resource{{Header: head, Body: &dnsmessage.AAAAResource{AAAA: addr.As16()}}}
				}
				answer, err := m.Pack()
				if err != nil {
					return
				}
				if _, err := ours.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(answer))), answer...)); err != nil {
					return
				}
			}
		}()
		return theirs, nil
	}}
}

// TestRefusedNames: a name is judged by what is dialled for it, at each dial.
func TestRefusedNames(t *testing.T) {
	s := serve(t, func(http.ResponseWriter, *http.Request) {})
	_, port, _ := net.SplitHostPort(s.Listener.Addr().String())
	tests := []struct{ name, addr, want string }{
		{"loopback", "127.0.0.1", "is at 127.0.0.1, an address of this machine"},
		{"loopback 6", "::1", "is at ::1, an address of this machine"},
		{"mapped", "::ffff:127.0.0.1", "is at 127.0.0.1, an address of this machine"}, // net unmaps it before it dials
		{"NAT64", "64:ff9b::7f00:1", "is at 64:ff9b::7f00:1, an address of this machine"},
		{"private", "10.1.2.3", "is at 10.1.2.3, a private address"},
		{"the cloud's metadata", "169.254.169.254", "is at 169.254.169.254, a link-local address"},
		{"unspecified", "0.0.0.0", "is at 0.0.0.0, no address"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, _ := client(t)
			c.AllowPrivate, c.Resolver, c.Retries, c.IgnoreRobots = false, names(t, tt.addr), 3, false
			_, err := c.Get(t.Context(), "http://rebind.example.:"+port+"/", fetch.Visit{})
			if e := failure(t, err); e.Reason != tt.want || e.Hint != "--allow-private allows it" || e.Temporary {
				t.Errorf("got %v, want %q", e, tt.want)
			}
		})
	}
	t.Run("localhost", func(t *testing.T) {
		c, _ := client(t)
		c.AllowPrivate = false
		_, err := c.Get(t.Context(), "http://localhost:"+port+"/", fetch.Visit{})
		if e := failure(t, err); !strings.HasSuffix(e.Reason, "an address of this machine") {
			t.Errorf("got %v", e)
		}
	})
	t.Run("a name bound anew", func(t *testing.T) {
		c, _ := client(t)
		c.AllowPrivate, c.Resolver, c.ConnectTimeout = false, names(t, "2000::1", "127.0.0.1"), 200*time.Millisecond // public, but nobody's
		address := "http://rebind.example.:" + port + "/"
		_, err := c.Get(t.Context(), address, fetch.Visit{})
		if e := failure(t, err); strings.HasPrefix(e.Reason, "is at") {
			t.Fatalf("got %v, want a public address called", e)
		}
		_, err = c.Get(t.Context(), address, fetch.Visit{})
		if e := failure(t, err); e.Reason != "is at 127.0.0.1, an address of this machine" {
			t.Errorf("got %v, want the second address refused", e)
		}
	})
	if got := s.paths(); len(got) != 0 {
		t.Errorf("the server was called for %q", got)
	}
	c, _ := client(t) // the same name and resolver, allowed: the test above refuses what can be reached
	c.Resolver = names(t, "127.0.0.1")
	if _, err := c.Get(t.Context(), "http://rebind.example.:"+port+"/", fetch.Visit{}); err != nil {
		t.Errorf("allowed: got %v", err)
	}
}

// TestProxy: the environment's proxy is not used unless asked, and what is redirected to is judged with one, too.
func TestProxy(t *testing.T) {
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/away" {
			w.Header().Set("Location", "http://169.254.169.254/latest/meta-data/")
			w.WriteHeader(302)
			return
		}
		_, _ = io.WriteString(w, "by proxy: "+r.URL.String())
	}))
	defer proxy.Close()
	t.Setenv("HTTP_PROXY", proxy.URL)
	t.Setenv("http_proxy", proxy.URL)
	c, _ := client(t)
	c.Resolver = names(t, "127.0.0.1")
	_, err := c.Get(t.Context(), "http://news.example.:1/", fetch.Visit{})
	if e := failure(t, err); e.Reason != "refuses the connection" {
		t.Errorf("got %v, want no proxy", e)
	}
	c, _ = client(t)
	c.AllowPrivate = false
	c.Proxy = func(*http.Request) (*url.URL, error) { return url.Parse(proxy.URL) }
	got, err := c.Get(t.Context(), "http://news.example/a", fetch.Visit{})
	if err != nil || string(got.Body) != "by proxy: http://news.example/a" {
		t.Errorf("got %+v, %v; want the proxy's answer", got, err)
	}
	_, err = c.Get(t.Context(), "http://news.example/away", fetch.Visit{})
	want := "redirects to http://169.254.169.254/latest/meta-data/, which is at 169.254.169.254, a link-local address"
	if e := failure(t, err); e.Reason != want {
		t.Errorf("got %v, want %q", e, want)
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
