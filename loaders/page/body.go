package page

import (
	"strings"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
)

// mostElements bounds what is given to readability, which looks at every element several times: the longest of 116
// pages of real sites has 14,000.
const mostElements = 30_000

// body reads an article's text off a page. What the page's machinery put between and around its paragraphs is
// left out. The tree is used up.
//
// Where there is no tree, or nothing in it looks like an article, the text is read off the tags one after another.
func body(doc *html.Node, page string, a Article) read {
	if doc != nil {
		prune(doc)
		if elements(doc) <= mostElements {
			if r := readable(doc, a); len(r.text) >= shortest {
				return r
			}
		}
	}
	return clean(plain(page), a)
}

func readable(doc *html.Node, a Article) read {
	p := readability.NewParser()
	p.DisableJSONLD = true
	p.CharThresholds = 250 // news in brief is shorter than the library's 500
	got, err := p.ParseAndMutate(doc, nil)
	if err != nil || got.Node == nil {
		return read{}
	}
	r := clean(render(got.Node), a)
	if by := person(line(got.Byline())); len(by) <= 80 {
		r.byline = first(r.byline, by)
	}
	return r
}

func elements(doc *html.Node) (n int) {
	for d := range doc.Descendants() {
		if d.Type == html.ElementNode {
			n++
		}
	}
	return n
}

// join puts empty lines between paragraphs.
func join(ps []paragraph) string {
	var b strings.Builder
	for i, p := range ps {
		if i > 0 {
			b.WriteString("\n\n")
		}
		b.WriteString(p.text)
	}
	return b.String()
}

// paragraphs parts a text of JSON-LD, which has markup in it or line ends, or neither.
func paragraphs(s string) string {
	if strings.Contains(s, "<p") || strings.Contains(s, "<br") || strings.Contains(s, "&") {
		return plainAll(s)
	}
	var out []string
	for l := range strings.SplitSeq(strings.ReplaceAll(s, "\r", "\n"), "\n") {
		if l = line(l); l != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n\n")
}
