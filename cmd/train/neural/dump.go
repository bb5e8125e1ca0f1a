package main

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"saidgraph/loaders/quote/ml"
	"saidgraph/loaders/quote/text"
)

// document is the part of a gold document that the dump needs.
type document struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// eachDocument calls f with every line of a JSONL file.
func eachDocument(path string, f func(document) error) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	dec := json.NewDecoder(bufio.NewReaderSize(in, 1<<20))
	for n := 1; ; n++ {
		var d document
		if err := dec.Decode(&d); err == io.EOF {
			return nil
		} else if err != nil {
			return fmt.Errorf("%s: document %d: %w", path, n, err)
		}
		if err := f(d); err != nil {
			return fmt.Errorf("%s: %s: %w", path, d.ID, err)
		}
	}
}

// wordPieces reads a vocabulary, one piece a line, in the order of their ids.
func wordPieces(path string) ([]string, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return strings.Split(strings.TrimSuffix(string(b), "\n"), "\n"), nil
}

// dump writes, for each JSONL file, NAME.ids (one id a line) and NAME.bin: for each document the number of
// tokens and for each token tokenColumns + FeatureCount + MaxPieces numbers, all little-endian int32.
// The token's columns are start and end in code points, sentence, paragraph, and text.Kind + 16 where it goes on a quotation.
func dump(vocab, out string, files []string) error {
	words, err := wordPieces(vocab)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	ex := ml.NewExtractor(words)
	for _, path := range files {
		if err := dumpFile(ex, out, path); err != nil {
			return err
		}
	}
	return nil
}

func dumpFile(ex *ml.Extractor, out, path string) error {
	name := filepath.Join(out, strings.TrimSuffix(filepath.Base(path), ".jsonl"))
	bin, err := os.Create(name + ".bin")
	if err != nil {
		return err
	}
	defer bin.Close()
	w, ids := bufio.NewWriterSize(bin, 1<<20), strings.Builder{}
	err = eachDocument(path, func(d document) error {
		doc := text.Split(d.Text)
		ids.WriteString(d.ID + "\n")
		return binary.Write(w, binary.LittleEndian, tokenNumbers(doc, ex.Extract(doc)))
	})
	if err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return os.WriteFile(name+".ids", []byte(ids.String()), 0o644)
}

// tokenNumbers is one document of the dump.
func tokenNumbers(doc *text.Doc, f ml.Features) []int32 {
	at := codePoints(doc.Text)
	out := []int32{int32(len(doc.Tokens))}
	for i, t := range doc.Tokens {
		out = append(out, at[t.Start], at[t.End], int32(t.Sentence), int32(doc.Sentences[t.Sentence].Paragraph), int32(t.Kind)+16*int32(f.Mid[i]))
		out = append(out, f.Rows[i*ml.FeatureCount:(i+1)*ml.FeatureCount]...)
		out = append(out, f.Pieces[i*ml.MaxPieces:(i+1)*ml.MaxPieces]...)
	}
	return out
}

// codePoints maps byte offsets, that of the end too, to code points.
func codePoints(s string) []int32 {
	at, n := make([]int32, len(s)+1), int32(0)
	last := 0
	for i := range s {
		for k := last + 1; k < i; k++ {
			at[k] = n - 1
		}
		at[i], last = n, i
		n++
	}
	for k := last + 1; k <= len(s); k++ {
		at[k] = n
	}
	return at
}
