package source

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
)

// Bounds of XML: no feed or sitemap comes near them.
const (
	deepest   = 100    // elements within one another
	mostNodes = 20_000 // elements of one item
)

var (
	errDeep  = errors.New("has more than 100 elements within one another")
	errNodes = errors.New("has more than 20,000 elements in one item")
	errLarge = errors.New("has an item that is longer than the limit for one document")
)

// elements reads XML as strangers write it: an end closes what stands open within its element, an end of nothing is passed over,
// characters that are none are spaces, HTML's entities are known and no others are: a document's own are left as they
// stand, so nothing expands.
type elements struct {
	d     *xml.Decoder
	in    *meter
	limit int64

	open     []open
	ends     int               // of open elements that the last end closed, to be returned
	space    string            // the root's namespace
	prefixes map[string]string // of namespaces, as declared so far
}

// open is an element whose end has not come.
type open struct {
	name  xml.Name // as written
	space string   // the default namespace inside
}

// meter fails when more is read than is left.
type meter struct {
	in   io.Reader
	left int64
}

func (m *meter) Read(p []byte) (int, error) {
	if m.left <= 0 {
		return 0, errLarge
	}
	n, err := m.in.Read(p[:min(int64(len(p)), m.left)])
	m.left -= int64(n)
	return n, err
}

// newElements reads in, of which no item may be longer than limit.
func newElements(in io.Reader, limit int64) *elements {
	e := &elements{in: &meter{decoded(in), limit}, limit: limit, prefixes: map[string]string{}}
	e.d = xml.NewDecoder(e.in)
	e.d.Strict, e.d.Entity = false, xml.HTMLEntity
	e.d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // decoded already
	return e
}

var declared = regexp.MustCompile(`^\s*<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']`)

// decoded returns XML as UTF-8, by its byte order mark, else its declaration; what is declared to be UTF-8 and is not
// is read as Windows-1252.
func decoded(in io.Reader) io.Reader {
	b := bufio.NewReaderSize(in, 64<<10)
	head, _ := b.Peek(64 << 10)
	var enc encoding.Encoding = unicode.UTF8
	if m := declared.FindSubmatch(head); m != nil {
		if known, _ := charset.Lookup(string(m[1])); known != nil && !strings.HasPrefix(strings.ToLower(string(m[1])), "utf-16") {
			enc = known
		}
	}
	if enc == unicode.UTF8 && !validHead(head) {
		enc = charmap.Windows1252
	}
	clean := runes.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
			return ' '
		}
		return r
	})
	return transform.NewReader(b, transform.Chain(unicode.BOMOverride(enc.NewDecoder()), clean))
}

// validHead says whether head is UTF-8, but for a character that its end cuts.
func validHead(head []byte) bool {
	for range utf8.UTFMax {
		if utf8.Valid(head) || bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
			return true
		}
		head = head[:len(head)-1]
	}
	return false
}

// node is an element.
type node struct {
	name string // see qualified
	attr []xml.Attr
	kids []*node
	all  []any // kids and strings, in their order
}

// next returns the next token, elements in their namespaces. Its characters hold until the next call.
func (e *elements) next() (xml.Token, error) {
	for {
		if e.ends > 0 {
			e.ends--
			e.open = e.open[:len(e.open)-1]
			return xml.EndElement{}, nil
		}
		t, err := e.d.RawToken()
		if err == io.EOF && len(e.open) > 0 {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if len(e.open) == deepest {
				return nil, errDeep
			}
			return e.opened(t), nil
		case xml.EndElement:
			for i := len(e.open) - 1; i >= 0 && e.ends == 0; i-- {
				if e.open[i].name == t.Name {
					e.ends = len(e.open) - i
				}
			}
		default:
			return t, nil
		}
	}
}

// opened puts an element into its namespace.
func (e *elements) opened(t xml.StartElement) xml.StartElement {
	o := open{name: t.Name}
	if len(e.open) > 0 {
		o.space = e.open[len(e.open)-1].space
	}
	for _, a := range t.Attr {
		if a.Name.Space == "xmlns" && len(e.prefixes) < mostNodes {
			e.prefixes[a.Name.Local] = a.Value
		} else if a.Name == (xml.Name{Local: "xmlns"}) {
			o.space = a.Value
		}
	}
	e.open = append(e.open, o)
	if t.Name.Space == "" {
		t.Name.Space = o.space
	} else if space, ok := e.prefixes[t.Name.Space]; ok {
		t.Name.Space = space
	}
	if len(e.open) == 1 {
		e.space = t.Name.Space
	}
	return t
}

// start returns the next element's start outside of what tree read; io.EOF behind the last.
func (e *elements) start() (xml.StartElement, error) {
	for {
		t, err := e.next()
		if err != nil {
			return xml.StartElement{}, err
		}
		if s, ok := t.(xml.StartElement); ok {
			return s, nil
		}
	}
}

// tree reads an element whole, and starts the count of bytes anew.
func (e *elements) tree(start xml.StartElement) (*node, error) {
	e.in.left = e.limit
	left := mostNodes
	return e.branch(start, &left)
}

func (e *elements) branch(start xml.StartElement, left *int) (*node, error) {
	if *left--; *left < 0 {
		return nil, errNodes
	}
	n := &node{name: e.qualified(start.Name), attr: start.Attr}
	for {
		t, err := e.next()
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			kid, err := e.branch(t, left)
			if err != nil {
				return nil, err
			}
			n.kids, n.all = append(n.kids, kid), append(n.all, kid)
		case xml.CharData:
			n.all = append(n.all, string(t))
		case xml.EndElement:
			return n, nil
		}
	}
}

// prefixes are the namespaces, and their usual prefixes where a document declares none, of elements that are read.
var prefixes = map[string]string{
	"http://purl.org/rss/1.0/": "", "http://my.netscape.com/rdf/simple/0.9/": "",
	"http://purl.org/rss/1.0/modules/content/": "content:", "content": "content:",
	"http://purl.org/dc/elements/1.1/": "dc:", "dc": "dc:",
	"http://purl.org/dc/terms/": "dcterms:", "dcterms": "dcterms:",
	"http://www.google.com/schemas/sitemap-news/0.9": "news:", "news": "news:",
	"http://rssnamespace.org/feedburner/ext/1.0": "feedburner:", "feedburner": "feedburner:",
}

// qualified is the local name, in lower case, of the root's own vocabulary, and the usual prefix before that of another.
func (e *elements) qualified(n xml.Name) string {
	local := strings.ToLower(n.Local)
	if n.Space == "" || n.Space == e.space {
		return local
	}
	if prefix, ok := prefixes[n.Space]; ok {
		return prefix + local
	}
	return "other:" + local
}

func (n *node) attribute(name string) string {
	for _, a := range n.attr {
		if strings.EqualFold(a.Name.Local, name) {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// kid returns the first child of one of the names, in the names' order; an empty node where there is none.
func (n *node) kid(names ...string) *node {
	for _, name := range names {
		for _, k := range n.kids {
			if k.name == name {
				return k
			}
		}
	}
	return &node{}
}

// value returns the characters of the first child of one of the names that has any.
func (n *node) value(names ...string) string {
	for _, name := range names {
		for _, k := range n.kids {
			if k.name != name {
				continue
			}
			if v := strings.TrimSpace(k.text()); v != "" {
				return v
			}
		}
	}
	return ""
}

// text returns the characters of the element and of those inside.
func (n *node) text() string {
	if len(n.all) == 1 {
		if s, ok := n.all[0].(string); ok {
			return s
		}
	}
	var b strings.Builder
	n.write(&b)
	return b.String()
}

func (n *node) write(b *strings.Builder) {
	for _, part := range n.all {
		switch part := part.(type) {
		case string:
			b.WriteString(part)
		case *node:
			part.write(b)
		}
	}
}

// markup writes what is inside the element as HTML.
func (n *node) markup(b *strings.Builder) {
	for _, part := range n.all {
		switch part := part.(type) {
		case string:
			b.WriteString(html.EscapeString(part))
		case *node:
			name := part.name[strings.LastIndexByte(part.name, ':')+1:]
			fmt.Fprintf(b, "<%s>", name)
			part.markup(b)
			fmt.Fprintf(b, "</%s>", name)
		}
	}
}

// plain returns the text of a line that may hold markup, of at most 1,000 bytes.
func plain(s string) string {
	s = words(s[:min(len(s), 10_000)])
	return strings.ToValidUTF8(s[:min(len(s), 1000)], "")
}

// words returns the text of what may hold markup, in one line.
func words(s string) string {
	if strings.ContainsAny(s, "<&") {
		var b strings.Builder
		for z := nethtml.NewTokenizer(strings.NewReader(s)); z.Next() != nethtml.ErrorToken; {
			if t := z.Token(); t.Type == nethtml.TextToken {
				b.WriteString(t.Data)
			} else {
				b.WriteByte(' ')
			}
		}
		s = b.String()
	}
	return strings.Join(strings.Fields(s), " ")
}
