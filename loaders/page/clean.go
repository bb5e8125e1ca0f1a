package page

import (
	"regexp"
	"strings"
	"unicode"
)

// asides match whole paragraphs that a page puts between those of its writer, beyond residue.
var asides = regexp.MustCompile(`(?i)^(?:` + strings.Join([]string{
	`(?:watch|listen|play|pause|mute|video|photos?|gallery|slideshow)(?: (?:live|now|video|below|more))*`,
	`(?:[^.!?:]{0,60}[.!?:] )?(?:please |click here to )?(?:sign up|subscribe|register|join)\b.{0,60}\b(?:newsletters?|inbox|alerts?|updates|briefing|whatsapp|telegram|channel|podcasts?)\b.{0,160}`,
	`(?:[^.!?:]{0,80}[.!?:] )?subscribe (?:for|now|today|here|to)\b.{0,80}`,
	`(?:get in touch|have you been affected|do you have (?:information|more)).{0,200}`,
	`for (?:immediate )?release\b:?.{0,60}`,
	`(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2}|\d{1,2} (?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*),? \d{4}(?:,? (?:at )?\d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?)? ?[a-z]{0,4})?`,
	`(?:copyright|©|\(c\)) .{0,120}(?:all rights reserved|may not be|permission).{0,160}`,
	`(?:get|receive) .{0,80}\b(?:newsletters?|in your inbox)\b.{0,80}`,
	`(?:we|this (?:site|website)|our (?:site|website)|\w+) (?:uses?|and our partners use) cookies.*`,
	`follow .{0,40}\bcoverage\b.{0,120}`,
	`(?:follow|like|find) .{0,60}\bon (?:x|twitter|facebook|instagram|threads|bluesky|linkedin|google news|apple news|whatsapp)\b.{0,80}`,
	`(?:photo|image|picture|video|file photo|photograph|illustration)(?: credit| courtesy| by| illustration)?\s*[:/].{0,120}`,
	`\(?(?:photo|image|picture|photograph)s? (?:by|courtesy(?: of)?|via) .{0,100}\)?`,
	`(?:.{0,60}/\s*)?(?:getty images|ap photo|afp via getty images|reuters|shutterstock|alamy)(?: ?/.{0,60})?`,
	`(?:advertisement|story continues below.{0,40}|article continues (?:below|after).{0,40}|skip advertisement|scroll to continue.{0,40}|ad feedback|this article is free.{0,80})`,
	`\d+ min(?:ute)?s?(?: read)?|\d+ (?:minute|hour|day)s? ago`,
	`(?:print|email|copy link|link copied|save|comment|share|tweet|pin it|reddit|facebook|whatsapp|linkedin|bookmark|gift article|listen to (?:this )?article)(?:[\s,|·]+(?:print|email|copy link|save|comments?|share|tweet|pin it|reddit|facebook|twitter|whatsapp|linkedin|bookmark|x))*`,
	`(?:have|got) (?:a )?(?:news )?(?:tip|story)\?.{0,160}`,
	`(?:tags?|topics?|filed under|categories|keywords)\s*:.{0,200}`,
	`(?:support (?:us|our (?:journalism|work)|independent|local (?:news|journalism))|donate to|become a (?:member|subscriber))\b.{0,160}`,
	`contact (?:the (?:author|reporter|writer)|us|.{0,40}@).{0,120}`,
	`.{0,60}can be reached at .{0,100}@.{0,60}`,
	`-?30-?|###|\* \* \*|\*{3,}|_{3,}|-{3,}|•+`,
}, "|") + `)[.!…:»›>→]*$`)

// teasers match what leads to another article, or dates the page, when it is no sentence with its stop.
var teasers = regexp.MustCompile(`(?i)^\W?(?:` + strings.Join([]string{
	`(?:read|see|watch|listen|more|(?:read|see|learn|find out) more|also read|read also|read next|don['’]t miss|related(?: story| article| coverage| news)?|recommended(?: reading)?|most read|up next|must read|in case you missed it|editor['’]s picks?|from the archives)\s*[:|–—»].*`,
	`(?:published|updated|posted|last updated|first published|modified)(?: on| at)?:? .{0,60}\d.{0,40}`,
}, "|") + `)$`)

// longestAside bounds the paragraph that may be an aside, in bytes.
const longestAside = 300

// read is what the body of a page gives.
type read struct {
	text    string // paragraphs, parted by empty lines
	byline  string // that the text begins with, "" where it does not
	dropped string // lines about the copyright: who else has it is said there
}

// clean returns the paragraphs of the article: without the headline again, the byline, links to other articles, and asides.
func clean(ps []paragraph, a Article) read {
	var r read
	var out []paragraph
	var dropped strings.Builder
	for _, p := range ps {
		if len(out) == 0 {
			p.text, r.byline = behead(p.text, r.byline, a)
		}
		switch {
		case p.text == "":
		case isAside(p, a):
			if strings.ContainsAny(p.text, "©") || strings.Contains(strings.ToLower(p.text), "copyright") {
				dropped.WriteString(p.text + "\n")
			}
		default:
			out = append(out, p)
		}
	}
	for len(out) > 0 && out[len(out)-1].title { // a heading of what was left out
		out = out[:len(out)-1]
	}
	r.text, r.dropped = join(out), dropped.String()
	return r
}

// behead cuts headline and byline, a line each, from the paragraphs that an article begins with.
func behead(s, byline string, a Article) (rest, found string) {
	for {
		l, rest, more := strings.Cut(s, "\n")
		l = strings.TrimSpace(l)
		switch {
		case strings.EqualFold(l, a.Title) || len(l) > 10 && strings.HasSuffix(a.Title, l):
		case isByline(l, a.Byline):
			if byline == "" && byWord.MatchString(l) {
				byline = person(l)
			}
		default:
			return s, byline
		}
		if !more {
			return "", byline
		}
		s = rest
	}
}

func isAside(p paragraph, a Article) bool {
	n := len(p.text)
	switch {
	case strings.IndexFunc(p.text, unicode.IsLetter) < 0 && n < 20:
		return true
	case n <= longestAside && (asides.MatchString(p.text) || n <= longestResidue && residue.MatchString(p.text)):
		return true
	case n <= longestAside && (!ends(p.text) || endsInTime(p.text)) && teasers.MatchString(p.text):
		return true
	case isByline(p.text, a.Byline):
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

// endsInTime says whether the full stop at the end of s is that of a time of day.
func endsInTime(s string) bool { return strings.HasSuffix(s, "a.m.") || strings.HasSuffix(s, "p.m.") }

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
