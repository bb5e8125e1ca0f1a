package jobs

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"saidgraph/loaders"
)

// Spec is what one load is told. The zero value of a field leaves it to the default.
type Spec struct {
	Job     string            // the job's name; "": a load by hand, which needs no lease
	Sources []string          // as [saidgraph/loaders/source.Reader.Read] takes them
	As      string            // the kind of all sources
	Fields  map[string]string // our field → theirs
	Outlet  string            // of documents that name none
	Date    string            // of documents that have none

	Since    time.Time
	Limit    int
	Shard    loaders.Shard
	Reload   bool
	DryRun   bool
	MaxBytes int64
	Workers  int
	Batch    int

	AllowPrivate bool // fetch from addresses that are not of the public internet, too
}

// Since reads a date ("2025-07-01") or how long ago ("36h", "30d", "4w"), from now.
func Since(s string, now time.Time) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return t, nil
	}
	day := now.UTC().Truncate(24 * time.Hour)
	if n, unit := s[:len(s)-1], s[len(s)-1]; unit == 'd' || unit == 'w' {
		if days, err := strconv.Atoi(n); err == nil && days >= 0 && days < 100_000 {
			if unit == 'w' {
				days *= 7
			}
			return day.AddDate(0, 0, -days), nil
		}
	}
	if d, err := time.ParseDuration(s); err == nil && d >= 0 {
		return now.Add(-d), nil
	}
	return time.Time{}, fmt.Errorf("%q is no time; write a date as 2025-07-01, or how long ago as 36h, 30d or 4w", s)
}

// Size is a number of bytes as people write it: 500000, 64K, 10M, 1G (also KB, KiB, …; all powers of 1024).
type Size int64

// UnmarshalText implements encoding.TextUnmarshaler.
func (s *Size) UnmarshalText(text []byte) error {
	in := strings.ToUpper(strings.TrimSpace(string(text)))
	digits := strings.TrimSuffix(strings.TrimSuffix(in, "B"), "I")
	shift := 0
	if n := len(digits); n > 0 {
		if at := strings.IndexByte("KMG", digits[n-1]); at >= 0 {
			digits, shift = digits[:n-1], 10*(at+1)
		}
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	const most = int64(1) << 62
	if err != nil || n <= 0 || n > most>>shift {
		return fmt.Errorf("%q is no size; write 500000, 64K, 10M or 1G", text)
	}
	*s = Size(n << shift)
	return nil
}
