package graph

import (
	"context"
	"iter"
	"time"
)

// Store keeps the graph. All stores answer alike: same rows, same order, same cursors
// (package storetest holds them to it). A Store is safe for concurrent use; each read, a whole stream too, sees
// one state of the graph, whatever is written meanwhile. What a read returns is the caller's to change.
// A cancelled ctx ends a call with ctx.Err() in its chain and leaves nothing half-written. After Close, every call but Close
// gives Unavailable. Texts come back as they were given, NUL and all; times in UTC.
//
// Reads are few and closed; package queries composes every question from them.
type Store interface {
	// Apply adds the batches in one transaction, each article whole or not at all. What an
	// earlier Apply of the same article id added is gone afterwards; of two batches of one article in a call the
	// last counts. An actor lives while an edge touches it; label, name and aliases are gathered over the articles
	// whose edges touch it (label and name: from the article with the smallest id; aliases: all other names and
	// aliases), so that order of loading does not matter. No batches: nothing happens.
	// An invalid batch gives Invalid, names the article and field, and nothing of the call is written.
	Apply(ctx context.Context, batches ...Batch) error
	// Delete removes an article and all it taught. NotFound if there is no such article.
	Delete(ctx context.Context, article ID) error

	// Node returns one node, an article with its text. NotFound if there is none.
	Node(ctx context.Context, id ID) (Node, error)
	// Named returns, for each name, the actors that bear it as name or alias, compared by [Fold], in order of id.
	// A name that none bears, or that folds to "", is not in the map.
	Named(ctx context.Context, names ...string) (map[string][]Actor, error)
	// Search finds actors by name and claims by their words, best first: see [SearchQuery] and [HitPlace].
	Search(ctx context.Context, q SearchQuery) ([]Hit, error)
	// Edges streams the edges that the filter lets through, in the order that [Compare] gives
	// (newest first), each with its two nodes and its article (without Text).
	Edges(ctx context.Context, f Filter) iter.Seq2[Row, error]
	// Tally counts the edges that the filter lets through by group, most first, then by key.
	// Filter.After is a cursor of an earlier Count; Filter.Limit bounds the groups. Nodes come without Text.
	Tally(ctx context.Context, f Filter, by Group) ([]Count, error)
	// Paths returns the shortest chains of steps between two actors, each step taken in either direction, of at
	// most maxHops steps: all of them have the least number of steps, no actor comes twice, and they are
	// ordered by their actors' names, then ids, from the first actor on; up to limit. A step is Said+About (an actor
	// spoke about an actor), Criticized, Praised or Affiliated; f picks the edges (of Said+About: the SAID edge; the
	// ABOUT edge must reach MinScore too); its After and Limit are ignored. Where several steps
	// join two actors, the path shows the one with the newest proof. None: an empty result, no error. NotFound if one of the two is
	// no actor, Invalid (Field "to") if they are the same; [Bounds] gives defaults and limits.
	Paths(ctx context.Context, from, to ID, maxHops, limit int, f Filter) ([]Path, error)
	// Neighbours returns the actors within depth steps of one (steps and f as in Paths) and the steps among them. When there
	// are more than limit actors, the nearest are kept, of those the ones with the most edges proving steps to the ring of actors before
	// (sum of [Step.N]), then by name, then id; limit counts the actor in the middle too. NotFound if it is no actor.
	Neighbours(ctx context.Context, around ID, depth, limit int, f Filter) (Subgraph, error)
	// Batches streams what each article adds, in [Batch.Normal] form and in order of the articles' ids: applied to an
	// empty store they make this graph.
	Batches(ctx context.Context) iter.Seq2[Batch, error]
	// Stats counts nodes and edges by label and type; what there is none of is not in the maps.
	Stats(ctx context.Context) (Stats, error)

	Records
	Close() error
}

// Filter picks edges. A zero field does not restrict; fields are joined by and, values within one by or.
type Filter struct {
	Types     []Type
	From      []ID
	To        []ID
	Touching  []ID      // From or To is one of these
	About     []ID      // for SAID and REPORTED: the claim has an ABOUT edge (that reaches MinScore) to one of these; other types never pass
	Speaker   []ID      // only edges of articles in which each of these has a SAID edge
	Articles  []ID      // evidence of one of these articles
	FromLabel Label     //
	ToLabel   Label     //
	Since     time.Time // the article's date, inclusive; an article without a date does not pass
	Until     time.Time // exclusive; an article without a date does not pass
	Outlets   []string  // compared by Fold
	Kinds     []string  // for edges from or to a claim, and for stances in a claim: direct, indirect, mixed; others do not pass
	Voice     string
	MinScore  float64
	Once      bool   // of articles that are copies of each other (the same Copy, not "") only the first of the store passes: the one with the earliest date, one without a date last, then the smallest id
	After     string // cursor of a Row or Count: go on behind it; Invalid, Field "after", if it is none of this read
	Limit     int    // 0: no limit
}

// Row is an edge with what a reader needs to show and prove it.
type Row struct {
	Edge    Edge    `json:"edge"`
	From    Node    `json:"from"`
	To      Node    `json:"to"`
	Article Article `json:"article"` // Text left out
	Cursor  string  `json:"cursor"`
}

// Group is what Tally counts by. An edge without the thing counts under the key "".
type Group string

const (
	ByFrom    Group = "from"
	ByTo      Group = "to"
	ByOutlet  Group = "outlet" // as it is spelled
	ByMonth   Group = "month"  // "2025-06"; "" without a date
	ByKind    Group = "kind"   // the claim's kind, of the edges that Filter.Kinds speaks of
	ByType    Group = "type"
	ByArticle Group = "article"
)

// Count is one group of a tally.
type Count struct {
	Key    string `json:"key"` // node id, outlet, month, kind or type
	Node   *Node  `json:"node,omitempty"`
	N      int    `json:"n"`
	Cursor string `json:"cursor"`
}

// SearchQuery is a full-text search: every word of Text must match, compared by Fold; the last may be the beginning of one.
// An actor matches when one of its names bears all words, a claim when its text does: see [Words] and [Match]. Empty
// Text matches everything; Text that folds to nothing matches nothing.
type SearchQuery struct {
	Text   string
	Labels []Label // none: actors and claims
	Limit  int     // 0: 20
	After  string
	Fuzzy  bool // names with near words (from 3 letters on: edit distance 1; from 6: 2) count too: for suggestions
}

// Hit is one result of a search: actors before claims; actors by number of articles, most first, then name, then id; claims newest first, then id.
type Hit struct {
	Node     Node   `json:"node"`
	Articles int    `json:"articles,omitempty"` // in which edges touch the actor
	Cursor   string `json:"cursor"`
}

// Step is one move between two actors, with the edge that proves it (for Said+About: the SAID edge, Via the claim).
type Step struct {
	From ID   `json:"from"`
	To   ID   `json:"to"`
	Type Type `json:"type"` // Said stands for "spoke about"
	Row  Row  `json:"row"`  // newest proof
	N    int  `json:"n"`    // how many edges prove this step
}

// Path is a chain of actors; Steps[i] joins Actors[i] and Actors[i+1], in either direction.
type Path struct {
	Actors []Actor `json:"actors"`
	Steps  []Step  `json:"steps"`
}

// Subgraph is a piece of the actor graph: actors by id, steps by (From, To, Type).
type Subgraph struct {
	Actors []Actor `json:"actors"`
	Steps  []Step  `json:"steps"`
}

// Stats counts what the graph holds.
type Stats struct {
	Nodes map[Label]int `json:"nodes"`
	Edges map[Type]int  `json:"edges"`
}
