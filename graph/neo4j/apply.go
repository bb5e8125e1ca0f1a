package neo4j

import (
	"context"
	"slices"
	"strings"

	"saidgraph/graph"
)

// Apply implements [graph.Store].
func (s *Store) Apply(ctx context.Context, batches ...graph.Batch) error {
	const op = "neo4j.Apply"
	latest := make(map[graph.ID]*graph.Batch, len(batches))
	for i := range batches {
		if err := ctx.Err(); err != nil {
			return s.fail(ctx, op, err)
		}
		if err := batches[i].Validate(); err != nil {
			return err
		}
		latest[batches[i].Article.ID] = &batches[i]
	}
	if len(latest) == 0 && !s.closed.Load() {
		return nil
	}
	r := newRows(latest)
	return s.fail(ctx, op, s.change(ctx, false, func(t *tx) error { return t.apply(r) }))
}

// Delete implements [graph.Store].
func (s *Store) Delete(ctx context.Context, article graph.ID) error {
	const op = "neo4j.Delete"
	tries := 0
	err := s.change(ctx, false, func(t *tx) error {
		tries++
		had := false
		if err := t.each(`MATCH (a:Article {id: $id}) SET a.age = a.age RETURN true`, params{"id": article.String()}, func(*values) error {
			had = true
			return nil
		}); err != nil {
			return err
		}
		if !had && tries > 1 {
			return nil // it went with a commit of which the answer was lost
		}
		if !had {
			return notFound(op, "article", article)
		}
		gone := []string{article.String()}
		actors, err := t.settle(gone, gone, nil)
		if err != nil {
			return err
		}
		if err := t.clear(gone); err != nil {
			return err
		}
		if err := t.exec(`MATCH (a:Article) WHERE a.id IN $gone DELETE a`, params{"gone": gone}); err != nil {
			return err
		}
		return t.write(actors)
	})
	return s.fail(ctx, op, err)
}

// rows are the batches of a call as parameters of statements.
type rows struct {
	ids      []string // of the articles, sorted
	articles []any
	claims   []any
	edges    map[graph.Type][]any
	names    []contribution
}

func newRows(batches map[graph.ID]*graph.Batch) *rows {
	r := &rows{edges: map[graph.Type][]any{}}
	for _, b := range batches {
		r.ids = append(r.ids, b.Article.ID.String())
		r.add(b)
	}
	slices.Sort(r.ids) // everybody locks in this order
	return r
}

// row is a map of properties. What is empty is left out: a property that is not there takes no room.
type row = map[string]any

func putText(r row, key, value string) {
	if value != "" {
		r[key] = value
	}
}

func putSpans(r row, key string, spans ...graph.Span) {
	if len(spans) > 0 {
		r[key] = flat(spans)
	}
}

func putSpan(r row, key string, span *graph.Span) {
	if span != nil {
		putSpans(r, key, *span)
	}
}

func (r *rows) add(b *graph.Batch) {
	r.articles = append(r.articles, articleRow(&b.Article))
	kinds := make(map[graph.ID]string, len(b.Claims))
	age, date := -b.Article.Date.Unix(), utc(b.Article.Date)
	for i := range b.Claims {
		c := &b.Claims[i]
		kinds[c.ID] = c.Kind
		p := row{"id": c.ID.String(), "article": c.Article.String(), "text": c.Text, "kind": c.Kind, "age": age, "words": words(c.Text)}
		if age != undated {
			p["date"] = date
		}
		putSpans(p, "spans", c.Spans...)
		putText(p, "by", c.By)
		r.claims = append(r.claims, p)
	}
	touched := make(map[graph.ID]bool, len(b.Actors))
	for i := range b.Edges {
		e := &b.Edges[i]
		touched[e.From], touched[e.To] = true, true
		kind := kinds[e.From] + kinds[e.To]
		if e.Claim != nil {
			kind = kinds[*e.Claim]
		}
		p := edgeRow(e, kind)
		p["age"] = age
		if age != undated {
			p["date"] = date
		}
		r.edges[e.Type] = append(r.edges[e.Type], map[string]any{"from": e.From.String(), "to": e.To.String(), "p": p})
	}
	for i := range b.Actors {
		if a := &b.Actors[i]; touched[a.ID] {
			aliases := slices.Compact(slices.Sorted(slices.Values(a.Aliases)))
			aliases = slices.DeleteFunc(aliases, func(s string) bool { return s == a.Name })
			r.names = append(r.names, contribution{b.Article.ID.String(), a.ID.String(), a.Label, a.Name, aliases})
		}
	}
}

func articleRow(a *graph.Article) row {
	p := row{"id": a.ID.String(), "hash": a.Hash, "age": -a.Date.Unix(), "outlet_key": graph.Fold(a.Outlet)}
	if !a.Date.IsZero() {
		p["date"] = utc(a.Date)
	}
	putText(p, "url", a.URL)
	putText(p, "title", a.Title)
	putText(p, "outlet", a.Outlet)
	putText(p, "byline", a.Byline)
	putText(p, "language", a.Language)
	putText(p, "license", a.License)
	putText(p, "wire", a.Wire)
	putText(p, "copy", a.Copy)
	if a.Copy != "" {
		p["copy_key"] = graph.Hash(a.Copy)[:32] // an index takes no long strings
	}
	putText(p, "text", a.Text)
	return p
}

func edgeRow(e *graph.Edge, kind string) row {
	v := &e.Evidence
	p := row{"id": e.ID.String(), "article": v.Article.String(), "score": v.Score}
	putText(p, "kind", kind)
	putText(p, "voice", e.Voice)
	putText(p, "role", e.Role)
	if e.Claim != nil {
		p["claim"] = e.Claim.String()
	}
	putSpans(p, "spans", v.Spans...)
	putText(p, "quote", v.Quote)
	putText(p, "cue", v.Cue)
	putSpans(p, "cue_spans", v.CueSpans...)
	putText(p, "surface", v.Surface)
	putSpan(p, "surface_span", v.SurfaceSpan)
	putText(p, "target", v.Target)
	putSpan(p, "target_span", v.TargetSpan)
	putText(p, "engine", v.Engine)
	return p
}

// words are what a search compares.
func words(s string) string { return strings.Join(graph.Words(s), " ") }

// apply replaces the articles. Locks are taken in one order by every writer: articles by id, then actors by id.
func (t *tx) apply(r *rows) error {
	var gone []string // articles that an earlier load knew
	err := t.each(`UNWIND $ids AS id MERGE (a:Article {id: id}) SET a.age = coalesce(a.age, 0) RETURN id, a.hash IS NOT NULL`, params{"ids": r.ids}, func(v *values) error {
		if id := v.str(); v.yes() {
			gone = append(gone, id)
		}
		return nil
	})
	if err != nil {
		return err
	}
	actors, err := t.settle(gone, r.ids, r.names)
	if err != nil {
		return err
	}
	if len(gone) > 0 {
		if err := t.clear(gone); err != nil {
			return err
		}
	}
	if err := t.write(actors); err != nil {
		return err
	}
	if err := t.exec(`UNWIND $rows AS row MATCH (a:Article {id: row.id}) SET a = row`, params{"rows": r.articles}); err != nil {
		return err
	}
	if len(r.claims) > 0 {
		if err := t.exec(`UNWIND $rows AS row CREATE (c:Claim) SET c = row`, params{"rows": r.claims}); err != nil {
			return err
		}
	}
	for _, k := range types {
		if rows := r.edges[k.Type]; len(rows) > 0 {
			if err := t.exec(`UNWIND $rows AS row MATCH (f:`+k.from+` {id: row.from}) MATCH (t:`+k.to+` {id: row.to}) CREATE (f)-[e:`+string(k.Type)+`]->(t) SET e = row.p`, params{"rows": rows}); err != nil {
				return err
			}
		}
	}
	return t.contribute(r.names)
}

// clear takes away what articles taught; the article nodes stay, actors are [tx.write]'s.
func (t *tx) clear(gone []string) error {
	for _, text := range []string{
		`MATCH (c:Claim) WHERE c.article IN $gone DETACH DELETE c`,
		`MATCH (a:Article)-[r]-() WHERE a.id IN $gone DELETE r`,
		`MATCH ()-[r:CRITICIZED]->() WHERE r.article IN $gone DELETE r`,
		`MATCH ()-[r:PRAISED]->() WHERE r.article IN $gone DELETE r`,
		`MATCH ()-[r:AFFILIATED]->() WHERE r.article IN $gone DELETE r`,
	} {
		if err := t.exec(text, params{"gone": gone}); err != nil {
			return err
		}
	}
	return nil
}
