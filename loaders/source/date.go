package source

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// layouts of dates that news records carry. A date without a zone is read as UTC.
var layouts = []string{
	time.RFC3339Nano, "2006-01-02", "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04Z07:00",
	"2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04", "2006-01-02T15:04",
	"20060102", "20060102150405", "20060102T150405Z", "2006/01/02", "2006/01/02 15:04:05", "2006-01",
	"2 Jan 2006", "2 January 2006", "2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04 -0700", "2 Jan 06 15:04 -0700", "2 Jan 06 15:04:05 -0700",
	"2 January 2006 15:04 -0700", "2 January 2006 15:04",
	"January 2, 2006", "Jan 2, 2006", "January 2, 2006 3:04 PM -0700", "January 2, 2006 3:04 PM", "Jan 2, 2006 3:04 PM -0700", "Jan 2, 2006 3:04 PM",
}

// zones are the names of time zones in news dates: RFC 822's, and those of Europe. Others are not guessed.
var zones = map[string]string{
	"UT": "+0000", "UTC": "+0000", "GMT": "+0000", "Z": "+0000", "BST": "+0100", "CET": "+0100", "CEST": "+0200",
	"EST": "-0500", "EDT": "-0400", "CST": "-0600", "CDT": "-0500", "MST": "-0700", "MDT": "-0600", "PST": "-0800", "PDT": "-0700",
}

// weekdays in front of a date say nothing that the date does not.
var weekdays = map[string]bool{"mon": true, "tue": true, "wed": true, "thu": true, "fri": true, "sat": true, "sun": true,
	"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true}

// longestDate bounds what may be a date, in bytes.
const longestDate = 64

// Date reads a date or time, in UTC and to the second; "" is the zero time. Forms that
// two countries read differently (03/04/2025) are refused.
func Date(s string) (time.Time, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return time.Time{}, nil
	}
	if len(s) > longestDate {
		return time.Time{}, errors.New("is too long for a date")
	}
	s = plainDate(s)
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

// plainDate drops the weekday in front and puts the offset for the name of a zone at the end.
func plainDate(s string) string {
	words := strings.Fields(s)
	if len(words) > 1 && weekdays[strings.ToLower(strings.TrimRight(words[0], ".,"))] {
		words = words[1:]
	}
	if last := len(words) - 1; last > 0 {
		if offset, ok := zones[words[last]]; ok {
			words[last] = offset
		}
	}
	return strings.Join(words, " ")
}
