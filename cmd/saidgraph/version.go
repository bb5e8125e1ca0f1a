package main

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"

	"saidgraph/loaders"
)

type versionCmd struct{}

// build is what this binary was made of.
type build struct {
	Version string `json:"version"`
	Engine  string `json:"engine"` // the version on the evidence of every edge
	Go      string `json:"go"`
}

func version() build {
	b := build{Version: "devel", Engine: loaders.Version, Go: runtime.Version()}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		b.Version = v
	}
	return b
}

func (c *versionCmd) Run(a *app) error {
	b := version()
	if a.json {
		return json.NewEncoder(a.stdout).Encode(b)
	}
	_, err := fmt.Fprintf(a.stdout, "saidgraph %s, engine %s, %s\n", b.Version, b.Engine, b.Go)
	return err
}
