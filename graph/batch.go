package graph

import (
	"fmt"
	"math"
	"slices"
	"unicode/utf8"
)

// Batch is all that one article adds to the graph. An actor that no edge of the batch touches adds nothing.
type Batch struct {
	Article Article
	Actors  []Actor
	Claims  []Claim
	Edges   []Edge
}

// Voices of a stance and kinds of a claim.
const (
	Reporter = "reporter" // the article's own words
	Speaker  = "speaker"  // the words of the one who judges
	Direct   = "direct"
	Indirect = "indirect"
	Mixed    = "mixed"
)

// ends are the labels that an edge type joins.
func ends(t Type) (from, to []Label, ok bool) {
	actor := []Label{Person, Organization}
	switch t {
	case Said:
		return actor, []Label{ClaimNode}, true
	case About:
		return []Label{ClaimNode}, actor, true
	case Criticized, Praised:
		return actor, actor, true
	case Reported:
		return []Label{ArticleNode}, []Label{ClaimNode}, true
	case Mentioned:
		return []Label{ArticleNode}, actor, true
	case Published:
		return []Label{Organization}, []Label{ArticleNode}, true
	case Affiliated:
		return []Label{Person}, []Label{Organization}, true
	case Declined:
		return actor, []Label{ArticleNode}, true
	}
	return nil, nil, false
}

// Validate holds the batch to the laws that every store relies on:
//
//   - all strings are UTF-8; dates are UTC, to the second, of the years 1 to 9999; scores are within 0..1;
//   - ids are derived as in ids.go (an actor's only has to be there); no id comes twice;
//   - the offset law, for claims and evidence, and for cue, surface and target where they have spans. An article that keeps
//     no text (Text empty, Hash of the text that was read) has only the shape of its spans checked;
//   - an edge joins the article, its actors and its claims, with the labels that its type allows; its evidence is the
//     article's, of the article's date; only PUBLISHED, REPORTED and MENTIONED may do without spans; stances have a voice,
//     no other edge has; a stance's claim is one of the batch and in the speaker's voice; only AFFILIATED has a role.
//
// The error is Invalid; it names the article and, as Field, what is wrong ("edges[3].evidence.quote").
func (b Batch) Validate() error {
	v := check{article: b.Article, labels: make(map[ID]Label, 1+len(b.Actors)+len(b.Claims)), text: newText(b.Article.Text)}
	err := v.all(b)
	if err == nil {
		return nil
	}
	err.Op = "graph.Validate"
	err.Code = Invalid
	name := b.Article.URL
	if name == "" || !utf8.ValidString(name) {
		name = b.Article.ID.String()
	}
	err.Err = fmt.Errorf("%w (article %s)", err.Err, name)
	return err
}

// check validates one batch. Its methods return nil or an Error with Field and Err.
type check struct {
	article Article
	labels  map[ID]Label
	text    text
}

func wrong(field, format string, args ...any) *Error {
	return &Error{Field: field, Err: fmt.Errorf(format, args...)}
}

// below puts what holds the wrong field in front of it; only a failing batch pays for the name.
func (e *Error) below(list string, i int) *Error {
	e.Field = fmt.Sprintf("%s[%d].%s", list, i, e.Field)
	return e
}

func (v *check) all(b Batch) *Error {
	if err := v.head(b.Article); err != nil {
		err.Field = "article." + err.Field
		return err
	}
	v.labels[b.Article.ID] = ArticleNode
	for i := range b.Actors {
		if err := v.actor(&b.Actors[i]); err != nil {
			return err.below("actors", i)
		}
	}
	for i := range b.Claims {
		if err := v.claim(&b.Claims[i]); err != nil {
			return err.below("claims", i)
		}
	}
	seen := make(map[ID]bool, len(b.Edges))
	for i := range b.Edges {
		e := &b.Edges[i]
		if err := v.edge(e); err != nil {
			return err.below("edges", i)
		}
		if seen[e.ID] {
			return wrong("id", "comes twice").below("edges", i)
		}
		seen[e.ID] = true
	}
	return nil
}

func (v *check) head(a Article) *Error {
	if err := utf8Fields("url", a.URL, "title", a.Title, "outlet", a.Outlet, "byline", a.Byline,
		"language", a.Language, "license", a.License, "wire", a.Wire, "copy", a.Copy, "text", a.Text, "hash", a.Hash); err != nil {
		return err
	}
	_, offset := a.Date.Zone()
	switch {
	case a.Hash == "":
		return wrong("hash", "is missing")
	case a.Text != "" && a.Hash != Hash(a.Text):
		return wrong("hash", "is not the text's")
	case a.ID != ArticleID(a.URL, a.Hash):
		return wrong("id", "is not derived from url or hash")
	case offset != 0 || a.Date.Nanosecond() != 0 || a.Date.Year() < 1 || a.Date.Year() > 9999:
		return wrong("date", "is not UTC to the second, of the years 1 to 9999")
	}
	return nil
}

func (v *check) add(id ID, label Label) *Error {
	if id == (ID{}) {
		return wrong("id", "is missing")
	}
	if _, twice := v.labels[id]; twice {
		return wrong("id", "comes twice")
	}
	v.labels[id] = label
	return nil
}

func (v *check) actor(a *Actor) *Error {
	if a.Label != Person && a.Label != Organization {
		return wrong("label", "%q is no label of an actor", a.Label)
	}
	if a.Name == "" {
		return wrong("name", "is missing")
	}
	if !utf8.ValidString(a.Name) {
		return wrong("name", "is not UTF-8")
	}
	for _, s := range a.Aliases {
		if s == "" || !utf8.ValidString(s) {
			return wrong("aliases", "%q is empty or not UTF-8", s)
		}
	}
	return v.add(a.ID, a.Label)
}

func (v *check) claim(c *Claim) *Error {
	switch {
	case c.Article != v.article.ID:
		return wrong("article", "is another article")
	case c.Kind != Direct && c.Kind != Indirect && c.Kind != Mixed:
		return wrong("kind", "%q is no kind of a claim", c.Kind)
	case len(c.Spans) == 0:
		return wrong("spans", "are missing")
	case c.ID != ClaimID(c.Article, c.Spans):
		return wrong("id", "is not derived from article and spans")
	}
	if err := utf8Fields("text", c.Text, "by", c.By); err != nil {
		return err
	}
	if err := v.law("text", c.Text, "spans", c.Spans); err != nil {
		return err
	}
	return v.add(c.ID, ClaimNode)
}

func (v *check) edge(e *Edge) *Error {
	from, to, ok := ends(e.Type)
	stance := e.Type == Criticized || e.Type == Praised
	switch {
	case !ok:
		return wrong("type", "%q is no type of an edge", e.Type)
	case !slices.Contains(from, v.labels[e.From]):
		return v.end("from", e.Type, e.From)
	case !slices.Contains(to, v.labels[e.To]):
		return v.end("to", e.Type, e.To)
	case stance && e.Voice != Reporter && e.Voice != Speaker || !stance && e.Voice != "":
		return wrong("voice", "%q is no voice of %s", e.Voice, e.Type)
	case e.Role != "" && e.Type != Affiliated:
		return wrong("role", "%s has none", e.Type)
	case e.Claim != nil && (e.Voice != Speaker || v.labels[*e.Claim] != ClaimNode):
		return wrong("claim", "is not in the batch, or the voice is not the speaker's")
	case e.ID != EdgeID(e.Type, e.From, e.To, e.Evidence.Article, e.Evidence.Spans, e.Role, e.Voice):
		return wrong("id", "is not derived from the edge")
	case (e.Type == Reported || e.Type == Mentioned) && e.From != v.article.ID,
		(e.Type == Published || e.Type == Declined) && e.To != v.article.ID:
		return wrong("from", "is another article")
	}
	if !utf8.ValidString(e.Role) {
		return wrong("role", "is not UTF-8")
	}
	if err := v.evidence(e.Type, &e.Evidence); err != nil {
		err.Field = "evidence." + err.Field
		return err
	}
	return nil
}

func (v *check) end(field string, t Type, id ID) *Error {
	if label, known := v.labels[id]; known {
		return wrong(field, "%s does not join a %s there", t, label)
	}
	return wrong(field, "%s is not in the batch", id)
}

func (v *check) evidence(t Type, e *Evidence) *Error {
	if err := utf8Fields("quote", e.Quote, "cue", e.Cue, "surface", e.Surface, "target", e.Target, "engine", e.Engine); err != nil {
		return err
	}
	switch {
	case e.Article != v.article.ID:
		return wrong("article", "is another article")
	case !e.Date.Equal(v.article.Date):
		return wrong("date", "is not the article's")
	case math.IsNaN(e.Score) || e.Score < 0 || e.Score > 1:
		return wrong("score", "%v is not within 0..1", e.Score)
	case len(e.Spans) == 0 && t != Published && t != Reported && t != Mentioned:
		return wrong("spans", "are missing")
	}
	if err := v.law("quote", e.Quote, "spans", e.Spans); err != nil {
		return err
	}
	if len(e.CueSpans) > 0 {
		if err := v.law("cue", e.Cue, "cue_spans", e.CueSpans); err != nil {
			return err
		}
	}
	if e.SurfaceSpan != nil {
		if err := v.law("surface", e.Surface, "surface_span", []Span{*e.SurfaceSpan}); err != nil {
			return err
		}
	}
	if e.TargetSpan != nil {
		return v.law("target", e.Target, "target_span", []Span{*e.TargetSpan})
	}
	return nil
}

// law is the offset law for one quotation.
func (v *check) law(field, quote, spansField string, spans []Span) *Error {
	if v.article.Text == "" && v.article.Hash != Hash("") {
		for at, s := 0, 0; s < len(spans); at, s = spans[s].End, s+1 {
			if spans[s].Start < at || spans[s].End <= spans[s].Start {
				return wrong(spansField, "%v are empty or out of order", spans)
			}
		}
		return nil
	}
	cut, ok := v.text.cut(spans)
	if !ok {
		return wrong(spansField, "%v are empty, out of order or beyond the text", spans)
	}
	if cut != quote {
		return wrong(field, "%.80q is not the text at %v, which is %.80q", quote, spans, cut)
	}
	return nil
}

func utf8Fields(namesAndValues ...string) *Error {
	for i := 0; i < len(namesAndValues); i += 2 {
		if !utf8.ValidString(namesAndValues[i+1]) {
			return wrong(namesAndValues[i], "is not UTF-8")
		}
	}
	return nil
}
