package graph

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"strings"
	"time"
)

// Compare orders edges: newest first (an edge without a date last), then by article id, then as the text goes (an edge
// without spans first), then by id.
func Compare(a, b *Edge) int { return PlaceOf(a).Compare(PlaceOf(b)) }

// Place is where an edge stands in the order of [Compare]; its Cursor goes on behind it, also when the edge is gone.
type Place struct {
	Date    time.Time
	Article ID
	Start   int // of the first span; -1 without
	ID      ID
}

// PlaceOf an edge.
func PlaceOf(e *Edge) Place {
	p := Place{Date: e.Evidence.Date, Article: e.Evidence.Article, Start: -1, ID: e.ID}
	if len(e.Evidence.Spans) > 0 {
		p.Start = e.Evidence.Spans[0].Start
	}
	return p
}

// Compare is negative when p comes before q.
func (p Place) Compare(q Place) int {
	return cmp.Or(q.Date.Compare(p.Date), bytes.Compare(p.Article[:], q.Article[:]), cmp.Compare(p.Start, q.Start), bytes.Compare(p.ID[:], q.ID[:]))
}

// CountPlace is where a [Count] stands in a tally: most first, then by key.
type CountPlace struct {
	N   int
	Key string
}

// Compare is negative when p comes before q.
func (p CountPlace) Compare(q CountPlace) int {
	return cmp.Or(cmp.Compare(q.N, p.N), strings.Compare(p.Key, q.Key))
}

// HitPlace is where a [Hit] stands in a search: actors before claims; actors by number of articles, most first, then name, then
// id; claims newest first, then id.
type HitPlace struct {
	Claim    bool
	Articles int       // of an actor
	Name     string    // of an actor
	Date     time.Time // of a claim
	ID       ID
}

// Compare is negative when p comes before q.
func (p HitPlace) Compare(q HitPlace) int {
	if p.Claim != q.Claim {
		if p.Claim {
			return 1
		}
		return -1
	}
	return cmp.Or(cmp.Compare(q.Articles, p.Articles), strings.Compare(p.Name, q.Name), q.Date.Compare(p.Date), bytes.Compare(p.ID[:], q.ID[:]))
}

// Cursors are base64url of a kind, the place and a checksum, so that a mangled one, or one of another read, is refused.
const (
	rowCursor   = 'r'
	countCursor = 'c'
	hitCursor   = 'h'
)

// Cursor of the place, for [Filter.After].
func (p Place) Cursor() string {
	b := binary.AppendVarint([]byte{rowCursor}, p.Date.Unix())
	b = append(b, p.Article[:]...)
	b = binary.AppendVarint(b, int64(p.Start))
	return seal(append(b, p.ID[:]...))
}

// Cursor of the place, for [Filter.After] of a tally.
func (p CountPlace) Cursor() string {
	return seal(append(binary.AppendVarint([]byte{countCursor}, int64(p.N)), p.Key...))
}

// Cursor of the place, for [SearchQuery.After].
func (p HitPlace) Cursor() string {
	b := []byte{hitCursor, 0}
	if p.Claim {
		b[1] = 1
	}
	b = binary.AppendVarint(b, int64(p.Articles))
	b = binary.AppendVarint(b, p.Date.Unix())
	return seal(append(append(b, p.ID[:]...), p.Name...))
}

// ParsePlace reads a [Place.Cursor]. Invalid, with Field "after", for anything else.
func ParsePlace(cursor string) (Place, error) {
	var p Place
	o := open(cursor, rowCursor)
	p.Date = o.time()
	p.Article = o.id()
	p.Start = int(o.varint())
	p.ID = o.id()
	return p, o.end(true)
}

// ParseCountPlace reads a [CountPlace.Cursor]. Invalid, with Field "after", for anything else.
func ParseCountPlace(cursor string) (CountPlace, error) {
	var p CountPlace
	o := open(cursor, countCursor)
	p.N = int(o.varint())
	p.Key = string(o.b)
	return p, o.end(false)
}

// ParseHitPlace reads a [HitPlace.Cursor]. Invalid, with Field "after", for anything else.
func ParseHitPlace(cursor string) (HitPlace, error) {
	var p HitPlace
	o := open(cursor, hitCursor)
	p.Claim = o.byte() == 1
	p.Articles = int(o.varint())
	p.Date = o.time()
	p.ID = o.id()
	p.Name = string(o.b)
	return p, o.end(false)
}

func seal(b []byte) string {
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
	return base64.RawURLEncoding.EncodeToString(b)
}

// opened is a cursor that is being read; bad sticks.
type opened struct {
	b   []byte
	bad bool
}

func open(cursor string, kind byte) *opened {
	b, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err != nil || len(b) < 5 || b[0] != kind || strings.ContainsAny(cursor, "\r\n") || // the decoder passes over line ends
		crc32.ChecksumIEEE(b[:len(b)-4]) != binary.BigEndian.Uint32(b[len(b)-4:]) {
		return &opened{bad: true}
	}
	return &opened{b: b[1 : len(b)-4]}
}

func (o *opened) byte() byte {
	if len(o.b) == 0 {
		o.bad = true
		return 0
	}
	c := o.b[0]
	o.b = o.b[1:]
	return c
}

func (o *opened) varint() int64 {
	v, n := binary.Varint(o.b)
	if n <= 0 {
		o.bad = true
		return 0
	}
	o.b = o.b[n:]
	return v
}

func (o *opened) time() time.Time { return time.Unix(o.varint(), 0).UTC() }

func (o *opened) id() (id ID) {
	if len(o.b) < len(id) {
		o.bad = true
		return id
	}
	o.b = o.b[copy(id[:], o.b):]
	return id
}

func (o *opened) end(empty bool) error {
	if o.bad || empty && len(o.b) > 0 {
		return &Error{Op: "graph.Cursor", Code: Invalid, Field: "after", Err: errors.New("not a cursor of this read")}
	}
	return nil
}
