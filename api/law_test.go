package api_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
)

type span struct{ Start, End int }

// cut is the offset law as a client in another language would write it: code points, parts joined by " … ".
func cut(text string, spans []span) string {
	points, out := []rune(text), ""
	for i, s := range spans {
		if i > 0 {
			out += " … "
		}
		out += string(points[s.Start:s.End])
	}
	return out
}

func read(t *testing.T, h http.Handler, path string, into any) {
	t.Helper()
	res, body := do(h, httptest.NewRequest(http.MethodGet, path, nil))
	if res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %s", path, res.StatusCode, body)
	}
	if err := json.Unmarshal(body, into); err != nil {
		t.Fatal(err)
	}
}

type readingBody struct {
	Article struct{ Text string }
	Claims  []struct {
		Text  string
		Spans []span
	}
	Edges []struct {
		Type     string
		Evidence struct {
			Quote, Cue, Surface, Target string
			Spans                       []span
			CueSpans                    []span `json:"cue_spans"`
			SurfaceSpan                 *span  `json:"surface_span"`
			TargetSpan                  *span  `json:"target_span"`
		}
	}
}

// TestOffsetLaw cuts the text of each article, as it comes over HTTP, at every span that the API says of it.
func TestOffsetLaw(t *testing.T) {
	h := handler(t)
	texts, checked := map[string]string{}, 0
	law := func(what, text, quote string, spans []span) {
		t.Helper()
		if got := cut(text, spans); len(spans) > 0 && got != quote {
			t.Errorf("%s: the text at %v is %q, want %q", what, spans, got, quote)
		}
		checked += len(spans)
	}
	for _, b := range library(t) {
		id := b.Article.ID.String()
		var r readingBody
		read(t, h, "/v1/articles/"+id, &r)
		texts[id] = r.Article.Text
		if len(r.Claims) != len(b.Claims) || len(r.Edges) != len(b.Edges) {
			t.Errorf("%s: %d claims, %d edges, want %d, %d", id, len(r.Claims), len(r.Edges), len(b.Claims), len(b.Edges))
		}
		for _, c := range r.Claims {
			law("claim", r.Article.Text, c.Text, c.Spans)
		}
		for _, e := range r.Edges {
			law(e.Type, r.Article.Text, e.Evidence.Quote, e.Evidence.Spans)
			law(e.Type+" cue", r.Article.Text, e.Evidence.Cue, e.Evidence.CueSpans)
			for _, end := range []struct {
				span  *span
				words string
			}{{e.Evidence.SurfaceSpan, e.Evidence.Surface}, {e.Evidence.TargetSpan, e.Evidence.Target}} {
				if end.span != nil {
					law(e.Type+" end", r.Article.Text, end.words, []span{*end.span})
				}
			}
		}
	}
	for _, path := range []string{"/v1/claims?min-score=0", "/v1/criticisms?polarity=any&min-score=0"} {
		var page struct {
			Items []struct {
				Article struct{ ID string }
				Proof   struct {
					Quote string
					Spans []span
				}
			}
		}
		read(t, h, path, &page)
		for _, row := range page.Items {
			law(path, texts[row.Article.ID], row.Proof.Quote, row.Proof.Spans)
		}
	}
	var g struct {
		Edges []struct {
			Article, Quote string
			Spans          []span
		}
	}
	read(t, h, "/v1/graph?around=Ann+Lee&depth=3&min-score=0", &g)
	for _, e := range g.Edges {
		law("graph", texts[e.Article], e.Quote, e.Spans)
	}
	if checked < 40 {
		t.Errorf("only %d spans were checked", checked)
	}
}
