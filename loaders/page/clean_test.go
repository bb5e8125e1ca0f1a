package page_test

import (
	"strings"
	"testing"

	"saidgraph/loaders/page"
	"saidgraph/loaders/source"
)

// Paragraphs in the middle of an article: those that its machinery put there, and those that only begin like them.
func TestAsides(t *testing.T) {
	const before = `<p>The mayor of Elm City said on Tuesday that the bridge, which carries 11,000 cars a day, will stay closed for the winter.</p>`
	const after = `<p>“Nobody should expect otherwise,” she told the council, which had voted against her plan in the spring.</p>`
	gone := []string{
		`Read more: What the budget holds`, `<b>RELATED:</b> <a href=x>Bridge passes its inspection</a>`, `<a href=x>Bridge passes its inspection</a>`,
		`Sign up for our newsletter to get the news in your inbox.`, `Want more? Subscribe to our morning briefing.`, `Advertisement`, `Story continues below advertisement`,
		`Photo: Sam Ortiz`, `(Photo by Sam Ortiz/Harbor Ledger)`, `Getty Images`, `Updated July 19, 2025 at 5:15 p.m.`, `July 19, 2025`, `4 min read`, `Share`, `Facebook Twitter Email`,
		`By Ann Lee`, `Follow Ann Lee on X: @annlee`, `We use cookies to make this site better.`, `Filed under: bridges`, `***`, `Got a tip? Write to us.`,
		`Support our journalism by becoming a member today.`, `[<a href=x>Inside the trial that split the state</a>]`, `Watch: The moment the bridge was closed`,
	}
	stay := []string{
		`Officials urged residents to sign up for emergency alerts.`, `Support for the measure fell to 40 percent.`, `Published in 2019, the report found no cracks.`,
		`More: he wants the money back.`, `Follow the money, he said, and you will find who paid.`, `By Friday, she had changed her mind.`, `Contact between the two had ended, Keller said.`,
		`<a href=x>“I never saw that letter,” Keller said.</a>`, `The council uses cookies and coffee to bring people in, she joked.`, `July was worse.`, `Share prices fell.`,
		`Join us, she told the workers, and we will win.`, `Photos of the pier were published last week.`,
	}
	for _, p := range gone {
		if got := readProse(t, before+"<p>"+p+"</p>"+after); strings.Count(got, "\n\n") != 1 {
			t.Errorf("%s: got %q, want it gone", p, got)
		}
	}
	for _, p := range stay {
		if got := readProse(t, before+"<p>"+p+"</p>"+after); strings.Count(got, "\n\n") != 2 {
			t.Errorf("%s: got %q, want it to stay", p, got)
		}
	}
}

func readProse(t *testing.T, html string) string {
	t.Helper()
	a, err := page.Read(source.Raw{From: "f", HTML: []byte("<!doctype html><title>Bridge</title><article>" + html + "</article>")})
	if err != nil {
		t.Error(err)
	}
	return a.Text
}
