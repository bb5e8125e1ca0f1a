//go:build !race

package quote

const underRace = false
