// Command pair is the Go part of training the network of who judges whom: it hands pairs of names to Python as the engine sees them; developers only.
//
//	pair dump GOLD OUT              writes OUT/{gold,dev,more}.{jsonl,bin} and OUT/words.tsv
//	pair names FILE.jsonl OUT/NAME  writes OUT/NAME.{jsonl,bin}: names of the file's texts, two by two
//
// A jsonl line is one pair for the teacher, text and two spans in code points; the bin file has the same pairs for the student,
// little-endian int32: tokens, first and last token of the one name and of the other, hints, class (-1: nobody knows), then for each token the key of
// its word and its rows. words.tsv has each word's key and the word.
package main

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"saidgraph/loaders/quote/judge"
	"saidgraph/loaders/quote/lexicon"
	"saidgraph/loaders/quote/model"
	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

// Pairs without a class: at most so many of a sentence, and of all articles together.
const (
	mostOfSentence = 2
	mostOfArticles = 24_000
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "pair:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 3 || args[0] != "dump" && args[0] != "names" {
		return errors.New("usage: pair dump GOLD OUT | pair names FILE.jsonl OUT/NAME")
	}
	tagger, err := pos.Load(model.POS)
	if err != nil {
		return err
	}
	d := &dumper{lex: judge.NewLexicon(lexicon.Judge, lexicon.Valence), tagger: tagger, words: map[uint32]string{}, rng: rand.New(rand.NewPCG(13, 1))}
	if args[0] == "names" {
		return d.part(args[2], []string{args[1]}, false)
	}
	return d.dump(args[1], args[2])
}

func (d *dumper) dump(gold, out string) error {
	train, dev, articles := filepath.Join(gold, "directed.train.jsonl"), filepath.Join(gold, "directed.dev.jsonl"), filepath.Join(gold, "polnear.train.jsonl")
	for _, part := range []struct {
		name  string
		files []string
		keep  bool // pairs with a class, rather than those without
	}{{"gold", []string{train}, true}, {"dev", []string{dev}, true}, {"more", []string{train, articles}, false}} {
		if err := d.part(filepath.Join(out, part.name), part.files, part.keep); err != nil {
			return err
		}
	}
	keys := make([]uint32, 0, len(d.words))
	for k := range d.words {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	var b strings.Builder
	for _, k := range keys {
		fmt.Fprintf(&b, "%d\t%s\n", k, d.words[k])
	}
	return os.WriteFile(filepath.Join(out, "words.tsv"), []byte(b.String()), 0o644)
}

// dumper writes pairs.
type dumper struct {
	lex    *judge.Lexicon
	tagger *pos.Model
	words  map[uint32]string
	rng    *rand.Rand
	bin    *bufio.Writer
	lines  *bufio.Writer
}

// document is what the corpora have: directed texts come with pairs.
type document struct {
	Text       string
	Criticisms []struct {
		Polarity   string
		SourceSpan [2]int `json:"source_span"`
		TargetSpan [2]int `json:"target_span"`
	}
}

func (d *dumper) part(name string, files []string, classed bool) error {
	bin, err := os.Create(name + ".bin")
	if err != nil {
		return err
	}
	defer bin.Close()
	lines, err := os.Create(name + ".jsonl")
	if err != nil {
		return err
	}
	defer lines.Close()
	d.bin, d.lines = bufio.NewWriterSize(bin, 1<<20), bufio.NewWriterSize(lines, 1<<20)
	for _, path := range files {
		if err := d.file(path, classed); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return errors.Join(d.bin.Flush(), d.lines.Flush())
}

func (d *dumper) file(path string, classed bool) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	var pairs []pair
	for dec := json.NewDecoder(bufio.NewReaderSize(in, 1<<20)); ; {
		var doc document
		if err := dec.Decode(&doc); err == io.EOF {
			break
		} else if err != nil {
			return err
		}
		p := d.read(doc.Text)
		if classed {
			pairs = append(pairs, p.gold(&doc)...)
		} else {
			pairs = append(pairs, p.others(&doc, d.rng)...)
		}
	}
	if len(pairs) > mostOfArticles {
		d.rng.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
		pairs = pairs[:mostOfArticles]
	}
	for _, p := range pairs {
		if err := d.write(&p); err != nil {
			return err
		}
	}
	return nil
}

// page is one document, read.
type page struct {
	d    *dumper
	doc  *text.Doc
	tags []pos.Tag
	at   []int // byte of each code point
}

// pair is two names of a page within the sentences [from, to].
type pair struct {
	*page
	a, b     judge.Range
	from, to int
	class    int
}

func (d *dumper) read(s string) *page {
	p := &page{d: d, doc: text.Split(s)}
	p.tags = make([]pos.Tag, len(p.doc.Tokens))
	d.tagger.Tag(p.doc, p.tags)
	for i := range s {
		p.at = append(p.at, i)
	}
	p.at = append(p.at, len(s))
	return p
}

// gold is the pairs that the corpus judged.
func (p *page) gold(doc *document) (out []pair) {
	for _, c := range doc.Criticisms {
		a, b := p.tokens(c.SourceSpan), p.tokens(c.TargetSpan)
		class := map[string]int{"neutral": 0, "negative": 1, "positive": 2}[c.Polarity]
		if b.First < a.First {
			a, b = b, a
			if class > 0 {
				class += 2
			}
		}
		out = append(out, pair{p, a, b, p.doc.Tokens[a.First].Sentence, p.doc.Tokens[b.First].Sentence, class})
	}
	return out
}

// tokens is the range of tokens that a span of code points touches.
func (p *page) tokens(span [2]int) judge.Range {
	s, e := p.at[span[0]], p.at[span[1]]
	t := p.doc.Tokens
	first := min(sort.Search(len(t), func(i int) bool { return t[i].End > s }), len(t)-1)
	last := first + 1
	for last < len(t) && t[last].Start < e {
		last++
	}
	return judge.Range{First: first, Last: last}
}

// others is pairs of names that the corpus did not judge.
func (p *page) others(doc *document, rng *rand.Rand) (out []pair) {
	judged := p.gold(doc)
	for k, s := range p.doc.Sentences {
		r := judge.NewReader(p.d.lex, p.doc, p.tags)
		r.Read(s.First, s.Last)
		names := r.Names(nil, func(int) bool { return false })
		var all []pair
		for i, a := range names {
			for _, b := range names[i+1:] {
				known := slices.ContainsFunc(judged, func(j pair) bool {
					return j.a.First < a.Last && a.First < j.a.Last && j.b.First < b.Last && b.First < j.b.Last
				})
				if !known && p.doc.Low(a.First) != p.doc.Low(b.First) {
					all = append(all, pair{p, a, b, k, k, -1})
				}
			}
		}
		rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		out = append(out, all[:min(len(all), mostOfSentence)]...)
	}
	return out
}

// write writes one pair for the teacher and for the student.
func (d *dumper) write(p *pair) error {
	first, last := p.doc.Sentences[p.from], p.doc.Sentences[p.to]
	code := func(b int) int {
		i, _ := slices.BinarySearch(p.at, b)
		return i - func() int { i, _ := slices.BinarySearch(p.at, first.Start); return i }()
	}
	span := func(a judge.Range) [2]int {
		return [2]int{code(p.doc.Tokens[a.First].Start), code(p.doc.Tokens[a.Last-1].End)}
	}
	line, err := json.Marshal(map[string]any{"text": p.doc.Text[first.Start:last.End], "a": span(p.a), "b": span(p.b), "class": p.class})
	if err != nil {
		return err
	}
	d.lines.Write(append(line, '\n'))
	r := judge.NewReader(d.lex, p.doc, p.tags)
	r.Read(first.First, last.Last)
	seen := r.See(p.a, p.b)
	out := []int32{int32(len(seen)), int32(p.a.First - first.First), int32(p.a.Last - first.First), int32(p.b.First - first.First), int32(p.b.Last - first.First), int32(r.Hints(p.a, p.b)), int32(p.class)}
	for i, s := range seen {
		if low := p.doc.Low(first.First + i); s.Word == judge.WordKey(low) {
			d.words[s.Word] = low
		}
		out = append(out, int32(s.Word))
		for _, v := range s.Rows {
			out = append(out, int32(v))
		}
	}
	return binary.Write(d.bin, binary.LittleEndian, out)
}
