package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"saidgraph/loaders/quote/lexicon"
	"saidgraph/loaders/quote/text"
)

// languages knows the small words of English and of its neighbours in a newsroom's feed. It tells English from all that is
// not English; which other language it names is a courtesy to the reader.
type languages struct {
	names []string          // English first
	words map[string]uint32 // a bit for each language that has the word
}

// scripts are the alphabets that English is never written in. Kana stand before Chinese characters, which Japanese has too.
var scripts = [...]struct {
	name  string
	table *unicode.RangeTable
}{
	{"Japanese", unicode.Hiragana}, {"Japanese", unicode.Katakana}, {"Chinese", unicode.Han}, {"Korean", unicode.Hangul},
	{"Cyrillic", unicode.Cyrillic}, {"Arabic", unicode.Arabic}, {"Greek", unicode.Greek}, {"Hebrew", unicode.Hebrew},
	{"Devanagari", unicode.Devanagari}, {"Bengali", unicode.Bengali}, {"Gujarati", unicode.Gujarati}, {"Gurmukhi", unicode.Gurmukhi},
	{"Kannada", unicode.Kannada}, {"Malayalam", unicode.Malayalam}, {"Sinhala", unicode.Sinhala}, {"Tamil", unicode.Tamil},
	{"Telugu", unicode.Telugu}, {"Thai", unicode.Thai}, {"Lao", unicode.Lao}, {"Khmer", unicode.Khmer}, {"Burmese", unicode.Myanmar},
	{"Georgian", unicode.Georgian}, {"Armenian", unicode.Armenian}, {"Ethiopic", unicode.Ethiopic}, {"Mongolian", unicode.Mongolian},
}

func newLanguages() *languages {
	l := &languages{words: map[string]uint32{}}
	for line := range strings.Lines(lexicon.Language) {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		for _, w := range f[1:] {
			l.words[w] |= 1 << len(l.names)
		}
		l.names = append(l.names, f[0])
	}
	return l
}

// foreign says why a text is not English: by its letters, by the small words of another language, or for want of English
// ones. It is "" for English and wherever too little speaks against it: names, headlines, tables, a few words.
func (l *languages) foreign(d *text.Doc) string {
	s := l.sample(d)
	if name := s.script(); name != "" {
		return "not English: " + name + " letters"
	}
	const few = 3 // small words that must speak for another language
	english, other := s.hits[0], 1
	for k := range l.names {
		if k > 0 && s.hits[k] > s.hits[other] {
			other = k
		}
	}
	if n := s.hits[other]; n >= few && n > english && n*10 >= s.words {
		return "not English: " + l.names[other] + " words"
	}
	const enough = 60 // words in lower case; of 14,000 English texts none had fewer than 3 in 10 of them on the English list
	if s.lower >= enough && english*8 < s.lower {
		return "not English: few English words"
	}
	return ""
}

// sample is what the sampled words of a text are made of.
type sample struct {
	words, lower int     // words; those that begin with a small letter
	hits         [32]int // small words of each language
	latin        int     // letters of this script, and of each of scripts
	foreign      [len(scripts)]int
}

// sample reads the first words of the text, and runs of words from all over the rest: English that quotes another language
// at length, or lists its members before it begins, is still English.
func (l *languages) sample(d *text.Doc) *sample {
	const head, runs, run = 300, 8, 40 // tokens
	s := &sample{}
	n := len(d.Tokens)
	l.count(s, d, 0, min(head, n))
	for k := range runs {
		from := head + (n-head)/runs*k
		if n <= head+runs*run {
			l.count(s, d, min(head, n), n)
			break
		}
		l.count(s, d, from, from+run)
	}
	return s
}

func (l *languages) count(s *sample, d *text.Doc, first, last int) {
	const longest = 64 // bytes of one word that are looked at: a word may be a megabyte
	for i := first; i < last; i++ {
		if d.Tokens[i].Kind != text.Word {
			continue
		}
		w := d.Word(i)
		if w = w[:min(len(w), longest)]; ascii(w) {
			s.latin += len(w)
		} else {
			s.letters(w)
		}
		s.words++
		if w[0] >= utf8.RuneSelf || 'a' <= w[0] && w[0] <= 'z' {
			s.lower++
		}
		low := d.Low(i)
		if len(low) > longest {
			continue
		}
		for k, bits := 0, l.words[low]; bits != 0; k, bits = k+1, bits>>1 {
			s.hits[k] += int(bits & 1)
		}
	}
}

func (s *sample) letters(w string) {
	for _, r := range w {
		if r < utf8.RuneSelf || unicode.Is(unicode.Latin, r) {
			s.latin++
			continue
		}
		for k := range scripts {
			if unicode.Is(scripts[k].table, r) {
				s.foreign[k]++
				break
			}
		}
	}
}

// script names the foreign script of most letters, "" where most are Latin. A tenth of kana makes Chinese characters Japanese.
func (s *sample) script() string {
	total, most := 0, 0
	for k, n := range s.foreign {
		total += n
		if n > s.foreign[most] {
			most = k
		}
	}
	switch {
	case total <= s.latin:
		return ""
	case scripts[most].name == "Chinese" && 10*(s.foreign[0]+s.foreign[1]) > total:
		return scripts[0].name
	}
	return scripts[most].name
}
