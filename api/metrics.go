package api

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// metricsPath asks for a key like /v1 where there are keys; where there are none, only this machine reaches it.
const metricsPath = "/metrics"

// metrics serves what cmd hands in for Prometheus.
func (s *service) metrics(e *gin.Engine) {
	serve := func(c *gin.Context) {
		switch {
		case c.Request.URL.RawQuery != "":
			fail(c, invalid("", "takes no parameters"))
		case s.opts.Metrics == nil:
			fail(c, problemOf(http.StatusNotFound, "", "this server has no metrics"))
		default:
			c.Header("Cache-Control", "no-store")
			s.opts.Metrics.ServeHTTP(c.Writer, c.Request)
		}
	}
	e.GET(metricsPath, serve)
	e.HEAD(metricsPath, serve)
}
