package main

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	article = "“We lost,” Ann Lee said. Bob Roe said that taxes rose. <b>He</b> blamed Lee. The agency warned that jobs would go. Nobody denied it."
	other   = "Lee praised Roe."
)

// at is the span of the nth occurrence of words in text.
func at(t *testing.T, text, words string, nth int) span {
	t.Helper()
	from := 0
	for {
		i := strings.Index(text[from:], words)
		if i < 0 {
			t.Fatalf("%q is not in the text", words)
		}
		if nth == 0 {
			s := len([]rune(text[:from+i]))
			return span{s, s + len([]rune(words))}
		}
		nth--
		from += i + 1
	}
}

// example is one document with its gold and a prediction that errs once at most stages.
func example(t *testing.T) []*document {
	in := func(words string) []span { return []span{at(t, article, words, 0)} }
	sure, unsure := 0.9, 0.4
	said := []span{at(t, article, "said", 1)}
	gold := answer{ID: "a", Publisher: "herald", Text: article,
		Quotes: []quotation{
			{Kind: "direct", Content: in("“We lost,”"), Source: in("Ann Lee"), Cue: in("said")},
			{Kind: "indirect", Content: in("that taxes rose"), Source: in("Bob Roe"), Cue: said},
			{Kind: "indirect", Content: in("that jobs would go"), Source: in("The agency"), Cue: in("warned")},
		},
		Entities: []entity{
			{Type: "person", Name: "Ann Lee", Mentions: []span{at(t, article, "Ann Lee", 0), at(t, article, "Lee", 1)}},
			{Type: "person", Name: "Bob Roe", Mentions: append(in("Bob Roe"), in("He")...)},
			{Type: "organization", Name: "The agency", Mentions: in("The agency")},
		},
		Criticisms: []criticism{{Polarity: "negative", Source: in("He")[0], Target: at(t, article, "Lee", 1)}},
	}
	pred := answer{ID: "a",
		Quotes: []quotation{
			{Kind: "direct", Content: in("We lost"), Source: in("Bob Roe"), Cue: in("said"), Score: &sure},
			{Kind: "indirect", Content: in("taxes rose. <b>He</b>"), Cue: in("Bob"), Score: &sure},
			{Kind: "indirect", Content: in("Nobody denied it"), Score: &unsure},
		},
		Entities: []entity{
			{Type: "organization", Name: "Ann Lee", Mentions: append(in("Ann Lee"), in("He")...)},
			{Type: "person", Name: "Lee", Mentions: []span{at(t, article, "Lee", 1)}},
			{Type: "person", Name: "Bob Roe", Mentions: in("Bob Roe")},
		},
		Criticisms: []criticism{{Polarity: "negative", Source: at(t, article, "Lee", 1), Target: in("He")[0], Score: &sure}},
	}
	praise := criticism{Polarity: "positive", Source: span{0, 3}, Target: span{12, 15}}
	return []*document{
		{id: "a", outlet: "herald", text: []rune(article), gold: gold, pred: pred},
		{id: "b", outlet: "post", text: []rune(other), gold: answer{ID: "b", Text: other, Criticisms: []criticism{praise}}},
	}
}

func TestStages(t *testing.T) {
	got := map[string]int{}
	r := judge(example(t))
	for _, f := range r.faults {
		got[f.stage]++
	}
	for _, c := range []struct {
		stage string
		want  int
	}{
		{missedContent, 1}, {spuriousContent, 1}, {wrongBorders, 1}, {missingSource, 1}, {wrongSource, 1}, {wrongCue, 1},
		{missedMention, 1}, {wrongLink, 2}, {wrongType, 1}, {missedJudgement, 1}, {turnedJudgement, 1}, {falseJudgement, 0}, {twistedJudgement, 0},
	} {
		if got[c.stage] != c.want {
			t.Errorf("%s: got %d, want %d", c.stage, got[c.stage], c.want)
		}
	}
}

// TestFigures wants what score.py prints for the example.
func TestFigures(t *testing.T) {
	got := map[string]int{}
	for _, f := range judge(example(t)).figures {
		got[f.Name] = f.Hit
	}
	for name, want := range map[string]int{"exact": 1, "content": 2, "quote and source": 0, "mentions": 4, "pairs of entities": 0} {
		if got[name] != want {
			t.Errorf("%s: got %d right, want %d", name, got[name], want)
		}
	}
}

func TestRightIsNoError(t *testing.T) {
	docs := example(t)
	for _, d := range docs {
		d.pred = d.gold
	}
	if r := judge(docs); len(r.faults) > 0 {
		t.Errorf("gold against itself has %+v", r.faults)
	}
}

func TestWorstTakesEachStage(t *testing.T) {
	shown := judge(example(t)).worst(11)
	for _, s := range []string{missedContent, wrongLink, turnedJudgement} {
		if len(shown[s]) != 1 {
			t.Errorf("%s: %d shown, want 1", s, len(shown[s]))
		}
	}
}

func TestNatural(t *testing.T) {
	for _, c := range []struct {
		a, b string
		less bool
	}{{"below 500", "below 2000", true}, {"below 16000", "below 8000", false}, {"below 500", "more", true}, {"nyt", "usa", true}} {
		if got := natural(c.a, c.b) < 0; got != c.less {
			t.Errorf("%q before %q: got %v", c.a, c.b, got)
		}
	}
}

func TestPage(t *testing.T) {
	dir := t.TempDir()
	file := func(name string, pick func(*document) answer) string {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for _, d := range example(t) {
			a := pick(d)
			a.ID = d.id
			if err := json.NewEncoder(f).Encode(a); err != nil {
				t.Fatal(err)
			}
		}
		return f.Name()
	}
	gold, pred := file("gold.jsonl", func(d *document) answer { return d.gold }), file("pred.jsonl", func(d *document) answer { return d.pred })
	out := filepath.Join(dir, "sub", "page.html")
	if err := run([]string{"-gold", gold, "-pred", pred, "-out", out}, io.Discard); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	page := string(b)
	for _, want := range []string{"12 errors, of which 12 are shown", "reversed criticism: 1", "&lt;b&gt;", `<span class="tag g">source</span><span class="g g-source">The agency</span>`, "herald"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, bad := range []string{"<b>He", "http://", "https://", "<script", "ZgotmplZ"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
}

func TestBadInput(t *testing.T) {
	dir := t.TempDir()
	write := func(name, s string) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(s), 0o644); err != nil {
			t.Fatal(err)
		}
		return p
	}
	gold := write("gold", `{"id":"a","text":"Lee left.","quotes":[]}`)
	for _, c := range []struct{ name, pred, want string }{
		{"unknown id", `{"id":"b"}`, "is not in"},
		{"span beyond the text", `{"id":"a","quotes":[{"content":[[0,99]]}]}`, "span [0 99]"},
		{"empty span", `{"id":"a","entities":[{"mentions":[[3,3]]}]}`, "span [3 3]"},
		{"no JSON", `{`, ":1:"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := run([]string{"-gold", gold, "-pred", write("pred", c.pred), "-out", filepath.Join(dir, "o.html")}, io.Discard)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
	if err := run([]string{"-gold", gold}, io.Discard); err == nil || !strings.Contains(err.Error(), "usage") {
		t.Errorf("got %v, want the usage", err)
	}
}

// TestScores checks the curve by hand-counted figures, and that notes come without what changes by itself.
func TestScores(t *testing.T) {
	docs := example(t)
	curve := quoteCurve(docs)
	for _, want := range []string{"\n  >=0.00      3 0.000 0.000      1 0.000 0.000      2 0.000 0.000      0     -     -\n", "\n  >=0.95      0     - 0.000"} {
		if !strings.Contains(curve, want) {
			t.Errorf("no %q in\n%s", want, curve)
		}
	}
	docs[0].pred.Quotes[0].Source = docs[0].gold.Quotes[0].Source
	if curve, want := quoteCurve(docs), "\n  >=0.90      2 0.500 0.333      1 1.000 1.000      1 0.000 0.000      0     -     -\n"; !strings.Contains(curve, want) {
		t.Errorf("no %q in\n%s", want, curve)
	}
	var b strings.Builder
	if err := seedFigures(&b, strings.NewReader("=== RUN   TestA\n    a_test.go:12: 2 of 3\n--- PASS: TestA (0.12s)\nok  \tx\t0.4s\n")); err != nil || b.String() != "PASS TestA\n  2 of 3\n" {
		t.Errorf("%v %q", err, b.String())
	}
}
