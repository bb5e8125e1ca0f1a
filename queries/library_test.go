package queries_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"saidgraph/graph"
	"saidgraph/graph/memory"
)

// draft builds the batch of one article from words of its text.
type draft struct {
	tb    testing.TB
	batch graph.Batch
	named map[string]graph.ID // by name
}

func newDraft(tb testing.TB, url, title, outlet string, date time.Time, text string) *draft {
	hash := graph.Hash(text)
	return &draft{tb: tb, named: map[string]graph.ID{}, batch: graph.Batch{Article: graph.Article{
		ID: graph.ArticleID(url, hash), URL: url, Title: title, Outlet: outlet, Date: date, Text: text, Hash: hash,
	}}}
}

func (d *draft) actor(label graph.Label, name string, aliases ...string) {
	id := graph.ActorID(label, graph.Fold(name))
	d.named[name] = id
	d.batch.Actors = append(d.batch.Actors, graph.Actor{ID: id, Label: label, Name: name, Aliases: aliases})
	d.edge(graph.Edge{Type: graph.Mentioned, From: d.batch.Article.ID, To: id, Evidence: graph.Evidence{Score: 1}})
}

// at finds words in the text; they must be there once or the first place counts.
func (d *draft) at(words string) graph.Span {
	i := strings.Index(d.batch.Article.Text, words)
	if i < 0 {
		d.tb.Fatalf("%q is not in the text", words)
	}
	from := utf8.RuneCountInString(d.batch.Article.Text[:i])
	return graph.Span{Start: from, End: from + utf8.RuneCountInString(words)}
}

func (d *draft) edge(e graph.Edge) {
	e.Evidence.Article, e.Evidence.Date = d.batch.Article.ID, d.batch.Article.Date
	if len(e.Evidence.Spans) > 0 {
		e.Evidence.Quote, _ = graph.Cut(d.batch.Article.Text, e.Evidence.Spans)
	}
	e.ID = graph.EdgeID(e.Type, e.From, e.To, e.Evidence.Article, e.Evidence.Spans, e.Role, e.Voice)
	d.batch.Edges = append(d.batch.Edges, e)
}

func (d *draft) evidence(words, cue, surface string, score float64) graph.Evidence {
	ev := graph.Evidence{Spans: []graph.Span{d.at(words)}, Score: score}
	if cue != "" {
		ev.Cue, ev.CueSpans = cue, []graph.Span{d.at(cue)}
	}
	if surface != "" {
		span := d.at(surface)
		ev.Surface, ev.SurfaceSpan = surface, &span
	}
	return ev
}

// claim adds a claim; speakers and about are names of actors, by the words of an unnamed source.
func (d *draft) claim(kind, words, by string, score float64, speakers, about []string) *graph.ID {
	spans := []graph.Span{d.at(words)}
	id := graph.ClaimID(d.batch.Article.ID, spans)
	d.batch.Claims = append(d.batch.Claims, graph.Claim{ID: id, Article: d.batch.Article.ID, Text: words, Kind: kind, Spans: spans, By: by})
	d.edge(graph.Edge{Type: graph.Reported, From: d.batch.Article.ID, To: id, Evidence: d.evidence(words, "said", "", score)})
	for _, s := range speakers {
		d.edge(graph.Edge{Type: graph.Said, From: d.named[s], To: id, Evidence: d.evidence(words, "said", s, score)})
	}
	for _, s := range about {
		d.edge(graph.Edge{Type: graph.About, From: id, To: d.named[s], Evidence: d.evidence(words, "", "", score)})
	}
	return &id
}

func (d *draft) stance(t graph.Type, from, to, words, cue string, score float64, claim *graph.ID) {
	ev := d.evidence(words, cue, from, score)
	span := d.at(to)
	ev.Target, ev.TargetSpan = to, &span
	voice := graph.Reporter
	if claim != nil {
		voice = graph.Speaker
	}
	d.edge(graph.Edge{Type: t, From: d.named[from], To: d.named[to], Voice: voice, Claim: claim, Evidence: ev})
}

const (
	ana    = "Ana Rivera"
	maria  = "Maria Rivera"
	tom    = "Tom Okafor"
	nils   = "Nils Lindqvist"
	health = "Health Department"
	parks  = "Department of Parks and Recreation"
)

// library is a few articles in which every question has an answer.
func library(tb testing.TB) []graph.Batch {
	letter := newDraft(tb, "https://register.example/letter", "Two plead for a clinic", "Orange County Register", day(2025, 6, 3),
		`Ana Rivera and Tom Okafor said in a letter: “The clinic must stay open.” Ana Rivera blasted the Health Department. `+
			`“They never answered us,” Rivera said. A nurse who asked not to be named said the roof had leaked for years. `+
			`The Health Department declined to comment.`)
	letter.actor(graph.Person, ana, "Councilwoman Rivera")
	letter.actor(graph.Person, tom)
	letter.actor(graph.Organization, health, "HD", "the department")
	letter.claim(graph.Direct, "The clinic must stay open.", "", 0.95, []string{ana, tom}, nil)
	never := letter.claim(graph.Direct, "They never answered us,", "", 0.9, []string{ana}, []string{health})
	letter.claim(graph.Indirect, "the roof had leaked for years", "A nurse who asked not to be named", 0.8, nil, []string{health})
	letter.stance(graph.Criticized, ana, health, "Ana Rivera blasted the Health Department.", "blasted", 0.9, nil)
	letter.stance(graph.Criticized, ana, health, "They never answered us,", "", 0.6, never)
	letter.edge(graph.Edge{Type: graph.Declined, From: letter.named[health], To: letter.batch.Article.ID,
		Evidence: letter.evidence("The Health Department declined to comment.", "declined", health, 0.9)})

	safe := newDraft(tb, "https://gazette.example/safe", "Clinic is safe, director says", "Harbor Gazette", day(2025, 6, 20),
		`Tom Okafor praised the Department of Parks and Recreation for its work. “The Health Department lied to families,” Okafor said. `+
			`Maria Rivera, director of the Health Department, said that the clinic was safe. Nils Lindqvist, it seems, said little.`)
	safe.actor(graph.Person, tom)
	safe.actor(graph.Person, maria)
	safe.actor(graph.Person, nils)
	safe.actor(graph.Organization, health)
	safe.actor(graph.Organization, parks)
	lied := safe.claim(graph.Direct, "The Health Department lied to families,", "", 0.9, []string{tom}, []string{health})
	safe.claim(graph.Indirect, "the clinic was safe", "", 0.85, []string{maria}, nil)
	safe.claim(graph.Indirect, "little", "", 0.3, []string{nils}, []string{health}) // below the default score
	safe.claim(graph.Mixed, "for its work", "", 0.9, nil, []string{health})         // nobody's
	safe.stance(graph.Praised, tom, parks, "Tom Okafor praised the Department of Parks and Recreation", "praised", 0.9, nil)
	safe.stance(graph.Criticized, tom, health, "The Health Department lied to families,", "", 0.8, lied)
	director := safe.evidence("director of the Health Department", "", maria, 0.9)
	safe.edge(graph.Edge{Type: graph.Affiliated, From: safe.named[maria], To: safe.named[health], Role: "director", Evidence: director})

	vote := newDraft(tb, "https://gazette.example/vote", "Vote put off", "Harbor Gazette", day(2025, 7, 2),
		`Ana Rivera said the vote was late. Maria Rivera may have criticized Ana Rivera.`)
	vote.actor(graph.Person, ana)
	vote.actor(graph.Person, maria)
	vote.claim(graph.Indirect, "the vote was late", "", 0.9, []string{ana}, nil)
	vote.stance(graph.Criticized, maria, ana, "Maria Rivera may have criticized Ana Rivera.", "criticized", 0.4, nil)

	undated := newDraft(tb, "https://register.example/undated", "", "", time.Time{}, `“We know,” Tom Okafor said of Ana Rivera.`)
	undated.actor(graph.Person, tom)
	undated.actor(graph.Person, ana)
	undated.claim(graph.Direct, "We know,", "", 0.9, []string{tom}, []string{ana})
	return []graph.Batch{letter.batch, safe.batch, vote.batch, undated.batch}
}

func shelved(tb testing.TB, batches []graph.Batch) graph.Store {
	store := memory.New()
	tb.Cleanup(func() { store.Close() })
	if err := store.Apply(tb.Context(), batches...); err != nil {
		tb.Fatal(err)
	}
	return store
}

// pile is n articles of two speakers each, who go round among n/5 people, and a critic of one target.
func pile(tb testing.TB, n int) []graph.Batch {
	batches := make([]graph.Batch, n)
	for i := range n {
		a, b := fmt.Sprintf("Person Number%d", i%(n/5)), fmt.Sprintf("Person Number%d", (i*7+1)%(n/5))
		if a == b {
			b = "Person Other"
		}
		d := newDraft(tb, fmt.Sprintf("https://pile.example/%d", i), "", "Pile", day(2025, 1, 1+i%300),
			fmt.Sprintf(`“First of %d,” %s. said. “Second,” %s. said. %s. blasted the Agency.`, i, a, b, a))
		d.actor(graph.Person, a)
		d.actor(graph.Person, b)
		d.actor(graph.Organization, "Agency")
		d.claim(graph.Direct, fmt.Sprintf("First of %d,", i), "", 0.9, []string{a}, []string{b})
		d.claim(graph.Direct, "Second,", "", 0.9, []string{b}, []string{"Agency"})
		d.stance(graph.Criticized, a, "Agency", a+". blasted the Agency.", "blasted", 0.9, nil)
		batches[i] = d.batch
	}
	return batches
}
