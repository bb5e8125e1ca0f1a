// Package loaders carries documents from a source through the engine into a store: read, analyse, build, write.
//
// # Stages
//
// One goroutine reads, [Options.Workers] analyse and build batches, one writes them in transactions of
// [Options.Batch] articles, fewer where they are huge. What is on its way is bounded, so a slow store slows the source down and memory stays flat whatever the
// pile's size. Articles are written in the order of the input, whichever worker was done first: two runs give one graph.
//
// # Failures
//
// A document that can't be read, breaks a rule or makes the engine panic is one [source.Error]; the others are loaded.
// An article is written whole or not at all, so a load that was killed is mended by loading again.
package loaders

import (
	"context"
	"iter"
	"time"

	"saidgraph/graph"
	"saidgraph/loaders/quote"
	"saidgraph/loaders/source"
)

// DefaultBatch is the number of articles in a transaction.
const DefaultBatch = 100

// heavy is the bytes of text in a transaction that end it before its number of articles does: a hundred
// articles of the longest kind would take gigabytes to hold.
const heavy = 32 << 20

// keptFailures bounds Report.Failures; Options.Failed hears of all.
const keptFailures = 1000

// Options of a load. The zero value is ready.
type Options struct {
	Workers int  // that analyse at once; 0: one a core
	Batch   int  // articles in a transaction; 0: DefaultBatch
	Reload  bool // analyse articles that the store has unchanged, too

	Failed   func(*source.Error) // called for each failure, in the order of the input
	Progress func(Report)        // called after each transaction
}

// Report is what a load did.
type Report struct {
	Read        int `json:"read"`      // documents, failed ones included
	Loaded      int `json:"loaded"`    // articles written
	Unchanged   int `json:"unchanged"` // that the store had already
	Failed      int `json:"failed"`
	NotAnalysed int `json:"not_analysed"` // of the loaded: stored, but not in the engine's language

	Claims     int `json:"claims"` // in the articles loaded
	Criticisms int `json:"criticisms"`
	Praises    int `json:"praises"`

	Interrupted bool            `json:"interrupted"` // ctx ended before the input did
	Took        time.Duration   `json:"took_ns"`
	Bytes       int64           `json:"bytes"`              // of text analysed
	Analysing   time.Duration   `json:"analysing_ns"`       // of all workers together
	Writing     time.Duration   `json:"writing_ns"`         // of the store's transactions
	Failures    []*source.Error `json:"failures,omitempty"` // the first thousand
}

// Analyse is the engine: quote.Engine's Analyze, or what stands in for it. It is called from many goroutines.
type Analyse func(text string) *quote.Analysis

// Load loads the documents into the store. It returns an error when the store fails for more than one article; documents that
// fail are counted in the report. When ctx ends, no further document is read, those in hand are
// written, and the report says Interrupted.
func Load(ctx context.Context, store graph.Store, analyse Analyse, docs iter.Seq2[source.Raw, error], o Options) (Report, error) {
	p := newPipeline(store, analyse, o)
	start := time.Now()
	err := p.run(ctx, docs)
	p.report.Interrupted = ctx.Err() != nil && err == nil && !p.whole.Load()
	p.report.Took = time.Since(start)
	p.report.Analysing = time.Duration(p.analysing.Load())
	return p.report, err
}
