//go:build race

package quote

// underRace leaves the longest texts out: the race detector makes them minutes, and they start no goroutine.
const underRace = true
