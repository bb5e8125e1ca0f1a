package graph

import "errors"

// Code says what kind of error it is; the API maps it to an HTTP status in one table.
type Code string

const (
	NotFound    Code = "not_found"
	Invalid     Code = "invalid"     // the caller's fault: a bad batch, filter or cursor
	Unavailable Code = "unavailable" // the store can't be reached now; trying again may help
	Conflict    Code = "conflict"    // another writer holds it
	Internal    Code = "internal"
)

// Error is an error of the domain. Field names what was wrong in the caller's input, where it was that.
type Error struct {
	Op    string // "sqlite.Apply"
	Code  Code
	Field string
	Err   error
}

func (e *Error) Error() string {
	s := e.Op
	if e.Field != "" {
		s += ": " + e.Field
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	} else {
		s += ": " + string(e.Code)
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

// CodeOf returns the code of the first Error in err's chain, Internal for any other error, "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}
