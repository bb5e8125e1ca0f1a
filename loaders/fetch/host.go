package fetch

import (
	"context"
	"fmt"
	"net/url"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Bounds of what is remembered of hosts, and of patience with one that does not answer.
const (
	manyHosts  = 4096 // beyond which idle ones are forgotten
	idleHost   = 10 * time.Minute
	deadAfter  = 5 // failures of the network in a row
	deadFor    = 10 * time.Minute
	robotsFor  = 24 * time.Hour // RFC 9309, 2.4
	robotsSick = 10 * time.Minute
)

// host is what is known of one scheme, name and port.
type host struct {
	slots chan struct{} // one for each request at once
	pace  *rate.Limiter

	mu    sync.Mutex
	used  time.Time
	until time.Time // not called before
	why   string
	fails int // of the network, in a row

	gate    chan struct{} // held by who reads robots.txt
	rules   *rules        // nil: not read, or not readable
	sick    *Error        // why it could not be read
	expires time.Time     // of rules or sick
}

// host returns what is known of u's host.
func (c *Client) host(u *url.URL) *host {
	now := c.now()
	key := u.Scheme + "://" + u.Host
	c.mu.Lock()
	defer c.mu.Unlock()
	if h := c.hosts[key]; h != nil {
		h.mu.Lock()
		h.used = now
		h.mu.Unlock()
		return h
	}
	if c.hosts == nil {
		c.hosts = map[string]*host{}
	}
	if len(c.hosts) >= manyHosts {
		for key, h := range c.hosts {
			if h.idle(now) {
				delete(c.hosts, key)
			}
		}
	}
	h := &host{
		slots: make(chan struct{}, c.parallel()),
		pace:  rate.NewLimiter(rate.Every(or(c.Interval, DefaultInterval)), 1),
		gate:  make(chan struct{}, 1),
		used:  now,
	}
	c.hosts[key] = h
	return h
}

func (h *host) idle(now time.Time) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.slots) == 0 && len(h.gate) == 0 && now.Sub(h.used) > idleHost && now.After(h.until)
}

// turn waits until the host may be called and returns what to call when that is over.
func (c *Client) turn(ctx context.Context, h *host, u *url.URL) (done func(), bad *Error) {
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, interrupted(u, ctx.Err())
	}
	done = func() { <-h.slots }
	now := c.now()
	h.mu.Lock()
	wait, why := h.until.Sub(now), h.why
	h.mu.Unlock()
	if wait > c.maxWait() {
		done()
		return nil, &Error{
			URL: u.String(), Temporary: true,
			Reason: fmt.Sprintf("was not called: its host %s before %s", why, now.Add(wait).UTC().Format(time.DateTime+" MST")),
		}
	}
	reserved := h.pace.ReserveN(now, 1)
	wait = max(wait, reserved.DelayFrom(now))
	if wait > 0 {
		if err := c.sleep(ctx, wait); err != nil {
			reserved.CancelAt(now)
			done()
			return nil, interrupted(u, err)
		}
	}
	return done, nil
}

// hold keeps everybody from calling the host until then.
func (h *host) hold(until time.Time, why string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if until.After(h.until) {
		h.until, h.why = until, why
	}
}

// note learns from how a call went. A host that is down costs a sitemap of a thousand addresses five waits, not a thousand;
// one that asks for a pause gets it from all who would call.
func (h *host) note(now time.Time, bad *Error) {
	if bad != nil && bad.after > 0 {
		h.hold(now.Add(bad.after), "asked not to be called")
	}
	h.mu.Lock()
	if bad != nil && bad.Temporary && bad.Status == 0 && bad.err == nil {
		h.fails++
	} else {
		h.fails = 0
	}
	dead := h.fails >= deadAfter
	if dead {
		h.fails = 0
	}
	h.mu.Unlock()
	if dead {
		h.hold(now.Add(deadFor), fmt.Sprintf("failed %d times in a row and is not called", deadAfter))
	}
}

// slow lengthens the interval between requests.
func (h *host) slow(interval time.Duration) {
	if limit := rate.Every(interval); interval > 0 && limit < h.pace.Limit() {
		h.pace.SetLimit(limit)
	}
}
