package quote

import (
	"math"
	"math/rand/v2"
	"reflect"
	"runtime/debug"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// A short article of our own from which hostile ones are made.
const plainArticle = "City closes the old harbor bridge\n\n" +
	"The city's bridge office closed the harbor bridge on Monday. “The deck is not safe,” Mayor Ann Lee said. “We warned the council.”\n\n" +
	"Lee criticized the council, which, according to Hugh Hill, an engineer at the office, had cut its budget. " +
	"\"They ignored us,\" he told reporters. The council's spokesman declined to comment.\n\n" +
	"Sen. Mary Roe (D-Bath) said in a statement that the state's Department of Transportation “should have acted,” and she called its plan a disgrace.\n"

// hostile is what arrives when nobody looks. quotes is how many attributions must be found all the same.
func hostile() []struct {
	name, in string
	quotes   int
} {
	rep := strings.Repeat
	type row = struct {
		name, in string
		quotes   int
	}
	return []row{
		{"nothing", "", 0},
		{"one byte", "a", 0},
		{"one quotation mark", `"`, 0},
		{"one byte that is no UTF-8", "\xff", 0},
		{"NULs", rep("\x00", 1000), 0},
		{"NULs within", strings.ReplaceAll(plainArticle, " the ", "\x00the "), 1},
		{"no UTF-8", rep("\xff\xfe\x80 said \xc3", 2000), 0},
		{"no UTF-8 within", strings.ReplaceAll(plainArticle, ". ", ".\xff "), 2},
		{"a UTF-16 text", utf16(plainArticle), 0},
		{"one line of 2 MB", rep(strings.ReplaceAll(plainArticle, "\n", " "), 2<<20/len(plainArticle)), 1000},
		{"straight quotation marks", rep(`"`, 100_000), 0},
		{"opening quotation marks", rep("“", 100_000), 0},
		{"closing quotation marks", rep("”", 100_000), 0},
		{"apostrophes", rep("'", 100_000), 0},
		{"single opening marks", rep("‘", 100_000), 0},
		{"guillemets", rep("«»", 50_000), 0},
		{"quotation marks on lines of their own", rep("“\n", 100_000), 0},
		{"quoted words", rep(`"a" `, 50_000), 0},
		{"paragraphs that open and never close", rep("“We warned the council.\n", 20_000), 0},
		{"nested quotation marks", rep("“a ‘b ", 20_000) + rep("c’ d”", 20_000), 0},
		{"nested brackets", rep("(", 50_000) + "he said" + rep(")", 50_000), 0},
		{"a word of 1 MB", rep("a", 1<<20), 0},
		{"a capitalised word of 1 MB", "A" + rep("a", 1<<20) + " said no.", 0},
		{"a word of 1 MB with hyphens", rep("re-", 1<<20/3) + "run", 0},
		{"a name of 1 MB with full stops", rep("A.", 1<<19), 0},
		{"digits", rep("1", 1<<20), 0},
		{"Hebrew", rep("ראש העירייה אמרה ביום שני כי הגשר ייסגר. ", 500), 0},
		{"Chinese", rep("市长说：“这座桥不安全。”", 5000), 0},
		{"Hebrew in an English article", plainArticle + "“הגשר לא בטוח,” Lee said.\n", 5},
		{"direction marks", strings.ReplaceAll(plainArticle, " ", " \u200f\u202e"), 1},
		{"emoji", rep("👩‍👩‍👧‍👦🔥 ", 20_000), 0},
		{"emoji within", strings.ReplaceAll(plainArticle, ". ", ". 👩‍👩‍👧🔥 "), 3},
		{"combining marks", "e" + rep("\u0301", 200_000), 0},
		{"control characters", strings.ReplaceAll(plainArticle, " ", " \x01\x1b[31m\x7f"), 0},
		{"HTML left in", "<p>" + strings.ReplaceAll(plainArticle, "\n\n", "</p>\n<p class=\"body\" data-x='1'>") + "</p><script>var a = \"said\";</script>", 2},
		{"all capitals", strings.ToUpper(plainArticle), 3},
		{"all small", strings.ToLower(plainArticle), 3},
		{"CRLF", strings.ReplaceAll(plainArticle, "\n", "\r\n"), 4},
		{"CR", strings.ReplaceAll(plainArticle, "\n", "\r"), 3},
		{"line breaks only", rep("\n", 200_000), 0},
		{"spaces only", rep(" \t", 200_000), 0},
		{"said, said, said", rep("said ", 50_000), 0},
		{"according to", rep("according to ", 30_000), 0},
		{"he said that he said that", rep("he said that ", 30_000), 0},
		{"pronouns", rep("He told her they blamed him. ", 10_000), 0},
		{"descriptions", rep("The agency told the senators that the mayor blamed the company. ", 5000), 0},
		{"capitalised words", rep("Harbor Bridge Lee Roe ", 5000), 0},
		{"20,000 names", names(20_000), 0},
		{"the same surname, 10,000 people", surnames(10_000), 0},
		{"names between commas", rep("Ann Lee, Hugh Hill, ", 10_000), 0},
		{"and, and", rep("Lee and Hill and ", 10_000), 0},
		{"of, of", rep("the Department of ", 20_000), 0},
		{"commas", rep("a, ", 100_000), 0},
		{"full stops", rep(". ", 100_000), 0},
		{"dashes", rep("— ", 100_000), 0},
		{"colons", rep("Lee: ", 50_000), 0},
		{"the same paragraph, 10,000 times", rep("“The deck is not safe,” Mayor Ann Lee said. Lee criticized the council.\n", 10_000), 10_000},
		{"the same article, 1,000 times", rep(plainArticle, 1000), 3000},
	}
}

// utf16 is s in UTF-16, little-endian, as if it were bytes of a text.
func utf16(s string) string {
	var b strings.Builder
	b.WriteString("\xff\xfe")
	for _, r := range s {
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

// names are n sentences about people of n names.
func names(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("Ann ")
		b.WriteString(letters(i))
		b.WriteString(" said that Hugh ")
		b.WriteString(letters(i * 7))
		b.WriteString(" lied. ")
	}
	return b.String()
}

// surnames are n people of one surname.
func surnames(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(letters(i))
		b.WriteString(" Lee said no. Lee left. ")
	}
	return b.String()
}

// letters writes a number as a name.
func letters(n int) string {
	b := []byte{'B' + byte(n%20)}
	for n /= 20; n > 0; n /= 20 {
		b = append(b, "aeiou"[n%5], 'b'+byte(n%20))
	}
	return string(append(b, "or"...))
}

func TestHostile(t *testing.T) {
	e := newEngine(t)
	for _, c := range hostile() {
		t.Run(c.name, func(t *testing.T) {
			if (testing.Short() || underRace) && len(c.in) > 1<<17 {
				t.Skip("long")
			}
			a := e.Analyze(c.in)
			checkAnalysis(t, c.in, a)
			if got := len(a.Quotes); got < c.quotes {
				t.Errorf("%d quotes, want %d or more (skipped: %q)", got, c.quotes, a.Skipped)
			}
		})
	}
}

// TestAnalyzeLinear compares a text with one four times as long: squared time would take sixteen times as long. The best
// of three runs keeps a busy machine out of it.
func TestAnalyzeLinear(t *testing.T) {
	if testing.Short() || underRace {
		t.Skip("long")
	}
	const size, most = 64 << 10, 8
	e := newEngine(t)
	for _, c := range []struct{ name, in string }{
		{"one line", strings.Repeat(strings.ReplaceAll(plainArticle, "\n", " "), 4*size/len(plainArticle)+1)},
		{"articles", strings.Repeat(plainArticle, 4*size/len(plainArticle)+1)},
		{"names", names(8000)},
		{"one surname", surnames(12_000)},
		{"pronouns", strings.Repeat("He told her they blamed him. ", 10_000)},
		{"said", strings.Repeat("said ", size)},
	} {
		t.Run(c.name, func(t *testing.T) {
			short, long := time.Hour, time.Hour
			for range 3 {
				short, long = min(short, took(e, c.in[:size])), min(long, took(e, c.in[:4*size]))
				if long < most*short {
					return
				}
			}
			t.Errorf("%d bytes take %v, %d bytes %v", size, short, 4*size, long)
		})
	}
}

// TestAnalyzePure reads texts twice in different company: what an engine read before must leave no trace.
func TestAnalyzePure(t *testing.T) {
	e := newEngine(t)
	rnd := rand.New(rand.NewPCG(7, 1))
	texts := []string{plainArticle, names(40), strings.ToUpper(plainArticle)}
	for range 60 {
		texts = append(texts, randomArticle(rnd))
	}
	first := make([]*Analysis, len(texts))
	for i, s := range texts {
		first[i] = e.Analyze(s)
	}
	for i := len(texts) - 1; i >= 0; i-- {
		if got := e.Analyze(texts[i]); !reflect.DeepEqual(got, first[i]) {
			t.Errorf("another analysis the second time: %q", texts[i])
		}
	}
}

func took(e *Engine, s string) time.Duration {
	start := time.Now()
	e.Analyze(s)
	return time.Since(start)
}

// FuzzAnalysis holds all that Analyze promises, for any bytes.
func FuzzAnalysis(f *testing.F) {
	e := newEngine(f)
	for _, c := range hostile() {
		f.Add(c.in[:min(len(c.in), 600)])
	}
	for _, s := range []string{
		`"A," he said. "B."`, "Lee: yes\nHill: no\n", "“a\n“b\n“c” Lee said", "According to the agency, Lee (“Ann”) lied.", "“No,” said Lee and Hill, who called Roe “a liar.”",
		"The F.B.I.'s Lee told Roe's aide that they'd sue.", "— Ann Lee, mayor", "Lee's \"plan\"", "She declined to comment. Messages left with Roe weren't returned.",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkAnalysis(t, s, e.Analyze(s)) })
}

// TestRandomArticles holds the laws for articles put together from what articles are made of, in no order: a
// fuzzer that flips bytes rarely writes a sentence.
func TestRandomArticles(t *testing.T) {
	e := newEngine(t)
	rnd := rand.New(rand.NewPCG(13, 1))
	n := 1000
	if testing.Short() || underRace {
		n = 200
	}
	var s string
	defer func() {
		if v := recover(); v != nil || t.Failed() {
			t.Errorf("%v; the article: %q\n%s", v, s, debug.Stack())
		}
	}()
	for range n {
		s = randomArticle(rnd)
		checkAnalysis(t, s, e.Analyze(s))
	}
}

func randomArticle(rnd *rand.Rand) string {
	var b strings.Builder
	for range 5 + rnd.IntN(80) {
		b.WriteString(scraps[rnd.IntN(len(scraps))])
		if rnd.IntN(8) > 0 {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

var scraps = strings.Split("“|”|\"|‘|’|'|''|«|»|“|”|\"|,|,|.|.|?|!|:|;|—|--|-|…|(|)|\n|\n\n|\r\n|\n“|.”|,”|,\"|?”|\x00|\xff|é|👩‍👩‍👧|你好|\u200f|<p>|&amp;|"+
	"said|says|told|told reporters|according to|said that|that|who|which|whom|added|asked|wrote|called|believes|blamed|criticized|praised|attacked|thanked|accused|"+
	"declined to comment|did not respond|could not be reached|in a statement|spokesman for|he said|she said|said he|they|he|she|it|I|we|you|his|her|their|our|my|me|him|them|us|"+
	"Ann Lee|Lee|Mayor Lee|Mr. Lee|Hugh Hill|Hill|Sen. Mary Roe (D-Bath)|Roe|Dr. J. K. Poe Jr.|the F.B.I.|FBI|Federal Bureau of Investigation (FBI)|Department of Transportation|the department|"+
	"the agency|the mayor|the senators|the council|a spokesman|an engineer|sources|critics|officials|two officials|the company|Acme Corp.|Acme|Bath|Ohio|LEE|ANN LEE|lee|Mary|McRoe|O’Neill|"+
	"'s|’s|n't|not|and|or|but|of|of the|in|on Monday|as|if|when|because|while|to|to close|the bridge|is safe|was closed|will close|would|could|has|had|have|been|a disgrace|a liar|an honest man|"+
	"critic of|opposed to|against|for|with|from|by|at|about|no|yes|never|more|2015|$3,000|27%|Jan. 5|U.S.|bridge|money|plan|plans to|wants to|failed|lied|wrong|great|Q:|A:|LEE:|From|@lee|#bridge|www.example.com", "|")

// checker verifies one analysis.
type checker struct {
	t    *testing.T
	text []rune
	a    *Analysis
}

// checkAnalysis verifies the laws of the page's head: spans, indexes, order.
func checkAnalysis(t *testing.T, s string, a *Analysis) {
	t.Helper()
	c := &checker{t, []rune(s), a}
	if len(c.text) != utf8.RuneCountInString(s) {
		t.Fatal("code points are counted in two ways")
	}
	c.entities()
	c.quotes()
	c.claims()
	c.stances()
	for _, f := range a.Affiliations {
		c.entity("affiliation", f.Person)
		c.entity("affiliation", f.Organization)
		c.span("affiliation", f.Span)
		c.score(f.Score)
	}
	for _, d := range a.Declined {
		c.entity("declined", d.Entity)
		c.span("declined", d.Span)
		c.score(d.Score)
	}
	a.Gold("id")
}

func (c *checker) span(what string, s Span) {
	c.t.Helper()
	if s.Start < 0 || s.End > len(c.text) || s.Start >= s.End {
		c.t.Fatalf("%s %v in a text of %d", what, s, len(c.text))
	}
	if strings.TrimSpace(string(c.text[s.Start:s.End])) == "" {
		c.t.Fatalf("%s %v is blank", what, s)
	}
}

// spans are in order and apart.
func (c *checker) spans(what string, in []Span) {
	c.t.Helper()
	for i, s := range in {
		c.span(what, s)
		if i > 0 && s.Start < in[i-1].End {
			c.t.Fatalf("%s %v are out of order", what, in)
		}
	}
}

func (c *checker) entity(what string, i int) {
	c.t.Helper()
	if i < 0 || i >= len(c.a.Entities) {
		c.t.Fatalf("%s has entity %d of %d", what, i, len(c.a.Entities))
	}
}

func (c *checker) score(s float64) {
	c.t.Helper()
	if math.IsNaN(s) || s < 0 || s > 1 {
		c.t.Fatalf("score %v", s)
	}
}

func (c *checker) entities() {
	for _, e := range c.a.Entities {
		if e.Type != Person && e.Type != Organization || strings.TrimSpace(e.Name) == "" || len(e.Mentions) == 0 {
			c.t.Fatalf("entity %+v", e)
		}
		for i, m := range e.Mentions {
			c.span("mention", m.Span)
			if m.Form != Name && m.Form != Pronoun && m.Form != Description {
				c.t.Fatalf("mention %+v", m)
			}
			if i > 0 && m.Start < e.Mentions[i-1].Start {
				c.t.Fatalf("mentions of %q out of order: %v", e.Name, e.Mentions)
			}
		}
	}
}

func (c *checker) quotes() {
	last := 0
	for _, q := range c.a.Quotes {
		c.kind(q.Kind)
		c.spans("content", q.Content)
		c.spans("cue", q.Cue)
		c.spans("source", q.Source)
		c.score(q.Score)
		for _, e := range q.Actors {
			c.entity("quote", e)
		}
		if len(q.Content) == 0 {
			c.t.Fatalf("a quote without content: %+v", q)
		}
		if q.Content[0].Start < last {
			c.t.Fatalf("quotes out of order at %v", q.Content)
		}
		last = q.Content[0].Start
	}
}

func (c *checker) kind(k Kind) {
	c.t.Helper()
	if k != Direct && k != Indirect && k != Mixed {
		c.t.Fatalf("kind %q", k)
	}
}

func (c *checker) claims() {
	quote, last := 0, 0
	for _, k := range c.a.Claims {
		c.kind(k.Kind)
		c.spans("part", k.Parts)
		c.spans("cue", k.Cue)
		c.spans("source", k.Source)
		c.score(k.Score)
		for _, e := range append(append([]int{}, k.Speakers...), k.About...) {
			c.entity("claim", e)
		}
		if k.Quote < 0 || k.Quote >= len(c.a.Quotes) || len(k.Parts) == 0 {
			c.t.Fatalf("claim %+v of %d quotes", k, len(c.a.Quotes))
		}
		if !c.a.Quotes[k.Quote].Speech {
			c.t.Fatalf("a claim of thought: %+v", k)
		}
		if k.Quote < quote || k.Quote == quote && k.Parts[0].Start < last {
			c.t.Fatalf("claims out of order at %+v", k)
		}
		quote, last = k.Quote, k.Parts[len(k.Parts)-1].End
	}
}

func (c *checker) stances() {
	for _, s := range c.a.Stances {
		c.entity("stance", s.From)
		c.entity("stance", s.To)
		c.span("evidence", s.Evidence)
		c.span("from", s.FromSpan)
		c.span("to", s.ToSpan)
		c.score(s.Score)
		if s.Cue != (Span{}) {
			c.span("cue of a stance", s.Cue)
		}
		if s.From == s.To || s.Polarity != Negative && s.Polarity != Positive || s.Voice != Reporter && s.Voice != Speaker {
			c.t.Fatalf("stance %+v", s)
		}
		if s.Claim < -1 || s.Claim >= len(c.a.Claims) || s.Voice == Reporter && s.Claim >= 0 {
			c.t.Fatalf("stance %+v of %d claims", s, len(c.a.Claims))
		}
	}
}
