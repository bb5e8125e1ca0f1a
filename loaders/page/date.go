package page

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// layouts of dates that news records carry. A date without a zone is read as UTC.
var layouts = []string{
	time.RFC3339Nano, "2006-01-02", "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04Z07:00",
	"2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 MST", "2006-01-02 15:04",
	"20060102", "2006/01/02", "2006-01",
	time.RFC1123, time.RFC1123Z, "Mon, 2 Jan 2006 15:04:05 -0700", "2 Jan 2006", "2 January 2006",
	"January 2, 2006", "Jan 2, 2006", "Monday, January 2, 2006",
}

// Date reads a date or time, in UTC and to the second; "" is the zero time. Forms that
// two countries read differently (03/04/2025) are refused.
func Date(s string) (time.Time, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return time.Time{}, nil
	}
	for _, layout := range layouts {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		t = t.UTC().Truncate(time.Second)
		if t.Year() < 1600 || t.Year() > 2200 {
			return time.Time{}, fmt.Errorf("is in the year %d", t.Year())
		}
		return t, nil
	}
	return time.Time{}, errors.New("is no date that can be read")
}
