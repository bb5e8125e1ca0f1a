package page

import (
	"net/url"
	"regexp"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/publicsuffix"

	"saidgraph/loaders/source"
)

// meta is what a page says of itself outside its article.
type meta struct {
	named     map[string]string // content of <meta> by its name, property or itemprop in lower case: the first that is not empty
	ld        linked
	lang      string // of <html>
	canonical string
	head      string   // <title>
	headings  []string // <h1>, at most two
	times     []string // <time datetime>, those marked as the date of publication first
	authors   []string // rel=author and itemprop=author
}

// longestField bounds a value of a page's head, in bytes; longestURL an address.
const (
	longestField = 1000
	longestURL   = 2000
)

// metaOf gathers what a tree says of its page; nil has nothing to say.
func metaOf(doc *html.Node) meta {
	m := meta{named: map[string]string{}}
	if doc == nil {
		return m
	}
	var marked, inside []string
	var scripts []string
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "html":
			m.lang = attr(n, "lang")
		case "meta":
			m.add(n)
		case "link":
			if rel := strings.ToLower(attr(n, "rel")); rel == "canonical" && m.canonical == "" {
				m.canonical = attr(n, "href")
			}
		case "title":
			if m.head == "" && !within(n, "svg") {
				m.head = line(textOf(n, longestField))
			}
		case "script":
			if strings.Contains(strings.ToLower(attr(n, "type")), "ld+json") && n.FirstChild != nil {
				scripts = append(scripts, n.FirstChild.Data)
			}
		case "h1":
			if len(m.headings) < 2 {
				m.headings = append(m.headings, line(textOf(n, longestField)))
			}
		case "time":
			at := attr(n, "datetime")
			_, pub := attribute(n, "pubdate")
			switch {
			case at == "":
			case pub || strings.EqualFold(attr(n, "itemprop"), "datePublished"):
				marked = append(marked, at)
			case within(n, "article") || within(n, "main") || within(n, "header"):
				inside = append(inside, at)
			}
		}
		if rel, prop := attr(n, "rel"), attr(n, "itemprop"); len(m.authors) < 10 && n.Data != "link" && n.Data != "meta" && (rel == "author" || prop == "author") {
			if name := person(line(textOf(n, longestField))); len(name) <= 60 && !strings.ContainsAny(name, "0123456789@") && strings.Contains(name, " ") {
				m.authors = append(m.authors, name)
			}
		}
	}
	m.times = append(marked, inside...)
	m.ld = linkedOf(scripts)
	return m
}

// add keeps a <meta>.
func (m *meta) add(n *html.Node) {
	content := strings.TrimSpace(attr(n, "content"))
	if content == "" || len(content) > longestURL {
		return
	}
	for _, key := range []string{"name", "property", "itemprop", "http-equiv"} {
		// one attribute may hold several names
		for name := range strings.FieldsSeq(strings.ToLower(attr(n, key))) {
			if _, ok := m.named[name]; !ok {
				m.named[name] = line(content)
			}
		}
	}
}

// of returns the first of the named values that there is and that ok takes.
func (m *meta) of(ok func(string) string, names ...string) string {
	for _, name := range names {
		if v := ok(m.named[name]); v != "" {
			return v
		}
	}
	return ""
}

func asIs(s string) string { return s }

func noAddress(s string) string {
	if strings.Contains(s, "://") {
		return ""
	}
	return s
}

// title returns the headline, without the outlet that some append to it.
func (m *meta) title(given string) string {
	candidates := []string{m.ld.Headline, m.named["og:title"], m.named["parsely-title"], m.named["twitter:title"], m.named["dc.title"], given}
	if len(m.headings) == 1 {
		candidates = append(candidates, m.headings[0])
	}
	candidates = append(candidates, m.head)
	best := ""
	for _, c := range candidates {
		if len(c) > longestField {
			continue
		}
		if best == "" {
			best = c
		} else if stem := strings.TrimRight(best, ".… "); stem != best && len(stem) > 20 && strings.HasPrefix(c, stem) && len(c) > len(best) {
			best = c // a headline that was cut, and the whole of it
		}
	}
	return m.withoutOutlet(best)
}

// separators stand between a headline and the outlet's name.
var separators = []string{" | ", " - ", " – ", " — ", " :: ", " · ", " » "}

// withoutOutlet cuts the outlet's name from the end of a title: the one that the page names, or in a <title> whatever stands
// behind the last separator, where what is left is still a headline of four words.
func (m *meta) withoutOutlet(title string) string {
	for _, s := range separators {
		at := strings.LastIndex(title, s)
		if at < 0 {
			continue
		}
		head, tail := strings.TrimSpace(title[:at]), strings.TrimSpace(title[at+len(s):])
		known := strings.EqualFold(tail, m.outlet())
		if known || title == m.head && s != " - " && len(strings.Fields(head)) >= 4 && len(strings.Fields(tail)) <= 5 {
			return head
		}
	}
	return title
}

// suffix returns what <title> has behind the headline and a separator.
func (m *meta) suffix() string {
	for _, headline := range append([]string{m.ld.Headline, m.named["og:title"]}, m.headings...) {
		rest, ok := strings.CutPrefix(m.head, headline)
		if !ok || headline == "" {
			continue
		}
		for _, s := range separators {
			if name, ok := strings.CutPrefix(rest, s); ok && len(strings.Fields(name)) <= 6 && !strings.ContainsAny(name, "|") {
				return name
			}
		}
	}
	return ""
}

func (m *meta) byline(given string) string {
	said := strings.Join(m.ld.Authors, ", ")
	if said != "" && said != m.outlet() {
		return said
	}
	return first(m.people(), person(given), said)
}

// people returns the names that a page gives outside of JSON-LD.
func (m *meta) people() string {
	if v := m.of(person, "author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator", "dc.contributor", "og:article:author", "cxenseparse:author"); v != "" {
		return v
	}
	var names []string
	for _, a := range m.authors {
		if !strings.Contains(strings.Join(names, ", "), a) {
			names = append(names, a)
		}
	}
	return strings.Join(names, ", ")
}

// byWord is what stands before the name in a byline.
var byWord = regexp.MustCompile(`(?i)^(?:(?:written|story|reported|words|article|posted)\s+)?by:?\s+`)

// person returns the names of a byline; "" for what is none: an address, a handle, a sentence.
func person(s string) string {
	s = strings.Trim(byWord.ReplaceAllString(strings.TrimSpace(s), ""), " ,|•·-–—")
	if s == "" || len(s) > 200 || strings.Contains(s, "://") || strings.HasPrefix(s, "@") || strings.HasPrefix(s, "www.") || strings.HasSuffix(s, ".") && len(strings.Fields(s)) > 8 {
		return ""
	}
	return s
}

func (m *meta) outlet() string {
	if v := m.ld.Publisher; v != "" {
		return v
	}
	return m.of(noAddress, "og:site_name", "application-name", "dc.publisher", "apple-mobile-web-app-title")
}

// credit is who else the page says it has the article from.
func (m *meta) credit() string {
	return first(m.ld.Credit, m.of(asIs, "article:provider", "syndication-source", "original-source", "dc.source", "source"))
}

// language returns the language's code without script and region: "en" of en-US, en_GB.UTF-8.
func (m *meta) language() string {
	for _, v := range []string{m.lang, m.ld.Language, m.named["og:locale"], m.named["content-language"], m.named["dc.language"]} {
		base, _, _ := strings.Cut(strings.NewReplacer("_", "-", ",", "-", ";", "-").Replace(v), "-")
		if base = strings.TrimSpace(base); len(base) == 2 || len(base) == 3 {
			return strings.ToLower(base)
		}
	}
	return ""
}

// inPath is the date in an address like /2025/07/19/.
var inPath = regexp.MustCompile(`/(20\d\d|19\d\d)[/-]([01]?\d)[/-]([0-3]?\d)(?:/|-|$)`)

// date returns the first date that can be read. Only where the source's is all there is, and bad, that is an error.
func (m *meta) date(given, address string) (time.Time, error) {
	candidates := []string{m.ld.Published}
	for _, name := range []string{
		"article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished", "parsely-pub-date",
		"sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "dc.date.issued", "dcterms.issued", "dcterms.created",
		"dc.date", "dcterms.date", "dc.date.created", "cxenseparse:recs:publishtime", "article.published", "date", "ptime", "rnews:datepublished",
	} {
		candidates = append(candidates, m.named[name])
	}
	candidates = append(candidates, m.times...)
	for _, c := range candidates {
		if at, err := source.Date(c); err == nil && !at.IsZero() {
			return at, nil
		}
	}
	at, err := source.Date(given)
	if err == nil && !at.IsZero() {
		return at, nil
	}
	if p := inPath.FindStringSubmatch(address); p != nil {
		if at, bad := time.Parse("2006-1-2", p[1]+"-"+p[2]+"-"+p[3]); bad == nil {
			return at, nil
		}
	}
	return time.Time{}, err
}

// address returns the canonical address: the page's own where it is of the same site as the one that the page came from, and
// no home page, else that. A page that could name any address could take another site's article's place.
func (m *meta) address(given string) (string, error) {
	from, err := Canonical(given)
	if err != nil {
		return "", err
	}
	for _, c := range []string{m.canonical, m.named["og:url"], m.ld.URL} {
		if own := own(c, from); own != "" {
			return own, nil
		}
	}
	return from, nil
}

// own returns the address that a page claims, "" where it may not.
func own(claimed, from string) string {
	if claimed == "" || len(claimed) > longestURL {
		return ""
	}
	if base, err := url.Parse(from); err == nil && from != "" {
		if u, err := base.Parse(strings.TrimSpace(claimed)); err == nil {
			claimed = u.String()
		}
	}
	c, err := Canonical(claimed)
	if err != nil || c == "" {
		return ""
	}
	u, _ := url.Parse(c)
	if u.Path == "/" && u.RawQuery == "" || from != "" && site(c) != site(from) {
		return ""
	}
	return c
}

// site is the registered domain of a canonical address: example.co.uk of news.example.co.uk.
func site(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	host := u.Hostname()
	if d, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return d
	}
	return host
}
