// Package loaders carries documents from a source through the engine into a store: read, parse, analyse, build, write.
//
// # Stages
//
// One goroutine reads, [Options.Workers] parse, analyse and build batches, one writes them in transactions of
// [Options.Batch] articles, fewer where they are huge or come slowly. What is on its way is bounded, so a slow store slows the source down
// and memory stays flat whatever the pile's size. Articles are written in the order of the input, whichever worker was done first: two
// runs give one graph.
//
// # Failures
//
// A document that can't be read, breaks a rule, makes the engine panic or takes it too long is one [source.Error] and one dead
// letter; the others are loaded. An article is written whole or not at all, so a load that was killed is mended by loading again.
//
// # Memory of loads
//
// With [Options.Journal] each transaction is followed by one that remembers where its articles came from, which documents failed, and
// what [Options.Saved] adds. A crash between the two is mended by the next load: an unchanged article without an origin is given one.
package loaders

import (
	"context"
	"iter"
	"time"

	"saidgraph/graph"
	"saidgraph/loaders/journal"
	"saidgraph/loaders/quote"
	"saidgraph/loaders/source"
)

const (
	// DefaultBatch is the number of articles in a transaction.
	DefaultBatch = 100
	// DefaultTimeout is what an article may take for each megabyte begun: the engine reads one in 2 to 5 s.
	DefaultTimeout = time.Minute
	// DefaultGrace is how long what is in hand may take once ctx has ended; within 2 s more the load ends.
	DefaultGrace = 6 * time.Second
)

// heavy is the bytes of text in a transaction that end it before its number of articles does: a hundred
// articles of the longest kind would take gigabytes to hold.
const heavy = 32 << 20

// keptFailures bounds Report.Failures; Options.Failed and the journal hear of all.
const keptFailures = 1000

// Options of a load. The zero value is ready.
type Options struct {
	Workers int           // that analyse at once; 0: one a core
	Batch   int           // articles in a transaction; 0: DefaultBatch
	Timeout time.Duration // of an article, for each megabyte begun; 0: DefaultTimeout
	Grace   time.Duration // see DefaultGrace, which 0 is

	Reload bool      // analyse articles that the store has unchanged, too
	Since  time.Time // articles with an earlier date are skipped; zero: none is
	Limit  int       // end when so many articles are written; 0: no limit
	Shard  Shard     // the part of the documents that is this load's; zero: all
	DryRun bool      // do everything but write

	Journal *journal.Journal // remembers the load; nil: nobody does
	Run     string           // the run's id in the journal
	Now     func() time.Time // for the journal; nil: time.Now

	Failed   func(*source.Error)                 // called for each failure, in the order of the input
	Progress func(Report)                        // called after each transaction, and every second
	Saved    func(documents int) []journal.Entry // called after each transaction: the first so many documents of the input are settled; what it returns is put into the journal
}

// Report is what a load did.
type Report struct {
	Read        int            `json:"read"`   // documents, failed ones included
	Loaded      int            `json:"loaded"` // articles written: New and Changed
	New         int            `json:"new"`
	Changed     int            `json:"changed"`   // the store had another text, date or engine's reading of them, or Reload wanted them anew
	Unchanged   int            `json:"unchanged"` // that the store had already
	Failed      int            `json:"failed"`
	Skipped     map[string]int `json:"skipped,omitempty"`      // documents that were not wanted, by why
	NotAnalysed map[string]int `json:"not_analysed,omitempty"` // of the loaded: stored, but not read by the engine, by why
	Copies      int            `json:"copies"`                 // of the loaded: copies of an article that the store has from elsewhere
	Wire        int            `json:"wire"`                   // of the loaded: from a news agency

	People     int `json:"people"` // whom the articles loaded name, each counted once, to within 1%
	Claims     int `json:"claims"` // in the articles loaded
	Criticisms int `json:"criticisms"`
	Praises    int `json:"praises"`

	DryRun      bool            `json:"dry_run,omitempty"`
	Interrupted bool            `json:"interrupted"` // ctx ended before the input did
	Limited     bool            `json:"limited"`     // Limit ended it before the input did
	Took        time.Duration   `json:"took_ns"`
	Bytes       int64           `json:"bytes"`              // of text loaded
	Reading     time.Duration   `json:"reading_ns"`         // waiting for the source
	Parsing     time.Duration   `json:"parsing_ns"`         // document to article, all workers together
	Analysing   time.Duration   `json:"analysing_ns"`       // engine and batch, all workers together
	Writing     time.Duration   `json:"writing_ns"`         // of the store's transactions
	Failures    []*source.Error `json:"failures,omitempty"` // the first thousand
}

// Analyse is the engine: quote.Engine's Analyze, or what stands in for it. It is called from many goroutines.
type Analyse func(text string) *quote.Analysis

// Load loads the documents into the store. It returns an error when the store fails for more than one article; documents that
// fail are counted in the report. When ctx ends, no further document is read, those in hand are
// written, and the report says Interrupted.
func Load(ctx context.Context, store graph.Store, analyse Analyse, docs iter.Seq2[source.Raw, error], o Options) (Report, error) {
	p, err := newPipeline(ctx, store, analyse, o)
	if err != nil {
		return Report{}, err
	}
	err = p.run(ctx, docs)
	p.report.Interrupted = ctx.Err() != nil && err == nil && !p.whole.Load() && !p.report.Limited
	return p.snapshot(), err
}

var _ Analyse = (*quote.Engine)(nil).Analyze
