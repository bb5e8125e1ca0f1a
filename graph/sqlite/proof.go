package sqlite

import (
	"encoding/binary"
	"errors"

	"saidgraph/graph"
)

// A proof is what an edge knows beyond the columns that reads restrict: role and evidence, as length-prefixed strings
// and runs of varints, in the order of appendProof. The quote is left out where it is the claim's text.
func appendProof(b []byte, e *graph.Edge, claimText string) []byte {
	ev := &e.Evidence
	b = appendSpans(b, ev.Spans)
	if ev.Quote == claimText {
		b = append(b, 1)
	} else {
		b = appendString(append(b, 0), ev.Quote)
	}
	b = appendString(b, e.Role)
	b = appendString(b, ev.Cue)
	b = appendSpans(b, ev.CueSpans)
	b = appendString(b, ev.Surface)
	b = appendSpans(b, one(ev.SurfaceSpan))
	b = appendString(b, ev.Target)
	b = appendSpans(b, one(ev.TargetSpan))
	return appendString(b, ev.Engine)
}

// readProof fills in e's role and evidence.
func readProof(b []byte, e *graph.Edge, claimText string) error {
	r := reader{b: b}
	ev := &e.Evidence
	ev.Spans = r.spans()
	if r.byte() == 1 {
		ev.Quote = claimText
	} else {
		ev.Quote = r.string()
	}
	e.Role = r.string()
	ev.Cue = r.string()
	ev.CueSpans = r.spans()
	ev.Surface = r.string()
	ev.SurfaceSpan = first(r.spans())
	ev.Target = r.string()
	ev.TargetSpan = first(r.spans())
	ev.Engine = r.string()
	if r.bad || len(r.b) > 0 {
		return errors.New("the file holds a damaged edge")
	}
	return nil
}

func one(s *graph.Span) []graph.Span {
	if s == nil {
		return nil
	}
	return []graph.Span{*s}
}

func first(s []graph.Span) *graph.Span {
	if len(s) == 0 {
		return nil
	}
	return &s[0]
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// appendSpans writes their number, then gaps and lengths.
func appendSpans(b []byte, spans []graph.Span) []byte {
	b = binary.AppendUvarint(b, uint64(len(spans)))
	at := 0
	for _, s := range spans {
		b = binary.AppendVarint(b, int64(s.Start-at))
		b = binary.AppendVarint(b, int64(s.End-s.Start))
		at = s.End
	}
	return b
}

func readSpans(b []byte) []graph.Span {
	r := reader{b: b}
	return r.spans()
}

// reader takes a proof apart; bad sticks.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) byte() byte {
	if len(r.b) == 0 {
		r.bad = true
		return 0
	}
	c := r.b[0]
	r.b = r.b[1:]
	return c
}

func (r *reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.bad = true
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) varint() int {
	v, n := binary.Varint(r.b)
	if n <= 0 {
		r.bad = true
		return 0
	}
	r.b = r.b[n:]
	return int(v)
}

func (r *reader) string() string {
	n := r.uvarint()
	if n > uint64(len(r.b)) {
		r.bad = true
		return ""
	}
	s := string(r.b[:n])
	r.b = r.b[n:]
	return s
}

func (r *reader) spans() []graph.Span {
	n := r.uvarint()
	if n == 0 || n > uint64(len(r.b)) { // a span takes two bytes or more
		r.bad = r.bad || n > 0
		return nil
	}
	spans := make([]graph.Span, n)
	at := 0
	for i := range spans {
		spans[i].Start = at + r.varint()
		spans[i].End = spans[i].Start + r.varint()
		at = spans[i].End
	}
	return spans
}
