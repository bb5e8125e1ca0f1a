// Package graph is the domain: who said what about whom, with the characters that prove it, and the contract of the stores that keep it.
//
// # The offset law
//
// [Evidence.Spans] are half-open ranges of Unicode code points of the article's text (the
// unit of the W3C Web Annotation TextPositionSelector), and [Cut] of the text at them is
// [Evidence.Quote]. [Batch.Validate] refuses a batch that breaks it, so no store holds one.
package graph

import (
	"strings"
	"time"

	"github.com/google/uuid"
)

// ID is a UUIDv5 derived from what it names (ids.go), so loading twice is a no-op.
type ID = uuid.UUID

// Span is a half-open range of code points of an article's text.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Label is the kind of a node.
type Label string

const (
	Person       Label = "person"
	Organization Label = "organization"
	ClaimNode    Label = "claim"
	ArticleNode  Label = "article"
)

// Type is the kind of an edge.
type Type string

const (
	Said       Type = "SAID"       // actor → claim; a joint statement has several
	About      Type = "ABOUT"      // claim → actor
	Criticized Type = "CRITICIZED" // actor → actor
	Praised    Type = "PRAISED"    // actor → actor
	Reported   Type = "REPORTED"   // article → claim
	Mentioned  Type = "MENTIONED"  // article → actor
	Published  Type = "PUBLISHED"  // outlet (organization) → article
	Affiliated Type = "AFFILIATED" // person → organization
	Declined   Type = "DECLINED"   // actor → article
)

// Actor is a person or an organization.
type Actor struct {
	ID      ID       `json:"id"`
	Label   Label    `json:"label"` // Person or Organization
	Name    string   `json:"name"`
	Aliases []string `json:"aliases,omitempty"` // sorted, Name excluded; a store gathers them over all articles
}

// Claim is one utterance in one article.
type Claim struct {
	ID      ID     `json:"id"`
	Article ID     `json:"article"`
	Text    string `json:"text"` // [Cut] of the article at Spans
	Kind    string `json:"kind"` // direct, indirect or mixed
	Spans   []Span `json:"spans"`
	By      string `json:"by,omitempty"` // an unnamed or non-actor source in its own words ("a homeless man", "the contract")
}

// Article is a document that was loaded.
type Article struct {
	ID       ID        `json:"id"`
	URL      string    `json:"url,omitempty"`
	Title    string    `json:"title,omitempty"`
	Outlet   string    `json:"outlet,omitempty"`
	Byline   string    `json:"byline,omitempty"`
	Date     time.Time `json:"date,omitzero"` // UTC, to the second; zero: unknown
	Language string    `json:"language,omitempty"`
	License  string    `json:"license,omitempty"` // terms and attribution of the text, where known
	Wire     string    `json:"wire,omitempty"`    // the news agency that wrote it, where the text says so
	Copy     string    `json:"copy,omitempty"`    // the same for copies of one text in several outlets
	Text     string    `json:"text,omitempty"`
	Hash     string    `json:"hash"` // hex SHA-256 of Text
}

// Node is exactly one of its fields.
type Node struct {
	Actor   *Actor   `json:"actor,omitempty"`
	Claim   *Claim   `json:"claim,omitempty"`
	Article *Article `json:"article,omitempty"`
}

// ID of the node; the zero ID of an empty one.
func (n Node) ID() ID {
	switch {
	case n.Actor != nil:
		return n.Actor.ID
	case n.Claim != nil:
		return n.Claim.ID
	case n.Article != nil:
		return n.Article.ID
	}
	return ID{}
}

// Label of the node; "" of an empty one.
func (n Node) Label() Label {
	switch {
	case n.Actor != nil:
		return n.Actor.Label
	case n.Claim != nil:
		return ClaimNode
	case n.Article != nil:
		return ArticleNode
	}
	return ""
}

// Evidence is what proves an edge.
type Evidence struct {
	Article     ID        `json:"article"`
	Spans       []Span    `json:"spans,omitempty"` // empty only where the edge is not read from the text (PUBLISHED, REPORTED, MENTIONED by metadata)
	Quote       string    `json:"quote,omitempty"` // Cut(text, Spans)
	Cue         string    `json:"cue,omitempty"`   // "said", "blasted"
	CueSpans    []Span    `json:"cue_spans,omitempty"`
	Surface     string    `json:"surface,omitempty"` // the words that stand for the edge's actor in the text ("Katch", "the agency")
	SurfaceSpan *Span     `json:"surface_span,omitempty"`
	Target      string    `json:"target,omitempty"` // for CRITICIZED, PRAISED, AFFILIATED: the words that stand for To
	TargetSpan  *Span     `json:"target_span,omitempty"`
	Score       float64   `json:"score"` // 0..1
	Engine      string    `json:"engine,omitempty"`
	Date        time.Time `json:"date,omitzero"` // the article's
}

// Edge is one typed, proved relation. Two articles that say the same give two edges.
type Edge struct {
	ID       ID       `json:"id"`
	Type     Type     `json:"type"`
	From     ID       `json:"from"`
	To       ID       `json:"to"`
	Voice    string   `json:"voice,omitempty"` // CRITICIZED, PRAISED: reporter or speaker
	Role     string   `json:"role,omitempty"`  // AFFILIATED: "director"
	Claim    *ID      `json:"claim,omitempty"` // CRITICIZED, PRAISED in the speaker's voice: the claim whose words they are
	Evidence Evidence `json:"evidence"`
}

// Ellipsis joins the parts of an interrupted quotation in [Cut].
const Ellipsis = " … "

// Cut returns the code points of text at spans, joined by [Ellipsis]; ok is false when a
// span is empty, out of range, or before the end of the one in front of it.
func Cut(text string, spans []Span) (cut string, ok bool) {
	if len(spans) == 0 {
		return "", true
	}
	parts := make([]string, 0, len(spans))
	at, pos := 0, 0 // byte and code point offsets of the walk
	step := func(to int) bool {
		for pos < to {
			if at >= len(text) {
				return false
			}
			at += runeLen(text[at:])
			pos++
		}
		return true
	}
	for _, s := range spans {
		if s.Start < pos || s.End <= s.Start || !step(s.Start) {
			return "", false
		}
		from := at
		if !step(s.End) {
			return "", false
		}
		parts = append(parts, text[from:at])
	}
	return strings.Join(parts, Ellipsis), true
}
