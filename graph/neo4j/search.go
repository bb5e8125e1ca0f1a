package neo4j

import (
	"cmp"
	"context"
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
	err := s.look(ctx, true, func(t *tx) error {
		if hits = nil; len(words) == 0 && strings.TrimSpace(q.Text) != "" {
			return nil
		}
		for behind := after; ; {
			page, more, err := t.hits(q, words, behind)
			if hits = append(hits, page...); len(hits) > q.Limit {
				hits = hits[:q.Limit]
			}
			if err != nil || more == nil || len(hits) == q.Limit {
				return err
			}
			behind = more
		}
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

// window is how many actors are looked at in one round trip where the index finds more than what matches.
const window = 1000

// hits reads actors and, where those do not fill the limit, claims, in one round trip. more is where to go on: there may be more actors.
func (t *tx) hits(q graph.SearchQuery, words []string, after *graph.HitPlace) (hits []graph.Hit, more *graph.HitPlace, err error) {
	p := params{"limit": q.Limit, "enough": q.Limit}
	if len(words) > 0 && (q.Fuzzy || len(words) > maxClauses) {
		p["limit"] = max(q.Limit, window)
	}
	text := actorsText(q, words, after, p) + " " + claimsText(q, words, after, p)
	err = t.all(gathered(text, "actors, claims"), p, func(v *values) error {
		actors, claims := v.list(), v.list()
		for range actors.all {
			l := actors.list()
			a, n := l.actor(), int(l.int())
			place := graph.HitPlace{Articles: n, Name: a.Name, ID: a.ID}
			if more = &place; bears(a, words, q.Fuzzy) {
				hits = append(hits, graph.Hit{Node: graph.Node{Actor: a}, Articles: n, Cursor: place.Cursor()})
			}
			v.bad = cmp.Or(v.bad, l.bad)
		}
		if len(actors.all) < p["limit"].(int) {
			more = nil
		}
		for range claims.all {
			l := claims.list()
			date, c := l.date(), l.claim()
			if graph.Match(words, graph.Words(c.Text), false) {
				hits = append(hits, graph.Hit{Node: graph.Node{Claim: c}, Cursor: graph.HitPlace{Claim: true, Date: date, ID: c.ID}.Cursor()})
			}
			v.bad = cmp.Or(v.bad, l.bad)
		}
		v.bad = cmp.Or(v.bad, actors.bad, claims.bad)
		return nil
	})
	return hits, more, err
}

// actorsText binds actors to a list.
func actorsText(q graph.SearchQuery, words []string, after *graph.HitPlace, p params) string {
	from, where := "MATCH (x:Actor)", []string{"x.articles > 0"}
	var labels []string
	for _, l := range q.Labels {
		switch l {
		case graph.Person:
			labels = append(labels, "x:Person")
		case graph.Organization:
			labels = append(labels, "x:Organization")
		}
	}
	if after != nil && after.Claim || len(q.Labels) > 0 && len(labels) == 0 {
		return "WITH [] AS actors"
	}
	if len(labels) > 0 {
		where = append(where, "("+strings.Join(labels, " OR ")+")")
	}
	if len(words) > 0 {
		from = "CALL db.index.fulltext.queryNodes('actor_search', $query) YIELD node AS x"
		p["query"] = lucene(words, q.Fuzzy)
		if !q.Fuzzy && len(words) > 1 && len(words) <= maxClauses { // one name must bear them all
			where = append(where, `any(name IN split(x.search, '|') WHERE all(w IN $whole WHERE name CONTAINS w) AND name CONTAINS $last)`)
			p["whole"], p["last"] = padded(words[:len(words)-1]), " "+words[len(words)-1]
		}
	}
	if after != nil {
		where = append(where, "(x.articles < $after_n OR x.articles = $after_n AND (x.name > $after_name OR x.name = $after_name AND x.id > $after_id))")
		p["after_n"], p["after_name"], p["after_id"] = after.Articles, after.Name, after.ID.String()
	}
	return "CALL () { " + from + " WITH x WHERE " + strings.Join(where, " AND ") + " WITH x ORDER BY x.articles DESC, x.name, x.id LIMIT $limit" +
		" RETURN collect([" + actorOf("x") + ", x.articles]) AS actors }"
}

// claimsText binds claims to a list, where the actors are fewer than the limit. All claims come behind all actors.
func claimsText(q graph.SearchQuery, words []string, after *graph.HitPlace, p params) string {
	if len(q.Labels) > 0 && !slices.Contains(q.Labels, graph.ClaimNode) {
		return "WITH actors, [] AS claims"
	}
	from, where, limit := "MATCH (c:Claim)", "c.age >= $from_age AND c.id IS NOT NULL", " LIMIT $enough"
	p["from_age"] = int64(minAge)
	if len(words) > 0 {
		from = "CALL db.index.fulltext.queryNodes('claim_words', $words) YIELD node AS c WITH c"
		p["words"] = lucene(words, false)
		if len(words) > maxClauses {
			limit = "" // what the index finds is more than what matches
		}
	}
	if after != nil && after.Claim {
		where += " AND (c.age > $from_age OR c.id > $after_id)"
		p["from_age"], p["after_id"] = -after.Date.Unix(), after.ID.String()
	}
	return "CALL (actors) { WITH actors WHERE size(actors) < $limit " + from + " WHERE " + where + " WITH c ORDER BY c.age, c.id" + limit +
		" RETURN collect([c.age, " + claimOf("c") + "]) AS claims }"
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
