package page

import (
	"encoding/json"
	"html"
	"strings"
)

// linked is what a page's JSON-LD says of its article (schema.org).
type linked struct {
	Headline, Published, Publisher, Language, URL, Credit, Body string
	Authors                                                     []string
}

// Bounds of JSON-LD: what a page of news has stays far below.
const (
	longestScript = 2 << 20
	deepestLD     = 12
	mostObjects   = 5_000
)

// kindsOfArticle are the types of schema.org that are an article; of a page with several the first counts, but news before the rest.
var kindsOfArticle = map[string]int{
	"NewsArticle": 2, "AnalysisNewsArticle": 2, "AskPublicNewsArticle": 2, "BackgroundNewsArticle": 2, "OpinionNewsArticle": 2,
	"ReportageNewsArticle": 2, "ReviewNewsArticle": 2, "LiveBlogPosting": 2,
	"Article": 1, "BlogPosting": 1, "Report": 1, "WebPage": 0,
}

// graph is all objects of a page's JSON-LD, by their @id and in order.
type graph struct {
	ids     map[string]map[string]any
	objects []map[string]any
}

func linkedOf(scripts []string) linked {
	g := graph{ids: map[string]map[string]any{}}
	for _, s := range scripts {
		var v any
		if len(s) <= longestScript && json.Unmarshal([]byte(plainJSON(s)), &v) == nil {
			g.add(v, 0)
		}
	}
	var best map[string]any
	rank := 0
	for _, o := range g.objects {
		if r := rankOf(o); r > rank && g.text(o, "headline", "name") != "" {
			best, rank = o, r
		}
	}
	if best == nil {
		return linked{}
	}
	l := linked{
		Headline:  g.text(best, "headline", "name"),
		Published: g.text(best, "datePublished", "dateCreated", "uploadDate"),
		Publisher: g.name(best["publisher"], 0),
		Language:  g.text(best, "inLanguage"),
		URL:       g.text(best, "url"),
		Credit:    first(g.text(best, "creditText"), g.name(best["sourceOrganization"], 0), g.name(best["copyrightHolder"], 0)),
		Body:      g.text(best, "articleBody"),
		Authors:   g.people(first2(best["author"], best["creator"])),
	}
	if page := best["mainEntityOfPage"]; page != nil {
		if o, ok := page.(map[string]any); ok {
			page = o["@id"]
		}
		if s, ok := page.(string); ok && strings.HasPrefix(s, "http") {
			l.URL = s
		}
	}
	return l
}

// plainJSON mends what pages get wrong: comment and CDATA marks around, line ends within strings.
func plainJSON(s string) string {
	s = strings.TrimSpace(s)
	for _, mark := range []string{"<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA["} {
		s = strings.TrimPrefix(s, mark)
	}
	for _, mark := range []string{"-->", "//]]>", "/*]]>*/", "]]>"} {
		s = strings.TrimSuffix(strings.TrimSpace(s), mark)
	}
	s = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s)
	return strings.TrimSuffix(strings.TrimSpace(s), ";")
}

// add keeps all objects in v.
func (g *graph) add(v any, depth int) {
	if depth > deepestLD || len(g.objects) >= mostObjects {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			g.add(e, depth+1)
		}
	case map[string]any:
		g.objects = append(g.objects, v)
		if id, ok := v["@id"].(string); ok && len(v) > len(g.ids[id]) {
			g.ids[id] = v
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "author", "publisher", "creator", "hasPart", "itemListElement", "item"} {
			g.add(v[key], depth+1)
		}
	}
}

func rankOf(o map[string]any) (rank int) {
	switch t := o["@type"].(type) {
	case string:
		return kindsOfArticle[strings.TrimPrefix(strings.TrimPrefix(t, "https://schema.org/"), "http://schema.org/")]
	case []any:
		for _, e := range t {
			if s, ok := e.(string); ok {
				rank = max(rank, kindsOfArticle[s])
			}
		}
	}
	return rank
}

// text returns the first of the keys' values that is text, without the markup that some put in.
func (g *graph) text(o map[string]any, keys ...string) string {
	for _, key := range keys {
		v := o[key]
		if list, ok := v.([]any); ok && len(list) > 0 {
			v = list[0]
		}
		if l, ok := v.(map[string]any); ok {
			v = first2(l["name"], l["@value"])
		}
		if s, ok := v.(string); ok {
			if key != "articleBody" {
				s = line(html.UnescapeString(s))
			}
			if strings.TrimSpace(s) != "" {
				return s
			}
		}
	}
	return ""
}

// name returns the name of a person or organization, given as text, object or reference.
func (g *graph) name(v any, depth int) string {
	switch v := v.(type) {
	case string:
		return person(line(html.UnescapeString(v)))
	case []any:
		if len(v) > 0 && depth < deepestLD {
			return g.name(v[0], depth+1)
		}
	case map[string]any:
		if s := g.text(v, "name", "legalName"); s != "" {
			return person(s)
		}
		if id, ok := v["@id"].(string); ok {
			if s := g.text(g.ids[id], "name"); s != "" {
				return person(s)
			}
		}
		if given, family := g.text(v, "givenName"), g.text(v, "familyName"); given != "" && family != "" {
			return given + " " + family
		}
	}
	return ""
}

// people returns the names of authors.
func (g *graph) people(v any) (names []string) {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	for _, e := range list[:min(len(list), 20)] {
		if s := g.name(e, 0); s != "" && len(names) < 10 {
			names = append(names, s)
		}
	}
	return names
}

func first2(a, b any) any {
	if a != nil {
		return a
	}
	return b
}
