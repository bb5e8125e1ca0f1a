package loaders

import (
	"context"
	"strings"
	"time"

	"saidgraph/loaders/fetch"
	"saidgraph/loaders/journal"
	"saidgraph/loaders/source"
)

// remember puts into the journal what the writer noted since the last time. The articles it speaks of are in the store.
func (p *pipeline) remember(ctx context.Context) error {
	entries := p.entries
	p.entries = nil
	if p.o.DryRun {
		return nil
	}
	if p.o.Saved != nil {
		entries = append(entries, p.o.Saved(p.report.Read)...)
	}
	if p.o.Journal == nil {
		return nil
	}
	return p.o.Journal.Put(ctx, entries...)
}

// origin is where an article that is in the store came from.
func (p *pipeline) origin(r result) journal.Origin {
	now := journal.Sight{Run: p.o.Run, At: p.o.Now().UTC().Truncate(time.Second)}
	o := journal.Origin{
		Article: r.id, From: redacted(r.raw.From), Line: r.raw.Line, First: now, Last: now,
		Engine: Version, Skipped: r.skipped, Copy: r.copy, Print: r.print, Sum: r.sum,
	}
	old := r.known.origin
	if old == nil {
		return o
	}
	if r.unchanged { // in another document
		again := *old
		again.Print, again.Sum, again.Before = o.Print, o.Sum, old.Print
		return again
	}
	o.First, o.Before = old.First, old.Print
	return o
}

// letter is the dead letter of a document, which may lie there from an earlier run.
func (p *pipeline) letter(ctx context.Context, e *source.Error, raw source.Raw) (journal.Dead, error) {
	now := p.o.Now().UTC().Truncate(time.Second)
	raw = withoutCredentials(raw)
	d := journal.Dead{ID: journal.DeadIDs(raw, p.o.Run)[0], First: now}
	if p.letters[d.ID] {
		old, ok, err := p.o.Journal.Letter(ctx, d.ID)
		if err != nil {
			return d, err
		}
		if ok {
			d.First, d.Tries = old.First, old.Tries
		}
	}
	d.From, d.Line, d.URL = redacted(e.From), e.Line, raw.URL
	d.Field, d.Reason, d.Hint = e.Field, e.Reason, e.Hint
	d.Tries++
	d.Run, d.Last = p.o.Run, now
	if raw.Text != "" || len(raw.HTML) > 0 {
		d.Document = &raw
	}
	return d, nil
}

// redacted is a place without credentials, should it be an address.
func redacted(place string) string {
	if strings.Contains(place, "://") && strings.Contains(place, "@") {
		return fetch.Redact(place)
	}
	return place
}

func withoutCredentials(raw source.Raw) source.Raw {
	raw.From, raw.URL = redacted(raw.From), redacted(raw.URL)
	return raw
}

// rawOf makes a document of an article that the store refused.
func rawOf(r result) source.Raw {
	a := r.batch.Article
	raw := source.Raw{
		From: r.raw.From, Line: r.raw.Line, URL: a.URL, Title: a.Title, Outlet: a.Outlet, Byline: a.Byline,
		Language: a.Language, License: a.License, Text: a.Text,
	}
	if !a.Date.IsZero() {
		raw.Date = a.Date.Format(time.RFC3339)
	}
	return raw
}
