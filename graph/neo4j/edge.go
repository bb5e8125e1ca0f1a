package neo4j

import (
	"context"
	"iter"
	"slices"
	"strings"

	"saidgraph/graph"
)

// head is how many rows of a stream are read before the first is given out, and hold to one state. Questions have limits far
// below; an export reads the rest as the server gives it, in flat memory.
const head = 2000

// rowColumns are what [values.row] reads of an edge e and its article a.
var rowColumns = props("e", "id", "spans", "quote", "cue", "cue_spans", "surface", "surface_span", "target", "target_span",
	"score", "engine", "voice", "role", "claim") + ", type(e), [" + articleOf("a") + "], " + nodeOf("startNode(e)") + ", " + nodeOf("endNode(e)")

func (v *values) row() (r graph.Row) {
	e, p := &r.Edge, &r.Edge.Evidence
	e.ID = v.id()
	p.Spans, p.Quote, p.Cue, p.CueSpans = v.spans(), v.str(), v.str(), v.spans()
	p.Surface, p.SurfaceSpan, p.Target, p.TargetSpan = v.str(), v.span(), v.str(), v.span()
	p.Score, p.Engine, e.Voice, e.Role = v.float(), v.str(), v.str(), v.str()
	if claim := v.id(); claim != (graph.ID{}) {
		e.Claim = &claim
	}
	e.Type = graph.Type(v.str())
	l := v.list()
	r.Article = *l.article()
	r.From, r.To = v.node(), v.node()
	e.From, e.To, p.Article, p.Date = r.From.ID(), r.To.ID(), r.Article.ID, r.Article.Date
	r.Cursor = graph.PlaceOf(e).Cursor()
	return r
}

// Edges implements [graph.Store].
func (s *Store) Edges(ctx context.Context, f graph.Filter) iter.Seq2[graph.Row, error] {
	const op = "neo4j.Edges"
	return func(yield func(graph.Row, error) bool) {
		first, whole, err := s.head(ctx, f)
		for i := range first {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				break
			}
			if !yield(first[i], nil) {
				return
			}
		}
		if err == nil && !whole {
			left := false
			f.After = first[len(first)-1].Cursor
			if f.Limit > 0 {
				f.Limit -= len(first)
			}
			if left, err = s.rest(ctx, f, yield); left {
				return
			}
		}
		if err != nil {
			yield(graph.Row{}, s.fail(ctx, op, err))
		}
	}
}

// head reads the first rows, of one state; whole: there are no more.
func (s *Store) head(ctx context.Context, f graph.Filter) (rows []graph.Row, whole bool, err error) {
	whole = f.Limit > 0 && f.Limit <= head
	if !whole {
		f.Limit = head
	}
	text, p, err := edgeQuery(f)
	if err != nil {
		return nil, true, err
	}
	err = s.look(ctx, true, func(t *tx) error {
		rows = nil
		if text == "" {
			return nil
		}
		return t.each(text, p, func(v *values) error {
			rows = append(rows, v.row())
			return nil
		})
	})
	return rows, whole || len(rows) < head, err
}

// rest streams what comes behind the head.
func (s *Store) rest(ctx context.Context, f graph.Filter, yield func(graph.Row, error) bool) (left bool, err error) {
	text, p, err := edgeQuery(f)
	if err != nil || text == "" {
		return false, err
	}
	t, err := s.begin(ctx, false)
	if err != nil {
		return false, err
	}
	defer t.end()
	err = t.each(text, p, func(v *values) error {
		r := v.row()
		if v.bad != nil {
			return v.bad
		}
		if left = !yield(r, nil); left {
			return context.Canceled
		}
		return nil
	})
	return left, err
}

// edgeQuery is the read of a filter; "" if nothing can pass.
func edgeQuery(f graph.Filter) (string, params, error) {
	if err := f.Validate(); err != nil {
		return "", nil, err
	}
	p := newPick(f)
	var at graph.Place
	if f.After != "" {
		var err error
		if at, err = graph.ParsePlace(f.After); err != nil {
			return "", nil, err
		}
		p.after(at)
	}
	limit := ""
	if f.Limit > 0 {
		limit = " LIMIT $limit"
		p.params["limit"] = f.Limit
	}
	if p.anchor == "" {
		return p.walk(at, limit), p.params, nil
	}
	edges, none := p.edges()
	if none {
		return "", nil, nil
	}
	return p.prefix() + "CALL " + p.scope() + " { " + edges + " } WITH e ORDER BY " + byEdge + limit +
		" MATCH (a:Article {id: e.article}) RETURN " + rowColumns + " ORDER BY " + byEdge, p.params, nil
}

// walk goes through the articles, newest first, as their index has them.
func (p *pick) walk(at graph.Place, limit string) string {
	parts := p.taught("= a.id", true)
	if len(parts) == 0 {
		return ""
	}
	where := []string{"a.age >= $from_age", "a.id IS NOT NULL"}
	p.params["from_age"] = int64(minAge)
	if !at.Date.IsZero() || at.Article != (graph.ID{}) {
		p.params["from_age"] = -at.Date.Unix()
	}
	for _, k := range slices.Sorted(slices.Values(p.where)) {
		if strings.HasPrefix(k, "e.age <") {
			where = append(where, "a"+k[1:])
		}
	}
	return "MATCH (a:Article) WHERE " + strings.Join(where, " AND ") + " WITH a ORDER BY a.age, a.id CALL (a) { " + strings.Join(parts, " UNION ALL ") +
		" } RETURN " + rowColumns + " ORDER BY a.age, a.id, coalesce(e.spans[0], -1), e.id" + limit
}

// minAge is below every article's: the year 9999 and some more.
const minAge = -1 << 40
