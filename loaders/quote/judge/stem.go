package judge

import "saidgraph/loaders/quote/pos"

// stem takes the ending of a word's form away, so that "denies", "denied" and "deny" are one. It returns a part of s.
// It is no lemma: "deny" becomes "den". Words of the lexicon go through it too.
func stem(s string, t pos.Tag) string {
	n := len(s)
	switch t {
	case pos.VBZ, pos.NNS, pos.NNPS:
		if n > 3 && s[n-1] == 's' && s[n-2] != 's' {
			n--
		}
	case pos.VBD, pos.VBN:
		if n > 4 && s[n-2] == 'e' && s[n-1] == 'd' {
			n -= 2
		}
	case pos.VBG:
		if n > 5 && s[n-3:] == "ing" {
			n -= 3
		}
	}
	for n > 2 && s[n-1] == 'e' {
		n--
	}
	if n > 2 && (s[n-1] == 'y' || s[n-1] == 'i') {
		n--
	}
	if n > 3 && s[n-1] == s[n-2] && s[n-1] != 's' && s[n-1] != 'l' {
		n--
	} else if n > 4 && s[n-1] == 'l' && s[n-2] == 'l' {
		n--
	}
	return s[:n]
}

// irregular takes a past form to its base; "" where the form is regular.
func irregular(s string) string {
	switch s {
	case "lied", "lying":
		return "lie"
	case "took", "taken":
		return "take"
	case "stood":
		return "stand"
	case "spoke", "spoken":
		return "speak"
	case "came":
		return "come"
	case "went", "gone":
		return "go"
	case "tore", "torn":
		return "tear"
	case "laid":
		return "lay"
	case "lit":
		return "light"
	case "threw", "thrown":
		return "throw"
	case "fought":
		return "fight"
	case "made":
		return "make"
	case "brought":
		return "bring"
	case "struck":
		return "strike"
	case "said":
		return "say"
	case "told":
		return "tell"
	case "wrote", "written":
		return "write"
	case "thought":
		return "think"
	case "broke", "broken":
		return "break"
	}
	return irregularToo(s)
}

// irregularToo goes on with irregular's list.
func irregularToo(s string) string {
	switch s {
	case "misled":
		return "mislead"
	case "understood":
		return "understand"
	case "meant":
		return "mean"
	case "undercut":
		return "undercut"
	case "paid":
		return "pay"
	case "sold":
		return "sell"
	case "gave", "given":
		return "give"
	case "hid", "hidden":
		return "hide"
	case "stole", "stolen":
		return "steal"
	case "led":
		return "lead"
	case "shot":
		return "shoot"
	case "got", "gotten":
		return "get"
	case "was", "is", "are", "were", "been", "being", "am", "be", "'s", "’s", "'re", "’re", "'m", "’m":
		return "be"
	case "has", "had", "having", "'ve", "’ve":
		return "have"
	case "did", "does", "done":
		return "do"
	case "knew", "known":
		return "know"
	case "won":
		return "win"
	case "lost":
		return "lose"
	case "found":
		return "find"
	case "saw", "seen":
		return "see"
	case "became":
		return "become"
	case "drew", "drawn":
		return "draw"
	}
	return ""
}

func lemma(s string, t pos.Tag) string {
	if t >= pos.VB && t <= pos.VBZ {
		if b := irregular(s); b != "" {
			return stem(b, pos.VB)
		}
	}
	return stem(s, t)
}
