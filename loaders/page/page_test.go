package page_test

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"saidgraph/loaders/page"
	"saidgraph/loaders/source"
)

func TestText(t *testing.T) {
	wrapped := "The mayor of the city said on Tuesday that the bridge will be\nclosed for repairs, and that nobody should expect it to be opened\nbefore the winter.\n\nThe council, which had voted against the plan in the spring, will\nmeet again on Friday to hear those who live by the river.\n"
	tests := []struct{ name, in, want string }{
		{"as it is", "One.\nTwo.", "One.\nTwo."},
		{"line ends", "One.\r\nTwo.\rThree.\u2028Four.", "One.\nTwo.\nThree.\nFour."},
		{"control characters", "a\x00b\x1b[31mc\u0085d\te", "a b [31mc d\te"},
		{"invalid bytes", "a\xffb", "a\uFFFDb"},
		{"source link", "One.\nTwo.\nSource link", "One.\nTwo."},
		{"several lines of residue", "One.\n\nRead more: \nShare this article\nAdvertisement\n\n", "One."},
		{"residue with its arrow", "One.\nRead the full story »\n", "One."},
		{"comments", "One.\n12 comments", "One."},
		{"residue in the middle stays", "One.\nRead more\nTwo.", "One.\nRead more\nTwo."},
		{"prose that begins like residue", "One.\nMore than 20 people came, she said.", "One.\nMore than 20 people came, she said."},
		{"follow as prose", "One.\nFollow the money, he said, and you will find who paid for it all these years.", "One.\nFollow the money, he said, and you will find who paid for it all these years."},
		{"only residue", "Read more", "Read more"},
		{"hard wrap", wrapped, strings.TrimSpace(strings.NewReplacer("be\nc", "be c", "opened\nb", "opened b", "will\nm", "will m").Replace(wrapped))},
		{"verse is no wrap", "Roses are red,\nViolets are blue,\nSugar is sweet,\nAnd so are you.\n\nEnd.", "Roses are red,\nViolets are blue,\nSugar is sweet,\nAnd so are you.\n\nEnd."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := page.Text(tt.in); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestTitle(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"headline", "Council closes bridge\nThe council said …", "Council closes bridge"},
		{"a sentence", "The council closed the bridge.\nMore.", "The council closed the bridge."},
		{"a long sentence", "The council of the city closed the bridge over the river on Tuesday, and nobody knows for how long.\nMore.", "The council of the city closed the bridge over the river on Tuesday, and nobody…"},
		{"one line", "No", "No"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := page.Title(tt.in); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestCanonical(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{" https://Example.ORG/A/b?x=1#top ", "https://example.org/A/b?x=1"},
		{"HTTPS://example.org", "https://example.org/"},
		{"https://example.org:443/a", "https://example.org/a"},
		{"http://example.org:8080/a", "http://example.org:8080/a"},
		{"https://example.org/a?utm_source=x&id=3&fbclid=y&UTM_medium=z", "https://example.org/a?id=3"},
		{"https://name:secret@example.org/a", "https://example.org/a"},
		{"https://en.wikinews.org/wiki/Taxes%2C_day", "https://en.wikinews.org/wiki/Taxes%2C_day"},
	}
	for _, tt := range tests {
		if got, err := page.Canonical(tt.in); got != tt.want || err != nil {
			t.Errorf("Canonical(%q): got %q, %v; want %q", tt.in, got, err, tt.want)
		}
	}
	for _, in := range []string{"javascript:alert(1)", "ftp://example.org/a", "example.org/a", "/a", "http://", "https://exa mple/", "gum/GUM_news"} {
		if got, err := page.Canonical(in); err == nil {
			t.Errorf("Canonical(%q): got %q, want an error", in, got)
		}
	}
}

func TestRead(t *testing.T) {
	raw := source.Raw{From: "f", Line: 3, Title: " A\n\x1btitle ", Text: "One.\r\n", Outlet: "The\tPost"}
	got, err := page.Read(raw)
	if want := (page.Article{Title: "A title", Outlet: "The Post", Text: "One."}); err != nil || got != want {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
	for field, raw := range map[string]source.Raw{
		"date": {From: "f", Line: 3, Text: "One.", Date: "soon"},
		"url":  {From: "f", Line: 3, Text: "One.", URL: "mailto:a@b"},
		"text": {From: "f", Line: 3, Text: "\x01\n"},
	} {
		_, err := page.Read(raw)
		var e *source.Error
		if !errors.As(err, &e) || e.Field != field || e.From != "f" || e.Line != 3 {
			t.Errorf("%s: got %v, want an error that names field, file and line", field, err)
		}
	}
}

// The text is UTF-8 without control characters, and but for line ends a prefix of the given one in length and words.
func FuzzText(f *testing.F) {
	f.Add("The mayor of the city said on Tuesday that the bridge\nwill be closed for repairs, and that nobody should\nexpect it to be opened before the winter comes to\nthe valley.\n\nSource link")
	f.Add("a\r\nb\rc\x00")
	f.Fuzz(func(t *testing.T, in string) {
		got := page.Text(in)
		if !utf8.ValidString(got) || strings.ContainsFunc(got, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
			t.Fatalf("got %q, want UTF-8 without control characters", got)
		}
		plain := []rune(strings.NewReplacer("\r\n", "\n").Replace(strings.ToValidUTF8(in, "\uFFFD")))
		for i, r := range []rune(got) {
			if i >= len(plain) {
				t.Fatalf("got %q, longer than %q", got, string(plain))
			}
			if r != plain[i] && r != ' ' && r != '\n' {
				t.Fatalf("character %d: got %q, want %q: offsets have moved", i, r, plain[i])
			}
		}
	})
}
