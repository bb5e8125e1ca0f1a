package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"saidgraph/graph"
	"saidgraph/queries"
)

// Problem is the body of every error, as application/problem+json (RFC 9457). Type is "about:blank"
// throughout: the status says the kind, the members below what is to be mended.
type Problem struct {
	Type        string              `json:"type"`
	Title       string              `json:"title"`
	Status      int                 `json:"status"`
	Detail      string              `json:"detail,omitempty"`
	Field       string              `json:"field,omitempty"`       // the parameter that was wrong
	Accepted    []string            `json:"accepted,omitempty"`    // the parameters, or values of Field, that would be right
	Suggestions []queries.Candidate `json:"suggestions,omitempty"` // those whose names are near an unknown one
	Span        *graph.Span         `json:"span,omitempty"`        // of the word at fault, in code points of the question
}

func (p *Problem) Error() string { return p.Detail }

// statusClientGone is nginx's 499: only the log sees it, the client has hung up.
const statusClientGone = 499

// statusOf is the one table from error codes to HTTP.
func statusOf(code graph.Code) int {
	switch code {
	case graph.NotFound:
		return http.StatusNotFound
	case graph.Invalid:
		return http.StatusBadRequest
	case graph.Conflict:
		return http.StatusConflict
	case graph.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

func problemOf(status int, field, detail string) *Problem {
	return &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail, Field: field}
}

// invalid is a 400 whose detail reads on from the field: "limit: is a whole number from 1 to 50".
func invalid(field, detail string) *Problem {
	if field != "" {
		detail = field + ": " + detail
	}
	return problemOf(http.StatusBadRequest, field, detail)
}

// problemFor says of an error what a caller may know: its reason where the caller can act on it, nothing of the inside.
func problemFor(err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	var syntax *queries.SyntaxError
	if errors.As(err, &syntax) {
		p = invalid(syntax.Field, syntax.Error())
		p.Detail = syntax.Error() // it names the field itself
		if syntax.Span.End > 0 {
			p.Span = &syntax.Span
		}
		return p
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return problemOf(http.StatusServiceUnavailable, "", "the answer took too long")
	}
	status := statusOf(graph.CodeOf(err))
	var e *graph.Error
	if !errors.As(err, &e) || status >= 500 {
		detail := "the answer could not be made"
		if status == http.StatusServiceUnavailable {
			detail = "the store can't be reached now; try again"
		}
		return problemOf(status, "", detail)
	}
	p = problemOf(status, e.Field, "")
	p.Detail = http.StatusText(status)
	if e.Err != nil {
		p.Detail = e.Err.Error()
	}
	if e.Field != "" {
		p.Detail = e.Field + ": " + p.Detail
	}
	return p
}

// fail writes the problem and ends the request.
func fail(c *gin.Context, p *Problem) {
	body, err := json.Marshal(p)
	if err != nil { // a struct of strings cannot fail to encode
		body = []byte(`{"type":"about:blank","title":"Internal Server Error","status":500}`)
	}
	if p.Status == http.StatusServiceUnavailable {
		c.Header("Retry-After", "5")
	}
	c.Header("Cache-Control", "no-store")
	c.Abort()
	c.Data(p.Status, "application/problem+json", append(body, '\n'))
}
