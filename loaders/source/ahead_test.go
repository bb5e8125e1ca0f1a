package source_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"saidgraph/loaders/fetch"
	"saidgraph/loaders/source"
)

// memory is what a run remembers of addresses.
type memory struct {
	mu     sync.Mutex
	visits map[string]fetch.Visit
}

func (m *memory) recall(_ context.Context, url string) (fetch.Visit, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.visits[url]
	return v, ok
}

func (m *memory) remember(url string, v fetch.Visit) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.visits[url] = v
}

// papers are hosts of one page each; every one keeps its reader waiting until as many as together have been called.
func papers(t *testing.T, n, together int) (addresses []string) {
	t.Helper()
	var mu sync.Mutex
	called := 0
	enough := make(chan struct{})
	for i := range n {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			if called++; called == together {
				close(enough)
			}
			mu.Unlock()
			select {
			case <-enough:
			case <-time.After(20 * time.Second):
			case <-r.Context().Done():
			}
			time.Sleep(time.Duration(n-i) * 5 * time.Millisecond) // the last is the fastest
			w.Header().Set("Content-Type", html)
			fmt.Fprintf(w, "<p>Page %d.", i)
		}))
		t.Cleanup(s.Close)
		addresses = append(addresses, s.URL+"/page")
	}
	return addresses
}

func quick() *fetch.Client {
	return &fetch.Client{AllowPrivate: true, IgnoreRobots: true, Retries: -1, Interval: 1}
}

// Many hosts are called at once, and their pages come in the order of the names all the same, each in front of its being remembered.
func TestAddressesAtOnce(t *testing.T) {
	names := papers(t, 12, 8)
	var got, want []string
	r := source.Reader{Client: quick(), Remember: func(url string, _ fetch.Visit) { got = append(got, "remember "+url) }}
	start := time.Now()
	for raw, err := range r.Read(t.Context(), names...) {
		got = append(got, fmt.Sprintf("%s %v", raw.HTML, err))
	}
	for i, name := range names {
		want = append(want, fmt.Sprintf("<p>Page %d. <nil>", i), "remember "+name)
	}
	wantLines(t, got, want)
	if took := time.Since(start); took > 15*time.Second {
		t.Errorf("took %v: the hosts were not called at once", took)
	}
}

// Who wants no more gets no more, and nothing is left running.
func TestAddressesStop(t *testing.T) {
	names := papers(t, 12, 1)
	n := 0
	for range (source.Reader{Client: quick()}).Read(t.Context(), names...) {
		if n++; n == 2 {
			break
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	for range (source.Reader{Client: quick()}).Read(ctx, papers(t, 12, 1)...) {
		n++
		stop()
	}
	if n != 3 {
		t.Errorf("got %d pages, want 2 and 1", n)
	}
	start := time.Now()
	stuck, stop := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer stop()
	for range (source.Reader{Client: quick()}).Read(stuck, papers(t, 12, 99)...) {
		t.Error("a page of hosts that do not answer")
	}
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("a run that was ended waited %v for its hosts", took)
	}
}

// A page that two feeds have is one document, the first feed's, however fast the feeds are.
func TestAddressesOfOnePage(t *testing.T) {
	one := `<rss version="2.0"><channel><title>%s</title><item><title>T</title><link>BASE/a</link></item></channel></rss>`
	s := newSite(t, map[string]answered{
		"/x": {kind: "application/rss+xml", body: fmt.Sprintf(one, "The Daily")},
		"/y": {kind: "application/rss+xml", body: fmt.Sprintf(one, "All News")},
		"/a": {kind: html, body: "<p>A."},
	})
	for range 20 {
		m := memory{visits: map[string]fetch.Visit{}}
		got := loaded(t, s, source.Reader{Client: quick(), Recall: m.recall, Remember: m.remember}, s.URL+"/x", s.URL+"/y")
		if joined := strings.Join(got, "\n"); joined != "/a|T||The Daily|<p>A.\n/a: left out: not changed since the last visit" {
			t.Fatalf("got\n%s", joined)
		}
	}
}
