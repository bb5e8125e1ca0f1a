package main

import (
	"flag"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write the wanted output of scripts anew")

// TestMain lets this test binary be the program: in scripts, and for tests that start a process of their own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"saidgraph": main})
}

func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("COLUMNS", "400") // tables that never wrap, however long a name or a time of theirs is
			return nil
		},
	})
}
