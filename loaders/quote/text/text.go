// Package text splits an article into paragraphs, sentences and tokens and pairs its quotation marks, never rewriting it.
//
// # The offset law
//
// Every offset is a byte offset into the text that [Split] was given, half-open:
// doc.Text[tok.Start:tok.End] is the token. Nothing is normalised, trimmed or decoded
// first, so whatever the engine finds can be pointed at in the article itself.
package text

// Span is a half-open range of bytes of the text.
type Span struct{ Start, End int }

// Len is the number of bytes in the span.
func (s Span) Len() int { return s.End - s.Start }

// Contains says whether o lies wholly within s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps says whether s and o share a byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Kind is the coarse class of a token.
type Kind uint8

const (
	Word   Kind = iota // letters, with inner apostrophes, hyphens and full stops: "O'Neill", "mid-day", "U.S.", "Dr."
	Number             // digits with their separators: "3,000", "27%", "2015-16"
	Punct              // one mark that is none of those below: , ; : ( ) — …
	Open               // a quotation mark that opens
	Close              // a quotation mark that closes
	Stop               // . ! ? that ends a sentence, or an ellipsis that does
	Symbol             // anything else: $ © emoji
)

// Token is one token of the text. Clitics are tokens of their own: "Trump" "'s", "do" "n't".
type Token struct {
	Span
	Kind     Kind
	Sentence int  // index into Doc.Sentences
	Space    bool // white space, or the start of the text, stands before it
}

// Sentence is a run of tokens [First, Last) that one full stop, or the paragraph's end, closes.
// A sentence never crosses a paragraph; it may begin or end inside a quotation.
type Sentence struct {
	Span
	First, Last int // tokens, half-open
	Paragraph   int // index into Doc.Paragraphs
}

// Paragraph is a run of sentences [First, Last) between line breaks.
type Paragraph struct {
	Span
	First, Last int // sentences, half-open
}

// Quotation is a passage between quotation marks.
type Quotation struct {
	Span            // with its marks; where a mark is missing, up to the paragraph's edge
	Inner      Span // without its marks
	First      int  // first token (the opening mark where there is one)
	Last       int  // one past the last token (the closing mark where there is one)
	Depth      int  // 0 outermost, 1 a quotation within it, …
	Unopened   bool // no opening mark was found: a stray closing mark is no quotation and is left out, so this is rare
	Unclosed   bool // no closing mark in its paragraph, and no continuation after it
	Continues  int  // index of the quotation of the paragraph before that this one goes on with (each paragraph opens, only the last closes); -1: none
	Continued  bool // the next paragraph's quotation goes on with this one
	SingleMark bool // single quotation marks: ‘…’ or '…'
}

// Doc is an article taken apart. It is immutable after [Split] and safe for concurrent readers.
type Doc struct {
	Text       string
	Lower      string // Text in lower case, byte for byte as long: a letter whose lower-case form has another length stays as it is
	Tokens     []Token
	Sentences  []Sentence
	Paragraphs []Paragraph
	Quotations []Quotation // in order of Start; outer before inner
}

// Word returns token i as it stands in the text.
func (d *Doc) Word(i int) string { return d.Text[d.Tokens[i].Start:d.Tokens[i].End] }

// Low returns token i in lower case, without allocating.
func (d *Doc) Low(i int) string { return d.Lower[d.Tokens[i].Start:d.Tokens[i].End] }

// Cut returns the text of s.
func (d *Doc) Cut(s Span) string { return d.Text[s.Start:s.End] }
