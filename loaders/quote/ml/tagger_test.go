package ml_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"saidgraph/loaders/quote/ml"
	"saidgraph/loaders/quote/model"
	"saidgraph/loaders/quote/text"
)

const article = "“The roof was rotten,” Ann Lee said. “We warned the board twice.”\n\n" +
	"Bob Roe, a spokesman for Acme Corp., denied that the company had known. He believes that the storm was to blame.\n\n" +
	"According to two officials, the repair will cost $3 million.\n\n"

func TestDecode(t *testing.T) {
	m := load(t)
	doc := text.Split(article)
	tags := m.Tag(doc)
	var got []string
	for _, a := range m.Decode(doc, tags, ml.Options{}) {
		line := ""
		for _, s := range a.Source {
			line += doc.Cut(s)
		}
		line += " |"
		for _, s := range a.Cue {
			line += " " + doc.Cut(s)
		}
		for _, s := range a.Content {
			line += " | " + doc.Cut(s)
		}
		got = append(got, line)
	}
	for _, want := range []string{
		"Ann Lee | said | “The roof was rotten,” | “We warned the board twice.”",
		"He | believes | that the storm was to blame",
	} {
		found := false
		for _, g := range got {
			found = found || g == want
		}
		if !found {
			t.Errorf("no %q in\n%s", want, strings.Join(got, "\n"))
		}
	}
}

// TestLongText reads a text of several windows, whose tags must be those of its parts far from the windows' borders.
func TestLongText(t *testing.T) {
	m := load(t)
	long := text.Split(strings.Repeat(article, 80))
	tags := m.Tag(long)
	if tags.Len() != len(long.Tokens) {
		t.Fatalf("%d tags, want %d", tags.Len(), len(long.Tokens))
	}
	per := len(long.Tokens) / 80
	for _, copyNo := range []int{40, 50, 60} {
		for i := range per {
			b, _ := tags.Odds(ml.Content, 30*per+i)
			c, _ := tags.Odds(ml.Content, copyNo*per+i)
			if d := b - c; d > .6 || d < -.6 {
				t.Errorf("token %d of copy %d: %g, want %g", i, copyNo, c, b)
			}
		}
	}
}

func TestStrangeTexts(t *testing.T) {
	m := load(t)
	for _, tc := range []struct{ name, text string }{
		{"empty", ""}, {"blank", " \n\n "}, {"one word", "x"}, {"no text", "\x00\xff\xfe"}, {"marks", strings.Repeat(`"`, 5001)},
		{"one long word", strings.Repeat("x", 100000)}, {"other script", strings.Repeat("我们说“好”。", 400)}, {"emoji", strings.Repeat("🙂 ", 3000)},
		{"capitals", strings.ToUpper(article)}, {"nested", strings.Repeat("“‘a", 500) + strings.Repeat("’”", 500)},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc := text.Split(tc.text)
			tags := m.Tag(doc)
			for _, a := range m.Decode(doc, tags, ml.Options{}) {
				for _, s := range append(append(a.Content, a.Cue...), a.Source...) {
					if s.Start < 0 || s.End > len(tc.text) || s.Len() <= 0 {
						t.Errorf("span %v", s)
					}
				}
			}
		})
	}
}

func TestConcurrentUse(t *testing.T) {
	m := load(t)
	doc := text.Split(article)
	want := m.Tag(doc)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			got := m.Tag(doc)
			for i := range got.Len() {
				b, _ := got.Odds(ml.Cue, i)
				if w, _ := want.Odds(ml.Cue, i); b != w {
					t.Errorf("token %d: got %g, want %g", i, b, w)
				}
			}
		})
	}
	wg.Wait()
}

func TestLoadRefuses(t *testing.T) {
	good := model.Tagger
	flipped := append([]byte(nil), good...)
	flipped[len(flipped)/2] ^= 1
	for _, tc := range []struct {
		name string
		b    []byte
	}{{"nothing", nil}, {"half", good[:len(good)/2]}, {"a flipped bit", flipped}, {"another file", []byte("GIF89a, and then some more of it")}} {
		if _, err := ml.Load(tc.b); !errors.Is(err, ml.ErrModel) {
			t.Errorf("%s: got %v, want ErrModel", tc.name, err)
		}
	}
}

func FuzzTag(f *testing.F) {
	m, err := ml.Load(model.Tagger)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(article)
	f.Add("\"'“‘»\n\n\x00")
	f.Fuzz(func(t *testing.T, s string) {
		doc := text.Split(s)
		tags := m.Tag(doc)
		for _, a := range m.Decode(doc, tags, ml.Options{}) {
			if len(a.Content) == 0 {
				t.Fatal("an attribution without content")
			}
		}
	})
}

func BenchmarkTag(b *testing.B) {
	m := load(b)
	doc := text.Split(strings.Repeat(article, 20))
	b.SetBytes(int64(len(doc.Text)))
	b.ReportAllocs()
	for b.Loop() {
		m.Tag(doc)
	}
	b.ReportMetric(float64(b.N)*float64(len(doc.Tokens))/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkDecode(b *testing.B) {
	m := load(b)
	doc := text.Split(strings.Repeat(article, 20))
	tags := m.Tag(doc)
	b.SetBytes(int64(len(doc.Text)))
	b.ReportAllocs()
	for b.Loop() {
		m.Decode(doc, tags, ml.Options{})
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := ml.Load(model.Tagger); err != nil {
			b.Fatal(err)
		}
	}
}
