package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"saidgraph/loaders"
)

// summary says what came of a load: one line, and more where there is more to say.
func summary(r loaders.Report) string {
	var b strings.Builder
	if r.DryRun {
		b.WriteString("nothing was written; a load would have ")
	}
	fmt.Fprintf(&b, "loaded %s", count(r.Loaded, "article"))
	for _, part := range []struct {
		n    int
		what string
	}{{r.Unchanged, "unchanged"}, {total(r.Skipped), "skipped"}, {r.Failed, "failed"}} {
		if part.n > 0 {
			fmt.Fprintf(&b, ", %d %s", part.n, part.what)
		}
	}
	fmt.Fprintf(&b, ": %s, %s, %s, %d of praise", count(r.People, "person"), count(r.Claims, "claim"), count(r.Criticisms, "criticism"), r.Praises)
	fmt.Fprintf(&b, " in %s", r.Took.Round(10*time.Millisecond))
	if s := r.Took.Seconds(); s > 0.5 && r.Read > 0 {
		fmt.Fprintf(&b, " (%s documents/s)", perSecond(r.Read, s))
	}
	b.WriteByte('\n')
	if r.Changed > 0 || r.Copies > 0 || r.Wire > 0 {
		fmt.Fprintf(&b, "  of these %d new, %d changed; %s of what the graph has from elsewhere; %d from news agencies\n", r.New, r.Changed, count(r.Copies, "copy"), r.Wire)
	}
	reasons(&b, "skipped", r.Skipped)
	reasons(&b, "kept without claims", r.NotAnalysed)
	if r.Limited {
		b.WriteString("  stopped at the limit: the next load goes on\n")
	}
	if r.Took > time.Second {
		fmt.Fprintf(&b, "  time: waiting for the source %s, parsing %s, analysing %s (both on all workers together), writing %s\n",
			seconds(r.Reading), seconds(r.Parsing), seconds(r.Analysing), seconds(r.Writing))
	}
	if r.Failed > 0 && !r.DryRun {
		b.WriteString("  what failed is kept: saidgraph dead list\n")
	}
	return b.String()
}

func reasons(b *strings.Builder, what string, n map[string]int) {
	if len(n) == 0 {
		return
	}
	var parts []string
	for _, why := range slices.Sorted(maps.Keys(n)) {
		parts = append(parts, strconv.Itoa(n[why])+" "+why)
	}
	fmt.Fprintf(b, "  %s: %s\n", what, strings.Join(parts, "; "))
}

// perSecond is a rate, with one digit behind the point where there is but one before it.
func perSecond(n int, seconds float64) string {
	digits, rate := 0, float64(n)/max(seconds, 0.001)
	if rate < 9.95 {
		digits = 1
	}
	return strconv.FormatFloat(rate, 'f', digits, 64)
}

func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s" }

func total(m map[string]int) (n int) {
	for _, k := range m {
		n += k
	}
	return n
}

// count is "1 person", "2 people".
func count(n int, what string) string {
	switch {
	case n == 1:
	case what == "person":
		what = "people"
	case strings.HasSuffix(what, "y"):
		what = strings.TrimSuffix(what, "y") + "ies"
	default:
		what += "s"
	}
	return strconv.Itoa(n) + " " + what
}
