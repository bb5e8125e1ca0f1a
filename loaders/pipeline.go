package loaders

import (
	"context"
	"iter"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"saidgraph/graph"
	"saidgraph/loaders/journal"
	"saidgraph/loaders/source"
)

// job is one document on its way to a worker; n is its place in the input.
type job struct {
	n   int
	raw source.Raw
	err error // it could not be read
}

type pipeline struct {
	store   graph.Store
	analyse Analyse
	o       Options
	start   time.Time

	jobs    chan job
	results chan result
	room    chan struct{} // one for each document between reader and writer: enough to analyse a batch while one is written
	written chan struct{} // closed when the writer is gone: nobody takes results any more
	late    chan struct{} // closed when ctx has ended and the grace is over: what is not done is left

	whole     atomic.Bool  // the input was read to its end
	reading   atomic.Int64 // nanoseconds, as are the next two
	parsing   atomic.Int64
	analysing atomic.Int64
	abandoned atomic.Int64 // articles that took too long and still run

	// What follows is the writer's.
	report  Report
	people  census
	pending []result
	entries []journal.Entry // for the journal, after pending is written
	letters map[string]bool // ids of the dead letters in the journal
	recent  recent
	weight  int // bytes of text in pending and of documents in entries
	settled int // documents taken since the last flush
}

func newPipeline(ctx context.Context, store graph.Store, analyse Analyse, o Options) (*pipeline, error) {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Batch <= 0 {
		o.Batch = DefaultBatch
	}
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	if o.Grace <= 0 {
		o.Grace = DefaultGrace
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	room := o.Batch + 8*o.Workers
	p := &pipeline{
		store: store, analyse: analyse, o: o, start: time.Now(),
		jobs:    make(chan job),
		results: make(chan result, o.Workers),
		room:    make(chan struct{}, room),
		written: make(chan struct{}),
		late:    make(chan struct{}),
		recent:  newRecent(room + o.Batch + 1),
	}
	if o.Journal == nil {
		return p, nil
	}
	var err error
	p.letters, err = o.Journal.Letters(ctx)
	return p, err
}

// run returns the error that ended the load early, nil when ctx did. Work in hand outlives ctx by the grace; it is
// stopped by stop, which a failing store or the limit calls.
func (p *pipeline) run(ctx context.Context, docs iter.Seq2[source.Raw, error]) error {
	hand, drop := context.WithCancel(context.WithoutCancel(ctx))
	defer drop()
	defer context.AfterFunc(ctx, func() {
		time.AfterFunc(p.o.Grace, func() { close(p.late) })
		time.AfterFunc(p.o.Grace+2*time.Second, drop) // a store that does not answer
	})()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go p.read(ctx, docs)
	var workers sync.WaitGroup
	for range p.o.Workers {
		workers.Go(func() { p.work(ctx, hand) })
	}
	idle := make(chan struct{})
	go func() {
		workers.Wait()
		close(p.results)
		close(idle)
	}()
	err := p.write(hand)
	stop()
	close(p.written)
	select {
	case <-idle:
	case <-p.late:
	}
	return err
}

// read hands out the documents in order. It may outlive the load where the source blocks (a terminal's standard input).
func (p *pipeline) read(ctx context.Context, docs iter.Seq2[source.Raw, error]) {
	n := 0
	start := time.Now()
	for raw, err := range docs {
		p.reading.Add(int64(time.Since(start)))
		select {
		case p.room <- struct{}{}:
		case <-ctx.Done():
			return
		}
		select {
		case p.jobs <- job{n, raw, err}:
			n++
		case <-ctx.Done():
			return
		}
		start = time.Now()
	}
	p.reading.Add(int64(time.Since(start)))
	if ctx.Err() == nil {
		p.whole.Store(true)
	}
	close(p.jobs)
}

func (p *pipeline) work(ctx, hand context.Context) {
	for {
		select {
		case j, ok := <-p.jobs:
			if !ok {
				return
			}
			select {
			case p.results <- p.process(hand, j, p.o.Reload):
			case <-p.written:
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

// snapshot is the report as of now.
func (p *pipeline) snapshot() Report {
	r := p.report
	r.People, r.DryRun = p.people.count(), p.o.DryRun
	r.Took = time.Since(p.start)
	r.Reading = time.Duration(p.reading.Load())
	r.Parsing = time.Duration(p.parsing.Load())
	r.Analysing = time.Duration(p.analysing.Load())
	return r
}
