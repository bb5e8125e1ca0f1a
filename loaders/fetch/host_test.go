package fetch_test

import (
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"saidgraph/loaders/fetch"
)

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
