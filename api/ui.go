package api

import (
	"embed"
	"path"

	"github.com/gin-gonic/gin"
)

//go:embed ui
var pageFiles embed.FS

//go:embed openapi.yaml
var contract []byte

// pagePolicy lets the page load its own files and ask its own server, nothing else; no script or style stands in the markup.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// page serves the files: the page, what it loads, and the contract.
func (s *service) page(e *gin.Engine) {
	files, err := pageFiles.ReadDir("ui")
	if err != nil {
		panic(err) // it is embedded above
	}
	for _, f := range files {
		body, err := pageFiles.ReadFile("ui/" + f.Name())
		if err != nil {
			panic(err)
		}
		at := "/ui/" + f.Name()
		if f.Name() == "index.html" {
			at = "/"
		}
		serve := func(c *gin.Context) {
			c.Header("Content-Security-Policy", pagePolicy)
			c.Header("Cross-Origin-Opener-Policy", "same-origin")
			c.Header("Cache-Control", "no-cache")
			sendTagged(c, kindOf(f.Name()), body)
		}
		e.GET(at, serve)
		e.HEAD(at, serve)
	}
	serve := func(c *gin.Context) {
		if c.Request.URL.RawQuery != "" {
			fail(c, invalid("", "takes no parameters"))
			return
		}
		c.Header("Cache-Control", "no-cache")
		sendTagged(c, "application/yaml", contract)
	}
	e.GET("/openapi.yaml", serve)
	e.HEAD("/openapi.yaml", serve)
}

func kindOf(file string) string {
	switch path.Ext(file) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	return "application/octet-stream"
}
