package loaders

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"saidgraph/graph"
	"saidgraph/loaders/page"
	"saidgraph/loaders/quote"
	"saidgraph/loaders/source"
)

// job is one document on its way to a worker; n is its place in the input.
type job struct {
	n   int
	raw source.Raw
	err error // it could not be read
}

// result is what a worker made of a job.
type result struct {
	n         int
	fail      *source.Error
	fatal     error      // of the store
	id        graph.ID   // of an unchanged article
	raw       source.Raw // the document of an unchanged article, which may have to be analysed after all
	batch     graph.Batch
	unchanged bool
	skipped   bool // the engine declined the text
}

type pipeline struct {
	store   graph.Store
	analyse Analyse
	o       Options

	jobs    chan job
	results chan result
	room    chan struct{} // one for each document between reader and writer: enough to analyse a batch while one is written

	whole     atomic.Bool  // the input was read to its end
	analysing atomic.Int64 // nanoseconds

	report  Report // the writer's, as are pending and its bytes of text
	pending []result
	weight  int
}

func newPipeline(store graph.Store, analyse Analyse, o Options) *pipeline {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Batch <= 0 {
		o.Batch = DefaultBatch
	}
	return &pipeline{
		store: store, analyse: analyse, o: o,
		jobs:    make(chan job),
		results: make(chan result, o.Workers),
		room:    make(chan struct{}, o.Batch+8*o.Workers),
	}
}

// run returns the error that ended the load early, nil when ctx did. Work in hand outlives ctx: it is
// stopped by stop, which only a failing store closes.
func (p *pipeline) run(ctx context.Context, docs iter.Seq2[source.Raw, error]) error {
	hand := context.WithoutCancel(ctx)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go p.read(ctx, docs)
	var workers sync.WaitGroup
	for range p.o.Workers {
		workers.Go(func() { p.work(ctx, hand) })
	}
	go func() {
		workers.Wait()
		close(p.results)
	}()
	err := p.write(hand)
	stop()
	for range p.results { // lets the workers go
		continue
	}
	return err
}

// read hands out the documents in order. It may outlive the load where the source blocks (a terminal's standard input).
func (p *pipeline) read(ctx context.Context, docs iter.Seq2[source.Raw, error]) {
	n := 0
	for raw, err := range docs {
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
	}
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
			p.results <- p.process(hand, j, p.o.Reload)
		case <-ctx.Done():
			return
		}
	}
}

// process takes one document to its batch.
func (p *pipeline) process(ctx context.Context, j job, anew bool) (r result) {
	r.n = j.n
	if j.err != nil {
		r.fail = failure(j.raw, j.err)
		return r
	}
	art, err := page.Read(j.raw)
	if err != nil {
		r.fail = failure(j.raw, err)
		return r
	}
	if !anew {
		same, err := p.unchanged(ctx, art)
		if err != nil {
			r.fatal = err
			return r
		}
		if same {
			r.unchanged, r.id, r.raw = true, articleOf(art).ID, j.raw
			return r
		}
	}
	defer func() {
		if v := recover(); v != nil {
			r.fail = j.raw.Fail("text", fmt.Sprintf("the engine panicked: %.200v", v), "please report it with the text; the rest is loaded")
			r.batch = graph.Batch{}
		}
	}()
	start := time.Now()
	an := p.analyse(art.Text)
	r.batch = Build(art, an)
	if err := r.batch.Validate(); err != nil {
		r.fail = failure(j.raw, err)
	}
	p.analysing.Add(int64(time.Since(start)))
	r.skipped = an.Skipped != ""
	r.raw = source.Raw{From: j.raw.From, Line: j.raw.Line} // enough to name it should the store refuse it
	return r
}

// unchanged says whether the store has the article as it would be written now. One that left no edge can't
// tell by which version it was read, and is read again.
func (p *pipeline) unchanged(ctx context.Context, a page.Article) (bool, error) {
	want := articleOf(a)
	node, err := p.store.Node(ctx, want.ID)
	if graph.CodeOf(err) == graph.NotFound {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if node.Article == nil {
		return false, nil
	}
	have := *node.Article
	if !have.Date.Equal(want.Date) {
		return false, nil
	}
	have.Date, have.Text, want.Text = want.Date, "", ""
	if have != want {
		return false, nil
	}
	for row, err := range p.store.Edges(ctx, graph.Filter{Articles: []graph.ID{want.ID}, Limit: 1}) {
		return err == nil && row.Edge.Evidence.Engine == Version, err
	}
	return false, nil
}

// failure makes one document's failure of any error.
func failure(raw source.Raw, err error) *source.Error {
	var e *source.Error
	if errors.As(err, &e) {
		return e
	}
	var g *graph.Error
	if errors.As(err, &g) && g.Code == graph.Invalid {
		return raw.Fail(g.Field, fmt.Sprintf("the article's graph breaks a law: %v", g.Err), "please report it with the text; the rest is loaded")
	}
	return raw.Fail("", err.Error(), "")
}

// keep is what the writer counts of a batch.
func (r *Report) keep(b graph.Batch, skipped bool) {
	r.Loaded++
	r.Claims += len(b.Claims)
	r.Bytes += int64(len(b.Article.Text))
	if skipped {
		r.NotAnalysed++
	}
	for _, e := range b.Edges {
		switch e.Type {
		case graph.Criticized:
			r.Criticisms++
		case graph.Praised:
			r.Praises++
		}
	}
}

var _ Analyse = (*quote.Engine)(nil).Analyze
