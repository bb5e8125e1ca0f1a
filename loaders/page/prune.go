package page

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// machinery are elements that are never part of an article's words.
var machinery = map[string]bool{
	"script": true, "style": true, "noscript": true, "template": true, "svg": true, "math": true, "iframe": true, "object": true, "embed": true,
	"audio": true, "video": true, "canvas": true, "button": true, "select": true, "input": true, "textarea": true, "dialog": true, "menu": true,
	"nav": true, "footer": true, "aside": true, "figure": true, "figcaption": true, "caption": true, "picture": true, "img": true,
}

var machineRoles = map[string]bool{"navigation": true, "complementary": true, "banner": true, "contentinfo": true, "dialog": true,
	"alertdialog": true, "alert": true, "menu": true, "menubar": true, "search": true, "toolbar": true, "form": true}

// machineNames matches a class or id that names a part of the page around the article.
var machineNames = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:` + strings.Join([]string{
	`shar(?:e|ing|er)(?:s|bar|daddy|-?(?:tools|buttons|links|icons|bar|this))?`, `social(?:-?(?:links|icons|media|bar|follow|share))?`, `addtoany`,
	`newsletters?(?:-?(?:signup|form|box|promo|cta))?`, `sign-?up(?:-?form)?`, `subscri(?:be|ption|ptions)(?:-?(?:box|form|promo|cta))?`, `paywall-?(?:prompt|message|promo)`,
	`related(?:-?(?:articles?|stories|posts?|content|links?|items|news|reading|topics))?`, `recirc(?:ulation)?`, `recommend(?:ed|ations?)`, `more-?(?:stories|news|on|from|in|coverage|articles)`,
	`read-?(?:more|next|also)`, `most-?(?:read|popular|viewed)`, `trending`, `popular(?:-?posts)?`, `you-?may-?(?:also-?)?like`, `taboola`, `outbrain`, `promo(?:s|tion|box)?`, `teasers?`,
	`captions?`, `wp-caption(?:-text)?`, `(?:photo|image|media|img)-?(?:caption|credit|info|meta)s?`, `credits?`, `gallery`, `slideshow`, `carousel`,
	`cookies?(?:-?(?:banner|notice|consent|bar|law|wall))?`, `consent(?:-?(?:banner|dialog))?`, `gdpr`, `privacy-?(?:notice|banner)`,
	`comments?(?:-?(?:section|list|area|form|count|thread))?`, `disqus(?:_thread)?`, `respond`,
	`bread-?crumbs?`, `site-?(?:header|footer|nav)`, `masthead`, `main-?nav`, `nav(?:bar|igation)?`, `menu`, `toolbar`, `skip-?links?`, `side-?bar`, `rail`,
	`tags?(?:-?(?:list|links|cloud))?`, `topics?-?list`, `keywords`, `author-?(?:bio|box|info|card|profile|about)`, `about-?(?:the-?)?author`, `bio(?:graphy)?`,
	`byline`, `dateline-?(?:time|date)`, `post-?meta`, `entry-?meta`, `article-?meta`, `meta-?(?:data|info)`, `timestamp`, `pub(?:lished)?-?date`, `updated`, `reading-?time`,
	`pull-?quotes?`, `pullout`, `blockquote-?share`, `tweet-?(?:this|quote)`, `click-?to-?tweet`,
	`ad(?:s|vert|verts|vertisements?|vertising|-?(?:slot|unit|container|wrapper|label|break))?`, `sponsor(?:ed)?`, `dfp`, `google-?ads?`, `donat(?:e|ion)(?:-?(?:box|form|cta))?`, `support-?us`, `membership(?:-?cta)?`,
	`print-?(?:only|button)`, `hidden`, `screen-?reader-?text`, `sr-only`, `visually-?hidden`, `corrections?-?(?:link|policy)`, `source-?link`, `editors?-?picks?`,
	`audio-?player`, `video-?player`, `listen-?(?:to|button)`, `player`, `poll`, `quiz`, `app-?(?:promo|banner)`, `download-?app`, `modal`, `popup`, `overlay`, `toast`,
}, "|") + `)(?:$|[\s_-])`)

// longestName bounds the class or id that is looked at, in bytes.
const longestName = 400

// prune removes from a tree what is no part of an article, but never an element that holds more than
// a third of the words of all paragraphs: some pages name the whole "article share-enabled".
func prune(doc *html.Node) {
	w := weights(doc)
	all := w[doc]
	var next func(*html.Node)
	next = func(n *html.Node) {
		for c := n.FirstChild; c != nil; {
			following := c.NextSibling
			switch {
			case c.Type == html.CommentNode:
				n.RemoveChild(c)
			case c.Type != html.ElementNode:
			case c.Data != "head" && isMachinery(c) && (w[c]*3 <= all || machinery[c.Data] && c.Data != "aside" && c.Data != "figure" && c.Data != "footer"):
				n.RemoveChild(c)
			default:
				next(c)
			}
			c = following
		}
	}
	next(doc)
}

func isMachinery(n *html.Node) bool {
	switch n.Data {
	case "html", "body", "main", "article":
		return false
	case "form": // some sites wrap the page in one
		return true
	}
	if machinery[n.Data] {
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
			if len(a.Val) <= longestName && machineNames.MatchString(a.Val) {
				return true
			}
		}
	}
	return false
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
