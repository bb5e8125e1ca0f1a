package queries_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"saidgraph/graph"
	"saidgraph/queries"
)

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// question is New with changes to its filters.
func question(form queries.Form, x, y string, change func(*queries.Question)) queries.Question {
	q := queries.New(form, x, y)
	if change != nil {
		change(&q)
	}
	return q
}

func TestParse(t *testing.T) {
	const hhs = "Department of Health and Human Services"
	tests := []struct {
		in   string
		want queries.Question
	}{
		{"who said what", queries.New(queries.WhoSaid, "", "")},
		{"Who said what?", queries.New(queries.WhoSaid, "", "")},
		{"who said what about HHS", queries.New(queries.WhoSaid, "HHS", "")},
		{"who said anything about what we said about it", queries.New(queries.WhoSaid, "what we said about it", "")},
		{"what was said about HHS?", queries.New(queries.WhoSaid, "HHS", "")},
		{"what did Adam Schiff say", queries.New(queries.WhatSaid, "Adam Schiff", "")},
		{"What has Adam Schiff said about HHS ?", queries.New(queries.WhatSaid, "Adam Schiff", "HHS")},
		{`what did "Have Your Say" say about Say Anything`, queries.New(queries.WhatSaid, "Have Your Say", "Say Anything")},
		{"what did Have Your Say say", queries.New(queries.WhatSaid, "Have Your Say", "")},
		{"who criticized HHS", queries.New(queries.WhoCriticized, "HHS", "")},
		{"WHO CRITICISED HHS??", queries.New(queries.WhoCriticized, "HHS", "")},
		{"who has criticised HHS", queries.New(queries.WhoCriticized, "HHS", "")},
		{"who criticized " + hhs, queries.New(queries.WhoCriticized, hhs, "")},
		{`who criticized "` + hhs + `"`, queries.New(queries.WhoCriticized, hhs, "")},
		{`who criticized “` + hhs + `”?`, queries.New(queries.WhoCriticized, hhs, "")},
		{"who criticized whom", queries.New(queries.WhoCriticized, "", "")},
		{`who criticized "whom"`, queries.New(queries.WhoCriticized, "whom", "")},
		{"whom did Schiff criticize", queries.New(queries.WhomCriticized, "Schiff", "")},
		{"who did Schiff criticise?", queries.New(queries.WhomCriticized, "Schiff", "")},
		{"whom has Schiff criticized", queries.New(queries.WhomCriticized, "Schiff", "")},
		{"who was criticized by Schiff", queries.New(queries.WhomCriticized, "Schiff", "")},
		{"who praised O'Neill", queries.New(queries.WhoPraised, "O'Neill", "")},
		{"who praised whom", queries.New(queries.WhoPraised, "", "")},
		{"whom did Schiff praise", queries.New(queries.WhomPraised, "Schiff", "")},
		{"who is quoted with Schiff", queries.New(queries.QuotedWith, "Schiff", "")},
		{"how are Schiff and HHS connected", queries.New(queries.Connected, "Schiff", "HHS")},
		{"how is Schiff connected to " + hhs, queries.New(queries.Connected, "Schiff", hhs)},
		{`how are "` + hhs + `" and Schiff and Sons connected`, queries.New(queries.Connected, hhs, "Schiff and Sons")},
		{`how are Schiff and Sons and "` + hhs + `" connected`, queries.New(queries.Connected, "Schiff and Sons", hhs)},
		{"how are " + hhs + " and Schiff connected", queries.New(queries.Connected, hhs+" and Schiff", "")},
		{"who is Schiff?", queries.New(queries.WhoIs, "Schiff", "")},
		{"what is HHS", queries.New(queries.WhoIs, "HHS", "")},
		{`who is "quoted with Schiff"`, queries.New(queries.WhoIs, "quoted with Schiff", "")},
		{`who is Dwayne "The Rock" Johnson`, queries.New(queries.WhoIs, `Dwayne "The Rock" Johnson`, "")},
		{`who is "Dwayne \"The  Rock\" \\ Johnson"`, queries.New(queries.WhoIs, `Dwayne "The Rock" \ Johnson`, "")},
		{`who is "Guess Who?"`, queries.New(queries.WhoIs, "Guess Who?", "")},
		{"who is Müller-Lüdenscheidt, Jr.", queries.New(queries.WhoIs, "Müller-Lüdenscheidt, Jr.", "")},
		{"who declined to comment", queries.New(queries.WhoDeclined, "", "")},
		{"who refused to comment?", queries.New(queries.WhoDeclined, "", "")},
		{"who criticized HHS since:2025 until:2025", question(queries.WhoCriticized, "HHS", "", func(q *queries.Question) {
			q.Since, q.Until = day(2025, 1, 1), day(2026, 1, 1)
		})},
		{"since:2025-06 until:2025-06 who said what", question(queries.WhoSaid, "", "", func(q *queries.Question) {
			q.Since, q.Until = day(2025, 6, 1), day(2025, 7, 1)
		})},
		{"who since:2024-02-29 criticized UNTIL: 2024-02-29 HHS?", question(queries.WhoCriticized, "HHS", "", func(q *queries.Question) {
			q.Since, q.Until = day(2024, 2, 29), day(2024, 3, 1)
		})},
		{`who criticized HHS? outlet:"Orange County Register" outlet:AP kind:Direct kind:mixed voice:speaker min-score:0.8 limit:500 after:abc`,
			question(queries.WhoCriticized, "HHS", "", func(q *queries.Question) {
				q.Outlets, q.Kinds, q.Voice = []string{"Orange County Register", "AP"}, []string{"direct", "mixed"}, "speaker"
				q.MinScore, q.Limit, q.After = 0.8, 500, "abc"
			})},
		{"who said what copies:All", question(queries.WhoSaid, "", "", func(q *queries.Question) { q.Copies = true })},
		{"who said what copies:once", question(queries.WhoSaid, "", "", nil)},
		{"who said what min-score:0 limit:1?", question(queries.WhoSaid, "", "", func(q *queries.Question) { q.MinScore, q.Limit = 0, 1 })},
	}
	for _, test := range tests {
		t.Run(test.in, func(t *testing.T) {
			got, err := queries.Parse(test.in)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			again, err := queries.Parse(got.String())
			if err != nil {
				t.Fatalf("String %q: %v", got.String(), err)
			}
			if diff := cmp.Diff(got, again); diff != "" {
				t.Errorf("through %q: -before +after:\n%s", got.String(), diff)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	tests := []struct {
		name, in string
		field    string
		word     string // at its place, "" for the end
		wayOut   string
	}{
		{"nothing", "", "q", "", "who said what [about X]"},
		{"only a mark", "?", "q", "", "who said what [about X]"},
		{"no question", "Schiff on HHS", "q", "Schiff", "whom did X criticize"},
		{"another verb", "who hates HHS", "q", "hates", "who criticized X"},
		{"said without what", "who said HHS", "q", "HHS", "who said what"},
		{"no about", "who said what on HHS", "q", "on", "[about X]"},
		{"about nobody", "who said what about", "q", "", "who said what"},
		{"no name", "who criticized", "q", "", "who criticized X"},
		{"empty name", `who criticized " "`, "q", `" "`, "who criticized X"},
		{"no verb at the end", "whom did Schiff", "q", "", "whom did X criticize"},
		{"no say", "what did Schiff do", "q", "", "what did X say"},
		{"no second name", "how are Schiff connected", "q", "connected", "how are X and Y connected"},
		{"no connected", "how are Schiff and HHS", "q", "", "how are X and Y connected"},
		{"several ands beside marks", `how are A and "B" and C connected`, "q", "and", "quotation marks"},
		{"more than a comment", "who declined to comment on HHS", "q", "on", "who declined to comment"},
		{"open marks", `who criticized "HHS since:2025`, "q", `"HHS since:2025`, "close it"},
		{"copies of no kind", "who said what copies:some", "copies", "copies:some", "once"},
		{"unknown filter", "who criticized HHS sinc:2025", "q", "sinc:2025", "since, until"},
		{"no month", "who criticized HHS since:2025-13", "since", "since:2025-13", "2025-06-01"},
		{"no such day", "who criticized Müller since:2025-02-30", "since", "since:2025-02-30", "2025-06-01"},
		{"year nought", "who criticized HHS until:0000", "until", "until:0000", "2025-06-01"},
		{"back in time", "who criticized HHS since:2025-07 until:2025-06", "until", "until:2025-06", "last day"},
		{"twice", "who said what limit:3 limit:4", "limit", "limit:4", "keep one"},
		{"no value", "who said what limit:", "limit", "limit:", "limit:50"},
		{"limit too high", "who said what limit:501", "limit", "limit:501", "1 to 500"},
		{"limit no number", "who said what limit:many", "limit", "limit:many", "1 to 500"},
		{"score no number", "who said what min-score:NaN", "min-score", "min-score:NaN", "0 to 1"},
		{"score too high", "who said what min-score:1.5", "min-score", "min-score:1.5", "0 to 1"},
		{"kind", "who said what kind:loud", "kind", "kind:loud", "direct, indirect or mixed"},
		{"voice", "who criticized HHS voice:mine", "voice", "voice:mine", "reporter"},
		{"voice of a claim", "who said what voice:speaker", "voice", "voice:speaker", "leave it out"},
		{"kind of a refusal", "who declined to comment kind:direct", "kind", "kind:direct", "leave it out"},
		{"after a path", "how are A and B connected after:x", "after", "after:x", "leave it out"},
		{"long name", "who criticized " + strings.Repeat("x", 301), "q", strings.Repeat("x", 301), "300"},
		{"long question", strings.Repeat("x", 1<<17), "q", "", "65536 bytes"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := queries.Parse(test.in)
			var se *queries.SyntaxError
			if !errors.As(err, &se) {
				t.Fatalf("got %#v, %v; want a SyntaxError", got, err)
			}
			if graph.CodeOf(err) != graph.Invalid {
				t.Errorf("code %q, want invalid", graph.CodeOf(err))
			}
			if se.Field != test.field || se.Word != test.word || !strings.Contains(se.WayOut, test.wayOut) {
				t.Errorf("got field %q, word %q, way out %q\nwant %q, %q, …%q…", se.Field, se.Word, se.WayOut, test.field, test.word, test.wayOut)
			}
			if test.word != "" {
				if cut, ok := graph.Cut(test.in, []graph.Span{se.Span}); !ok || cut != test.word {
					t.Errorf("span %v cuts %q, want %q", se.Span, cut, test.word)
				}
			}
			if !strings.Contains(err.Error(), se.Problem) {
				t.Errorf("message %q does not tell the problem", err)
			}
		})
	}
}

func TestMessage(t *testing.T) {
	for in, want := range map[string]string{
		"who hates HHS":               `"hates" at position 5 is no verb of a question; ask one of: who said what [about X] · `,
		"who said what since:25":      `since: "since:25" is no date; write 2025, 2025-06 or 2025-06-01`,
		"what was said about":         `the end of the question (position 20) is where a name is missing; ask one of: `,
		"":                            `no question was asked; ask one of: `,
		"whom did HHS admire":         `the end of the question (position 20) is where "criticize" or "praise" is missing; ask: `,
		strings.Repeat("ä", 5000):     `"` + strings.Repeat("ä", 60) + `…" at position 1 begins no question; `,
		strings.Repeat("who ", 20000): `the question is too long; at most 65536 bytes`,
		"who praised whom limit:9999": `limit: "limit:9999" is no limit; write a number from 1 to 500`,
	} {
		if _, err := queries.Parse(in); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s:\ngot  %v\nwant %s", in, err, want)
		}
	}
}

func TestFormsAreReadBack(t *testing.T) {
	for _, f := range queries.Forms() {
		q, err := queries.Parse(f.Example)
		if err != nil {
			t.Errorf("%s: %v", f.Example, err)
		} else if q.Form != f.Form {
			t.Errorf("%s: form %s, want %s", f.Example, q.Form, f.Form)
		}
	}
}

// drawQuestion draws any question that words can ask.
func drawQuestion(t *rapid.T) queries.Question {
	word := rapid.OneOf(rapid.StringMatching(`[A-Za-zé'.]{1,6}`),
		rapid.SampledFrom([]string{"and", "say", "About", "connected", "whom", "since:2025", "criticized", `"`, `\`, "?", "“", "quoted", "with", "to", "a:b", "\x01"}))
	name := rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(word, 1, 4).Draw(t, "words"), " ") })
	some := func(label string) string { return name.Draw(t, label) }
	maybe := func(label string) string {
		if rapid.Bool().Draw(t, label+" given") {
			return some(label)
		}
		return ""
	}
	forms := queries.Forms()
	q := queries.New(forms[rapid.IntRange(0, len(forms)-1).Draw(t, "form")].Form, "", "")
	switch q.Form {
	case queries.WhoSaid, queries.WhoCriticized, queries.WhoPraised:
		q.X = maybe("x")
	case queries.WhatSaid:
		q.X, q.Y = some("x"), maybe("y")
	case queries.Connected:
		q.X, q.Y = some("x"), some("y")
	case queries.WhoDeclined:
	default:
		q.X = some("x")
	}
	drawFilters(t, &q, some)
	return q
}

func drawFilters(t *rapid.T, q *queries.Question, some func(string) string) {
	give := func(label string) bool { return rapid.Bool().Draw(t, label) }
	if give("since") {
		q.Since = day(1000, 1, rapid.IntRange(1, 400000).Draw(t, "day"))
	}
	if give("until") {
		q.Until = q.Since.AddDate(0, 0, rapid.IntRange(1, 1000).Draw(t, "days"))
		if q.Since.IsZero() {
			q.Until = day(2025, 1, 1)
		}
	}
	if give("outlet") {
		q.Outlets = []string{some("outlet")}
	}
	if give("kind") && q.Form != queries.WhoDeclined {
		q.Kinds = []string{rapid.SampledFrom([]string{graph.Direct, graph.Indirect, graph.Mixed}).Draw(t, "which")}
	}
	if give("voice") && strings.HasSuffix(string(q.Form), "ed") && strings.HasPrefix(string(q.Form), "who") && q.Form != queries.WhoDeclined {
		q.Voice = graph.Reporter
	}
	q.MinScore = rapid.Float64Range(0, 1).Draw(t, "score")
	q.Limit = rapid.IntRange(1, queries.MaxLimit).Draw(t, "limit")
	if give("after") && q.Form != queries.Connected && q.Form != queries.WhoIs {
		q.After = some("after")
	}
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuestion(t)
		got, err := queries.Parse(q.String())
		if err != nil {
			t.Fatalf("%s: %v", q, err)
		}
		if diff := cmp.Diff(q, got); diff != "" {
			t.Fatalf("%s: -asked +read:\n%s", q, diff)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, d := range queries.Forms() {
		f.Add(d.Example)
	}
	for _, s := range []string{
		`how are A and B and C connected`, `who is Dwayne "The Rock" Johnson`, `who criticized “HHS” until: 2025?`,
		`who is "a\"b\\"`, `who is A? kind:direct`, "who is \xff\x00", `outlet:"a:b" who said what ?`, `how are A? and 5"x and B connected?`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := queries.Parse(s)
		if err != nil {
			var se *queries.SyntaxError
			if !errors.As(err, &se) || se.WayOut == "" || graph.CodeOf(err) != graph.Invalid {
				t.Fatalf("%q: %#v", s, err)
			}
			return
		}
		again, err := queries.Parse(q.String())
		if err != nil {
			t.Fatalf("%q through %q: %v", s, q, err)
		}
		if diff := cmp.Diff(q, again); diff != "" {
			t.Fatalf("%q through %q:\n%s", s, q, diff)
		}
	})
}
