package pos

// Tag is a Penn Treebank part-of-speech tag.
type Tag uint8

// The tagset. None is the zero value: not tagged.
const (
	None Tag = iota
	CC       // and, but
	CD       // three, 2015
	DT       // the, a
	EX       // there (is)
	FW       // a foreign word
	IN       // of, that, because
	JJ       // adjective
	JJR      // bigger
	JJS      // biggest
	LS       // a list's mark
	MD       // will, could
	NN       // noun
	NNP      // proper noun
	NNPS     // proper noun, plural
	NNS      // noun, plural
	PDT      // all (the)
	POS      // 's of possession
	PRP      // he, it
	PRPS     // his, its: PRP$
	RB       // adverb
	RBR      // adverb, comparative
	RBS      // adverb, superlative
	RP       // (give) up
	SYM      // symbol
	TO       // to
	UH       // oh
	VB       // verb, base form
	VBD      // verb, past tense
	VBG      // verb, gerund
	VBN      // verb, past participle
	VBP      // verb, present, not third person
	VBZ      // verb, present, third person
	WDT      // which
	WP       // who
	WPS      // whose: WP$
	WRB      // how
	OpenQuote
	CloseQuote
	LeftBracket
	RightBracket
	Comma
	Period
	Colon // : ; – — …
	Dollar
	Hash
	count
)

// Count is the number of tags, None included.
const Count = int(count)

// String is the tag as the treebank writes it.
func (t Tag) String() string {
	if t >= count {
		return "?"
	}
	return names[t]
}

var names = [Count]string{
	"-NONE-", "CC", "CD", "DT", "EX", "FW", "IN", "JJ", "JJR", "JJS", "LS", "MD", "NN", "NNP", "NNPS", "NNS", "PDT", "POS",
	"PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB",
	"``", "''", "-LRB-", "-RRB-", ",", ".", ":", "$", "#",
}

// Parse is the tag of a treebank's name; tags of later treebanks are taken to the nearest of these. None where there is none.
func Parse(s string) Tag {
	for i, n := range names {
		if n == s {
			return Tag(i)
		}
	}
	switch s {
	case "HYPH", "NFP":
		return Colon
	case "ADD", "GW":
		return NN
	case "AFX":
		return JJ
	}
	return None
}
