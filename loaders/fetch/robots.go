package fetch

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// mostRobots is how much of a robots.txt is read: RFC 9309 asks for at least 500 KiB.
const mostRobots = 500 << 10

// robotsHops is how many redirects of a robots.txt are followed (RFC 9309, 2.3.1.2).
const robotsHops = 5

// allowed returns why robots.txt keeps us from u, nil where it does not.
func (c *Client) allowed(ctx context.Context, h *host, u *url.URL) *Error {
	if c.IgnoreRobots {
		return nil
	}
	select {
	case h.gate <- struct{}{}:
	case <-ctx.Done():
		return interrupted(u, ctx.Err())
	}
	defer func() { <-h.gate }()
	if now := c.now(); !now.Before(h.expires) {
		rules, sick := c.robots(ctx, h, u)
		if ctx.Err() != nil {
			return interrupted(u, ctx.Err())
		}
		h.rules, h.sick, h.expires = rules, sick, now.Add(robotsFor)
		if sick != nil {
			h.expires = now.Add(robotsSick)
		} else {
			h.slow(min(rules.delay, c.maxWait()))
		}
	}
	if h.sick != nil {
		e := *h.sick
		e.URL, e.again, e.after = u.String(), false, 0 // it was tried already
		return &e
	}
	if !h.rules.allow(u) {
		return fail(u, "is forbidden to robots by the site's robots.txt", "ask the site's owner")
	}
	return nil
}

// robots reads the robots.txt of u's host. Without one (4xx, too many redirects) all is allowed. While it can't be read
// (5xx, 429, no connection) nothing is, and the reason is returned.
func (c *Client) robots(ctx context.Context, h *host, u *url.URL) (*rules, *Error) {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	resp, bad := c.persist(ctx, u, func() (*Response, *Error) {
		h, at := h, at
		for range robotsHops + 1 {
			resp, next, bad := c.exchange(ctx, h, at, Visit{}, bodyLimit{mostRobots, true})
			if bad != nil || next == nil {
				return resp, bad
			}
			h, at = c.host(next), next
		}
		return &Response{}, nil
	})
	var private *privateError
	switch {
	case bad == nil:
		return parseRobots(string(resp.Body), product), nil
	case bad.Status >= 400 && bad.Status < 500 && !bad.Temporary:
		return &rules{}, nil
	case errors.As(bad, &private): // as true of the page
		return nil, bad
	}
	bad.Reason = "may be forbidden: its site's robots.txt " + bad.Reason
	bad.Temporary = true
	return nil, bad
}

// rules are the lines of a robots.txt that are meant for us. The zero value allows all.
type rules struct {
	lines []rule
	delay time.Duration // Crawl-delay
}

type rule struct {
	allow   bool
	pattern string // canonical; "*" stands for any characters, "$" at its end for the address's end
}

// parseRobots reads robots.txt as RFC 9309 says: the groups that name the product, together, else those of "*". A line
// that can't be read is skipped; it does not void the others.
func parseRobots(text, product string) *rules {
	text = strings.TrimPrefix(text, "\ufeff")
	var ours, others rules
	named, inOurs, inOthers, inAgents := false, false, false, false
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		line, _, _ = strings.Cut(line, "#")
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		switch key {
		case "user-agent":
			if !inAgents {
				inOurs, inOthers, inAgents = false, false, true
			}
			if value == "*" {
				inOthers = true
			} else if strings.EqualFold(productToken(value), product) {
				inOurs, named = true, true
			}
		case "allow", "disallow", "crawl-delay":
			inAgents = false
			if inOurs {
				ours.add(key, value)
			}
			if inOthers {
				others.add(key, value)
			}
		}
	}
	if named {
		return &ours
	}
	return &others
}

// productToken is the part of a user-agent line that names a crawler (RFC 9309, 2.2.1).
func productToken(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '_' && r != '-'
	})
	if end < 0 {
		return s
	}
	return s[:end]
}

// add takes one line of a group.
func (r *rules) add(key, value string) {
	if key == "crawl-delay" {
		if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 {
			r.delay = time.Duration(min(s, 1e6) * float64(time.Second))
		}
	} else if value != "" {
		r.lines = append(r.lines, rule{key == "allow", canonicalPath(value)})
	}
}

// allow judges an address by the longest rule that matches it; where two are as long, the one that allows.
func (r *rules) allow(u *url.URL) bool {
	path := u.EscapedPath()
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	path = canonicalPath(path)
	if path == "/robots.txt" {
		return true
	}
	longest, allow := -1, true
	for _, line := range r.lines {
		if n := len(line.pattern); n < longest || n == longest && (allow || !line.allow) {
			continue
		}
		if matches(line.pattern, path) {
			longest, allow = len(line.pattern), line.allow
		}
	}
	return allow
}

// matches takes time linear in both: what lies between two stars is searched for once, from where the last was found.
func matches(pattern, path string) bool {
	pattern, anchored := strings.CutSuffix(pattern, "$")
	first, rest, starred := strings.Cut(pattern, "*")
	path, ok := strings.CutPrefix(path, first)
	if !ok || !starred {
		return ok && (!anchored || path == "")
	}
	for {
		part, more, starred := strings.Cut(rest, "*")
		if !starred {
			if anchored {
				return strings.HasSuffix(path, part)
			}
			return strings.Contains(path, part)
		}
		at := strings.Index(path, part)
		if at < 0 {
			return false
		}
		path, rest = path[at+len(part):], more
	}
}

// canonicalPath writes a path, or a rule, in one spelling (RFC 9309, 2.2.2): percent signs in front of what must have
// one and of nothing else, with upper-case digits.
func canonicalPath(s string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c, escaped := s[i], false
		if c == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				c, escaped = byte(n), true
				i += 2
			}
		}
		plain := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
		if plain || !escaped && c > ' ' && c < 0x7f {
			b.WriteByte(c)
		} else {
			b.WriteByte('%')
			b.WriteByte(digits[c>>4])
			b.WriteByte(digits[c&15])
		}
	}
	return b.String()
}
