package jobs

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
	"github.com/robfig/cron/v3"

	"saidgraph/loaders/source"
)

// File is what jobs.yaml says.
type File struct {
	UserAgentURL string `yaml:"user_agent_url"` // a page that says who runs this and how to reach them
	Jobs         []Job  `yaml:"jobs"`
}

// Job is a load that is done again and again.
type Job struct {
	Name     string   `yaml:"name"`
	Sources  []string `yaml:"sources"` // files and folders: from the folder of jobs.yaml
	Every    string   `yaml:"every"`   // "15m"; this or Schedule
	Schedule string   `yaml:"schedule"`

	As           string            `yaml:"as"`
	Fields       map[string]string `yaml:"fields"`
	Outlet       string            `yaml:"outlet"`
	Date         string            `yaml:"date"`
	Since        string            `yaml:"since"`
	Limit        int               `yaml:"limit"`
	Reload       bool              `yaml:"reload"`
	MaxBytes     Size              `yaml:"max_bytes"`
	Workers      int               `yaml:"workers"`
	Batch        int               `yaml:"batch"`
	AllowPrivate bool              `yaml:"allow_private"`

	due cron.Schedule // nil: only when it is asked for
}

// maxFile is the longest jobs.yaml: some ten thousand jobs.
const maxFile = 1 << 20

// ReadFile reads and checks a jobs.yaml. The error joins one *source.Error, with its line, for all that is wrong.
func ReadFile(path string) (File, error) {
	f, err := os.Open(path)
	if err != nil {
		return File{}, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return File{}, err
	}
	if len(data) > maxFile {
		return File{}, fmt.Errorf("%s: is longer than a jobs file may be, %d bytes", path, maxFile)
	}
	out, err := Parse(path, data)
	for i := range out.Jobs {
		out.Jobs[i].beside(filepath.Dir(path))
	}
	return out, err
}

// beside makes the relative names of a job's files relative to a folder.
func (j *Job) beside(dir string) {
	for i, s := range j.Sources {
		if s != "" && !strings.Contains(s, "://") && !filepath.IsAbs(s) {
			j.Sources[i] = filepath.Join(dir, s)
		}
	}
}

// Parse reads and checks the text of a jobs file; from names it in errors.
func Parse(from string, data []byte) (File, error) {
	var out File
	err := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(&out)
	if err != nil && !errors.Is(err, io.EOF) {
		e := &source.Error{From: from, Reason: err.Error()}
		var bad yaml.Error
		if errors.As(err, &bad) {
			e.Line, e.Reason = lineOf(bad.GetToken()), bad.GetMessage()
		}
		return File{}, e
	}
	c := checker{from: from}
	if c.tree, err = parser.ParseBytes(data, 0); err != nil {
		return File{}, &source.Error{From: from, Reason: err.Error()}
	}
	c.file(&out)
	return out, errors.Join(c.bad...)
}

func lineOf(t *token.Token) int {
	if t == nil || t.Position == nil {
		return 0
	}
	return t.Position.Line
}

// checker gathers what is wrong with a file, each with its line.
type checker struct {
	from string
	tree *ast.File
	bad  []error
}

// wrong notes an error at the path of a value, else of what it should have been in.
func (c *checker) wrong(path, field, reason, hint string) {
	e := &source.Error{From: c.from, Field: field, Reason: reason, Hint: hint}
	for at := path; at != ""; {
		if p, err := yaml.PathString(at); err == nil {
			if node, err := p.FilterFile(c.tree); err == nil && node != nil {
				e.Line = lineOf(node.GetToken())
				if m, ok := node.(*ast.MappingNode); ok && len(m.Values) > 0 {
					e.Line = lineOf(m.Values[0].Key.GetToken())
				}
				break
			}
		}
		cut := strings.LastIndexAny(at, ".[")
		if cut <= 0 {
			break
		}
		at = at[:cut]
	}
	c.bad = append(c.bad, e)
}

func (c *checker) file(f *File) {
	if len(f.Jobs) == 0 {
		c.wrong("$", "jobs", "there is none", `write jobs: and below it - name: …`)
	}
	if u, err := url.Parse(f.UserAgentURL); f.UserAgentURL != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		c.wrong("$.user_agent_url", "user_agent_url", "is no http or https address", "")
	}
	names := map[string]bool{}
	for i := range f.Jobs {
		j, at := &f.Jobs[i], fmt.Sprintf("$.jobs[%d]", i)
		if names[j.Name] {
			c.wrong(at+".name", "name", fmt.Sprintf("%q is another job's, too", j.Name), "give each its own")
		}
		names[j.Name] = true
		c.job(j, at)
	}
}

// goodName is what may be a file name, a label of metrics and an argument.
var goodName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

func (c *checker) job(j *Job, at string) {
	if !goodName.MatchString(j.Name) {
		c.wrong(at+".name", "name", fmt.Sprintf("%q is none", j.Name), "letters, digits, dots, dashes and underscores, up to 64")
	}
	if len(j.Sources) == 0 {
		c.wrong(at+".sources", "sources", "there is none", "write sources: [https://example.org/feed.xml]")
	}
	for i, s := range j.Sources {
		if s == "" || s == source.Stdin {
			c.wrong(fmt.Sprintf("%s.sources[%d]", at, i), "sources", fmt.Sprintf("%q can't be read by a job", s), "name a file, a folder or an address")
		}
	}
	if bad := (source.Reader{As: j.As, Fields: j.Fields}).Check(); bad != nil {
		c.wrong(at+"."+bad.Field, bad.Field, bad.Reason, bad.Hint)
	}
	if _, err := Since(j.Since, time.Unix(0, 0)); err != nil {
		c.wrong(at+".since", "since", err.Error(), "")
	}
	if _, err := source.Date(j.Date); err != nil {
		c.wrong(at+".date", "date", err.Error(), "write it as 2025-07-19")
	}
	for field, n := range map[string]int{"limit": j.Limit, "workers": j.Workers, "batch": j.Batch} {
		if n < 0 {
			c.wrong(at+"."+field, field, "is negative", "")
		}
	}
	c.due(j, at)
}

// shortest is the shortest time between two runs of a job.
const shortest = time.Minute

func (c *checker) due(j *Job, at string) {
	switch {
	case j.Every != "" && j.Schedule != "":
		c.wrong(at+".schedule", "schedule", "every is given, too", "keep one of them")
	case j.Every != "":
		d, err := time.ParseDuration(j.Every)
		if err != nil || d < shortest {
			c.wrong(at+".every", "every", fmt.Sprintf("%q is no time from one minute up", j.Every), "write it as 15m or 2h30m")
			return
		}
		j.due = cron.ConstantDelaySchedule{Delay: d}
	case j.Schedule != "":
		due, err := cron.ParseStandard(j.Schedule)
		if err != nil {
			c.wrong(at+".schedule", "schedule", err.Error(), `write minute, hour, day, month, weekday, as "*/15 * * * *", or @hourly`)
			return
		}
		j.due = due
	}
}

// Job returns the job of a name.
func (f File) Job(name string) (Job, error) {
	var names []string
	for _, j := range f.Jobs {
		if j.Name == name {
			return j, nil
		}
		names = append(names, j.Name)
	}
	return Job{}, fmt.Errorf("there is no job %q; there are %s", name, strings.Join(names, ", "))
}

// Spec is what the job's load is told when it starts now.
func (j Job) Spec(now time.Time) Spec {
	since, _ := Since(j.Since, now) // Parse has checked it
	return Spec{
		Job: j.Name, Sources: j.Sources, As: j.As, Fields: j.Fields, Outlet: j.Outlet, Date: j.Date,
		Since: since, Limit: j.Limit, Reload: j.Reload, MaxBytes: int64(j.MaxBytes), Workers: j.Workers, Batch: j.Batch,
		AllowPrivate: j.AllowPrivate,
	}
}
