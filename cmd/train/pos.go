package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

// posBytes bounds the tagger's file.
const posBytes = 2_200_000

// trainPOS trains the part-of-speech tagger from the gold folder and writes out.
// GUM's gold counts three times; PolNeAR's machine tags once. It returns the accuracy on gum.dev.
func trainPOS(gold, out string, log io.Writer) (float64, error) {
	train, dev, silver, err := posData(gold)
	if err != nil {
		return 0, err
	}
	t := pos.Trainer{Seed: 12, Rounds: 6, Bytes: posBytes, Log: func(round int, acc float64) {
		fmt.Fprintf(log, "pos: round %d: %.4f right\n", round+1, acc)
	}}
	b := t.Train(train)
	m, err := pos.Load(b)
	if err != nil {
		return 0, err
	}
	acc := posAccuracy(m, dev, log)
	fmt.Fprintf(log, "pos: accuracy: gum.dev (gold) %.4f, polnear.dev (machine-made tags) %.4f; %d bytes\n", acc, posAccuracy(m, silver, io.Discard), len(b))
	return acc, os.WriteFile(out, b, 0o644)
}

// posAccuracy is the share of gold tags that m gives; the commonest confusions go to log.
func posAccuracy(m *pos.Model, set []pos.Example, log io.Writer) float64 {
	right, all := 0, 0
	wrong := map[[2]pos.Tag]int{}
	for _, x := range set {
		got := make([]pos.Tag, len(x.Doc.Tokens))
		m.Tag(x.Doc, got)
		for i, want := range x.Tags {
			if want == pos.None {
				continue
			}
			all++
			if got[i] == want {
				right++
			} else {
				wrong[[2]pos.Tag{want, got[i]}]++
			}
		}
	}
	for k, n := range wrong {
		if n >= max(8, all/1000) {
			fmt.Fprintf(log, "pos: %d × %s taken for %s\n", n, k[0], k[1])
		}
	}
	return float64(right) / float64(max(1, all))
}

// posData reads GUM's gold (train three times, dev) and PolNeAR's machine tags (train, silver: those of its dev part).
func posData(gold string) (train, dev, silver []pos.Example, err error) {
	texts := map[string]string{}
	split := map[string]string{}
	for _, f := range []string{"gum.train.jsonl", "gum.dev.jsonl", "polnear.train.jsonl", "polnear.dev.jsonl"} {
		err := eachDocument(filepath.Join(gold, f), func(id, s string) {
			id = id[strings.IndexByte(id, '/')+1:]
			texts[id], split[id] = s, f
		})
		if err != nil {
			return nil, nil, nil, err
		}
	}
	err = eachConllu(filepath.Join(gold, "gum.train+dev.conllu.gz"), func(id string, ts []goldToken) {
		s, ok := texts[id]
		if !ok {
			return
		}
		place(s, ts)
		x := align(s, ts)
		if split[id] == "gum.dev.jsonl" {
			dev = append(dev, x)
		} else {
			train = append(train, x, x, x)
		}
	})
	if err != nil {
		return nil, nil, nil, err
	}
	err = eachSilver(filepath.Join(gold, "polnear.corenlp.tsv.gz"), func(id string, ts []goldToken) {
		s, ok := texts[id]
		if !ok {
			return
		}
		at := runeBytes(s)
		for i := range ts {
			ts[i].start, ts[i].end = at[min(ts[i].start, len(at)-1)], at[min(ts[i].end, len(at)-1)]
		}
		if x := align(s, ts); split[id] == "polnear.dev.jsonl" {
			silver = append(silver, x)
		} else {
			train = append(train, x)
		}
	})
	return train, dev, silver, err
}

// goldToken is a token of a corpus; start and end are bytes, both 0 where it could not be found in the text.
type goldToken struct {
	word       string
	tag        pos.Tag
	start, end int
}

func eachDocument(path string, f func(id, text string)) error {
	r, err := os.Open(path)
	if err != nil {
		return err
	}
	defer r.Close()
	for d := json.NewDecoder(r); ; {
		var doc struct{ ID, Text string }
		if err := d.Decode(&doc); err == io.EOF {
			return nil
		} else if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		f(doc.ID, doc.Text)
	}
}

// eachLine calls f with the lines of a gzipped file.
func eachLine(path string, f func(line string)) error {
	r, err := os.Open(path)
	if err != nil {
		return err
	}
	defer r.Close()
	z, err := gzip.NewReader(r)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	s := bufio.NewScanner(z)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		f(s.Text())
	}
	if err := s.Err(); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// eachConllu calls f with each document's tokens; their places are not known yet.
func eachConllu(path string, f func(id string, ts []goldToken)) error {
	var id string
	var ts []goldToken
	flush := func() {
		if len(ts) > 0 {
			f(id, ts)
		}
		ts = nil
	}
	err := eachLine(path, func(line string) {
		if s, ok := strings.CutPrefix(line, "# newdoc id = "); ok {
			flush()
			id = s
			return
		}
		c := strings.Split(line, "\t")
		if len(c) != 10 || strings.ContainsAny(c[0], "-.") {
			return
		}
		ts = append(ts, goldToken{word: c[1], tag: pos.Parse(c[4])})
	})
	flush()
	return err
}

// eachSilver calls f with each PolNeAR document's tokens; start and end are code points, as in the file.
func eachSilver(path string, f func(id string, ts []goldToken)) error {
	var id string
	var ts []goldToken
	flush := func() {
		if len(ts) > 0 {
			f(id, ts)
		}
		ts = nil
	}
	err := eachLine(path, func(line string) {
		if s, ok := strings.CutPrefix(line, "# id "); ok {
			flush()
			id = strings.TrimPrefix(strings.Split(s, "\t")[0], "polnear/")
			return
		}
		c := strings.Split(line, "\t")
		if len(c) < 5 {
			return
		}
		a, err1 := strconv.Atoi(c[0])
		b, err2 := strconv.Atoi(c[1])
		if err1 == nil && err2 == nil {
			ts = append(ts, goldToken{word: c[2], tag: pos.Parse(c[3]), start: a, end: b})
		}
	})
	flush()
	return err
}

// place finds the tokens, which carry no offsets, in s one after the other, passing over white space only.
// A token that is not there stays without a place.
func place(s string, ts []goldToken) {
	at := 0
	for i := range ts {
		for at < len(s) {
			r, n := utf8.DecodeRuneInString(s[at:])
			if !unicode.IsSpace(r) {
				break
			}
			at += n
		}
		if strings.HasPrefix(s[at:], ts[i].word) {
			ts[i].start, ts[i].end = at, at+len(ts[i].word)
			at = ts[i].end
		} else if k := strings.Index(s[at:min(len(s), at+60)], ts[i].word); k >= 0 {
			ts[i].start = at + k
			ts[i].end = ts[i].start + len(ts[i].word)
			at = ts[i].end
		}
	}
}

// runeBytes is the byte offset of each code point of s, and of its end.
func runeBytes(s string) []int {
	out := make([]int, 0, len(s)+1)
	for i := range s {
		out = append(out, i)
	}
	return append(out, len(s))
}

// align gives each of our tokens the tag of the corpus' token that it shares most bytes with. Of the parts of a
// hyphenated word the last decides; a participle there makes an adjective ("state-funded").
func align(s string, ts []goldToken) pos.Example {
	d := text.Split(s)
	tags := make([]pos.Tag, len(d.Tokens))
	k := 0
	for i := range d.Tokens {
		t := &d.Tokens[i]
		for k < len(ts) && ts[k].end <= t.Start {
			k++
		}
		best, parts := 0, 0
		for j := k; j < len(ts) && ts[j].start < t.End; j++ {
			n := min(t.End, ts[j].end) - max(t.Start, ts[j].start)
			if n <= 0 || ts[j].tag == pos.None {
				continue
			}
			parts++
			last := ts[j].end >= t.End && t.Kind == text.Word
			if n > best || last && n > 1 {
				tags[i], best = ts[j].tag, n
			}
		}
		if parts > 1 && t.Kind == text.Word {
			switch tags[i] {
			case pos.VBN, pos.VBG, pos.VBD:
				tags[i] = pos.JJ
			}
		}
		if tags[i] == pos.IN && d.Low(i) == "to" {
			tags[i] = pos.TO
		}
	}
	return pos.Example{Doc: d, Tags: tags}
}
