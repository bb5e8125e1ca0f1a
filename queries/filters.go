package queries

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"saidgraph/graph"
)

const (
	// DefaultMinScore is the score below which an edge is left out of an answer unless the question says otherwise.
	DefaultMinScore = 0.5
	// DefaultLimit is how many rows an answer has unless the question says otherwise.
	DefaultLimit = 20
	// MaxLimit is the most rows one answer may have.
	MaxLimit = 500
	// maxValue is the most code points of a name or value: longer than any name, short enough for every store.
	maxValue = 300
	// maxValues is how many outlets one question may name.
	maxValues = 20
)

const (
	keySince    = "since"
	keyUntil    = "until"
	keyOutlet   = "outlet"
	keyKind     = "kind"
	keyVoice    = "voice"
	keyMinScore = "min-score"
	keyCopies   = "copies"
	keyLimit    = "limit"
	keyAfter    = "after"
)

// Values of the filter copies.
const (
	copiesOnce = "once"
	copiesAll  = "all"
)

// Filters narrow an answer. The zero value lets every score through and has no limit of its own: start from [NewFilters].
type Filters struct {
	Since    time.Time // first day, UTC; zero: open
	Until    time.Time // day after the last, UTC; zero: open. Written inclusive: until:2025-06 has all of June
	Outlets  []string  // any of these
	Kinds    []string  // any of direct, indirect, mixed
	Voice    string    // reporter or speaker; criticism and praise only
	MinScore float64   // 0..1
	Copies   bool      // copies of one text in several outlets count each; else the first alone, unless Outlets names where to look
	Limit    int       // 1..MaxLimit; 0: DefaultLimit
	After    string    // Next of the answer before
}

// NewFilters returns the defaults.
func NewFilters() Filters { return Filters{MinScore: DefaultMinScore, Limit: DefaultLimit} }

// FilterNames lists the filters a question may carry, each written name:value.
func FilterNames() []string {
	return []string{keySince, keyUntil, keyOutlet, keyKind, keyVoice, keyMinScore, keyCopies, keyLimit, keyAfter}
}

// Set reads one filter as a question writes it. Dates are 2025, 2025-06 or 2025-06-01: since is from the
// first day of the period, until is to its last day, inclusive. outlet and kind may be set several times
// (any of them); setting another again replaces it. The error is a [*SyntaxError] whose Field is the name.
func (f *Filters) Set(name, value string) error {
	name, value = strings.ToLower(name), tidy(value)
	bad := func(problem, wayOut string) error {
		return &SyntaxError{Field: name, Word: value, Problem: problem, WayOut: wayOut}
	}
	if !slices.Contains(FilterNames(), name) {
		return bad("is for no filter of this name", "filters are "+strings.Join(FilterNames(), ", "))
	}
	if value == "" {
		return bad("has no value", "write "+name+":"+example(name))
	}
	if utf8.RuneCountInString(value) > maxValue {
		return bad("is too long", fmt.Sprintf("at most %d characters", maxValue))
	}
	switch name {
	case keySince, keyUntil:
		from, to, ok := period(value)
		if !ok {
			return bad("is no date", "write 2025, 2025-06 or 2025-06-01")
		}
		if name == keySince {
			f.Since = from
		} else {
			f.Until = to
		}
	case keyMinScore:
		x, err := strconv.ParseFloat(value, 64)
		if err != nil || !(x >= 0 && x <= 1) { // a NaN fails it
			return bad("is no score", "write a number from 0 to 1")
		}
		f.MinScore = x + 0 // -0 becomes 0
	case keyLimit:
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 || n > MaxLimit {
			return bad("is no limit", fmt.Sprintf("write a number from 1 to %d", MaxLimit))
		}
		f.Limit = n
	case keyAfter:
		f.After = value
	default:
		return f.setWord(name, value, bad)
	}
	return nil
}

// setWord sets the filters that compare words.
func (f *Filters) setWord(name, value string, bad func(problem, wayOut string) error) error {
	switch name {
	case keyOutlet:
		if slices.Contains(f.Outlets, value) {
			return nil
		}
		if len(f.Outlets) == maxValues {
			return bad("is one too many", fmt.Sprintf("name at most %d outlets", maxValues))
		}
		f.Outlets = append(f.Outlets, value)
	case keyKind:
		value = strings.ToLower(value)
		if value != graph.Direct && value != graph.Indirect && value != graph.Mixed {
			return bad("is no kind of quotation", "write direct, indirect or mixed")
		}
		if !slices.Contains(f.Kinds, value) {
			f.Kinds = append(f.Kinds, value)
		}
	case keyVoice:
		value = strings.ToLower(value)
		if value != graph.Reporter && value != graph.Speaker {
			return bad("is no voice", "write reporter (the article's words) or speaker (the critic's own)")
		}
		f.Voice = value
	case keyCopies:
		value = strings.ToLower(value)
		if value != copiesOnce && value != copiesAll {
			return bad("is neither once nor all", "write once (the first of several copies of a text) or all")
		}
		f.Copies = value == copiesAll
	}
	return nil
}

// String is the canonical form, defaults left out; Parse reads it back.
func (f Filters) String() string {
	var parts []string
	add := func(name, value string) { parts = append(parts, name+":"+value) }
	if !f.Since.IsZero() {
		add(keySince, f.Since.Format(time.DateOnly))
	}
	if !f.Until.IsZero() {
		add(keyUntil, f.Until.AddDate(0, 0, -1).Format(time.DateOnly))
	}
	for _, o := range f.Outlets {
		add(keyOutlet, quotedValue(o))
	}
	for _, k := range f.Kinds {
		add(keyKind, k)
	}
	if f.Voice != "" {
		add(keyVoice, f.Voice)
	}
	if f.MinScore != DefaultMinScore {
		add(keyMinScore, strconv.FormatFloat(f.MinScore, 'g', -1, 64))
	}
	if f.Copies {
		add(keyCopies, copiesAll)
	}
	if f.Limit != DefaultLimit && f.Limit != 0 {
		add(keyLimit, strconv.Itoa(f.Limit))
	}
	if f.After != "" {
		add(keyAfter, quotedValue(f.After))
	}
	return strings.Join(parts, " ")
}

// Filter is the store's filter of these, to which a question adds its types and actors.
func (f Filters) Filter() graph.Filter {
	return graph.Filter{
		Since: f.Since, Until: f.Until, Outlets: f.Outlets, Kinds: f.Kinds, Voice: f.Voice,
		MinScore: f.MinScore, Once: !f.Copies && len(f.Outlets) == 0, After: f.After, Limit: f.limit(),
	}
}

func (f Filters) limit() int {
	if f.Limit <= 0 {
		return DefaultLimit
	}
	return min(f.Limit, MaxLimit)
}

// used lists the filters that are not at their defaults.
func (f Filters) used() []string {
	var names []string
	for name, on := range map[string]bool{
		keySince: !f.Since.IsZero(), keyUntil: !f.Until.IsZero(), keyOutlet: len(f.Outlets) > 0, keyKind: len(f.Kinds) > 0,
		keyVoice: f.Voice != "", keyMinScore: f.MinScore != DefaultMinScore, keyCopies: f.Copies, keyLimit: f.limit() != DefaultLimit, keyAfter: f.After != "",
	} {
		if on {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// period reads a year, month or day as its first day and the day after its last.
func period(s string) (from, to time.Time, ok bool) {
	for layout, step := range map[string][3]int{"2006": {1, 0, 0}, "2006-01": {0, 1, 0}, time.DateOnly: {0, 0, 1}} {
		if len(s) != len(layout) {
			continue
		}
		from, err := time.Parse(layout, s)
		if err != nil || from.Year() < 1000 { // earlier: a slip of the pen, and the zero time means open
			return time.Time{}, time.Time{}, false
		}
		return from, from.AddDate(step[0], step[1], step[2]), true
	}
	return time.Time{}, time.Time{}, false
}

// example is a value a filter takes.
func example(name string) string {
	switch name {
	case keySince, keyUntil:
		return "2025-06"
	case keyOutlet:
		return `"Orange County Register"`
	case keyKind:
		return "direct"
	case keyVoice:
		return "speaker"
	case keyMinScore:
		return "0.8"
	case keyCopies:
		return copiesAll
	case keyLimit:
		return "50"
	}
	return "CURSOR"
}
