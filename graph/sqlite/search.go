package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"

	"saidgraph/graph"
)

// Search implements [graph.Store].
func (s *Store) Search(ctx context.Context, q graph.SearchQuery) ([]graph.Hit, error) {
	l, err := s.begin(ctx)
	if err != nil {
		return nil, s.fail("sqlite.Search", err)
	}
	defer l.end()
	hits, err := l.search(q)
	return hits, s.fail("sqlite.Search", err)
}

func (l *look) search(q graph.SearchQuery) ([]graph.Hit, error) {
	if err := q.Validate(); err != nil {
		return nil, err
	}
	var after *graph.HitPlace
	if q.After != "" {
		p, err := graph.ParseHitPlace(q.After)
		if err != nil {
			return nil, err
		}
		after = &p
	}
	if q.Limit == 0 {
		q.Limit = graph.DefaultHits
	}
	words := graph.Words(q.Text)
	if len(words) == 0 && strings.TrimSpace(q.Text) != "" {
		return nil, nil
	}
	var hits []graph.Hit
	var err error
	if after == nil || !after.Claim {
		if hits, err = l.actors(q, words, after); err != nil {
			return nil, err
		}
		after = nil // it was an actor: all claims come behind it
	}
	if len(hits) < q.Limit && (len(q.Labels) == 0 || slices.Contains(q.Labels, graph.ClaimNode)) {
		q.Limit -= len(hits)
		claims, err := l.claims(q, words, after)
		if err != nil {
			return nil, err
		}
		hits = append(hits, claims...)
	}
	return hits, nil
}

// match is the words as a query of FTS5, each quoted, the last a prefix. Words hold no quotation mark.
func match(words []string) string {
	var b strings.Builder
	for i, w := range words {
		if i < len(words)-1 && slices.Contains(words[:i], w) {
			continue
		}
		b.WriteString(`"` + w + `" `)
	}
	return b.String() + "*"
}

func (l *look) actors(q graph.SearchQuery, words []string, after *graph.HitPlace) ([]graph.Hit, error) {
	var w where
	if len(q.Labels) > 0 {
		w.add("a.label IN (" + codes(labels, q.Labels) + ")")
	}
	switch {
	case len(words) == 0:
	case q.Fuzzy:
		ids, err := l.near(words)
		if err != nil {
			return nil, err
		}
		w.add("a.id IN (SELECT actor FROM bears WHERE name IN (SELECT value FROM json_each(?)))", ids)
	default:
		w.add("a.id IN (SELECT actor FROM bears WHERE name IN (SELECT rowid FROM name_text WHERE name_text MATCH ?))", match(words))
	}
	if after != nil {
		w.add("(-a.articles, a.name, a.uid) > (?, ?, ?)", -after.Articles, after.Name, after.ID[:])
	}
	var hits []graph.Hit
	err := l.each(`SELECT a.uid, a.label, a.name, a.aliases, a.articles FROM actor a WHERE `+w.String()+
		` ORDER BY a.articles DESC, a.name, a.uid LIMIT ?`, append(w.args, q.Limit), func(r *sql.Rows) error {
		var h graph.Hit
		a, err := scanActor(r, &h.Articles)
		if err != nil {
			return err
		}
		h.Node.Actor = a
		h.Cursor = graph.HitPlace{Articles: h.Articles, Name: a.Name, ID: a.ID}.Cursor()
		hits = append(hits, h)
		return nil
	})
	return hits, err
}

// near lists the names that a fuzzy search finds. It reads all names: suggestions are for the few questions that found nobody.
func (l *look) near(words []string) (ids string, err error) {
	found := []int64{}
	err = l.each(`SELECT id, text FROM name`, nil, func(r *sql.Rows) error {
		var id int64
		var text string
		if err := r.Scan(&id, &text); err != nil {
			return err
		}
		if graph.Match(words, graph.Words(text), true) {
			found = append(found, id)
		}
		return nil
	})
	b, _ := json.Marshal(found)
	return string(b), err
}

func (l *look) claims(q graph.SearchQuery, words []string, after *graph.HitPlace) ([]graph.Hit, error) {
	var w where
	from := "claim c"
	if len(words) > 0 {
		from = "claim_text x CROSS JOIN claim c ON c.id = x.rowid"
		w.add("claim_text MATCH ?", match(words))
	}
	if after != nil {
		w.add("(c.age, c.uid) > (?, ?)", -after.Date.Unix(), after.ID[:])
	}
	var hits []graph.Hit
	// Ids first: texts are read only of what is shown.
	err := l.each(`SELECT c.uid, c.article, c.kind, c.spans, c.by, c.text, c.age FROM
		(SELECT c.id AS id FROM `+from+` WHERE `+w.String()+` ORDER BY c.age, c.uid LIMIT ?) k CROSS JOIN claim c ON c.id = k.id`,
		append(w.args, q.Limit), func(r *sql.Rows) error {
			var age int64
			c, err := scanClaim(r, &age)
			if err != nil {
				return err
			}
			hits = append(hits, graph.Hit{Node: graph.Node{Claim: c}, Cursor: graph.HitPlace{Claim: true, Date: date(age), ID: c.ID}.Cursor()})
			return nil
		})
	return hits, err
}
