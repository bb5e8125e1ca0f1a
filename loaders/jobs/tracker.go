package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"os"
	"sync"

	"saidgraph/loaders"
	"saidgraph/loaders/fetch"
	"saidgraph/loaders/journal"
	"saidgraph/loaders/source"
)

type documents = iter.Seq2[source.Raw, error]

// tracker follows the documents of a run from the source into the graph, to know what may be remembered: of a file how far it was
// read, of an address what it said. The source's goroutine and the writer's meet here.
type tracker struct {
	journal *journal.Journal
	spec    Spec

	mu      sync.Mutex
	given   int                    // documents handed to the pipeline
	places  []place                // of those that are not known to be settled, and are lines of files
	visits  []visit                // to remember when the documents in front of them are settled
	unsaved map[string]fetch.Visit // the same, by address: a run sees its own
	files   map[string]*progress   // by path
	resumed int                    // documents left out: an earlier run settled them
	size    size
}

// place is where the n-th document of the run stood.
type place struct {
	n    int
	file *progress
	line int
}

// visit is what an address said, remembered behind the n-th document.
type visit struct {
	n    int
	url  string
	said fetch.Visit
}

// progress is how far a file of many documents was read.
type progress struct {
	key  string // of its checkpoint; "": it has none
	from int    // the line up to which an earlier run settled it
	line int
}

func newTracker(j *journal.Journal, spec Spec) *tracker {
	return &tracker{journal: j, spec: spec, unsaved: map[string]fetch.Visit{}, files: map[string]*progress{}}
}

// documents are those of the spec's sources, without what an earlier run settled.
func (r *Runner) documents(ctx context.Context, spec Spec, t *tracker) documents {
	reader := source.Reader{MaxBytes: spec.MaxBytes, Stdin: r.Stdin, As: spec.As, Fields: spec.Fields, Since: spec.Since}
	if r.Client != nil {
		reader.Client = r.Client(spec.AllowPrivate)
	}
	if spec.Shard.N <= 1 && !spec.DryRun { // each shard must see the whole pile
		reader.Remember = t.remember
		if !spec.Reload {
			reader.Recall = t.recall
		}
	}
	return t.follow(ctx, filled(reader.Read(ctx, spec.Sources...), spec))
}

// filled gives documents the outlet and date of the spec where they have none.
func filled(docs documents, spec Spec) documents {
	return func(yield func(source.Raw, error) bool) {
		for raw, err := range docs {
			if raw.Outlet == "" {
				raw.Outlet = spec.Outlet
			}
			if raw.Date == "" && raw.HTML == nil {
				raw.Date = spec.Date
			}
			if !yield(raw, err) {
				return
			}
		}
	}
}

// follow hands the documents on and notes where each stood.
func (t *tracker) follow(ctx context.Context, docs documents) documents {
	return func(yield func(source.Raw, error) bool) {
		for raw, err := range docs {
			from, line := raw.From, raw.Line
			switch e := err.(type) {
			case *source.Error:
				from, line = e.From, e.Line
			case *source.Skip:
				from, line = e.From, e.Line
			}
			if line > 0 && t.settled(ctx, from, line) {
				continue
			}
			t.mu.Lock()
			t.given++
			t.size.read(from, len(raw.Text)+len(raw.HTML))
			if f := t.files[from]; line > 0 && f != nil && f.key != "" {
				t.places = append(t.places, place{t.given, f, line})
			}
			t.mu.Unlock()
			if !yield(raw, err) {
				return
			}
		}
	}
}

// settled says whether an earlier run has settled a line of a file. Only a run that ended early leaves that behind.
func (t *tracker) settled(ctx context.Context, from string, line int) bool {
	t.mu.Lock()
	f := t.files[from]
	t.mu.Unlock()
	if f == nil {
		f = &progress{}
		if info, err := os.Stat(from); err == nil && info.Mode().IsRegular() && !t.spec.DryRun {
			s := t.spec
			f.key = fmt.Sprintf("%s %d %d %s %s %v %q %q %s %s %v %d", from, info.Size(), info.ModTime().UnixNano(), loaders.Version,
				s.As, s.Fields, s.Outlet, s.Date, s.Since.Format("2006-01-02"), s.Shard, s.Reload, s.MaxBytes)
			f.from, _ = t.journal.Checkpoint(ctx, f.key) // without it, what is unchanged is seen to be
		}
		t.mu.Lock()
		t.files[from] = f
		t.mu.Unlock()
	}
	if line > f.from {
		return false
	}
	t.mu.Lock()
	t.resumed++
	t.mu.Unlock()
	return true
}

func (t *tracker) recall(ctx context.Context, url string) (fetch.Visit, bool) {
	t.mu.Lock()
	v, ok := t.unsaved[url]
	t.mu.Unlock()
	if ok {
		return v, true
	}
	have, ok, err := t.journal.Visit(ctx, url)
	if err != nil || !ok || json.Unmarshal(have.Data, &v) != nil {
		return fetch.Visit{}, false // it is fetched once more
	}
	return v, true
}

func (t *tracker) remember(url string, v fetch.Visit) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.visits = append(t.visits, visit{t.given, url, v})
	t.unsaved[url] = v
}

// saved returns what may be remembered when the first n documents are settled.
func (t *tracker) saved(n int) []journal.Entry {
	t.mu.Lock()
	defer t.mu.Unlock()
	var out []journal.Entry
	reached := map[*progress]bool{}
	for len(t.places) > 0 && t.places[0].n <= n {
		p := t.places[0]
		p.file.line = p.line
		reached[p.file] = true
		t.places = t.places[1:]
	}
	for f := range reached {
		out = append(out, journal.Checkpoint{Key: f.key, Line: f.line})
	}
	for len(t.visits) > 0 && t.visits[0].n <= n {
		v := t.visits[0]
		t.visits = t.visits[1:]
		delete(t.unsaved, v.url)
		if data, err := json.Marshal(v.said); err == nil {
			out = append(out, journal.Visit{URL: v.url, Data: data})
		}
	}
	return out
}

// reached takes the checkpoints away: the run came to its end.
func (t *tracker) reached() []journal.Entry {
	t.mu.Lock()
	defer t.mu.Unlock()
	var out []journal.Entry
	for _, f := range t.files {
		if f.key != "" && (f.from > 0 || f.line > 0) {
			out = append(out, journal.Reached(f.key))
		}
	}
	return out
}

// share of the sources that is read; negative: nobody knows.
func (t *tracker) share() float64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.size.share()
}

// tell adds to the report what never reached the pipeline.
func (t *tracker) tell(r *loaders.Report) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.resumed == 0 {
		return
	}
	skipped := map[string]int{"settled before the last run was stopped": t.resumed}
	for why, n := range r.Skipped {
		skipped[why] = n
	}
	r.Skipped = skipped
}
