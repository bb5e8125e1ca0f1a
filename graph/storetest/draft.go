package storetest

import (
	"fmt"
	"strings"
	"time"

	"saidgraph/graph"
)

// draft builds a valid batch: what it adds is quoted from a text that grows with it.
type draft struct {
	graph.Batch
	text []rune
}

func newDraft(url string, date time.Time, outlet string) *draft {
	d := &draft{}
	d.Article = graph.Article{URL: url, Title: "Title of " + url, Outlet: outlet, Byline: "By A. Writer", Date: date, Language: "en", License: "CC BY 4.0"}
	if url != "" {
		d.Article.ID = graph.ArticleID(url, "")
	}
	return d
}

func person(name string) graph.ID       { return graph.ActorID(graph.Person, graph.Fold(name)) }
func organization(name string) graph.ID { return graph.ActorID(graph.Organization, graph.Fold(name)) }

// write adds words to the text and returns where they stand.
func (d *draft) write(words string) graph.Span {
	if len(d.text) > 0 {
		d.text = append(d.text, ' ')
	}
	s := graph.Span{Start: len(d.text)}
	d.text = append(d.text, []rune(words)...)
	s.End = len(d.text)
	return s
}

// know adds an actor whose id comes from key.
func (d *draft) know(label graph.Label, key, name string, aliases ...string) graph.ID {
	id := graph.ActorID(label, graph.Fold(key))
	for _, a := range d.Actors {
		if a.ID == id {
			return id
		}
	}
	d.Actors = append(d.Actors, graph.Actor{ID: id, Label: label, Name: name, Aliases: aliases})
	return id
}

func (d *draft) person(name string, aliases ...string) graph.ID {
	return d.know(graph.Person, name, name, aliases...)
}

func (d *draft) organization(name string, aliases ...string) graph.ID {
	return d.know(graph.Organization, name, name, aliases...)
}

func (d *draft) quoted(spans []graph.Span) string {
	q, ok := graph.Cut(string(d.text), spans)
	if !ok {
		panic(fmt.Sprint("spans of the draft are wrong: ", spans))
	}
	return q
}

// claim adds an utterance of the words, one span each.
func (d *draft) claim(kind string, words ...string) graph.ID {
	var spans []graph.Span
	for _, w := range words {
		spans = append(spans, d.write(w))
	}
	id := graph.ClaimID(d.Article.ID, spans)
	d.Claims = append(d.Claims, graph.Claim{ID: id, Article: d.Article.ID, Text: d.quoted(spans), Kind: kind, Spans: spans})
	return id
}

func (d *draft) spansOf(claim graph.ID) []graph.Span {
	for _, c := range d.Claims {
		if c.ID == claim {
			return c.Spans
		}
	}
	return nil
}

// edge adds an edge with all evidence there can be; set changes it before its id is made.
func (d *draft) edge(t graph.Type, from, to graph.ID, score float64, spans []graph.Span, set ...func(*graph.Edge)) graph.ID {
	e := graph.Edge{Type: t, From: from, To: to, Evidence: graph.Evidence{
		Article: d.Article.ID, Date: d.Article.Date, Spans: spans, Quote: d.quoted(spans), Score: score, Engine: "1",
	}}
	if t == graph.Criticized || t == graph.Praised {
		e.Voice = graph.Reporter
	}
	for _, f := range set {
		f(&e)
	}
	e.ID = graph.EdgeID(e.Type, e.From, e.To, d.Article.ID, e.Evidence.Spans, e.Role, e.Voice)
	for _, old := range d.Edges {
		if old.ID == e.ID {
			return e.ID
		}
	}
	d.Edges = append(d.Edges, e)
	return e.ID
}

// said adds a claim, who said it and what it is about.
func (d *draft) said(speaker graph.ID, words string, about ...graph.ID) graph.ID {
	claim := d.claim(graph.Direct, words)
	d.edge(graph.Said, speaker, claim, 0.9, d.spansOf(claim))
	d.edge(graph.Reported, d.Article.ID, claim, 1, nil)
	for _, a := range about {
		d.edge(graph.About, claim, a, 0.8, d.spansOf(claim))
	}
	return claim
}

func (d *draft) judged(t graph.Type, from, to graph.ID, words string) graph.ID {
	return d.edge(t, from, to, 0.7, []graph.Span{d.write(words)})
}

// batch is the finished batch. The text is in the article; a draft without URL gets its ids only here, so it may hold nothing else.
func (d *draft) batch() graph.Batch {
	b := d.Batch
	b.Article.Text = string(d.text)
	b.Article.Hash = graph.Hash(b.Article.Text)
	if b.Article.URL == "" {
		b.Article.ID = graph.ArticleID("", b.Article.Hash)
	}
	return b
}

func day(n int) time.Time { return time.Date(2025, 6, n, 12, 30, 15, 0, time.UTC) }

// hostile are strings that have broken stores, parsers and terminals.
var hostile = []string{
	`'}) DETACH DELETE n //`, `"; DROP TABLE edge; --`, `' OR '1'='1`, `%_\%`, `NEAR("a" b) AND *`, `name:* ^"x`, "nul\x00in the middle",
	"\x00", "😀🏳\ufe0f\u200d🌈👩\u200d👩\u200d👧", "שלום \u202edrow\u202c عليكم", "e\u0301 vs é", "Ｆｕｌｌ　ｗｉｄｔｈ ﬁ", "न्यायमूर्ति रमेश", "한국어 이름", "İstanbul ıI",
	"\u200bzero\u200dwidth\ufeff", "line\nbreak\ttab\r\n", "<script>alert(1)</script>", "{{template}} ${x} %s %n", strings.Repeat("long ", 2000),
	strings.Repeat("x", 10000), "\U0010ffff\ufffd", "'", `\`, "null", "-1", "{\"a\":[1,2]}",
}
