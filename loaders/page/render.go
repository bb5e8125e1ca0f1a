package page

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// paragraph is a paragraph of a page: its text on one line, but for line breaks that its writer made.
type paragraph struct {
	text   string
	linked int  // bytes of it that are a link's
	item   bool // of a list
	title  bool // a heading
}

// blocks are elements that begin and end a paragraph.
var blocks = map[string]bool{
	"address": true, "article": true, "aside": true, "blockquote": true, "body": true, "center": true, "dd": true, "details": true, "div": true, "dl": true, "dt": true,
	"fieldset": true, "figcaption": true, "figure": true, "footer": true, "form": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true,
	"header": true, "hgroup": true, "hr": true, "html": true, "legend": true, "li": true, "main": true, "nav": true, "ol": true, "p": true, "pre": true, "section": true,
	"summary": true, "table": true, "tbody": true, "td": true, "tfoot": true, "th": true, "thead": true, "tr": true, "ul": true,
}

// renderer gathers paragraphs.
type renderer struct {
	out     []paragraph
	b       strings.Builder
	space   bool // white space is due before the next word
	linked  int
	links   int // links around
	items   int
	heading int
}

// render returns the paragraphs of a tree in order.
func render(n *html.Node) []paragraph {
	var r renderer
	r.node(n)
	r.end()
	return r.out
}

func (r *renderer) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		r.text(n.Data)
		return
	case html.ElementNode:
		if n.Data == "sup" && isFootnote(n) || machinery[n.Data] && n.Data != "aside" && n.Data != "figure" && n.Data != "footer" {
			return
		}
	}
	block := blocks[n.Data]
	if block {
		r.end()
	}
	r.enter(n.Data, 1)
	if n.Data == "q" {
		r.text("“")
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(c)
	}
	if n.Data == "q" {
		r.text("”")
	}
	if block {
		r.end()
	}
	r.enter(n.Data, -1)
}

// enter counts the elements around the words to come.
func (r *renderer) enter(tag string, by int) {
	switch tag {
	case "a":
		r.links += by
	case "li":
		r.items += by
	case "h1", "h2", "h3", "h4", "h5", "h6":
		r.heading += by
	case "br":
		if by > 0 {
			r.breakLine()
		}
	}
}

// breakLine makes a line end; two of them end the paragraph.
func (r *renderer) breakLine() {
	if s := r.b.String(); strings.HasSuffix(s, "\n") {
		r.end()
	} else if s != "" {
		r.b.WriteByte('\n')
	}
	r.space = false
}

// text adds words. White space of any kind is one space, and what has no width is nothing: a soft hyphen would break a name.
func (r *renderer) text(s string) {
	for _, c := range s {
		switch {
		case unicode.IsSpace(c):
			r.space = true
			continue
		case c == '\u00ad' || c == '\u200b' || c == '\u2060' || c == '\ufeff' || unicode.IsControl(c):
			continue
		}
		if r.space && r.b.Len() > 0 && !strings.HasSuffix(r.b.String(), "\n") {
			r.b.WriteByte(' ')
		}
		r.space = false
		n, _ := r.b.WriteRune(c)
		if r.links > 0 {
			r.linked += n
		}
	}
}

// end ends the paragraph.
func (r *renderer) end() {
	if s := strings.TrimSpace(r.b.String()); s != "" {
		r.out = append(r.out, paragraph{s, r.linked, r.items > 0, r.heading > 0})
	}
	r.b.Reset()
	r.space, r.linked = false, 0
}

// isFootnote says whether a <sup> is a reference: [1], 12, a.
func isFootnote(n *html.Node) bool {
	s := strings.Trim(strings.TrimSpace(textOf(n, 10)), "[]()")
	return len(s) <= 3 && strings.Trim(s, "0123456789") == "" || len(s) == 1
}
