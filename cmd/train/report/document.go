package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
)

// answer is what gold says of a document, or what the engine does. A slice that is nil was not annotated.
type answer struct {
	ID         string      `json:"id"`
	Corpus     string      `json:"corpus"`
	Publisher  string      `json:"publisher"`
	Genre      string      `json:"genre"`
	Text       string      `json:"text"`
	Quotes     []quotation `json:"quotes"`
	Entities   []entity    `json:"entities"`
	Criticisms []criticism `json:"criticisms"`
}

type quotation struct {
	Kind    string   `json:"kind"`
	Content []span   `json:"content"`
	Cue     []span   `json:"cue"`
	Source  []span   `json:"source"`
	Score   *float64 `json:"score"`
}

type entity struct {
	Type     string `json:"type"`
	Name     string `json:"name"`
	Mentions []span `json:"mentions"`
}

type criticism struct {
	Polarity string   `json:"polarity"`
	Source   span     `json:"source_span"`
	Target   span     `json:"target_span"`
	Score    *float64 `json:"score"`
}

// span is a half-open range of code points.
type span [2]int

func (s span) overlaps(o span) bool { return s[0] < o[1] && o[0] < s[1] }

// score is how sure a prediction is; one that does not say is sure.
func score(p *float64) float64 {
	if p == nil {
		return 1
	}
	return *p
}

// document is an article with both answers.
type document struct {
	id, outlet string
	text       []rune
	gold, pred answer
}

func (d *document) cut(s span) string { return string(d.text[s[0]:s[1]]) }

// readDocuments pairs gold with predictions. A document without prediction has an empty one; a prediction without gold is an error.
func readDocuments(gold, pred string) ([]*document, error) {
	golds, err := readAnswers(gold)
	if err != nil {
		return nil, err
	}
	preds, err := readAnswers(pred)
	if err != nil {
		return nil, err
	}
	byID := map[string]*document{}
	docs := make([]*document, len(golds))
	for i, g := range golds {
		docs[i] = &document{id: g.ID, outlet: outlet(g), text: []rune(g.Text), gold: g}
		byID[g.ID] = docs[i]
	}
	for _, p := range preds {
		d := byID[p.ID]
		if d == nil {
			return nil, fmt.Errorf("%s: id %q is not in %s", pred, p.ID, gold)
		}
		d.pred = p
	}
	for _, d := range docs {
		for _, a := range []*answer{&d.gold, &d.pred} {
			if bad := a.outside(len(d.text)); bad != nil {
				return nil, fmt.Errorf("%s: span %v in a text of %d code points", d.id, *bad, len(d.text))
			}
		}
	}
	return docs, nil
}

// outlet is what a document is grouped by: the corpora name it differently.
func outlet(a answer) string {
	switch {
	case a.Publisher != "":
		return a.Publisher
	case a.Genre != "":
		return a.Genre
	}
	return a.Corpus
}

func readAnswers(path string) ([]answer, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []answer
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<28)
	for n := 1; in.Scan(); n++ {
		if len(bytes.TrimSpace(in.Bytes())) == 0 {
			continue
		}
		var a answer
		if err := json.Unmarshal(in.Bytes(), &a); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		out = append(out, a)
	}
	return out, in.Err()
}

// outside finds a span that is empty or beyond the text.
func (a *answer) outside(n int) *span {
	var all []span
	for _, q := range a.Quotes {
		all = append(append(append(all, q.Content...), q.Cue...), q.Source...)
	}
	for _, e := range a.Entities {
		all = append(all, e.Mentions...)
	}
	for _, c := range a.Criticisms {
		all = append(all, c.Source, c.Target)
	}
	for i, s := range all {
		if s[0] < 0 || s[0] >= s[1] || s[1] > n {
			return &all[i]
		}
	}
	return nil
}
