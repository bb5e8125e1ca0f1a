package loaders

import (
	"encoding/binary"
	"math"
	"math/bits"

	"saidgraph/graph"
)

// census counts different ids in 256 KiB, however many they are: to one up to hundreds, to within 1% up to five million (linear
// counting: Whang, Vander-Zanden and Taylor 1990, ACM TODS 15(2)). An exact set of a big pile's people would grow with the pile.
type census struct{ seen []uint64 }

const censusBits = 1 << 21

func (c *census) add(id graph.ID) {
	if c.seen == nil {
		c.seen = make([]uint64, censusBits/64)
	}
	at := binary.BigEndian.Uint32(id[:]) % censusBits // the first bits of a SHA-1
	c.seen[at/64] |= 1 << (at % 64)
}

func (c *census) count() int {
	set := 0
	for _, w := range c.seen {
		set += bits.OnesCount64(w)
	}
	free := max(censusBits-set, 1)
	return int(math.Round(-censusBits * math.Log(float64(free)/censusBits)))
}

// recent remembers the last articles that were handed to the store, so that a worker that looked before one of them was
// written can be told. A document is looked at when the documents more than a full pipeline in front of it are in the store.
type recent struct {
	ring []graph.ID
	at   int
	n    map[graph.ID]int // how often each is in the ring
}

func newRecent(size int) recent {
	return recent{ring: make([]graph.ID, size), n: make(map[graph.ID]int, size)}
}

func (r *recent) has(id graph.ID) bool { return r.n[id] > 0 }

func (r *recent) add(id graph.ID) {
	if old := r.ring[r.at]; r.n[old] > 1 {
		r.n[old]--
	} else {
		delete(r.n, old)
	}
	r.ring[r.at] = id
	r.n[id]++
	r.at = (r.at + 1) % len(r.ring)
}
