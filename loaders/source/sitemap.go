package source

import (
	"context"
	"fmt"
	"io"
	"strings"

	"saidgraph/loaders/fetch"
)

// Bounds of sitemaps. The protocol (sitemaps.org) allows 50,000 addresses in a sitemap, 50,000 sitemaps in an index, and no index in an
// index; large papers have one sitemap a month or a day.
const (
	mostAddresses   = 50_000
	mostSitemaps    = 10_000
	deepestSitemaps = 3
)

// sitemap yields the pages of a sitemap, and of the sitemaps of an index. Those that were visited since they last changed, by
// the date that the sitemap gives, are not fetched again.
func (r Reader) sitemap(ctx context.Context, from string, in io.Reader, y yield) bool {
	goOn, _ := r.sitemapItems(ctx, from, in, journey{seen: map[string]bool{}}, y)
	return goOn
}

// journey is the way from an index to where we are.
type journey struct {
	depth int
	seen  map[string]bool // the addresses of sitemaps so far, of all depths
}

// sitemapItems says, too, whether each page was read or failed for good.
func (r Reader) sitemapItems(ctx context.Context, from string, in io.Reader, at journey, y yield) (goOn, whole bool) {
	e := newElements(in, r.max())
	root, err := e.start()
	if err == io.EOF {
		return y(Raw{}, &Error{From: from, Reason: "is empty"}), true
	}
	at.seen[from] = true
	name := strings.ToLower(root.Name.Local)
	if err == nil && name != "urlset" && name != "sitemapindex" {
		return y(Raw{}, &Error{From: from, Reason: "is no sitemap: it begins with <" + plain(root.Name.Local) + ">"}), true
	}
	found := 0
	whole = true
	for err == nil {
		s, serr := e.start()
		if err = serr; err != nil {
			break
		}
		n, terr := e.tree(s)
		if err = terr; err != nil {
			break
		}
		ok := true
		switch {
		case n.name == "url" && found == mostAddresses:
			return y(Raw{}, &Error{From: from, Reason: fmt.Sprintf("has more than %d addresses, of which the rest is not read", mostAddresses)}), whole
		case n.name == "url":
			found++
			goOn, ok = r.follow(ctx, from, sitemapItem(n), y)
		case n.name == "sitemap":
			found++
			goOn, ok = r.child(ctx, from, n, at, y)
		default:
			continue
		}
		if whole = whole && ok; !goOn {
			return false, false
		}
	}
	if err != io.EOF {
		return y(Raw{}, markupError(from, "sitemap", err)), false
	}
	if found == 0 {
		return y(Raw{}, &Error{From: from, Reason: "is a sitemap without addresses"}), true
	}
	return true, whole
}

// sitemapItem returns what a sitemap, and its news extension, says of a page.
func sitemapItem(n *node) item {
	news := n.kid("news:news")
	publication := news.kid("news:publication")
	return item{
		url:       n.value("loc"),
		title:     plain(news.value("news:title")),
		outlet:    plain(publication.value("news:name")),
		language:  plain(publication.value("news:language")),
		published: date(news.value("news:publication_date")),
		updated:   date(n.value("lastmod")),
	}
}

// child reads one sitemap of an index.
func (r Reader) child(ctx context.Context, from string, n *node, at journey, y yield) (goOn, whole bool) {
	it := item{url: n.value("loc"), updated: date(n.value("lastmod"))}
	switch {
	case ctx.Err() != nil:
		return false, false
	case at.seen[it.url]:
		return true, true
	case it.url == "":
		return y(Raw{}, &Error{From: from, Field: "loc", Reason: "is missing"}), true
	case at.depth+1 >= deepestSitemaps:
		return y(Raw{}, &Error{From: fetch.Redact(it.url), Reason: "is a sitemap too deep in indexes of sitemaps"}), true
	case len(at.seen) > mostSitemaps:
		return y(Raw{}, &Error{From: from, Reason: fmt.Sprintf("has more than %d sitemaps, of which the rest is not read", mostSitemaps)}), true
	case r.old(it):
		return r.skip(it.url, Older(r.Since), y), true
	case r.known(ctx, it):
		return r.skip(it.url, unchanged, y), true
	}
	at.seen[it.url] = true
	return r.visit(ctx, it.url, it.newest(), y, func(resp *fetch.Response, y yield) (goOn, whole bool) {
		return r.sitemapItems(ctx, resp.URL, body(resp), journey{at.depth + 1, at.seen}, y)
	})
}
