package text

// short says when a word with a full stop after it is an abbreviation.
type short uint8

const (
	never    short = iota
	always         // "mr."
	capital        // only with a capital: "Rep.", "Mar."
	numbered       // only with a capital and a number after it: "No. 5"
)

// abbreviation classifies a word in lower case, without its full stop.
func abbreviation(w string) short {
	switch w {
	case "mr", "mrs", "ms", "dr", "prof", "hon", "rev", "fr", "st", "sr", "jr", "messrs", "mt", "ft",
		"sen", "sens", "reps", "gov", "govs", "lt", "col", "maj", "sgt", "capt", "cmdr", "cpl", "adm", "brig",
		"supt", "det", "insp", "atty", "vs", "etc", "inc", "corp", "ltd", "bros", "dept", "univ", "assn", "esq",
		"jan", "feb", "aug", "sept", "oct", "nov", "dec", "approx", "est", "ave", "blvd", "rd", "hwy",
		"ph", "cf", "al", "vol", "pp", "ed", "eds", "llc", "ret", "spc", "pfc", "phd":
		return always
	case "rep", "gen", "pres", "sec", "asst", "co", "mar", "apr", "jun", "jul", "sat", "tue", "tues", "wed", "thu", "thurs", "fri", "mon",
		"ala", "ariz", "ark", "calif", "cal", "colo", "conn", "del", "fla", "ga", "ill", "ind", "kan", "ky", "la", "md", "mass", "mich", "minn",
		"miss", "mo", "mont", "neb", "nev", "okla", "ore", "pa", "penn", "tenn", "tex", "va", "vt", "wash", "wis", "wyo",
		"ont", "que", "alta", "amb", "dist", "pvt", "sup", "treas", "chmn", "bldg", "cos":
		return capital
	case "no", "nos", "fig", "art", "op", "par":
		return numbered
	}
	return never
}

// neverEnds says whether an abbreviation, in lower case and without its full stop, always has its sentence go on: titles and initials.
func neverEnds(w string) bool {
	switch w {
	case "mr", "mrs", "ms", "dr", "prof", "hon", "rev", "fr", "st", "messrs", "mt", "ft",
		"sen", "sens", "rep", "reps", "gov", "govs", "gen", "lt", "col", "maj", "sgt", "capt", "cmdr", "cpl", "adm", "brig",
		"supt", "det", "insp", "atty", "vs", "pres", "sec", "asst", "amb", "no", "nos", "fig", "cf":
		return true
	}
	return len(w) == 1
}

// starter says whether a word, in lower case, often begins a sentence and seldom a name.
func starter(w string) bool {
	switch w {
	case "the", "a", "an", "this", "that", "these", "those", "he", "she", "it", "they", "we", "you", "i", "his", "her", "its", "their", "our", "my",
		"in", "on", "at", "by", "for", "from", "with", "after", "before", "during", "since", "under", "over", "as", "to", "of", "despite", "among",
		"but", "and", "or", "so", "yet", "if", "when", "while", "where", "because", "although", "though", "however", "meanwhile", "instead", "still",
		"what", "who", "which", "how", "why", "there", "here", "now", "then", "not", "no", "all", "some", "many", "most", "both", "other", "another",
		"asked", "according", "also", "even", "only", "just", "one", "two", "three", "last", "more", "few", "several", "such", "once", "until",
		"earlier", "later", "today", "yesterday", "is", "are", "was", "were", "do", "does", "did", "can", "will", "would", "should":
		return true
	}
	return false
}
