package neo4j

import (
	"maps"
	"slices"
	"strings"

	"saidgraph/graph"
)

// contribution is what one article calls an actor: a relationship NAMES.
type contribution struct {
	article, actor string
	label          graph.Label
	name           string
	aliases        []string // sorted, without name
}

// bearer is an actor while its names change.
type bearer struct {
	label    graph.Label
	name     string
	namedBy  string         // the smallest article that names it
	articles int            // that name it
	names    map[string]int // to the number of articles
	first    *contribution  // of those to come, the one with the smallest article
	coming   int
}

func (b *bearer) count(c *contribution, n int) {
	b.articles += n
	b.names[c.name] += n
	for _, s := range c.aliases {
		b.names[s] += n
	}
}

// settle locks every actor that the change touches and says how each is called afterwards: gone are articles of which the contributions go,
// articles all that the call writes, coming the contributions that come.
func (t *tx) settle(gone, articles []string, coming []contribution) (map[string]*bearer, error) {
	var going []contribution
	if len(gone) > 0 {
		err := t.each(`MATCH (a:Article)-[n:NAMES]->(x:Actor) WHERE a.id IN $gone RETURN a.id, x.id, n.name, n.aliases`, params{"gone": gone}, func(v *values) error {
			going = append(going, contribution{article: v.str(), actor: v.str(), name: v.str(), aliases: v.strs()})
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	touched := map[string]bool{}
	for _, list := range [][]contribution{going, coming} {
		for _, c := range list {
			touched[c.actor] = true
		}
	}
	actors, err := t.lock(slices.Sorted(maps.Keys(touched)))
	if err != nil {
		return nil, err
	}
	for i := range going {
		actors[going[i].actor].count(&going[i], -1)
	}
	for i := range coming {
		c := &coming[i]
		b := actors[c.actor]
		b.count(c, 1)
		b.coming++
		if b.first == nil || c.article < b.first.article {
			b.first = c
		}
	}
	return actors, t.rename(actors, articles)
}

// lock takes the actors' write locks in order, making those that are not there.
func (t *tx) lock(ids []string) (map[string]*bearer, error) {
	actors := make(map[string]*bearer, len(ids))
	if len(ids) == 0 {
		return actors, nil
	}
	err := t.each(`UNWIND $ids AS id MERGE (x:Actor {id: id}) SET x.articles = coalesce(x.articles, 0)
		RETURN id, x:Person, x.name, x.named_by, x.articles, x.name_articles, x.aliases, x.alias_articles`, params{"ids": ids}, func(v *values) error {
		id := v.str()
		b := &bearer{label: graph.Organization, names: map[string]int{}}
		if v.yes() {
			b.label = graph.Person
		}
		b.name, b.namedBy, b.articles = v.str(), v.str(), int(v.int())
		b.names[b.name] = int(v.int())
		aliases, counts := v.strs(), v.ints()
		for i := range min(len(aliases), len(counts)) {
			b.names[aliases[i]] = int(counts[i])
		}
		actors[id] = b
		return nil
	})
	return actors, err
}

// rename finds the article that names each actor now.
func (t *tx) rename(actors map[string]*bearer, articles []string) error {
	var lost []string
	for id, b := range actors {
		_, written := slices.BinarySearch(articles, b.namedBy)
		switch {
		case b.namedBy != "" && !written:
			if b.first != nil && b.first.article < b.namedBy {
				b.take(b.first)
			}
		case b.first != nil && (b.namedBy == "" || b.first.article <= b.namedBy || b.articles == b.coming):
			b.take(b.first)
		case b.articles > 0:
			lost = append(lost, id)
		}
	}
	if len(lost) == 0 {
		return nil
	}
	return t.each(`UNWIND $ids AS id MATCH (:Actor {id: id})<-[:NAMES]-(a:Article) WHERE NOT a.id IN $articles
		WITH id, min(a.id) AS first MATCH (:Actor {id: id})<-[n:NAMES]-(:Article {id: first}) RETURN id, first, n.name, n.label`,
		params{"ids": lost, "articles": articles}, func(v *values) error {
			b := actors[v.str()]
			c := contribution{article: v.str(), name: v.str(), label: graph.Label(v.str())}
			if b.first != nil && b.first.article < c.article {
				c = *b.first
			}
			b.take(&c)
			return nil
		})
}

func (b *bearer) take(c *contribution) { b.namedBy, b.name, b.label = c.article, c.name, c.label }

// write stores the actors; one that no article names goes.
func (t *tx) write(actors map[string]*bearer) error {
	var orphans []string
	labelled := map[graph.Label][]any{}
	for _, id := range slices.Sorted(maps.Keys(actors)) {
		b := actors[id]
		if b.articles <= 0 {
			orphans = append(orphans, id)
			continue
		}
		labelled[b.label] = append(labelled[b.label], row{"id": id, "p": b.row()})
	}
	for _, l := range []struct {
		label graph.Label
		text  string
	}{
		{graph.Person, `UNWIND $rows AS row MATCH (x:Actor {id: row.id}) SET x:Person, x += row.p REMOVE x:Organization`},
		{graph.Organization, `UNWIND $rows AS row MATCH (x:Actor {id: row.id}) SET x:Organization, x += row.p REMOVE x:Person`},
	} {
		if rows := labelled[l.label]; len(rows) > 0 {
			if err := t.exec(l.text, params{"rows": rows}); err != nil {
				return err
			}
		}
	}
	if len(orphans) == 0 {
		return nil
	}
	return t.exec(`UNWIND $ids AS id MATCH (x:Actor {id: id}) DETACH DELETE x`, params{"ids": orphans})
}

func (b *bearer) row() row {
	aliases, counts := []string{}, []int64{}
	var search strings.Builder
	for _, name := range slices.Sorted(maps.Keys(b.names)) {
		n := b.names[name]
		if n <= 0 {
			continue
		}
		if w := words(name); w != "" {
			search.WriteString("| " + w + " ")
		}
		if name != b.name {
			aliases, counts = append(aliases, name), append(counts, int64(n))
		}
	}
	if search.Len() > 0 {
		search.WriteByte('|')
	}
	return row{
		"name": b.name, "named_by": b.namedBy, "articles": b.articles, "name_articles": b.names[b.name],
		"aliases": aliases, "alias_articles": counts, "search": search.String(),
	}
}

// contribute keeps who called whom what: what is needed to take an article away again.
func (t *tx) contribute(names []contribution) error {
	if len(names) == 0 {
		return nil
	}
	rows := make([]any, len(names))
	for i := range names {
		c := &names[i]
		rows[i] = row{"article": c.article, "actor": c.actor, "p": contributionRow(c)}
	}
	return t.exec(`UNWIND $rows AS row MATCH (a:Article {id: row.article}) MATCH (x:Actor {id: row.actor}) CREATE (a)-[n:NAMES]->(x) SET n = row.p`, params{"rows": rows})
}

func contributionRow(c *contribution) row {
	p := row{"name": c.name, "label": string(c.label)}
	if len(c.aliases) > 0 {
		p["aliases"] = c.aliases
	}
	return p
}
