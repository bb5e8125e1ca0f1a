package quote

// datelineReach is how many tokens a place and its agency have before the dash.
const datelineReach = 12

// dateline says that a paragraph begins at token i with a place in capitals and a dash, "SAN DIEGO (Reuters) - Tellun AG said", and
// returns the token after the dash, or 0.
func (r *reading) dateline(i int) int {
	d := r.doc
	if i < 0 || i >= len(d.Tokens) || !r.shouted(i) {
		return 0
	}
	s := d.Tokens[i].Sentence
	if d.Sentences[s].First != i || d.Paragraphs[d.Sentences[s].Paragraph].First != s {
		return 0
	}
	for k := i + 1; k < min(d.Sentences[s].Last-1, i+datelineReach); k++ {
		switch r.low(k) {
		case "--", "—", "–", "-":
			return k + 1
		}
		if r.isFinite(k) {
			return 0
		}
	}
	return 0
}
