package quote

import (
	"strings"
	"testing"
	"time"

	"saidgraph/loaders/quote/text"
)

// lawful verifies what holds of every analysis, whatever the text.
func lawful(t *testing.T, s string, a *Analysis) {
	t.Helper()
	n := len([]rune(s))
	span := func(what string, x Span) {
		if x.Start < 0 || x.End <= x.Start || x.End > n {
			t.Fatalf("%s %+v in a text of %d code points", what, x, n)
		}
	}
	for _, q := range a.Quotes {
		if len(q.Content) == 0 {
			t.Fatalf("a quote without content: %+v", q)
		}
		for k, x := range q.Content {
			span("content", x)
			if k > 0 && x.Start < q.Content[k-1].End {
				t.Fatalf("content %+v is out of order", q.Content)
			}
		}
		for _, x := range append(append([]Span{}, q.Cue...), q.Source...) {
			span("cue or source", x)
		}
		for _, e := range q.Actors {
			if e < 0 || e >= len(a.Entities) {
				t.Fatalf("speaker %d of %d entities", e, len(a.Entities))
			}
		}
	}
	for _, c := range a.Claims {
		if !a.Quotes[c.Quote].Speech {
			t.Fatalf("a claim that is no speech: %+v", c)
		}
		for _, x := range c.Parts {
			span("claim", x)
		}
	}
	for _, d := range a.Declined {
		span("refusal", d.Span)
		if d.Entity < 0 || d.Entity >= len(a.Entities) {
			t.Fatalf("refusal of entity %d of %d", d.Entity, len(a.Entities))
		}
	}
}

func FuzzAnalyze(f *testing.F) {
	for _, s := range []string{
		"", "“A,” said B. “C.”", "\xff\xfe“\x00”", `"A said," "B said", "C said`, "According to", "said said said, he said.",
		"A: b: c", "“a\n“b\n“c” -D", "Hill, a doctor, (R) — who — said that", "He declined to comment. The agency did not respond to requests for comment.",
		"Ann Lee:\n\nI will.", "你好说：“再见。” 他说", "“‘«»’”, X said: “", "As X said, that", "X told Y that Z told him that W said",
	} {
		f.Add(s)
	}
	e := newEngine(f)
	f.Fuzz(func(t *testing.T, s string) { lawful(t, s, e.Analyze(s)) })
}

// TestAttributionLinear times inputs that would take squared time if a search had no bound.
func TestAttributionLinear(t *testing.T) {
	e := newEngine(t)
	for _, c := range []struct{ name, in string }{
		{"one sentence", strings.Repeat("he said that she said and ", 1<<13)},
		{"quotations", strings.Repeat("“a” ", 12_000)},
		{"opened at each paragraph", strings.Repeat("“We go on.\n", 5_000)},
		{"floating", strings.Repeat("“We will all go on.” ", 5_000)},
		{"commas", strings.Repeat("a, b, who said, ", 1<<13)},
		{"cues without subject", strings.Repeat("said, ", 1<<14)},
		{"attributions in one paragraph", strings.Repeat("“We won,” said Ann Lee. ", 5_000)},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			r := readSpans(e, c.in)
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("%d bytes took %v, %d attributions", len(c.in), took, len(r.attributions))
			}
		})
	}
}

// readSpans runs the stages up to the attributions, without mentions and stance.
func readSpans(e *Engine, s string) *reading {
	r := &reading{doc: text.Split(s)}
	e.tag(r)
	e.attribute(r)
	return r
}

func BenchmarkAttribute(b *testing.B) {
	e := newEngine(b)
	s := strings.Repeat("“We are deeply troubled by the agency’s plan,” Sen. Ann Lee (D-Bath) said in a statement on Jan. 5. "+
		"Her office didn't say whether the $27 million would be spent by 2017, but officials warned that the plan was late.\n", 100)
	r := &reading{doc: text.Split(s)}
	e.tag(r)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		e.attribute(r)
		r.declined = r.declined[:0]
	}
}

func BenchmarkAnalyze(b *testing.B) {
	e := newEngine(b)
	s := strings.Repeat("“We are deeply troubled by the agency’s plan,” Sen. Ann Lee (D-Bath) said in a statement on Jan. 5. "+
		"Her office didn't say whether the $27 million would be spent by 2017, but officials warned that the plan was late.\n", 20)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		e.Analyze(s)
	}
}
