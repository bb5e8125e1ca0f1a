package graph

import "context"

// Statement is one question that a store asked its database.
type Statement struct {
	Text string `json:"text"`           // SQL or Cypher
	Args any    `json:"args,omitempty"` // what stands for its parameters
	Plan string `json:"plan,omitempty"` // how the database answered it, one step a line, indented
	Hits int64  `json:"hits"`           // the plan's database hits, where the database counts them; else 0
}

type explainKey struct{}

// Explain makes the stores report each statement of the calls that get the returned context. Calls are slower then. told must
// be safe for concurrent use. The memory store asks nobody and reports nothing.
func Explain(ctx context.Context, told func(Statement)) context.Context {
	return context.WithValue(ctx, explainKey{}, told)
}

// Explaining is who wants to hear of statements, nil where nobody does.
func Explaining(ctx context.Context) func(Statement) {
	told, _ := ctx.Value(explainKey{}).(func(Statement))
	return told
}

// Finding is what a look at a store's health found.
type Finding struct {
	Check string `json:"check"` // "integrity", "schema"
	OK    bool   `json:"ok"`
	Text  string `json:"text"` // what was seen and, where it is wrong, the way out
}

// Checker is a store that can look after its own health. An error means that the look itself failed.
type Checker interface {
	Check(ctx context.Context) ([]Finding, error)
}
