package api_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"iter"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"saidgraph/api"
	"saidgraph/graph"
	"saidgraph/graph/memory"
)

func request(method, target string, headers ...string) *http.Request {
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

// TestManners tells what a request gets that the routes never see.
func TestManners(t *testing.T) {
	body := request("GET", "/v1/stats")
	body.Body, body.ContentLength = io.NopCloser(strings.NewReader("{}")), 2
	foreign := request("GET", "/v1/stats")
	foreign.Host = "evil.example:8080"
	local := request("GET", "/v1/stats")
	local.Host = "[::1]:8080"
	const key = "Authorization"
	for name, c := range map[string]struct {
		opts   api.Options
		req    *http.Request
		status int
		header string // Name: value that the answer must have
	}{
		"no such path":            {req: request("GET", "/v2/claims"), status: 404},
		"trailing slash":          {req: request("GET", "/v1/claims/"), status: 404},
		"POST":                    {req: request("POST", "/v1/claims"), status: 405, header: "Allow: GET, HEAD"},
		"DELETE of the page":      {req: request("DELETE", "/"), status: 405, header: "Allow: GET, HEAD"},
		"OPTIONS without CORS":    {req: request("OPTIONS", "/v1/claims", "Origin", "https://a.example", "Access-Control-Request-Method", "GET"), status: 405},
		"body":                    {req: body, status: 413},
		"huge query":              {req: request("GET", "/v1/claims?q="+strings.Repeat("a", api.MaxQuery)), status: 414},
		"security headers":        {req: request("GET", "/v1/stats"), status: 200, header: "X-Content-Type-Options: nosniff"},
		"no framing":              {req: request("GET", "/"), status: 200, header: "X-Frame-Options: DENY"},
		"page's policy":           {req: request("GET", "/"), status: 200, header: "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
		"API's policy":            {req: request("GET", "/v1/stats"), status: 200, header: "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'"},
		"no cache without asking": {req: request("GET", "/v1/stats"), status: 200, header: "Cache-Control: private, no-cache"},
		"foreign host, local":     {opts: api.Options{Local: true}, req: foreign, status: 421},
		"foreign host":            {req: foreign, status: 200},
		"local host":              {opts: api.Options{Local: true}, req: local, status: 200},
		"no key":                  {opts: api.Options{Keys: []string{"k1", "k2"}}, req: request("GET", "/v1/stats"), status: 401, header: `WWW-Authenticate: Bearer realm="saidgraph"`},
		"wrong key":               {opts: api.Options{Keys: []string{"k1", "k2"}}, req: request("GET", "/v1/stats", key, "Bearer k3"), status: 401},
		"second key":              {opts: api.Options{Keys: []string{"k1", "k2"}}, req: request("GET", "/v1/stats", key, "bearer k2"), status: 200},
		"wrong scheme":            {opts: api.Options{Keys: []string{"k1"}}, req: request("GET", "/v1/stats", key, "Basic k1"), status: 401},
		"empty key":               {opts: api.Options{Keys: []string{""}}, req: request("GET", "/v1/stats", key, "Bearer "), status: 401},
		"unknown path, no key":    {opts: api.Options{Keys: []string{"k1"}}, req: request("GET", "/v1/secret"), status: 401},
		"metrics need a key":      {opts: api.Options{Keys: []string{"k1"}}, req: request("GET", "/metrics"), status: 401, header: "Www-Authenticate: Bearer realm=\"saidgraph\""},
		"no metrics":              {req: request("GET", "/metrics"), status: 404, header: "Cache-Control: no-store"},
		"health needs no key":     {opts: api.Options{Keys: []string{"k1"}}, req: request("GET", "/healthz"), status: 200, header: "Cache-Control: no-store"},
		"page needs no key":       {opts: api.Options{Keys: []string{"k1"}}, req: request("GET", "/?q=x"), status: 200, header: "Content-Type: text/html; charset=utf-8"},
		"CORS":                    {opts: api.Options{Origins: []string{"https://a.example"}}, req: request("GET", "/v1/stats", "Origin", "https://a.example"), status: 200, header: "Access-Control-Allow-Origin: https://a.example"},
		"CORS of a problem":       {opts: api.Options{Origins: []string{"*"}}, req: request("GET", "/v1/ask", "Origin", "https://a.example"), status: 400, header: "Access-Control-Allow-Origin: *"},
		"CORS, another origin":    {opts: api.Options{Origins: []string{"https://a.example"}}, req: request("GET", "/v1/stats", "Origin", "https://b.example"), status: 200, header: "Access-Control-Allow-Origin: "},
		"preflight, with keys":    {opts: api.Options{Origins: []string{"https://a.example"}, Keys: []string{"k"}}, req: request("OPTIONS", "/v1/stats", "Origin", "https://a.example", "Access-Control-Request-Method", "GET"), status: 204, header: "Access-Control-Allow-Headers: Authorization, If-None-Match"},
	} {
		t.Run(name, func(t *testing.T) {
			res, body := do(api.New(store(t), c.opts), c.req)
			if res.StatusCode != c.status {
				t.Errorf("status %d, want %d\n%s", res.StatusCode, c.status, body)
			}
			if got := res.Header.Get("Content-Type"); c.status >= 400 && got != "application/problem+json" {
				t.Errorf("an error is %q", got)
			}
			if field, want, ok := strings.Cut(c.header, ": "); ok && res.Header.Get(field) != want {
				t.Errorf("%s is %q, want %q", field, res.Header.Get(field), want)
			}
		})
	}
}

// TestHead holds HEAD to GET's headers, over a real connection, where net/http drops the body.
func TestHead(t *testing.T) {
	server := httptest.NewServer(handler(t))
	defer server.Close()
	for _, path := range []string{"/", "/v1/stats", "/v1/ask", "/openapi.yaml", "/nothing"} {
		get, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		get.Body.Close()
		head, err := http.Head(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		rest, _ := io.ReadAll(head.Body)
		head.Body.Close()
		if head.StatusCode != get.StatusCode || head.Header.Get("Content-Type") != get.Header.Get("Content-Type") || len(rest) > 0 {
			t.Errorf("HEAD %s: %d %q with %d bytes; GET: %d %q", path, head.StatusCode, head.Header.Get("Content-Type"), len(rest), get.StatusCode, get.Header.Get("Content-Type"))
		}
	}
}

func TestTagsAndCompression(t *testing.T) {
	h := handler(t)
	for _, path := range []string{"/v1/claims", "/ui/app.js", "/openapi.yaml"} {
		res, plain := do(h, request("GET", path))
		tag := res.Header.Get("ETag")
		if res, body := do(h, request("GET", path, "If-None-Match", `"x", `+tag)); res.StatusCode != 304 || len(body) > 0 || tag == "" {
			t.Errorf("%s: with its tag %q: %d, %d bytes, want 304 and none", path, tag, res.StatusCode, len(body))
		}
		if res, _ := do(h, request("GET", path, "If-None-Match", `W/"x"`)); res.StatusCode != 200 {
			t.Errorf("%s: with another tag: %d", path, res.StatusCode)
		}
		res, packed := do(h, request("GET", path, "Accept-Encoding", "gzip"))
		if res.Header.Get("Content-Encoding") != "gzip" || !strings.Contains(res.Header.Get("Vary"), "Accept-Encoding") {
			t.Errorf("%s: encoding %q, Vary %q", path, res.Header.Get("Content-Encoding"), res.Header.Get("Vary"))
			continue
		}
		r, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := io.ReadAll(r); !bytes.Equal(got, plain) {
			t.Errorf("%s: the compressed answer is another", path)
		}
	}
}

// broken is a store in which some reads fail as the network, a bug or a slow disk would make them.
type broken struct {
	graph.Store
	err error
}

func (b broken) Stats(ctx context.Context) (graph.Stats, error) {
	switch b.err {
	case nil:
		panic("a secret of the inside")
	case context.DeadlineExceeded:
		<-ctx.Done()
		return graph.Stats{}, ctx.Err()
	}
	return graph.Stats{}, b.err
}

func (b broken) Node(ctx context.Context, _ graph.ID) (graph.Node, error) {
	_, err := b.Stats(ctx)
	return graph.Node{}, err
}

func (b broken) Edges(context.Context, graph.Filter) iter.Seq2[graph.Row, error] {
	return func(yield func(graph.Row, error) bool) { yield(graph.Row{}, b.err) }
}

// TestFaults tells what a failing store looks like from outside: the right status, and nothing of the inside.
func TestFaults(t *testing.T) {
	secret := errors.New("dial tcp 10.0.0.7: a secret of the inside")
	for name, c := range map[string]struct {
		err    error
		path   string
		status int
	}{
		"panic":              {nil, "/v1/stats", 500},
		"bug":                {secret, "/v1/stats", 500},
		"bug in a stream":    {secret, "/v1/claims", 500},
		"unavailable":        {&graph.Error{Op: "x", Code: graph.Unavailable, Err: secret}, "/v1/stats", 503},
		"conflict":           {&graph.Error{Op: "x", Code: graph.Conflict, Err: errors.New("held")}, "/v1/stats", 409},
		"slow":               {context.DeadlineExceeded, "/v1/stats", 503},
		"not ready":          {secret, "/readyz", 503},
		"not ready, slow":    {context.DeadlineExceeded, "/readyz", 503},
		"health asks nobody": {nil, "/healthz", 200},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			h := api.New(broken{store(t), c.err}, api.Options{Timeout: 20 * time.Millisecond, Logger: slog.New(slog.NewTextHandler(&log, nil))})
			res, body := do(h, request("GET", c.path+"?"))
			if res.StatusCode != c.status {
				t.Errorf("status %d, want %d: %s", res.StatusCode, c.status, body)
			}
			if strings.Contains(string(body), "secret") || strings.Contains(string(body), "10.0.0.7") {
				t.Errorf("the inside shows: %s", body)
			}
			if c.status == 500 && !strings.Contains(log.String(), "a secret of the inside") {
				t.Errorf("the log does not say why: %s", log.String())
			}
			if c.status == 503 && res.Header.Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
		})
	}
}

// TestLog wants one line a request, without what people look for.
func TestLog(t *testing.T) {
	var log bytes.Buffer
	h := api.New(store(t), api.Options{Logger: slog.New(slog.NewTextHandler(&log, nil))})
	do(h, request("GET", "/v1/search?q=sensitive"))
	if got := log.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "path=/v1/search") || strings.Contains(got, "sensitive") {
		t.Errorf("log: %s", got)
	}
}

func TestLoopback(t *testing.T) {
	for addr, want := range map[string]bool{
		"127.0.0.1:8080": true, "localhost:0": true, "[::1]:80": true, "127.9.9.9:1": true,
		":8080": false, "0.0.0.0:8080": false, "[::]:80": false, "10.0.0.1:80": false, "example.org:80": false,
		"127.0.0.1": false, "": false, "localhost.evil.example:80": false,
	} {
		if got := api.Loopback(addr); got != want {
			t.Errorf("Loopback(%q) = %v, want %v", addr, got, want)
		}
	}
}

// TestServer holds the server to its limits on a real connection.
func TestServer(t *testing.T) {
	s := api.NewServer("127.0.0.1:0", handler(t), nil)
	server := httptest.NewUnstartedServer(nil)
	server.Config = s
	server.Start()
	defer server.Close()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/healthz", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Padding", strings.Repeat("a", 64<<10))
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("64 KiB of headers: %d, want 431", res.StatusCode)
	}
	if s.ReadHeaderTimeout <= 0 || s.ReadTimeout <= 0 || s.WriteTimeout <= 0 || s.IdleTimeout <= 0 {
		t.Error("a timeout is missing")
	}
}

// counting is a store whose Stats waits, and counts how many do at a time.
type counting struct {
	graph.Store
	now, most atomic.Int32
	open      chan struct{}
}

func (c *counting) Stats(ctx context.Context) (graph.Stats, error) {
	n := c.now.Add(1)
	defer c.now.Add(-1)
	for most := c.most.Load(); n > most && !c.most.CompareAndSwap(most, n); most = c.most.Load() {
		continue
	}
	select {
	case <-c.open:
	case <-ctx.Done():
	}
	return graph.Stats{}, ctx.Err()
}

func TestAtOnce(t *testing.T) {
	store := &counting{Store: memory.New(), open: make(chan struct{})}
	h := api.New(store, api.Options{Timeout: time.Minute})
	ask := func(ctx context.Context, target string) int {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, request("GET", target).WithContext(ctx))
		return w.Code
	}
	var wg sync.WaitGroup
	var ok atomic.Int32
	for range 3 * api.AtOnce {
		wg.Go(func() {
			if ask(t.Context(), "/v1/stats") == http.StatusOK {
				ok.Add(1)
			}
		})
	}
	for store.now.Load() < api.AtOnce {
		time.Sleep(time.Millisecond)
	}
	if code := ask(t.Context(), "/readyz"); code != http.StatusOK {
		t.Errorf("busy: /readyz is %d", code)
	}
	hung, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if code := ask(hung, "/v1/stats"); code == http.StatusOK {
		t.Errorf("a request that found no room is %d", code)
	}
	close(store.open)
	wg.Wait()
	if store.most.Load() != api.AtOnce || ok.Load() != 3*api.AtOnce {
		t.Errorf("%d at once, %d answered; want %d and %d", store.most.Load(), ok.Load(), api.AtOnce, 3*api.AtOnce)
	}
}
