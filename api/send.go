package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

// send writes an answer. A tag of its bytes lets a client ask again for the price of a 304; nothing is
// kept without asking, since a load may change any answer at any moment.
func send(c *gin.Context, r route, out any) {
	var body bytes.Buffer
	enc := json.NewEncoder(&body)
	enc.SetEscapeHTML(false) // the type is JSON and nosniff is set; quotes stay readable
	if err := enc.Encode(out); err != nil {
		fail(c, problemOf(http.StatusInternalServerError, "", "the answer could not be encoded"))
		return
	}
	if r.volatile {
		c.Header("Cache-Control", "no-store")
		c.Data(http.StatusOK, "application/json", body.Bytes())
		return
	}
	c.Header("Cache-Control", "private, no-cache")
	sendTagged(c, "application/json", body.Bytes())
}

// sendTagged answers 304 where the client holds these bytes already. The tag is weak because the
// bytes on the wire may be compressed.
func sendTagged(c *gin.Context, kind string, body []byte) {
	sum := sha256.Sum256(body)
	tag := `W/"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
	c.Header("ETag", tag)
	for _, held := range strings.Split(c.GetHeader("If-None-Match"), ",") {
		if held = strings.TrimSpace(held); held == tag || held == "*" {
			c.Status(http.StatusNotModified)
			return
		}
	}
	c.Data(http.StatusOK, kind, body)
}
