package source

import (
	"bytes"
	"io"
)

// html reads all of in as one page, in its own charset.
func (r Reader) html(from string, in io.Reader, y yield) bool {
	data, bad := r.all(from, in)
	if bad == nil && len(bytes.TrimSpace(data)) == 0 {
		bad = &Error{From: from, Reason: "is empty"}
	}
	if bad != nil {
		return y(Raw{}, bad)
	}
	return y(Raw{From: from, HTML: data}, nil)
}
