package loaders

import (
	"context"
	"slices"
	"time"

	"saidgraph/graph"
	"saidgraph/loaders/journal"
	"saidgraph/loaders/source"
)

// write puts the results into the store in the order of the input. It ends with the results, with the limit, when the grace is over, or with the
// first error of the store that is not one article's fault.
func (p *pipeline) write(ctx context.Context) error {
	early := map[int]result{} // done before one in front of it; bounded by p.room
	next := 0
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	idle := false // nothing came since the last tick
	for {
		select {
		case r, ok := <-p.results:
			if !ok {
				return p.flush(ctx)
			}
			idle = false
			early[r.n] = r
		case <-p.late:
			return p.flush(ctx)
		case <-tick.C:
			if err := p.tick(ctx, idle); err != nil {
				return err
			}
			idle = true
			continue
		}
		for {
			r, ok := early[next]
			if !ok {
				break
			}
			delete(early, next)
			next++
			<-p.room
			if err := p.take(ctx, r); err != nil {
				return err
			}
			if p.o.Limit > 0 && p.report.Loaded+len(p.pending) >= p.o.Limit {
				p.report.Limited = true
				return p.flush(ctx)
			}
		}
	}
}

// tick writes what a slow source has brought so far, and shows that the load is alive.
func (p *pipeline) tick(ctx context.Context, idle bool) error {
	if idle && p.settled > 0 {
		return p.flush(ctx)
	}
	p.progress()
	return nil
}

func (p *pipeline) progress() {
	if p.o.Progress != nil {
		p.o.Progress(p.snapshot())
	}
}

// take takes the next result of the input.
func (p *pipeline) take(ctx context.Context, r result) error {
	if r.fatal == nil && p.recent.has(r.id) {
		r = p.again(ctx, r)
	}
	if r.fatal != nil {
		return r.fatal
	}
	p.report.Read++
	p.settled++
	switch {
	case r.fail != nil:
		if err := p.fail(ctx, r.fail, r.raw); err != nil {
			return err
		}
	case r.skip != "":
		count(&p.report.Skipped, r.skip)
	case r.unchanged:
		p.report.Unchanged++
		p.settle(r)
		if p.o.Journal != nil && (r.known.origin == nil || r.sum != "" && r.known.origin.Print != r.print) {
			p.entries = append(p.entries, p.origin(r))
		}
	default:
		if slices.ContainsFunc(p.pending, func(q result) bool { return q.id == r.id }) {
			if err := p.flush(ctx); err != nil { // the later of two texts of one article stays, as in two loads
				return err
			}
		}
		p.pending = append(p.pending, r)
		p.recent.add(r.id)
		p.weight += len(r.batch.Article.Text)
	}
	if p.settled >= p.o.Batch || p.weight >= heavy {
		return p.flush(ctx)
	}
	return nil
}

// again looks once more at an article of which another text stands in front of it in this very input: the worker may not have
// seen that written.
func (p *pipeline) again(ctx context.Context, r result) result {
	switch {
	case p.o.DryRun || r.fail != nil || r.skip != "":
		return r
	case r.unchanged:
		pending := slices.ContainsFunc(p.pending, func(q result) bool { return q.id == r.id })
		return p.process(ctx, job{n: r.n, raw: r.raw}, pending)
	}
	r.known.fresh = false
	return r
}

// flush writes what is pending in one transaction; where the store refuses that, each article in its own, so
// that one bad article costs no other. Then the journal learns of it.
func (p *pipeline) flush(ctx context.Context) error {
	start := time.Now()
	if err := p.apply(ctx); err != nil {
		return err
	}
	clear(p.pending) // lets the texts go
	p.pending, p.weight, p.settled = p.pending[:0], 0, 0
	if err := p.remember(ctx); err != nil {
		return err
	}
	p.report.Writing += time.Since(start)
	p.progress()
	return nil
}

func (p *pipeline) apply(ctx context.Context) error {
	if len(p.pending) == 0 {
		return nil
	}
	batches := make([]graph.Batch, len(p.pending))
	for i, r := range p.pending {
		batches[i] = r.batch
	}
	var err error
	if !p.o.DryRun {
		err = p.store.Apply(ctx, batches...)
	}
	if err == nil {
		for _, r := range p.pending {
			p.keep(r)
		}
		return nil
	}
	if ofTheStore(err) {
		return err
	}
	for _, r := range p.pending {
		err := p.store.Apply(ctx, r.batch)
		switch {
		case err == nil:
			p.keep(r)
		case ofTheStore(err):
			return err
		default:
			if err := p.fail(ctx, failure(r.raw, err), rawOf(r)); err != nil {
				return err
			}
		}
	}
	return nil
}

// ofTheStore tells errors that the next article would meet too.
func ofTheStore(err error) bool { return graph.CodeOf(err) != graph.Invalid }

// keep counts an article that is written, and remembers where it came from.
func (p *pipeline) keep(r result) {
	b := &r.batch
	p.report.Loaded++
	if r.known.fresh {
		p.report.New++
	} else {
		p.report.Changed++
	}
	if r.copied {
		p.report.Copies++
	}
	if b.Article.Wire != "" {
		p.report.Wire++
	}
	if r.skipped != "" {
		count(&p.report.NotAnalysed, r.skipped)
	}
	p.report.Claims += len(b.Claims)
	p.report.Bytes += int64(len(b.Article.Text))
	for _, a := range b.Actors {
		if a.Label == graph.Person {
			p.people.add(a.ID)
		}
	}
	for _, e := range b.Edges {
		switch e.Type {
		case graph.Criticized:
			p.report.Criticisms++
		case graph.Praised:
			p.report.Praises++
		}
	}
	if p.o.Journal != nil {
		p.entries = append(p.entries, p.origin(r))
		p.settle(r)
	}
}

// count adds one to a reason. The map is made anew: a snapshot may still hold the old one.
func count(m *map[string]int, why string) {
	out := make(map[string]int, len(*m)+1)
	for k, n := range *m {
		out[k] = n
	}
	out[why]++
	*m = out
}

// fail counts a document that did not get in.
func (p *pipeline) fail(ctx context.Context, e *source.Error, raw source.Raw) error {
	p.report.Failed++
	if len(p.report.Failures) < keptFailures {
		p.report.Failures = append(p.report.Failures, e)
	}
	if p.o.Failed != nil {
		p.o.Failed(e)
	}
	if p.o.Journal == nil || p.o.DryRun {
		return nil
	}
	letter, err := p.letter(ctx, e, raw)
	if err != nil {
		return err
	}
	p.letters[letter.ID] = true
	p.entries = append(p.entries, letter)
	p.weight += len(raw.Text) + len(raw.HTML)
	return nil
}

// settle takes the dead letters of a document away that got in.
func (p *pipeline) settle(r result) {
	for _, id := range r.letters {
		if p.letters[id] {
			delete(p.letters, id)
			p.entries = append(p.entries, journal.Buried(id))
		}
	}
}
