package quote

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode/utf8"
)

//go:embed lexicon/noun.txt
var nounList string

//go:embed lexicon/given.txt
var givenList string

//go:embed lexicon/place.txt
var placeList string

//go:embed lexicon/word.txt
var wordList string

// class is what the lexicons know of a word, a set of bits.
type class uint32

const (
	isGiven      class = 1 << iota // a given name
	isMale                         // of a given name, a title or a noun: a man's
	isFemale                       // of a given name, a title or a noun: a woman's
	isPersonNoun                   // heads the description of a person: "doctor"
	isOrgNoun                      // heads the description of an organization: "agency"
	isPlural                       // of a noun: more than one
	isTitle                        // stands before a person's name: "Sen."
	isParticle                     // binds a name's parts: "de", "bin"
	isSuffix                       // ends a person's name: "Jr."
	isMonth                        // and the days of the week
	isSay                          // a form of a verb of speech or thought
	isDemonym                      // "American"
	isOrgHead                      // heads the name of an organization: "Department", "Times"
	isOrgFor                       // its "for" belongs to the name: "Center for …"
	isPlace                        // a place of one word
	isFunction                     // determiners, prepositions, auxiliaries, …: never a bare name
	isPronoun                      // he, they, who, …; see pronounOf
	isFirm                         // an organization of one word that is no other word: "Microsoft"
	isThing                        // an acronym that names no actor: "PTSD"
	isOffice                       // makes an organization of a person's name: "Trump administration"
)

// classNames are the classes of lexicon/word.txt.
func classNames() map[string]class {
	return map[string]class{
		"title": isTitle, "male": isMale, "female": isFemale, "particle": isParticle, "suffix": isSuffix,
		"month": isMonth, "say": isSay, "demonym": isDemonym, "nation": isDemonym | isPersonNoun | isPlural,
		"pronoun": isPronoun | isFunction,
		"firm":    isFirm,
		"thing":   isThing,
		"office":  isOffice, "orghead": isOrgHead, "orgfor": isOrgFor, "function": isFunction, "plural": isPlural,
	}
}

// gazetteer holds the lexicons. It is built once and only read afterwards.
type gazetteer struct {
	words   map[string]class // by word in lower case
	places  map[string]bool  // places as they are written, of one word and more
	weights nameWeights      // of the features of a name
}

// newGazetteer reads the embedded lexicons.
func newGazetteer() (*gazetteer, error) {
	g := &gazetteer{
		words:  make(map[string]class, 24<<10),
		places: make(map[string]bool, 4<<10),
	}
	for line := range strings.Lines(givenList) {
		w, sex, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok {
			return nil, fmt.Errorf("lexicon/given.txt: %q: a name and m, f or u is wanted", line)
		}
		g.words[w] |= isGiven | map[string]class{"m": isMale, "f": isFemale}[sex]
	}
	for line := range strings.Lines(nounList) {
		w, kind, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok {
			return nil, fmt.Errorf("lexicon/noun.txt: %q: a noun and p or o is wanted", line)
		}
		c := map[string]class{"p": isPersonNoun, "o": isOrgNoun}[kind]
		g.words[w] |= c
		g.words[plural(w)] |= c | isPlural
	}
	for line := range strings.Lines(placeList) {
		w := strings.TrimSpace(line)
		g.places[w] = true
		if !strings.Contains(w, " ") {
			g.words[strings.ToLower(w)] |= isPlace
		}
	}
	if err := g.readWords(); err != nil {
		return nil, err
	}
	var err error
	g.weights, err = readNameWeights(nameList)
	return g, err
}

func (g *gazetteer) readWords() error {
	names := classNames()
	for line := range strings.Lines(wordList) {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		c, ok := names[f[0]]
		if !ok {
			return fmt.Errorf("lexicon/word.txt: no class %q", f[0])
		}
		for _, w := range f[1:] {
			g.words[w] |= c
		}
	}
	return nil
}

// plural is the regular plural of a noun, and those of "-man", "child" and "wife".
func plural(w string) string {
	n := len(w)
	switch {
	case strings.HasSuffix(w, "man") && w != "german" && w != "human":
		return w[:n-2] + "en"
	case strings.HasSuffix(w, "child"):
		return w + "ren"
	case strings.HasSuffix(w, "wife"):
		return w[:n-2] + "ves"
	case strings.HasSuffix(w, "y") && n > 1 && !strings.ContainsRune("aeiou", rune(w[n-2])):
		return w[:n-1] + "ies"
	case strings.HasSuffix(w, "s"), strings.HasSuffix(w, "x"), strings.HasSuffix(w, "ch"), strings.HasSuffix(w, "sh"):
		return w + "es"
	}
	return w + "s"
}

// class of a word in lower case; accents are forgiven.
func (g *gazetteer) class(low string) class {
	if c, ok := g.words[low]; ok {
		return c
	}
	for i := 0; i < len(low); i++ {
		if low[i] >= utf8.RuneSelf {
			return g.words[fold(low)]
		}
	}
	return 0
}

// folds maps letters with marks to those without.
const folds = "áaàaâaäaãaåaāaăaąaçcćcčcéeèeêeëeēeęeěeğgíiìiîiïiīiıiłlñnńnňnóoòoôoöoõoøoōoőořrśsšsşsșsțtţtúuùuûuüuūuůuűuýyÿyźzżzžz"

// fold takes the marks off Latin letters in lower case.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf {
			return r
		}
		if i := strings.IndexRune(folds, r); i >= 0 {
			return rune(folds[i+utf8.RuneLen(r)])
		}
		return r
	}, s)
}
