// Package sample holds the articles that come with the program; README.md beside it gives their sources and terms.
package sample

import _ "embed"

// Seed is one article as plain text, a paragraph a line.
//
//go:embed seed.txt
var Seed string

// Wikinews is JSON Lines: 22 articles with url, title, date, outlet, language, license and text.
//
//go:embed wikinews.jsonl
var Wikinews string
