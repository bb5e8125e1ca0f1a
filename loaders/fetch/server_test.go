package fetch_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
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
