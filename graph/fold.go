package graph

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold is how names and words are compared: without case, diacritics and compatibility forms ("ﬁ", "Ａ"),
// every run of anything but letters and digits one space, none at the ends. "Sen. O’Neill" folds to
// "sen o neill", "Müller" to "muller"; a string without letters and digits folds to "". Marks that are
// no diacritics (the vowel signs of Devanagari) stay. Fold(Fold(s)) == Fold(s).
func Fold(s string) string {
	if out, ok := foldASCII(s); ok {
		return out
	}
	s = cases.Fold().String(norm.NFKD.String(strings.ToValidUTF8(s, " ")))
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range norm.NFKD.String(s) { // again: folding may compose ("ŉ", "ᾳ")
		r = cherokee(r)
		switch {
		case diacritic(r):
			continue
		case !unicode.In(r, unicode.L, unicode.N) && (!unicode.Is(unicode.M, r) || b.Len() == 0 || gap):
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		if plain, ok := plainLetter(r); ok {
			b.WriteString(plain)
		} else {
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

// cherokee makes a small Cherokee letter the capital, as Unicode's case folding wants; cases.Fold swaps the two.
func cherokee(r rune) rune {
	switch {
	case 0xab70 <= r && r <= 0xabbf:
		return r - 0xab70 + 0x13a0
	case 0x13f8 <= r && r <= 0x13fd:
		return r - 8
	}
	return r
}

func foldASCII(s string) (string, bool) {
	b := make([]byte, 0, len(s))
	gap := false
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= utf8.RuneSelf:
			return "", false
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		default:
			gap = true
			continue
		}
		if gap && len(b) > 0 {
			b = append(b, ' ')
		}
		gap = false
		b = append(b, c)
	}
	return string(b), true
}

// diacritic: combining marks of the Latin, Greek and Cyrillic scripts, Hebrew points, Arabic vowels, and
// what is invisible inside a word (soft hyphen, joiners).
func diacritic(r rune) bool {
	switch {
	case 0x300 <= r && r <= 0x36f, 0x1ab0 <= r && r <= 0x1aff, 0x1dc0 <= r && r <= 0x1dff,
		0x20d0 <= r && r <= 0x20ff, 0xfe20 <= r && r <= 0xfe2f,
		0x591 <= r && r <= 0x5c7 && unicode.Is(unicode.M, r),
		0x610 <= r && r <= 0x61a, 0x64b <= r && r <= 0x65f, r == 0x670, 0x6d6 <= r && r <= 0x6ed && unicode.Is(unicode.M, r),
		r == 0xad, 0x200b <= r && r <= 0x200f, 0x202a <= r && r <= 0x202e, 0x2060 <= r && r <= 0x2069, r == 0xfeff,
		0xfe00 <= r && r <= 0xfe0f:
		return true
	}
	return false
}

// plainLetter maps the letters that Unicode does not decompose but that readers type without their stroke.
func plainLetter(r rune) (string, bool) {
	switch r {
	case 'ø':
		return "o", true
	case 'ł':
		return "l", true
	case 'đ', 'ð':
		return "d", true
	case 'ħ':
		return "h", true
	case 'ŧ':
		return "t", true
	case 'ı':
		return "i", true
	case 'æ':
		return "ae", true
	case 'œ':
		return "oe", true
	case 'þ':
		return "th", true
	}
	return "", false
}

// maxWord bounds a word of a search, in code points, below what the full-text indexes of stores take.
const maxWord = 60

// Words are the words of a search, of a name or of a claim: [Fold] cut at spaces, each word cut after 60 code points.
func Words(s string) []string {
	words := strings.Fields(Fold(s))
	for i, w := range words {
		if len(w) > maxWord && utf8.RuneCountInString(w) > maxWord {
			words[i] = string([]rune(w)[:maxWord])
		}
	}
	return words
}

// Match reports whether text, given as its [Words], answers a search for the words of query: each must be one of
// text's; the last may be the beginning of one. With fuzzy a word of three letters or more may also be at a Levenshtein
// distance of 1 from one of text's, from six letters on of 2.
func Match(query, text []string, fuzzy bool) bool {
	for i, q := range query {
		last := i == len(query)-1
		if !slices.ContainsFunc(text, func(w string) bool {
			return w == q || last && strings.HasPrefix(w, q) || fuzzy && near(q, w)
		}) {
			return false
		}
	}
	return true
}

// near reports whether two words are as close as a misspelling; the query's length decides how close that is.
func near(query, word string) bool {
	q, w := []rune(query), []rune(word)
	most := 1
	switch {
	case len(q) < 3:
		return false
	case len(q) >= 6:
		most = 2
	}
	if len(q)-len(w) > most || len(w)-len(q) > most {
		return false
	}
	row := make([]int, len(w)+1)
	for j := range row {
		row[j] = j
	}
	for i := range q {
		diagonal, least := row[0], i+1
		row[0] = i + 1
		for j := range w {
			cost := diagonal
			if q[i] != w[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
			least = min(least, row[j+1])
		}
		if least > most {
			return false
		}
	}
	return row[len(w)] <= most
}
