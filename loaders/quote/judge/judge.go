// Package judge reads a sentence for who speaks well or ill of whom, without knowing any names.
//
// # Method
//
// A sentence is cut into noun phrases, verb groups and what stands between ([Reader.Read]). Words of a lexicon then open
// frames: "blasted" wants a subject that judges and an object that is judged; "was criticized by" turns them round; "Roe's
// attack on Lee" finds them at a noun; "a disgrace" speaks against the subject it is said of, and the judge is whoever
// speaks. A frame's parts are tokens ([Slot]); whose mention holds a token is the caller's business. Besides, a small network
// ([Model]) reads the words and frames of a sentence, names masked ([Reader.See]), and weighs any two of its names in both directions.
//
// # Concurrency
//
// Lexicon and Model are immutable. A Reader belongs to one goroutine; its results live until its next Read.
package judge

import (
	"strconv"
	"strings"

	"saidgraph/loaders/quote/pos"
)

// Lexicon is the words that judge.
type Lexicon struct {
	words   map[string]*entry
	valence map[string]int8
}

// entry is what one stem can do. Polarities are -1, 0 (does not) and 1.
type entry struct {
	verb    int8 // subject judges object
	weak    int8 // the same, less surely
	faint   int8 // the same, hardly
	act     int8 // speaks for or against its own subject
	noun    int8 // possessor judges what the preposition brings
	holder  int8 // is itself the judge
	adj     int8 // subject judges what the preposition brings
	feeling int8 // the speaker judges what the preposition brings
	said    int8 // of whom this is said is good or bad
	naming  bool // "called Lee a liar"
	says    bool // its subject speaks
	phrases []phrase
}

type phrase struct {
	polarity int8
	act      bool
	rest     []string // words after the verb
}

// NewLexicon reads the lists: words as in lexicon/judge.txt, valence as in lexicon/valence.txt. Lines that fit neither are skipped.
func NewLexicon(words, valence string) *Lexicon {
	l := &Lexicon{words: make(map[string]*entry, 1600), valence: make(map[string]int8, 7000)}
	for line := range strings.Lines(words) {
		f := strings.Fields(line)
		if len(f) < 3 || f[0] == "#" {
			continue
		}
		var p int8
		switch f[0] {
		case "-":
			p = -1
		case "+":
			p = 1
		}
		for _, w := range f[2:] {
			l.add(w, f[1], p)
		}
	}
	for line := range strings.Lines(valence) {
		w, v, ok := strings.Cut(strings.TrimSpace(line), " ")
		if n, err := strconv.ParseInt(v, 10, 8); ok && err == nil {
			l.valence[w] = int8(n)
		}
	}
	return l
}

func (l *Lexicon) add(w, frame string, p int8) {
	parts := strings.Split(w, "_")
	k := stem(parts[0], pos.VB)
	e := l.words[k]
	if e == nil {
		e = &entry{}
		l.words[k] = e
	}
	if len(parts) > 1 && frame != "e" {
		e.phrases = append(e.phrases, phrase{polarity: p, act: frame == "x", rest: parts[1:]})
		return
	}
	switch frame {
	case "v":
		e.verb = p
	case "u":
		e.weak = p
	case "y":
		e.faint = p
	case "x":
		e.act = p
	case "n":
		e.noun = p
	case "h":
		e.holder = p
	case "a":
		e.adj = p
	case "e":
		e.feeling = p
	case "w":
		e.said = p
	case "c":
		e.naming = true
	case "s":
		e.says = true
	}
}

// none is the entry of a word that the lexicon lacks.
var none entry

func (l *Lexicon) of(low string, t pos.Tag) *entry {
	if e := l.words[lemma(low, t)]; e != nil {
		return e
	}
	return &none
}
