package neo4j

import (
	"context"
	"iter"

	"saidgraph/graph"
)

// batchPage is how many articles [Store.Batches] reads at once, and of one state.
const batchPage = 50

// Batches implements [graph.Store].
func (s *Store) Batches(ctx context.Context) iter.Seq2[graph.Batch, error] {
	const op = "neo4j.Batches"
	return func(yield func(graph.Batch, error) bool) {
		for after := ""; ; {
			page, err := s.batches(ctx, after)
			for i := range page {
				if err == nil {
					err = ctx.Err()
				}
				if err != nil {
					break
				}
				if !yield(page[i].Normal(), nil) {
					return
				}
			}
			if err != nil {
				yield(graph.Batch{}, s.fail(ctx, op, err))
				return
			}
			if len(page) < batchPage {
				return
			}
			after = page[len(page)-1].Article.ID.String()
		}
	}
}

func (s *Store) batches(ctx context.Context, after string) (page []graph.Batch, err error) {
	err = s.look(ctx, true, func(t *tx) error {
		page, err = t.batches(after)
		return err
	})
	return page, err
}

func (t *tx) batches(after string) ([]graph.Batch, error) {
	var page []graph.Batch
	var ids []graph.ID
	at := map[graph.ID]*graph.Batch{}
	err := t.each(`MATCH (a:Article) WHERE a.id > $after AND a.hash IS NOT NULL WITH a ORDER BY a.id LIMIT $limit RETURN a.text, `+articleOf("a")+` ORDER BY a.id`,
		params{"after": after, "limit": batchPage}, func(v *values) error {
			text := v.str()
			a := v.article()
			a.Text = text
			page = append(page, graph.Batch{Article: *a})
			ids = append(ids, a.ID)
			return nil
		})
	if err != nil || len(page) == 0 {
		return nil, err
	}
	for i := range page {
		at[page[i].Article.ID] = &page[i]
	}
	in := params{"articles": texts(ids)}
	err = t.each(`MATCH (c:Claim) WHERE c.article IN $articles RETURN `+claimOf("c"), in, func(v *values) error {
		c := v.claim()
		if b := at[c.Article]; b != nil {
			b.Claims = append(b.Claims, *c)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = t.each(`MATCH (a:Article)-[n:NAMES]->(x:Actor) WHERE a.id IN $articles RETURN a.id, x.id, n.name, n.label, n.aliases`, in, func(v *values) error {
		b := at[v.id()]
		b.Actors = append(b.Actors, graph.Actor{ID: v.id(), Name: v.str(), Label: graph.Label(v.str()), Aliases: v.strs()})
		return nil
	})
	if err != nil {
		return nil, err
	}
	q, err := newEdgeQuery(graph.Filter{Articles: ids})
	if err != nil {
		return nil, err
	}
	rows, err := t.edges(q)
	for i := range rows {
		if b := at[rows[i].Article.ID]; b != nil {
			b.Edges = append(b.Edges, rows[i].Edge)
		}
	}
	return page, err
}
