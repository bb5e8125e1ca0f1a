package quote

import (
	"strings"
	"testing"
)

// said is what a case expects of one claim: who says it, and how its words begin and end.
type said struct {
	by, from, to string
	kind         Kind
}

// complaints are what users of other extractors complain of, each in words of our own.
var complaints = []struct {
	name, in string
	want     []said
}{
	{"apposition between name and verb", `"The bridge is safe," Hugh Hill, an engineer, said.`,
		[]said{{"Hugh Hill", `"The`, `safe,"`, Direct}}},
	{"apposition after an inverted verb", `"The bridge is safe," said Hugh Hill, an engineer at the city.`,
		[]said{{"Hugh Hill", `"The`, `safe,"`, Direct}}},
	{"party and state in brackets", `"The bridge is safe," Rep. Hugh Hill (R-Bath) said.`,
		[]said{{"Hugh Hill", `"The`, `safe,"`, Direct}}},
	{"quotation of three paragraphs", "“The bridge is old,” Hugh Hill said. “We knew it.\n“We warned the council.\n“Nobody listened.”\nTraffic goes on.",
		[]said{{"Hugh Hill", "“The", "old,”", Direct}, {"Hugh Hill", "“We knew", "listened.”", Direct}}},
	{"press release: from", "From Mayor Ann Lee: “We will fix the bridge this year.”",
		[]said{{"Ann Lee", "“We", "year.”", Direct}}},
	{"press release: name after a dash", "“We will fix the bridge this year.” -Mayor Ann Lee",
		[]said{{"Ann Lee", "“We", "year.”", Direct}}},
	{"signature on a line of its own", "“We will fix the bridge this year.”\n\n- Ann Lee.\n\nThe mayor spoke on Monday.",
		[]said{{"Ann Lee", "“We", "year.”", Direct}}},
	{"said once, reported twice", "Hugh Hill said: “It is true.” Later, Ann Lee asked: “Why?” “I don't know,” Hugh Hill said.",
		[]said{{"Hugh Hill", "“It is", "true.”", Direct}, {"Ann Lee", "“Why?”", "“Why?”", Direct}, {"Hugh Hill", "“I don't", "know,”", Direct}}},
	{"nickname", `Hugh "Shorty" Hill left the council on Monday.`, nil},
	{"scare quotes", `The so-called "experts" left the town on Monday.`, nil},
	{"single quotation marks", "'The bridge isn't safe,' Hugh Hill said.",
		[]said{{"Hugh Hill", "'The", "safe,'", Direct}}},
	{"role with an organization before the name", `"The bridge is safe," head of the Harbor Council Hugh Hill said.`,
		[]said{{"Hugh Hill", `"The`, `safe,"`, Direct}}},
	{"guillemets", "«The bridge is not safe,» Hugh Hill said. «We must close it.»",
		[]said{{"Hugh Hill", "«The", "safe,»", Direct}, {"Hugh Hill", "«We", "it.»", Direct}}},
	{"stray mark", "He saw the “bridge and left.\nThe council met.\n“The bridge is safe,” Hugh Hill said.",
		[]said{{"Hugh Hill", "“The", "safe,”", Direct}}},
	{"headline", "Ann Lee: I will close the bridge\nThe mayor spoke on Monday.",
		[]said{{"Ann Lee", "I will", "bridge", Indirect}}},
	{"headline of two halves", "Storm Over Repairs: The Old Bridge Was Closed Again\nThe council met on Monday.", nil},
	{"unnamed source", `"The bridge shook all night," a homeless man said.`,
		[]said{{"a homeless man", `"The`, `night,"`, Direct}}},
	{"interrupted quotation", `"The bridge," Hugh Hill said, "is not safe."`,
		[]said{{"Hugh Hill", `"The`, `safe."`, Direct}}},
	{"colon", `Hugh Hill said: "The bridge is not safe."`,
		[]said{{"Hugh Hill", `"The`, `safe."`, Direct}}},
	{"indirect", "Hugh Hill said on Tuesday that the bridge was not safe.",
		[]said{{"Hugh Hill", "that the", "safe", Indirect}}},
	{"indirect, told", "Hugh Hill told the council that the bridge was not safe.",
		[]said{{"Hugh Hill", "that the", "safe", Indirect}}},
	{"cue at the end", "The bridge was not safe, Hugh Hill said.",
		[]said{{"Hugh Hill", "The bridge", "safe", Indirect}}},
	{"according to", "According to Hugh Hill, the bridge was not safe.",
		[]said{{"Hugh Hill", "the bridge", "safe", Indirect}}},
	{"according to, at the end", "The bridge was not safe, according to Hugh Hill.",
		[]said{{"Hugh Hill", "The bridge", "safe", Indirect}}},
	{"mixed", `Hugh Hill said the bridge was "a danger to all of us."`,
		[]said{{"Hugh Hill", "the bridge", `us."`, Mixed}}},
	{"joint speakers", `"The bridge is safe," Ann Lee and Hugh Hill said in a statement.`,
		[]said{{"Ann Lee and Hugh Hill", `"The`, `safe,"`, Direct}}},
	{"nothing in reach", "The council met.\n\n\n“Nobody wants this bridge at all.”", []said{{"", "“Nobody", "all.”", Direct}}},
	{"declined to comment", "Hugh Hill declined to comment on the bridge.", nil},
	{"interview", "The Herald interviewed Ann Lee on Monday.\n\nQ: Why was the bridge closed?\n\nA: The bridge was not safe at all.",
		[]said{{"", "Why was", "closed?", Indirect}, {"Ann Lee", "The bridge", "all.", Indirect}}},
	{"turns after a question", "\"Is the bridge safe?\" Ann Lee asked Hugh Hill.\n\n\"It is not safe at all.\"",
		[]said{{"Ann Lee", `"Is`, `safe?"`, Direct}, {"Hugh Hill", `"It is`, `all."`, Direct}}},
	{"emoji after a name", "“The bridge is safe,” said Hugh Hill 😀.",
		[]said{{"Hugh Hill", "“The", "safe,”", Direct}}},
	{"question", `"Is the bridge safe?" asked Hugh Hill.`,
		[]said{{"Hugh Hill", `"Is`, `safe?"`, Direct}}},
}

func TestComplaints(t *testing.T) {
	e := newEngine(t)
	for _, c := range complaints {
		t.Run(c.name, func(t *testing.T) {
			a := e.Analyze(c.in)
			for i, w := range c.want {
				if i >= len(a.Claims) {
					t.Errorf("claim %d is missing, want %+v", i, w)
					continue
				}
				k := a.Claims[i]
				words := cutRunes(c.in, Span{k.Parts[0].Start, k.Parts[len(k.Parts)-1].End})
				if k.By != w.by || k.Kind != w.kind || !strings.HasPrefix(words, w.from) || !strings.HasSuffix(words, w.to) {
					t.Errorf("claim %d: got  %s by %q: %s\nwant %s by %q: %s … %s", i, k.Kind, k.By, words, w.kind, w.by, w.from, w.to)
				}
			}
			for _, k := range a.Claims[min(len(c.want), len(a.Claims)):] {
				t.Errorf("one claim too many: %s by %q: %s", k.Kind, k.By, cutRunes(c.in, k.Parts[0]))
			}
		})
	}
}

func newEngine(t testing.TB) *Engine {
	t.Helper()
	e, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return e
}
