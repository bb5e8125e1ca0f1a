package sqlite

import (
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"strings"

	"saidgraph/graph"
)

// where is a filter as SQL over edge e: conditions and what they bind. Its text holds only our own words and codes; every
// value is bound, lists as JSON.
type where struct {
	conds []string
	args  []any
}

func (w *where) add(cond string, args ...any) {
	w.conds = append(w.conds, cond)
	w.args = append(w.args, args...)
}

func (w *where) String() string {
	if len(w.conds) == 0 {
		return "1"
	}
	return strings.Join(w.conds, " AND ")
}

// places are ids by what they name here.
type places struct {
	actors   []int64
	claims   []int64
	homes    [][]byte // articles of the claims, so that the primary key serves
	articles [][]byte
}

func (l *look) places(ids []graph.ID) (p places, err error) {
	for _, id := range ids {
		err := l.each(`SELECT 1, id, x'' FROM actor WHERE uid = ?1 UNION ALL SELECT 2, id, article FROM claim WHERE uid = ?1
			UNION ALL SELECT 3, 0, uid FROM article WHERE uid = ?1`, []any{id[:]}, func(r *sql.Rows) error {
			var what, row int64
			var uid []byte
			if err := r.Scan(&what, &row, &uid); err != nil {
				return err
			}
			switch what {
			case 1:
				p.actors = append(p.actors, row)
			case 2:
				p.claims, p.homes = append(p.claims, row), append(p.homes, uid)
			case 3:
				p.articles = append(p.articles, uid)
			}
			return nil
		})
		if err != nil {
			return p, err
		}
	}
	return p, nil
}

// rows is "= ?" for one row and "IN (…)" for several: of one, the index gives its order.
func rows(ids []int64) (string, any) {
	if len(ids) == 1 {
		return "= ?", ids[0]
	}
	b, _ := json.Marshal(ids)
	return "IN (SELECT value FROM json_each(?))", string(b)
}

func blobs(ids [][]byte) (string, any) {
	if len(ids) == 1 {
		return "= ?", ids[0]
	}
	hexes := make([]string, len(ids))
	for i, id := range ids {
		hexes[i] = hex.EncodeToString(id)
	}
	b, _ := json.Marshal(hexes)
	return "IN (SELECT unhex(value) FROM json_each(?))", string(b)
}

func codes[T comparable](list, values []T) string {
	var b strings.Builder
	for i, v := range values {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(itoa(code(list, v)))
	}
	return b.String()
}

// end adds that one end of the edge is one of ids; types are those that have a claim or an article at that end.
func (w *where) end(p places, actor, claimTypes, articleTypes string) {
	var alt where
	if len(p.actors) > 0 {
		in, arg := rows(p.actors)
		alt.add("e."+actor+" "+in, arg)
	}
	if len(p.claims) > 0 {
		in, arg := rows(p.claims)
		at, homes := blobs(p.homes)
		alt.add("(e.type IN ("+claimTypes+") AND e.claim "+in+" AND e.article "+at+")", arg, homes)
	}
	if len(p.articles) > 0 {
		at, arg := blobs(p.articles)
		alt.add("(e.type IN ("+articleTypes+") AND e.article "+at+")", arg)
	}
	if len(alt.conds) == 0 {
		alt.add("0")
	}
	w.add("("+strings.Join(alt.conds, " OR ")+")", alt.args...)
}

const (
	claimFrom, claimTo     = "2", "1,5" // ABOUT; SAID, REPORTED
	articleFrom, articleTo = "5,6", "7,9"
)

// compile turns a filter into conditions; After and Limit are the read's. anchored: the conditions name the edges to
// start from; otherwise the read goes through the articles, newest first.
func (l *look) compile(f graph.Filter) (w where, anchored bool, err error) {
	if len(f.Types) == 1 {
		w.add("e.type = " + codes(types, f.Types))
	} else if len(f.Types) > 1 {
		w.add("e.type IN (" + codes(types, f.Types) + ")")
	}
	ends := []struct {
		ids []graph.ID
		add func(places)
	}{
		{f.From, func(p places) { w.end(p, "from_actor", claimFrom, articleFrom) }},
		{f.To, func(p places) { w.end(p, "to_actor", claimTo, articleTo) }},
		{f.Touching, func(p places) {
			var from, to where
			from.end(p, "from_actor", claimFrom, articleFrom)
			to.end(p, "to_actor", claimTo, articleTo)
			w.add("("+from.String()+" OR "+to.String()+")", append(from.args, to.args...)...)
		}},
	}
	for _, end := range ends {
		if len(end.ids) > 0 {
			p, err := l.places(end.ids)
			if err != nil {
				return w, false, err
			}
			end.add(p)
			anchored = true
		}
	}
	if len(f.Articles) > 0 {
		ids := make([][]byte, len(f.Articles))
		for i, id := range f.Articles {
			ids[i] = id[:]
		}
		at, arg := blobs(ids)
		w.add("e.article "+at, arg)
		anchored = true
	}
	if len(f.About) > 0 {
		if err := l.about(&w, f, anchored); err != nil {
			return w, false, err
		}
		anchored = true
	}
	if len(f.Speaker) > 0 {
		if err := l.speaker(&w, f, anchored); err != nil {
			return w, false, err
		}
		anchored = true
	}
	w.plain(f)
	return w, anchored, nil
}

func (l *look) about(w *where, f graph.Filter, anchored bool) error {
	p, err := l.places(f.About)
	if err != nil {
		return err
	}
	if len(p.actors) == 0 {
		w.add("0")
		return nil
	}
	in, arg := rows(p.actors)
	w.add("e.type IN (" + claimTo + ")")
	if anchored {
		w.add("EXISTS (SELECT 1 FROM edge b WHERE b.type = 2 AND b.claim = e.claim AND b.to_actor "+in+" AND b.score >= ?)", arg, f.MinScore)
		return nil
	}
	from := "FROM edge b WHERE b.type = 2 AND b.to_actor " + in + " AND b.score >= ?)"
	w.add("e.claim IN (SELECT b.claim "+from, arg, f.MinScore)
	if len(f.Types) != 1 || f.Types[0] != graph.Said { // REPORTED has no index by claim; the primary key serves
		w.add("e.article IN (SELECT b.article "+from, arg, f.MinScore)
	}
	return nil
}

func (l *look) speaker(w *where, f graph.Filter, anchored bool) error {
	for _, id := range f.Speaker {
		p, err := l.places([]graph.ID{id})
		if err != nil {
			return err
		}
		if len(p.actors) == 0 {
			w.add("0")
			continue
		}
		if anchored {
			w.add("EXISTS (SELECT 1 FROM edge s WHERE s.article = e.article AND s.type = 1 AND s.from_actor = ?)", p.actors[0])
		} else {
			w.add("e.article IN (SELECT s.article FROM edge s WHERE s.type = 1 AND s.from_actor = ?)", p.actors[0])
		}
	}
	return nil
}

// plain adds the conditions on the edge and its article alone.
func (w *where) plain(f graph.Filter) {
	w.label(f.FromLabel, "from_actor", claimFrom, articleFrom)
	w.label(f.ToLabel, "to_actor", claimTo, articleTo)
	if !f.Since.IsZero() || !f.Until.IsZero() {
		w.add("e.age < 62135596800") // has a date: graph.Article.Date zero is this age
	}
	if !f.Since.IsZero() {
		since := f.Since.Unix()
		if f.Since.Nanosecond() > 0 {
			since++
		}
		w.add("e.age <= ?", -since)
	}
	if !f.Until.IsZero() {
		until := f.Until.Unix()
		if f.Until.Nanosecond() > 0 {
			until++
		}
		w.add("e.age > ?", -until)
	}
	if len(f.Outlets) > 0 {
		folds := make([]string, len(f.Outlets))
		for i, o := range f.Outlets {
			folds[i] = graph.Fold(o)
		}
		b, _ := json.Marshal(folds)
		w.add("(SELECT o.outlet_fold FROM article o WHERE o.uid = e.article) IN (SELECT value FROM json_each(?))", string(b))
	}
	if len(f.Kinds) > 0 {
		w.add("e.kind IN (" + codes(kinds, f.Kinds) + ")")
	}
	if f.Voice != "" {
		w.add("e.voice = " + itoa(code(voices, f.Voice)))
	}
	if f.MinScore > 0 {
		w.add("e.score >= ?", f.MinScore)
	}
	if f.Once {
		w.add(`e.article = ifnull((SELECT o.uid FROM article c CROSS JOIN article o WHERE c.uid = e.article AND c.copy <> '' AND o.copy = c.copy AND o.copy <> ''
			ORDER BY (o.age >= 62135596800), -o.age, o.uid LIMIT 1), e.article)`)
	}
}

func (w *where) label(label graph.Label, actor, claimTypes, articleTypes string) {
	switch label {
	case "":
	case graph.ClaimNode:
		w.add("e.type IN (" + claimTypes + ")")
	case graph.ArticleNode:
		w.add("e.type IN (" + articleTypes + ")")
	default:
		w.add("(SELECT x.label FROM actor x WHERE x.id = e." + actor + ") = " + itoa(code(labels, label)))
	}
}
