package quote

// pronoun says what a pronoun agrees with.
type pronoun struct {
	person int // 1, 2 or 3; 0 for a word that is no pronoun
	plural bool
	gender gender
	kind   pronounKind
}

type pronounKind uint8

const (
	personal   pronounKind = iota // he, him
	possessive                    // his
	reflexive                     // himself
	relative                      // who
)

// pronounOf knows the pronouns that may stand for a person or an organization, in lower case.
func pronounOf(low string) pronoun {
	switch low {
	case "i", "me":
		return pronoun{1, false, anyGender, personal}
	case "my", "mine":
		return pronoun{1, false, anyGender, possessive}
	case "myself":
		return pronoun{1, false, anyGender, reflexive}
	case "we", "us":
		return pronoun{1, true, anyGender, personal}
	case "our", "ours":
		return pronoun{1, true, anyGender, possessive}
	case "ourselves":
		return pronoun{1, true, anyGender, reflexive}
	case "you":
		return pronoun{2, false, anyGender, personal}
	case "your", "yours":
		return pronoun{2, false, anyGender, possessive}
	case "yourself", "yourselves":
		return pronoun{2, low == "yourselves", anyGender, reflexive}
	case "he", "him":
		return pronoun{3, false, male, personal}
	case "his":
		return pronoun{3, false, male, possessive}
	case "himself":
		return pronoun{3, false, male, reflexive}
	case "she":
		return pronoun{3, false, female, personal}
	case "her", "hers":
		return pronoun{3, false, female, possessive}
	case "herself":
		return pronoun{3, false, female, reflexive}
	case "it":
		return pronoun{3, false, neuter, personal}
	case "its":
		return pronoun{3, false, neuter, possessive}
	case "itself":
		return pronoun{3, false, neuter, reflexive}
	case "they", "them":
		return pronoun{3, true, anyGender, personal}
	case "their", "theirs":
		return pronoun{3, true, anyGender, possessive}
	case "themselves":
		return pronoun{3, true, anyGender, reflexive}
	case "who", "whom", "whose":
		return pronoun{3, false, anyGender, relative}
	}
	return pronoun{}
}
