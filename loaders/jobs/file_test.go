package jobs_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"saidgraph/loaders/jobs"
)

const good = `user_agent_url: https://desk.example.org/reader
jobs:
  - name: wires
    sources: [https://www.example.org/feed.xml, archive/, /var/news.jsonl]
    every: 15m
    since: 30d
    max_bytes: 2M
    fields: {text: body}
  - name: nightly
    sources:
      - "pile/*.warc.gz"
    schedule: "30 4 * * *"
  - name: by-hand
    sources: [a.txt]
`

func TestParse(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "jobs.yaml")
	if err := os.WriteFile(path, []byte(good), 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := jobs.ReadFile(path)
	if err != nil || len(f.Jobs) != 3 {
		t.Fatalf("got %+v, %v", f, err)
	}
	job, err := f.Job("wires")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2025, 7, 31, 15, 0, 0, 0, time.UTC)
	spec := job.Spec(now)
	want := []string{"https://www.example.org/feed.xml", filepath.Join(dir, "archive"), "/var/news.jsonl"}
	if strings.Join(spec.Sources, " ") != strings.Join(want, " ") || spec.Since.Format(time.DateOnly) != "2025-07-01" || spec.MaxBytes != 2<<20 || spec.Fields["text"] != "body" {
		t.Errorf("got %+v, want the sources %v and the options of the file", spec, want)
	}
	if _, err := f.Job("none"); err == nil || err.Error() != `there is no job "none"; there are wires, nightly, by-hand` {
		t.Errorf("got %v, want the names that there are", err)
	}
}

// What is wrong is told with its line, all of it at once.
func TestParseErrors(t *testing.T) {
	job := "jobs:\n  - name: a\n    sources: [x]\n"
	tests := []struct{ name, in, want string }{
		{"nothing", "", "jobs.yaml: jobs: there is none (write jobs: and below it - name: …)"},
		{"no list", "jobs: 5\n", "jobs.yaml:1: "},
		{"syntax", "jobs:\n  - name: [a\n", "jobs.yaml:2: "},
		{"unknown field", job + "    evry: 15m\n", `jobs.yaml:4: unknown field "evry"`},
		{"field twice", job + "    name: b\n", "jobs.yaml:4: "},
		{"wrong type", job + "    limit: many\n", "jobs.yaml:4: "},
		{"unknown field outside", "jbs: []\n", `jobs.yaml:1: unknown field "jbs"`},
		{"no name", "jobs:\n  - sources: [x]\n", `jobs.yaml:2: name: "" is none`},
		{"bad name", "jobs:\n  - name: a b\n    sources: [x]\n", `jobs.yaml:2: name: "a b" is none (letters, digits`},
		{"name twice", job + "  - name: a\n    sources: [y]\n", `jobs.yaml:4: name: "a" is another job's, too`},
		{"no sources", "jobs:\n  - name: a\n", "jobs.yaml:2: sources: there is none"},
		{"standard input", "jobs:\n  - name: a\n    sources:\n      - x\n      - \"-\"\n", `jobs.yaml:5: sources: "-" can't be read by a job`},
		{"every", job + "    every: 15\n", `jobs.yaml:4: every: "15" is no time from one minute up (write it as 15m or 2h30m)`},
		{"too often", job + "    every: 1s\n", `jobs.yaml:4: every: "1s" is no time from one minute up`},
		{"schedule", job + "    schedule: often\n", "jobs.yaml:4: schedule: "},
		{"both", job + "    every: 15m\n    schedule: \"@daily\"\n", "jobs.yaml:5: schedule: every is given, too (keep one of them)"},
		{"field", job + "    fields: {body: text}\n", `jobs.yaml:4: fields: "body" is no field of a document (one of text, html,`},
		{"kind", job + "    as: pdf\n", `jobs.yaml:4: as: "pdf" is no kind of source (one of text, html,`},
		{"since", job + "    since: soon\n", `jobs.yaml:4: since: "soon" is no time`},
		{"date", job + "    date: soon\n", "jobs.yaml:4: date: "},
		{"negative", job + "    limit: -1\n", "jobs.yaml:4: limit: is negative"},
		{"contact", "user_agent_url: me\n" + job, "jobs.yaml:1: user_agent_url: is no http or https address"},
		{"several", "jobs:\n  - name: a\n    sources: [x]\n    every: no\n    as: pdf\n", "jobs.yaml:4: every: "},
		{"several", "jobs:\n  - name: a\n    sources: [x]\n    every: no\n    as: pdf\n", "jobs.yaml:5: as: "},
	}
	for _, tt := range tests {
		_, err := jobs.Parse("jobs.yaml", []byte(tt.in))
		if err == nil || !strings.Contains("\n"+err.Error(), "\n"+tt.want) {
			t.Errorf("%s: got %v, want %s", tt.name, err, tt.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(good)
	f.Add("jobs:\n  - &a {name: a, sources: [x]}\n  - *a\n")
	f.Fuzz(func(t *testing.T, text string) {
		file, err := jobs.Parse("jobs.yaml", []byte(text))
		if err != nil {
			return
		}
		for _, j := range file.Jobs {
			if j.Name == "" || len(j.Sources) == 0 {
				t.Errorf("a job without name or sources passed: %+v", j)
			}
			j.Spec(time.Unix(0, 0))
		}
	})
}

func TestSince(t *testing.T) {
	now := time.Date(2025, 7, 31, 15, 0, 0, 0, time.UTC)
	for in, want := range map[string]string{
		"": "0001-01-01T00:00", "2025-07-01": "2025-07-01T00:00", "30d": "2025-07-01T00:00", "2w": "2025-07-17T00:00", "36h": "2025-07-30T03:00", "0d": "2025-07-31T00:00",
		"d": "", "-3d": "", "soon": "", "2025-13-01": "", "9999999d": "", "-1h": "",
	} {
		got, err := jobs.Since(in, now)
		if (err == nil) != (want != "") || err == nil && got.Format("2006-01-02T15:04") != want {
			t.Errorf("%q: got %s, %v; want %s", in, got, err, want)
		}
	}
}

func TestSize(t *testing.T) {
	for in, want := range map[string]jobs.Size{"500": 500, "64K": 64 << 10, "10M": 10 << 20, "10MB": 10 << 20, "1GiB": 1 << 30, "2 m": 0, "": 0, "-1": 0, "9999999999G": 0} {
		var s jobs.Size
		if err := s.UnmarshalText([]byte(in)); s != want || (err == nil) != (want > 0) {
			t.Errorf("%q: got %d, %v; want %d", in, s, err, want)
		}
	}
}
