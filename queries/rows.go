package queries

import (
	"cmp"
	"context"
	"slices"

	"saidgraph/graph"
)

// Edges reads a page of any edges between actors, or from an actor to a claim or article, as rows: one an
// edge, newest first. Of a claim's other speakers only those count whose score passes the filter too.
func Edges(ctx context.Context, store graph.Store, f graph.Filter) (*Page, error) {
	raw, next, err := page(ctx, store, f)
	if err != nil {
		return nil, err
	}
	rows := make([]Row, len(raw))
	for i, r := range raw {
		rows[i] = flat(r)
	}
	if err := complete(ctx, store, rows, f.MinScore); err != nil {
		return nil, err
	}
	return &Page{Rows: rows, Next: next}, nil
}

// Claims reads a page of claims as rows: one a claim with all its speakers, newest first; unnamed sources in their
// own words. A claim without any source, or with none whose score passes, is left out. f.From must be empty, f.Types is not looked at.
func Claims(ctx context.Context, store graph.Store, f graph.Filter) (*Page, error) {
	limit, least := f.Limit, f.MinScore
	f.Types, f.From, f.MinScore = []graph.Type{graph.Reported}, nil, 0 // the score is the SAID edge's
	out := &Page{Rows: []Row{}}
	for {
		raw, next, err := page(ctx, store, f)
		if err != nil {
			return nil, err
		}
		rows := make([]Row, len(raw))
		for i, r := range raw {
			rows[i] = flat(r)
		}
		if err := complete(ctx, store, rows, least); err != nil {
			return nil, err
		}
		for i, r := range rows {
			if !sourced(r, least) || !about(r, f.About) {
				continue
			}
			out.Rows = append(out.Rows, r)
			if len(out.Rows) == limit {
				if i < len(rows)-1 || next != "" {
					out.Next = r.Cursor
				}
				return out, nil
			}
		}
		if next == "" {
			return out, nil
		}
		f.After = next
	}
}

// sourced tells whether a claim has somebody who made it. A REPORTED edge with score 0 was not scored.
func sourced(r Row, least float64) bool {
	if len(r.Speakers) > 0 {
		return true
	}
	return r.By != "" && (r.Proof.Score == 0 || r.Proof.Score >= least)
}

// about tells whether the claim is about one of ids; any is, where there are none. The store let the row
// through whatever the score of its ABOUT edge; r.About has those that pass.
func about(r Row, ids []graph.ID) bool {
	return len(ids) == 0 || slices.ContainsFunc(r.About, func(a Actor) bool { return slices.Contains(ids, a.ID) })
}

// page reads up to f.Limit edges, all of them if that is 0, and the cursor of the next page.
func page(ctx context.Context, store graph.Store, f graph.Filter) (rows []graph.Row, next string, err error) {
	limit := f.Limit
	if limit > 0 {
		f.Limit++ // one more tells whether there is a next page
	}
	for r, err := range store.Edges(ctx, f) {
		if err != nil {
			return nil, "", err
		}
		if limit > 0 && len(rows) == limit {
			return rows, rows[limit-1].Cursor, nil
		}
		rows = append(rows, r)
	}
	return rows, "", nil
}

// flat lays an edge out; what only other edges know is left to complete.
func flat(r graph.Row) Row {
	e := r.Edge
	row := Row{
		Edge: e.ID, Type: e.Type, Speakers: []Actor{}, Voice: e.Voice, Role: e.Role, Claim: e.Claim,
		Proof: proof(e.Evidence), Cursor: r.Cursor,
		Article: Article{ID: r.Article.ID, URL: r.Article.URL, Title: r.Article.Title, Outlet: r.Article.Outlet, Date: r.Article.Date, Wire: r.Article.Wire},
	}
	if r.From.Actor != nil {
		row.Speakers = append(row.Speakers, brief(*r.From.Actor))
	}
	if r.To.Actor != nil {
		row.Target = new(brief(*r.To.Actor))
	}
	if c := r.To.Claim; c != nil {
		row.Claim = &c.ID
		row.Kind, row.By = c.Kind, c.By
		if row.Proof.Quote == "" {
			row.Proof.Quote, row.Proof.Spans = c.Text, c.Spans
		}
	}
	return row
}

func proof(e graph.Evidence) Proof {
	return Proof{
		Quote: e.Quote, Spans: e.Spans, Cue: e.Cue, CueSpans: e.CueSpans, Surface: e.Surface, SurfaceSpan: e.SurfaceSpan,
		TargetSurface: e.Target, TargetSpan: e.TargetSpan, Score: e.Score, Engine: e.Engine,
	}
}

// claimEdges is what the graph knows of one claim.
type claimEdges struct {
	claim *graph.Claim
	said  []graph.Row
	about []Actor
}

// complete adds to rows what stands on other edges of their claims, in one read: joint speakers, whom a claim is about,
// the kind of the claim whose words a stance is, and who made a reported claim.
func complete(ctx context.Context, store graph.Store, rows []Row, least float64) error {
	var ids []graph.ID
	seen := map[graph.ID]bool{}
	for _, r := range rows {
		if r.Claim != nil && !seen[*r.Claim] {
			seen[*r.Claim] = true
			ids = append(ids, *r.Claim)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	claims, err := claimsOf(ctx, store, ids, least)
	if err != nil {
		return err
	}
	for i := range rows {
		if r := &rows[i]; r.Claim != nil && claims[*r.Claim] != nil {
			r.join(claims[*r.Claim])
		}
	}
	return nil
}

func claimsOf(ctx context.Context, store graph.Store, ids []graph.ID, least float64) (map[graph.ID]*claimEdges, error) {
	claims := map[graph.ID]*claimEdges{}
	for _, id := range ids {
		claims[id] = &claimEdges{}
	}
	f := graph.Filter{Types: []graph.Type{graph.Said, graph.About, graph.Reported}, Touching: ids}
	for r, err := range store.Edges(ctx, f) {
		if err != nil {
			return nil, err
		}
		end := r.To.ID()
		if r.Edge.Type == graph.About {
			end = r.From.ID()
		}
		c := claims[end]
		switch {
		case c == nil:
		case r.Edge.Type == graph.About && r.To.Actor != nil && r.Edge.Evidence.Score >= least:
			c.about = append(c.about, brief(*r.To.Actor))
		case r.Edge.Type == graph.Said && r.Edge.Evidence.Score >= least:
			c.said, c.claim = append(c.said, r), r.To.Claim
		case r.Edge.Type != graph.About:
			c.claim = r.To.Claim
		}
	}
	for _, c := range claims {
		slices.SortStableFunc(c.said, inText)
		slices.SortStableFunc(c.about, func(a, b Actor) int { return cmp.Compare(a.Name, b.Name) })
	}
	return claims, nil
}

// inText orders the speakers of a claim as the text names them.
func inText(a, b graph.Row) int {
	at := func(r graph.Row) int {
		if s := r.Edge.Evidence.SurfaceSpan; s != nil {
			return s.Start
		}
		return 0
	}
	name := func(r graph.Row) string {
		if r.From.Actor != nil {
			return r.From.Actor.Name
		}
		return ""
	}
	return cmp.Or(cmp.Compare(at(a), at(b)), cmp.Compare(name(a), name(b)))
}

// join takes from the claim's edges what the row lacks.
func (r *Row) join(c *claimEdges) {
	if c.claim != nil {
		r.Kind = c.claim.Kind
	}
	switch r.Type {
	case graph.Said:
		r.About = c.about
		r.joint(c.said)
	case graph.Reported:
		r.About = c.about
		if len(c.said) > 0 { // the first speaker's edge says more: cue, surface, score
			first := c.said[0].Edge
			r.Edge, r.Type, r.Proof = first.ID, first.Type, proof(first.Evidence)
			r.joint(c.said)
		}
	}
}

// joint adds the speakers that the row does not have.
func (r *Row) joint(said []graph.Row) {
	for _, s := range said {
		if s.From.Actor == nil {
			continue
		}
		a := brief(*s.From.Actor)
		if !slices.Contains(r.Speakers, a) {
			r.Speakers = append(r.Speakers, a)
		}
	}
}
