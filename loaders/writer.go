package loaders

import (
	"context"
	"slices"
	"time"

	"saidgraph/graph"
	"saidgraph/loaders/source"
)

// write puts the results into the store in the order of the input. It ends with the results, or with the
// first error of the store that is not one article's fault.
func (p *pipeline) write(ctx context.Context) error {
	early := map[int]result{} // done before one in front of it; bounded by p.room
	next := 0
	for r := range p.results {
		early[r.n] = r
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
		}
	}
	return p.flush(ctx)
}

// take takes the next result of the input.
func (p *pipeline) take(ctx context.Context, r result) error {
	if r.unchanged {
		r = p.again(ctx, r)
	}
	if r.fatal != nil {
		return r.fatal
	}
	p.report.Read++
	switch {
	case r.fail != nil:
		p.fail(r.fail)
		return nil
	case r.unchanged:
		p.report.Unchanged++
		return nil
	}
	if slices.ContainsFunc(p.pending, func(q result) bool { return q.batch.Article.ID == r.batch.Article.ID }) {
		if err := p.flush(ctx); err != nil { // the later of two texts of one article stays, as in two loads
			return err
		}
	}
	p.pending = append(p.pending, r)
	p.weight += len(r.batch.Article.Text)
	if len(p.pending) >= p.o.Batch || p.weight >= heavy {
		return p.flush(ctx)
	}
	return nil
}

// again looks once more at an article that a worker found unchanged: another text of the same article may stand in
// front of it in this very input.
func (p *pipeline) again(ctx context.Context, r result) result {
	if p.report.Loaded == 0 && len(p.pending) == 0 {
		return r
	}
	pending := slices.ContainsFunc(p.pending, func(q result) bool { return q.batch.Article.ID == r.id })
	return p.process(ctx, job{n: r.n, raw: r.raw}, pending)
}

// flush writes what is pending in one transaction; where the store refuses that, each article in its own, so
// that one bad article costs no other.
func (p *pipeline) flush(ctx context.Context) error {
	if len(p.pending) == 0 {
		return nil
	}
	start := time.Now()
	batches := make([]graph.Batch, len(p.pending))
	for i, r := range p.pending {
		batches[i] = r.batch
	}
	err := p.store.Apply(ctx, batches...)
	if err == nil {
		for _, r := range p.pending {
			p.report.keep(r.batch, r.skipped)
		}
	} else if ofTheStore(err) {
		return err
	} else if err := p.oneByOne(ctx); err != nil {
		return err
	}
	p.report.Writing += time.Since(start)
	clear(p.pending) // lets the texts go
	p.pending, p.weight = p.pending[:0], 0
	if p.o.Progress != nil {
		p.o.Progress(p.report)
	}
	return nil
}

func (p *pipeline) oneByOne(ctx context.Context) error {
	for _, r := range p.pending {
		err := p.store.Apply(ctx, r.batch)
		switch {
		case err == nil:
			p.report.keep(r.batch, r.skipped)
		case ofTheStore(err):
			return err
		default:
			p.fail(failure(r.raw, err))
		}
	}
	return nil
}

// ofTheStore tells errors that the next article would meet too.
func ofTheStore(err error) bool { return graph.CodeOf(err) != graph.Invalid }

func (p *pipeline) fail(e *source.Error) {
	p.report.Failed++
	if len(p.report.Failures) < keptFailures {
		p.report.Failures = append(p.report.Failures, e)
	}
	if p.o.Failed != nil {
		p.o.Failed(e)
	}
}
