// Package lexicon holds the engine's word lists as text in the binary; README.md says where each comes from.
package lexicon
