package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"saidgraph/graph"
	"saidgraph/queries"
)

type askCmd struct {
	Question []string `arg:"" help:"The question, in words; quotation marks keep a name together."`
	Explain  bool     `help:"Say on standard error what the store asked its database (SQL or Cypher), the plan and its database hits."`
}

func (askCmd) Help() string {
	var b strings.Builder
	b.WriteString("Questions:\n")
	for _, f := range queries.Forms() {
		fmt.Fprintf(&b, "  %-30s %s\n", f.Pattern, f.Answer)
	}
	b.WriteString("\nFilters, anywhere in a question: " + strings.Join(queries.FilterNames(), ": ") + ":\n\nExamples:\n")
	for _, f := range queries.Forms() {
		b.WriteString("  saidgraph ask '" + f.Example + "'\n")
	}
	b.WriteString("\nWith --json the answer is one JSON object, the same as that of GET /v1/ask.")
	return b.String()
}

func (c *askCmd) Run(a *app) error {
	q, err := queries.Parse(question(c.Question))
	if err != nil {
		return &exitError{exitUsage, err}
	}
	store, err := a.openExisting()
	if err != nil {
		return err
	}
	defer store.Close() // read only
	ctx := a.ctx
	if c.Explain {
		ctx = graph.Explain(ctx, a.explained())
	}
	ans, err := queries.Ask(ctx, store, q)
	if err != nil {
		return err
	}
	if a.json {
		err = json.NewEncoder(a.stdout).Encode(ans)
	} else {
		err = a.answer(ans)
	}
	if err == nil && len(ans.Unknown) > 0 {
		return &exitError{exitFailed, nil}
	}
	return err
}

// explained prints each statement of a question with its plan.
func (a *app) explained() func(graph.Statement) {
	var mu sync.Mutex
	n := 0
	return func(s graph.Statement) {
		mu.Lock()
		defer mu.Unlock()
		n++
		hits := ""
		if s.Hits > 0 {
			hits = fmt.Sprintf(", %d database hits", s.Hits)
		}
		fmt.Fprintf(a.stderr, "-- statement %d%s\n%s\n", n, hits, indent(strings.TrimSpace(s.Text)))
		if s.Plan != "" {
			fmt.Fprintf(a.stderr, "-- plan\n%s\n", indent(s.Plan))
		}
	}
}

// indent cleans lines of what a terminal could take for a command, and moves them in.
func indent(text string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		b.WriteString("   " + clean(strings.ReplaceAll(line, "\t", "  ")) + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// question joins the arguments, and gives back the quotation marks that the shell took from a name or a filter's
// value of several words. The first argument stays as it is: no question begins with a name, so spaces in it mean
// that the question, or its beginning, was one argument.
func question(args []string) string {
	words := make([]string, len(args))
	for i, arg := range args {
		key, value, ok := strings.Cut(arg, ":")
		switch {
		case i == 0 || !strings.ContainsAny(arg, " \t") || strings.Contains(arg, `"`):
			words[i] = arg
		case ok && slices.Contains(queries.FilterNames(), key):
			words[i] = key + `:"` + value + `"`
		default:
			words[i] = `"` + arg + `"`
		}
	}
	return strings.Join(words, " ")
}

// answer prints an answer for people.
func (a *app) answer(ans *queries.Answer) error {
	if len(ans.Unknown) > 0 {
		return a.unknown(ans)
	}
	for _, n := range ans.Names {
		a.understood(n)
	}
	var err error
	switch {
	case ans.Profile != nil:
		err = a.profile(ans.Profile)
	case len(ans.Companions) > 0:
		err = a.companions(ans.Companions)
	case len(ans.Paths) > 0:
		err = a.paths(ans.Paths)
	case len(ans.Rows) > 0:
		err = a.rows(ans.Rows)
	}
	if err == nil && ans.Hint != "" {
		_, err = fmt.Fprintln(a.stdout, clean(ans.Hint))
	}
	if err == nil && ans.Next != "" {
		_, err = fmt.Fprintf(a.stdout, "\nThere is more: ask again with after:%s\n", ans.Next)
	}
	return err
}

// unknown says on stderr which names nobody bears, and lists on stdout who might be meant.
func (a *app) unknown(ans *queries.Answer) error {
	a.complain(fmt.Errorf("%s", ans.Hint))
	var rows [][]string
	for _, n := range ans.Names {
		for _, c := range n.Suggestions {
			rows = append(rows, []string{n.Asked, c.Name, string(c.Label), strconv.Itoa(c.Articles)})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return table(a.stdout, []string{"ASKED", "DID YOU MEAN", "WHAT", "ARTICLES"}, rows)
}

// understood says on stderr which actor a name was taken for, where that is not plain.
func (a *app) understood(n queries.Name) {
	if n.Actor == nil || graph.Fold(n.Asked) == graph.Fold(n.Actor.Name) && len(n.Ambiguous) == 0 {
		return
	}
	line := fmt.Sprintf("%s: %s (%s)", n.Asked, n.Actor.Name, n.Actor.Label)
	if len(n.Ambiguous) > 0 {
		var others []string
		for _, c := range n.Ambiguous {
			others = append(others, c.Name)
		}
		line += "; it may also mean " + strings.Join(others, ", ")
	}
	fmt.Fprintln(a.stderr, clean(line))
}

// rows prints claims as WHO, WORDS, WHERE, and relations between two actors with both.
func (a *app) rows(rows []queries.Row) error {
	two := false
	for _, r := range rows {
		two = two || r.Target != nil
	}
	head := []string{"WHO", "WORDS", "WHERE"}
	if two {
		head = []string{"WHO", "WHOM", "WORDS", "WHERE"}
	}
	var cells [][]string
	for _, r := range rows {
		line := []string{who(r)}
		if two {
			target := ""
			if r.Target != nil {
				target = r.Target.Name
			}
			line = append(line, target)
		}
		cells = append(cells, append(line, words(r), where(r.Article)))
	}
	return table(a.stdout, head, cells)
}

func who(r queries.Row) string {
	if len(r.Speakers) == 0 {
		if r.By == "" {
			return "(nobody named)"
		}
		return "“" + r.By + "”"
	}
	var names []string
	for _, s := range r.Speakers {
		names = append(names, s.Name)
	}
	return strings.Join(names, ", ")
}

// words of a row, with what they are: a role, the reporter's own words, whom they are about.
func words(r queries.Row) string {
	s := r.Proof.Quote
	switch {
	case r.Role != "":
		s = r.Role + ": " + s
	case r.Voice == graph.Reporter:
		s += " (the reporter’s words)"
	case len(r.About) > 0:
		var names []string
		for _, x := range r.About {
			names = append(names, x.Name)
		}
		s += " (about " + strings.Join(names, ", ") + ")"
	}
	return s
}

func where(art queries.Article) string {
	var parts []string
	if art.Outlet != "" {
		parts = append(parts, art.Outlet)
	}
	if !art.Date.IsZero() {
		parts = append(parts, art.Date.Format("2006-01-02"))
	}
	if art.Title != "" {
		parts = append(parts, ellipsis(art.Title, 50))
	}
	if len(parts) == 0 {
		return art.ID.String()
	}
	return strings.Join(parts, ", ")
}

func (a *app) companions(cs []queries.Companion) error {
	var cells [][]string
	for _, c := range cs {
		cells = append(cells, []string{c.Actor.Name, strconv.Itoa(c.Joint), strconv.Itoa(c.Articles), strconv.Itoa(c.Claims), words(c.Newest)})
	}
	return table(a.stdout, []string{"WHO", "JOINT STATEMENTS", "ARTICLES", "CLAIMS", "NEWEST WORDS"}, cells)
}

// paths prints each chain as a heading and its steps with their proof.
func (a *app) paths(ps []queries.Path) error {
	for i, p := range ps {
		var names []string
		for _, x := range p.Actors {
			names = append(names, x.Name)
		}
		fmt.Fprintf(a.stdout, "%d. %s\n", i+1, clean(strings.Join(names, " — ")))
		var cells [][]string
		for _, s := range p.Steps {
			cells = append(cells, []string{s.From.Name, relation(s.Type), s.To.Name, s.Proof.Proof.Quote, where(s.Proof.Article)})
		}
		if err := table(a.stdout, []string{"WHO", "DID", "WHOM", "WORDS", "WHERE"}, cells); err != nil {
			return err
		}
		fmt.Fprintln(a.stdout)
	}
	return nil
}

func relation(t graph.Type) string {
	switch t {
	case graph.Said:
		return "spoke about"
	case graph.Affiliated:
		return "belongs to"
	}
	return strings.ToLower(string(t))
}

func (a *app) profile(p *queries.Profile) error {
	fmt.Fprintf(a.stdout, "%s (%s), in %s\n", clean(p.Actor.Name), p.Actor.Label, count(p.Articles, "article"))
	if len(p.Actor.Aliases) > 0 {
		fmt.Fprintf(a.stdout, "also: %s\n", clean(strings.Join(p.Actor.Aliases, ", ")))
	}
	for _, part := range []struct {
		what string
		list queries.List
	}{
		{"Affiliations", p.Affiliations},
		{"Said", p.Said},
		{"Others said about it", p.SaidAbout},
		{"Criticized", p.Criticized},
		{"Criticized by", p.CriticizedBy},
		{"Praised", p.Praised},
		{"Praised by", p.PraisedBy},
		{"Declined to comment", p.Declined},
	} {
		if part.list.Total == 0 {
			continue
		}
		fmt.Fprintf(a.stdout, "\n%s (%d)\n", part.what, part.list.Total)
		if err := a.rows(part.list.Rows); err != nil {
			return err
		}
	}
	return nil
}
