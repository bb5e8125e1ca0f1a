package loaders

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
	"io"
	"strconv"

	"saidgraph/graph"
	"saidgraph/loaders/journal"
	"saidgraph/loaders/page"
	"saidgraph/loaders/source"
)

// fingerprint tells a document as it came, and the versions that read it, from all others: seeing it again tells that nothing changed
// before the page is parsed, which takes longer than all else that an unchanged article needs.
func fingerprint(raw source.Raw) string {
	h := sha256.New()
	for _, s := range []string{Version, page.Version, raw.URL, raw.Title, raw.Date, raw.Outlet, raw.Byline, raw.Language, raw.License, raw.ContentType, raw.Text} {
		add(h, s)
	}
	_, _ = h.Write(raw.HTML) // a hash takes all
	return hex.EncodeToString(h.Sum(nil)[:16])
}

func add(h hash.Hash, s string) {
	_, _ = io.WriteString(h, strconv.Itoa(len(s))+" "+s)
}

// sum of an article is the same as long as all of it is.
func sum(a graph.Article) string {
	a.Text = "" // its Hash stays
	a.Date = a.Date.UTC()
	data, err := json.Marshal(a)
	if err != nil {
		return "" // a date that JSON can't say: never seen
	}
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:16])
}

// seen says whether the document is the one that the store has its article from, unchanged; id is the article's.
func (p *pipeline) seen(ctx context.Context, print string) (a graph.Article, ok bool, err error) {
	s, ok, err := p.o.Journal.Seen(ctx, print)
	if err != nil || !ok {
		return a, false, err
	}
	node, err := p.store.Node(ctx, s.Article)
	if graph.CodeOf(err) == graph.NotFound {
		return a, false, nil
	}
	if err != nil || node.Article == nil {
		return a, false, err
	}
	return *node.Article, s.Sum != "" && sum(*node.Article) == s.Sum, nil
}

// asBefore settles the result of a document that was seen before.
func (p *pipeline) asBefore(r *result, a graph.Article) {
	r.id, r.copy, r.unchanged = a.ID, a.Copy, true
	r.known = standing{same: true, origin: &journal.Origin{}} // there is one: both are written at once
	switch {
	case !p.o.Shard.has(a.ID):
		*r = result{n: r.n, skip: elsewhere}
	case p.old(a.Date):
		*r = result{n: r.n, skip: source.Older(p.o.Since)}
	}
}
