package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"saidgraph/loaders/jobs"
	"saidgraph/loaders/page"
	"saidgraph/loaders/quote"
	"saidgraph/loaders/source"
)

type extractCmd struct {
	Files    []string  `arg:"" name:"file" optional:"" default:"-" help:"Texts or JSON Lines; - is standard input."`
	Gold     bool      `help:"Read gold documents, {\"id\", \"text\", …} a line, and write one line of JSON each."`
	MaxBytes jobs.Size `help:"The longest document that is read." default:"10M" placeholder:"SIZE"`
}

func (extractCmd) Help() string {
	return `Shows who said what and who judges whom in a text; nothing is stored.

Examples:
  saidgraph extract article.txt
  saidgraph extract --json article.txt
  saidgraph extract --gold documents.jsonl > analyses.jsonl

--json and --gold write one JSON object a line for each document: id, quotes, entities, said, criticized, criticisms. Offsets
count Unicode code points, half-open. With --gold they are those of the document's text as it is, and id is the
document's; with --json the text is read as load reads it, and is in the object as "text".`
}

func (c *extractCmd) Run(a *app) error {
	debug.SetGCPercent(50) // a long text's result grows while it is read: 168 MB for one of 10 MB instead of 212, at no cost
	engine, err := quote.New()
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(a.stdout, 64<<10)
	failed := 0
	if c.Gold {
		failed, err = c.gold(a, engine.Analyze, out)
	} else {
		failed, err = c.texts(a, engine.Analyze, out)
	}
	if ferr := out.Flush(); err == nil {
		err = ferr
	}
	switch {
	case err != nil:
		return err
	case a.ctx.Err() != nil:
		return a.ctx.Err()
	case failed > 0:
		return &exitError{exitPartial, nil}
	}
	return nil
}

// texts analyses documents as load does, and returns how many could not be read.
func (c *extractCmd) texts(a *app, analyse func(string) *quote.Analysis, out *bufio.Writer) (failed int, err error) {
	r := source.Reader{MaxBytes: int64(c.MaxBytes), Stdin: a.stdin}
	for raw, err := range r.Read(a.ctx, c.Files...) {
		if errors.As(err, new(*source.Skip)) {
			continue
		}
		var art page.Article
		if err == nil {
			art, err = page.Read(raw)
		}
		if err != nil {
			a.complain(err)
			failed++
			continue
		}
		id := raw.From
		if raw.Line > 0 {
			id += ":" + strconv.Itoa(raw.Line)
		}
		an := analyse(art.Text)
		if a.json {
			err = json.NewEncoder(out).Encode(extracted{an.Gold(id), art.Text})
		} else {
			err = c.print(a, out, id, art, an)
		}
		if err != nil {
			return failed, err
		}
	}
	return failed, nil
}

// extracted is a line of --json.
type extracted struct {
	quote.Gold
	Text string `json:"text"`
}

// print shows one document to people.
func (c *extractCmd) print(a *app, out *bufio.Writer, id string, art page.Article, an *quote.Analysis) error {
	w := sized{out, width(a.stdout)}
	fmt.Fprintf(w, "%s: %s\n", clean(id), clean(art.Title))
	if an.Skipped != "" {
		_, err := fmt.Fprintf(w, "not analysed: %s\n\n", clean(an.Skipped))
		return err
	}
	text := newRuler(art.Text)
	cut := func(spans ...quote.Span) string {
		var parts []string
		for _, s := range spans {
			parts = append(parts, text.cut(s))
		}
		return strings.Join(parts, " … ")
	}
	var said [][]string
	for _, q := range an.Claims {
		said = append(said, []string{speaker(an, q), string(q.Kind), cut(q.Parts...), strings.Join(names(an, q.About), ", ")})
	}
	var stances [][]string
	for _, s := range an.Stances {
		did := "criticizes"
		if s.Polarity == quote.Positive {
			did = "praises"
		}
		stances = append(stances, []string{an.Entities[s.From].Name, did, an.Entities[s.To].Name, string(s.Voice), cut(s.Evidence)})
	}
	var people [][]string
	for _, e := range an.Entities {
		if e.Named {
			people = append(people, []string{e.Name, string(e.Type), strings.Join(e.Aliases, ", "), strconv.Itoa(len(e.Mentions))})
		}
	}
	for _, part := range []struct {
		title string
		head  []string
		rows  [][]string
	}{
		{"Said", []string{"WHO", "KIND", "WORDS", "ABOUT"}, said},
		{"Criticism and praise", []string{"WHO", "DOES", "WHOM", "VOICE", "WORDS"}, stances},
		{"People and organizations", []string{"NAME", "TYPE", "ALSO", "MENTIONS"}, people},
	} {
		fmt.Fprintf(w, "\n%s (%d)\n", part.title, len(part.rows))
		if len(part.rows) == 0 {
			continue
		}
		if err := table(w, part.head, part.rows); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(w)
	return err
}

// ruler finds the bytes of code points: a text of runes would take four times the memory.
type ruler struct {
	text string
	at   []int // the byte at which every ruled-th code point begins
}

const ruled = 256

func newRuler(text string) ruler {
	r, n := ruler{text: text, at: make([]int, 0, len(text)/ruled+1)}, 0
	for i := range text {
		if n%ruled == 0 {
			r.at = append(r.at, i)
		}
		n++
	}
	return r
}

// byteOf is the byte at which code point n begins, or the text's end.
func (r ruler) byteOf(n int) int {
	k := min(n/ruled, len(r.at)-1)
	i := r.at[k]
	for range n - k*ruled {
		_, size := utf8.DecodeRuneInString(r.text[i:])
		i += size
	}
	return i
}

func (r ruler) cut(s quote.Span) string { return r.text[r.byteOf(s.Start):r.byteOf(s.End)] }

func speaker(an *quote.Analysis, c quote.Claim) string {
	if named := slices.DeleteFunc(slices.Clone(c.Speakers), func(e int) bool { return !an.Entities[e].Named }); len(named) > 0 {
		return strings.Join(names(an, named), ", ")
	}
	if c.By == "" {
		return "(nobody named)"
	}
	return "“" + c.By + "”"
}

func names(an *quote.Analysis, entities []int) []string {
	var out []string
	for _, e := range entities {
		out = append(out, an.Entities[e].Name)
	}
	return out
}
