// Package saidgraph holds no code: only the tests that keep the house as ARCHITECTURE.md draws it.
package saidgraph

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "saidgraph"

// layers says what of ours each package may import, the most specific directory first. "…" takes in all
// packages below. A new package needs a row here: that is the moment to ask where it belongs.
var layers = []struct {
	dir  string
	may  []string
	note string
}{
	{"cmd/train", []string{"loaders/quote…"}, "developers' tool: gold data to models"},
	{"cmd/train/neural", []string{"loaders/quote…"}, "developers' tool: gold data to the neural tagger"},
	{"cmd/train/pair", []string{"loaders/quote…"}, "developers' tool: gold data to the network of who judges whom"},
	{"cmd/train/report", nil, "developers' tool: gold and predictions to a page of errors"},
	{"cmd/saidgraph", []string{"api", "graph…", "loaders…", "queries"}, "wires everything"},
	{"api", []string{"graph", "queries"}, "asks; never loads, never knows a store"},
	{"queries", []string{"graph"}, "questions over the store's few reads"},
	{"graph/storetest", []string{"graph", "graph/memory"}, "the suite; memory is its oracle"},
	{"graph/memory", []string{"graph"}, "a store"},
	{"graph/sqlite", []string{"graph", "graph/walk"}, "a store"},
	{"graph/neo4j", []string{"graph", "graph/walk"}, "a store"},
	{"graph/neo4j/neo4jtest", []string{"graph/neo4j"}, "a server for tests"},
	{"graph/walk", nil, "a leaf; memory walks by itself, since it is the oracle"},
	{"graph", nil, "the domain imports nothing of ours"},
	{"loaders/quote/text", nil, "a leaf"},
	{"loaders/quote/model", nil, "embedded bytes, a leaf"},
	{"loaders/quote/lexicon", nil, "embedded word lists, a leaf"},
	{"loaders/quote", []string{"loaders/quote…"}, "the engine knows nothing of the graph"},
	{"loaders/sample", nil, "embedded documents, a leaf"},
	{"loaders/fetch", nil, "the polite client, a leaf"},
	{"loaders/source", []string{"loaders/fetch", "loaders/sample"}, "bytes to raw documents"},
	{"loaders/page", []string{"loaders/source"}, "raw documents to articles"},
	{"loaders/resolve", []string{"graph", "loaders/quote"}, "entities to actors"},
	{"loaders/journal", []string{"graph", "loaders/source"}, "what loads remember, beside the graph"},
	{"loaders/jobs", []string{"graph", "loaders…"}, "runs of loads"},
	{"loaders", []string{"graph", "loaders…"}, "the pipeline"},
	{"", nil, "this test"},
}

// only says in which directory a library may be imported, and nowhere else.
var only = map[string]string{
	"github.com/gin-gonic/gin":            "api",
	"github.com/neo4j/neo4j-go-driver/v5": "graph/neo4j",
	"modernc.org/sqlite":                  "graph/sqlite",
	"github.com/alecthomas/kong":          "cmd",
	"github.com/vbauerster/mpb/v8":        "cmd",
	"github.com/prometheus":               "loaders/jobs",
	"github.com/robfig/cron/v3":           "loaders/jobs",
	"github.com/goccy/go-yaml":            "loaders/jobs",
}

type source struct {
	path string // of the file, slash-separated
	dir  string
	test bool
	file *ast.File
}

// sources parses all Go files in this process: a test that ran `go list` would be answered from the
// test cache after a rule was broken, since the cache watches only the files that the test opens.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || d.Name() == "bin" || len(d.Name()) > 1 && strings.HasPrefix(d.Name(), ".")) {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly|parser.ParseComments)
		if err != nil {
			return err
		}
		dir := filepath.ToSlash(filepath.Dir(path))
		if dir == "." {
			dir = ""
		}
		all = append(all, source{filepath.ToSlash(path), dir, strings.HasSuffix(path, "_test.go"), f})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 20 {
		t.Fatalf("found %d Go files: not run in the module's root?", len(all))
	}
	return all
}

func within(dir, pattern string) bool {
	if p, ok := strings.CutSuffix(pattern, "…"); ok {
		return dir == p || strings.HasPrefix(dir, p+"/")
	}
	return dir == pattern
}

func TestLayers(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue // a test may build what it needs; TestTestLayers bounds it
		}
		row := slices.IndexFunc(layers, func(l struct {
			dir  string
			may  []string
			note string
		}) bool {
			return s.dir == l.dir || l.dir == "loaders/quote" && strings.HasPrefix(s.dir, "loaders/quote/")
		})
		if row < 0 {
			t.Errorf("%s: package %q has no row in layers (arch_test.go)", s.path, s.dir)
			continue
		}
		for _, imp := range s.file.Imports {
			p, _ := strconv.Unquote(imp.Path.Value)
			ours, ok := strings.CutPrefix(p, module+"/")
			if !ok {
				continue
			}
			if !slices.ContainsFunc(layers[row].may, func(m string) bool { return within(ours, m) }) {
				t.Errorf("%s imports %s; %s may import %v (%s)", s.path, ours, s.dir, layers[row].may, layers[row].note)
			}
		}
	}
}

func TestLibrariesStayInTheirRoom(t *testing.T) {
	for _, s := range sources(t) {
		for _, imp := range s.file.Imports {
			p, _ := strconv.Unquote(imp.Path.Value)
			for lib, room := range only {
				if (p == lib || strings.HasPrefix(p, lib+"/")) && !within(s.dir, room+"…") {
					t.Errorf("%s imports %s: only %s may", s.path, p, room)
				}
			}
		}
	}
}

// TestPackageComments wants exactly one package comment a package, its first sentence its purpose.
func TestPackageComments(t *testing.T) {
	docs := map[string][]string{}
	for _, s := range sources(t) {
		if _, seen := docs[s.dir]; !seen {
			docs[s.dir] = nil
		}
		if s.file.Doc != nil && (!s.test || s.dir == "") {
			docs[s.dir] = append(docs[s.dir], s.path)
			want := "Package " + s.file.Name.Name + " "
			if s.file.Name.Name == "main" {
				want = "Command "
			}
			if got := s.file.Doc.Text(); !strings.HasPrefix(got, want) {
				t.Errorf("%s: package comment begins %.40q, want %q", s.path, got, want)
			}
		}
	}
	for dir, files := range docs {
		if len(files) != 1 {
			t.Errorf("package %q has %d package comments %v, want 1", dir, len(files), files)
		}
	}
}

// TestNoHiddenState keeps init functions out: cmd wires, nothing registers itself.
func TestNoHiddenState(t *testing.T) {
	for _, s := range sources(t) {
		f, err := parser.ParseFile(token.NewFileSet(), s.path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s has an init function", s.path)
			}
		}
	}
}

// TestTopLevel keeps the top of the house as it is drawn.
func TestTopLevel(t *testing.T) {
	want := []string{"api", "cmd", "graph", "loaders", "queries"}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") && !slices.Contains([]string{"bin", "build", "docs", "deploy"}, e.Name()) {
			got = append(got, e.Name())
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("top-level directories %v, want %v", got, want)
	}
}
