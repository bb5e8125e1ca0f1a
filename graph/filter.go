package graph

import (
	"fmt"
	"math"
	"slices"
	"unicode/utf8"
)

// Validate checks what does not depend on the read: types, labels, kinds, voice, scores, times and limits. The cursor is
// the read's to check. The error is Invalid, with Field named as a URL parameter would be ("min_score").
func (f Filter) Validate() error {
	invalid := func(field, format string, args ...any) error {
		return &Error{Op: "graph.Filter", Code: Invalid, Field: field, Err: fmt.Errorf(format, args...)}
	}
	for _, t := range f.Types {
		if _, _, ok := ends(t); !ok {
			return invalid("types", "%q is no type of an edge", t)
		}
	}
	if !validLabel(f.FromLabel) {
		return invalid("from_label", "%q is no label", f.FromLabel)
	}
	if !validLabel(f.ToLabel) {
		return invalid("to_label", "%q is no label", f.ToLabel)
	}
	for _, k := range f.Kinds {
		if k != Direct && k != Indirect && k != Mixed {
			return invalid("kinds", "%q is no kind of a claim", k)
		}
	}
	for _, o := range f.Outlets {
		if !utf8.ValidString(o) {
			return invalid("outlets", "%q is not UTF-8", o)
		}
	}
	switch {
	case f.Voice != "" && f.Voice != Reporter && f.Voice != Speaker:
		return invalid("voice", "%q is no voice", f.Voice)
	case math.IsNaN(f.MinScore) || f.MinScore < 0 || f.MinScore > 1:
		return invalid("min_score", "%v is not within 0..1", f.MinScore)
	case !f.Since.IsZero() && !f.Until.IsZero() && !f.Since.Before(f.Until):
		return invalid("until", "is not after since")
	case f.Limit < 0:
		return invalid("limit", "%d is negative", f.Limit)
	}
	return nil
}

func validLabel(l Label) bool {
	return l == "" || l == ClaimNode || l == ArticleNode || l == Person || l == Organization
}

// DefaultHits is the limit of a search that sets none.
const DefaultHits = 20

// Validate checks labels, limit and encoding. The error is Invalid, with Field.
func (q SearchQuery) Validate() error {
	invalid := func(field, format string, args ...any) error {
		return &Error{Op: "graph.Search", Code: Invalid, Field: field, Err: fmt.Errorf(format, args...)}
	}
	for _, l := range q.Labels {
		if l == "" || l == ArticleNode || !validLabel(l) {
			return invalid("labels", "%q can't be searched", l)
		}
	}
	switch {
	case !utf8.ValidString(q.Text):
		return invalid("text", "is not UTF-8")
	case q.Limit < 0:
		return invalid("limit", "%d is negative", q.Limit)
	}
	return nil
}

// Validate reports whether Tally can count by g; Invalid, with Field "by", if not.
func (g Group) Validate() error {
	if slices.Contains([]Group{ByFrom, ByTo, ByOutlet, ByMonth, ByKind, ByType, ByArticle}, g) {
		return nil
	}
	return &Error{Op: "graph.Tally", Code: Invalid, Field: "by", Err: fmt.Errorf("can't count by %q", g)}
}

// MaxHops bounds the length of paths and the depth of neighbourhoods.
const MaxHops = 6

// Bounds are the defaults and limits of Paths (field "max_hops") and Neighbours (field "depth"): hops 0 stands for 4 in
// Paths and 1 in Neighbours, limit 0 for 10 paths and 100 actors. Invalid, with Field, beyond them.
func Bounds(field string, hops, limit int) (int, int, error) {
	if hops < 0 || hops > MaxHops {
		return 0, 0, &Error{Op: "graph.Bounds", Code: Invalid, Field: field, Err: fmt.Errorf("%d is not within 1..%d", hops, MaxHops)}
	}
	if limit < 0 {
		return 0, 0, &Error{Op: "graph.Bounds", Code: Invalid, Field: "limit", Err: fmt.Errorf("%d is negative", limit)}
	}
	paths := field == "max_hops"
	if hops == 0 {
		hops = 1
		if paths {
			hops = 4
		}
	}
	if limit == 0 {
		limit = 100
		if paths {
			limit = 10
		}
	}
	return hops, limit, nil
}
