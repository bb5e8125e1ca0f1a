package page

import (
	"regexp"
	"strings"
	"unicode"
)

// residue matches a whole line that a page's machinery, not its writer, put below an article.
var residue = regexp.MustCompile(`(?i)^(?:` + strings.Join([]string{
	`source(?: link|: ?link| url)?`,
	`(?:read|see|show|learn|find out) (?:the )?(?:more|full (?:story|article)|original(?: article| story)?)(?: here| at .{0,60}| on .{0,60})?`,
	`(?:click|tap|go) here(?: (?:to|for) .{0,60})?`,
	`continue reading(?: .{0,60})?`,
	`(?:share|tweet|print|email|save|like|follow)(?: (?:this|us|it)(?: .{0,40})?)?`,
	`share (?:on|via) .{0,40}`,
	`advertisements?|sponsored(?: content)?|story continues below(?: advertisement)?`,
	`(?:related|recommended|trending|more)(?: (?:articles|stories|news|posts|topics|content|from .{0,40}))?`,
	`(?:view|leave|post|add)(?: a| all)? comments?(?: \(\d+\))?|\d+ comments?`,
	`(?:sign up|subscribe)(?: .{0,80})?`,
	`all rights reserved|(?:copyright|©|\(c\)) .{0,100}`,
	`back to top|skip to (?:main )?content|close|loading`,
}, "|") + `)\s*[.!…:»›>→]*$`)

// longestResidue bounds the line that may be residue, in bytes: longer ones are prose.
const longestResidue = 120

// trimResidue cuts white space and lines of residue from the end of s, and nothing else: what stays
// keeps its offsets. A text that is all residue stays as it is.
func trimResidue(s string) string {
	s = strings.TrimRightFunc(s, unicode.IsSpace)
	for t := s; ; {
		at := strings.LastIndexByte(t, '\n')
		last := strings.TrimSpace(t[at+1:])
		if at < 0 || len(last) > longestResidue || !residue.MatchString(last) {
			return t
		}
		t = strings.TrimRightFunc(t[:at], unicode.IsSpace)
		if t == "" {
			return s
		}
	}
}
