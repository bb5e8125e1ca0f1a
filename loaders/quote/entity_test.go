package quote

import (
	"strings"
	"testing"

	"saidgraph/loaders/quote/text"
)

// chains reads a text up to its entities and gives the mentions of each, in words.
func chains(t *testing.T, s string) [][]string {
	t.Helper()
	e, err := New()
	if err != nil {
		t.Fatal(err)
	}
	r := &reading{doc: text.Split(s)}
	e.tag(r)
	e.findMentions(r)
	e.resolve(r)
	var out [][]string
	for _, x := range r.entities {
		var c []string
		for _, i := range x.mentions {
			c = append(c, r.doc.Cut(r.mentions[i].Span))
		}
		out = append(out, c)
	}
	return out
}

// together says whether one chain has all of the words.
func together(all [][]string, words ...string) bool {
	for _, c := range all {
		have := "|" + strings.Join(c, "|") + "|"
		n := 0
		for _, w := range words {
			if strings.Contains(have, "|"+w+"|") {
				n++
			}
		}
		if n == len(words) {
			return true
		}
	}
	return false
}

func TestResolve(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want, not  []string // words of one chain; words that no chain has together
	}{
		{"surname", "Maria Delgado runs the clinic. Delgado said it was full.", []string{"Maria Delgado", "Delgado"}, nil},
		{"two of one surname", "Anna Weber met Peter Weber on Monday.", nil, []string{"Anna Weber", "Peter Weber"}},
		{"she", "Maria Delgado runs the clinic. She said that the roof leaks.", []string{"Maria Delgado", "She"}, nil},
		{"he is not a woman", "Maria Delgado runs the clinic. He left.", nil, []string{"Maria Delgado", "He"}},
		{"misspelt", "Hannah Petrocelli, a nurse, left the ward. Nobody was told, Petroceli said.", []string{"Hannah Petrocelli", "Petroceli"}, nil},
		{"acronym in parentheses", "The Bureau of Land Management (BLM) closed the road. BLM would not say why.", []string{"Bureau of Land Management", "BLM"}, nil},
		{"acronym of no one", "The Centers for Disease Control closed. CMA reopened.", nil, []string{"Centers for Disease Control", "CMA"}},
		{"administration is no person", "Joe Biden spoke first. The Biden administration declined.", nil, []string{"Joe Biden", "Biden administration"}},
		{"surname that is a given name", "Hillary Clinton spoke in Ohio. Clinton said she would win.", []string{"Hillary Clinton", "Clinton", "she"}, nil},
		{"particle", "Mayor Bill de Blasio met reporters. De Blasio said nothing.", []string{"Mayor Bill de Blasio", "De Blasio"}, nil},
		{"role", "Mayor Bill de Blasio met reporters. After a blast in Norwood, the mayor said nothing.", []string{"Mayor Bill de Blasio", "the mayor"}, nil},
		{"short form", "The Harbor Institute closed. The institute gave no reason.", []string{"Harbor Institute", "The institute"}, nil},
		{"apposition", "Hugh Hill, a doctor, said no.", []string{"Hugh Hill", "a doctor"}, nil},
		{"a son goes by his full name", "Ann Bexley runs a bank. Ann Bexley lives with her son, Tom Bexley. Bexley said no.", []string{"Ann Bexley", "Bexley"}, []string{"Tom Bexley", "Bexley"}},
		{"whom the text speaks most of", "Ann Bexley spoke. Then Ann Bexley left, a foe of Tom Bexley.\n\nBexley won.", []string{"Ann Bexley", "Bexley"}, []string{"Tom Bexley", "Bexley"}},
		{"who spoke just before", "Ann Bexley spoke.\n\nJim Bexley said that it rains.\n\nBexley also said that it snows.", []string{"Jim Bexley", "Bexley"}, nil},
		{"age before a name", "Ann Bexley fell ill. The 68-year-old Ann Bexley was well on Monday.", []string{"Ann Bexley"}, []string{"68-year-old Ann Bexley"}},
		{"taunt before a name", "Ann Bexley spoke. They call her Crooked Ann Bexley and laugh.", nil, []string{"Crooked Ann Bexley"}},
		{"letters after a name", "Ann Bexley FRS was a chemist. Bexley lived in Perth.", []string{"Ann Bexley FRS", "Bexley"}, nil},
		{"team without its city", "The Boston Reading League opened. The Reading League closed.", []string{"Boston Reading League", "Reading League"}, nil},
		{"his wife", "Tom Lee thanked his wife Ann Bexley. His wife smiled.", []string{"Ann Bexley", "His wife"}, nil},
		{"calling before a name", "They met student Ann Bexley. The student smiled.", []string{"Ann Bexley", "The student"}, nil},
		{"they are two", "Ann Lee and Tom Orrim met. They said that it rains.", []string{"They"}, []string{"Ann Lee", "They"}},
		{"it is who spoke", "The Environmental Agency sued Tellun Corp. on Monday. The agency said the company dumped waste. It said the waste was toxic.", []string{"Environmental Agency", "The agency", "It"}, nil},
		{"now the leader", "He met Tom Orrim, now the majority leader, on Monday. They left.", []string{"Tom Orrim", "the majority leader"}, nil},
		{"who said it, and goes on", "Donald Orrim lost. The Times wrote that Donald Orrim had lost before.\n\n“It is old,” said Tom Lee, whose wife laughed.\n\n“It is cold,” he said.", []string{"Tom Lee", "he"}, nil},
		{"said by a network's reporter", "Donald Orrim lost, noted NBC's Tom Lee. “It is old,” he wrote.", []string{"Tom Lee", "he"}, nil},
		{"one child by three nouns", "Thomas Orrim and his wife lost their child, Gloria. Gloria fell ill. He treated his daughter himself. The baby was asleep.", []string{"Gloria", "his daughter", "The baby"}, nil},
		{"two names of one congress", "The United States Congress met. He wrote to the U.S. Congress.", []string{"United States Congress", "U.S. Congress"}, nil},
		{"they who said so", "The engineers met the voters of Perth. Engineers say the bridge is old. They say it shakes.", []string{"Engineers", "They"}, nil},
		{"interview without marks", "An interview with Ann Lee\n\nAnn Lee built the bridge. The Herald met her.\n\nDo you like it?\n\nI like it. I built it myself. I paid for my part, and I am glad.", []string{"Ann Lee", "I", "you"}, nil},
		{"two surnames", "Carlos Orrim Bexley came. Mr. Orrim Bexley spoke. Mr. Bexley left.", []string{"Carlos Orrim Bexley", "Mr. Orrim Bexley", "Mr. Bexley"}, nil},
		{"former", "Former President Bill Orrim spoke in Flint. The former president also sang.", []string{"President Bill Orrim", "The former president"}, nil},
		{"her staff", "Hillary Orrim fell ill. Bill Orrim was told. In 1998, Orrim allowed her staff to lie.", []string{"Hillary Orrim", "Orrim"}, nil},
		{"May", "Prime Minister Theresa May left. May said that it rains.", []string{"Minister Theresa May", "May"}, nil},
		{"the fund", "The Global Relief Fund closed. The fund said it was broke.", []string{"Global Relief Fund", "The fund"}, nil},
		{"her title", "Chancellor Maria Orrim told reporters so. She said it would snow.", []string{"Chancellor Maria Orrim", "She"}, nil},
		{"whose parents", "The parents were told. Then her parents left.", []string{"The parents", "her parents"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := chains(t, c.text)
			if c.want != nil && !together(got, c.want...) {
				t.Errorf("got %q, want %q in one chain", got, c.want)
			}
			if c.not != nil && together(got, c.not...) {
				t.Errorf("got %q, want %q apart", got, c.not)
			}
		})
	}
}

func TestResolveGroup(t *testing.T) {
	e, err := New()
	if err != nil {
		t.Fatal(err)
	}
	r := &reading{doc: text.Split("Sens. Ann Lee and Bob Roe warned of a flood. The senators wrote a letter.")}
	e.tag(r)
	e.findMentions(r)
	e.resolve(r)
	for _, m := range r.mentions {
		if r.doc.Cut(m.Span) != "The senators" {
			continue
		}
		var got []string
		for _, p := range m.parts {
			got = append(got, r.entities[p].name)
		}
		if w := "Ann Lee and Bob Roe"; strings.Join(got, " and ") != w {
			t.Errorf("got %q, want %q", got, w)
		}
		return
	}
	t.Error("no mention \"The senators\"")
}

func TestNear(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"kucchi", "katch", true}, {"kucchi", "kutch", true}, {"salmiento", "sarmiento", true}, {"noem", "nom", true},
		{"bravo", "brown", false}, {"lee", "lin", false}, {"trump", "biden", false}, {"katch", "match", false},
	} {
		if got := near(c.a, c.b); got != c.want {
			t.Errorf("near(%q, %q): got %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

// FuzzMentions holds the stage to its contract on any bytes: no panic, mentions in order, spans in range, indexes that hold.
func FuzzMentions(f *testing.F) {
	for _, s := range []string{"", "Sen. Ted Cruz", "“I,” said Jr. Jr. of the of", "the the the agency of of who who", "A. B. C. (ABC) \xff\xfe’s", "It is He. \n\nHe\n\n“We"} {
		f.Add(s)
	}
	e, err := New()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := &reading{doc: text.Split(s)}
		e.tag(r)
		e.findMentions(r)
		e.resolve(r)
		e.linkFirstPerson(r)
		for i, m := range r.mentions {
			if m.Start < 0 || m.End > len(s) || m.Start >= m.End || m.first >= m.last || m.head < m.first || m.head >= m.last {
				t.Fatalf("mention %d: %+v", i, m)
			}
			if i > 0 && m.Start < r.mentions[i-1].Start {
				t.Fatalf("mention %d begins before the one before it", i)
			}
			if m.entity >= len(r.entities) {
				t.Fatalf("mention %d: entity %d of %d", i, m.entity, len(r.entities))
			}
		}
		for k, x := range r.entities {
			for n, i := range x.mentions {
				if r.mentions[i].entity != k || n > 0 && i <= x.mentions[n-1] {
					t.Fatalf("entity %d: mention %d belongs to %d", k, i, r.mentions[i].entity)
				}
			}
		}
	})
}
