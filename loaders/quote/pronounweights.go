package quote

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

// pronounList is what each feature of an actor says for its being the antecedent of a pronoun. Its first line is pronounHeader; then each
// feature has a line, in the order of their constants: its name, and its weights in hundredths for each class of pronouns. They began as
// a logistic regression over the candidates of each pronoun of GUM's training part and were then turned on whole chains of that part, by
// hand and by climbing, and on who speaks in news articles: errors in a chain feed on themselves, which the regression does not see
// (ablation.txt).
//
//go:embed model/pronoun.txt
var pronounList string

// pronounHeader is the file's kind and version, and what its columns are.
const pronounHeader = "pronouns 1: feature, he and she, it, they"

// Classes of third-person pronouns, which have weights of their own.
const (
	ofSingular = iota // he, she
	ofNeuter          // it: may stand for nothing, which scores 0
	ofPlural          // they
	pronounClasses
)

func pronounClass(p pronoun) int {
	switch {
	case p.plural:
		return ofPlural
	case p.gender == neuter:
		return ofNeuter
	}
	return ofSingular
}

type pronounWeights [pronounClasses]features

func (w *features) score(f *features) (sum float32) {
	for i := range f {
		sum += f[i] * w[i]
	}
	return sum
}

// featureNames are the names of features in the file.
func featureNames() [featureCount]string {
	return [featureCount]string{fSame: "same-sentence", fPrevious: "sentence-before", fTwo: "two-before", fDistance: "sentences-further", fParagraph: "other-paragraph",
		fSubject: "subject", fSubjectPrev: "subject-before", fPossessor: "possessor", fName: "name", fPronoun: "same-pronoun", fCount: "mentions", fGender: "gender-known",
		fRank: "others-since", fNamed: "named", fInQuote: "into-quotation", fOutQuote: "out-of-quotation", fSpeaker: "quoted-by", fFirstOf: "first-of-sentence",
		fPerson: "person", fPlural: "plural", fSaid: "spoke-before", fTalker: "spoke-last", fAlone: "alone-in-paragraph", fNewcomer: "newcomer"}
}

func readPronounWeights(file string) (w pronounWeights, err error) {
	lines := strings.Split(strings.TrimSuffix(file, "\n"), "\n")
	if lines[0] != pronounHeader || len(lines) != 1+featureCount {
		return w, fmt.Errorf("model/pronoun.txt: %d lines and %q: %d and %q are wanted", len(lines), lines[0], 1+featureCount, pronounHeader)
	}
	for i, name := range featureNames() {
		f := strings.Fields(lines[1+i])
		if len(f) != 1+pronounClasses || f[0] != name {
			return w, fmt.Errorf("model/pronoun.txt:%d: %q: %q and %d weights are wanted", 2+i, lines[1+i], name, pronounClasses)
		}
		for c := range w {
			n, err := strconv.Atoi(f[1+c])
			if err != nil {
				return w, fmt.Errorf("model/pronoun.txt:%d: %s: weights are whole numbers", 2+i, name)
			}
			w[c][i] = float32(n) / 100
		}
	}
	return w, nil
}
