package quote

import "saidgraph/loaders/quote/pos"

// What is written speaks for who wrote it.

// document says whether the phrase is headed by something written: "the statement", "a report", "federal law".
func (s *spotter) document(n run) bool {
	switch s.low(n.head) {
	case "statement", "report", "letter", "contract", "memo", "memorandum", "document", "documents", "email", "e-mail", "emails", "lawsuit", "suit", "complaint",
		"filing", "filings", "law", "bill", "order", "ruling", "poll", "survey", "study", "release", "headline", "article", "editorial", "op-ed", "story",
		"tweet", "post", "posting", "website", "site", "ad", "ads", "advertisement", "petition", "indictment", "agreement", "note", "notice", "policy",
		"rules", "rule", "guidelines", "platform", "constitution", "book", "review", "analysis", "transcript", "records", "data", "figures", "numbers",
		"results", "sign", "caption", "column", "blog", "message", "paper", "polls", "surveys", "reports", "studies", "resolution", "opinion", "brief", "warrant":
		return true
	}
	return false
}

// author finds whose document it is: "the agency's report", "a Congressional Budget Office report", "the statement".
func (s *resolver) author(n run) (ids []int, words string) {
	for i := n.head - 1; i >= n.first; i-- {
		if m := s.heads[i]; m >= 0 {
			if x := &s.r.mentions[m]; x.entity >= 0 && s.r.entities[x.entity].named {
				return []int{x.entity}, ""
			}
		}
	}
	if s.is(n.last, "from", "by", "of") {
		m := s.simpleAfter(n.last+1, n.last+longest)
		if k := s.mentionOf(m); !m.empty() && k >= 0 && s.r.mentions[k].entity >= 0 && s.r.entities[s.r.mentions[k].entity].named {
			return []int{s.r.mentions[k].entity}, ""
		}
	}
	if s.is(n.first, "the", "this") && s.is(n.head, "statement", "letter", "release", "memo", "email", "tweet", "post", "message") && n.last-n.first <= 3 && s.last >= 0 {
		if p := &s.r.attributions[s.last]; len(p.speakers) > 0 && s.near(p, n.first) {
			return p.speakers, ""
		}
	}
	if id := s.writer(n.first, n.head); id >= 0 {
		return []int{id}, ""
	}
	return nil, s.words(n)
}

// writerReach is how many tokens before "the report" it may have been brought in.
const writerReach = 1500

// writer returns whose "the report" is, whose noun stands at token head: who is said before to have put something in one, "Roe said in a
// report", "In a letter, Lee faulted". It returns -1 where that is nobody with a name.
func (s *sources) writer(first, head int) int {
	word := s.low(head)
	if !s.is(first, "the", "this") || head-first > 2 {
		return -1
	}
	for t := first - 1; t >= max(0, first-writerReach); t-- {
		if s.low(t) != word || !s.introduces(t) {
			continue
		}
		if s.is(t+1, "by", "from") {
			if m := s.mentionOf(s.simpleAfter(t+2, t+2+longest)); m >= 0 && s.r.mentions[m].entity >= 0 && s.r.entities[s.r.mentions[m].entity].named {
				return s.r.mentions[m].entity
			}
		}
		in := s.d.Tokens[t].Sentence
		for k := range s.r.attributions {
			a := &s.r.attributions[k]
			if len(a.source) > 0 && len(a.speakers) > 0 && s.d.Tokens[s.d.TokenAt(a.source[0].Start)].Sentence == in {
				return a.speakers[0]
			}
		}
		return s.subjectOf(in)
	}
	return -1
}

// introduces says that the noun at token t is new to the reader: "a report", "an open letter", "its report", "Lee's report".
func (s *sources) introduces(t int) bool {
	for k := t - 1; k >= max(0, t-4); k-- {
		switch g := s.tag(k); {
		case s.is(k, "a", "an"), g == pos.PRPS, g == pos.POS:
			return true
		case !nominal(g), g == pos.DT:
			return false
		}
	}
	return false
}

// subjectOf is the first entity that a sentence names and a finite verb follows, a clause or an apposition between commas left out;
// -1 where there is none.
func (s *sources) subjectOf(sentence int) int {
	x := &s.d.Sentences[sentence]
	for t := x.First; t < x.Last; t++ {
		m := s.heads[t]
		if m < 0 || s.r.mentions[m].form != Name || s.r.mentions[m].entity < 0 || s.r.inside[t] >= 0 {
			continue
		}
		k := s.r.mentions[m].last
		if s.is(k, ",") {
			for k++; k < x.Last && !s.is(k, ","); k++ {
			}
			k++
		}
		if k < x.Last && s.finite(k) {
			return s.r.mentions[m].entity
		}
	}
	return -1
}

// foretold names those whom the text's first lines leave to later ones: "a human rights group said on Monday. … Civic Witness, which".
func (s *resolver) foretold() {
	for i := range s.r.attributions {
		a := &s.r.attributions[i]
		at := s.d.TokenAt(extent(a.content).Start)
		if s.paragraph(at) > 2 {
			return
		}
		if len(a.speakers) > 0 || len(a.source) == 0 || !a.speech || !s.is(s.d.TokenAt(a.source[0].Start), "a", "an", "their", "its", "the") {
			continue
		}
		n := s.simpleAfter(s.d.TokenAt(a.source[0].Start), s.tokens(a.source[0]).last)
		if n.empty() || s.r.word(n.head)&isPlural != 0 {
			continue
		}
		id := -1
		switch w := s.r.word(n.head); {
		case w&isPersonNoun != 0:
			id = s.introduced(n.head)
		case w&isOrgNoun != 0 && !s.is(n.first, "the"):
			id = s.nextOrganization(i)
		}
		if id >= 0 {
			a.speakers, a.by = []int{id}, s.r.entities[id].name
		}
	}
}

// written asks once more who wrote the documents that speak, now that all who speak are known.
func (s *resolver) written() {
	for i := range s.r.attributions {
		a := &s.r.attributions[i]
		if len(a.speakers) > 0 || len(a.source) == 0 {
			continue
		}
		if n := s.simpleAfter(s.d.TokenAt(a.source[0].Start), s.tokens(a.source[0]).last); !n.empty() && s.document(n) {
			if id := s.writer(n.first, n.head); id >= 0 {
				a.speakers, a.by = []int{id}, s.r.entities[id].name
			}
		}
	}
}

// introducedReach is how many tokens after "a prosecutor" the name may follow.
const introducedReach = 400

// introduced returns the person whose name follows the noun at token head where it stands once more, "prosecutor Simon Lee"; -1
// where nobody is.
func (s *resolver) introduced(head int) int {
	for t := head + 1; t < min(len(s.d.Tokens)-1, head+introducedReach); t++ {
		if s.low(t) != s.low(head) {
			continue
		}
		if m := s.covers[t+1]; m >= 0 && s.r.mentions[m].form == Name && s.r.mentions[m].typ == Person && s.r.mentions[m].first == t+1 {
			return s.r.mentions[m].entity
		}
		return -1
	}
	return -1
}

// nextOrganization returns the organization that says what attribution i is followed by, in the next paragraph or two; -1 where
// something else follows.
func (s *resolver) nextOrganization(i int) int {
	from := s.paragraph(s.d.TokenAt(extent(s.r.attributions[i].content).Start))
	for k := i + 1; k < len(s.r.attributions); k++ {
		b := &s.r.attributions[k]
		if s.paragraph(s.d.TokenAt(extent(b.content).Start)) > from+2 {
			return -1
		}
		if !b.speech || len(b.source) == 0 {
			continue
		}
		if len(b.speakers) != 1 || s.r.entities[b.speakers[0]].typ != Organization || !s.r.entities[b.speakers[0]].named {
			return -1
		}
		return b.speakers[0]
	}
	return -1
}
