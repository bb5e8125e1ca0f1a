package neo4j

import (
	"slices"
	"strings"

	"saidgraph/graph"
)

// types are the edges with the labels of their ends.
var types = []struct {
	graph.Type
	from, to string
}{
	{graph.Said, "Actor", "Claim"},
	{graph.About, "Claim", "Actor"},
	{graph.Criticized, "Actor", "Actor"},
	{graph.Praised, "Actor", "Actor"},
	{graph.Reported, "Article", "Claim"},
	{graph.Mentioned, "Article", "Actor"},
	{graph.Published, "Actor", "Article"},
	{graph.Affiliated, "Actor", "Actor"},
	{graph.Declined, "Actor", "Article"},
}

// byEdge is the order of [graph.Compare]: ids are compared as strings, which have the order of their bytes.
const byEdge = "e.age, e.article, coalesce(e.spans[0], -1), e.id"

// pick is a filter as Cypher. The edge is e, its ends are f and t, its article, where the conditions need it, is a.
type pick struct {
	f      graph.Filter
	types  []graph.Type // that the filter can let through
	params params
	where  []string // on e, f and t
	about  []string // on a
	anchor string   // what the conditions start from; "": nothing
}

// Anchors, the most specific first.
const (
	anchorFrom     = "from"
	anchorTo       = "to"
	anchorTouching = "touching"
	anchorArticles = "articles"
	anchorAbout    = "about"
	anchorSpeaker  = "speaker"
)

func newPick(f graph.Filter) *pick {
	p := &pick{f: f, params: params{}}
	for _, k := range types {
		if p.lets(k.Type, k.from, k.to) {
			p.types = append(p.types, k.Type)
		}
	}
	for _, end := range []struct {
		anchor, where string
		ids           []graph.ID
	}{
		{anchorFrom, "f.id IN $from", f.From},
		{anchorTo, "t.id IN $to", f.To},
		{anchorTouching, "(f.id IN $touching OR t.id IN $touching)", f.Touching},
		{anchorArticles, "e.article IN $articles", f.Articles},
		{anchorAbout, "EXISTS { MATCH (t)-[ab:ABOUT]->(b:Actor) WHERE b.id IN $about AND ab.score >= $min_score }", f.About},
		{anchorSpeaker, "e.article IN spoken", f.Speaker},
	} {
		if len(end.ids) == 0 {
			continue
		}
		p.where = append(p.where, end.where)
		p.params[end.anchor] = texts(end.ids)
		if p.anchor == "" {
			p.anchor = end.anchor
		}
	}
	if len(f.Speaker) > 0 {
		p.params["speakers"] = len(p.params[anchorSpeaker].([]string))
	}
	p.plain(f)
	return p
}

// lets says whether edges of a type can pass.
func (p *pick) lets(t graph.Type, from, to string) bool {
	f := &p.f
	label := func(l graph.Label, end string) bool {
		switch l {
		case graph.ClaimNode:
			return end == "Claim"
		case graph.ArticleNode:
			return end == "Article"
		}
		return l == "" || end == "Actor"
	}
	stance := t == graph.Criticized || t == graph.Praised
	return (len(f.Types) == 0 || slices.Contains(f.Types, t)) && label(f.FromLabel, from) && label(f.ToLabel, to) &&
		(len(f.About) == 0 || t == graph.Said || t == graph.Reported) &&
		(f.Voice == "" || stance) && (len(f.Kinds) == 0 || stance || from == "Claim" || to == "Claim")
}

// texts of ids, each once.
func texts(ids []graph.ID) []string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = id.String()
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// plain adds the conditions on the edge and its article alone.
func (p *pick) plain(f graph.Filter) {
	add := func(where, name string, value any) {
		p.where = append(p.where, where)
		p.params[name] = value
	}
	for end, label := range map[string]graph.Label{"f": f.FromLabel, "t": f.ToLabel} {
		switch label {
		case graph.Person:
			p.where = append(p.where, end+":Person")
		case graph.Organization:
			p.where = append(p.where, end+":Organization")
		}
	}
	slices.Sort(p.where) // one filter is one text: the server keeps its plan
	if !f.Since.IsZero() || !f.Until.IsZero() {
		add("e.age < $undated", "undated", int64(undated))
	}
	if !f.Since.IsZero() {
		add("e.age <= $since", "since", -ceil(f.Since.Unix(), f.Since.Nanosecond()))
	}
	if !f.Until.IsZero() {
		add("e.age > $until", "until", -ceil(f.Until.Unix(), f.Until.Nanosecond()))
	}
	if len(f.Kinds) > 0 {
		add("e.kind IN $kinds", "kinds", f.Kinds)
	}
	if f.Voice != "" {
		add("e.voice = $voice", "voice", f.Voice)
	}
	p.params["min_score"] = f.MinScore
	if f.MinScore > 0 {
		p.where = append(p.where, "e.score >= $min_score")
	}
	if len(f.Outlets) > 0 {
		keys := make([]string, len(f.Outlets))
		for i, o := range f.Outlets {
			keys[i] = graph.Fold(o)
		}
		p.about = append(p.about, "a.outlet_key IN $outlets")
		p.params["outlets"] = keys
	}
	if f.Once {
		p.params["undated"] = int64(undated)
		p.about = append(p.about, `(a.copy_key IS NULL OR NOT EXISTS { MATCH (o:Article) WHERE o.copy_key = a.copy_key AND o.id <> a.id AND
			CASE WHEN (o.age >= $undated) <> (a.age >= $undated) THEN a.age >= $undated WHEN o.age <> a.age THEN o.age > a.age ELSE o.id < a.id END })`)
	}
}

func ceil(seconds int64, nanos int) int64 {
	if nanos > 0 {
		seconds++
	}
	return seconds
}

// after restricts to what comes behind a place.
func (p *pick) after(at graph.Place) {
	p.where = append(p.where, `(e.age > $after_age OR e.age = $after_age AND (e.article > $after_article OR e.article = $after_article AND
		(coalesce(e.spans[0], -1) > $after_start OR coalesce(e.spans[0], -1) = $after_start AND e.id > $after_id)))`)
	p.params["after_age"], p.params["after_article"] = -at.Date.Unix(), at.Article.String()
	p.params["after_start"], p.params["after_id"] = at.Start, at.ID.String()
}

// prefix binds spoken, where the filter names speakers: the articles in which each of them has a SAID edge.
func (p *pick) prefix() string {
	if len(p.f.Speaker) == 0 {
		return ""
	}
	return `OPTIONAL MATCH (s:Actor)-[x:SAID]->() WHERE s.id IN $speaker
		WITH x.article AS article, count(DISTINCT s) AS n
		WITH collect(CASE WHEN n = $speakers THEN article END) AS spoken `
}

// with are variables to be carried on, spoken among them where it is bound.
func (p *pick) with(names ...string) string {
	if len(p.f.Speaker) > 0 {
		names = append(names, "spoken")
	}
	return strings.Join(names, ", ")
}

// filtered lets of the edges e those through that pass; names are variables to carry on.
func (p *pick) filtered(names ...string) string {
	if len(p.where)+len(p.about) == 0 {
		return ""
	}
	s := " WITH " + p.with(append(names, "e", "startNode(e) AS f", "endNode(e) AS t")...)
	if len(p.where) > 0 {
		s += " WHERE " + strings.Join(p.where, " AND ")
	}
	if len(p.about) > 0 {
		if !slices.Contains(names, "a") {
			s += " MATCH (a:Article {id: e.article})"
		} else {
			s += " WITH " + p.with(append(names, "e")...)
		}
		s += " WHERE " + strings.Join(p.about, " AND ")
	}
	return s
}

// of returns those of the types that pass, as in a pattern; "" if none does.
func (p *pick) of(list ...graph.Type) string {
	var names []string
	for _, t := range list {
		if slices.Contains(p.types, t) {
			names = append(names, string(t))
		}
	}
	return strings.Join(names, "|")
}

// ends is a subquery for the nodes n with the ids of a parameter, at the ends where the types have their labels.
func (p *pick) ends(param string, from, to bool) string {
	labels := map[string]bool{}
	for _, k := range types {
		if slices.Contains(p.types, k.Type) {
			labels[k.from] = labels[k.from] || from
			labels[k.to] = labels[k.to] || to
		}
	}
	var parts []string
	for _, l := range []string{"Actor", "Claim", "Article"} {
		if labels[l] {
			parts = append(parts, "MATCH (n:"+l+") WHERE n.id IN $"+param+" RETURN n")
		}
	}
	return "CALL () { " + strings.Join(parts, " UNION ALL ") + " } "
}

// edges binds e to the edges that pass, in no order. none: nothing can pass.
func (p *pick) edges() (text string, none bool) {
	list := p.of(p.types...)
	if list == "" {
		return "", true
	}
	find := ""
	switch p.anchor {
	case anchorFrom:
		find = p.ends("from", true, false) + "MATCH (n)-[e:" + list + "]->() RETURN e"
	case anchorTo:
		find = p.ends("to", false, true) + "MATCH (n)<-[e:" + list + "]-() RETURN e"
	case anchorTouching:
		find = p.ends("touching", true, true) + "MATCH (n)-[e:" + list + "]-() RETURN DISTINCT e"
	case anchorArticles:
		find = p.taught("IN $articles")
	case anchorSpeaker:
		find = p.taught("IN spoken")
	case anchorAbout:
		find = "MATCH (b:Actor)<-[ab:ABOUT]-(c:Claim) WHERE b.id IN $about AND ab.score >= $min_score WITH DISTINCT c MATCH (c)<-[e:" + list + "]-() RETURN e"
	default:
		find = "MATCH ()-[e:" + list + "]->() RETURN e"
	}
	return p.prefix() + "CALL (" + p.with() + ") { " + find + " }" + p.filtered(), false
}

// taught are the edges that articles taught, by where each kind of edge has its article: at an end, at the claim, or only on itself.
// in is what is said of the article's id.
func (p *pick) taught(in string) string {
	var parts []string
	for _, k := range []struct{ types, pattern string }{
		{p.of(graph.Said, graph.Reported), "(n:Claim)<-[e:%]-() WHERE n.article "},
		{p.of(graph.About), "(n:Claim)-[e:%]->() WHERE n.article "},
		{p.of(graph.Mentioned), "(n:Article)-[e:%]->() WHERE n.id "},
		{p.of(graph.Published, graph.Declined), "(n:Article)<-[e:%]-() WHERE n.id "},
		{p.of(graph.Criticized), "()-[e:%]->() WHERE e.article "},
		{p.of(graph.Praised), "()-[e:%]->() WHERE e.article "},
		{p.of(graph.Affiliated), "()-[e:%]->() WHERE e.article "},
	} {
		if k.types != "" {
			parts = append(parts, "MATCH "+strings.Replace(k.pattern, "%", k.types, 1)+in+" RETURN e")
		}
	}
	return strings.Join(parts, " UNION ALL ")
}
