package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"saidgraph/graph"
	"saidgraph/graph/memory"
	"saidgraph/graph/neo4j"
	"saidgraph/graph/sqlite"
)

// defaultStore is where the graph is kept unless --store says otherwise.
const defaultStore = "sqlite:saidgraph.db"

const storeForms = "sqlite:FILE (for example sqlite:saidgraph.db), bolt://HOST:7687 or neo4j://HOST:7687 (Neo4j), or memory:"

// open opens the store that --store names, and makes it where there is none.
func (a *app) open() (graph.Store, error) {
	scheme, rest, ok := strings.Cut(a.store, ":")
	if !ok {
		return nil, usage("--store %s has no scheme; valid are %s; did you mean sqlite:%s?", a.store, storeForms, a.store)
	}
	switch scheme {
	case "memory":
		if rest != "" {
			return nil, usage("--store %s: memory: keeps nothing and takes no name", a.store)
		}
		return memory.New(), nil
	case "sqlite":
		if rest == "" {
			return nil, usage("--store sqlite: names no file; valid are %s", storeForms)
		}
		return sqlite.Open(a.ctx, rest)
	}
	if slices.Contains(neo4j.Schemes(), scheme) {
		return neo4j.Open(a.ctx, a.store, neo4j.Options{})
	}
	return nil, usage("--store: unknown scheme %q; valid are %s", scheme, storeForms)
}

// openExisting opens the store for reading: a file that is not there would give nothing but empty answers.
func (a *app) openExisting() (graph.Store, error) {
	if file, ok := strings.CutPrefix(a.store, "sqlite:"); ok && file != "" {
		if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("there is no graph at %s yet; make one with: saidgraph load FILE… --store %s (or: saidgraph demo)", file, a.store)
		}
	}
	return a.open()
}
