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

// datelined is the place of the text's first dateline, in lower case: "harlan creek" of "HARLAN CREEK, Ohio — …"; "" where there is none.
func (r *reading) datelined() string {
	d := r.doc
	for p := range min(len(d.Paragraphs), 3) {
		first := d.Sentences[d.Paragraphs[p].First].First
		end := r.dateline(first)
		if end == 0 {
			continue
		}
		last := first
		for last < end && r.shouted(last) {
			last++
		}
		return d.Lower[d.Tokens[first].Start:d.Tokens[last-1].End]
	}
	return ""
}
