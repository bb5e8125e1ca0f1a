package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// ascii gives each ASCII byte its class: s space, l lower-case letter, u capital, d digit, c control, x the rest.
const ascii = "ccccccccc" + "sssss" + "cccccccccccccccccc" + "s" +
	"xxxxxxxxxxxxxxx" + "dddddddddd" + "xxxxxxx" +
	"uuuuuuuuuuuuuuuuuuuuuuuuuu" + "xxxxxx" +
	"llllllllllllllllllllllllll" + "xxxx" + "c"

// classAt returns the class and the length of the character at byte i, which must be in range.
// Beyond ASCII: letters without case are l, combining marks m, bytes that are no UTF-8 c.
func classAt(s string, i int) (byte, int) {
	if b := s[i]; b < utf8.RuneSelf {
		return ascii[b], 1
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	return classOf(r, n), n
}

func classOf(r rune, n int) byte {
	switch {
	case r == utf8.RuneError && n == 1:
		return 'c'
	case 0x2010 <= r && r <= 0x2027: // dashes, quotation marks, the ellipsis
		return 'x'
	case invisible(r) || unicode.IsSpace(r):
		return 's'
	case unicode.IsUpper(r):
		return 'u'
	case unicode.IsLetter(r):
		return 'l'
	case unicode.IsMark(r):
		return 'm'
	case unicode.IsDigit(r):
		return 'd'
	}
	return 'x'
}

// invisible characters stand between tokens like white space: zero-width space, byte-order mark, direction marks.
func invisible(r rune) bool {
	return r == 0xFEFF || r == 0x200B || r == 0x200E || r == 0x200F || 0x202A <= r && r <= 0x202E || r == 0x2060
}

func wordy(c byte) bool { return c == 'l' || c == 'u' || c == 'd' || c == 'm' }

func letter(c byte) bool { return c == 'l' || c == 'u' }

// lower returns s in lower case, byte for byte as long.
func lower(s string) string {
	for i := 0; i < len(s); i++ {
		if b := s[i]; b >= utf8.RuneSelf || 'A' <= b && b <= 'Z' {
			return lowerFrom(s, i)
		}
	}
	return s
}

func lowerFrom(s string, i int) string {
	out := make([]byte, len(s))
	copy(out, s[:i])
	for i < len(s) {
		b := s[i]
		if b < utf8.RuneSelf {
			if 'A' <= b && b <= 'Z' {
				b += 'a' - 'A'
			}
			out[i] = b
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if l := unicode.ToLower(r); l != r && utf8.RuneLen(l) == n {
			utf8.EncodeRune(out[i:], l)
		} else {
			copy(out[i:], s[i:i+n])
		}
		i += n
	}
	return string(out)
}

// hardWrapped says whether the text breaks its lines at a fixed width, so that a single line break ends no paragraph.
func hardWrapped(s string) bool {
	const widest, few = 120, 3
	single, soft, line := 0, 0, 0
	for at := 0; at < len(s); {
		n := strings.IndexByte(s[at:], '\n')
		if n < 0 {
			break
		}
		if n > widest {
			return false
		}
		at += n + 1
		line++
		if at >= len(s) || n == 0 || s[at] == '\n' || s[at] == '\r' {
			continue
		}
		single++
		if 'a' <= s[at] && s[at] <= 'z' {
			soft++
		}
	}
	return single >= few && soft*3 >= single
}
