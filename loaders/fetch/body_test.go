package fetch_test

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"saidgraph/loaders/fetch"
)

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
