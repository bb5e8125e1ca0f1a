package journal

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"iter"
	"strconv"
	"strings"
	"time"

	"saidgraph/graph"
	"saidgraph/loaders/source"
)

// Dead is a dead letter: a document that did not get in, and why.
type Dead struct {
	ID     string    `json:"id"`
	From   string    `json:"from"` // file, address or pipe, without credentials
	Line   int       `json:"line,omitempty"`
	URL    string    `json:"url,omitempty"`
	Field  string    `json:"field,omitempty"`
	Reason string    `json:"reason"`
	Hint   string    `json:"hint,omitempty"`
	Tries  int       `json:"tries"`
	Run    string    `json:"run"` // the last that met it
	First  time.Time `json:"first"`
	Last   time.Time `json:"last"`
	Kept   bool      `json:"kept"` // the document itself is kept: a retry needs nothing else

	Document *source.Raw `json:"-"` // see [Journal.Document]; nil: there was none, or it is longer than a record may be
}

// stdin is how package source names standard input.
const stdin = "standard input"

// DeadIDs returns the ids under which a document may lie among the dead letters. The first is the one to bury it under. pipe says
// what tells one pipe from another where From is only "standard input".
//
// A document is known by its address, else by its place; a line of a file, whose content moves, by its text. One that could not
// be read at all has only its place, so what is read from that place later settles it.
func DeadIDs(raw source.Raw, pipe string) []string {
	at := []string{raw.From, strconv.Itoa(raw.Line)}
	if raw.From == stdin {
		at = append(at, pipe)
	}
	place := letterID(append(at, "place")...)
	content := raw.Text + string(raw.HTML)
	switch {
	case raw.URL != "":
		return []string{letterID(raw.From, raw.URL, "url"), place}
	case content != "" && (raw.Line > 0 || raw.From == stdin):
		return []string{letterID(raw.From, graph.Hash(content), "text"), place}
	}
	return []string{place}
}

func letterID(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:8])
}

func (d Dead) puts() ([]graph.Record, error) {
	var document []byte
	if d.Document != nil {
		var err error
		if document, err = json.Marshal(d.Document); err != nil {
			return nil, err
		}
	}
	d.Kept = document != nil && len(document) <= graph.MaxRecord
	letter, err := put(bucketDead, d.ID, d)
	if err != nil {
		return nil, err
	}
	if !d.Kept {
		return []graph.Record{letter, gone(bucketDocument, d.ID)}, nil
	}
	return []graph.Record{letter, {Bucket: bucketDocument, Key: d.ID, Value: document}}, nil
}

// Buried takes the dead letter of an id away: its document got in, or nobody wants it.
type Buried string

func (id Buried) puts() ([]graph.Record, error) {
	return []graph.Record{gone(bucketDead, string(id)), gone(bucketDocument, string(id))}, nil
}

// Dead streams the dead letters, without their documents.
func (j *Journal) Dead(ctx context.Context) iter.Seq2[Dead, error] {
	return all[Dead](ctx, j, graph.RecordQuery{Bucket: bucketDead})
}

// Letter returns the dead letter of an id, without its document; ok is false where there is none.
func (j *Journal) Letter(ctx context.Context, id string) (d Dead, ok bool, err error) {
	d, _, ok, err = get[Dead](ctx, j, bucketDead, id)
	return d, ok, err
}

// Document returns the document of a dead letter; ok is false where none is kept.
func (j *Journal) Document(ctx context.Context, id string) (raw source.Raw, ok bool, err error) {
	raw, _, ok, err = get[source.Raw](ctx, j, bucketDocument, id)
	return raw, ok, err
}

// Letters returns the ids of all dead letters: what a load asks before it looks for one. 100,000 take 5 MB.
func (j *Journal) Letters(ctx context.Context) (map[string]bool, error) {
	ids := map[string]bool{}
	for d, err := range j.Dead(ctx) {
		if err != nil {
			return nil, err
		}
		ids[d.ID] = true
	}
	return ids, nil
}
