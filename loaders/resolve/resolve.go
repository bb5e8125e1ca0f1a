// Package resolve says which actor of the graph an entity of an article is.
//
// # The rule
//
// An actor's key is its label and its folded name: [Name] takes off what surrounds a name (titles, "the",
// a possessive, academic degrees, the legal form of a company), and graph.Fold makes case,
// accents and typographic variants equal. "Dr. René Bravo", "Rene Bravo" and "RENÉ BRAVO’S" are one
// person; "Robert F. Kennedy Jr." and "Robert F. Kennedy" are two.
//
// Which names within an article are one entity is the engine's reading of that article, and all of it counts: an
// acronym or a surname leads to the full name where the article itself ties them. Beyond the article nothing is
// guessed, so the key depends on one article only, and the graph not on the order of loading.
//
// # What it can't do
//
// Two people of one name are one actor. A person whom one article calls only "Trump" is not the "Donald Trump"
// of another, and an agency that is only "CMS" not the one spelled out elsewhere; both are found by name, as
// each other's aliases are gathered. Spellings that differ between articles stay apart.
package resolve

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"saidgraph/graph"
)

// Version changes when the same name may give another key.
const Version = "1"

// ID returns the id of the actor of that label and name.
func ID(label graph.Label, name string) graph.ID {
	return graph.ActorID(label, Key(label, name))
}

// Key returns what all spellings of an actor's name have in common; "" for a name without a letter or digit.
func Key(label graph.Label, name string) string {
	words := strings.Fields(Name(label, name))
	for i, w := range words {
		if i == len(words)-1 {
			w = withoutPossessive(w)
		}
		if label == graph.Person {
			w = strings.TrimSpace(strings.ReplaceAll(w, ".", " ")) // "J.K." is "J. K."
		} else {
			w = strings.ReplaceAll(w, ".", "") // "U.S." is "US"
			if w == "&" {
				w = "and"
			}
		}
		words[i] = strings.Trim(w, ",")
	}
	key := graph.Fold(strings.Join(words, " "))
	if !strings.ContainsFunc(key, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return ""
	}
	return strings.Join(strings.Fields(key), " ")
}

// Name returns a name without what surrounds it, in its own spelling: never longer than the given one, and
// never empty unless that was.
func Name(label graph.Label, name string) string {
	words := strings.Fields(name)
	if last := len(words) - 1; last >= 0 && label == graph.Person { // an organization may be called "McDonald's"
		words[last] = withoutPossessive(words[last])
	}
	if len(words) > 1 && strings.EqualFold(words[0], "the") {
		words = words[1:]
	}
	if label == graph.Person {
		words = withoutTitles(words)
	} else {
		words = withoutForm(words)
	}
	return strings.TrimRight(strings.Join(words, " "), ",;:")
}

func withoutPossessive(w string) string {
	for _, s := range []string{"'s", "’s", "'S", "’S", "'", "’"} {
		if rest, ok := strings.CutSuffix(w, s); ok && utf8.RuneCountInString(rest) > 1 {
			return rest
		}
	}
	return w
}

// withoutTitles takes titles off the front and degrees off the end of a person's name, as long as a word is
// left. Generations (Jr., Sr., III) are part of the name.
func withoutTitles(words []string) []string {
	for len(words) > 1 && isTitle(words[0]) {
		words = words[1:]
	}
	for len(words) > 1 && degrees[bare(words[len(words)-1])] {
		words = words[:len(words)-1]
		words[len(words)-1] = strings.TrimRight(words[len(words)-1], ",")
	}
	return words
}

// bare is a word in lower case without periods and a comma at its end.
func bare(w string) string {
	return strings.ToLower(strings.ReplaceAll(strings.TrimRight(w, ","), ".", ""))
}

// isTitle keeps what is a title only when it is written with a capital: in "baron cohen" it is a name.
func isTitle(w string) bool {
	first, _ := utf8.DecodeRuneInString(w)
	return titles[bare(w)] && (unicode.IsUpper(first) || w == "former")
}

// withoutForm takes the legal form off the end of a company's name, as long as a word is left.
func withoutForm(words []string) []string {
	for len(words) > 1 && forms[bare(words[len(words)-1])] {
		words = words[:len(words)-1]
		words[len(words)-1] = strings.TrimRight(words[len(words)-1], ",")
	}
	return words
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// Titles that tell no two people apart. Not here: titles that are all that makes a name one (pope, king, queen,
// prince, princess, saint, sister, father, imam).
var titles = set(`mr mrs ms miss mx dr drs prof professor sir dame lady lord rev reverend hon honorable honourable
	sen sens senator senators rep reps representative congressman congresswoman gov govs governor mayor president
	vice vice-president premier chancellor minister secretary ambassador speaker judge justice sheriff deputy chief
	gen general lt lieutenant col colonel maj major capt captain cpl corporal sgt sergeant adm admiral cmdr commander
	pvt officer detective inspector constable superintendent supervisor councilman councilwoman councilor councillor
	attorney spokesman spokeswoman spokesperson director chairman chairwoman chairperson ceo cfo coach former`)

var degrees = set(`md phd mph jd esq esquire rn dds dvm mba mp mep qc kc`)

var forms = set(`inc incorporated corp corporation ltd limited llc llp plc gmbh ag co company sa nv`)
