package page_test

import (
	"strings"
	"testing"

	"saidgraph/loaders/page"
	"saidgraph/loaders/source"
)

func TestWire(t *testing.T) {
	const text = "The mayor of Elm City said on Tuesday that the bridge will stay closed for the winter.\nThe Associated Press reported in May that the city had known of the crack, and Reuters saw the letter."
	tests := []struct{ name, byline, text, want string }{
		{"an outlet's own", "Ann Lee", text, ""},
		{"AP by its head", "", "WASHINGTON (AP) — " + text, "AP"},
		{"AP below headline and byline", "", "Bridge stays closed\nBy ANN LEE\nELM CITY, Ill. (AP) - " + text, "AP"},
		{"Reuters by its head", "", "LONDON, July 19 (Reuters) - " + text, "Reuters"},
		{"AFP by its head", "", "Paris (AFP) – " + text, "AFP"},
		{"UPI", "", "July 19 (UPI) -- " + text, "UPI"},
		{"Xinhua", "", "BEIJING, July 19 (Xinhua) -- " + text, "Xinhua"},
		{"Canadian Press", "", "OTTAWA — " + text + "\nThis report by The Canadian Press was first published July 19, 2025.", ""},
		{"press release", "", "ELM CITY, Ill., July 19, 2025 /PRNewswire/ -- " + text, "PR Newswire"},
		{"business wire", "", "ELM CITY, Ill.--(BUSINESS WIRE)--" + text, "Business Wire"},
		{"by byline", "ANN LEE, Associated Press", text, "AP"},
		{"by byline with the code", "Ann Lee | AP", text, "AP"},
		{"byline is the code", "AP", text, "AP"},
		{"Reuters Staff", "Reuters Staff", text, "Reuters"},
		{"AFP byline", "By AFP", text, "AFP"},
		{"letters of a name", "AP Dhillon", text, ""},
		{"a place", "Ann Lee, Harrisburg, PA", text, ""},
		{"Reuters by its end", "", text + "\n(Reporting by Ann Lee in Elm City; Editing by Bo Chen)", "Reuters"},
		{"signed", "", text + "\n— Reuters", "Reuters"},
		{"copyright", "", text + "\nCopyright 2025 The Associated Press. All rights reserved.", "AP"},
		{"only contributed", "Ann Lee", text + "\nThe Associated Press contributed to this report.", ""},
		{"brackets elsewhere", "", text + "\nThe Association of Pilots (AP) - not the agency - agreed.", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, err := page.Read(source.Raw{Byline: tt.byline, Text: tt.text})
			if err != nil || a.Wire != tt.want {
				t.Errorf("got %q, %v; want %q", a.Wire, err, tt.want)
			}
		})
	}
	html := "<!doctype html><title>x</title><script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Bridge\",\"creditText\":\"Reuters\"}</script><article><p>" + strings.ReplaceAll(text, "\n", "<p>") + "</article>"
	if a, err := page.Read(source.Raw{HTML: []byte(html)}); err != nil || a.Wire != "Reuters" {
		t.Errorf("credit of a page: got %q, %v; want Reuters", a.Wire, err)
	}
}
