package lexicon

import _ "embed"

// Judge is the words by which one party judges another; its head explains the columns.
//
//go:embed judge.txt
var Judge string

// Valence is how good or bad words sound: word and tenths a line.
//
//go:embed valence.txt
var Valence string
