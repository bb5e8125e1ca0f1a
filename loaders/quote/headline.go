package quote

// headlineCap bounds how many parts of a headline's name are looked up.
const headlineCap = 12

// shorten cuts a name in a headline, where every word has a capital, down to the longest part of two words and more that the
// text itself has as a name: "Ann Bexley" of "Ann Bexley Doubled". Elsewhere it takes off a word before a given name.
func (r *reading) shorten(names []nameSpan) {
	d := r.doc
	known := map[string]bool{}
	for i := range names {
		if n := &names[i]; !n.headline && n.last-n.core > 1 {
			known[d.Lower[d.Tokens[n.core].Start:d.Tokens[n.last-1].End]] = true
		}
	}
	if len(known) == 0 {
		return
	}
	for i := range names {
		n := &names[i]
		words := n.last - n.core
		switch {
		case words < 3 || words > headlineCap:
		case n.headline:
			r.shortenOne(n, known)
		case r.word(n.core)&(isGiven|isTitle|isParticle) == 0 && !r.initial(n.core) && r.word(n.core+1)&isGiven != 0 && known[d.Lower[d.Tokens[n.core+1].Start:d.Tokens[n.last-1].End]]:
			n.core++ // "Crooked Ann Bexley"
			n.first = n.core
		}
	}
}

func (r *reading) shortenOne(n *nameSpan, known map[string]bool) {
	d := r.doc
	for size := n.last - n.core; size > 1; size-- {
		for a := n.core; a+size <= n.last; a++ {
			if !known[d.Lower[d.Tokens[a].Start:d.Tokens[a+size-1].End]] {
				continue
			}
			if a > n.core {
				n.first = a
			}
			n.core, n.last = a, a+size
			return
		}
	}
}
