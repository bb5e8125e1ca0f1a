package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Error says why an address was not fetched. None of its fields holds credentials.
type Error struct {
	URL       string
	Status    int // of the server's answer; 0: there was none, or it is not the reason
	Reason    string
	Hint      string // the way out
	Temporary bool   // a later run may succeed

	again bool          // a second try in this run may help
	after time.Duration // how long the server asked to wait
	err   error
}

func (e *Error) Error() string {
	s := e.URL + ": " + e.Reason
	if e.Hint != "" {
		s += " (" + e.Hint + ")"
	}
	return s
}

// Unwrap returns the cause where a caller may ask for it: a context's end, a refused address.
func (e *Error) Unwrap() error { return e.err }

// fail is a lasting failure of u.
func fail(u *url.URL, reason, hint string) *Error {
	return &Error{URL: u.String(), Reason: reason, Hint: hint}
}

func interrupted(u *url.URL, err error) *Error {
	return &Error{URL: u.String(), Reason: "was interrupted", Temporary: true, err: err}
}

// advice for the statuses that a job meets every day.
var advice = map[int]string{
	http.StatusUnauthorized:               "it wants a login",
	http.StatusPaymentRequired:            "it wants a subscription",
	http.StatusForbidden:                  "the site refuses this client; ask its owner",
	http.StatusNotFound:                   "the page is gone, or the address is wrong",
	http.StatusGone:                       "the page is gone for good",
	http.StatusTooManyRequests:            "call it less often",
	http.StatusUnavailableForLegalReasons: "it may not be read from here",
}

func statusError(u *url.URL, status int, retryAfter string, now time.Time) *Error {
	e := &Error{URL: u.String(), Status: status, Hint: advice[status]}
	e.Reason = "answered " + strings.TrimSpace(strconv.Itoa(status)+" "+http.StatusText(status))
	switch {
	case status == http.StatusRequestTimeout || status == http.StatusTooManyRequests:
		e.again = true
	case status >= 500 && status != http.StatusNotImplemented && status != http.StatusHTTPVersionNotSupported:
		e.again = true
	}
	e.Temporary = e.again
	if e.again {
		if e.after = after(retryAfter, now); e.after > 0 {
			e.Hint = "it asks to be left alone for " + e.after.Round(time.Second).String()
		}
	}
	return e
}

// longestAfter bounds Retry-After: a server that says "in a year" is asked again tomorrow.
const longestAfter = 24 * time.Hour

// after reads Retry-After: seconds, or a date.
func after(s string, now time.Time) time.Duration {
	s = strings.TrimSpace(s)
	if n, err := strconv.ParseUint(s, 10, 31); err == nil {
		return min(time.Duration(n)*time.Second, longestAfter)
	}
	t, err := http.ParseTime(s)
	if err != nil || !t.After(now) {
		return 0
	}
	return min(t.Sub(now), longestAfter)
}

// persist tries until it succeeds, or nothing more can help.
func (c *Client) persist(ctx context.Context, u *url.URL, try func() (*Response, *Error)) (*Response, *Error) {
	for n := 0; ; n++ {
		resp, bad := try()
		if bad == nil || !bad.again || n >= c.retries() {
			return resp, bad
		}
		wait := bad.after
		if wait == 0 {
			wait = c.backOff(n)
		}
		if wait > c.maxWait() {
			return nil, bad
		}
		if err := c.sleep(ctx, wait); err != nil {
			return nil, interrupted(u, err)
		}
	}
}

// backOff is the wait behind a try, counted from 0: it doubles from a second, and the upper half of it is left to
// chance, so that many clients don't come back together.
func (c *Client) backOff(try int) time.Duration {
	wait := min(time.Second<<min(try, 20), c.maxWait())
	return wait/2 + time.Duration(c.random()*float64(wait/2))
}

// networkError says in a user's words what the network did. ctx is the caller's, to tell its end from a timeout of ours.
func networkError(ctx context.Context, u *url.URL, err error) *Error {
	if ctx.Err() != nil {
		return interrupted(u, ctx.Err())
	}
	e := fail(u, "", "")
	var private *privateError
	var dns *net.DNSError
	var cert *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	var timeout net.Error
	switch {
	case errors.As(err, &private):
		e.Reason, e.Hint, e.err = private.Error(), privateHint, private
	case errors.As(err, &dns) && dns.IsNotFound:
		e.Reason, e.Temporary = "names a host that nobody knows", true
	case errors.As(err, &dns):
		e.Reason, e.Temporary, e.again = "names a host that could not be looked up", true, true
	case errors.As(err, &cert):
		e.Reason, e.Hint = "has no valid certificate: "+short(cert.Err.Error()), "the site must mend it"
	case errors.As(err, &record), errors.As(err, &alert):
		e.Reason, e.Hint = "does not speak TLS as we do", "is it an http address?"
	case errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, context.DeadlineExceeded):
		e.Reason, e.Temporary, e.again = "took too long to answer", true, true
	case errors.Is(err, syscall.ECONNREFUSED):
		e.Reason, e.Temporary = "refuses the connection", true
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		e.Reason, e.Temporary, e.again = "broke the connection off", true, true
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		e.Reason, e.Temporary = "can't be reached from here", true
	default:
		e.Reason, e.Temporary = "did not answer as HTTP says: "+short(err.Error()), true
	}
	return e
}

// short makes one line of what a library, or the server through it, has to say.
func short(s string) string { return fmt.Sprintf("%.160s", strings.Join(strings.Fields(s), " ")) }
