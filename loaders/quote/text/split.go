package text

// Split takes an article apart. It accepts any bytes and runs in time linear in their number.
func Split(s string) *Doc {
	d := &Doc{Text: s, Lower: lower(s)}
	sc := scanner{s: s, low: d.Lower, space: true, wrapped: hardWrapped(s)}
	sc.tokens = make([]Token, 0, len(s)/5+4)
	sc.scan()
	d.Tokens = sc.tokens
	breaks := append(sc.breaks, len(d.Tokens))
	d.Quotations = pair(d, sc.marks, breaks)
	sentences(d, breaks)
	return d
}

// sentences closes sentences and paragraphs; breaks holds the token after each paragraph.
func sentences(d *Doc, breaks []int) {
	d.Sentences = make([]Sentence, 0, len(d.Tokens)/24+len(breaks))
	d.Paragraphs = make([]Paragraph, 0, len(breaks))
	first := 0
	for _, last := range breaks {
		if last == first {
			continue
		}
		p := Paragraph{First: len(d.Sentences)}
		for first < last {
			end := sentenceEnd(d, first, last)
			for i := first; i < end; i++ {
				d.Tokens[i].Sentence = len(d.Sentences)
			}
			d.Sentences = append(d.Sentences, Sentence{
				Span:  Span{d.Tokens[first].Start, d.Tokens[end-1].End},
				First: first, Last: end, Paragraph: len(d.Paragraphs)})
			first = end
		}
		p.Last = len(d.Sentences)
		p.Span = Span{d.Sentences[p.First].Start, d.Sentences[p.Last-1].End}
		d.Paragraphs = append(d.Paragraphs, p)
	}
}

// sentenceEnd returns one past the last token of the sentence that begins at first.
// Full stops on the way that end nothing become ordinary marks.
func sentenceEnd(d *Doc, first, last int) int {
	for i := first; i < last; i++ {
		t := d.Tokens[i]
		switch t.Kind {
		case Stop:
			j := closers(d, i+1, last)
			if j >= last || stopEnds(d, first, i, j) {
				return j
			}
			d.Tokens[i].Kind = Punct
		case Word:
			if d.Text[t.End-1] != '.' {
				continue
			}
			j := closers(d, i+1, last)
			if j < last && abbreviationEnds(d, i, j) {
				return j
			}
		}
	}
	return last
}

// closers skips the closing marks and brackets that belong to the stop before i.
func closers(d *Doc, i, last int) int {
	for i < last {
		t := d.Tokens[i]
		switch {
		case t.Kind == Close:
		case t.Kind == Stop && !t.Space:
		case !t.Space && (d.Text[t.Start] == ')' || d.Text[t.Start] == ']'):
		default:
			return i
		}
		i++
	}
	return i
}

// stopEnds says whether the stop at i closes the sentence that began at first, the next one beginning at j.
func stopEnds(d *Doc, first, i, j int) bool {
	next := d.Tokens[j]
	if i == first+1 && d.Tokens[first].Kind == Number {
		return false // "1. The plan"
	}
	if next.Kind == Open {
		return true
	}
	c, _ := classAt(d.Text, next.Start)
	if ellipsis(d.Text[d.Tokens[i].Start:d.Tokens[i].End]) {
		return c == 'u' && next.Space && d.Word(j) != "I"
	}
	switch c {
	case 'u':
		return true
	case 'l':
		// Scripts without case begin sentences with letters that are no capitals.
		return d.Text[next.Start] >= 0x80 && d.Text[d.Tokens[i].Start] >= 0x80
	case 'd':
		return next.Space
	}
	switch d.Text[next.Start] {
	case ',', ';', ':', '-', ')', ']', '/', '%':
		return false
	}
	return next.Space && !dash(d.Word(j))
}

// abbreviationEnds says whether the abbreviation at i also closes its sentence, the next one beginning at j.
func abbreviationEnds(d *Doc, i, j int) bool {
	t, next := d.Tokens[i], d.Tokens[j]
	if !next.Space || neverEnds(d.Lower[t.Start:t.End-1]) {
		return false
	}
	if next.Kind == Open {
		return true
	}
	c, _ := classAt(d.Text, next.Start)
	return c == 'u' && starter(d.Low(j))
}

func ellipsis(s string) bool { return s == "…" || len(s) > 1 && s[0] == '.' }

func dash(s string) bool {
	switch s {
	case "-", "--", "---", "–", "—", "―":
		return true
	}
	return false
}
