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
	if err := f.Validate(); err != nil {
		return nil, true, err
	}
	whole = f.Limit > 0 && f.Limit <= head
	if !whole {
		f.Limit = head
	}
	q, err := newEdgeQuery(f)
	if err != nil {
		return nil, true, err
	}
	err = s.look(ctx, true, func(t *tx) (err error) {
		rows, err = t.edges(q)
		return err
	})
	return rows, whole || len(rows) < head, err
}

// rest streams what comes behind the head.
func (s *Store) rest(ctx context.Context, f graph.Filter, yield func(graph.Row, error) bool) (left bool, err error) {
	q, err := newEdgeQuery(f)
	if err != nil || q.find == "" {
		return false, err
	}
	t, err := s.begin(ctx, false)
	if err != nil {
		return false, err
	}
	defer t.end()
	err = t.each(q.find+q.article+" RETURN "+rowColumns+" ORDER BY "+byEdge, q.params, func(v *values) error {
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

// edgeQuery finds edges in their order.
type edgeQuery struct {
	find    string // binds e; "" if nothing can pass
	article string // binds a, too
	params  params
}

func newEdgeQuery(f graph.Filter) (q edgeQuery, err error) {
	if err := f.Validate(); err != nil {
		return q, err
	}
	p := newPick(f)
	var at graph.Place
	if f.After != "" {
		if at, err = graph.ParsePlace(f.After); err != nil {
			return q, err
		}
		p.after(at)
	}
	limit := ""
	if f.Limit > 0 {
		limit = " LIMIT $limit"
		p.params["limit"] = f.Limit
	}
	q.params, q.article = p.params, " MATCH (a:Article {id: e.article})"
	if p.anchor == "" {
		q.find = p.walk(at, limit)
		return q, nil
	}
	if edges, none := p.edges(); !none {
		q.find = edges + " WITH e ORDER BY " + byEdge + limit
	}
	return q, nil
}

// walk goes through the articles, newest first, as their index has them.
func (p *pick) walk(at graph.Place, limit string) string {
	taught := p.taught("= a.id")
	if taught == "" {
		return ""
	}
	where := []string{"a.age >= $from_age", "a.id IS NOT NULL"}
	p.params["from_age"] = int64(minAge)
	if p.f.After != "" {
		p.params["from_age"] = -at.Date.Unix()
	}
	for _, k := range slices.Sorted(slices.Values(p.where)) {
		if strings.HasPrefix(k, "e.age <") {
			where = append(where, "a"+k[1:])
		}
	}
	return "MATCH (a:Article) WHERE " + strings.Join(where, " AND ") + " WITH a ORDER BY a.age, a.id CALL (a) { " + taught + " }" + p.filtered("a") +
		" WITH a, e ORDER BY a.age, a.id, coalesce(e.spans[0], -1), e.id" + limit + " WITH e"
}

// minAge is below every article's: the year 9999 and some more.
const minAge = -1 << 40

// edges reads the rows of a query: first which, then their columns, with one statement for all questions. A server plans that once;
// planning it with each question took four times the question's own plan.
func (t *tx) edges(q edgeQuery) (rows []graph.Row, err error) {
	if q.find == "" {
		return nil, nil
	}
	var keys []string
	err = t.all(gathered(q.find, "elementId(e)"), q.params, func(v *values) error {
		keys = append(keys, v.str())
		return nil
	})
	if err != nil || len(keys) == 0 {
		return nil, err
	}
	return t.rows(keys)
}

// rowsQuery reads edges by their element ids.
var rowsQuery = gathered("UNWIND range(0, size($keys) - 1) AS i WITH i, $keys[i] AS key MATCH ()-[e]->() WHERE elementId(e) = key MATCH (a:Article {id: e.article})",
	"i, "+rowColumns)

// rows are edges by their element ids, in that order.
func (t *tx) rows(keys []string) ([]graph.Row, error) {
	rows := make([]graph.Row, len(keys))
	err := t.all(rowsQuery, params{"keys": keys}, func(v *values) error {
		rows[v.int()] = v.row()
		return nil
	})
	return slices.DeleteFunc(rows, func(r graph.Row) bool { return r.Edge.ID == graph.ID{} }), err // gone meanwhile: the fence tells
}
