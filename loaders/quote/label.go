package quote

import (
	"sort"

	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

// labels attributes paragraphs that begin with their speaker and a colon: a printed dialogue, `SMITH: Well, …`,
// a headline, `Trump: I will win`, or a press release, `From Governor Lee: …`.
func (s *spotter) labels() {
	for _, p := range s.d.Paragraphs {
		first, last := s.d.Sentences[p.First].First, s.d.Sentences[p.Last-1].Last
		i := first
		if s.kind(i) == text.Open {
			i++
		}
		if s.is(i, "from") && s.proper(i+1) {
			i++
		}
		end := s.label(i)
		if end == 0 && (interviewer(s.low(i)) || interviewee(s.low(i))) && s.is(i+1, ":") {
			end = i + 1
		}
		if end == 0 || end+1 >= last || !s.somebody(i, end) {
			continue
		}
		if q := s.r.inside[end+1]; q >= 0 && s.taken[q] >= 0 {
			continue // the quotation that follows has the colon for its cue
		}
		stop := last
		if s.kind(stop-1) == text.Close && s.kind(first) == text.Open {
			stop--
		}
		if stop <= end+1 {
			continue
		}
		a := attribution{quotation: -1, label: true, speech: true, score: 0.7, content: []text.Span{s.span(end+1, stop)},
			cue: s.cut(run{end, end + 1, end}), source: s.cut(run{i, end, end - 1})}
		a.kind = s.r.kindOf(a.content)
		if s.kind(first) == text.Open {
			a.kind = Direct
		}
		s.add(a)
	}
}

// somebody says whether tokens [i, end) name a person or an organization, or stand in capitals as in a transcript: a headline
// also begins "Storm Over Bridge: …".
func (s *spotter) somebody(i, end int) bool {
	if s.capitals(i) || s.capitals(end-1) || interviewer(s.low(i)) || interviewee(s.low(i)) {
		return true
	}
	from, to := s.d.Tokens[i].Start, s.d.Tokens[end].Start
	for k := sort.Search(len(s.r.mentions), func(k int) bool { return s.r.mentions[k].Start >= from }); k < len(s.r.mentions) && s.r.mentions[k].Start < to; k++ {
		if s.r.mentions[k].form == Name {
			return true
		}
	}
	return false
}

// label returns the colon that ends the name of a speaker at i, 0 where there is none.
func (s *spotter) label(i int) int {
	k := i
	for ; k < min(len(s.d.Tokens), i+6); k++ {
		switch t := s.tag(k); {
		case s.is(k, ":") && k > i:
			if s.named(i, k) {
				return k
			}
			return 0
		case t == pos.NNP || t == pos.NNPS || s.is(k, "(", ")", ",", "-") && k > i || t == pos.CD && k > i:
		case s.capitals(k) || s.initial(k) && k < i+4:
		default:
			return 0
		}
	}
	return 0
}

// named says whether tokens [i, k) may be a speaker's name: capitals, and no word that heads a section.
func (s *spotter) named(i, k int) bool {
	if s.is(i, "note", "update", "photo", "source", "image", "video", "read", "related", "more", "correction", "editor", "watch", "contact", "abstract", "breaking", "exclusive", "poll", "report", "reports", "study", "analysis", "opinion", "live") {
		return false
	}
	return s.proper(k-1) || s.capitals(k-1) || s.is(k-1, ")")
}

// capitals says whether token k is a word in capitals, of two letters or more.
func (s *spotter) capitals(k int) bool {
	if s.kind(k) != text.Word {
		return false
	}
	w := s.d.Word(k)
	for i := 0; i < len(w); i++ {
		if 'a' <= w[i] && w[i] <= 'z' || w[i] >= 0x80 {
			return false
		}
	}
	return len(w) > 1
}

// initial says whether token k begins with a capital.
func (s *spotter) initial(k int) bool {
	b := s.d.Text[s.d.Tokens[k].Start]
	return 'A' <= b && b <= 'Z'
}
