package ml

import (
	"cmp"
	"slices"

	"saidgraph/loaders/quote/text"
)

// Type of an entity.
type Type string

const (
	Person       Type = "person"
	Organization Type = "organization"
)

// Mention is one place where the network sees a person or an organization: a name, a pronoun or a description,
// as long as the words that go with it ("the man who left").
type Mention struct {
	text.Span
	First, Last int // tokens, half-open
	Type        Type
	Score       float64 // 0..1, mean probability of its tokens; not calibrated
}

// Mentions turns scores into mentions, in order of Start, longer first. A mention may lie in another ("his" in
// "his wife"); of deeper nests than two of one type the middle is lost. The same tokens are given once, with the likelier type.
func (t *Tagger) Mentions(doc *text.Doc, tags *Tags, o Options) []Mention {
	var out []Mention
	mid := inner(doc)
	for h := PersonOuter; h <= OrganizationInner; h++ {
		kind := Person
		if h >= OrganizationOuter {
			kind = Organization
		}
		for _, r := range t.spans(tags, h, o, mid) {
			out = append(out, Mention{r.span(doc), r.first, r.last, kind, r.score})
		}
	}
	slices.SortFunc(out, func(a, b Mention) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(b.Last, a.Last), cmp.Compare(b.Score, a.Score), cmp.Compare(a.Type, b.Type))
	})
	return slices.CompactFunc(out, func(a, b Mention) bool { return a.First == b.First && a.Last == b.Last })
}
