package loaders_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"saidgraph/graph"
	"saidgraph/loaders"
	"saidgraph/loaders/quote"
	"saidgraph/loaders/source"
)

// docs yields n articles, a few of them by the same people; the k-th has the address …/k.
func docs(n int) iter.Seq2[source.Raw, error] {
	return func(yield func(source.Raw, error) bool) {
		for k := range n {
			if !yield(document(k), nil) {
				return
			}
		}
	}
}

func document(k int) source.Raw {
	return source.Raw{
		From: "docs", Line: k + 1, URL: fmt.Sprintf("https://example.org/%d", k), Date: "2025-07-19", Outlet: "Post",
		Text: fmt.Sprintf("“Number %d is över.” said Ann A%c. Ann A%c blasted Bob B%c.", k, 'a'+k%7, 'a'+k%7, 'a'+k%5),
	}
}

func load(t testing.TB, store graph.Store, in iter.Seq2[source.Raw, error], o loaders.Options) loaders.Report {
	t.Helper()
	r, err := loaders.Load(t.Context(), store, toy, in, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestLoad(t *testing.T) {
	store := newStore(t)
	r := load(t, store, docs(250), loaders.Options{})
	if r.Read != 250 || r.Loaded != 250 || r.Failed != 0 || r.Claims != 250 || r.Criticisms != 250 || r.Interrupted {
		t.Errorf("got %+v, want 250 articles, claims and criticisms", r)
	}
	s, err := store.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if s.Nodes[graph.ArticleNode] != 250 || s.Nodes[graph.Person] != 12 || s.Edges[graph.Criticized] != 250 || s.Edges[graph.Published] != 250 {
		t.Errorf("got %+v, want 250 articles with 12 people", s)
	}
}

// Loading again, in another order, with other numbers of workers and articles a transaction, gives the same graph.
func TestLoadOrder(t *testing.T) {
	want := newStore(t)
	load(t, want, docs(300), loaders.Options{Workers: 1, Batch: 1})
	for _, o := range []loaders.Options{{Workers: 4, Batch: 7}, {Workers: 2, Batch: 100, Reload: true}} {
		got := newStore(t)
		backwards := func(yield func(source.Raw, error) bool) {
			for k := 299; k >= 0; k-- {
				if !yield(document(k), nil) {
					return
				}
			}
		}
		load(t, got, backwards, o)
		r := load(t, got, docs(300), o)
		if o.Reload != (r.Loaded == 300) || o.Reload == (r.Unchanged == 300) {
			t.Errorf("%+v: the second load said %+v", o, r)
		}
		if !slices.Equal(dump(t, got), dump(t, want)) {
			t.Errorf("%+v: another graph than that of a plain load", o)
		}
	}
}

func TestLoadReplaces(t *testing.T) {
	old := document(1)
	changed := old
	changed.Text = "“All new.” said Cy Cc."
	title := old
	title.Title = "Corrected"
	tests := []struct {
		name      string
		in        []source.Raw
		text      string
		unchanged int
	}{
		{"a new text", []source.Raw{old, changed}, changed.Text, 0},
		{"and back", []source.Raw{old, changed, old}, old.Text, 0},
		{"the same", []source.Raw{old, old}, old.Text, 0}, // the second may be analysed before the first is written
		{"a new title", []source.Raw{old, title}, old.Text, 0},
	}
	for _, tt := range tests {
		for _, before := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, loaded before %v", tt.name, before), func(t *testing.T) {
				store := newStore(t)
				if before {
					load(t, store, docs(2), loaders.Options{})
				}
				load(t, store, func(yield func(source.Raw, error) bool) {
					for _, raw := range tt.in {
						if !yield(raw, nil) {
							return
						}
					}
				}, loaders.Options{Workers: 4})
				id := graph.ArticleID(old.URL, "")
				node, err := store.Node(t.Context(), id)
				if err != nil {
					t.Fatal(err)
				}
				last := tt.in[len(tt.in)-1]
				if node.Article.Text != tt.text || last.Title != "" && node.Article.Title != last.Title {
					t.Errorf("got %+v, want the last text %q", node.Article, tt.text)
				}
				said := 0
				for row, err := range store.Edges(t.Context(), graph.Filter{Articles: []graph.ID{id}, Types: []graph.Type{graph.Said}}) {
					if said++; err != nil || !strings.Contains(tt.text, row.Edge.Evidence.Quote) {
						t.Errorf("got %q, %v, want a quote of %q", row.Edge.Evidence.Quote, err, tt.text)
					}
				}
				if said != 1 {
					t.Errorf("got %d claims, want 1", said)
				}
			})
		}
	}
}

// One broken file among 1,000, and each other way to break: the rest is loaded.
func TestLoadBadInput(t *testing.T) {
	dir := t.TempDir()
	write := func(name, data string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for k := range 1000 {
		write(fmt.Sprintf("%04d.txt", k), document(k).Text)
	}
	write("0500.txt", "\x00\x01\x02\x03\xff broken \x00")
	write("a-empty.txt", "")
	write("b-panics.txt", "“KABOOM.” said Ann Aa.")
	write("c-latin1.txt", "\x93Jos\xe9 left.\x94 said Ann Aa.")
	write("d.jsonl", `{"text": "“One.” said Ann Aa.", "date": "soon"}
{"text": "“Two.” said Ann Aa.", "url": "javascript:alert(1)"}
{"text": "“Three.” said Ann Aa."}
{"text": 4}
{"text":
`)
	want := []string{
		"0500.txt: is binary, not text: a NUL at byte 0",
		"a-empty.txt: is empty",
		"b-panics.txt: text: the engine panicked: kaboom (please report it with the text; the rest is loaded)",
		"d.jsonl:1: date: is no date that can be read (write it as 2025-07-19 or 2025-07-19T08:30:00Z)",
		"d.jsonl:2: url: is not an absolute http or https address (give an http or https address, or leave it out)",
		"d.jsonl:4: text: must be a string, found a JSON number",
		"d.jsonl:5: is no JSON: unexpected end of JSON input",
	}
	var got []string
	store := newStore(t)
	r := load(t, store, source.Reader{}.Read(t.Context(), dir), loaders.Options{Failed: func(e *source.Error) {
		got = append(got, strings.TrimPrefix(e.Error(), dir+"/"))
	}})
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if r.Read != 1008 || r.Loaded != 1001 || r.Failed != len(want) || len(r.Failures) != len(want) {
		t.Errorf("got %d read, %d loaded, %d failed; want 1008, 1001, %d", r.Read, r.Loaded, r.Failed, len(want))
	}
	s, err := store.Stats(t.Context())
	if err != nil || s.Nodes[graph.ArticleNode] != 1001 {
		t.Errorf("got %+v, %v; want the 1001 others in the store", s, err)
	}
}

func TestLoadKeepsWhatIsNotAnalysed(t *testing.T) {
	store := newStore(t)
	r := load(t, store, func(yield func(source.Raw, error) bool) {
		yield(source.Raw{From: "f", Outlet: "Post", Text: "GERMAN"}, nil)
	}, loaders.Options{})
	if r.Loaded != 1 || r.NotAnalysed["not English"] != 1 {
		t.Errorf("got %+v, want the article loaded and not analysed", r)
	}
}

// When the context ends, what is in hand is finished and nothing else is read; loading again completes the graph.
func TestLoadInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	store := newStore(t)
	var seen int
	r, err := loaders.Load(ctx, store, toy, docs(100000), loaders.Options{Workers: 3, Batch: 10, Progress: func(r loaders.Report) {
		if seen = r.Loaded; seen >= 50 {
			cancel()
		}
	}})
	if err != nil || !r.Interrupted || r.Loaded < 50 || r.Loaded > 200 {
		t.Errorf("got %+v, %v; want it interrupted soon after 50 articles", r, err)
	}
	if n := len(dump(t, store)); n != r.Loaded*7 { // 6 edges and the article
		t.Errorf("got %d lines of graph for %d articles, want 7 each", n, r.Loaded)
	}
}

// failing is a store that fails at its n-th transaction, or refuses one article.
type failing struct {
	graph.Store
	code graph.Code
	url  string
}

func (f failing) Apply(ctx context.Context, batches ...graph.Batch) error {
	for _, b := range batches {
		if b.Article.URL == f.url {
			return &graph.Error{Op: "test.Apply", Code: f.code, Field: "edges[0]", Err: errors.New("no")}
		}
	}
	return f.Store.Apply(ctx, batches...)
}

func TestLoadStoreFails(t *testing.T) {
	url := document(42).URL
	t.Run("for one article", func(t *testing.T) {
		r, err := loaders.Load(t.Context(), failing{newStore(t), graph.Invalid, url}, toy, docs(100), loaders.Options{})
		if err != nil || r.Loaded != 99 || r.Failed != 1 || r.Failures[0].Line != 43 {
			t.Errorf("got %+v, %v; want one failure, of line 43", r, err)
		}
	})
	t.Run("for all", func(t *testing.T) {
		r, err := loaders.Load(t.Context(), failing{newStore(t), graph.Unavailable, url}, toy, docs(100000), loaders.Options{Batch: 10})
		if graph.CodeOf(err) != graph.Unavailable || r.Loaded != 40 {
			t.Errorf("got %d loaded, %v; want an end after 40", r.Loaded, err)
		}
	})
}

// However slow the store, no more than a bounded number of documents is on its way.
func TestLoadBackPressure(t *testing.T) {
	var read atomic.Int64
	most := 0
	in := func(yield func(source.Raw, error) bool) {
		for raw := range docs(400) {
			read.Add(1)
			if !yield(raw, nil) {
				return
			}
		}
	}
	load(t, newStore(t), in, loaders.Options{Workers: 2, Batch: 10, Progress: func(r loaders.Report) { most = max(most, int(read.Load())-r.Read) }})
	if limit := 10 + 8*2 + 2; most > limit {
		t.Errorf("%d documents were read ahead of the writer, want at most %d", most, limit)
	}
}

// applied is a store that notes how many articles and bytes of text each transaction has.
type applied struct {
	graph.Store
	articles, most int
}

func (a *applied) Apply(ctx context.Context, batches ...graph.Batch) error {
	text := 0
	for _, b := range batches {
		text += len(b.Article.Text)
	}
	a.articles, a.most = a.articles+len(batches), max(a.most, text)
	return a.Store.Apply(ctx, batches...)
}

func TestHugeArticlesEndATransaction(t *testing.T) {
	store := &applied{Store: newStore(t)}
	pad := strings.Repeat("A long, long story. ", 9<<20/20)
	silent := func(string) *quote.Analysis { return &quote.Analysis{} }
	r, err := loaders.Load(t.Context(), store, silent, func(yield func(source.Raw, error) bool) {
		for k := range 9 {
			raw := document(k)
			if k < 5 {
				raw.Text += "\n" + pad
			}
			if !yield(raw, nil) {
				return
			}
		}
	}, loaders.Options{Batch: 8})
	if err != nil || r.Loaded != 9 || store.articles != 9 || store.most > 42<<20 {
		t.Errorf("%d articles, %v; %d in transactions of up to %d bytes; want 9, and a transaction ended by its 32 MiB", r.Loaded, err, store.articles, store.most)
	}
}
