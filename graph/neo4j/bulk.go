package neo4j

import (
	"bufio"
	"errors"
	"fmt"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"saidgraph/graph"
)

// unit separates the items of a list in a file of [Export]: no text that people write has it.
const unit = "\x1f"

// column is a property with the type that neo4j-admin reads it as; "" is text.
type column struct{ key, typ string }

// table is one of the files.
type table struct {
	file, label string // label: of nodes that all have the same
	columns     []column
}

var (
	articleTable = table{"articles.csv", "Article", []column{{"id", "ID"}, {"hash", ""}, {"age", "long"}, {"date", "datetime"}, {"url", ""}, {"title", ""},
		{"outlet", ""}, {"outlet_key", ""}, {"byline", ""}, {"language", ""}, {"license", ""}, {"wire", ""}, {"copy", ""}, {"copy_key", ""}, {"text", ""}}}
	claimTable = table{"claims.csv", "Claim", []column{{"id", "ID"}, {"article", ""}, {"text", ""}, {"kind", ""}, {"by", ""}, {"spans", "long[]"},
		{"age", "long"}, {"date", "datetime"}, {"words", ""}}}
	actorTable = table{"actors.csv", "", []column{{"id", "ID"}, {"", "LABEL"}, {"name", ""}, {"aliases", "string[]"}, {"articles", "long"}, {"named_by", ""},
		{"name_articles", "long"}, {"alias_articles", "long[]"}, {"search", ""}}}
	edgeTable = table{"edges.csv", "", []column{{"", "START_ID"}, {"", "END_ID"}, {"", "TYPE"}, {"id", ""}, {"article", ""}, {"score", "double"}, {"kind", ""},
		{"voice", ""}, {"role", ""}, {"claim", ""}, {"spans", "long[]"}, {"quote", ""}, {"cue", ""}, {"cue_spans", "long[]"}, {"surface", ""},
		{"surface_span", "long[]"}, {"target", ""}, {"target_span", "long[]"}, {"engine", ""}, {"age", "long"}, {"date", "datetime"}}}
	nameTable = table{"names.csv", "NAMES", []column{{"", "START_ID"}, {"", "END_ID"}, {"name", ""}, {"label", ""}, {"aliases", "string[]"}}}
)

// Export writes the graph that the batches make as files for `neo4j-admin database import full` into dir, which must be empty or not there
// yet, and returns the arguments of that command. The batches must come in order of their articles' ids, as [graph.Store].Batches
// gives them; actors are held in memory, all else streams. [Open] adds the schema to the imported database.
func Export(dir string, batches iter.Seq2[graph.Batch, error]) (args []string, err error) {
	const op = "neo4j.Export"
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, &graph.Error{Op: op, Code: graph.Unavailable, Err: err}
	}
	if had, err := os.ReadDir(dir); err != nil || len(had) > 0 {
		return nil, &graph.Error{Op: op, Code: graph.Invalid, Field: "dir", Err: errors.Join(fmt.Errorf("%s is not empty: name a new folder", dir), err)}
	}
	e := &exporter{actors: map[string]*bearer{}}
	for _, f := range []struct {
		to **sheet
		t  *table
	}{{&e.articles, &articleTable}, {&e.claims, &claimTable}, {&e.people, &actorTable}, {&e.edges, &edgeTable}, {&e.names, &nameTable}} {
		if *f.to, err = newSheet(dir, f.t); err != nil {
			break
		}
	}
	if err == nil {
		err = e.all(batches)
	}
	for _, s := range []*sheet{e.articles, e.claims, e.people, e.edges, e.names} {
		if s != nil {
			err = errors.Join(err, s.close())
		}
	}
	if err != nil {
		return nil, &graph.Error{Op: op, Code: graph.CodeOf(err), Err: err}
	}
	args = []string{"--array-delimiter=U+001F", "--multiline-fields=true", "--id-type=string", "--report-file=" + filepath.Join(dir, "import.report")}
	for _, t := range []table{articleTable, claimTable, actorTable, edgeTable, nameTable} {
		option := "--nodes="
		if t.columns[0].typ == "START_ID" {
			option = "--relationships="
		}
		if t.label != "" {
			option += t.label + "="
		}
		args = append(args, option+filepath.Join(dir, t.file))
	}
	return args, nil
}

type exporter struct {
	articles, claims, people, edges, names *sheet
	actors                                 map[string]*bearer
}

func (e *exporter) all(batches iter.Seq2[graph.Batch, error]) error {
	for b, err := range batches {
		if err == nil {
			err = e.add(&b)
		}
		if err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(e.actors)) {
		b := e.actors[id]
		label := "Organization"
		if b.label == graph.Person {
			label = "Person"
		}
		r := b.row()
		r["id"] = id
		if err := e.people.put(r, "Actor"+unit+label); err != nil {
			return err
		}
	}
	return nil
}

func (e *exporter) add(b *graph.Batch) error {
	r := newRows(map[graph.ID]*graph.Batch{b.Article.ID: b})
	for _, list := range []struct {
		to   *sheet
		rows []any
	}{{e.articles, r.articles}, {e.claims, r.claims}} {
		for _, p := range list.rows {
			if err := list.to.put(p.(row)); err != nil {
				return err
			}
		}
	}
	for _, k := range types {
		for _, edge := range r.edges[k.Type] {
			edge := edge.(row)
			if err := e.edges.put(edge["p"].(row), edge["from"].(string), edge["to"].(string), string(k.Type)); err != nil {
				return err
			}
		}
	}
	for i := range r.names {
		c := &r.names[i]
		if err := e.names.put(contributionRow(c), c.article, c.actor); err != nil {
			return err
		}
		a := e.actors[c.actor]
		if a == nil { // articles come in order of id: the first names it
			a = &bearer{names: map[string]int{}}
			a.take(c)
			e.actors[c.actor] = a
		}
		a.count(c, 1)
	}
	return nil
}

// sheet is a file being written.
type sheet struct {
	table *table
	file  *os.File
	out   *bufio.Writer
}

func newSheet(dir string, t *table) (*sheet, error) {
	f, err := os.OpenFile(filepath.Join(dir, t.file), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	if err != nil {
		return nil, err
	}
	s := &sheet{t, f, bufio.NewWriterSize(f, 1<<20)}
	for i, c := range t.columns {
		if i > 0 {
			s.out.WriteByte(',')
		}
		s.out.WriteString(c.key)
		if c.typ != "" {
			s.out.WriteString(":" + c.typ)
		}
	}
	_, err = s.out.WriteString("\n")
	return s, err
}

func (s *sheet) close() error { return errors.Join(s.out.Flush(), s.file.Close()) }

// put writes a row. ends fill the columns that are no properties, in order; a property that is not there leaves its column empty.
func (s *sheet) put(r row, ends ...string) error {
	unnamed := 0
	for i, c := range s.table.columns {
		if i > 0 {
			s.out.WriteByte(',')
		}
		var value any
		if c.key == "" {
			value = ends[unnamed]
			unnamed++
		} else {
			value = r[c.key]
		}
		text, err := cell(value)
		if err != nil {
			return fmt.Errorf("%s: %s of %v: %w", s.table.file, c.key, r["id"], err)
		}
		if text != "" { // an empty cell without marks is no property, one with them an empty text
			s.out.WriteByte('"')
			s.out.WriteString(strings.ReplaceAll(text, `"`, `""`))
			s.out.WriteByte('"')
		}
	}
	_, err := s.out.WriteString("\n")
	return err
}

// cell is a value as neo4j-admin reads it.
func cell(value any) (string, error) {
	switch v := value.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case int:
		return strconv.Itoa(v), nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64), nil
	case time.Time:
		return v.UTC().Format(time.RFC3339), nil
	case []int64:
		items := make([]string, len(v))
		for i, n := range v {
			items[i] = strconv.FormatInt(n, 10)
		}
		return strings.Join(items, unit), nil
	case []string:
		for _, s := range v {
			if strings.Contains(s, unit) {
				return "", fmt.Errorf("%q has the character U+001F, which separates the items of a list in these files", s)
			}
		}
		return strings.Join(v, unit), nil
	}
	return "", fmt.Errorf("no cell for a %T", value)
}
