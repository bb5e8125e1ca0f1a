package api_test

import (
	"net/http"
	"net/url"
	"testing"

	"saidgraph/api"
)

// FuzzQuery sends any query string to every route: the answer is never the server's fault, and always the contract's.
func FuzzQuery(f *testing.F) {
	for _, q := range []string{
		"", "q=who+criticized+whom", "q=who+criticized+%22", "q=how+are+a+and+b+and+c+connected", "q=%00", "q=%ff", "a=1;b=2", "%", "&&&=", "q", "=x",
		"limit=-1", "limit=9999999999999999999", "after=AAAA", "q=the&after=cgAA", "since=0000", "until=9999-12-31", "since=2025-02-30",
		"min-score=1e-400", "min-score=0x1p-2", "min-score=-0", "around=Ann+Lee&depth=3", "from=Ann+Lee&to=Water+Board", "speaker=Ann+Lee&q=a",
		"from=00000000-0000-0000-0000-000000000000", "around=%F0%9F%92%A7", "q=%E2%80%AE", "q=%22%22", "outlet=%09", "article=6ba7b810-9dad-51d1-80b4-00c04fd430c8",
		"q=who+said+what+limit:500+limit:1", "q=a*+OR+b", "q=who+is+%5C", "q=%E2%80%9Cx", "label=claim&q=%C3%A9",
	} {
		f.Add(q)
	}
	h := handler(f)
	c := served(f, h)
	_, routes := api.Surface()
	targets := []string{"/openapi.yaml", "/v1/actors/" + actorID("person", ann), "/v1/articles/" + articleID("https://hill.example/vote")}
	for path := range routes {
		targets = append(targets, path) // ":id" is itself a wrong id
	}
	f.Fuzz(func(t *testing.T, raw string) {
		for _, target := range targets {
			at, err := url.Parse(target)
			if err != nil {
				t.Fatal(err)
			}
			req := request(http.MethodGet, "/")
			req.URL = at
			req.URL.RawQuery = raw
			res, body := do(h, req)
			if res.StatusCode >= 500 {
				t.Fatalf("%s?%s: %d %s", target, raw, res.StatusCode, body)
			}
			c.check(t, req, res, body)
		}
	})
}
