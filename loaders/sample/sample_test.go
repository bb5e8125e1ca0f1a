package sample_test

import (
	"encoding/json"
	"strings"
	"testing"

	"saidgraph/loaders/sample"
)

// TestTerms: each bundled article says whose it is and on what terms, once.
func TestTerms(t *testing.T) {
	if strings.TrimSpace(sample.Seed) == "" {
		t.Error("the seed article is empty")
	}
	seen := map[string]bool{}
	for line := range strings.Lines(sample.Wikinews) {
		var a struct{ Text, URL, Title, Date, Outlet, License string }
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatalf("%.60s: %v", line, err)
		}
		if a.Text == "" || a.Title == "" || a.Date == "" || a.Outlet != "Wikinews" || !strings.HasPrefix(a.License, "CC BY") || seen[a.URL] {
			t.Errorf("%s: got date %q, outlet %q, license %q, address seen before: %v", a.Title, a.Date, a.Outlet, a.License, seen[a.URL])
		}
		seen[a.URL] = true
	}
	if len(seen) != 22 {
		t.Errorf("%d articles, want 22", len(seen))
	}
}
