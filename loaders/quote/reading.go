package quote

import "saidgraph/loaders/quote/text"

// reading is one article in work: what each stage has found so far, in bytes.
// A stage reads what the stages before it wrote and adds its own part.
type reading struct {
	doc          *text.Doc
	before       int           // code points of the article that stand before doc
	tags         []Tag         // part of speech, one a token
	inside       []int32       // the outermost quotation that holds each token, -1; made by attribute
	words        []class       // what the lexicons know, one a token
	mentions     []mention     // in order of start, outer before inner
	entities     []entity      //
	attributions []attribution // in order of start
	stances      []stance
	judged       []judged
	affiliations []affiliation
	declined     []declined
}

// mention is one place where the text names, describes or points back to a person or an organization.
type mention struct {
	text.Span
	first, last int // tokens, half-open; the span of a description goes on beyond them: "the owner" of "the owner of a bar"
	core        int // of a name, its first token without titles; of others, first
	head        int // the token that heads it: the surname, the noun, the pronoun itself
	typ         Type
	form        Form
	plural      bool
	gender      gender
	entity      int   // index into reading.entities, -1 while unknown
	parts       []int // entities that a plural stands for ("the senators", "they"); nil for one
}

type gender uint8

const (
	anyGender gender = iota
	male
	female
	neuter
)

// entity is one person or organization.
type entity struct {
	typ      Type
	name     string // fullest surface name, or the description where it has no name
	aliases  []string
	named    bool
	gender   gender
	mentions []int // into reading.mentions, in text order
}

// attribution is content with its cue and source, and who speaks.
type attribution struct {
	kind      Kind
	content   []text.Span
	cue       []text.Span
	source    []text.Span
	speech    bool
	label     bool   // what a name and a colon announce: the rules are sure of it
	slight    bool   // the content is a topic, an object or an aim rather than something said: no claim
	by        string // canonical name, the unnamed source's own words, or ""
	speakers  []int  // entities
	follows   int    // the attribution before that this one goes on with ("…," he said. "…"), -1
	quotation int    // index into doc.Quotations of a direct or mixed one, -1
	about     []int  // entities that the words speak of, speakers excepted; the stance stage fills it
	score     float64
}

// stance is a directed judgement.
type stance struct {
	from, to         int // entities
	fromSpan, toSpan text.Span
	polarity         Polarity
	voice            Voice
	evidence, cue    text.Span
	attribution      int // -1 for the reporter's voice
	score            float64
}

type affiliation struct {
	person, organization int
	role                 string
	span                 text.Span
	score                float64
}

type declined struct {
	entity int
	span   text.Span
	score  float64
}
