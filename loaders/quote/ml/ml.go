// Package ml runs the token tagger: a small recurrent network that marks who says what, and how.
//
// # From text to answers
//
//	ml.Load(bytes)            the model file, checked and packed for this machine
//	(*Tagger).Tag(doc)        one forward pass; for every token the scores of every head
//	(*Tagger).Decode(doc, …)  scores → attributions: content, cue and source spans, linked
//
// # The network
//
// Each token is the mean of its word pieces' vectors (taken from all-MiniLM-L6-v2, reduced) plus one learned vector
// for each of its categorical features (see features.go). A convolution over five tokens and a stack of
// bidirectional simple recurrent units (Lei et al. 2018, "Simple Recurrent Units for Highly Parallelizable
// Recurrence") read the whole article, over sentence and paragraph borders; linear heads score the tags.
// The multiplications, in 16-bit whole numbers, are AVX2 assembly where the machine has it, and plain Go elsewhere: the results differ by rounding only.
//
// # Memory and time
//
// Time is linear in the number of tokens. Long texts are read in windows with a margin on both sides, so that
// scratch memory is bounded; it is pooled. A Tagger is immutable and safe for concurrent use.
package ml
