package queries

import "saidgraph/graph"

// sentence reads the words of the question into its form and names.
func (p *parser) sentence() error {
	switch {
	case len(p.words) == 0:
		return p.wrong(0, "no question was asked", askOneOf())
	case p.is(0, "who", "whom"):
		return p.who()
	case p.is(0, "what"):
		return p.what()
	case p.is(0, "how"):
		return p.how()
	}
	return p.wrong(0, "begins no question", askOneOf())
}

// one sets a form that has one name, the words from i up to j.
func (p *parser) one(f Form, i, j int) (err error) {
	p.q.Form = f
	p.q.X, err = p.name(i, j)
	return err
}

func (p *parser) who() error {
	end := len(p.words)
	switch {
	case p.is(1, "said", "says") && p.is(2, "what", "anything", "something"):
		return p.whoSaid()
	case p.is(1, "said", "says"):
		return p.wrong(2, `is where "what" is missing`, "ask: "+WhoSaid.pattern())
	case p.is(1, "declined", "refused"):
		return p.declined()
	case p.is(1, "is", "was") && p.is(2, "quoted") && p.is(3, "with", "alongside", "beside"):
		return p.one(QuotedWith, 4, end)
	case p.is(1, "is", "was") && p.stance(2) != "" && p.is(3, "by"):
		return p.one(whom(p.stance(2)), 4, end)
	case p.is(1, "is", "was"):
		return p.one(WhoIs, 2, end)
	case p.stance(1) != "":
		return p.whose(p.stance(1), 2)
	case p.is(1, "has", "have") && p.stance(2) != "":
		return p.whose(p.stance(2), 3)
	case p.is(1, "did", "does", "do", "has", "have"):
		if t := p.stance(end - 1); t != "" {
			return p.one(whom(t), 2, end-1)
		}
		return p.wrong(end, `is where "criticize" or "praise" is missing`, "ask: "+WhomCriticized.pattern()+" · "+WhomPraised.pattern())
	}
	return p.wrong(1, "is no verb of a question", askOneOf())
}

// whose reads "criticized X" and "criticized whom".
func (p *parser) whose(t graph.Type, i int) error {
	f := WhoCriticized
	if t == graph.Praised {
		f = WhoPraised
	}
	if p.is(i, "whom", "who") && i == len(p.words)-1 {
		p.q.Form = f
		return nil
	}
	return p.one(f, i, len(p.words))
}

func whom(t graph.Type) Form {
	if t == graph.Praised {
		return WhomPraised
	}
	return WhomCriticized
}

func (p *parser) whoSaid() error {
	p.q.Form = WhoSaid
	switch {
	case len(p.words) == 3:
		return nil
	case p.is(3, "about"):
		return p.one(WhoSaid, 4, len(p.words))
	}
	return p.wrong(3, `is where "about" is expected`, "ask: "+WhoSaid.pattern())
}

func (p *parser) declined() error {
	i := 2
	if p.is(i, "to") {
		i++
	}
	if !p.is(i, "comment") {
		return p.wrong(i, `is where "comment" is expected`, "ask: "+WhoDeclined.pattern())
	}
	if i+1 < len(p.words) {
		return p.wrong(i+1, "is one word too many", "ask: "+WhoDeclined.pattern())
	}
	p.q.Form = WhoDeclined
	return nil
}

func (p *parser) what() error {
	end := len(p.words)
	switch {
	case p.is(1, "was", "is") && p.is(2, "said") && p.is(3, "about"):
		return p.one(WhoSaid, 4, end)
	case p.is(1, "is", "was"):
		return p.one(WhoIs, 2, end)
	case !p.is(1, "did", "does", "do", "has", "have"):
		return p.wrong(1, `is where "did" is expected`, "ask: "+WhatSaid.pattern())
	}
	for i := 3; i < end; i++ {
		if !p.is(i, "say", "said") || i+1 < end && !p.is(i+1, "about") {
			continue
		}
		if err := p.one(WhatSaid, 2, i); err != nil {
			return err
		}
		if i+1 == end {
			return nil
		}
		y, err := p.name(i+2, end)
		p.q.Y = y
		return err
	}
	return p.wrong(end, `is where "say" is missing`, "ask: "+WhatSaid.pattern())
}

func (p *parser) how() error {
	end := len(p.words)
	if !p.is(1, "are", "is") {
		return p.wrong(1, `is where "are" is expected`, "ask: "+Connected.pattern())
	}
	if p.is(-1, "connected", "related", "linked") && end > 2 {
		return p.pair(end - 1)
	}
	for i := 3; i < end; i++ {
		if p.is(i, "connected", "related", "linked") && p.is(i+1, "to", "with") {
			return p.two(2, i, i+2, end)
		}
	}
	return p.wrong(end, `is where "connected" is missing`, "ask: "+Connected.pattern())
}

func (p *parser) two(i, j, k, l int) (err error) {
	if err := p.one(Connected, i, j); err != nil {
		return err
	}
	p.q.Y, err = p.name(k, l)
	return err
}

// pair reads "X and Y", the words from 2 up to end. A name in quotation marks at either end settles which "and"
// it is; among bare words that hold several, X keeps them all for [Ask] to split.
func (p *parser) pair(end int) error {
	var ands []int
	marks := false
	for i := 2; i < end; i++ {
		marks = marks || p.words[i].quoted
		if p.is(i, "and") && i > 2 && i < end-1 {
			ands = append(ands, i)
		}
	}
	switch {
	case len(ands) == 0:
		return p.wrong(end, `is where "and" and a second name are missing`, "ask: "+Connected.pattern())
	case len(ands) == 1:
		return p.two(2, ands[0], ands[0]+1, end)
	case p.words[2].quoted && ands[0] == 3:
		return p.two(2, 3, 4, end)
	case p.words[end-1].quoted && ands[len(ands)-1] == end-2:
		return p.two(2, end-2, end-1, end)
	case marks:
		return p.wrong(ands[0], "is one of several", `put both names in quotation marks: how are "X" and "Y" connected`)
	}
	return p.one(Connected, 2, end)
}
