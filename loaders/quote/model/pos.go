package model

import _ "embed"

// POS is the part-of-speech tagger, for pos.Load.
//
//go:embed pos.bin
var POS []byte
