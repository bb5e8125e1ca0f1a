package page

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// machinery are elements that are never part of an article's words.
var machinery = map[string]bool{
	"script": true, "style": true, "noscript": true, "template": true, "svg": true, "math": true, "iframe": true, "object": true, "embed": true,
	"audio": true, "video": true, "canvas": true, "button": true, "select": true, "input": true, "textarea": true, "dialog": true, "menu": true,
	"nav": true, "footer": true, "aside": true, "figure": true, "figcaption": true, "caption": true, "picture": true, "img": true,
}

var machineRoles = map[string]bool{"navigation": true, "complementary": true, "banner": true, "contentinfo": true, "dialog": true,
	"alertdialog": true, "alert": true, "menu": true, "menubar": true, "search": true, "toolbar": true, "form": true}

// machineNames matches a class or id, in lower case with hyphens, that names a part of the page around the article.
var machineNames = regexp.MustCompile(`(?:^|-)(?:` + strings.Join([]string{
	`shar(?:e|ing|er)(?:s|bar|daddy|-?(?:tools|buttons|links|icons|bar|this))?`, `social(?:-?(?:links|icons|media|bar|follow|share))?`, `addtoany`,
	`newsletters?(?:-?(?:signup|form|box|promo|cta))?`, `sign-?up(?:-?form)?`, `subscri(?:be|ption|ptions)(?:-?(?:box|form|promo|cta))?`, `paywall-?(?:prompt|message|promo)`,
	`related(?:-?(?:articles?|stories|posts?|content|links?|items|news|reading|topics))?`, `recirc(?:ulation)?`, `recommend(?:ed|ations?)`, `more-?(?:stories|news|on|from|in|coverage|articles)`,
	`read-?(?:more|next|also)`, `most-?(?:read|popular|viewed)`, `trending`, `popular(?:-?posts)?`, `you-?may-?(?:also-?)?like`, `taboola`, `outbrain`, `promo(?:s|tion|box)?`, `teasers?`,
	`captions?`, `wp-caption(?:-text)?`, `(?:photo|image|media|img)-?(?:caption|credit|info|meta)s?`, `credits?`, `gallery`, `slideshow`, `carousel`,
	`cookies?(?:-?(?:banner|notice|consent|bar|law|wall))?`, `consent(?:-?(?:banner|dialog))?`, `gdpr`, `privacy-?(?:notice|banner)`,
	`comments?(?:-?(?:section|list|area|form|count|thread))?`, `disqus(?:-thread)?`, `respond`,
	`bread-?crumbs?`, `site-?(?:header|footer|nav)`, `masthead`, `main-?nav`, `nav(?:bar|igation)?`, `menu`, `toolbar`, `skip-?links?`, `side-?bar`, `rail`,
	`tags?(?:-?(?:list|links|cloud))?`, `topics?-?list`, `keywords`, `author-?(?:bio|box|info|card|profile|about)`, `about-?(?:the-?)?author`, `bio(?:graphy)?`,
	`byline`, `dateline-?(?:time|date)`, `post-?meta`, `entry-?meta`, `article-?meta`, `meta-?(?:data|info)`, `timestamp`, `pub(?:lished)?-?date`, `updated`, `reading-?time`,
	`pull-?quotes?`, `pullout`, `blockquote-?share`, `tweet-?(?:this|quote)`, `click-?to-?tweet`,
	`ad(?:s|vert|verts|vertisements?|vertising|-?(?:slot|unit|container|wrapper|label|break))?`, `sponsor(?:ed)?`, `dfp`, `google-?ads?`, `donat(?:e|ion)(?:-?(?:box|form|cta))?`, `support-?us`, `membership(?:-?cta)?`,
	`print-?(?:only|button)`, `hidden`, `screen-?reader-?text`, `sr-only`, `visually-?hidden`, `corrections?-?(?:link|policy)`, `source-?link`, `editors?-?picks?`,
	`audio-?player`, `video-?player`, `listen-?(?:to|button)`, `player`, `poll`, `quiz`, `uploader`, `app-?(?:promo|banner)`, `download-?app`, `modal`, `popup`, `overlay`, `toast`,
}, "|") + `)(?:$|-)`)

// negations before a name say that the element is what the name is not: no-caption, has-sidebar.
var negations = []string{"no-", "not-", "has-", "have-", "with-", "without-", "hide-", "show-", "is-"}

// inline are elements within a sentence: they go only for what they are, never for what they are called.
var inline = map[string]bool{"a": true, "b": true, "em": true, "i": true, "mark": true, "strong": true, "u": true, "cite": true, "q": true, "abbr": true}

// longestName bounds the class or id that is looked at, in bytes.
const longestName = 400

// pruner removes machinery from one tree.
type pruner struct {
	weights map[*html.Node]int
	all     int
	known   map[string]bool // what names say, since a page repeats them
}

// prune removes from a tree what is no part of an article, but never an element that holds more than
// a third of the words of all paragraphs: some pages name the whole "article share-enabled".
func prune(doc *html.Node) {
	p := pruner{weights: weights(doc), known: map[string]bool{}}
	p.all = p.weights[doc]
	p.below(doc)
}

func (p *pruner) below(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		following := c.NextSibling
		switch {
		case c.Type == html.CommentNode, c.Type == html.ElementNode && p.drops(c):
			n.RemoveChild(c)
		case c.Type == html.ElementNode:
			p.tame(c)
			p.below(c)
		}
		c = following
	}
}

// holders are machinery in which some pages put the article all the same.
var holders = map[string]bool{"aside": true, "figure": true, "footer": true, "form": true, "nav": true}

func (p *pruner) drops(n *html.Node) bool {
	switch {
	case n.Data == "html" || n.Data == "head" || n.Data == "body" || n.Data == "main" || n.Data == "article":
		return false
	case machinery[n.Data] && !holders[n.Data]:
		return true
	case n.Data == "time": // of the page; a date in a sentence is the writer's
		return !within(n, "p") && !within(n, "li") && !within(n, "blockquote")
	case n.Data == "table" && p.weights[n]*3 <= p.all && isData(n):
		return true
	}
	return p.isMachinery(n) && p.weights[n]*3 <= p.all
}

func (p *pruner) isMachinery(n *html.Node) bool {
	if machinery[n.Data] || n.Data == "form" {
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "role":
			if machineRoles[strings.ToLower(a.Val)] {
				return true
			}
		case "hidden":
			return true
		case "aria-hidden":
			if a.Val == "true" {
				return true
			}
		case "class", "id", "data-component", "data-testid", "data-module":
			if !inline[n.Data] && len(a.Val) <= longestName && p.named(a.Val) {
				return true
			}
		}
	}
	return false
}

// named says whether one of the names in a class or id is of machinery.
func (p *pruner) named(names string) bool {
	is, ok := p.known[names]
	if !ok {
		for name := range strings.FieldsSeq(names) {
			name = hyphenated(name)
			if !slices.ContainsFunc(negations, func(no string) bool { return strings.HasPrefix(name, no) }) && machineNames.MatchString(name) {
				is = true
			}
		}
		p.known[names] = is
	}
	return is
}

// hyphenated is a name in lower case, its words parted by hyphens: share-bar of shareBar and share__bar.
func hyphenated(name string) string {
	var b strings.Builder
	var last rune
	for _, r := range name {
		switch {
		case unicode.IsUpper(r) && unicode.IsLower(last):
			b.WriteByte('-')
			b.WriteRune(unicode.ToLower(r))
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		case last != 0 && (unicode.IsLetter(last) || unicode.IsDigit(last)):
			b.WriteByte('-')
		}
		last = r
	}
	return b.String()
}

// tame changes what readability would take amiss: the place at the head of the first sentence, which it takes for a byline, and
// links within a sentence, of which too many make it drop the paragraph.
func (p *pruner) tame(n *html.Node) {
	for i, a := range n.Attr {
		if (a.Key == "class" || a.Key == "id") && strings.Contains(strings.ToLower(a.Val), "dateline") {
			n.Attr[i].Val = ""
		}
	}
	if n.Data != "p" || p.weights[n] < shortestProse {
		return
	}
	linked := 0
	for d := range n.Descendants() {
		if d.Data == "a" && d.Type == html.ElementNode {
			linked += len(textOf(d, longestField))
		}
	}
	if linked*10 > p.weights[n]*7 {
		return
	}
	for d := range n.Descendants() {
		if d.Data == "a" && d.Type == html.ElementNode {
			d.Data, d.DataAtom, d.Attr = "span", atom.Span, nil
		}
	}
}

// isData says whether a table holds figures: named columns, or cells of a few words.
func isData(table *html.Node) bool {
	cells, words := 0, 0
	for d := range table.Descendants() {
		switch {
		case d.Type == html.TextNode:
			words += len(strings.Fields(d.Data))
		case d.Data == "th" || d.Data == "caption":
			return true
		case d.Data == "td":
			cells++
		}
	}
	return cells > 1 && words < 8*cells
}

// weights are the bytes of text in paragraphs and list items below each element.
func weights(doc *html.Node) map[*html.Node]int {
	w := map[*html.Node]int{}
	var sum func(n *html.Node, in bool) int
	sum = func(n *html.Node, in bool) int {
		total := 0
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode && in:
				total += len(strings.TrimSpace(c.Data))
			case c.Type == html.ElementNode && c.Data != "script" && c.Data != "style":
				total += sum(c, in || c.Data == "p" || c.Data == "blockquote")
			}
		}
		w[n] = total
		return total
	}
	sum(doc, false)
	return w
}
