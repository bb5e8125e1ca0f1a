package lexicon

import _ "embed"

// Language is the small words that tell languages apart; its head explains the columns.
//
//go:embed language.txt
var Language string
