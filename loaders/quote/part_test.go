package quote

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCut(t *testing.T) {
	rep := strings.Repeat
	for _, c := range []struct{ name, in, want string }{
		{"short enough", rep("a", 64), rep("a", 64)},
		{"at the last blank line", rep("a", 45) + "\n\nbb\nc. d e" + rep("f", 40), rep("a", 45) + "\n\n"},
		{"at a line's end", rep("a", 46) + "\nb. c d" + rep("e", 40), rep("a", 46) + "\n"},
		{"at a sentence's end", rep("a", 46) + ". b c" + rep("d", 40), rep("a", 46) + ". "},
		{"at a word's end", rep("a", 46) + " b" + rep("c", 40), rep("a", 46) + " "},
		{"anywhere", rep("a", 90), rep("a", 49)},
		{"not within a character", rep("é", 45), rep("é", 24)},
		{"in what is no text", rep("\x80", 90), rep("\x80", 49)},
		{"in equal parts", rep("a", 65), rep("a", 37)},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.in[:cut(c.in, 64)]; got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestParts reads a long text in parts, and holds them to be one: offsets, indexes, and who is who.
func TestParts(t *testing.T) {
	const times = 5
	e := newEngine(t)
	one := e.Analyze(plainArticle)
	for _, s := range []struct{ name, article string }{{"plain", plainArticle}, {"with wide characters", strings.ReplaceAll(plainArticle, "Hugh Hill", "Hugh Híll")}} {
		t.Run(s.name, func(t *testing.T) {
			whole := strings.Repeat(s.article+"\n", times)
			a := e.inParts(whole, len(s.article)+32)
			checkAnalysis(t, whole, a)
			if got, want := len(a.Quotes), times*len(one.Quotes); got != want {
				t.Errorf("%d quotes, want %d", got, want)
			}
			if got, want := named(a), named(one); len(got) != len(want) {
				t.Errorf("entities %q, want as many as %q", got, want)
			}
			for i, q := range a.Quotes {
				if want := one.Quotes[i%len(one.Quotes)].Speaker; q.Speaker != want && want != "Hugh Hill" {
					t.Errorf("quote %d is said by %q, want %q", i, q.Speaker, want)
				}
			}
		})
	}
}

func named(a *Analysis) (names []string) {
	for _, x := range a.Entities {
		if x.Named {
			names = append(names, x.Name)
		}
	}
	return names
}

func TestPartsName(t *testing.T) {
	const first, second = "“No,” said Ann Lee. Lee left.\n\n", "Lee said no again. Then Lee went home.\n"
	e := newEngine(t)
	for _, c := range []struct{ name, in, want string }{
		{"a surname after the name", first + second, "Ann Lee"},
		{"the name after a surname", second + "\n" + first, "Ann Lee"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := e.inParts(c.in, 56)
			checkAnalysis(t, c.in, a)
			if got := named(a); !slices.Equal(got, []string{c.want}) {
				t.Errorf("entities %q, want %q alone", got, c.want)
			}
			for _, k := range a.Claims {
				if k.By != c.want {
					t.Errorf("a claim is said by %q, want %q", k.By, c.want)
				}
			}
		})
	}
}

func TestPartsForeign(t *testing.T) {
	e := newEngine(t)
	hebrew := strings.Repeat("ראש העירייה אמרה ביום שני כי הגשר ייסגר. ", 20)
	if a := e.inParts(hebrew, 400); a.Skipped == "" {
		t.Error("a text without an English part was not skipped")
	}
	in := hebrew + "\n\n" + plainArticle
	a := e.inParts(in, len(plainArticle)+32)
	checkAnalysis(t, in, a)
	if a.Skipped != "" || len(a.Quotes) == 0 {
		t.Errorf("the English part was not read: %q", a.Skipped)
	}
	if n := utf8.RuneCountInString(hebrew); len(a.Quotes) > 0 && a.Quotes[0].Content[0].Start < n {
		t.Errorf("a quote at %d of a text whose English begins at %d", a.Quotes[0].Content[0].Start, n)
	}
}
