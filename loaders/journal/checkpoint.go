package journal

import (
	"context"

	"saidgraph/graph"
)

// Checkpoint says how far a file of many documents was read by a run that did not end, so that the next need not begin anew.
type Checkpoint struct {
	Key  string `json:"key"`  // of the file as it is and the way it is read: another size, time or option is another key
	Line int    `json:"line"` // all documents up to it are in the graph or among the dead letters
}

func (c Checkpoint) puts() ([]graph.Record, error) {
	rec, err := put(bucketCheckpoint, graph.Hash(c.Key), c)
	return []graph.Record{rec}, err
}

// Reached takes the checkpoint of a key away: the run came to its end.
type Reached string

func (key Reached) puts() ([]graph.Record, error) {
	return []graph.Record{gone(bucketCheckpoint, graph.Hash(string(key)))}, nil
}

// Checkpoint returns the line of a key, 0 where there is none.
func (j *Journal) Checkpoint(ctx context.Context, key string) (int, error) {
	c, _, _, err := get[Checkpoint](ctx, j, bucketCheckpoint, graph.Hash(key))
	if c.Key != key {
		return 0, err
	}
	return c.Line, err
}
