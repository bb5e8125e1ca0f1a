package neo4j

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"saidgraph/graph"
)

// Search implements [graph.Store].
func (s *Store) Search(ctx context.Context, q graph.SearchQuery) ([]graph.Hit, error) {
	const op = "neo4j.Search"
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
	var hits []graph.Hit
	err := s.look(ctx, true, func(t *tx) (err error) {
		if hits = nil; len(words) == 0 && strings.TrimSpace(q.Text) != "" {
			return nil
		}
		claims := len(q.Labels) == 0 || slices.Contains(q.Labels, graph.ClaimNode)
		behind := after
		if after == nil || !after.Claim {
			if hits, err = t.actors(q, words, after); err != nil {
				return err
			}
			behind = nil // it was an actor: all claims come behind it
		}
		if !claims || len(hits) >= q.Limit {
			return nil
		}
		more, err := t.claims(words, q.Limit-len(hits), behind)
		hits = append(hits, more...)
		return err
	})
	return hits, s.fail(ctx, op, err)
}

// maxClauses bounds the words that an index is asked for at once, below Lucene's limit of 1024; what it finds is compared in full.
const maxClauses = 200

// lucene is a query of the words as a full-text index takes it. They hold letters, digits and marks only, so nothing is escaped.
func lucene(words []string, fuzzy bool) string {
	var b strings.Builder
	for i, w := range words[:min(len(words), maxClauses)] {
		last := i == len(words)-1
		if !last && slices.Contains(words[:i], w) {
			continue
		}
		b.WriteString("+(" + w)
		if last {
			b.WriteByte('*')
		}
		if fuzzy {
			b.WriteString(near(w))
		}
		b.WriteString(") ")
	}
	return b.String()
}

// near is a pattern that every word near w matches, and some others: of the parts that w is cut into, one more than there may be
// misspellings, one is whole, and at most as far from its place. Lucene's own fuzzy query looks at 50 words only.
func near(w string) string {
	letters := []rune(w)
	most := 1
	switch {
	case len(letters) < 3:
		return ""
	case len(letters) >= 6:
		most = 2
	}
	var parts []string
	for i := 0; i <= most; i++ {
		from, to := i*len(letters)/(most+1), (i+1)*len(letters)/(most+1)
		behind := len(letters) - to
		parts = append(parts, fmt.Sprintf("/.{%d,%d}%s.{%d,%d}/", max(0, from-most), from+most, string(letters[from:to]), max(0, behind-most), behind+most))
	}
	return " " + strings.Join(parts, " ")
}

// errEnough ends a read that has what it wants.
var errEnough = errors.New("enough")

func (t *tx) actors(q graph.SearchQuery, words []string, after *graph.HitPlace) ([]graph.Hit, error) {
	from, where, p := "MATCH (x:Actor)", []string{"x.articles > 0"}, params{"limit": q.Limit}
	if len(q.Labels) > 0 {
		var labels []string
		for _, l := range q.Labels {
			switch l {
			case graph.Person:
				labels = append(labels, "x:Person")
			case graph.Organization:
				labels = append(labels, "x:Organization")
			}
		}
		if len(labels) == 0 {
			return nil, nil
		}
		where = append(where, "("+strings.Join(labels, " OR ")+")")
	}
	limit := " LIMIT $limit"
	if len(words) > 0 {
		from = "CALL db.index.fulltext.queryNodes('actor_search', $query) YIELD node AS x"
		p["query"] = lucene(words, q.Fuzzy)
		if q.Fuzzy || len(words) > maxClauses {
			limit = "" // what the index finds is more than what matches
		} else if len(words) > 1 { // one name must bear them all
			where = append(where, `any(name IN split(x.search, '|') WHERE all(w IN $whole WHERE name CONTAINS w) AND name CONTAINS $last)`)
			p["whole"], p["last"] = padded(words[:len(words)-1]), " "+words[len(words)-1]
		}
	}
	if after != nil {
		where = append(where, "(x.articles < $after_n OR x.articles = $after_n AND (x.name > $after_name OR x.name = $after_name AND x.id > $after_id))")
		p["after_n"], p["after_name"], p["after_id"] = after.Articles, after.Name, after.ID.String()
	}
	var hits []graph.Hit
	err := t.each(from+" WITH x WHERE "+strings.Join(where, " AND ")+" WITH x ORDER BY x.articles DESC, x.name, x.id"+limit+
		" RETURN "+actorOf("x")+", x.articles ORDER BY x.articles DESC, x.name, x.id", p, func(v *values) error {
		a := v.actor()
		h := graph.Hit{Node: graph.Node{Actor: a}, Articles: int(v.int())}
		if !bears(a, words, q.Fuzzy) {
			return nil
		}
		h.Cursor = graph.HitPlace{Articles: h.Articles, Name: a.Name, ID: a.ID}.Cursor()
		if hits = append(hits, h); len(hits) == q.Limit {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return hits, err
}

func bears(a *graph.Actor, words []string, fuzzy bool) bool {
	return graph.Match(words, graph.Words(a.Name), fuzzy) ||
		slices.ContainsFunc(a.Aliases, func(s string) bool { return graph.Match(words, graph.Words(s), fuzzy) })
}

func padded(words []string) []string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = " " + w + " "
	}
	return all
}

func (t *tx) claims(words []string, n int, after *graph.HitPlace) ([]graph.Hit, error) {
	from, where, p := "MATCH (c:Claim)", "c.age >= $from_age AND c.id IS NOT NULL", params{"limit": n, "from_age": int64(minAge)}
	limit := " LIMIT $limit"
	if len(words) > 0 {
		from = "CALL db.index.fulltext.queryNodes('claim_words', $query) YIELD node AS c WITH c"
		p["query"] = lucene(words, false)
		if len(words) > maxClauses {
			limit = ""
		}
	}
	if after != nil {
		where += " AND (c.age > $from_age OR c.id > $after_id)"
		p["from_age"], p["after_id"] = -after.Date.Unix(), after.ID.String()
	}
	var hits []graph.Hit
	err := t.each(from+" WHERE "+where+" WITH c ORDER BY c.age, c.id"+limit+" RETURN c.age, "+claimOf("c")+" ORDER BY c.age, c.id", p, func(v *values) error {
		date := v.date()
		c := v.claim()
		if !graph.Match(words, graph.Words(c.Text), false) {
			return nil
		}
		hits = append(hits, graph.Hit{Node: graph.Node{Claim: c}, Cursor: graph.HitPlace{Claim: true, Date: date, ID: c.ID}.Cursor()})
		if len(hits) == n {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return hits, err
}
