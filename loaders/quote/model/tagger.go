package model

import _ "embed"

// Tagger is the token tagger (who says what, people and organizations), for ml.Load.
//
//go:embed tagger.bin
var Tagger []byte
