package api_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// scenario is one request to the library and what the answer has and has not.
type scenario struct {
	name   string
	path   string
	status int
	has    []string
	hasNot []string
}

func (s scenario) run(t *testing.T, h http.Handler, c contract) {
	t.Helper()
	req := httptest.NewRequest(http.MethodGet, s.path, nil)
	res, body := do(h, req)
	if res.StatusCode != s.status {
		t.Fatalf("%s: status %d, want %d\n%s", s.path, res.StatusCode, s.status, body)
	}
	c.check(t, req, res, body)
	want := "application/json"
	if s.status >= 400 {
		want = "application/problem+json"
	}
	if got := res.Header.Get("Content-Type"); got != want {
		t.Errorf("Content-Type %q, want %q", got, want)
	}
	for _, part := range s.has {
		if !strings.Contains(string(body), part) {
			t.Errorf("%s: no %s in\n%s", s.path, part, body)
		}
	}
	for _, part := range s.hasNot {
		if strings.Contains(string(body), part) {
			t.Errorf("%s: %s in\n%s", s.path, part, body)
		}
	}
}

func run(t *testing.T, scenarios []scenario) {
	h := handler(t)
	c := served(t, h)
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) { s.run(t, h, c) })
	}
}

func TestAnswers(t *testing.T) {
	annID, boardID := actorID("person", ann), actorID("organization", board)
	run(t, []scenario{
		{"ask", "/v1/ask?q=who+criticized+Water+Board", 200,
			[]string{`"form":"who_criticized"`, `"name":"Ann Lee"`, `"quote":"Ann Lee blasted the Water Board on Tuesday."`, `"voice":"speaker"`}, []string{`"next"`}},
		{"ask, a limit over the question's", "/v1/ask?q=who+criticized+WB+limit:9&limit=1", 200, []string{`"next":"`}, nil},
		{"ask, unnamed source", "/v1/ask?q=who+said+what", 200, []string{`"by":"A clerk who would not be named"`, "<b>the wells</b>"}, nil},
		{"ask, profile", "/v1/ask?q=who+is+N%C3%BA%C3%B1ez", 200, []string{`"role":"director"`}, nil},
		{"ask, companions", "/v1/ask?q=who+is+quoted+with+Carla+N%C3%BA%C3%B1ez", 200, []string{`"companions":[`, `"joint":1`}, nil},
		{"ask, paths", "/v1/ask?q=how+are+Ann+Lee+and+Farmers%E2%80%99+Union+connected+min-score:0", 200, []string{`"paths":[`, `"type":"CRITICIZED"`}, nil},
		{"ask, declined", "/v1/ask?q=who+declined+to+comment", 200, []string{`"type":"DECLINED"`, `"name":"Water Board"`}, nil},
		{"ask, unknown name", "/v1/ask?q=who+criticized+Water+Bored", 200, []string{`"unknown":["Water Bored"]`, `"suggestions":[`}, nil},
		{"people", "/v1/people", 200, []string{`"n":2`, `"name":"Carla Núñez"`}, []string{board}},
		{"people by quotes", "/v1/people?count=quotes", 200, []string{`"items":[{"actor":{"id":"` + actorID("person", carla), `"n":3`}, []string{board}},
		{"people of a month", "/v1/people?since=2025-07&until=2025-07", 200, []string{`"n":1`, carla}, []string{ann}},
		{"people by name", "/v1/people?q=lee", 200, []string{ann, bruce}, []string{carla}},
		{"organizations", "/v1/organizations", 200, []string{`{"actor":{"id":"` + boardID, `"n":2`, union}, []string{ann}},
		{"actor", "/v1/actors/" + annID, 200, []string{`"aliases":["Councilwoman Lee","Lee"]`, `"criticized":{"total":2`, `"said":{"total":2`}, nil},
		{"actor who declined", "/v1/actors/" + boardID, 200, []string{`"declined":{"total":1`, `"criticized_by":{"total":2`, `"affiliations":{"total":1`}, nil},
		{"claims", "/v1/claims", 200, []string{`"type":"REPORTED"`, `"by":"A clerk who would not be named"`, "The plan, … is a disgrace."}, []string{`"next"`}},
		{"claims of a speaker", "/v1/claims?speaker=Councilwoman+Lee", 200, []string{`"asked":"Councilwoman Lee"`, "the river was low"}, []string{"patient"}},
		{"claims of a speaker by id", "/v1/claims?speaker=" + annID, 200, []string{`"match":"id"`, "the river was low"}, nil},
		{"claims about", "/v1/claims?about=WB", 200, []string{"is a disgrace", "would go ahead"}, []string{"patient"}},
		{"claims by word", "/v1/claims?q=plan", 200, []string{"The plan, … is a disgrace.", "the plan would go ahead"}, []string{"patient"}},
		{"claims by word of a speaker", "/v1/claims?q=plan&speaker=Ann+Lee", 200, []string{"disgrace"}, []string{"go ahead"}},
		{"claims of an outlet", "/v1/claims?outlet=valley+post", 200, []string{"disgrace"}, []string{"patient"}},
		{"claims of a kind", "/v1/claims?kind=indirect", 200, []string{"the river was low"}, []string{"disgrace"}},
		{"claims of an article", "/v1/claims?article=" + articleID("https://hill.example/vote"), 200, []string{"patient"}, []string{"disgrace"}},
		{"joint claim has both speakers", "/v1/claims?speaker=Bruce+Lee-Ortiz", 200, []string{`"name":"Carla Núñez"`, `"name":"Bruce Lee-Ortiz"`}, nil},
		{"no claims", "/v1/claims?q=zebra", 200, []string{`"items":[]`}, nil},
		{"criticisms", "/v1/criticisms", 200, []string{"blasted"}, []string{"attacked", "PRAISED"}},
		{"criticisms, unsure ones too", "/v1/criticisms?min-score=0", 200, []string{"attacked"}, nil},
		{"criticisms in the reporter's voice", "/v1/criticisms?from=Ann+Lee&to=Water+Board&voice=reporter", 200, []string{"blasted"}, []string{"disgrace"}},
		{"criticisms from two", "/v1/criticisms?from=Ann+Lee&from=Bruce+Lee-Ortiz&min-score=0", 200, []string{"blasted", "attacked"}, nil},
		{"praise", "/v1/criticisms?polarity=positive", 200, []string{"PRAISED", "who praised"}, []string{"CRITICIZED"}},
		{"article", "/v1/articles/" + articleID("https://valley.example/dry"), 200, []string{`"license":"CC BY 4.0`, `"edges":[`, "<script>"}, nil},
		{"paths", "/v1/paths?from=Ann+Lee&to=Water+Board", 200, []string{`"type":"CRITICIZED"`, `"from":{"id":"` + annID}, nil},
		{"no path", "/v1/paths?from=Ann+Lee&to=Ann+Lee", 200, []string{`"paths":[]`, `"hint":"`}, nil},
		{"graph", "/v1/graph?around=Ann+Lee", 200, []string{`"source":"` + annID, `"target":"` + boardID, `"weight":2`, `"label":"Water Board","kind":"organization","degree":2}`}, []string{union}},
		{"graph, deeper", "/v1/graph?around=Ann+Lee&depth=3", 200, []string{union}, nil},
		{"search", "/v1/search?q=board", 200, []string{`"actor"`}, nil},
		{"search for claims", "/v1/search?q=plan&label=claim", 200, []string{"disgrace", "go ahead"}, []string{`"actor":`}},
		{"search, fuzzy", "/v1/search?q=nunes&fuzzy=true", 200, []string{carla}, nil},
		{"stats", "/v1/stats", 200, []string{`"person":3`, `"article":3`, `"CRITICIZED":3`}, nil},
		{"health", "/healthz", 200, []string{`"status":"ok"`, `"version":"test"`}, nil},
		{"ready", "/readyz", 200, []string{`"status":"ready"`}, nil},
	})
}

func TestProblems(t *testing.T) {
	nobody := "6ba7b810-9dad-51d1-80b4-00c04fd430c8"
	run(t, []scenario{
		{"unknown parameter", "/v1/claims?speakr=x", 400, []string{`"field":"speakr"`, `"accepted":["about","after","article"`}, nil},
		{"unknown parameter where none is taken", "/v1/stats?x=1", 400, []string{`"field":"x"`}, nil},
		{"missing question", "/v1/ask", 400, []string{`"field":"q"`}, nil},
		{"empty question", "/v1/ask?q=+", 400, []string{`"field":"q"`}, nil},
		{"no question", "/v1/ask?q=why", 400, []string{`"field":"q"`, `"span":{"start":0,"end":3}`}, nil},
		{"wrong filter in a question", "/v1/ask?q=who+said+what+since:soon", 400, []string{`"field":"since"`, `"span":{"start":14,"end":24}`}, nil},
		{"long question", "/v1/ask?q=" + strings.Repeat("a", 501), 400, []string{`"field":"q"`}, nil},
		{"given twice", "/v1/ask?q=who+said+what&q=who+said+what", 400, []string{`"field":"q"`}, nil},
		{"limit 0", "/v1/people?limit=0", 400, []string{`"field":"limit"`}, nil},
		{"limit 501", "/v1/people?limit=501", 400, []string{`"field":"limit"`}, nil},
		{"depth 4", "/v1/graph?around=Ann+Lee&depth=4", 400, []string{`"field":"depth"`}, nil},
		{"since no date", "/v1/claims?since=June", 400, []string{`"field":"since"`}, nil},
		{"until before since", "/v1/claims?since=2025-07&until=2025-06", 400, []string{`"field":"until"`}, nil},
		{"score above 1", "/v1/claims?min-score=1.1", 400, []string{`"field":"min-score"`}, nil},
		{"score NaN", "/v1/claims?min-score=NaN", 400, []string{`"field":"min-score"`}, nil},
		{"kind", "/v1/claims?kind=loud", 400, []string{`"field":"kind"`}, nil},
		{"voice", "/v1/criticisms?voice=mine", 400, []string{`"field":"voice"`}, nil},
		{"polarity", "/v1/criticisms?polarity=mixed", 400, []string{`"field":"polarity"`, `"accepted":["negative","positive","any"]`}, nil},
		{"article no id", "/v1/claims?article=1", 400, []string{`"field":"article"`}, nil},
		{"broken cursor", "/v1/claims?after=x", 400, []string{`"field":"after"`}, nil},
		{"broken cursor of a search", "/v1/search?q=board&after=x", 400, []string{`"field":"after"`}, nil},
		{"broken cursor of a tally", "/v1/people?after=x", 400, []string{`"field":"after"`}, nil},
		{"q with since", "/v1/people?q=lee&since=2025", 400, []string{`"field":"since"`}, nil},
		{"not UTF-8", "/v1/search?q=%ff", 400, []string{`"field":"q"`}, nil},
		{"NUL", "/v1/search?q=a%00", 400, []string{`"field":"q"`}, nil},
		{"broken escape", "/v1/search?q=%zz", 400, nil, nil},
		{"path id", "/v1/actors/ann", 400, []string{`"field":"id"`}, nil},
		{"nobody", "/v1/actors/" + nobody, 404, nil, nil},
		{"an article is no actor", "/v1/actors/" + articleID("https://hill.example/vote"), 404, nil, nil},
		{"an actor is no article", "/v1/articles/" + actorID("person", ann), 404, []string{`"field":"id"`}, nil},
		{"no such article", "/v1/articles/" + nobody, 404, nil, nil},
		{"unknown speaker", "/v1/claims?speaker=Anne+Leigh", 404, []string{`"field":"speaker"`}, nil},
		{"unknown critic, with suggestions", "/v1/criticisms?from=Ann+Lea", 404, []string{`"field":"from"`, `"suggestions":[{`, ann}, nil},
		{"unknown end of a path", "/v1/paths?from=Ann+Lee&to=Watr+Board", 404, []string{`"field":"to"`, board}, nil},
		{"unknown centre", "/v1/graph?around=Nobody", 404, []string{`"field":"around"`}, nil},
		{"unknown id", "/v1/graph?around=" + nobody, 404, []string{`"field":"around"`}, nil},
		{"missing end", "/v1/paths?from=Ann+Lee", 400, []string{`"field":"to"`}, nil},
	})
}

// TestPaging walks every list one item at a time and must meet what one large page holds, in its order.
func TestPaging(t *testing.T) {
	h := handler(t)
	c := served(t, h)
	type page struct {
		Items []json.RawMessage `json:"items"`
		Rows  []json.RawMessage `json:"rows"`
		Next  string            `json:"next"`
	}
	get := func(t *testing.T, path string) page {
		req := httptest.NewRequest(http.MethodGet, path, nil)
		res, body := do(h, req)
		c.check(t, req, res, body)
		var p page
		if err := json.Unmarshal(body, &p); err != nil || res.StatusCode != 200 {
			t.Fatalf("%s: %d %s", path, res.StatusCode, body)
		}
		p.Items = append(p.Items, p.Rows...)
		return p
	}
	for _, path := range []string{
		"/v1/people?", "/v1/people?count=quotes", "/v1/people?q=l", "/v1/organizations?", "/v1/claims?", "/v1/claims?q=the",
		"/v1/claims?speaker=Ann+Lee", "/v1/criticisms?min-score=0&polarity=any", "/v1/search?q=b", "/v1/search?q=the", "/v1/ask?q=who+said+what",
	} {
		t.Run(path, func(t *testing.T) {
			want := get(t, path+"&limit=500")
			if len(want.Items) < 2 || want.Next != "" {
				t.Fatalf("%d items, next %q: nothing to page through", len(want.Items), want.Next)
			}
			after := ""
			for i, item := range want.Items {
				p := get(t, path+"&limit=1"+after)
				if len(p.Items) != 1 || string(p.Items[0]) != string(item) {
					t.Fatalf("page %d has %s, want %s", i, p.Items, item)
				}
				var at struct{ Cursor string }
				if err := json.Unmarshal(p.Items[0], &at); err != nil || p.Next != "" && at.Cursor != p.Next {
					t.Fatalf("page %d: its item's cursor %q is not the next %q (%v)", i, at.Cursor, p.Next, err)
				}
				if last := i == len(want.Items)-1; (p.Next == "") != last {
					t.Fatalf("page %d of %d has next %q", i+1, len(want.Items), p.Next)
				}
				after = "&after=" + p.Next
			}
		})
	}
}
