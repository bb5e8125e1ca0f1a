// Package quote reads an article and says who said what about whom, with the characters that prove it.
//
// # Stages
//
// [Engine.Analyze] runs one article through five stages, each a type with one method, each replaceable:
//
//	text.Split          text → paragraphs, sentences, tokens, quotation marks
//	Tagger              tokens → part-of-speech tags
//	mentions, entities  tokens → people and organizations and all their mentions
//	attributions        tokens → content, cue and source spans, linked; then the speaker
//	stance              attributions and sentences → who criticizes or praises whom; what a claim is about
//
// # Offsets
//
// Inside the stages spans are bytes (text.Span). The [Analysis] that leaves the package
// counts Unicode code points, half-open: []rune(text)[s.Start:s.End] is the quote.
//
// # Long texts
//
// A text longer than 512 KB is no article. It is read in parts that end with a paragraph, and people and organizations
// are tied across parts by name alone, so that memory does not grow with the text beyond what is found in it.
//
// # Concurrency
//
// An Engine is immutable and safe for concurrent use. Analyze never fails and never panics, whatever the bytes.
package quote

// Version names the engine on every edge that it makes. It changes when the same text may give another analysis.
const Version = "1"

// Span is a half-open range of Unicode code points of the analysed text.
type Span struct{ Start, End int }

// Kind says how the words are reported.
type Kind string

const (
	Direct   Kind = "direct"   // all of it between quotation marks
	Indirect Kind = "indirect" // none of it
	Mixed    Kind = "mixed"    // a paraphrase with quoted words in it
)

// Type is the kind of an entity.
type Type string

const (
	Person       Type = "person"
	Organization Type = "organization"
)

// Voice says whose words the criticism is.
type Voice string

const (
	Reporter Voice = "reporter" // the article's own: "Sanders blasted the bill"
	Speaker  Voice = "speaker"  // the source's: "The mayor failed us," she said
)

// Polarity of a stance.
type Polarity string

const (
	Negative Polarity = "negative"
	Positive Polarity = "positive"
)

// Analysis is all that one article says. Slices are in text order, claims in that of their quotes; indexes point into Entities.
type Analysis struct {
	Quotes       []Quote
	Entities     []Entity
	Claims       []Claim
	Stances      []Stance
	Judgements   []Judgement
	Affiliations []Affiliation
	Declined     []Declined
	Skipped      string // why the text was not analysed ("not English"); empty when it was
}

// Quote is an attribution in the wide sense: speech, thought or belief, of anybody or of a document.
type Quote struct {
	Kind    Kind
	Content []Span // as in the text, quotation marks included; several where it is interrupted
	Cue     []Span // "said", "according to"; empty for a quotation without one
	Source  []Span // "the agency", "Hugh Hill, a doctor"; empty where the text names none
	Speech  bool   // said or written, rather than thought, felt or planned
	Speaker string // canonical name, an unnamed source's own words, "" where there is none
	Actors  []int  // entities that speak; several for a joint statement; none for an unnamed source or a document
	Score   float64
}

// Entity is one person or organization with every mention of it.
type Entity struct {
	Type     Type
	Name     string   // the fullest name in the text
	Aliases  []string // other surface names, not pronouns or descriptions
	Mentions []Mention
	Named    bool // false: only described ("the agency", "a spokesman"); it becomes no node
}

// Mention is one place where an entity stands in the text.
type Mention struct {
	Span
	Form Form
}

// Form says what kind of words a mention is.
type Form string

const (
	Name        Form = "name"
	Pronoun     Form = "pronoun"
	Description Form = "description" // "the agency", "the senators"
)

// Claim is one utterance: what the graph calls SAID. Speech only, one run of speech each.
type Claim struct {
	Quote    int // index into Quotes
	Kind     Kind
	Parts    []Span // the utterance's spans; Start of the first to End of the last is its extent
	Cue      []Span
	Source   []Span
	Speakers []int  // entities; empty: an unnamed source, a document, or nobody
	By       string // the speaker's canonical name or the unnamed source's own words; "" where there is none
	About    []int  // entities that the words speak of, speakers excepted
	Score    float64
}

// Stance is one directed judgement between two entities.
type Stance struct {
	From, To         int // entities: who judges, who is judged
	Polarity         Polarity
	Voice            Voice
	Evidence         Span // the sentence or quotation that proves it
	Cue              Span // the word that carries it; empty (0,0) where a model read the whole sentence
	FromSpan, ToSpan Span // the mentions that stand for the two
	Claim            int  // index into Claims for Voice Speaker; -1 otherwise
	Score            float64
}

// Judgement is what a model believes of two names, of places too, that stand in one sentence. Unlike a Stance it needs no
// entity and is no edge; its score is calibrated, and half of those with score 0.5 are right.
type Judgement struct {
	From, To         string // as the text writes them
	FromSpan, ToSpan Span
	Polarity         Polarity
	Score            float64
}

// Affiliation ties a person to an organization, as the text says it.
type Affiliation struct {
	Person, Organization int
	Role                 string // "director", "spokesman"; "" where the text gives none
	Span                 Span
	Score                float64
}

// Declined says that an entity refused to comment or could not be reached.
type Declined struct {
	Entity int
	Span   Span // the words that say so
	Score  float64
}
