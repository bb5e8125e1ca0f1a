package quote

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

// The floors that the engine must keep on the bundled article; see testdata/README.md for how it was read.
const (
	seedContent  = 32 // of 35 required quotes: content found with an overlap of one half or more
	seedSpeakers = 30 // of 35: the right canonical speaker
)

type seedGold struct {
	Text   string `json:"text"`
	Quotes []struct {
		ID       string     `json:"id"`
		Kind     Kind       `json:"kind"`
		Content  [][2]int   `json:"content"`
		Alt      [][][2]int `json:"alt_content"`
		Source   string     `json:"source_text"`
		Speaker  string     `json:"speaker"`
		Speakers []string   `json:"speakers"`
		Optional bool       `json:"optional"`
	} `json:"quotes"`
	Criticism []struct {
		ID       string `json:"id"`
		Critic   string `json:"critic"`
		Target   string `json:"target"`
		Optional bool   `json:"optional"`
	} `json:"criticism"`
}

func readSeed(t *testing.T) (seedGold, *Analysis) {
	t.Helper()
	var g seedGold
	b, err := os.ReadFile("testdata/seed.gold.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &g); err != nil {
		t.Fatal(err)
	}
	article, err := os.ReadFile("../sample/seed.txt")
	if err != nil {
		t.Fatal(err)
	}
	if string(article) != g.Text {
		t.Fatal("seed.txt is not the text that seed.gold.json annotates")
	}
	e, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return g, e.Analyze(g.Text)
}

// runsOf gives every run of words that the analysis attributes, with the quote it comes from:
// claims for what was said, and all quotes for the rest.
func runsOf(a *Analysis) (parts [][]Span, quotes []int) {
	for _, c := range a.Claims {
		parts, quotes = append(parts, c.Parts), append(quotes, c.Quote)
	}
	for i, q := range a.Quotes {
		parts, quotes = append(parts, q.Content), append(quotes, i)
	}
	return parts, quotes
}

// overlap is the share of characters that two sets of spans have in common.
func overlap(a []Span, b [][2]int) float64 {
	in := map[int]bool{}
	for _, s := range a {
		for i := s.Start; i < s.End; i++ {
			in[i] = true
		}
	}
	n, both := len(in), 0
	for _, s := range b {
		for i := s[0]; i < s[1]; i++ {
			if in[i] {
				both++
			} else {
				n++
			}
		}
	}
	if n == 0 {
		return 0
	}
	return float64(both) / float64(n)
}

func TestSeedQuotes(t *testing.T) {
	g, a := readSeed(t)
	parts, quotes := runsOf(a)
	required, found, speakers := 0, 0, 0
	for _, q := range g.Quotes {
		if q.Optional {
			continue
		}
		required++
		best, at := 0.0, -1
		for i, p := range parts {
			for _, want := range append([][][2]int{q.Content}, q.Alt...) {
				if o := overlap(p, want); o > best {
					best, at = o, quotes[i]
				}
			}
		}
		if best < 0.5 {
			t.Logf("%s: content not found (%.2f): %s", q.ID, best, q.Speaker)
			continue
		}
		found++
		if q.Kind == Direct && best < 1 {
			t.Errorf("%s: direct quotation found with overlap %.3f, want it to the character", q.ID, best)
		}
		if got := a.Quotes[at]; seedSpeaker(q.Speakers, q.Source, got.Speaker) {
			speakers++
		} else {
			t.Logf("%s: speaker %q, want %q", q.ID, got.Speaker, q.Speaker)
		}
	}
	t.Logf("%d required, content %d, speakers %d", required, found, speakers)
	if found < seedContent {
		t.Errorf("content found: %d of %d, want %d", found, required, seedContent)
	}
	if speakers < seedSpeakers {
		t.Errorf("right speaker: %d of %d, want %d", speakers, required, seedSpeakers)
	}
}

// seedSpeaker says whether the canonical speaker is the gold's: all of a joint statement's names, the document's own
// words or its parties, an acronym or an organization's full name.
func seedSpeaker(want []string, source, got string) bool {
	if got == "" {
		return false
	}
	for _, w := range want {
		ok := strings.Contains(got, w)
		switch w {
		case "CMS–DHS contract":
			ok = strings.Contains(got, "contract") || strings.Contains(got, "Medicare and Medicaid") && !strings.Contains(got, "press")
		case "Donald Trump":
			ok = strings.Contains(got, "Trump") && !strings.Contains(got, "administration")
		case "other federal leaders":
			ok = true
		case "California Medical Association":
			ok = strings.Contains(got, "California Medical")
		case "Orange County Department of Immigration and Refugee Affairs":
			ok = strings.Contains(got, "Immigration and Refugee") && strings.Contains(got, "Orange County")
		}
		if !ok {
			return false
		}
	}
	return len(want) > 1 || !strings.Contains(got, " and ") || strings.Contains(want[0], " and ") || strings.Contains(got, "contract")
}

func TestSeedEntities(t *testing.T) {
	_, a := readSeed(t)
	person := func(name string) int {
		found := -1
		for i, e := range a.Entities {
			if e.Type == Person && (e.Name == name || slices.Contains(e.Aliases, name)) {
				if found >= 0 {
					t.Errorf("%s is two persons: %q and %q", name, a.Entities[found].Name, e.Name)
				}
				found = i
			}
		}
		return found
	}
	k := person("Hannah Kucchi")
	for _, alias := range []string{"Katch", "Kutch"} {
		if got := person(alias); got != k || got < 0 {
			t.Errorf("%s is entity %d, want %d, Hannah Kucchi", alias, got, k)
		}
	}
	for _, e := range a.Entities {
		if e.Type == Person && strings.Contains(e.Name, "administration") {
			t.Errorf("%q is a person", e.Name)
		}
		all := strings.Join(append([]string{e.Name}, e.Aliases...), "|")
		if strings.Contains(all, "Trump administration") && (strings.Contains(all, "President Trump") || e.Name == "Donald Trump") {
			t.Errorf("the administration is merged with the president: %s", all)
		}
		if e.Named && strings.Contains(all, "CMA") && strings.Contains(all, "CMS") {
			t.Errorf("CMA and CMS are merged: %s", all)
		}
		if strings.Contains(all, "Source link") {
			t.Errorf("page residue is an entity: %s", all)
		}
	}
}

func TestSeedTraps(t *testing.T) {
	g, a := readSeed(t)
	parts, quotes := runsOf(a)
	wrong := map[string][]string{
		"q29": {"Trump"},
		"q08": {"Kennedy", "Oz", "Trump"},
		"q01": {"press", "Press"},
		"q34": {"Bravo"},
		"q37": {"Bravo"},
	}
	for _, q := range g.Quotes {
		for i, p := range parts {
			if overlap(p, q.Content) < 0.5 {
				continue
			}
			got := a.Quotes[quotes[i]]
			for _, w := range wrong[q.ID] {
				if strings.Contains(got.Speaker, w) && q.ID != "q01" || q.ID == "q01" && strings.HasPrefix(got.Speaker, "the related press") {
					t.Errorf("%s: speaker is %q", q.ID, got.Speaker)
				}
			}
			if q.ID == "q08" && len(got.Actors) == 1 {
				t.Errorf("q08: one senator alone, %q", got.Speaker)
			}
		}
	}
	for _, c := range a.Claims {
		if strings.Contains(cutRunes(g.Text, c.Parts[0]), "whether immigration officers") {
			t.Error("what a spokesman refused to answer became a claim")
		}
	}
}

func cutRunes(s string, x Span) string { return string([]rune(s)[x.Start:x.End]) }
