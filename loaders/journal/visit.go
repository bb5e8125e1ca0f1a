package journal

import (
	"context"
	"encoding/json"

	"saidgraph/graph"
)

// Visit is what the fetching client must remember of an address, as its JSON.
type Visit struct {
	URL  string
	Data json.RawMessage
}

func (v Visit) puts() ([]graph.Record, error) {
	return []graph.Record{{Bucket: bucketVisit, Key: visitKey(v.URL), Value: v.Data}}, nil
}

// visitKey is the address, or a hash where that is too long for a key.
func visitKey(url string) string {
	if len(url) > 1000 {
		return "sha256 " + graph.Hash(url)
	}
	return "url " + url
}

// Visit returns what is remembered of an address; ok is false where it is unknown.
func (j *Journal) Visit(ctx context.Context, url string) (v Visit, ok bool, err error) {
	data, _, ok, err := get[json.RawMessage](ctx, j, bucketVisit, visitKey(url))
	return Visit{url, data}, ok, err
}
