package api_test

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"saidgraph/api"
)

// contract is the document as it is served, and a router over it.
type contract struct {
	doc    *openapi3.T
	router routers.Router
}

func served(tb testing.TB, h http.Handler) contract {
	tb.Helper()
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/openapi.yaml", nil))
	doc, err := openapi3.NewLoader().LoadFromData(rec.Body.Bytes())
	if err != nil {
		tb.Fatal(err)
	}
	if err := doc.Validate(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		tb.Fatal(err)
	}
	return contract{doc, router}
}

// check holds one answer to the document; of a request that succeeded the parameters too.
func (c contract) check(tb testing.TB, req *http.Request, res *http.Response, body []byte) {
	tb.Helper()
	route, path, err := c.router.FindRoute(req)
	if err != nil {
		tb.Errorf("%s is not in the contract: %v", req.URL, err)
		return
	}
	in := &openapi3filter.RequestValidationInput{Request: req, PathParams: path, Route: route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc}}
	if res.StatusCode < 400 {
		if err := openapi3filter.ValidateRequest(req.Context(), in); err != nil {
			tb.Errorf("%s succeeded, but the contract refuses it: %v", req.URL, err)
		}
	}
	err = openapi3filter.ValidateResponse(req.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: in, Status: res.StatusCode, Header: res.Header, Body: io.NopCloser(bytes.NewReader(body)),
		Options: &openapi3filter.Options{IncludeResponseStatus: true},
	})
	if err != nil {
		tb.Errorf("%s: the answer is not the contract's: %v\n%s", req.URL, err, body)
	}
}

// TestRoutesAreTheContract holds paths and parameters of router and document to each other.
func TestRoutesAreTheContract(t *testing.T) {
	doc := served(t, handler(t)).doc
	paths, params := api.Surface()
	documented := map[string]bool{}
	for path, item := range doc.Paths.Map() {
		at := strings.NewReplacer("{", ":", "}", "").Replace(path)
		documented[at] = true
		if got, want := paths[at], []string{"GET", "HEAD"}; !slices.Equal(got, want) {
			t.Errorf("%s: the router answers %v, want %v", path, got, want)
		}
		if got := slices.Sorted(maps.Keys(item.Operations())); !slices.Equal(got, []string{"GET"}) {
			t.Errorf("%s: the contract has %v, want GET alone", path, got)
		}
		var names []string
		for _, p := range item.Get.Parameters {
			if p.Value.In == "query" {
				names = append(names, p.Value.Name)
			}
		}
		slices.Sort(names)
		if !slices.Equal(names, params[at]) {
			t.Errorf("%s: the contract has parameters %v, the router %v", path, names, params[at])
		}
	}
	for path := range paths {
		if !documented[path] && path != "/" && !strings.HasPrefix(path, "/ui/") {
			t.Errorf("%s is not in the contract", path)
		}
	}
}

// TestDocumentedParametersAreAccepted sends each parameter's example, and a value that its schema refuses.
func TestDocumentedParametersAreAccepted(t *testing.T) {
	h := handler(t)
	c := served(t, h)
	for path, item := range c.doc.Paths.Map() {
		for _, p := range item.Get.Parameters {
			if p.Value.In != "query" || p.Value.Name == "after" { // a cursor has to come from an answer: TestPaging
				continue
			}
			t.Run(strings.TrimPrefix(path, "/v1/")+" "+p.Value.Name, func(t *testing.T) {
				query := url.Values{}
				for _, other := range item.Get.Parameters {
					if other.Value.Required && other.Value.In == "query" {
						add(query, other.Value)
					}
				}
				query.Del(p.Value.Name)
				add(query, p.Value)
				target := strings.ReplaceAll(path, "{id}", actorID("person", ann))
				req := httptest.NewRequest(http.MethodGet, target+"?"+query.Encode(), nil)
				res, body := do(h, req)
				if res.StatusCode != http.StatusOK {
					t.Fatalf("%s: %d %s", req.URL, res.StatusCode, body)
				}
				c.check(t, req, res, body)
				schema := p.Value.Schema.Value
				if schema.Type.Is("array") {
					schema = schema.Items.Value
				}
				if schema.Type.Is("string") && len(schema.Enum) == 0 && schema.Pattern == "" && schema.Format == "" {
					return // any text is right
				}
				query.Set(p.Value.Name, "no such value")
				res, body = do(h, httptest.NewRequest(http.MethodGet, target+"?"+query.Encode(), nil))
				if want := fmt.Sprintf(`"field":%q`, p.Value.Name); res.StatusCode != http.StatusBadRequest || !strings.Contains(string(body), want) {
					t.Errorf("a wrong %s: %d %s, want 400 with %s", p.Value.Name, res.StatusCode, body, want)
				}
			})
		}
	}
}

func add(query url.Values, p *openapi3.Parameter) {
	if many, ok := p.Example.([]any); ok {
		for _, v := range many {
			query.Add(p.Name, fmt.Sprint(v))
		}
		return
	}
	query.Set(p.Name, fmt.Sprint(p.Example))
}

func do(h http.Handler, req *http.Request) (*http.Response, []byte) {
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, req)
	return rec.Result(), rec.Body.Bytes()
}
