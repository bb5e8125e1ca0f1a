package source

import (
	"context"
	"sync"
	"time"

	"saidgraph/loaders/fetch"
)

// Addresses that stand next to one another are read ahead: a host is called once a second, robots.txt included, so a job of many feeds
// would wait a second for each while all other hosts are idle: 12 pages of 12 hosts take 2.3 s, one after the other 13.3 s. The pages of
// one feed are read one by one: nearly all are of one host, whose pace is the bound, and a host that takes longer is not asked twice at once.
const (
	atOnce  = 8 // addresses
	waiting = 1 // document of each, beside the one in hand, that is held until those of the addresses before it are through
)

// step is what the reading of an address came to: a document, why there is none, or a visit to remember.
type step struct {
	raw   Raw
	err   error
	url   string
	visit *fetch.Visit
}

// addresses reads some of the names at once and yields in their order, so that the same pages give the same documents whichever host is faster.
func (r Reader) addresses(ctx context.Context, names []string, y yield) bool {
	ctx, stop := context.WithCancel(ctx)
	var readers sync.WaitGroup
	defer readers.Wait()
	defer stop()
	began := r.now().Truncate(time.Second) // as visits are
	var open []chan step
	for len(open) > 0 || len(names) > 0 {
		for len(open) < atOnce && len(names) > 0 {
			steps, name := make(chan step, waiting), names[0]
			open, names = append(open, steps), names[1:]
			readers.Go(func() {
				defer close(steps)
				r.aside(ctx, steps).name(ctx, name, into(ctx, steps))
			})
		}
		for s := range open[0] {
			if s.visit != nil {
				r.Remember(s.url, *s.visit)
				continue
			}
			if s.err == nil && r.met(ctx, s.raw.From, began) {
				s.raw, s.err = Raw{}, &Skip{From: s.raw.From, Why: unchanged}
			}
			if !y(s.raw, s.err) {
				return false
			}
		}
		if ctx.Err() != nil {
			return false
		}
		open = open[1:]
	}
	return true
}

// into yields into steps until ctx ends.
func into(ctx context.Context, steps chan<- step) yield {
	return func(raw Raw, err error) bool { return give(ctx, steps, step{raw: raw, err: err}) }
}

func give(ctx context.Context, steps chan<- step, s step) bool {
	select {
	case steps <- s:
		return true
	case <-ctx.Done():
		return false
	}
}

// aside is a reader that remembers nothing itself: its visits are steps.
func (r Reader) aside(ctx context.Context, steps chan<- step) Reader {
	if r.Remember != nil {
		r.Remember = func(url string, v fetch.Visit) { give(ctx, steps, step{url: url, visit: &v}) }
	}
	return r
}

// met says whether an address in front of this one gave the same page already, which a reader aside can't know.
func (r Reader) met(ctx context.Context, from string, began time.Time) bool {
	if r.Recall == nil {
		return false
	}
	v, ok := r.Recall(ctx, from)
	return ok && !v.At.Before(began)
}
