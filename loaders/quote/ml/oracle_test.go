package ml

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"

	"saidgraph/loaders/quote/text"
)

// TestOracleLinking writes what linking makes of gold spans, for the scorer: the ceiling of the linker.
// It wants GOLD_FILE (JSONL with quotes) and ORACLE_OUT.
func TestOracleLinking(t *testing.T) {
	in, outPath := os.Getenv("GOLD_FILE"), os.Getenv("ORACLE_OUT")
	if in == "" || outPath == "" {
		t.Skip("no GOLD_FILE and ORACLE_OUT")
	}
	f, err := os.Open(in)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out, err := os.Create(outPath)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	enc := json.NewEncoder(out)
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		var d struct {
			ID, Text string
			Quotes   []map[string]json.RawMessage
		}
		if err := json.Unmarshal(sc.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		doc := text.Split(d.Text)
		var at []int
		for i := range d.Text {
			at = append(at, i)
		}
		at = append(at, len(d.Text))
		tags := newTags(len(doc.Tokens))
		for i := range tags.s {
			tags.s[i] = -2560
		}
		for _, q := range d.Quotes {
			cue := -1
			parts := map[Head][][2]int{}
			for h, name := range map[Head]string{Content: "content", Cue: "cue", Source: "source"} {
				var spans [][2]int
				_ = json.Unmarshal(q[name], &spans)
				parts[h] = spans
			}
			if len(parts[Cue]) > 0 {
				cue = at[parts[Cue][0][0]]
			}
			for h, spans := range parts {
				for _, s := range spans {
					first := true
					for i, tok := range doc.Tokens {
						if tok.End <= at[s[0]] || tok.Start >= at[s[1]] {
							continue
						}
						k := i*perToken + 2*int(h)
						if first {
							tags.s[k] = 2560
						} else {
							tags.s[k+1] = 2560
						}
						first = false
						side := int16(-2560)
						if cue > tok.Start {
							side = 2560
						}
						if h == Content {
							tags.s[i*perToken+2*int(numHeads)] = side
						}
						if h == Source {
							tags.s[i*perToken+2*int(numHeads)+1] = side
						}
					}
				}
			}
		}
		back := map[int]int{}
		for n, b := range at {
			back[b] = n
		}
		cut := func(ss []text.Span) [][2]int {
			o := [][2]int{}
			for _, s := range ss {
				o = append(o, [2]int{back[s.Start], back[s.End]})
			}
			return o
		}
		var qs []any
		for _, a := range (&Tagger{}).Decode(doc, tags, Options{}) {
			qs = append(qs, map[string]any{"content": cut(a.Content), "cue": cut(a.Cue), "source": cut(a.Source)})
		}
		_ = enc.Encode(map[string]any{"id": d.ID, "quotes": qs})
	}
}
