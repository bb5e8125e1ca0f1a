package quote

// body says that a name is that of a public body whose words tell nothing of it: "the White House", "the GOP".
func (r *reading) body(n *nameSpan) bool {
	first, second := r.low(n.core), r.low(n.core+1)
	switch n.last - n.core {
	case 1:
		switch first {
		case "gop", "g.o.p.", "kremlin", "pentagon", "dnc", "rnc":
			return r.capital(n.core)
		}
	case 2:
		switch first {
		case "white":
			return second == "house"
		case "islamic":
			return second == "state"
		case "downing":
			return second == "street"
		case "house", "senate":
			return second == "republicans" || second == "democrats"
		}
	}
	return false
}

// state says that a name of a place or a people and the word at k, which follows it, name what governs it: "the Saudi
// government", "the Russian military".
func (r *reading) state(n *nameSpan, k int) bool {
	if k >= len(r.doc.Tokens) || r.doc.Tokens[k].Sentence != r.doc.Tokens[k-1].Sentence || r.word(n.last-1)&(isPlace|isDemonym) == 0 || n.last-n.core > 2 {
		return false
	}
	switch r.low(k) {
	case "government", "regime", "military", "army", "parliament":
		return !r.capital(k) && !r.capital(k+1)
	}
	return false
}
