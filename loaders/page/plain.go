package page

import (
	"strings"

	"golang.org/x/net/html"
)

// around are elements whose words are not the article's, when the tags are read one after another.
var around = map[string]bool{"script": true, "style": true, "noscript": true, "template": true, "svg": true, "iframe": true, "head": true, "title": true,
	"nav": true, "header": true, "footer": true, "aside": true, "form": true, "button": true, "select": true, "figcaption": true, "figure": true}

// Bounds of a paragraph that is taken for the article's where no tree tells: prose of a sentence or more, no list of links.
const (
	shortestProse = 60
	mostLinked    = 3 // a third of it
)

// plain returns the prose of a page of which there is no tree: its paragraphs that look like sentences, in order. It
// takes one pass and holds no more than the text.
func plain(page string) (out []paragraph) {
	for _, p := range tags(page, around) {
		if len(p.text) >= shortestProse && p.linked*mostLinked <= len(p.text) && !p.item && (ends(p.text) || strings.HasSuffix(p.text, ":")) {
			out = append(out, p)
		}
	}
	return out
}

// plainAll returns all text of a fragment.
func plainAll(fragment string) string {
	return join(tags(fragment, map[string]bool{"script": true, "style": true}))
}

// tags returns the paragraphs between tags, leaving out what is within certain elements. Elements are counted, not nested: an end
// tag without its beginning changes nothing.
func tags(page string, without map[string]bool) []paragraph {
	var r renderer
	z := html.NewTokenizer(strings.NewReader(page))
	open := map[string]int{}
	inside := 0
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			r.end()
			return r.out
		case html.TextToken:
			if inside == 0 {
				r.text(string(z.Text()))
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			tag := string(name)
			if blocks[tag] {
				r.end()
			}
			by := 1
			if kind == html.EndTagToken {
				by = -1
			}
			switch {
			case tag == "br":
				r.enter(tag, 1)
			case kind == html.SelfClosingTagToken || by < 0 && open[tag] == 0:
			case without[tag]:
				open[tag] += by
				inside += by
			case tag == "a" || tag == "li" || len(tag) == 2 && tag[0] == 'h':
				open[tag] += by
				r.enter(tag, by)
			}
		}
	}
}
