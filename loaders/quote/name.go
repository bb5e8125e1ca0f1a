package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

// nameSpan is a sequence of capitalised tokens that may be a name. A neural tagger may bring such spans too:
// finding them (names), typing them (typeNames) and resolving them (resolve) know nothing of each other.
type nameSpan struct {
	first, last int // tokens, half-open, with titles in front
	core        int // the first token of the name itself
	typ         Type
	headline    bool // stands in a line of capitals, where capitals prove nothing
	person, org float32
}

// capital says that token i is a word that begins with a capital letter.
func (r *reading) capital(i int) bool {
	if i < 0 || i >= len(r.doc.Tokens) || r.doc.Tokens[i].Kind != text.Word {
		return false
	}
	s := r.doc.Word(i)
	if c := s[0]; c < utf8.RuneSelf {
		return 'A' <= c && c <= 'Z' || c >= '0' && c <= '9' && len(s) > 1
	}
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(c)
}

// shouted says that token i is written in capitals only, two at least.
func (r *reading) shouted(i int) bool {
	s, n := r.doc.Word(i), 0
	for k := 0; k < len(s); k++ {
		switch c := s[k]; {
		case 'A' <= c && c <= 'Z':
			n++
		case c != '.' && c != '&' && c != '-' && (c < '0' || c > '9'):
			return false
		}
	}
	return n > 1
}

// initial says that token i is one letter with a full stop: "F."
func (r *reading) initial(i int) bool {
	s := r.doc.Word(i)
	return len(s) == 2 && s[1] == '.' && 'A' <= s[0] && s[0] <= 'Z'
}

// word is what the lexicons know of token i, nothing outside the text.
func (r *reading) word(i int) class {
	if i < 0 || i >= len(r.words) {
		return 0
	}
	return r.words[i]
}

// low is token i in lower case, "" outside of sentence [a,b).
func (r *reading) low(i int) string {
	if i < 0 || i >= len(r.doc.Tokens) {
		return ""
	}
	return r.doc.Low(i)
}

// names finds the sequences that may be names in tokens [a,b), one sentence.
func (r *reading) names(a, b int, out []nameSpan) []nameSpan {
	headline := r.headline(a, b)
	for i := a; i < b; {
		if !r.starts(i, a) {
			i++
			continue
		}
		j := r.extend(i, b, headline)
		out = r.split(i, j, headline, out)
		i = j
	}
	return out
}

// headline says that most of the longer words of a sentence are capitalised.
func (r *reading) headline(a, b int) bool {
	caps, all := 0, 0
	for i := a; i < b; i++ {
		if t := &r.doc.Tokens[i]; t.Kind == text.Word && t.Len() > 3 {
			all++
			if r.capital(i) {
				caps++
			}
		}
	}
	if b > a && r.doc.Word(b-1) == "." { // a headline has no full stop
		return all >= 4 && caps*20 >= all*19
	}
	return all >= 4 && caps*10 >= all*7
}

// starts says that a name may begin at token i of the sentence that begins at a.
func (r *reading) starts(i, a int) bool {
	if !r.capital(i) || r.word(i)&isFunction != 0 && !r.acronym(i) {
		return r.capital(i) && r.low(i) == "may" && r.word(i+1)&isSay != 0 && r.isFinite(i+1) // no month speaks
	}
	if w := r.doc.Word(i); len(w) < 5 && (w == "MPs" || w == "MEPs" || w == "MSPs" || w == "TDs" || w == "MLAs" || w == "CEOs") {
		return false // descriptions
	}
	first := i == a || i > 0 && (r.doc.Tokens[i-1].Kind == text.Open || r.doc.Tokens[i-1].Kind == text.Stop || r.low(i-1) == ":")
	if !first {
		return true
	}
	// a capital at the sentence's start proves nothing: the tagger decides
	if t := r.tagAt(i); t != pos.None && t != pos.NNP && t != pos.NNPS {
		return r.word(i)&(isTitle|isDemonym) != 0 || r.capital(i+1) && r.word(i+1)&isFunction == 0 && (t == pos.NN || t == pos.JJ || t == pos.NNS)
	}
	return true
}

// acronym says that token i is an acronym that happens to be a function word: "US", "IT", "WHO".
func (r *reading) acronym(i int) bool {
	return r.shouted(i) && r.low(i) != "i" && !r.shouted(i-1+boolInt(i == 0)) && (i+1 >= len(r.doc.Tokens) || !r.shouted(i+1)) || r.low(i) == "us" && r.doc.Word(i) == "US"
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// nameReach is how many tokens a name may have.
const nameReach = 24

// extend returns the end of the name that begins at i.
func (r *reading) extend(i, b int, headline bool) int {
	j := i + 1
	b = min(b, i+nameReach)
	for j < b {
		next := j
		switch {
		case r.capital(j) && (r.word(j)&isFunction == 0 || r.shouted(j) || r.word(j)&isMonth != 0 && r.word(j-1)&(isGiven|isTitle) != 0):
			if !r.doc.Tokens[j].Space && r.doc.Tokens[j-1].Kind == text.Word && r.low(j) == "'s" {
				return j
			}
			if headline && r.isVerb(j) {
				return j
			}
			next = j + 1
		default:
			next = r.connect(i, j, b)
		}
		if next <= j {
			return j
		}
		j = next
	}
	return j
}

// connect returns where a name that began at i and reached j goes on after a connecting word, j where it does not.
func (r *reading) connect(i, j, b int) int {
	up := func(k int) bool { return k < b && r.capital(k) && r.word(k)&isFunction == 0 }
	last := r.word(j - 1)
	switch low := r.low(j); {
	case j == i+1 && r.numbered(i):
		return j + 1
	case low == "&" && up(j+1):
		return j + 2
	case low == "of":
		k := j + 1
		if r.low(k) == "the" {
			k++
		}
		if up(k) && (r.takesOf(i, j) || r.low(j-2) == "for" && r.headed(i, j-2, isOrgFor)) { // "Center for Control of …"
			return k + 1
		}
	case (low == "for" || low == "on") && up(j+1) && r.word(j+1)&isMonth == 0 && (r.headed(i, j, isOrgFor) || low == "for" && r.cause(j+1, b)):
		return j + 2
	case low == "for" && r.low(j+1) == "the" && up(j+2) && r.headed(i, j, isOrgFor) && r.word(j+2)&(isPlace|isDemonym|isOrgHead) == 0 && r.low(j+2) != "district":
		return j + 3 // "Coalition for the Homeless"
	case low == "and" && up(j+1) && r.joins(i, j, b):
		return j + 2
	case r.word(j)&isParticle != 0 && !r.doc.Tokens[j-1].Space || r.word(j)&isParticle != 0 && last&isFunction == 0:
		if k := j + 1; up(k) || r.word(k)&isParticle != 0 && up(k+1) {
			return k + boolInt(up(k))
		}
	case low == "'s" && up(j+1) && last&isGiven == 0 && (r.word(j+1)|r.word(j+2))&isOrgHead != 0 && r.word(j+1)&isTitle == 0 && j-i <= 2:
		return j + 2
	case (low == "'" || low == "’") && up(j+1) && !r.doc.Tokens[j].Space && r.doc.Tokens[j].Kind != text.Close && r.word(j+1)&isOrgHead != 0 && strings.HasSuffix(r.low(j-1), "s"):
		return j + 2 // "Bakers' Union"
	case r.doc.Tokens[j].Kind == text.Open && j+3 < b && r.capital(j+1) && r.doc.Tokens[j+2].Kind == text.Close && up(j+3) && r.word(i)&(isGiven|isTitle) != 0:
		return j + 4 // `Robert "Bobby" Lee`
	case low == "," && r.word(j+1)&isSuffix != 0 && r.capital(j+1):
		return j + 2
	case low == "," && up(j+1) && r.headed(i, j, isOrgHead) && j-i >= 3 && r.low(i) == "university" && r.word(j+1)&isPlace != 0:
		return j + 2
	}
	return j
}

// numbered says that a number is part of the name that begins at token i: "Local 88", "Channel 4".
func (r *reading) numbered(i int) bool {
	if low := r.low(i); low != "local" && low != "channel" || i+1 >= len(r.doc.Tokens) {
		return false
	}
	return strings.IndexByte("0123456789", r.doc.Word(i + 1)[0]) >= 0
}

// cause says that the capitalised words from token k on end in what associations are for: "Everytown for Gun Safety".
func (r *reading) cause(k, b int) bool {
	for k+1 < b && r.capital(k+1) && r.word(k+1)&isFunction == 0 {
		k++
	}
	switch r.low(k) {
	case "safety", "justice", "progress", "action", "change", "rights", "reform", "freedom", "peace", "democracy", "growth", "responsibility", "accountability", "equality", "life", "choice", "prosperity", "transparency", "liberty":
		return true
	}
	return false
}

// headed says that one of the tokens [i,j) has class c.
func (r *reading) headed(i, j int, c class) bool {
	for ; i < j; i++ {
		if r.word(i)&c != 0 {
			return true
		}
	}
	return false
}

// takesOf says that "of" after tokens [i,j) goes on with the name: "Department of", "University of", "House of".
func (r *reading) takesOf(i, j int) bool {
	w := r.word(j - 1)
	if w&(isOrgHead|isOrgFor|isOrgNoun) != 0 {
		return true
	}
	if w&(isGiven|isPlace) != 0 && w&isPersonNoun == 0 {
		return false
	}
	switch r.low(j - 1) {
	case "representatives", "daughters", "knights", "sons", "lords", "commons", "institutes", "isle", "state", "states", "republic", "kingdom", "city", "bay", "gulf", "cape", "board", "bar", "academy", "voice", "friends":
		return true
	}
	return false
}

// joins says that "and" at token j ties what follows to the name [i,j): "Department of Health and Human Services",
// "Immigration and Customs Enforcement", but not "Padilla and Schiff".
func (r *reading) joins(i, j, b int) bool {
	k := j + 1
	for k < b && r.capital(k) && r.word(k)&isFunction == 0 {
		k++
	}
	right := r.word(k - 1)
	if r.word(j+1)&(isTitle|isGiven) != 0 && r.word(j+1)&(isOrgHead|isOrgNoun) == 0 {
		return false
	}
	for m := i; m < j; m++ { // "X of A and B"
		if l := r.low(m); (l == "of" || l == "for") && m > i && m < j-1 {
			return r.word(m-1)&(isOrgHead|isOrgFor) != 0 && j-m <= 4 && !r.headed(j+1, k, isTitle)
		}
	}
	left := r.word(j - 1)
	if r.workers(k-1) && k > j+1 && r.word(i)&isGiven == 0 && j-i <= 2 {
		return true // "Allied Dairy and Packing Workers"
	}
	return right&isOrgHead != 0 && k > j+1 && left&(isOrgHead|isPlace|isDemonym) == 0 && r.word(i)&isGiven == 0 && (j-i <= 2 || j-i == 3 && r.word(i)&isOrgHead == 0)
}

// split cuts a sequence [i,j) into names: "Texas" and "Sen. Ted Cruz"; "CMA" and "Dr. René Bravo".
func (r *reading) split(i, j int, headline bool, out []nameSpan) []nameSpan {
	for i < j && (r.word(i)&isMonth != 0 && r.word(i)&isGiven == 0 || r.low(i) == "former" || r.qualifies(i)) {
		i++
	}
	for i < j && (r.word(j-1)&isMonth != 0 && r.word(j-1)&isGiven == 0 && !r.surnamed(i, j) || r.word(j-1)&isParticle != 0 && !r.capital(j-1)) {
		j--
	}
	if i >= j {
		return out
	}
	if r.numbered(i) && j == i+2 {
		return append(out, nameSpan{first: i, last: j, core: i, headline: headline})
	}
	if k, core := r.titled(i, j); core > 0 {
		if end := r.beforePost(i, k); end > i && (end > i+1 || r.word(i)&isOrgHead == 0) { // "Council President Ann Lee" names no other council
			out = append(out, r.trim(nameSpan{first: i, last: end, core: i, headline: headline}))
		}
		return append(out, nameSpan{first: k, last: j, core: core, headline: headline})
	}
	if k := r.organizationBefore(i, j); k > i {
		out = append(out, nameSpan{first: i, last: k, core: i, headline: headline})
		i = k
	}
	return append(out, r.trim(nameSpan{first: i, last: j, core: i, headline: headline}))
}

// surnamed says that the month that ends the name [i,j) is a surname: "Theresa May", but not "April" of "in Paris April 3".
func (r *reading) surnamed(i, j int) bool {
	return j-i >= 2 && r.word(j-2)&isGiven != 0 && (j >= len(r.doc.Tokens) || r.doc.Tokens[j].Kind != text.Number)
}

// boundBefore says that a word binds what follows it to the name before.
func boundBefore(low string) bool {
	return low == "of" || low == "for" || low == "on" || low == "and" || low == "&"
}

// qualifies says that token i only tells an age, an origin or a leaning of what the name names: "68-year-old", "Oslo-based".
func (r *reading) qualifies(i int) bool {
	_, end, ok := strings.Cut(r.low(i), "-")
	switch {
	case !ok:
		return false
	case strings.HasSuffix(end, "year-old"):
		return true
	}
	switch end {
	case "based", "born", "backed", "trained", "educated", "led", "area", "style", "era", "owned", "aligned":
		return true
	}
	return false
}

// beforePost leaves the words of a position out of what stands before a person's name: "Senate" of "Senate Minority Leader".
func (r *reading) beforePost(i, k int) int {
	for k > i && (r.positional(k-1) || r.word(k-1)&(isTitle|isPersonNoun) != 0 && r.word(k-1)&(isGiven|isOrgHead|isDemonym) == 0) {
		k--
	}
	return k
}

// positional says that token i qualifies positions: "Deputy", "Minority".
func (r *reading) positional(i int) bool {
	switch r.low(i) {
	case "chief", "executive", "financial", "operating", "vice", "deputy", "senior", "managing", "general", "technology", "marketing",
		"assistant", "associate", "acting", "minority", "majority", "ranking", "interim",
		"national", "regional", "political", "legal", "investigative":
		return true
	}
	return false
}

// organizationBefore finds where a person's name begins right after an organization's: "Harbor Council | Hugh Hill". It
// returns 0 where [i,j) is one name.
func (r *reading) organizationBefore(i, j int) int {
	if r.word(j-1)&isOrgHead != 0 {
		return 0
	}
	for k := j - 2; k > i; k-- {
		if r.word(k-1)&isOrgHead == 0 || r.word(k-1)&isGiven != 0 || r.word(k)&(isOrgHead|isPlace) != 0 {
			continue
		}
		if r.word(k)&isGiven != 0 || r.low(i-1) == "the" && k == j-2 && r.capital(k) && r.capital(k+1) { // "the" stands before no person's name
			return k
		}
	}
	return 0
}

// trim drops the end of a title in front of a name: "State" of "Secretary of State Hillary Clinton".
func (r *reading) trim(n nameSpan) nameSpan {
	if n.last-n.first > 2 && r.low(n.first-1) == "of" && r.word(n.first)&isGiven == 0 && r.word(n.first+1)&isGiven != 0 && r.word(n.last-1)&isOrgHead == 0 {
		n.first++
		n.core++
	}
	if n.last-n.first == 3 && r.low(n.first-1) == "the" && r.low(n.first-2) == "of" && r.word(n.first-3)&(isTitle|isPersonNoun) != 0 && r.word(n.last-1)&isOrgHead == 0 {
		n.first++ // "Leader of the | Opposition | Ann Lee"
		n.core++
	}
	return n
}

// titled looks for the last title or role within [i,j) that a person's name follows. It returns where the mention begins
// and where the name begins; a core of 0 means that there is none.
func (r *reading) titled(i, j int) (first, core int) {
	end := r.word(j - 1)
	if end&isOrgHead != 0 && end&isGiven == 0 && j-i > 1 && !r.abbreviatedTitle(i, j) {
		return 0, 0
	}
	for k := j - 2; k >= i; k-- {
		w := r.word(k)
		if w&isTitle == 0 && (w&isPersonNoun == 0 || w&isGiven != 0 || r.word(k+1)&isOrgHead != 0 && r.word(k+1)&isGiven == 0) { // no role: "Refugee Council"
			continue
		}
		if next := r.low(k + 1); next == "of" || next == "for" || next == "'s" || next == "and" || next == "&" || next == "," {
			return 0, 0
		}
		if k > i && w&isTitle == 0 && boundBefore(r.low(k-1)) { // "Department of Public Safety", "Center for Public Opinion"
			return 0, 0
		}
		if k > i && w&isTitle == 0 && r.word(k-1)&isTitle == 0 && r.word(k+1)&isGiven == 0 && !r.initial(k+1) && j-k > 3 {
			return 0, 0
		}
		first = k
		if w&isTitle == 0 {
			first = k + 1 // a role is no part of the mention
		}
		for first > i && first == k && r.word(first-1)&isTitle != 0 {
			first--
			k--
		}
		for core = first; core < j-1 && r.word(core)&isTitle != 0; core++ {
		}
		return first, core
	}
	return 0, 0
}

// abbreviatedTitle says that [i,j) holds "Sen.", "Dr." and the like, which nothing but a person follows.
func (r *reading) abbreviatedTitle(i, j int) bool {
	for ; i < j-1; i++ {
		if s := r.doc.Word(i); r.word(i)&isTitle != 0 && s[len(s)-1] == '.' {
			return true
		}
	}
	return false
}
