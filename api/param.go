package api

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"saidgraph/graph"
	"saidgraph/queries"
)

// param is one query parameter a route takes.
type param struct {
	name  string
	many  bool     // may be repeated; values are joined by or
	need  bool     // must be given
	oneOf []string // the only values, where there are few
}

// input is a checked query: every parameter known, counted, and clean text.
type input struct {
	id     graph.ID // of the path, where the route has one
	values url.Values
}

// read checks a raw query against the route's parameters. The first fault is a Problem that names it.
func (r route) read(raw, id string) (*input, error) {
	in := &input{}
	if strings.HasSuffix(r.path, "/:id") {
		var err error
		if in.id, err = parseID(id); err != nil {
			return nil, invalid("id", "an id is a UUID such as 6ba7b810-9dad-51d1-80b4-00c04fd430c8")
		}
	}
	values, err := url.ParseQuery(raw)
	if err != nil {
		return nil, invalid("", "the query string does not parse")
	}
	in.values = values
	for _, name := range slices.Sorted(keysOf(values)) {
		p, ok := r.param(name)
		if !ok {
			p := invalid(clip(name), "unknown parameter")
			p.Accepted = r.names()
			return nil, p
		}
		if err := p.check(values[name]); err != nil {
			return nil, err
		}
	}
	for _, p := range r.params {
		if p.need && len(values[p.name]) == 0 {
			return nil, invalid(p.name, "is required")
		}
	}
	return in, nil
}

func keysOf(v url.Values) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range v {
			if !yield(k) {
				return
			}
		}
	}
}

func (r route) param(name string) (param, bool) {
	i := slices.IndexFunc(r.params, func(p param) bool { return p.name == name })
	if i < 0 {
		return param{}, false
	}
	return r.params[i], true
}

func (r route) names() []string {
	names := make([]string, 0, len(r.params))
	for _, p := range r.params {
		names = append(names, p.name)
	}
	slices.Sort(names)
	return names
}

func (p param) check(values []string) error {
	if len(values) > 1 && !p.many {
		return invalid(p.name, "is given more than once")
	}
	if len(values) > MaxValues {
		return invalid(p.name, fmt.Sprintf("has more than %d values", MaxValues))
	}
	for _, v := range values {
		switch {
		case strings.TrimSpace(v) == "":
			return invalid(p.name, "is empty")
		case !utf8.ValidString(v) || strings.ContainsFunc(v, unprintable):
			return invalid(p.name, "is not plain text")
		case utf8.RuneCountInString(v) > MaxText && p.name != "after":
			return invalid(p.name, fmt.Sprintf("is longer than %d characters", MaxText))
		case len(p.oneOf) > 0 && !slices.Contains(p.oneOf, v):
			e := invalid(p.name, "has no such value")
			e.Accepted = p.oneOf
			return e
		}
	}
	return nil
}

func unprintable(r rune) bool { return unicode.IsControl(r) }

// clip keeps a name from outside short enough to be echoed.
func clip(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// parseID takes the 36-character form only: one id, one URL.
func parseID(s string) (graph.ID, error) {
	if len(s) != 36 {
		return graph.ID{}, fmt.Errorf("%q is no UUID", s)
	}
	return uuid.Parse(s)
}

func (in *input) get(name string) string { return strings.TrimSpace(in.values.Get(name)) }

func (in *input) or(name, otherwise string) string {
	if v := in.get(name); v != "" {
		return v
	}
	return otherwise
}

// number reads a whole number in [low, high].
func (in *input) number(name string, otherwise, low, high int) (int, error) {
	v := in.get(name)
	if v == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < low || n > high {
		return 0, invalid(name, fmt.Sprintf("is a whole number from %d to %d", low, high))
	}
	return n, nil
}

// ids reads a parameter whose values are ids.
func (in *input) ids(name string) ([]graph.ID, error) {
	var ids []graph.ID
	for _, v := range in.values[name] {
		id, err := parseID(strings.TrimSpace(v))
		if err != nil {
			return nil, invalid(name, "is the id of an article, a UUID")
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// filters reads the parameters that are filters of a question too, with their meaning and defaults there.
func (in *input) filters() (queries.Filters, error) {
	f := queries.NewFilters()
	for _, name := range queries.FilterNames() {
		for _, v := range in.values[name] {
			if name == "min-score" && strings.Trim(v, "0123456789.") != "" {
				return f, invalid(name, "is a number from 0 to 1, such as 0.8") // no 0x1p-2, which a question takes
			}
			if err := f.Set(name, v); err != nil {
				return f, err
			}
		}
	}
	if !f.Since.IsZero() && !f.Until.IsZero() && !f.Since.Before(f.Until) {
		return f, invalid("until", "is before since")
	}
	return f, nil
}

// filter is the store's filter of those, and of the article parameter.
func (in *input) filter() (graph.Filter, error) {
	f, err := in.filters()
	if err != nil {
		return graph.Filter{}, err
	}
	out := f.Filter()
	if out.Articles, err = in.ids("article"); len(out.Articles) > 0 {
		out.Once = false // who names an article wants to see it
	}
	return out, err
}
