package quote

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"saidgraph/loaders/quote/text"
)

// edgesOf writes an analysis' stances as "Roe - Lee (reporter)", each once.
func edgesOf(a *Analysis) []string {
	out := []string{}
	for _, s := range a.Stances {
		sign := "-"
		if s.Polarity == Positive {
			sign = "+"
		}
		e := fmt.Sprintf("%s %s %s (%s)", last(a.Entities[s.From].Name), sign, last(a.Entities[s.To].Name), s.Voice)
		if !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	slices.Sort(out)
	return out
}

// last is a name's last word.
func last(name string) string { return name[strings.LastIndexByte(name, ' ')+1:] }

func TestStances(t *testing.T) {
	e, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, in, want string }{
		{"the reporter's verb", "Senator Anna Roe blasted Governor Bill Lee on Monday.", "Roe - Lee (reporter)"},
		{"passive turns it round", "Governor Bill Lee was sharply criticized by Senator Anna Roe.", "Roe - Lee (reporter)"},
		{"a noun", "Senator Anna Roe faced criticism from Governor Bill Lee.", "Lee - Roe (reporter)"},
		{"praise", "Senator Anna Roe praised Governor Bill Lee for his patience.", "Roe + Lee (reporter)"},
		{"a pronoun", "Senator Anna Roe spoke for an hour. She accused Governor Bill Lee of fraud.", "Roe - Lee (reporter)"},
		{"the source's own words", "“Bill Lee is a disgrace,” Anna Roe said.", "Roe - Lee (speaker)"},
		{"whose plan it is", "Anna Roe said that Bill Lee's plan to close the school was a betrayal of trust.", "Roe - Lee (speaker)"},
		{"a feeling", "“We are deeply troubled by Bill Lee's decision,” Anna Roe said in a statement.", "Roe - Lee (speaker)"},
		{"an act", "“Bill Lee betrayed our children,” said Anna Roe, a teacher.", "Roe - Lee (speaker)"},
		{"the source's praise", "“Bill Lee is a true hero,” Anna Roe said.", "Roe + Lee (speaker)"},
		{"a source's report of another", "Anna Roe said that Carl Poe had condemned Bill Lee.", "Poe - Lee (reporter)"},
		{"a source's own words about another", "“Carl Poe condemned Bill Lee again,” Anna Roe said.", "Poe - Lee (speaker)"},
		{"said of somebody", "Bill Lee met Carl Poe in May. “He is unfit to lead,” Anna Roe said of Lee.", "Roe - Lee (speaker)"},
		{"goes on of somebody", "“She is wrong,” Ann Pike said of Joan Roe. “She has been wrong for years.”", "Pike - Roe (speaker)"},
		{"lied to you", "“Bill Lee lied to you,” Anna Roe said.", "Roe - Lee (speaker)"},
		{"what one wrote", "Anna Roe's letter accused Bill Lee of fraud.", "Roe - Lee (reporter)"},
		{"public bodies", "The White House attacked Senate Democrats on Tuesday.", "House - Democrats (reporter)"},
		{"a government", "Senator Anna Roe condemned the Saudi government.", "Roe - government (reporter)"},
		{"a poll's figures", "Anna Roe has failed to win the county, according to the Boston Post.", ""},
		{"what one is called in marks", "Anna Roe called Bill Lee “a passenger” on Monday.", "Roe - Lee (reporter)"},
		{"described past other words", "Anna Roe described Bill Lee, in a note to a friend, as “a thief with good hair”.", "Roe - Lee (reporter)"},
		{"called something kind", "Anna Roe called Bill Lee “an honest man” on Monday.", "Roe + Lee (reporter)"},
		{"taken to task", "Anna Roe took Bill Lee to task for his silence.", "Roe - Lee (reporter)"},
		{"sued", "The company Kooringa Downs is suing Bill Lee over a gift.", "Downs - Lee (reporter)"},
		{"called on to resign", "Anna Roe called on Bill Lee to resign.", "Roe - Lee (reporter)"},
		{"a resignation demanded", "Anna Roe demanded Bill Lee's resignation.", "Roe - Lee (reporter)"},
		{"credited", "Anna Roe credited Bill Lee with the win.", "Roe + Lee (reporter)"},
		{"a name in apposition", "Anna Roe blasted the port's director, retired Admiral Bill Lee, for the delay.", "Roe - Lee (reporter)"},
		{"a report's author", "Carl Poe said in a report that the bridge was old. The report blamed Bill Lee for the delay.", "Poe - Lee (speaker)"},
		{"of a pronoun", "Anna Roe met Bill Lee on Monday. “He refuses to take responsibility for his lies,” she said.", "Roe - Lee (speaker)"},
		{"two in one sentence", "Senator Anna Roe met Governor Bill Lee in Boston on Monday.", ""},
		{"negated", "Senator Anna Roe did not criticize Governor Bill Lee.", ""},
		{"refused", "Senator Anna Roe refused to condemn Governor Bill Lee.", ""},
		{"asked", "“Did Anna Roe blast Bill Lee?” Carl Poe asked.", ""},
		{"a mere recipient", "“Sending our letters to Bill Lee is a disgrace,” Anna Roe said.", ""},
		{"what is violated", "“This violates years of rules that Bill Lee made,” Anna Roe said.", ""},
		{"nobody speaks", "Bill Lee betrayed the voters of Boston.", ""},
		{"somebody's lawyer", "Senator Anna Roe blasted Bill Lee's lawyer.", ""},
		{"of oneself", "“I failed,” Anna Roe said.", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(edgesOf(e.Analyze(c.in)), ", "); got != c.want {
				t.Errorf("%s\n got %q\nwant %q", c.in, got, c.want)
			}
		})
	}
}

func TestAbout(t *testing.T) {
	e, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, in, want string }{
		{"by name", "“Bill Lee won the vote,” Anna Roe said.", "Lee"},
		{"by pronoun", "Bill Lee left in May. “He was tired,” Anna Roe said.", "Lee"},
		{"not the speaker", "“I met Bill Lee,” Anna Roe said.", "Lee"},
		{"nobody", "“The weather was bad,” Anna Roe said.", ""},
		{"each run of speech by itself", "“Bill Lee won,” Anna Roe said. “We met Carl Poe.”", "Lee|Poe"},
		{"an empty it", "The Boston Council met. “It is cold,” Anna Roe said.", ""},
		{"two", "Anna Roe said that Bill Lee and Carl Poe had resigned.", "Lee|Poe"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := e.Analyze(c.in)
			var got []string
			for _, k := range a.Claims {
				for _, x := range k.About {
					got = append(got, last(a.Entities[x].Name))
				}
			}
			if s := strings.Join(got, "|"); s != c.want {
				t.Errorf("%s\n got %q\nwant %q", c.in, s, c.want)
			}
		})
	}
}

// TestJudgements holds the law of every judgement: two names, apart, with a score that is a probability.
func TestJudgements(t *testing.T) {
	e, err := New()
	if err != nil {
		t.Fatal(err)
	}
	in := "Senator Anna Roe blasted Governor Bill Lee. The United States condemned Iran, and Moscow praised Damascus."
	a := e.Analyze(in)
	if len(a.Judgements) == 0 {
		t.Fatal("no judgement found")
	}
	for _, j := range a.Judgements {
		if in[j.FromSpan.Start:j.FromSpan.End] != j.From || in[j.ToSpan.Start:j.ToSpan.End] != j.To {
			t.Errorf("spans %v %v are not %q and %q", j.FromSpan, j.ToSpan, j.From, j.To)
		}
		if j.FromSpan.Start < j.ToSpan.End && j.ToSpan.Start < j.FromSpan.End || j.Score <= 0 || j.Score >= 1 {
			t.Errorf("bad judgement %+v", j)
		}
	}
}

func BenchmarkJudge(b *testing.B) {
	e, err := New()
	if err != nil {
		b.Fatal(err)
	}
	s := strings.Repeat("Senator Anna Roe blasted Governor Bill Lee on Monday. “The Lee administration betrayed our children,” said Carl Poe, a teacher in Boston. The council will meet again in May to vote on the plan.\n", 50)
	r := &reading{doc: text.Split(s)}
	e.tag(r)
	e.findMentions(r)
	e.resolve(r)
	e.attribute(r)
	e.linkFirstPerson(r)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		r.stances, r.judged = r.stances[:0], r.judged[:0]
		e.judge(r)
	}
}
