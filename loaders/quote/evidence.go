package quote

import (
	"strings"

	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

// What the words around a name prove, where its weights leave open whether it is an actor's.

// clauseReach is how many tokens a clause may have that stands between a name and its verb.
const clauseReach = 24

// utters says that a name speaks: "Politilens found that", `," said Malka Bexley`. Who speaks is somebody.
func (r *reading) utters(n *nameSpan) bool {
	d, lo, hi := r.doc, 0, 0
	lo, hi = r.edges(n)
	if n.headline || n.first > lo && r.word(n.first-1)&isFunction != 0 && r.word(n.first-1)&isSay == 0 {
		return false
	}
	k := n.last
	for k < hi && k < n.last+2 && (r.tagAt(k) == pos.RB || r.low(k) == "also" || r.low(k) == "has") {
		k++
	}
	if k < hi && r.low(k) == "," && (r.low(k+1) == "which" || r.low(k+1) == "who") {
		for end := min(hi, k+clauseReach); k+2 < end; k++ {
			if r.low(k+1) == "," && k+1 > n.last {
				k += 2
				break
			}
		}
	}
	if k < hi && r.word(k)&isSay != 0 && r.isFinite(k) && !r.capital(k) {
		return true
	}
	t := n.first - 1
	return t > lo && r.word(t)&isSay != 0 && r.tagAt(t) == pos.VBD && (d.Tokens[t-1].Kind == text.Close || r.low(t-1) == ",")
}

// apposed says that what follows a name tells the calling of a person: "Malka Bexley, the executive director of".
func (r *reading) apposed(n *nameSpan) bool {
	_, hi := r.edges(n)
	if r.low(n.last) != "," || n.last >= hi {
		return false
	}
	for k := n.last + 1; k < min(hi, n.last+7); k++ {
		w := r.word(k)
		switch {
		case w&isPersonNoun != 0 && w&isPlural == 0 && !r.capital(k):
			return true
		case r.doc.Tokens[k].Kind != text.Word || r.isFinite(k) || w&isFunction != 0 && r.low(k) != "the" && r.low(k) != "a" && r.low(k) != "an":
			return false
		}
	}
	return false
}

// speaking gives those names a type that speak, that a calling follows, or whose surname another person of the text bears.
func (r *reading) speaking(names []nameSpan, of func(*nameSpan) *group) {
	for i := range names {
		n := &names[i]
		g := of(n)
		w, last := r.word(n.core), r.word(n.last-1)
		if n.typ != "" || g.place || (w|last)&(isPlace|isDemonym|isMonth) != 0 || r.post(n) || n.core != n.first && n.last-n.core > 1 {
			continue
		}
		words := n.last - n.core
		switch {
		case words > 1 && words < 4 && r.nameShape(n) != "bound" && last&(isOrgHead|isOrgNoun|isPersonNoun|isSuffix) == 0 && !r.thing(n) && (g.kin && r.brings(n) || r.apposed(n)):
			n.typ = Person
		case !r.utters(n) || w&(isTitle|isPersonNoun|isOrgNoun) != 0 && words == 1:
		case words == 1:
			n.typ = Organization // a person is brought in by the full name
			if g.family || w&isGiven != 0 {
				n.typ = Person
			}
		case n.org > n.person+1:
			n.typ = Organization
		default:
			n.typ = Person
		}
		if n.typ != "" {
			g.spoken = n.typ
		}
	}
	for i := range names {
		if n := &names[i]; n.typ == "" && !n.headline && n.core == n.first {
			n.typ = of(n).spoken
		}
	}
}

// brings says that a name of several words is one by its place: within a sentence, or as the subject that begins it.
func (r *reading) brings(n *nameSpan) bool {
	lo, _ := r.edges(n)
	if t := r.tagAt(n.core); n.headline || t != pos.NNP && t != pos.NN {
		return false
	}
	return n.first > lo && r.doc.Tokens[n.first-1].Kind == text.Word || r.isFinite(n.last)
}

// chance says that nothing but the capital at the start of a sentence, or in a headline, makes a name of the word: "Turnout".
func (r *reading) chance(n *nameSpan, g *group) bool {
	w := r.word(n.core)
	if g.words != 1 || g.inside || g.family || g.stem || g.acronym || w&(isGiven|isFirm|isPlace|isOrgHead|isSuffix) != 0 || n.core > n.first || r.shouted(n.core) || r.tagAt(n.last) == pos.POS {
		return false
	}
	return !strings.ContainsAny(r.doc.Word(n.core)[1:], "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-'’") && !g.utters
}

// employed says that a name of two words comes after whose person it names: "CNN's Ann Lee".
func (r *reading) employed(n *nameSpan) bool {
	k := n.first - 2
	return k >= 0 && r.tagAt(k+1) == pos.POS && (r.shouted(k) || r.word(k)&isFirm != 0) && (r.word(n.core)|r.word(n.last-1))&(isOrgHead|isOrgNoun|isPlace|isDemonym) == 0 && !r.thing(n)
}

// land says that a name is a country's or a region's, or what a politician's party and state are told by.
func (r *reading) land(n *nameSpan) bool {
	first := r.doc.Word(n.core)
	if len(first) > 2 && first[1] == '-' && strings.IndexByte("DRI", first[0]) >= 0 && (r.low(n.first-1) == "(" || r.low(n.first-1) == ",") {
		return true // "(D-Bath)"
	}
	if n.last-n.core < 2 {
		return false
	}
	if l := r.low(n.core); (l == "republic" || l == "kingdom" || l == "commonwealth") && r.low(n.core+1) == "of" {
		return true
	}
	for k := n.core; k < n.last; k++ {
		if r.word(k)&(isPlace|isDemonym) == 0 && !r.initial(k) || r.word(k)&isGiven != 0 && n.last-n.core == 2 && k == n.core {
			return false
		}
	}
	return r.word(n.last-1)&isPlace != 0
}

// cries says that a name of several words stands in capitals only, and nowhere else as names do: a headline's words.
func (r *reading) cries(n *nameSpan, g *group) bool {
	if n.last-n.core < 2 || g.calm || n.headline || r.word(n.core)&(isGiven|isTitle) != 0 {
		return false
	}
	for k := n.core; k < n.last; k++ {
		if !r.shouted(k) {
			return false
		}
	}
	return true
}

// thing says that the last word of a name makes it a text's, an event's or a place's, and no actor's.
func (r *reading) thing(n *nameSpan) bool {
	if n.last-n.core < 2 {
		return false
	}
	switch r.low(n.last - 1) {
	case "law", "day", "park", "lake", "week", "war", "street", "rivers": // surnames, too
		return (n.last-n.core > 2 || r.word(n.core)&isGiven == 0 || r.located(n.first-1)) && !r.headed(n.core, n.last-1, isOrgHead|isOrgFor)
	}
	switch r.low(n.last - 1) {
	case "stadium", "arena", "airport", "tower", "towers", "bridge", "avenue", "boulevard", "highway", "road", "square", "plaza", "island", "islands",
		"river", "ocean", "sea", "mountain", "mountains", "valley", "county", "desert", "peninsula", "canal", "dam", "pipeline", "hotel", "trail":
		return true
	case "act", "acts", "amendment", "treaty", "agreement", "accord", "accords", "award", "awards", "prize", "cup", "bowl", "festival", "debate", "debates",
		"convention", "summit", "scandal", "tour", "plan", "constitution", "bill", "doctrine", "protocol", "deal",
		"era", "century", "month", "season", "syndrome", "disease", "virus":
		return !r.headed(n.core, n.last-1, isOrgHead|isOrgFor)
	}
	return false
}

// located says that token i stands before places and things, not before a person's name.
func (r *reading) located(i int) bool {
	switch r.low(i) {
	case "the", "on", "at", "in", "near", "along", "off", "down", "across", "under", "between":
		return true
	}
	return false
}

// surnameLike says that token i has its second capital where surnames have it: "McConnell", "DuVernay", "O'Neill".
func (r *reading) surnameLike(i int) bool {
	low := r.low(i)
	for _, p := range []string{"mc", "mac", "de", "du", "di", "da", "del", "la", "le", "o'", "o’", "van", "von", "fitz", "st", "al", "el"} {
		if strings.HasPrefix(low, p) && len(low) > len(p) && len(r.doc.Word(i)) > len(p) && r.doc.Word(i)[len(p)] != low[len(p)] {
			return true
		}
	}
	return false
}
