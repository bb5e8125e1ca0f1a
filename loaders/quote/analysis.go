package quote

import "sort"

// analysis turns a reading, in bytes, into what leaves the package, in code points.
func (e *Engine) analysis(r *reading) *Analysis {
	c := newCodepoints(r.doc.Text, r.before)
	claims := r.claims()
	return &Analysis{
		Quotes:       r.quotesOut(c),
		Entities:     r.entitiesOut(c),
		Claims:       r.claimsOut(c, claims),
		Stances:      r.stancesOut(c, claims),
		Judgements:   r.judgementsOut(c),
		Affiliations: r.affiliationsOut(c),
		Declined:     r.declinedOut(c),
	}
}

func (r *reading) quotesOut(c *codepoints) []Quote {
	out := make([]Quote, len(r.attributions))
	for i := range r.attributions {
		a := &r.attributions[i]
		out[i] = Quote{Kind: a.kind, Content: c.spans(a.content), Cue: c.spans(a.cue), Source: c.spans(a.source),
			Speech: a.speech, Speaker: a.by, Actors: a.speakers, Score: a.score}
	}
	return out
}

func (r *reading) entitiesOut(c *codepoints) []Entity {
	out := make([]Entity, len(r.entities))
	for i := range r.entities {
		e := &r.entities[i]
		mentions := make([]Mention, len(e.mentions))
		for k, m := range e.mentions {
			mentions[k] = Mention{Span: c.span(r.mentions[m].Span), Form: r.mentions[m].form}
		}
		out[i] = Entity{Type: e.typ, Name: e.name, Aliases: e.aliases, Mentions: mentions, Named: e.named}
	}
	return out
}

func (r *reading) claimsOut(c *codepoints, claims []claim) []Claim {
	out := make([]Claim, len(claims))
	for i, k := range claims {
		a := &r.attributions[k.attribution]
		out[i] = Claim{Quote: k.attribution, Kind: k.kind, Parts: c.spans(k.parts), Cue: c.spans(a.cue), Source: c.spans(a.source),
			Speakers: a.speakers, By: a.by, About: r.speaksOf(k.parts, a.about), Score: a.score}
	}
	return out
}

func (r *reading) stancesOut(c *codepoints, claims []claim) []Stance {
	out := make([]Stance, len(r.stances))
	for i := range r.stances {
		s := &r.stances[i]
		out[i] = Stance{From: s.from, To: s.to, Polarity: s.polarity, Voice: s.voice, Evidence: c.span(s.evidence),
			Cue: c.span(s.cue), FromSpan: c.span(s.fromSpan), ToSpan: c.span(s.toSpan), Claim: claimOf(s, claims), Score: s.score}
	}
	return out
}

func (r *reading) judgementsOut(c *codepoints) []Judgement {
	out := make([]Judgement, len(r.judged))
	for i, j := range r.judged {
		out[i] = Judgement{From: r.doc.Cut(j.from), To: r.doc.Cut(j.to), FromSpan: c.span(j.from), ToSpan: c.span(j.to), Polarity: j.polarity, Score: j.score}
	}
	return out
}

// claimOf returns the claim that holds a stance's evidence, or else the first of its attribution; -1 where there is none.
func claimOf(s *stance, claims []claim) int {
	if s.attribution < 0 || s.voice != Speaker {
		return -1
	}
	first := sort.Search(len(claims), func(i int) bool { return claims[i].attribution >= s.attribution })
	if first == len(claims) || claims[first].attribution != s.attribution {
		return -1
	}
	for i := first; i < len(claims) && claims[i].attribution == s.attribution; i++ {
		for _, p := range claims[i].parts {
			if p.Overlaps(s.toSpan) {
				return i
			}
		}
	}
	return first
}

func (r *reading) affiliationsOut(c *codepoints) []Affiliation {
	out := make([]Affiliation, len(r.affiliations))
	for i, a := range r.affiliations {
		out[i] = Affiliation{Person: a.person, Organization: a.organization, Role: a.role, Span: c.span(a.span), Score: a.score}
	}
	return out
}

func (r *reading) declinedOut(c *codepoints) []Declined {
	out := make([]Declined, len(r.declined))
	for i, d := range r.declined {
		out[i] = Declined{Entity: d.entity, Span: c.span(d.span), Score: d.score}
	}
	return out
}
