package quote

import (
	"sort"

	"saidgraph/loaders/quote/judge"
	"saidgraph/loaders/quote/lexicon"
	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

// least is the score below which a judgement is no edge.
const least = 0.5

// sureness is how often a frame of that kind is right, by eye.
func sureness(k judge.Kind) float64 {
	switch k {
	case judge.Verb:
		return 0.9
	case judge.Naming:
		return 0.87
	case judge.Phrase, judge.Holder:
		return 0.85
	case judge.Feeling:
		return 0.82
	case judge.Said:
		return 0.8
	case judge.Noun:
		return 0.75
	case judge.Act:
		return 0.72
	case judge.Record:
		return 0.65
	case judge.Epithet:
		return 0.62
	case judge.Faint:
		return 0
	}
	return 0.6
}

func newJudging() *judge.Lexicon { return judge.NewLexicon(lexicon.Judge, lexicon.Valence) }

// assessor is the stage that finds stances and what the words are about.
type assessor struct {
	r       *reading
	ids     []int   // 0, 1, 2 …: ids[i:i+1] is a list of one entity
	inner   []bool  // mentions within somebody else's name
	heads   []int32 // the mention that each token heads, -1
	speaks  []int32 // the innermost attribution that each token belongs to, -1
	seen    map[edge]int
	before  int // stances of the sentences before
	reader  *judge.Reader
	names   []judge.Range // scratch, as are the next two
	pairing []judge.Pair
	weighed []judge.Verdict
	found   []judged
	sources *sources // to ask who wrote a document
}

// edge is what there may be one of a sentence.
type edge struct{ from, to, sentence int }

// judge fills in who judges whom, and whom each attribution speaks of.
//
// No edge is the default: a frame of words must hold both parties, or hold the one judged in the words of a known speaker.
func (e *Engine) judge(r *reading) {
	r.topics()
	s := &assessor{r: r, ids: make([]int, len(r.entities)), inner: r.innerNames(), seen: map[edge]int{}}
	for i := range s.ids {
		s.ids[i] = i
	}
	s.about()
	s.index()
	s.reader = judge.NewReader(e.judging, r.doc, r.tags)
	s.sources = newSources(e, r)
	for k := range r.doc.Sentences {
		x := &r.doc.Sentences[k]
		s.before = len(r.stances)
		for _, f := range s.reader.Read(x.First, x.Last) {
			if f.Polarity != 0 && !f.Off {
				s.frame(k, &f)
			}
		}
		s.pairs(e, k)
	}
	sort.SliceStable(r.stances, func(i, j int) bool { return r.stances[i].at() < r.stances[j].at() })
}

// at is where a stance stands in the text: at its cue, or where it has none, at the judge.
func (x *stance) at() int {
	if x.cue.Len() > 0 {
		return x.cue.Start
	}
	return x.fromSpan.Start
}

// index prepares the lookups by token.
func (s *assessor) index() {
	n := len(s.r.doc.Tokens)
	s.heads, s.speaks = make([]int32, n), make([]int32, n)
	for i := range n {
		s.heads[i], s.speaks[i] = -1, -1
	}
	for i := range s.r.mentions {
		m := &s.r.mentions[i]
		if h := m.head; h >= 0 && h < n && (s.heads[h] < 0 || s.r.mentions[s.heads[h]].entity < 0) && !s.inner[i] {
			s.heads[h] = int32(i)
		}
	}
	order := make([]int, len(s.r.attributions))
	size := make([]int, len(order))
	for i := range order {
		order[i] = i
		for _, c := range s.r.attributions[i].content {
			size[i] += c.Len()
		}
	}
	sort.SliceStable(order, func(a, b int) bool { return size[order[a]] > size[order[b]] })
	for _, i := range order {
		for _, c := range s.r.attributions[i].content {
			for t := s.r.doc.TokenAt(c.Start); t < n && s.r.doc.Tokens[t].Start < c.End; t++ {
				s.speaks[t] = int32(i)
			}
		}
	}
}

// party is an entity with the mention that stands for it.
type party struct {
	entity int
	span   text.Span
	share  float64 // how much of the frame's sureness is left
}

// parties resolves a frame's slots to named entities.
// A possessor counts only where owned is wanted, and not where the phrase's own head is somebody: "Lee's lawyer" is not Lee.
func (s *assessor) parties(slots []judge.Slot, owned bool) (out []party) {
	somebody := false
	for _, x := range slots {
		share := 1.0
		m := s.heads[x.Token]
		switch x.Role {
		case judge.Head:
			if m < 0 || !s.r.entities[max(0, s.r.mentions[m].entity)].named {
				if a := s.apposed(x.Token); a >= 0 { // "the port authority, the ANPB,"
					m = a
				}
			}
			somebody = m >= 0
		case judge.Modifier:
			share = 0.75
		case judge.Possessor:
			share = 0.95
		case judge.Agent:
			share = 0.85
		}
		if m < 0 && x.Role == judge.Head {
			if w := s.writer(x.Token); w >= 0 {
				somebody = true
				out = append(out, party{w, s.r.doc.Tokens[x.Token].Span, 0.95})
			}
		}
		if m < 0 || x.Role != judge.Head && (!owned || somebody) {
			continue
		}
		switch s.r.doc.Low(x.Token) {
		case "it", "its", "they", "them", "their":
			share *= 0.7
		}
		for _, e := range s.meant(&s.r.mentions[m]) {
			if s.r.entities[e].named {
				out = append(out, party{e, s.r.mentions[m].Span, share})
			}
		}
	}
	return out
}

// writer is whose "the report" is, which token i heads; -1 where that is nobody with a name.
func (s *assessor) writer(i int) int {
	if !s.sources.document(run{i, i + 1, i}) {
		return -1
	}
	first := i - 1
	for first > 0 && first > i-3 && nominal(s.r.tagAt(first)) && s.r.tagAt(first) != pos.DT {
		first--
	}
	w := s.sources.writer(first, i)
	if w < 0 || !s.r.entities[w].named {
		return -1
	}
	return w
}

// apposed returns the mention of the name in apposition to the noun at token i, "the director, retired Admiral Ann Lee,"; -1 where
// there is none.
func (s *assessor) apposed(i int) int32 {
	r := s.r
	if r.low(i+1) != "," {
		return -1
	}
	for k := i + 2; k < min(i+12, len(r.doc.Tokens)); k++ {
		if m := s.heads[k]; m >= 0 && r.mentions[m].form == Name {
			switch r.low(r.mentions[m].last) {
			case ",", ".", ";":
				return m
			}
			return -1
		}
		if !nominal(r.tagAt(k)) {
			return -1
		}
	}
	return -1
}

// frame turns one frame of a sentence into edges.
func (s *assessor) frame(sentence int, f *judge.Frame) {
	to := s.parties(f.To, true)
	if len(to) == 0 {
		return
	}
	a := int(s.speaks[f.Cue])
	from, voice := s.parties(f.From, s.mouthpiece(f.From)), Reporter
	score := sureness(f.Kind)
	if len(f.From) == 0 || f.First {
		if a < 0 {
			return
		}
		if (f.Kind == judge.Act || f.Kind == judge.Record) && s.source(a) {
			return
		}
		from, voice = s.speakers(a), Speaker
	}
	evidence := s.evidence(sentence, f.Cue, a)
	for _, p := range from {
		for _, q := range to {
			if p.entity == q.entity || voice == Speaker && has(s.r.attributions[a].speakers, q.entity) {
				continue
			}
			n := stance{from: p.entity, to: q.entity, fromSpan: p.span, toSpan: q.span, polarity: polarityOf(f.Polarity), voice: voice,
				evidence: evidence, cue: s.r.doc.Tokens[f.Cue].Span, attribution: -1, score: score * p.share * q.share}
			if voice == Reporter && a >= 0 && !has(s.r.attributions[a].speakers, p.entity) {
				n.score *= 0.8 // a judgement that a source reports of somebody
			}
			if voice == Speaker || a >= 0 && s.r.inside[f.Cue] >= 0 { // words between quotation marks are never the reporter's
				n.voice, n.attribution = Speaker, a
			}
			s.add(sentence, n)
		}
	}
}

// mouthpiece says that a phrase is something that its owner wrote or showed: "the Lee ad" and "Lee's letter" speak for Lee.
func (s *assessor) mouthpiece(slots []judge.Slot) bool {
	if len(slots) == 0 || slots[0].Role != judge.Head {
		return false
	}
	switch s.r.doc.Low(slots[0].Token) {
	case "ad", "ads", "advertisement", "commercial", "editorial", "editorials", "op-ed", "column", "letter", "statement", "tweet", "tweets", "memo", "video", "report", "remarks":
		return true
	}
	return false
}

// source says that attribution a only tells where a fact comes from: "according to a poll by the Times".
func (s *assessor) source(a int) bool {
	for _, c := range s.r.attributions[a].cue {
		if t := s.r.doc.TokenAt(c.Start); s.r.doc.Low(t) == "according" {
			return true
		}
	}
	return false
}

func polarityOf(p int8) Polarity {
	if p < 0 {
		return Negative
	}
	return Positive
}

// add keeps the surest judgement of a pair in a sentence.
func (s *assessor) add(sentence int, n stance) {
	if n.score < least {
		return
	}
	k := edge{n.from, n.to, sentence}
	if i, ok := s.seen[k]; ok {
		if s.r.stances[i].score < n.score {
			s.r.stances[i] = n
		}
		return
	}
	s.seen[k] = len(s.r.stances)
	s.r.stances = append(s.r.stances, n)
}

// speakers is who says the words of attribution a, each with the mention in its source where there is one.
func (s *assessor) speakers(a int) (out []party) {
	x := &s.r.attributions[a]
	for _, e := range x.speakers {
		if e < 0 || e >= len(s.r.entities) || !s.r.entities[e].named {
			continue
		}
		p := party{e, extent(x.cue), 1}
		if len(x.source) > 0 {
			p.span = x.source[0]
		}
		for _, c := range x.source {
			for k := s.mentionFrom(c.Start); k < len(s.r.mentions) && s.r.mentions[k].Start < c.End; k++ {
				if m := &s.r.mentions[k]; has(s.meant(m), e) {
					p.span = m.Span
				}
			}
		}
		if p.span.Len() > 0 {
			out = append(out, p)
		}
	}
	return out
}

// evidence is the sentence, or the part of attribution a's content that holds the cue and lies within it.
func (s *assessor) evidence(sentence, cue, a int) text.Span {
	x := s.r.doc.Sentences[sentence].Span
	if a < 0 {
		return x
	}
	for _, c := range s.r.attributions[a].content {
		if c.Contains(s.r.doc.Tokens[cue].Span) {
			return text.Span{Start: max(c.Start, x.Start), End: min(c.End, x.End)}
		}
	}
	return x
}
