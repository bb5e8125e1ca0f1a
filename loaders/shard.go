package loaders

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"

	"saidgraph/graph"
	"saidgraph/loaders/page"
	"saidgraph/loaders/source"
)

// Shard is the I-th of N parts of a pile of documents, I from 1; the zero Shard is all of it. Every shard reads the whole pile and leaves
// what is another's. An article belongs to one shard whatever document it comes in, so shards that run in any order, at once or
// twice give the graph of one load.
type Shard struct{ I, N int }

// elsewhere is why a document of another shard is skipped.
const elsewhere = "of another shard"

// ParseShard reads "2/8". "0/8" is "8/8": those who count from 0 to 7 cut the same pile.
func ParseShard(s string) (Shard, error) {
	i, n, ok := strings.Cut(s, "/")
	out := Shard{}
	var err, bad error
	out.I, err = strconv.Atoi(i)
	out.N, bad = strconv.Atoi(n)
	if !ok || err != nil || bad != nil || out.I < 0 || out.N < max(out.I, 1) {
		return Shard{}, fmt.Errorf("%q is no shard; write I/N with I from 1 to N, or from 0 to N-1, for example 2/8", s)
	}
	if out.I == 0 {
		out.I = out.N
	}
	return out, nil
}

func (s Shard) String() string {
	if s.N == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", s.I, s.N)
}

// has says whether an article is of this shard.
func (s Shard) has(id graph.ID) bool {
	return s.N <= 1 || int(binary.BigEndian.Uint32(id[12:])%uint32(s.N)) == s.I-1 // the last bits of a SHA-1
}

// mayHave is false where the document's article is another shard's, as far as can be told without parsing: a page may give its article
// another address than it was found at.
func (s Shard) mayHave(raw source.Raw) bool {
	if s.N <= 1 || raw.HTML != nil || raw.URL == "" {
		return true
	}
	url, err := page.Canonical(raw.URL)
	return err != nil || s.has(graph.ArticleID(url, ""))
}

// failed leaves to one shard the failure of a document of which no article is known.
func (s Shard) failed(r result) result {
	h := fnv.New32a()
	fmt.Fprintf(h, "%s\x00%d", r.raw.From, r.raw.Line)
	if s.N <= 1 || int(h.Sum32()%uint32(s.N)) == s.I-1 || r.fatal != nil {
		return r
	}
	return result{n: r.n, skip: elsewhere}
}
