package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
)

// judgeEntities compares mentions and how they are linked.
func (r *result) judgeEntities() {
	found := figure{Name: "mentions", RecallOnly: true} // gold leaves out what is neither person nor organization
	for _, d := range r.docs {
		m := d.matchMentions()
		for _, e := range d.gold.Entities {
			for _, s := range e.Mentions {
				found.Golds++
				if _, ok := m.pred[s]; ok {
					found.Hit++
				} else {
					r.mention(d, m, missedMention, s, fmt.Sprintf("of %q, %d mentions", e.Name, len(e.Mentions)))
				}
			}
		}
		r.links(d, m)
	}
	r.figures = append(r.figures, found)
}

// matching says which predicted mention answers each gold one. A span that two entities have belongs to the last.
type matching struct {
	gold map[span]int  // gold mention → its entity
	pred map[span]int  // gold mention that was found → the predicted entity
	span map[span]span // gold mention that was found → the predicted mention
}

func (d *document) matchMentions() matching {
	m := matching{map[span]int{}, map[span]int{}, map[span]span{}}
	predicted := map[span]int{}
	var order []span
	for k, e := range d.pred.Entities {
		for _, s := range e.Mentions {
			if _, twice := predicted[s]; !twice {
				order = append(order, s)
			}
			predicted[s] = k
		}
	}
	for g, e := range d.gold.Entities {
		for _, s := range e.Mentions {
			m.gold[s] = g
			most := 0
			for _, p := range order {
				o := min(s[1], p[1]) - max(s[0], p[0])
				if o > most && (p[1] == s[1] || 2*o >= max(s[1]-s[0], p[1]-p[0])) {
					most = o
					m.pred[s], m.span[s] = predicted[p], p
				}
			}
		}
	}
	return m
}

// links writes down the mentions that stand in another cluster than most of their entity, and the entities that
// stand in a cluster that is mostly another's.
func (r *result) links(d *document, m matching) {
	ofGold, ofPred := map[int]map[int]int{}, map[int]map[int]int{} // entity → entity of the other side → mentions
	spans := slices.SortedFunc(maps.Keys(m.pred), func(a, b span) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	for _, s := range spans {
		count(ofGold, m.gold[s], m.pred[s])
		count(ofPred, m.pred[s], m.gold[s])
	}
	homes, mains := map[int]int{}, map[int]int{} // where most mentions are, the first of equals
	for _, s := range spans {
		g, p := m.gold[s], m.pred[s]
		if k, ok := homes[g]; !ok || ofGold[g][p] > ofGold[g][k] {
			homes[g] = p
		}
		if k, ok := mains[p]; !ok || ofPred[p][g] > ofPred[p][k] {
			mains[p] = g
		}
	}
	typed := map[int]bool{}
	for _, s := range spans {
		g, p := m.gold[s], m.pred[s]
		e, o := d.gold.Entities[g], d.pred.Entities[p]
		home, main := homes[g], mains[p]
		switch {
		case p != home:
			r.mention(d, m, wrongLink, s, fmt.Sprintf("split: is %q, linked to %q instead of %q", e.Name, o.Name, d.pred.Entities[home].Name))
			r.last().word = "split: " + r.last().word
		case g != main:
			r.mention(d, m, wrongLink, s, fmt.Sprintf("merged: is %q, linked to %q, mostly %q", e.Name, o.Name, d.gold.Entities[main].Name))
			r.last().word = "merged: " + r.last().word
		}
		if p == home && e.Type != o.Type && !typed[g] {
			typed[g] = true
			r.mention(d, m, wrongType, s, fmt.Sprintf("%q is a %s, predicted %s", e.Name, e.Type, o.Type))
		}
	}
}

// nearby marks a mention and the nearest ones that it is linked to.
func nearby(s span, mentions []span) []mark {
	out := []mark{{s, "mention"}}
	mentions = slices.Clone(mentions)
	slices.SortFunc(mentions, func(a, b span) int { return cmp.Compare(abs(a[0]-s[0]), abs(b[0]-s[0])) })
	for _, o := range mentions[:min(3, len(mentions))] {
		if o != s {
			out = append(out, mark{o, "linked"})
		}
	}
	return out
}

func abs(n int) int { return max(n, -n) }

func count(in map[int]map[int]int, a, b int) {
	if in[a] == nil {
		in[a] = map[int]int{}
	}
	in[a][b]++
}

func (r *result) last() *fault { return &r.faults[len(r.faults)-1] }

// mention writes down an error of one gold mention.
func (r *result) mention(d *document, m matching, stage string, s span, note string) {
	mentions := d.gold.Entities[m.gold[s]].Mentions
	f := fault{stage: stage, kind: form(d.cut(s)), doc: d, weight: float64(len(mentions)), note: note, word: strings.ToLower(d.cut(s)), gold: nearby(s, mentions)}
	if p, ok := m.pred[s]; ok {
		f.pred = nearby(m.span[s], d.pred.Entities[p].Mentions)
	}
	r.faults = append(r.faults, f)
}

// pronouns are those that score.py counts, and what is no name and no description.
var pronouns = strings.Fields("he she him her his hers they them their theirs it its himself herself itself themselves who whom whose " +
	"i me my mine we us our ours you your yours myself ourselves yourself that which")

// form guesses how a gold mention names its entity: a capital beyond its first word makes a name, or in a single word.
func form(s string) string {
	low := strings.ToLower(s)
	if slices.Contains(pronouns, low) {
		return "pronoun"
	}
	words := strings.Fields(s)
	for i, w := range words {
		if unicode.IsUpper([]rune(w)[0]) && (i > 0 || len(words) == 1 || !slices.Contains([]string{"the", "a", "an", "his", "her", "our", "my", "their", "its"}, strings.ToLower(w))) {
			return "name"
		}
	}
	return "description"
}
