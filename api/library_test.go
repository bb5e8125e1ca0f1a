package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"saidgraph/api"
	"saidgraph/graph"
	"saidgraph/graph/memory"
)

const (
	ann   = "Ann Lee"
	bruce = "Bruce Lee-Ortiz"
	carla = "Carla Núñez"
	board = "Water Board"
	union = "Farmers’ Union"
)

// draft is the batch of one article in the making; words are found in its text.
type draft struct {
	tb    testing.TB
	batch graph.Batch
	ids   map[string]graph.ID
}

func article(tb testing.TB, a graph.Article) *draft {
	a.Hash = graph.Hash(a.Text)
	a.ID = graph.ArticleID(a.URL, a.Hash)
	return &draft{tb: tb, batch: graph.Batch{Article: a}, ids: map[string]graph.ID{}}
}

func (d *draft) actor(label graph.Label, name string, aliases ...string) {
	d.ids[name] = graph.ActorID(label, graph.Fold(name))
	d.batch.Actors = append(d.batch.Actors, graph.Actor{ID: d.ids[name], Label: label, Name: name, Aliases: aliases})
	d.edge(graph.Edge{Type: graph.Mentioned, From: d.batch.Article.ID, To: d.ids[name], Evidence: graph.Evidence{Score: 1}})
}

func (d *draft) spans(words ...string) []graph.Span {
	var out []graph.Span
	for _, w := range words {
		i := strings.Index(d.batch.Article.Text, w)
		if i < 0 {
			d.tb.Fatalf("%q is not in the text", w)
		}
		from := utf8.RuneCountInString(d.batch.Article.Text[:i])
		out = append(out, graph.Span{Start: from, End: from + utf8.RuneCountInString(w)})
	}
	return out
}

func (d *draft) edge(e graph.Edge, words ...string) {
	e.Evidence.Article, e.Evidence.Date, e.Evidence.Engine = d.batch.Article.ID, d.batch.Article.Date, "test"
	if len(words) > 0 {
		e.Evidence.Spans = d.spans(words...)
		e.Evidence.Quote = strings.Join(words, graph.Ellipsis)
	}
	e.ID = graph.EdgeID(e.Type, e.From, e.To, e.Evidence.Article, e.Evidence.Spans, e.Role, e.Voice)
	d.batch.Edges = append(d.batch.Edges, e)
}

// claim adds an utterance of one or several parts.
func (d *draft) claim(kind, by string, speakers, about []string, words ...string) graph.ID {
	spans := d.spans(words...)
	id := graph.ClaimID(d.batch.Article.ID, spans)
	d.batch.Claims = append(d.batch.Claims, graph.Claim{
		ID: id, Article: d.batch.Article.ID, Text: strings.Join(words, graph.Ellipsis), Kind: kind, Spans: spans, By: by,
	})
	proof := graph.Evidence{Score: 0.9, Cue: "said", CueSpans: d.spans("said")}
	d.edge(graph.Edge{Type: graph.Reported, From: d.batch.Article.ID, To: id, Evidence: proof}, words...)
	for _, s := range speakers {
		d.edge(graph.Edge{Type: graph.Said, From: d.ids[s], To: id, Evidence: proof}, words...)
	}
	for _, s := range about {
		d.edge(graph.Edge{Type: graph.About, From: id, To: d.ids[s], Evidence: graph.Evidence{Score: 0.8}}, words...)
	}
	return id
}

func (d *draft) stance(t graph.Type, from, to string, claim *graph.ID, score float64, words ...string) {
	voice := graph.Reporter
	if claim != nil {
		voice = graph.Speaker
	}
	target := d.spans(to)[0]
	d.edge(graph.Edge{Type: t, From: d.ids[from], To: d.ids[to], Voice: voice, Claim: claim,
		Evidence: graph.Evidence{Score: score, Target: to, TargetSpan: &target}}, words...)
}

// library is a small graph in which every route has something to answer. Its texts hold what breaks
// offsets that are not in code points (an emoji, accents) and pages that take text for markup.
func library(tb testing.TB) []graph.Batch {
	dry := article(tb, graph.Article{
		URL: "https://valley.example/dry", Title: "Wells run dry 💧", Outlet: "Valley Post", Byline: "J. Okoro",
		Date: time.Date(2025, 6, 3, 0, 0, 0, 0, time.UTC), Language: "en", License: "CC BY 4.0, Valley Post",
		Text: "💧 Ann Lee blasted the Water Board on Tuesday.\n\n“The plan,” she said, “is a disgrace.” Carla Núñez and " +
			"Bruce Lee-Ortiz said in a letter: “Nobody asked the farms.”\n\nA clerk who would not be named said <b>the wells</b> " +
			"were never tested & <script>document.title='owned'</script>. The Water Board declined to comment; its page said all was well.",
	})
	dry.actor(graph.Person, ann, "Lee", "Councilwoman Lee")
	dry.actor(graph.Person, bruce)
	dry.actor(graph.Person, carla)
	dry.actor(graph.Organization, board, "WB")
	plan := dry.claim(graph.Direct, "", []string{ann}, []string{board}, "The plan,", "is a disgrace.")
	dry.claim(graph.Direct, "", []string{carla, bruce}, nil, "Nobody asked the farms.")
	dry.claim(graph.Indirect, "A clerk who would not be named", nil, nil, "<b>the wells</b> were never tested & <script>document.title='owned'</script>")
	dry.stance(graph.Criticized, ann, board, nil, 0.95, "Ann Lee blasted the Water Board on Tuesday.")
	dry.stance(graph.Criticized, ann, board, &plan, 0.7, "The plan,", "is a disgrace.")
	dry.edge(graph.Edge{Type: graph.Declined, From: dry.ids[board], To: dry.batch.Article.ID, Evidence: graph.Evidence{Score: 0.9}},
		"The Water Board declined to comment")
	dry.claim(graph.Indirect, "", []string{board}, nil, "all was well")

	vote := article(tb, graph.Article{
		URL: "https://hill.example/vote", Title: "Board votes", Outlet: "Hill Gazette", Date: time.Date(2025, 7, 1, 9, 30, 0, 0, time.UTC),
		Text: "Carla Núñez, director of the Water Board, said the plan would go ahead. “The Farmers’ Union has been patient,” said " +
			"Núñez, who praised the Farmers’ Union. Bruce Lee-Ortiz attacked Carla Núñez.",
	})
	vote.actor(graph.Person, carla, "Núñez")
	vote.actor(graph.Person, bruce)
	vote.actor(graph.Organization, board)
	vote.actor(graph.Organization, union)
	vote.claim(graph.Indirect, "", []string{carla}, []string{board}, "the plan would go ahead")
	vote.claim(graph.Direct, "", []string{carla}, []string{union}, "The Farmers’ Union has been patient,")
	vote.stance(graph.Praised, carla, union, nil, 0.9, "Núñez, who praised the Farmers’ Union.")
	vote.stance(graph.Criticized, bruce, carla, nil, 0.3, "Bruce Lee-Ortiz attacked Carla Núñez.")
	vote.edge(graph.Edge{Type: graph.Affiliated, From: vote.ids[carla], To: vote.ids[board], Role: "director", Evidence: graph.Evidence{Score: 0.9}},
		"director of the Water Board")

	undated := article(tb, graph.Article{URL: "javascript:alert(1)", Text: "Ann Lee said the river was low."})
	undated.actor(graph.Person, ann, "Lee")
	undated.claim(graph.Indirect, "", []string{ann}, nil, "the river was low")
	return []graph.Batch{dry.batch, vote.batch, undated.batch}
}

func store(tb testing.TB) graph.Store {
	tb.Helper()
	s := memory.New()
	if err := s.Apply(tb.Context(), library(tb)...); err != nil {
		tb.Fatal(err)
	}
	return s
}

func handler(tb testing.TB) http.Handler { return api.New(store(tb), api.Options{Version: "test"}) }

func actorID(label graph.Label, name string) string {
	return graph.ActorID(label, graph.Fold(name)).String()
}

func articleID(url string) string { return graph.ArticleID(url, "").String() }
