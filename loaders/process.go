package loaders

import (
	"context"
	"errors"
	"fmt"
	"time"

	"saidgraph/graph"
	"saidgraph/loaders/journal"
	"saidgraph/loaders/page"
	"saidgraph/loaders/source"
)

// result is what a worker made of a job.
type result struct {
	n     int
	raw   source.Raw // the document, until its batch is built
	fail  *source.Error
	fatal error  // of the store, or of too many articles that take too long
	skip  string // why the document is not wanted

	id        graph.ID // of the article, once it is known, and its Copy
	copy      string
	print     string // of the document, and the sum of its article
	sum       string
	known     standing
	unchanged bool
	batch     graph.Batch
	skipped   string   // why the engine declined the text
	letters   []string // ids under which the document may lie among the dead letters
	copied    bool     // the store has a copy of it from elsewhere
}

// standing is what the store knows of an article.
type standing struct {
	fresh  bool            // nothing
	same   bool            // as it would be written now
	origin *journal.Origin // nil: none, or nobody remembers
}

// process takes one document to its batch. With anew an article is analysed though the store has it unchanged.
func (p *pipeline) process(ctx context.Context, j job, anew bool) result {
	r := result{n: j.n, raw: j.raw}
	if left := (*source.Skip)(nil); errors.As(j.err, &left) {
		r.skip = left.Why
		return r
	}
	if j.err != nil {
		r.fail = failure(j.raw, j.err)
		if r.raw.From == "" {
			r.raw.From, r.raw.Line = r.fail.From, r.fail.Line
		}
		return p.o.Shard.failed(r)
	}
	if !p.o.Shard.mayHave(j.raw) {
		r.skip = elsewhere
		return r
	}
	if p.o.Journal != nil {
		r.letters = journal.DeadIDs(withoutCredentials(j.raw), p.o.Run)
		r.print = fingerprint(j.raw)
		if !anew {
			art, ok, err := p.seen(ctx, r.print)
			if err != nil || ok {
				r.fatal = err
				p.asBefore(&r, art)
				return r
			}
		}
	}
	art, ok := p.parse(&r)
	if !ok {
		return p.o.Shard.failed(r)
	}
	if p.old(art.Date) {
		r.skip = source.Older(p.o.Since)
		return r
	}
	want := articleOf(art)
	r.id, r.copy, r.sum = want.ID, want.Copy, sum(want)
	if !p.o.Shard.has(want.ID) {
		r.skip = elsewhere
		return r
	}
	if r.known, r.fatal = p.look(ctx, want); r.fatal != nil {
		return r
	}
	if r.known.same && !anew {
		r.unchanged = true
		return r
	}
	if p.build(&r, art); r.fail != nil || r.fatal != nil {
		return r
	}
	r.raw = source.Raw{From: j.raw.From, Line: j.raw.Line} // enough to name it: the rest is in the batch
	r.copied, r.fatal = p.copied(ctx, want)
	return r
}

// old says whether an article's date is before what is wanted.
func (p *pipeline) old(date time.Time) bool {
	return !p.o.Since.IsZero() && !date.IsZero() && date.Before(p.o.Since)
}

// parse makes the article of the result's document; false where that fails.
func (p *pipeline) parse(r *result) (page.Article, bool) {
	type parsed struct {
		art page.Article
		err error
	}
	raw := r.raw
	out, took, bad := watched(p.patience(raw), func() parsed {
		art, err := page.Read(raw)
		return parsed{art, err}
	})
	p.parsing.Add(int64(took))
	switch {
	case bad != nil:
		p.misbehaved(r, "the page's parser", bad)
	case out.err != nil:
		r.fail = failure(raw, out.err)
	}
	return out.art, r.fail == nil && r.fatal == nil
}

// build analyses the article and makes the result's batch.
func (p *pipeline) build(r *result, art page.Article) {
	type built struct {
		batch   graph.Batch
		skipped string
		err     error
	}
	raw := r.raw
	out, took, bad := watched(p.patience(raw), func() built {
		an := p.analyse(art.Text)
		b := Build(art, an)
		return built{b, an.Skipped, b.Validate()}
	})
	p.analysing.Add(int64(took))
	switch {
	case bad != nil:
		p.misbehaved(r, "the engine", bad)
	case out.err != nil:
		r.fail = failure(raw, out.err)
	default:
		r.batch, r.skipped = out.batch, out.skipped
	}
}

// misbehaviour is a panic, or time that ran out.
type misbehaviour struct {
	panicked any
	after    time.Duration
}

// watched runs work in a goroutine of its own, which is abandoned when it takes too long: Go can't stop it. What it returns then is
// never seen.
func watched[T any](patience time.Duration, work func() T) (out T, took time.Duration, bad *misbehaviour) {
	type ended struct {
		out T
		bad *misbehaviour
	}
	done := make(chan ended, 1)
	start := time.Now()
	go func() {
		var e ended
		defer func() {
			if v := recover(); v != nil {
				e.bad = &misbehaviour{panicked: v}
			}
			done <- e
		}()
		e.out = work()
	}()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case e := <-done:
		return e.out, time.Since(start), e.bad
	case <-timer.C:
		return out, patience, &misbehaviour{after: patience}
	}
}

// maxAbandoned is how many articles may be left running: each keeps a core and its memory until the process ends.
const maxAbandoned = 8

func (p *pipeline) misbehaved(r *result, who string, bad *misbehaviour) {
	if bad.panicked != nil {
		r.fail = r.raw.Fail("text", fmt.Sprintf("%s panicked: %.200v", who, bad.panicked), "please report it with the text; the rest is loaded")
		return
	}
	r.fail = r.raw.Fail("text", fmt.Sprintf("%s was not done after %s and was left", who, bad.after), "please report it with the text; the rest is loaded")
	if n := p.abandoned.Add(1); n > maxAbandoned {
		r.fatal = fmt.Errorf("%d articles took longer than %s for each megabyte and still run, the last %s: start again, and the load goes on", n, p.o.Timeout, r.fail.From)
	}
}

// patience is how long a document may take.
func (p *pipeline) patience(raw source.Raw) time.Duration {
	return p.o.Timeout * time.Duration(1+(len(raw.Text)+len(raw.HTML))>>20)
}

// look says how an article stands in the store.
func (p *pipeline) look(ctx context.Context, want graph.Article) (standing, error) {
	node, err := p.store.Node(ctx, want.ID)
	if graph.CodeOf(err) == graph.NotFound {
		return standing{fresh: true}, nil
	}
	if err != nil || node.Article == nil {
		return standing{}, err
	}
	var s standing
	if p.o.Journal != nil {
		origin, ok, err := p.o.Journal.Origin(ctx, want.ID)
		if err != nil {
			return s, err
		}
		if ok {
			s.origin = &origin
		}
	}
	have := *node.Article
	if !have.Date.Equal(want.Date) {
		return s, nil
	}
	have.Date, have.Text, want.Text = want.Date, "", ""
	if have != want {
		return s, nil
	}
	s.same, err = p.current(ctx, want.ID, s.origin)
	return s, err
}

// current says whether this version of the engine read the article. One that left no edge can't tell but by its origin.
func (p *pipeline) current(ctx context.Context, id graph.ID, origin *journal.Origin) (bool, error) {
	for row, err := range p.store.Edges(ctx, graph.Filter{Articles: []graph.ID{id}, Limit: 1}) {
		return err == nil && row.Edge.Evidence.Engine == Version, err
	}
	return origin != nil && origin.Engine == Version, nil
}

// copied says whether the store has a copy of the article from elsewhere.
func (p *pipeline) copied(ctx context.Context, a graph.Article) (bool, error) {
	if p.o.Journal == nil {
		return false, nil
	}
	ids, err := p.o.Journal.Copies(ctx, a.Copy, 2)
	for _, id := range ids {
		if id != a.ID {
			return true, err
		}
	}
	return false, err
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
