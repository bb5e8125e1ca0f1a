package sqlite

import (
	"context"
	"database/sql"
	"strings"

	"github.com/google/uuid"

	"saidgraph/graph"
)

// Tally implements [graph.Store].
func (s *Store) Tally(ctx context.Context, f graph.Filter, by graph.Group) ([]graph.Count, error) {
	l, err := s.begin(ctx)
	if err != nil {
		return nil, s.fail("sqlite.Tally", err)
	}
	defer l.end()
	counts, err := l.tally(f, by)
	return counts, s.fail("sqlite.Tally", err)
}

func (l *look) tally(f graph.Filter, by graph.Group) ([]graph.Count, error) {
	if err := f.Validate(); err != nil {
		return nil, err
	}
	if err := by.Validate(); err != nil {
		return nil, err
	}
	w, _, err := l.compile(f)
	if err != nil {
		return nil, err
	}
	group, key := groups(by)
	isNode := by == graph.ByFrom || by == graph.ByTo || by == graph.ByArticle
	behind := "1"
	if f.After != "" {
		p, err := graph.ParseCountPlace(f.After)
		if err != nil {
			return nil, err
		}
		behind = "(-n, key) > (?, ?)"
		w.args = append(w.args, -p.N, keyArg(p.Key, isNode))
	}
	limit := -1
	if f.Limit > 0 {
		limit = f.Limit
	}
	var counts []graph.Count
	query := `SELECT key, n FROM (SELECT ` + key + ` AS key, n FROM (SELECT ` + group + `, count(*) AS n FROM edge e WHERE ` + w.String() +
		` GROUP BY 1, 2, 3)) WHERE ` + behind + ` ORDER BY n DESC, key LIMIT ?`
	err = l.each(query, append(w.args, limit), func(r *sql.Rows) error {
		var key []byte
		c := graph.Count{}
		if err := r.Scan(&key, &c.N); err != nil {
			return err
		}
		c.Key = string(key)
		if isNode {
			var id graph.ID
			copy(id[:], key)
			c.Key = id.String()
		}
		c.Cursor = graph.CountPlace{N: c.N, Key: c.Key}.Cursor()
		counts = append(counts, c)
		return nil
	})
	if err != nil || !isNode {
		return counts, err
	}
	for i := range counts {
		n, err := l.node(uuid.MustParse(counts[i].Key), false)
		if err != nil {
			return nil, err
		}
		counts[i].Node = &n
	}
	return counts, nil
}

// keyArg is a cursor's key as the query compares it: nodes by the bytes of their id.
func keyArg(key string, isNode bool) any {
	if id, err := uuid.Parse(key); isNode && err == nil {
		return id[:]
	}
	return key
}

// groups are the three columns x, y, z that edges are grouped by, and the key that they stand for.
func groups(by graph.Group) (columns, key string) {
	const node = `coalesce((SELECT uid FROM actor WHERE id = x), (SELECT uid FROM claim WHERE id = y), z)`
	switch by {
	case graph.ByFrom:
		return `e.from_actor AS x, CASE WHEN e.type = 2 THEN e.claim END AS y, CASE WHEN e.type IN (` + articleFrom + `) THEN e.article END AS z`, node
	case graph.ByTo:
		return `e.to_actor AS x, CASE WHEN e.type IN (` + claimTo + `) THEN e.claim END AS y, CASE WHEN e.type IN (` + articleTo + `) THEN e.article END AS z`, node
	case graph.ByArticle:
		return `e.article AS x, 0, 0`, "x"
	case graph.ByOutlet:
		return `(SELECT o.outlet FROM article o WHERE o.uid = e.article) AS x, 0, 0`, "x"
	case graph.ByType:
		return spell(types, "e.type") + ` AS x, 0, 0`, "x"
	case graph.ByKind:
		return spell(kinds, "e.kind") + ` AS x, 0, 0`, "x"
	}
	return `CASE WHEN e.age < 62135596800 THEN strftime('%Y-%m', -e.age, 'unixepoch') ELSE '' END AS x, 0, 0`, "x"
}

// spell turns a code into its word; the words are ours.
func spell[T ~string](list []T, column string) string {
	var b strings.Builder
	b.WriteString("CASE " + column)
	for i, word := range list {
		b.WriteString(" WHEN " + itoa(i) + " THEN '" + string(word) + "'")
	}
	return b.String() + " END"
}
