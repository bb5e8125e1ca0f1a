package page_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"saidgraph/loaders/page"
	"saidgraph/loaders/sample"
)

// texts are the bundled articles.
func texts(t *testing.T) []string {
	t.Helper()
	out := []string{sample.Seed}
	for l := range strings.Lines(sample.Wikinews) {
		var rec struct{ Text string }
		if err := json.Unmarshal([]byte(l), &rec); err != nil {
			t.Fatal(err)
		}
		out = append(out, rec.Text)
	}
	return out
}

// edits are what an outlet does to a report that it prints.
var edits = []struct {
	name string
	edit func(string) string
	keep float64 // at least this share of the bundled articles keeps its name: measured, less one article
}{
	{"headline", func(s string) string { return "Officials respond as new details emerge in the case\n" + s }, 1},
	{"byline and place", func(s string) string { return "By Ann Lee, Staff Writer\n\nSPRINGFIELD, Ill. (AP) — " + s }, 1},
	{"other place", func(s string) string { return "LONDON, July 19 (Reuters) - " + s }, 1},
	{"editor's note above", func(s string) string {
		return "Editor’s note: This story has been updated to include a statement from the company, and to correct the spelling of its chairman's name.\n\n" + s
	}, 1},
	{"note within", func(s string) string {
		l := strings.SplitAfter(s, "\n")
		n := min(3, len(l))
		return strings.Join(l[:n], "") + "This article was first published in print, and our reporters will follow it as more becomes known to them.\n" + strings.Join(l[n:], "")
	}, 1},
	{"straight marks", strings.NewReplacer("“", `"`, "”", `"`, "’", "'", "‘", "'", "—", "--").Replace, 1},
	{"white space", func(s string) string { return strings.ReplaceAll(strings.ReplaceAll(s, "\n", "\n\n"), " ", "\u00a0 ") }, 1},
	{"credit below", func(s string) string {
		return s + "\nThe Associated Press contributed to this report.\n\nCopyright 2025. All rights reserved."
	}, 1},
	{"first line gone", func(s string) string { _, rest, _ := strings.Cut(s, "\n"); return strings.TrimSpace(rest) }, 0.9},
	{"a third cut off", func(s string) string {
		l := strings.SplitAfter(s, "\n")
		return strings.Join(l[:max(len(l)*2/3, 1)], "")
	}, 0.9},
}

func TestCopy(t *testing.T) {
	all := texts(t)
	seen := map[string]int{}
	for i, s := range all {
		name := page.Copy(s)
		if !regexp.MustCompile(`^[0-9a-f]{16}$`).MatchString(name) {
			t.Errorf("article %d: got %q, want 16 hexadecimal digits", i, name)
		}
		if before, ok := seen[name]; ok {
			t.Errorf("articles %d and %d: got one name for both", before, i)
		}
		seen[name] = i
	}
	for _, e := range edits {
		same := 0
		for _, s := range all {
			if page.Copy(e.edit(s)) == page.Copy(s) {
				same++
			}
		}
		if got := float64(same) / float64(len(all)); got < e.keep {
			t.Errorf("%s: got %d of %d copies found (%.2f), want %.2f", e.name, same, len(all), got, e.keep)
		} else {
			t.Logf("%-20s %d of %d", e.name, same, len(all))
		}
	}
}

func TestCopyOfTooLittle(t *testing.T) {
	for _, s := range []string{"", "One.\nTwo.\nThree.", "The council met on Tuesday evening to talk about the bridge. It did not agree."} {
		if got := page.Copy(s); got != "" {
			t.Errorf("Copy(%q): got %q, want none", s, got)
		}
	}
}

// Two reports of one event, with the same quotation late in both, are two.
func TestCopyOfOneEvent(t *testing.T) {
	const quotation = "\n“We will not be moved by threats, and we will not pay for what others broke,” Keller told reporters outside the hall."
	one := "The council of Elm City voted on Friday to close the bridge over the river until spring.\nMayor Tom Keller had asked for it after engineers found a crack in a pier.\nDrivers will have to use the crossing at Dunmore, nine miles up the river, until the work is done." + quotation
	two := "Elm City’s bridge will be shut for at least six months, the council decided in a tense meeting that ended after midnight.\nShop owners on Mill Street warned that they would not survive a winter without customers from the other bank.\nSix of seven councillors voted for it all the same." + quotation
	if page.Copy(one) == page.Copy(two) || page.Copy(one) == "" {
		t.Errorf("got %q for both, want two names", page.Copy(one))
	}
}

func FuzzCopy(f *testing.F) {
	f.Add("The council met on Tuesday evening to talk about it. It did not agree on one single thing, he said. “No!” she said and went home for the whole night.")
	f.Fuzz(func(t *testing.T, s string) {
		got := page.Copy(s)
		if got != "" && len(got) != 16 {
			t.Errorf("got %q, want 16 digits or none", got)
		}
		if again := page.Copy(strings.ReplaceAll(s, "“", `"`)); again != got {
			t.Errorf("with other quotation marks: got %q, want %q", again, got)
		}
	})
}
