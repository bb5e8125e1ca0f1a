package journal

import (
	"context"
	"time"

	"saidgraph/graph"
)

// Sight is a run that saw an article.
type Sight struct {
	Run string    `json:"run"`
	At  time.Time `json:"at"`
}

// Origin says when, by which run and from where an article came.
type Origin struct {
	Article graph.ID `json:"article"`
	From    string   `json:"from"` // without credentials
	Line    int      `json:"line,omitempty"`
	First   Sight    `json:"first"`
	Last    Sight    `json:"last"` // when it was written last; seeing it unchanged is no writing
	Engine  string   `json:"engine"`
	Skipped string   `json:"skipped,omitempty"` // why the engine did not read it
	Copy    string   `json:"copy,omitempty"`    // the article's
	Print   string   `json:"print,omitempty"`   // of the document: see Seen
	Sum     string   `json:"-"`                 // of the article: see Seen
	Before  string   `json:"-"`                 // the Print that this one takes the place of
}

// Seen is the article that a document became: when the document comes again and the article still has the sum, nothing has changed.
type Seen struct {
	Article graph.ID `json:"article"`
	Sum     string   `json:"sum"`
}

func (o Origin) puts() ([]graph.Record, error) {
	rec, err := put(bucketOrigin, o.Article.String(), o)
	out := []graph.Record{rec}
	if o.Copy != "" {
		out = append(out, graph.Record{Bucket: bucketCopy, Key: copyKey(o.Copy, o.Article), Value: []byte("{}")})
	}
	if o.Before != "" && o.Before != o.Print {
		out = append(out, gone(bucketSeen, o.Before))
	}
	if err != nil || o.Print == "" {
		return out, err
	}
	rec, err = put(bucketSeen, o.Print, Seen{o.Article, o.Sum})
	return append(out, rec), err
}

// Seen returns what a document became by its print; ok is false where it was not seen, or something else took its place.
func (j *Journal) Seen(ctx context.Context, print string) (s Seen, ok bool, err error) {
	s, _, ok, err = get[Seen](ctx, j, bucketSeen, print)
	return s, ok, err
}

func copyKey(copy string, article graph.ID) string { return copy + "/" + article.String() }

// Forgotten takes the origin of an article away, when the article itself goes.
type Forgotten Origin

func (o Forgotten) puts() ([]graph.Record, error) {
	out := []graph.Record{gone(bucketOrigin, o.Article.String())}
	if o.Copy != "" {
		out = append(out, gone(bucketCopy, copyKey(o.Copy, o.Article)))
	}
	if o.Print != "" {
		out = append(out, gone(bucketSeen, o.Print))
	}
	return out, nil
}

// Origin returns where an article came from; ok is false where nothing is known.
func (j *Journal) Origin(ctx context.Context, article graph.ID) (o Origin, ok bool, err error) {
	o, _, ok, err = get[Origin](ctx, j, bucketOrigin, article.String())
	return o, ok, err
}

// Copies returns up to limit articles of one [graph.Article.Copy], in order of id; 0: all.
func (j *Journal) Copies(ctx context.Context, copy string, limit int) ([]graph.ID, error) {
	if copy == "" {
		return nil, nil
	}
	var out []graph.ID
	for r, err := range j.records.Records(ctx, graph.RecordQuery{Bucket: bucketCopy, Prefix: copy + "/", Limit: limit}) {
		if err != nil {
			return nil, err
		}
		var id graph.ID
		if err := id.UnmarshalText([]byte(r.Key[len(copy)+1:])); err == nil {
			out = append(out, id)
		}
	}
	return out, nil
}
