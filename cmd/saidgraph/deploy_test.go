package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"saidgraph/loaders/jobs"
)

var (
	shellCall = regexp.MustCompile(`saidgraph ((?:run|load|serve) [^\n>]*)`)
	yamlArgs  = regexp.MustCompile(`args: \[([^\]]*)\]`)
	jobsOf    = regexp.MustCompile(`(?s)jobs\.yaml: \|\n(.*?)\n---`)
)

// The examples in deploy call the program as it is: every command line parses, every jobs file is sound.
func TestDeploy(t *testing.T) {
	n := 0
	check := func(path, line string) {
		t.Helper()
		n++
		var c cli
		parser, err := kong.New(&c, kong.Vars{"addr": defaultAddr, "store": defaultStore, "jobs": defaultJobs})
		if err != nil {
			t.Fatal(err)
		}
		words := strings.Fields(strings.NewReplacer(`"$@"`, "pile", `'{}'"/$n"`, "1/8", `"$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_MAX"`, "1/16",
			`"$SLURM_CPUS_PER_TASK"`, "4", `"$(INDEX)/8"`, "0/8", "%i", "wires", "'", "", "`", "", ",", " ").Replace(line))
		if _, err := parser.Parse(words); err != nil {
			t.Errorf("%s: %s: %v", path, line, err)
		}
	}
	for _, pattern := range []string{"crontab", "systemd/*.service", "batch/*.sh", "kubernetes/*.yaml", "jobs.yaml"} {
		files, err := filepath.Glob("../../deploy/" + pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v, %v", pattern, files, err)
		}
		for _, path := range files {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if pattern == "jobs.yaml" {
				if _, err := jobs.Parse(path, text); err != nil {
					t.Error(err)
				}
				continue
			}
			for line := range bytes.Lines(text) {
				if m := shellCall.FindSubmatch(line); m != nil && !bytes.HasPrefix(line, []byte("#")) {
					check(path, string(m[1]))
				}
				if m := yamlArgs.FindSubmatch(line); m != nil {
					check(path, string(m[1]))
				}
			}
			if m := jobsOf.FindSubmatch(text); m != nil {
				if _, err := jobs.Parse(path, regexp.MustCompile(`(?m)^    `).ReplaceAll(m[1], nil)); err != nil {
					t.Error(err)
				}
			}
		}
	}
	if n < 7 {
		t.Errorf("only %d command lines were found", n)
	}
}
