package sqlite

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"saidgraph/graph"
)

// settle writes what the articles of the transaction changed in common: names, actors, totals.
func (w *writer) settle() error {
	renamed := map[int64]bool{} // actors whose set of names is another one now
	var unused []int64          // names that an actor gave up
	for _, b := range slices.SortedFunc(maps.Keys(w.bears), func(a, b bearing) int {
		return cmp.Or(cmp.Compare(a.actor, b.actor), cmp.Compare(a.name, b.name))
	}) {
		d := w.bears[b]
		if d == 0 {
			continue // the row is there, or came and went
		}
		var n int
		err := w.row(`INSERT INTO bears (actor, name, n) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n RETURNING n`,
			[]any{b.actor, b.name, d}, &n)
		if err != nil {
			return err
		}
		if n == d || n == 0 {
			renamed[b.actor] = true
		}
		if n == 0 {
			unused = append(unused, b.name)
			if _, err := w.exec(`DELETE FROM bears WHERE actor = ? AND name = ?`, b.actor, b.name); err != nil {
				return err
			}
		}
	}
	for _, actor := range slices.Sorted(maps.Keys(w.named)) {
		if err := w.settleActor(actor, renamed[actor]); err != nil {
			return err
		}
	}
	for _, name := range unused {
		r, err := w.exec(`DELETE FROM name WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM bears WHERE name = ?1)`, name)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			continue
		}
		if _, err := w.exec(`DELETE FROM name_text WHERE rowid = ?`, name); err != nil {
			return err
		}
	}
	for _, t := range slices.Sorted(maps.Keys(w.totals)) {
		if _, err := w.exec(`INSERT INTO total (type, n) VALUES (?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n`, t, w.totals[t]); err != nil {
			return err
		}
	}
	return nil
}

// settleActor takes an actor that nobody knows any more away, or names it after the article with the smallest id.
func (w *writer) settleActor(actor int64, renamed bool) error {
	if d := w.changed[actor]; d != 0 {
		var n int
		if err := w.row(`UPDATE actor SET articles = articles + ? WHERE id = ? RETURNING articles`, []any{d, actor}, &n); err != nil {
			return err
		}
		if n == 0 {
			_, err := w.exec(`DELETE FROM actor WHERE id = ?`, actor)
			return err
		}
	}
	var name, old string
	var label, oldLabel int
	err := w.row(`SELECT n.text, k.label, a.name, a.label FROM known k JOIN name n ON n.id = k.name JOIN actor a ON a.id = k.actor
		WHERE k.actor = ? AND k.main = 1 ORDER BY k.article LIMIT 1`, []any{actor}, &name, &label, &old, &oldLabel)
	if errors.Is(err, sql.ErrNoRows) {
		_, err = w.exec(`DELETE FROM actor WHERE id = ?`, actor) // came and went in this transaction
		return err
	}
	if err != nil || !renamed && name == old && label == oldLabel {
		return err
	}
	var aliases []string
	err = w.each(`SELECT n.text FROM bears b JOIN name n ON n.id = b.name WHERE b.actor = ? ORDER BY n.text`, []any{actor}, func(r *sql.Rows) error {
		var s string
		if err := r.Scan(&s); err != nil {
			return err
		}
		if s != name {
			aliases = append(aliases, s)
		}
		return nil
	})
	if err != nil {
		return err
	}
	_, err = w.exec(`UPDATE actor SET name = ?, label = ?, aliases = ? WHERE id = ?`, name, label, joinAliases(aliases), actor)
	return err
}

func joinAliases(aliases []string) string {
	if len(aliases) == 0 {
		return ""
	}
	b, _ := json.Marshal(aliases) // of strings, it can't fail
	return string(b)
}

func splitAliases(s string) (aliases []string, err error) {
	if s != "" {
		err = json.Unmarshal([]byte(s), &aliases)
	}
	return aliases, err
}

// makeActor of the columns uid, label, name, aliases.
func makeActor(uid []byte, label int, name, aliases string) (*graph.Actor, error) {
	a := &graph.Actor{Name: name}
	copy(a.ID[:], uid)
	if label > 0 && label < len(labels) {
		a.Label = labels[label]
	}
	var err error
	a.Aliases, err = splitAliases(aliases)
	return a, err
}
