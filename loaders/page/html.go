package page

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"

	"saidgraph/loaders/source"
)

// shortest is the text below which a page has no article: what a consent wall, a redirect or an empty
// template leaves. The shortest news in brief have some 200 characters.
const shortest = 80

// readPage returns the article of a page. What the page says of itself comes first, what the source said of it second, but for the
// address: the page's own counts only where it is of the site that the page came from.
//
//	title     JSON-LD headline, og:title, parsely-title, twitter:title, the source's, the one <h1>, <title>
//	byline    JSON-LD author, meta author and its kin, rel=author, itemprop=author, the source's, "By …" above the text; people before the outlet
//	outlet    JSON-LD publisher, og:site_name, application-name, the source's, what <title> has behind the headline
//	date      JSON-LD datePublished, article:published_time and its kin, <time datetime>, the source's, the address' /2025/07/19/
//	language  <html lang>, JSON-LD inLanguage, og:locale, content-language, the source's
//	address   rel=canonical, og:url, JSON-LD url, the source's
//
// A value that can't be read (a date of year 0, an author that is an address) gives way to the next.
func readPage(raw source.Raw) (Article, error) {
	text, err := decode(raw.HTML, raw.ContentType)
	if err != nil {
		return Article{}, raw.Fail("", err.Error(), "")
	}
	doc := parse(text)
	m := metaOf(doc)
	a := Article{
		Title:    m.title(line(raw.Title)),
		Byline:   m.byline(line(raw.Byline)),
		Outlet:   first(m.outlet(), line(raw.Outlet), m.suffix()),
		Language: first(m.language(), line(raw.Language)),
		License:  line(raw.License),
	}
	if a.URL, err = m.address(raw.URL); err != nil {
		return a, raw.Fail("url", err.Error(), "give an http or https address, or leave it out")
	}
	if a.Date, err = m.date(raw.Date, a.URL); err != nil {
		return a, raw.Fail("date", err.Error(), "write it as 2025-07-19 or 2025-07-19T08:30:00Z")
	}
	r := body(doc, text, a)
	if said := paragraphs(m.ld.Body); len(said) > 2*len(r.text) { // filled in by a script, or kept behind a wall
		r.text = said
	}
	a.Text = Text(r.text)
	a.Byline = first(a.Byline, r.byline)
	if n := len([]rune(a.Text)); n < shortest {
		return a, raw.Fail("text", fmt.Sprintf("the page has no article, only %d characters of text", n), "it may be a list, a consent page, or filled in by a script")
	}
	if a.Title == "" {
		a.Title = Title(a.Text)
	}
	a.Wire = wire(a.Byline+"\n"+m.credit(), r.text+"\n"+r.dropped)
	a.Copy = Copy(a.Text)
	return a, nil
}

// parse returns the tree of a page, nil where it would cost out of proportion: nested too deep, or made to be slow.
func parse(text string) *html.Node {
	if !cheap(text) {
		return nil
	}
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil { // deeper than 512 elements
		return nil
	}
	return doc
}

// Bounds of a page that is parsed. Of 134 pages of real sites the longest has 24,000 tags.
const (
	mostTags   = 200_000
	mostJoins  = 256 << 20 // bytes copied to join texts between tags that the parser ignores
	mostClones = 2_000_000 // elements and attributes that may be repeated, as <b> is in every paragraph until </b>
)

// ignored are tags that leave no trace in a page's body, so that the text behind joins the text before.
var ignored = map[string]bool{"html": true, "head": true, "body": true, "caption": true, "col": true, "colgroup": true,
	"frame": true, "tbody": true, "td": true, "tfoot": true, "th": true, "thead": true, "tr": true}

// repeated are elements that the parser opens anew in every block until they are closed.
var repeated = map[string]bool{"a": true, "b": true, "big": true, "code": true, "em": true, "font": true, "i": true, "nobr": true,
	"s": true, "small": true, "strike": true, "strong": true, "tt": true, "u": true}

// cost is what parsing a page takes that its length does not tell.
type cost struct {
	tags, joins, clones int
	run                 int              // bytes of text since a tag that parts texts
	open                map[string][]int // elements and attributes that each open repeated element stands for
	weight              int              // of all of them
}

// cheap says whether parsing takes time and memory in proportion to the page's length.
func cheap(text string) bool {
	z := html.NewTokenizer(strings.NewReader(text))
	c := cost{open: map[string][]int{}}
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return true
		case html.TextToken:
			c.run += len(z.Raw())
			c.joins += c.run
		case html.CommentToken:
			c.run = 0
			c.tags++
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			c.tag(z, kind)
		}
		if c.tags > mostTags || c.joins > mostJoins || c.clones > mostClones {
			return false
		}
	}
}

func (c *cost) tag(z *html.Tokenizer, kind html.TokenType) {
	c.tags++
	name, more := z.TagName()
	tag := string(name)
	if kind != html.EndTagToken && !ignored[tag] {
		c.run = 0
	}
	if !repeated[tag] {
		c.clones += c.weight
		return
	}
	open := c.open[tag]
	if kind == html.EndTagToken {
		if n := len(open); n > 0 {
			c.weight -= open[n-1]
			c.open[tag] = open[:n-1]
		}
		return
	}
	w := 1
	for more {
		_, _, more = z.TagAttr()
		w++
	}
	c.open[tag] = append(open, w)
	c.weight += w
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
