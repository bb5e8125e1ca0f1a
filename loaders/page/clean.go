package page

import (
	"regexp"
	"strings"
	"unicode"
)

// asides match whole paragraphs that a page puts between those of its writer, beyond residue.
var asides = regexp.MustCompile(`(?i)^(?:` + strings.Join([]string{
	`(?:read|see|watch|listen|more|also read|read also|read next|don't miss|related(?: story| article| coverage| news)?|recommended(?: reading)?|most read|up next|must read|in case you missed it|editor's picks?|from the archives)\s*(?::|\||–|—|»).*`,
	`(?:watch|listen|play|pause|mute|video|photos?|gallery|slideshow)(?: (?:live|now|video|below|more))*`,
	`.{0,30}\b(?:sign up|subscribe|register|join)\b.{0,60}\b(?:newsletters?|inbox|alerts?|updates|briefing|whatsapp|telegram|channel|podcasts?)\b.{0,160}`,
	`(?:get|receive) .{0,80}\b(?:newsletters?|inbox|alerts?)\b.{0,80}`,
	`.{0,40}\b(?:we|this (?:site|website)|our (?:site|website)) (?:uses?|and our partners use) cookies.*`,
	`(?:follow|like|find) .{0,60}\bon (?:x|twitter|facebook|instagram|threads|bluesky|linkedin|google news|apple news|whatsapp)\b.{0,80}`,
	`(?:photo|image|picture|video|file photo|photograph|illustration)(?: credit| courtesy| by| illustration)?\s*[:/].{0,120}`,
	`\(?(?:photo|image|picture|photograph)s? (?:by|courtesy(?: of)?|via|from) .{0,100}\)?`,
	`(?:.{0,60}/\s*)?(?:getty images|ap photo|afp via getty images|reuters|shutterstock|alamy)(?: ?/.{0,60})?`,
	`(?:advertisement|story continues below.{0,40}|article continues (?:below|after).{0,40}|skip advertisement|scroll to continue.{0,40}|ad feedback|this article is free.{0,80})`,
	`(?:published|updated|posted|last updated|first published|modified)(?: on| at)?:? .{0,60}\d.{0,40}`,
	`\d+ min(?:ute)?s?(?: read)?|\d+ (?:minute|hour|day)s? ago`,
	`(?:print|email|copy link|link copied|save|comment|share|tweet|pin it|reddit|facebook|whatsapp|linkedin|bookmark|gift article|listen to (?:this )?article)(?:[\s,|·]+(?:print|email|copy link|save|comments?|share|tweet|pin it|reddit|facebook|twitter|whatsapp|linkedin|bookmark|x))*`,
	`(?:have|got) (?:a )?(?:news )?(?:tip|story).{0,160}`,
	`(?:tags?|topics?|filed under|categories|keywords)\s*:.{0,200}`,
	`(?:support|donate to|become a member|become a subscriber).{0,160}`,
	`contact (?:the (?:author|reporter|writer)|us|.{0,40}@).{0,120}`,
	`.{0,60}can be reached at .{0,100}@.{0,60}`,
	`-?30-?|###|\* \* \*|\*{3,}|_{3,}|-{3,}|•+`,
}, "|") + `)[.!…:»›>→]*$`)

// longestAside bounds the paragraph that may be an aside, in bytes.
const longestAside = 300

// clean returns the paragraphs of the article: without the headline again, the byline, links to other articles, and asides.
func clean(ps []paragraph, a Article) []paragraph {
	var out []paragraph
	for _, p := range ps {
		if !isAside(p, a, len(out) == 0) {
			out = append(out, p)
		}
	}
	for len(out) > 0 && out[len(out)-1].title { // a heading of what was left out
		out = out[:len(out)-1]
	}
	return out
}

func isAside(p paragraph, a Article, top bool) bool {
	n := len(p.text)
	switch {
	case strings.IndexFunc(p.text, unicode.IsLetter) < 0 && n < 20:
		return true
	case n <= longestAside && (asides.MatchString(p.text) || n <= longestResidue && residue.MatchString(p.text)):
		return true
	case top && (strings.EqualFold(p.text, a.Title) || isByline(p.text, a.Byline)):
		return true
	case !top && isByline(p.text, a.Byline):
		return true
	}
	// a paragraph or list item that is one link leads to another article; one that is quoted or a sentence with its stop is the writer's
	words := letters(p.text)
	return n <= 200 && p.linked*10 >= words*9 && words > 0 && (p.item || p.title || !ends(p.text))
}

// letters are the bytes of s that are no white space.
func letters(s string) (n int) {
	for _, r := range s {
		if !unicode.IsSpace(r) {
			n += len(string(r))
		}
	}
	return n
}

// ends says whether s ends like a sentence.
func ends(s string) bool {
	s = strings.TrimRight(s, `"'”’)»`)
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?")
}

// isByline says whether a short paragraph is the byline in one of its forms: "By Ann Lee", "Ann Lee | Staff writer".
func isByline(s, byline string) bool {
	if len(s) > 120 {
		return false
	}
	rest := byWord.ReplaceAllString(s, "")
	if rest != s && len(strings.Fields(rest)) <= 8 && !ends(rest) {
		return true
	}
	return byline != "" && len(s) <= len(byline)+60 && strings.HasPrefix(strings.ToLower(rest), strings.ToLower(byline)) && !ends(s)
}
