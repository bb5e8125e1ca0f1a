package api

import (
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
)

// observe writes one line a request, and turns a panic into a problem. Query strings stay out of the
// log: they hold what people look for.
func (s *service) observe(c *gin.Context) {
	start := time.Now()
	defer func() {
		if v := recover(); v != nil {
			if err, ok := v.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(v) // net/http's own way to drop a connection
			}
			s.log.LogAttrs(c.Request.Context(), slog.LevelError, "panic",
				slog.String("path", c.Request.URL.Path), slog.Any("panic", v), slog.String("stack", string(debug.Stack())))
			if !c.Writer.Written() {
				fail(c, problemOf(http.StatusInternalServerError, "", "the answer could not be made"))
			}
		}
		s.log.LogAttrs(c.Request.Context(), slog.LevelInfo, "request",
			slog.String("method", c.Request.Method), slog.String("path", c.Request.URL.Path),
			slog.Int("status", c.Writer.Status()), slog.Int("bytes", max(c.Writer.Size(), 0)),
			slog.Duration("took", time.Since(start).Round(time.Microsecond)))
	}()
	c.Next()
}

// policy lets the API's answers load nothing at all, should a browser ever show one as a page.
const policy = "default-src 'none'; frame-ancestors 'none'"

// headers sets what every answer carries, and CORS for the origins that were let in.
func (s *service) headers(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Content-Security-Policy", policy)
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	if len(s.opts.Origins) == 0 {
		return
	}
	h.Add("Vary", "Origin")
	origin := c.GetHeader("Origin")
	switch {
	case origin == "":
		return
	case slices.Contains(s.opts.Origins, "*"):
		h.Set("Access-Control-Allow-Origin", "*")
	case slices.Contains(s.opts.Origins, origin):
		h.Set("Access-Control-Allow-Origin", origin)
	default:
		return
	}
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Access-Control-Expose-Headers", "ETag")
	if c.Request.Method == http.MethodOptions && c.GetHeader("Access-Control-Request-Method") != "" {
		h.Set("Access-Control-Allow-Methods", "GET, HEAD")
		h.Set("Access-Control-Allow-Headers", "Authorization, If-None-Match")
		h.Set("Access-Control-Max-Age", "3600")
		c.AbortWithStatus(http.StatusNoContent)
	}
}

// guard refuses what may not come in: another Host, a body, a huge query, a wrong key.
func (s *service) guard(c *gin.Context) {
	switch r := c.Request; {
	case s.opts.Local && !localHost(r.Host):
		fail(c, problemOf(http.StatusMisdirectedRequest, "", "this server answers only to a loopback host name"))
	case r.ContentLength != 0:
		c.Header("Connection", "close") // the body is not read, so the connection can't be used again
		fail(c, problemOf(http.StatusRequestEntityTooLarge, "", "no request here takes a body"))
	case len(r.URL.RawQuery) > MaxQuery:
		fail(c, problemOf(http.StatusRequestURITooLong, "", "the query string is longer than "+strconv.Itoa(MaxQuery)+" bytes"))
	case (strings.HasPrefix(r.URL.Path, "/v1/") || r.URL.Path == metricsPath) && !s.allowed(r):
		c.Header("WWW-Authenticate", `Bearer realm="saidgraph"`)
		fail(c, problemOf(http.StatusUnauthorized, "", "send an API key: Authorization: Bearer KEY"))
	}
}

// allowed compares the request's key with every key, in time that depends on neither. The pages
// outside /v1 carry no data of the graph, and health checks have no keys.
func (s *service) allowed(r *http.Request) bool {
	if len(s.opts.Keys) == 0 {
		return true
	}
	scheme, key, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	given, ok := sha256.Sum256([]byte(strings.TrimSpace(key))), 0
	for _, k := range s.opts.Keys {
		want := sha256.Sum256([]byte(k))
		if same := subtle.ConstantTimeCompare(given[:], want[:]); k != "" { // an empty key opens nothing
			ok |= same
		}
	}
	return ok == 1 && strings.EqualFold(scheme, "Bearer")
}

func localHost(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	return loopbackHost(strings.Trim(host, "[]"))
}
