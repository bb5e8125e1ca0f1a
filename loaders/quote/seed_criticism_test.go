package quote

import (
	"slices"
	"strings"
	"testing"
)

// seedCriticism is how many of the 8 required pairs of the bundled article must be found.
const seedCriticism = 7

func TestSeedCriticism(t *testing.T) {
	g, a := readSeed(t)
	name := func(e int) string {
		return strings.Join(append([]string{a.Entities[e].Name}, a.Entities[e].Aliases...), "|")
	}
	edges := map[string]bool{}
	for _, s := range a.Stances {
		if s.Polarity == Negative {
			edges[name(s.From)+" → "+name(s.To)] = true
		}
	}
	has := func(critic, target string) bool {
		for e := range edges {
			from, to, _ := strings.Cut(e, " → ")
			if strings.Contains(from, critic) && (strings.Contains(to, target) || target == hhs && strings.Contains(to, "HHS")) {
				return true
			}
		}
		return false
	}
	required := []string{"c01a", "c01b", "c02a", "c02b", "c07", "c10", "c13", "c16"}
	found := 0
	for _, c := range g.Criticism {
		if has(c.Target, c.Critic) {
			t.Errorf("%s is reversed: %s criticizes %s", c.ID, c.Target, c.Critic)
		}
		if !slices.Contains(required, c.ID) {
			continue
		}
		if has(c.Critic, c.Target) {
			found++
		} else {
			t.Logf("%s: missing %s → %s", c.ID, c.Critic, c.Target)
		}
	}
	if found < seedCriticism {
		t.Errorf("criticism found: %d of %d, want %d", found, len(required), seedCriticism)
	}
	for _, trap := range [][2]string{
		{"McLaughlin", "Donald Trump"}, {"Padilla", "Homeland Security"}, {"Schiff", "Homeland Security"}, {"Department of Agriculture", ""}, {"Bravo", "patients"},
	} {
		if has(trap[0], trap[1]) {
			t.Errorf("fell for the trap %s → %s", trap[0], trap[1])
		}
	}
}

const hhs = "U.S. Department of Health and Human Services"
