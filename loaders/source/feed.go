package source

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"strings"
)

// feed yields the pages of an RSS, Atom or JSON feed. Each is fetched from its own address, since what feeds hold is as
// often a beginning as the whole; what the feed says of it fills what the page does not say. The feed's own text is taken where
// it is whole and the page can't be had: where the site keeps robots away, or nothing is fetched here. A page that was
// visited is not fetched again, unless the feed dates it later.
func (r Reader) feed(ctx context.Context, from string, in io.Reader, y yield) bool {
	goOn, _ := r.feedItems(ctx, from, in, y)
	return goOn
}

// feedItems says, too, whether each item was read or failed for good.
func (r Reader) feedItems(ctx context.Context, from string, in io.Reader, y yield) (goOn, whole bool) {
	b := bufio.NewReaderSize(in, 64<<10)
	head, _ := b.Peek(headBytes)
	if head = bytes.TrimLeft(bytes.TrimPrefix(head, utf8BOM), " \t\r\n"); len(head) > 0 && head[0] == '{' {
		return r.jsonFeed(ctx, from, b, y)
	}
	return r.xmlFeed(ctx, from, b, y)
}

// channel is what a feed says of all its items.
type channel struct {
	base            *url.URL // of addresses that are relative; nil: there is none
	title, language string
}

func newChannel(from string) channel {
	if base, err := url.Parse(from); err == nil && isAddress(from) {
		return channel{base: base}
	}
	return channel{}
}

func (r Reader) xmlFeed(ctx context.Context, from string, in io.Reader, y yield) (goOn, whole bool) {
	e := newElements(in, r.max())
	root, err := e.start()
	if err == io.EOF {
		return y(Raw{}, &Error{From: from, Reason: "is empty"}), true
	}
	if err == nil && !strings.Contains(" rss feed rdf ", " "+strings.ToLower(root.Name.Local)+" ") {
		return y(Raw{}, &Error{From: from, Reason: "is no feed: it begins with <" + plain(root.Name.Local) + ">"}), true
	}
	c := newChannel(from)
	found, goOn, whole := 0, true, true
	for err == nil {
		var s xml.StartElement
		if s, err = e.start(); err != nil {
			break
		}
		name := e.qualified(s.Name)
		if name == "channel" {
			continue
		}
		var n *node
		if n, err = e.tree(s); err != nil {
			break
		}
		if name != "item" && name != "entry" {
			c.learn(n)
			continue
		}
		found++
		ok := false
		if goOn, ok = r.follow(ctx, from, c.item(n), y); !goOn {
			return false, false
		}
		whole = whole && ok
	}
	if err != io.EOF {
		return y(Raw{}, markupError(from, "feed", err)), false
	}
	if found == 0 {
		return y(Raw{}, &Error{From: from, Reason: "is a feed without items"}), true
	}
	return true, whole
}

// markupError says why XML or JSON could not be read to its end.
func markupError(from, what string, err error) *Error {
	var syntax *xml.SyntaxError
	e := &Error{From: from, Reason: err.Error()}
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &syntax) && strings.Contains(syntax.Msg, "unexpected EOF"):
		e.Reason, e.Hint = "is a "+what+" that is cut off", "what stands before the cut is read; get it again"
	case errors.As(err, &syntax):
		e.Line, e.Reason = syntax.Line, "is no XML: "+plain(syntax.Msg)
	case errors.Is(err, errLarge), errors.Is(err, errDeep), errors.Is(err, errNodes):
		e.Hint = "no " + what + " does; what stands before it is read"
	default:
		e = fileError(from, err)
	}
	return e
}

// learn keeps what an element of the channel says.
func (c *channel) learn(n *node) {
	switch n.name {
	case "title":
		if c.title == "" {
			c.title = plain(n.text())
		}
	case "language", "dc:language":
		c.language = plain(n.text())
	case "link": // in a file nothing else says what addresses are relative to
		link := strings.TrimSpace(n.text())
		if rel := n.attribute("rel"); link == "" && (rel == "" || rel == "alternate" || rel == "self") {
			link = n.attribute("href")
		}
		if base, err := url.Parse(link); c.base == nil && err == nil && isAddress(link) {
			c.base = base
		}
	}
}

// item returns what an item of RSS or an entry of Atom says.
func (c *channel) item(n *node) item {
	it := item{
		title:     plain(n.value("title", "dc:title")),
		outlet:    c.title,
		language:  c.language,
		byline:    byline(n),
		published: date(n.value("pubdate", "published", "dc:date", "issued", "dcterms:issued", "created")),
		updated:   date(n.value("updated", "modified", "dcterms:modified")),
	}
	if source := n.kid("source"); len(source.kids) > 0 {
		it.outlet = cmp.Or(plain(source.value("title")), it.outlet)
	} else {
		it.outlet = cmp.Or(plain(source.text()), it.outlet)
	}
	it.content = n.value("content:encoded")
	if content := n.kid("content"); it.content == "" && content.attribute("src") == "" {
		switch kind := strings.ToLower(content.attribute("type")); {
		case kind == "xhtml" || len(content.kids) > 0:
			var b strings.Builder
			content.markup(&b)
			it.content = b.String()
		case kind == "" || kind == "text" || kind == "text/plain":
			it.content = paragraphs(content.text())
		case kind == "html" || kind == "text/html":
			it.content = content.text()
		}
	}
	it.url = c.resolve(link(n))
	return it
}

// link returns the address of an item's page.
func link(n *node) string {
	if origin := n.value("feedburner:origlink"); origin != "" {
		return origin
	}
	var other string
	for _, k := range n.kids {
		if k.name != "link" {
			continue
		}
		to := cmp.Or(strings.TrimSpace(k.text()), k.attribute("href"))
		switch rel, kind := k.attribute("rel"), k.attribute("type"); {
		case to == "" || rel != "" && rel != "alternate":
		case kind == "" || strings.Contains(kind, "html"):
			return to
		case other == "":
			other = to
		}
	}
	if guid := n.kid("guid"); other == "" && !strings.EqualFold(guid.attribute("isPermaLink"), "false") && isAddress(strings.TrimSpace(guid.text())) {
		other = strings.TrimSpace(guid.text())
	}
	return other
}

// byline returns the names of an item's authors; RSS has them as "ann@example.org (Ann Lee)".
func byline(n *node) string {
	var names []string
	for _, k := range n.kids {
		if k.name != "author" && k.name != "dc:creator" || len(names) == 10 {
			continue
		}
		name := plain(cmp.Or(k.value("name"), k.text()))
		if _, inside, ok := strings.Cut(strings.TrimSuffix(name, ")"), "("); ok && strings.Contains(name, "@") {
			name = inside
		}
		if name != "" && !strings.Contains(name, "@") {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

func (c *channel) resolve(link string) string {
	if c.base == nil {
		return link
	}
	to, err := c.base.Parse(link)
	if link == "" || err != nil {
		return link
	}
	return to.String()
}

// jsonItem is an item of a JSON feed (jsonfeed.org, 1.0 and 1.1).
type jsonItem struct {
	URL         string       `json:"url"`
	ExternalURL string       `json:"external_url"`
	ID          any          `json:"id"`
	Title       string       `json:"title"`
	HTML        string       `json:"content_html"`
	Text        string       `json:"content_text"`
	Published   string       `json:"date_published"`
	Modified    string       `json:"date_modified"`
	Language    string       `json:"language"`
	Author      jsonAuthor   `json:"author"`
	Authors     []jsonAuthor `json:"authors"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

func (r Reader) jsonFeed(ctx context.Context, from string, in io.Reader, y yield) (goOn, whole bool) {
	m := &meter{in, r.max()}
	d := json.NewDecoder(m)
	c := newChannel(from)
	whole = true
	err := jsonObject(d, func(key string) (err error) {
		m.left = r.max()
		switch key {
		case "title":
			return d.Decode(&c.title)
		case "language":
			return d.Decode(&c.language)
		case "items":
			goOn, whole, err = r.jsonItems(ctx, from, d, m, c, y)
			return err
		}
		var skipped json.RawMessage
		return d.Decode(&skipped)
	})
	switch {
	case err == errStop:
		return false, false
	case err != nil && (errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, errLarge)):
		return y(Raw{}, markupError(from, "feed", err)), false
	case err != nil:
		return y(Raw{}, &Error{From: from, Reason: "is no JSON feed: " + plain(err.Error())}), false
	case !goOn:
		return y(Raw{}, &Error{From: from, Reason: "is a feed without items"}), true
	}
	return true, whole
}

// errStop ends a reading that nobody wants to go on.
var errStop = errors.New("stopped")

// jsonObject calls value for each key of an object; value reads what stands behind it.
func jsonObject(d *json.Decoder, value func(key string) error) error {
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return cmp.Or(err, errors.New("it is no object"))
	}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return err
		}
		key, _ := t.(string)
		if err := value(key); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

// jsonItems reads the array of items. found says that there was one.
func (r Reader) jsonItems(ctx context.Context, from string, d *json.Decoder, m *meter, c channel, y yield) (found, whole bool, err error) {
	whole = true
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return false, true, cmp.Or(err, errors.New("its items are no array"))
	}
	for d.More() {
		m.left = r.max()
		var in jsonItem
		err := d.Decode(&in)
		var wrong *json.UnmarshalTypeError
		goOn, ok := true, true
		switch {
		case errors.As(err, &wrong):
			goOn = y(Raw{}, &Error{From: from, Field: "items." + wrong.Field, Reason: "must not be a JSON " + wrong.Value})
		case err != nil:
			return found, false, err
		default:
			goOn, ok = r.follow(ctx, from, c.jsonItem(in), y)
		}
		if found, whole = true, whole && ok; !goOn {
			return found, false, errStop
		}
	}
	_, err = d.Token()
	return found, whole, err
}

func (c *channel) jsonItem(in jsonItem) item {
	it := item{
		title: plain(in.Title), outlet: plain(c.title), language: cmp.Or(in.Language, c.language),
		published: date(in.Published), updated: date(in.Modified), content: in.HTML,
	}
	if it.content == "" {
		it.content = paragraphs(in.Text)
	}
	var names []string
	for _, a := range append(in.Authors, in.Author) {
		if name := plain(a.Name); name != "" && len(names) < 10 {
			names = append(names, name)
		}
	}
	it.byline = strings.Join(names, ", ")
	id, _ := in.ID.(string)
	if !isAddress(id) {
		id = ""
	}
	it.url = c.resolve(cmp.Or(in.URL, cmp.Or(in.ExternalURL, id)))
	return it
}
