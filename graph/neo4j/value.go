package neo4j

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"saidgraph/graph"
)

// values are the columns of a record, read one after the other. A NULL reads as the zero value; what has another type than it should,
// as after an edit by hand, reads as zero too and leaves bad.
type values struct {
	all []any
	at  int
	bad error
}

func next[T any](v *values) (x T) {
	if v.at >= len(v.all) {
		v.bad = fmt.Errorf("column %d is missing", v.at)
		return x
	}
	raw := v.all[v.at]
	v.at++
	if raw == nil {
		return x
	}
	x, ok := raw.(T)
	if !ok && v.bad == nil {
		v.bad = fmt.Errorf("the graph holds %.80v (%T) where saidgraph writes %T: was it edited by hand? Loading the article again repairs it", raw, raw, x)
	}
	return x
}

func (v *values) int() int64    { return next[int64](v) }
func (v *values) str() string   { return next[string](v) }
func (v *values) bytes() []byte { return next[[]byte](v) }
func (v *values) yes() bool     { return next[bool](v) }
func (v *values) list() *values { return &values{all: next[[]any](v)} }

func (v *values) float() float64 {
	if v.at < len(v.all) {
		if n, ok := v.all[v.at].(int64); ok { // an analyst wrote 1
			v.at++
			return float64(n)
		}
	}
	return next[float64](v)
}

func (v *values) id() (id graph.ID) {
	if s := v.str(); s != "" {
		var err error
		if id, err = uuid.Parse(s); err != nil && v.bad == nil {
			v.bad = fmt.Errorf("the graph holds the id %.40q, which is none: was it edited by hand?", s)
		}
	}
	return id
}

func (v *values) strs() (all []string) { return listOf[string](v) }
func (v *values) ints() (all []int64)  { return listOf[int64](v) }

func listOf[T any](v *values) (all []T) {
	l := v.list()
	for range l.all {
		all = append(all, next[T](l))
	}
	if l.bad != nil && v.bad == nil {
		v.bad = l.bad
	}
	return all
}

// spans are kept flat: start, end, start, end, …
func (v *values) spans() (all []graph.Span) {
	flat := v.ints()
	for i := 0; i+1 < len(flat); i += 2 {
		all = append(all, graph.Span{Start: int(flat[i]), End: int(flat[i+1])})
	}
	return all
}

func (v *values) span() *graph.Span {
	if all := v.spans(); len(all) > 0 {
		return &all[0]
	}
	return nil
}

func (v *values) date() time.Time { return time.Unix(-v.int(), 0).UTC() }

func flat(spans []graph.Span) []int64 {
	all := make([]int64, 0, 2*len(spans))
	for _, s := range spans {
		all = append(all, int64(s.Start), int64(s.End))
	}
	return all
}

// undated is the age of what has no date: minus the Unix time of Go's zero time.
const undated = 62135596800

// utc makes Neo4j show a date with Z, not with the name of a zone.
func utc(t time.Time) time.Time { return t.In(time.FixedZone("Offset", 0)) }

// nodeOf is a Cypher expression: a node as a list that [values.node] reads, an article without its text.
func nodeOf(v string) string {
	return "CASE WHEN " + v + ":Actor THEN ['actor', " + actorOf(v) + "] WHEN " + v + ":Claim THEN ['claim', " + claimOf(v) + "] WHEN " + v + ":Article THEN ['article', " + articleOf(v) + "] END"
}

func actorOf(v string) string { return props(v, "id", "name", "aliases") + ", " + v + ":Person" }
func claimOf(v string) string { return props(v, "id", "article", "text", "kind", "spans", "by") }
func articleOf(v string) string {
	return props(v, "id", "url", "title", "outlet", "byline", "age", "language", "license", "wire", "copy", "hash")
}

func props(v string, names ...string) (s string) {
	for i, name := range names {
		if i > 0 {
			s += ", "
		}
		s += v + "." + name
	}
	return s
}

func (v *values) node() (n graph.Node) {
	l := v.list()
	switch l.str() {
	case "actor":
		n.Actor = l.actor()
	case "claim":
		n.Claim = l.claim()
	case "article":
		n.Article = l.article()
	default:
		l.bad = nil // no node
	}
	if l.bad != nil && v.bad == nil {
		v.bad = l.bad
	}
	return n
}

func (v *values) actor() *graph.Actor {
	a := &graph.Actor{ID: v.id(), Name: v.str(), Aliases: v.strs(), Label: graph.Organization}
	if v.yes() {
		a.Label = graph.Person
	}
	return a
}

func (v *values) claim() *graph.Claim {
	return &graph.Claim{ID: v.id(), Article: v.id(), Text: v.str(), Kind: v.str(), Spans: v.spans(), By: v.str()}
}

func (v *values) article() *graph.Article {
	return &graph.Article{
		ID: v.id(), URL: v.str(), Title: v.str(), Outlet: v.str(), Byline: v.str(), Date: v.date(), Language: v.str(),
		License: v.str(), Wire: v.str(), Copy: v.str(), Hash: v.str(),
	}
}
