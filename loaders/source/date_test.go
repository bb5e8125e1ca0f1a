package source_test

import (
	"strings"
	"testing"
	"time"

	"saidgraph/loaders/source"
)

func TestDate(t *testing.T) {
	day := time.Date(2025, 7, 19, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		in   string
		want time.Time
		ok   bool
	}{
		{"", time.Time{}, true},
		{"2025-07-19", day, true},
		{"20250719", day, true},
		{"July 19, 2025", day, true},
		{"Saturday, July 19, 2025", day, true},
		{"19 Jul 2025", day, true},
		{"2025-07-19T02:00:00.25+02:00", day, true},
		{"2025-07-19 00:00:00", day, true},
		{"Sat, 19 Jul 2025 00:00:00 GMT", day, true},
		{"2025-07", time.Date(2025, 7, 1, 0, 0, 0, 0, time.UTC), true},
		{"Sat, 19 Jul 2025 02:00:00 +0200", day, true},
		{"Fri, 18 Jul 2025 20:00 EDT", day, true},
		{"Fri, 18 Jul 25 20:00:00 -0400", day, true},
		{"July 18, 2025 8:00 PM EDT", day, true},
		{"2025-07-19T02:00:00+0200", day, true},
		{"20250719000000", day, true},
		{"Fri, 18 Jul 2025 20:00 XYZ", time.Time{}, false},
		{"Friday", time.Time{}, false},
		{strings.Repeat("2025-07-19 ", 10), time.Time{}, false},
		{"03/04/2025", time.Time{}, false},
		{"2025-13-01", time.Time{}, false},
		{"0000-01-01", time.Time{}, false},
		{"9999-01-01", time.Time{}, false},
		{"yesterday", time.Time{}, false},
	}
	for _, tt := range tests {
		got, err := source.Date(tt.in)
		if !got.Equal(tt.want) || (err == nil) != tt.ok {
			t.Errorf("Date(%q): got %v, %v; want %v, ok %v", tt.in, got, err, tt.want, tt.ok)
		}
	}
}
