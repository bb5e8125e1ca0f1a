package model

import _ "embed"

// Stance is the model of who judges whom in a sentence, a network, for judge.LoadModel.
//
//go:embed stance.bin
var Stance []byte
