package quote

import "strconv"

// Gold is an analysis in the shape in which extractors are compared: one JSON object an article,
// offsets in code points, half-open. It is what `saidgraph extract --gold` writes; keep it stable.
type Gold struct {
	ID         string          `json:"id"`
	Quotes     []GoldQuote     `json:"quotes"`
	Entities   []GoldEntity    `json:"entities"`
	Said       []GoldSaid      `json:"said"`
	Criticized []GoldStance    `json:"criticized"`
	Criticisms []GoldCriticism `json:"criticisms"`
}

// GoldQuote is an attribution in the wide sense; Speaker is null where there is none.
type GoldQuote struct {
	Kind    Kind     `json:"kind"`
	Content [][2]int `json:"content"`
	Cue     [][2]int `json:"cue"`
	Source  [][2]int `json:"source"`
	Speaker *string  `json:"speaker"`
	Speech  bool     `json:"speech"`
	Score   float64  `json:"score"`
}

// GoldEntity is a person or organization; Named is false where the text only describes it.
type GoldEntity struct {
	ID       string   `json:"id"`
	Type     Type     `json:"type"`
	Name     string   `json:"name"`
	Aliases  []string `json:"aliases"`
	Mentions [][2]int `json:"mentions"`
	Named    bool     `json:"named"`
}

// GoldSaid is one utterance of one speaker: a joint statement gives one for each.
// Speaker is null, and By the source's own words, where no entity speaks.
type GoldSaid struct {
	Speaker *string  `json:"speaker"`
	By      string   `json:"by"`
	Start   int      `json:"start"`
	End     int      `json:"end"`
	Parts   [][2]int `json:"parts"`
	Kind    Kind     `json:"kind"`
	About   []string `json:"about"`
	Score   float64  `json:"score"`
}

// GoldStance is a directed judgement by entity.
type GoldStance struct {
	Critic   string   `json:"critic"`
	Target   string   `json:"target"`
	Start    int      `json:"start"`
	End      int      `json:"end"`
	Voice    Voice    `json:"voice"`
	Polarity Polarity `json:"polarity"`
	Score    float64  `json:"score"`
}

// GoldCriticism is a judgement by name, with the mentions that stand for the two: the stances, and the model's judgements.
type GoldCriticism struct {
	Source     string   `json:"source"`
	Target     string   `json:"target"`
	Polarity   Polarity `json:"polarity"`
	SourceSpan [2]int   `json:"source_span"`
	TargetSpan [2]int   `json:"target_span"`
	Score      float64  `json:"score"`
}

// Gold gives the analysis the shape of a gold document with that id.
func (a *Analysis) Gold(id string) Gold {
	g := Gold{ID: id, Quotes: []GoldQuote{}, Entities: []GoldEntity{}, Said: []GoldSaid{}, Criticized: []GoldStance{}, Criticisms: []GoldCriticism{}}
	for _, q := range a.Quotes {
		o := GoldQuote{Kind: q.Kind, Content: pairs(q.Content), Cue: pairs(q.Cue), Source: pairs(q.Source), Speech: q.Speech, Score: q.Score}
		if q.Speaker != "" {
			o.Speaker = &q.Speaker
		}
		g.Quotes = append(g.Quotes, o)
	}
	for i, e := range a.Entities {
		o := GoldEntity{ID: entityID(i), Type: e.Type, Name: e.Name, Aliases: append([]string{}, e.Aliases...), Mentions: [][2]int{}, Named: e.Named}
		for _, m := range e.Mentions {
			o.Mentions = append(o.Mentions, [2]int{m.Start, m.End})
		}
		g.Entities = append(g.Entities, o)
	}
	for _, c := range a.Claims {
		g.Said = append(g.Said, c.said()...)
	}
	for _, s := range a.Stances {
		g.Criticized = append(g.Criticized, GoldStance{Critic: entityID(s.From), Target: entityID(s.To),
			Start: s.Evidence.Start, End: s.Evidence.End, Voice: s.Voice, Polarity: s.Polarity, Score: s.Score})
		g.Criticisms = append(g.Criticisms, GoldCriticism{Source: a.Entities[s.From].Name, Target: a.Entities[s.To].Name,
			Polarity: s.Polarity, Score: s.Score,
			SourceSpan: [2]int{s.FromSpan.Start, s.FromSpan.End}, TargetSpan: [2]int{s.ToSpan.Start, s.ToSpan.End}})
	}
	for _, j := range a.Judgements {
		g.Criticisms = append(g.Criticisms, GoldCriticism{Source: j.From, Target: j.To, Polarity: j.Polarity, Score: j.Score,
			SourceSpan: [2]int{j.FromSpan.Start, j.FromSpan.End}, TargetSpan: [2]int{j.ToSpan.Start, j.ToSpan.End}})
	}
	return g
}

func (c *Claim) said() []GoldSaid {
	o := GoldSaid{By: c.By, Parts: pairs(c.Parts), Kind: c.Kind, About: []string{}, Score: c.Score}
	o.Start, o.End = c.Parts[0].Start, c.Parts[len(c.Parts)-1].End
	for _, e := range c.About {
		o.About = append(o.About, entityID(e))
	}
	if len(c.Speakers) == 0 {
		return []GoldSaid{o}
	}
	out := make([]GoldSaid, len(c.Speakers))
	for i, e := range c.Speakers {
		id := entityID(e)
		out[i] = o
		out[i].Speaker = &id
	}
	return out
}

func entityID(i int) string { return "e" + strconv.Itoa(i+1) }

func pairs(in []Span) [][2]int {
	out := make([][2]int, len(in))
	for i, s := range in {
		out[i] = [2]int{s.Start, s.End}
	}
	return out
}
