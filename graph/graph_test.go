package graph_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"saidgraph/graph"
)

func TestCut(t *testing.T) {
	const text = "a😀é “b” c"
	for _, c := range []struct {
		spans []graph.Span
		want  string
		ok    bool
	}{
		{nil, "", true},
		{[]graph.Span{{Start: 0, End: 9}}, text, true},
		{[]graph.Span{{Start: 1, End: 2}}, "😀", true},
		{[]graph.Span{{Start: 1, End: 2}, {Start: 2, End: 3}, {Start: 8, End: 9}}, "😀 … é … c", true},
		{[]graph.Span{{Start: 1, End: 1}}, "", false},
		{[]graph.Span{{Start: 2, End: 1}}, "", false},
		{[]graph.Span{{Start: 0, End: 10}}, "", false},
		{[]graph.Span{{Start: -1, End: 2}}, "", false},
		{[]graph.Span{{Start: 3, End: 4}, {Start: 2, End: 3}}, "", false},
		{[]graph.Span{{Start: 0, End: 3}, {Start: 2, End: 4}}, "", false},
	} {
		if got, ok := graph.Cut(text, c.spans); got != c.want || ok != c.ok {
			t.Errorf("Cut(%v) = %q, %v; want %q, %v", c.spans, got, ok, c.want, c.ok)
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"":                       "",
		"  !!! ":                 "",
		"Sen. O’Neill":           "sen o neill",
		"sen o'neill":            "sen o neill",
		"Müller-Łukasz":          "muller lukasz",
		"Mu\u0308ller":           "muller",
		"STRASSE straße":         "strasse strasse",
		"Ｆｕｌｌ　ﬁ":                 "full fi",
		"İstanbul":               "istanbul",
		"Ørsted Æon þing":        "orsted aeon thing",
		"x\x00y\tz\u200b!":       "x y z",
		"Йод":                    "иод",
		"한국어":                    "한국어",
		"रमेश":                   "रमेश",
		"שָׁלוֹם":                "שלום",
		"A😀B":                    "a b",
		"co\u00adop":             "coop",
		"H.H.S.":                 "h h s",
		"100 % of U.S. 2nd-hand": "100 of u s 2nd hand",
	} {
		if got := graph.Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"O’Neill", "ŉ ᾳ ẛ̣", "e\u0301", "\xff", "\xf6ŗ", "ǰ", "\u0345α", "ﷺ", "Ⅷ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		fold := graph.Fold(s)
		if again := graph.Fold(fold); again != fold {
			t.Errorf("Fold(%q) = %q, of which Fold is %q", s, fold, again)
		}
		if fold != strings.Join(strings.Fields(fold), " ") || !utf8.ValidString(fold) {
			t.Errorf("Fold(%q) = %q", s, fold)
		}
		for _, r := range fold {
			if r < utf8.RuneSelf && r != ' ' && (r < '0' || r > '9') && (r < 'a' || r > 'z') {
				t.Errorf("Fold(%q) = %q holds %q", s, fold, r)
			}
		}
	})
}

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		query, text string
		fuzzy, want bool
	}{
		{"", "anything", false, true},
		{"ad", "Ada Quill", false, true},
		{"ad quill", "Ada Quill", false, false},
		{"quill ad", "Ada Quill", false, true},
		{"kuchi", "Kucchi", false, false},
		{"kuchi", "Kucchi", true, true},
		{"Kutch", "Katch", true, true},
		{"Kutchy", "Katchi", true, true},
		{"us x", "is x", true, false}, // two letters are never near
		{"abcde", "abxye", true, false},
		{"abcdef", "abxyef", true, true},
		{"abcdef", "axyzef", true, false},
		{"müller", "Muler", true, true},
	} {
		if got := graph.Match(graph.Words(c.query), graph.Words(c.text), c.fuzzy); got != c.want {
			t.Errorf("Match(%q, %q, %v) = %v", c.query, c.text, c.fuzzy, got)
		}
	}
	if w := graph.Words(strings.Repeat("é", 100) + " b"); len(w) != 2 || utf8.RuneCountInString(w[0]) != 60 {
		t.Errorf("Words keeps %d code points of a long word", utf8.RuneCountInString(w[0]))
	}
}

func TestCursors(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var id, article graph.ID
		copy(id[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(r, "id"))
		copy(article[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(r, "article"))
		date := time.Unix(rapid.Int64Range(-62135596800, 253402300799).Draw(r, "date"), 0).UTC()
		p := graph.Place{Date: date, Article: article, Start: rapid.IntRange(-1, 1<<40).Draw(r, "start"), ID: id}
		if got, err := graph.ParsePlace(p.Cursor()); err != nil || got != p {
			r.Fatalf("%+v came back as %+v, %v", p, got, err)
		}
		c := graph.CountPlace{N: rapid.Int().Draw(r, "n"), Key: rapid.String().Draw(r, "key")}
		if got, err := graph.ParseCountPlace(c.Cursor()); err != nil || got != c {
			r.Fatalf("%+v came back as %+v, %v", c, got, err)
		}
		h := graph.HitPlace{Claim: rapid.Bool().Draw(r, "claim"), Articles: rapid.Int().Draw(r, "articles"), Name: rapid.String().Draw(r, "name"), Date: date, ID: id}
		if got, err := graph.ParseHitPlace(h.Cursor()); err != nil || got != h {
			r.Fatalf("%+v came back as %+v, %v", h, got, err)
		}
	})
	if p, err := graph.ParsePlace((graph.Place{}).Cursor()); err != nil || p != (graph.Place{}) {
		t.Errorf("the zero place came back as %+v, %v", p, err)
	}
}

func FuzzParsePlace(f *testing.F) {
	f.Add((graph.Place{}).Cursor())
	f.Add((graph.CountPlace{Key: "x"}).Cursor())
	f.Fuzz(func(t *testing.T, s string) {
		if p, err := graph.ParsePlace(s); err == nil && p.Cursor() != s {
			t.Errorf("%q is read as %+v", s, p)
		}
		graph.ParseCountPlace(s)
		graph.ParseHitPlace(s)
	})
}

// valid is a batch with one edge, whose proof is "Ada 😀 blasted Bo" in the text "“Ada 😀 blasted Bo”, it said".
func valid() graph.Batch {
	a := graph.Article{URL: "https://x.example/1", Text: "“Ada 😀 blasted Bo”, it said", Date: time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC)}
	a.ID, a.Hash = graph.ArticleID(a.URL, ""), graph.Hash(a.Text)
	spans := []graph.Span{{Start: 1, End: 17}}
	claim := graph.Claim{ID: graph.ClaimID(a.ID, spans), Article: a.ID, Text: "Ada 😀 blasted Bo", Kind: graph.Direct, Spans: spans}
	ada := graph.Actor{ID: graph.ActorID(graph.Person, "ada"), Label: graph.Person, Name: "Ada"}
	bo := graph.Actor{ID: graph.ActorID(graph.Organization, "bo"), Label: graph.Organization, Name: "Bo", Aliases: []string{"B."}}
	e := graph.Edge{
		Type: graph.Criticized, From: ada.ID, To: bo.ID, Voice: graph.Speaker, Claim: &claim.ID,
		Evidence: graph.Evidence{
			Article: a.ID, Date: a.Date, Spans: spans, Quote: "Ada 😀 blasted Bo", Cue: "blasted", CueSpans: []graph.Span{{Start: 7, End: 14}},
			Surface: "Ada", SurfaceSpan: &graph.Span{Start: 1, End: 4}, Target: "Bo", TargetSpan: &graph.Span{Start: 15, End: 17}, Score: 0.5,
		},
	}
	e.ID = graph.EdgeID(e.Type, e.From, e.To, a.ID, spans, "", e.Voice)
	return graph.Batch{Article: a, Actors: []graph.Actor{ada, bo}, Claims: []graph.Claim{claim}, Edges: []graph.Edge{e}}
}

func TestValidate(t *testing.T) {
	if err := valid().Validate(); err != nil {
		t.Fatal(err)
	}
	other := graph.ArticleID("other", "")
	for _, c := range []struct {
		field string
		spoil func(*graph.Batch)
	}{
		{"article.hash", func(b *graph.Batch) { b.Article.Hash = "" }},
		{"article.hash", func(b *graph.Batch) { b.Article.Text += "." }},
		{"article.id", func(b *graph.Batch) { b.Article.ID = other }},
		{"article.date", func(b *graph.Batch) { b.Article.Date = b.Article.Date.Add(1) }},
		{"article.date", func(b *graph.Batch) { b.Article.Date = b.Article.Date.In(time.FixedZone("", 3600)) }},
		{"article.title", func(b *graph.Batch) { b.Article.Title = "\xff" }},
		{"actors[0].label", func(b *graph.Batch) { b.Actors[0].Label = graph.ClaimNode }},
		{"actors[1].name", func(b *graph.Batch) { b.Actors[1].Name = "" }},
		{"actors[1].name", func(b *graph.Batch) { b.Actors[1].Name = "\xff" }},
		{"actors[1].aliases", func(b *graph.Batch) { b.Actors[1].Aliases = []string{""} }},
		{"actors[1].id", func(b *graph.Batch) { b.Actors[1].ID = b.Actors[0].ID }},
		{"actors[1].id", func(b *graph.Batch) { b.Actors[1].ID = graph.ID{} }},
		{"claims[0].article", func(b *graph.Batch) { b.Claims[0].Article = other }},
		{"claims[0].kind", func(b *graph.Batch) { b.Claims[0].Kind = "shouted" }},
		{"claims[0].spans", func(b *graph.Batch) { b.Claims[0].Spans = nil }},
		{"claims[0].id", func(b *graph.Batch) { b.Claims[0].ID = other }},
		{"claims[0].text", func(b *graph.Batch) { b.Claims[0].Text = "Ada blasted Bo" }},
		{"claims[0].by", func(b *graph.Batch) { b.Claims[0].By = "\xff" }},
		{"claims[1].id", func(b *graph.Batch) { b.Claims = append(b.Claims, b.Claims[0]) }},
		{"edges[0].type", func(b *graph.Batch) { b.Edges[0].Type = "LIKED" }},
		{"edges[0].from", func(b *graph.Batch) { b.Edges[0].From = other }},
		{"edges[0].to", func(b *graph.Batch) { b.Edges[0].To = b.Article.ID }},
		{"edges[0].voice", func(b *graph.Batch) { b.Edges[0].Voice = "" }},
		{"edges[0].role", func(b *graph.Batch) { b.Edges[0].Role = "director" }},
		{"edges[0].claim", func(b *graph.Batch) { b.Edges[0].Claim = &other }},
		{"edges[0].claim", func(b *graph.Batch) { b.Edges[0].Voice = graph.Reporter }},
		{"edges[0].id", func(b *graph.Batch) { b.Edges[0].ID = other }},
		{"edges[1].id", func(b *graph.Batch) { b.Edges = append(b.Edges, b.Edges[0]) }},
		{"edges[0].evidence.article", func(b *graph.Batch) {
			e := &b.Edges[0]
			e.Evidence.Article = other
			e.ID = graph.EdgeID(e.Type, e.From, e.To, other, e.Evidence.Spans, e.Role, e.Voice)
		}},
		{"edges[0].evidence.date", func(b *graph.Batch) { b.Edges[0].Evidence.Date = time.Time{} }},
		{"edges[0].evidence.score", func(b *graph.Batch) { b.Edges[0].Evidence.Score = 1.01 }},
		{"edges[0].evidence.score", func(b *graph.Batch) { b.Edges[0].Evidence.Score = math.NaN() }},
		{"edges[0].evidence.quote", func(b *graph.Batch) { b.Edges[0].Evidence.Quote = "Ada blasted Bo" }},
		{"edges[0].evidence.spans", func(b *graph.Batch) {
			e := &b.Edges[0]
			e.Evidence.Spans, e.Evidence.Quote = nil, ""
			e.ID = graph.EdgeID(e.Type, e.From, e.To, b.Article.ID, nil, e.Role, e.Voice)
		}},
		{"edges[0].evidence.cue_spans", func(b *graph.Batch) { b.Edges[0].Evidence.CueSpans = []graph.Span{{Start: 20, End: 99}} }},
		{"edges[0].evidence.cue", func(b *graph.Batch) { b.Edges[0].Evidence.Cue = "lauded" }},
		{"edges[0].evidence.surface", func(b *graph.Batch) { b.Edges[0].Evidence.Surface = "Bo" }},
		{"edges[0].evidence.target", func(b *graph.Batch) { b.Edges[0].Evidence.TargetSpan = &graph.Span{Start: 0, End: 2} }},
	} {
		b := valid()
		b.Actors, b.Claims, b.Edges = slices.Clone(b.Actors), slices.Clone(b.Claims), slices.Clone(b.Edges)
		c.spoil(&b)
		err := b.Validate()
		var e *graph.Error
		if !errors.As(err, &e) || e.Code != graph.Invalid || e.Field != c.field || !strings.Contains(err.Error(), b.Article.URL) {
			t.Errorf("%v, want Invalid %s that names the article", err, c.field)
		}
	}
}

func TestValidateWithoutText(t *testing.T) {
	b := valid()
	b.Article.Text = ""
	if err := b.Validate(); err != nil {
		t.Errorf("an article that keeps only its hash: %v", err)
	}
	b.Edges[0].Evidence.CueSpans = []graph.Span{{Start: 5, End: 5}}
	if err := b.Validate(); graph.CodeOf(err) != graph.Invalid {
		t.Errorf("an empty span: %v", err)
	}
}
