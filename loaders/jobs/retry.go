package jobs

import (
	"context"
	"slices"

	"saidgraph/loaders"
	"saidgraph/loaders/journal"
	"saidgraph/loaders/source"
)

// Retry loads the documents of dead letters again: from the letter where the document is kept, else from where it came. A letter whose
// document gets in is taken away. spec says how sources are read; its Sources are the letters'.
func (r *Runner) Retry(ctx context.Context, spec Spec, letters []journal.Dead, hear Hear) (loaders.Report, error) {
	byPlace := map[string][]journal.Dead{}
	for _, d := range letters {
		if !d.Kept {
			byPlace[d.From] = append(byPlace[d.From], d)
		}
	}
	for _, d := range letters {
		if !slices.Contains(spec.Sources, d.From) {
			spec.Sources = append(spec.Sources, d.From)
		}
	}
	j := journal.New(r.Store)
	return r.run(ctx, spec, hear, func(ctx context.Context, _ *tracker) documents {
		return func(yield func(source.Raw, error) bool) {
			for _, d := range letters {
				if raw, ok := kept(ctx, j, d); ok && !yield(raw, nil) {
					return
				}
			}
			for _, from := range spec.Sources {
				if wanted := byPlace[from]; len(wanted) > 0 && !r.again(ctx, spec, from, wanted, yield) {
					return
				}
			}
		}
	})
}

func kept(ctx context.Context, j *journal.Journal, d journal.Dead) (source.Raw, bool) {
	if !d.Kept {
		return source.Raw{}, false
	}
	raw, ok, err := j.Document(ctx, d.ID)
	return raw, ok && err == nil
}

// again reads a place once more and hands on the documents that are wanted.
func (r *Runner) again(ctx context.Context, spec Spec, from string, wanted []journal.Dead, yield func(source.Raw, error) bool) bool {
	lines := map[int]bool{}
	for _, d := range wanted {
		lines[d.Line] = true
	}
	reader := source.Reader{MaxBytes: spec.MaxBytes, As: spec.As, Fields: spec.Fields}
	if r.Client != nil {
		reader.Client = r.Client(spec.AllowPrivate)
	}
	for raw, err := range filled(reader.Read(ctx, from), spec) {
		line := raw.Line
		switch e := err.(type) {
		case *source.Error:
			line = e.Line
		case *source.Skip:
			line = e.Line
		}
		if (lines[line] || isAddress(from)) && !yield(raw, err) {
			return false
		}
	}
	return true
}
