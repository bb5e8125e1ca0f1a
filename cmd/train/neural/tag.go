package main

import (
	"bufio"
	"encoding/json"
	"io"
	"os"

	"saidgraph/loaders/quote/ml"
	"saidgraph/loaders/quote/text"
)

// answer is one document as the scorer reads it; offsets are code points.
type answer struct {
	ID     string  `json:"id"`
	Quotes []quote `json:"quotes"`
}

type quote struct {
	Content [][2]int32 `json:"content"`
	Cue     [][2]int32 `json:"cue"`
	Source  [][2]int32 `json:"source"`
	Score   float64    `json:"score"`

	Evidence ml.Evidence `json:"evidence"`
}

// tag writes what the model at path alone finds in file.
func tag(path, file string, o ml.Options, out io.Writer) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	t, err := ml.Load(b)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	enc := json.NewEncoder(w)
	err = eachDocument(file, func(d document) error {
		doc := text.Split(d.Text)
		tags, at := t.Tag(doc), codePoints(d.Text)
		cut := func(spans []text.Span) [][2]int32 {
			out := make([][2]int32, 0, len(spans))
			for _, s := range spans {
				out = append(out, [2]int32{at[s.Start], at[s.End]})
			}
			return out
		}
		a := answer{ID: d.ID, Quotes: []quote{}}
		for _, x := range t.Decode(doc, tags, o) {
			a.Quotes = append(a.Quotes, quote{cut(x.Content), cut(x.Cue), cut(x.Source), x.Score, x.Evidence})
		}
		return enc.Encode(a)
	})
	if err != nil {
		return err
	}
	return w.Flush()
}
