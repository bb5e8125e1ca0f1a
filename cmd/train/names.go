package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"saidgraph/loaders/quote"
	"saidgraph/loaders/quote/text"
)

// trainNames fits the weights that type names to GUM's mentions, three times, and to PolNeAR's machine-made ones, and writes out.
func trainNames(gold, out string, log io.Writer) error {
	articles, err := gumNames(filepath.Join(gold, "gum.train.jsonl"))
	if err != nil {
		return err
	}
	silver, err := silverNames(gold)
	if err != nil {
		return err
	}
	e, err := quote.New()
	if err != nil {
		return err
	}
	t := quote.NameTrainer{Seed: 1, Rounds: 16, Rate: 0.2, L2: 0.02, Hide: 0.3, Seen: 4, Least: 0.1, Log: func(round int, loss float64) {
		fmt.Fprintf(log, "names: round %d: loss %.4f\n", round+1, loss)
	}}
	b, err := t.Train(e, append(articles, silver...))
	if err != nil {
		return err
	}
	return os.WriteFile(out, b, 0o644)
}

// gumNames reads the mentions of documents, code points turned into bytes.
func gumNames(path string) ([]quote.NamedArticle, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []quote.NamedArticle
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<26)
	for n := 1; lines.Scan(); n++ {
		var d struct {
			Text     string
			Entities []struct {
				Type     quote.Type
				Mentions [][2]int
			}
		}
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		at := runeBytes(d.Text)
		a := quote.NamedArticle{Text: d.Text, Times: 3}
		for _, e := range d.Entities {
			for _, m := range e.Mentions {
				if m[0] < 0 || m[1] < m[0] || m[1] >= len(at) {
					return nil, fmt.Errorf("%s:%d: entities: mention %v lies outside of the text", path, n, m)
				}
				a.Names = append(a.Names, quote.NamedSpan{Span: text.Span{Start: at[m[0]], End: at[m[1]]}, Type: e.Type})
			}
		}
		out = append(out, a)
	}
	return out, lines.Err()
}

// silverNames are the people and organizations that a machine named in PolNeAR's train part.
func silverNames(gold string) ([]quote.NamedArticle, error) {
	texts := map[string]string{}
	err := eachDocument(filepath.Join(gold, "polnear.train.jsonl"), func(id, s string) { texts[id] = s })
	if err != nil {
		return nil, err
	}
	var out []quote.NamedArticle
	var a *quote.NamedArticle
	var at []int
	last := "" // what the token before was named
	err = eachLine(filepath.Join(gold, "polnear.corenlp.tsv.gz"), func(line string) {
		if s, ok := strings.CutPrefix(line, "# id "); ok {
			id, _, _ := strings.Cut(s, "\t")
			a, last = nil, ""
			if t, ok := texts[id]; ok {
				out = append(out, quote.NamedArticle{Text: t, Times: 1})
				a, at = &out[len(out)-1], runeBytes(t)
			}
			return
		}
		c := strings.Split(line, "\t")
		if a == nil || len(c) < 5 || c[4] != "PERSON" && c[4] != "ORGANIZATION" {
			last = ""
			return
		}
		from, err1 := strconv.Atoi(c[0])
		to, err2 := strconv.Atoi(c[1])
		if err1 != nil || err2 != nil || from < 0 || to < from || to >= len(at) {
			last = ""
			return
		}
		if c[4] == last {
			a.Names[len(a.Names)-1].End = at[to]
			return
		}
		last = c[4]
		typ := quote.Person
		if c[4] == "ORGANIZATION" {
			typ = quote.Organization
		}
		a.Names = append(a.Names, quote.NamedSpan{Span: text.Span{Start: at[from], End: at[to]}, Type: typ})
	})
	return out, err
}
