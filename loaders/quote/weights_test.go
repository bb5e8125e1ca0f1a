package quote

import (
	"strings"
	"testing"
)

// TestBrokenWeights holds both weight files to errors that name the file, the line where there is one, and what is wanted.
func TestBrokenWeights(t *testing.T) {
	names := func(file string) error { _, err := readNameWeights(file); return err }
	pronouns := func(file string) error { _, err := readPronounWeights(file); return err }
	if err := names(nameList); err != nil {
		t.Fatal(err)
	}
	if err := pronouns(pronounList); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, file string
		read       func(string) error
		want       string
	}{
		{"names, empty", "", names, "a number of features are wanted"},
		{"names, another version", strings.Replace(nameList, nameHeader, "names 9:", 1), names, "name.txt: begins with"},
		{"names, a huge number", nameHeader + " 999999999999\n", names, "a number of features are wanted"},
		{"names, two columns", nameHeader + " 1\nfmr. 12\n", names, `"fmr. 12\n": a feature and two weights are wanted`},
		{"names, no number", nameHeader + " 1\nfmr. 12 x\n", names, "weights are whole numbers"},
		{"names, cut short", nameList[:strings.LastIndexByte(strings.TrimSuffix(nameList, "\n"), '\n')+1], names, "of its first line"},
		{"pronouns, empty", "", pronouns, "pronoun.txt: 1 lines"},
		{"pronouns, another version", strings.Replace(pronounList, "pronouns 1", "pronouns 9", 1), pronouns, "pronoun.txt"},
		{"pronouns, another feature", strings.Replace(pronounList, "same-sentence", "elsewhere", 1), pronouns, `pronoun.txt:2: "elsewhere`},
		{"pronouns, a weight too few", strings.Replace(pronounList, "newcomer 600 0 0", "newcomer 600 0", 1), pronouns, `and 3 weights are wanted`},
		{"pronouns, no number", strings.Replace(pronounList, "newcomer 600", "newcomer six", 1), pronouns, "newcomer: weights are whole numbers"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := c.read(c.file); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error with %q", err, c.want)
			}
		})
	}
}
