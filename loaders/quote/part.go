package quote

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// longestWhole is how many bytes are read as one article: a hundred pages. Longer texts, which are collections, minutes
// and books, are read in parts of about that size, so that memory does not grow with the length of the text.
const longestWhole = 1 << 19

// cut returns the end of the first part of s: at most most bytes, the parts of one text about equally long. It ends a
// paragraph where that can be done, else a line, a sentence or a word, and never within a character.
func cut(s string, most int) int {
	if len(s) <= most {
		return len(s)
	}
	parts := (len(s) + most - 1) / most
	end := min(most, (len(s)+parts-1)/parts+most/16)
	from := end - most/8
	for _, border := range [...]string{"\n\n", "\n", ". ", " "} {
		if k := strings.LastIndex(s[from:end], border); k >= 0 {
			return from + k + len(border)
		}
	}
	for k := end; k > end-utf8.UTFMax; k-- {
		if utf8.RuneStart(s[k]) {
			return k
		}
	}
	return end
}

// inParts reads a long text part by part, none longer than most bytes, and joins what they say.
func (e *Engine) inParts(s string, most int) *Analysis {
	j := joiner{full: map[entityName]int{}, short: map[entityName]int{}}
	before, read, why := 0, false, ""
	for len(s) > 0 {
		end := cut(s, most)
		a := e.read(s[:end], before)
		if a.Skipped == "" {
			j.add(a)
			read = true
		} else if why == "" {
			why = a.Skipped
		}
		before += utf8.RuneCountInString(s[:end])
		s = s[end:]
	}
	if !read {
		return &Analysis{Skipped: why}
	}
	return j.joined()
}

// mostAliases bounds the names of one entity.
const mostAliases = 16

// entityName is a name and what kind of entity bears it.
type entityName struct {
	typ  Type
	name string
}

// joiner puts the analyses of a text's parts together. An entity of a later part is one of an earlier part if it has that
// one's full name, or is called by the other's short name or alias; of several so called it is the one read last. Entities
// without a name are never the same: "the agency" of another part may be another agency.
type joiner struct {
	out   Analysis
	full  map[entityName]int // entities by the fullest name
	short map[entityName]int // entities by any other name, the last to bear it
}

// add appends the analysis of the next part.
func (j *joiner) add(a *Analysis) {
	ids := j.entities(a.Entities)
	quotes, claims := len(j.out.Quotes), len(j.out.Claims)
	for i := range a.Quotes {
		q := &a.Quotes[i]
		q.Actors = renumber(q.Actors, ids)
	}
	for i := range a.Claims {
		c := &a.Claims[i]
		c.Quote += quotes
		c.Speakers, c.About = renumber(c.Speakers, ids), renumber(c.About, ids)
	}
	for i := range a.Stances {
		s := &a.Stances[i]
		s.From, s.To = ids[s.From], ids[s.To]
		if s.Claim >= 0 {
			s.Claim += claims
		}
	}
	for i := range a.Affiliations {
		f := &a.Affiliations[i]
		f.Person, f.Organization = ids[f.Person], ids[f.Organization]
	}
	for i := range a.Declined {
		a.Declined[i].Entity = ids[a.Declined[i].Entity]
	}
	j.out.Quotes = append(j.out.Quotes, a.Quotes...)
	j.out.Claims = append(j.out.Claims, a.Claims...)
	j.out.Stances = append(j.out.Stances, a.Stances...)
	j.out.Judgements = append(j.out.Judgements, a.Judgements...)
	j.out.Affiliations = append(j.out.Affiliations, a.Affiliations...)
	j.out.Declined = append(j.out.Declined, a.Declined...)
}

// renumber returns the new numbers of entities; lists may be shared, so in stays as it is.
func renumber(in, ids []int) []int {
	if in == nil {
		return nil
	}
	out := make([]int, len(in))
	for i, x := range in {
		out[i] = ids[x]
	}
	return out
}

// entities joins those of the next part and returns the number of each in the whole. Two of one part stay two.
func (j *joiner) entities(in []Entity) []int {
	ids := make([]int, len(in))
	taken := map[int]bool{}
	for _, find := range [...]func(*Entity) int{j.fullName, j.shortName} {
		for i := range in {
			if x := &in[i]; x.Named && ids[i] == 0 {
				if k := find(x); k >= 0 && !taken[k] {
					ids[i], taken[k] = k+1, true
				}
			}
		}
	}
	for i := range in {
		if ids[i]--; ids[i] < 0 {
			ids[i] = len(j.out.Entities)
			j.out.Entities = append(j.out.Entities, in[i])
		} else {
			j.out.Entities[ids[i]].join(&in[i])
		}
		j.remember(ids[i])
	}
	return ids
}

// fullName is the entity with the very name of x, -1 for none.
func (j *joiner) fullName(x *Entity) int {
	if k, ok := j.full[entityName{x.Type, x.Name}]; ok {
		return k
	}
	return -1
}

// shortName is the entity that x is called by, or that is called by x's name; -1 for none.
func (j *joiner) shortName(x *Entity) int {
	if k, ok := j.short[entityName{x.Type, x.Name}]; ok {
		return k
	}
	for _, a := range x.Aliases {
		if k, ok := j.full[entityName{x.Type, a}]; ok {
			return k
		}
	}
	return -1
}

// remember notes the names of entity k.
func (j *joiner) remember(k int) {
	x := &j.out.Entities[k]
	if !x.Named {
		return
	}
	j.full[entityName{x.Type, x.Name}] = k
	for _, a := range x.Aliases {
		j.short[entityName{x.Type, a}] = k
	}
}

// join adds what a later part says of x; the longer name stays.
func (x *Entity) join(y *Entity) {
	x.Mentions = append(x.Mentions, y.Mentions...)
	names := append(append(slices.Clip(x.Aliases), y.Name), y.Aliases...)
	if len(y.Name) > len(x.Name) {
		names = append(names, x.Name)
		x.Name = y.Name
	}
	x.Aliases = x.Aliases[:0]
	for _, n := range names {
		if n != x.Name && len(x.Aliases) < mostAliases && !slices.Contains(x.Aliases, n) {
			x.Aliases = append(x.Aliases, n)
		}
	}
}

// joined is the whole. Speakers are called by the name that their entity has in the end.
func (j *joiner) joined() *Analysis {
	for i := range j.out.Quotes {
		q := &j.out.Quotes[i]
		q.Speaker = j.speaker(q.Actors, q.Speaker)
	}
	for i := range j.out.Claims {
		c := &j.out.Claims[i]
		c.By = j.speaker(c.Speakers, c.By)
	}
	return &j.out
}

func (j *joiner) speaker(actors []int, name string) string {
	if len(actors) == 1 && slices.Contains(j.out.Entities[actors[0]].Aliases, name) {
		return j.out.Entities[actors[0]].Name
	}
	return name
}
