package page_test

import (
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"saidgraph/loaders/page"
	"saidgraph/loaders/source"
)

// Each of the hostile files ends in an article or a reason, in bounded time and memory. The address is where the page came from.
func TestHostile(t *testing.T) {
	tests := []struct {
		file, url string
		want      []string // "title | date | address | the text's beginning", or the reason's; only the last two documents
	}{
		{"nested-divs.html.gz", "", []string{"The mayor of Elm City said on Tuesday that the bridge will stay closed for the… |  |  | The mayor of Elm City"}},
		{"joined-texts.html.gz", "", []string{"The mayor of Elm City said on Tuesday that the bridge will stay closed for the… |  |  | The mayor of Elm City"}},
		{"many-tags.html.gz", "", []string{"The mayor of Elm City said on Tuesday that the bridge will stay closed for the… |  |  | The mayor of Elm City"}},
		{"many-attributes.html.gz", "", []string{"The mayor of Elm City said on Tuesday that the bridge will stay closed for the… |  |  | The mayor of Elm City"}},
		{"repeated-attributes.html.gz", "", []string{"The mayor of Elm City said on Tuesday that the bridge will stay closed for the… |  |  | The mayor of Elm City"}},
		{"one-tag.html.gz", "", []string{"is longer than the limit of 10 MiB for one document"}},
		{"bomb.jsonl.gz", "", []string{":1: unpacks to more than 200 times its size: a zip bomb"}},
		{"truncated.jsonl.gz", "", []string{"Article", "is a gzip file that is cut off (get it again)"}},
		{"unclosed-quote.csv", "", []string{"The first article is whole", ":3: is no CSV: extraneous or missing \" in quoted-field (the file may be cut off here, or a quotation mark is not closed)"}},
		{"lying-charset.html", "", []string{"Zoë Müller quits |  |  | “Enough is enough,” said Zoë Müller"}},
		{"year-0-and-9999.html", "", []string{"Council closes bridge | 2025-07-19 |  | The mayor"}},
		{"credentials.html", "https://user:secret@example.org/bridge?id=3", []string{"Council closes bridge |  | https://example.org/bridge?id=3 | The mayor"}},
		{"credentials.html", "", []string{"Council closes bridge |  | https://example.org/bridge?id=3 | The mayor"}},
		{"foreign-canonical.html", "https://evil.example/page", []string{"Council closes bridge |  | https://evil.example/page | The mayor"}},
		{"ld-of-a-thousand-lists.html", "", []string{"Council closes bridge |  |  | The mayor"}},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			path := filepath.Join("../testdata/hostile", tt.file)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			var got []string
			for raw, err := range (source.Reader{}).Read(t.Context(), path) {
				raw.URL = tt.url
				var a page.Article
				if err == nil {
					a, err = page.Read(raw)
				}
				if err != nil {
					got = append(got, err.Error())
				} else {
					date := ""
					if !a.Date.IsZero() {
						date = a.Date.Format(time.DateOnly)
					}
					got = append(got, fmt.Sprintf("%s | %s | %s | %s", a.Title, date, a.URL, a.Text))
				}
			}
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			got = got[max(0, len(got)-len(tt.want)):]
			if !slices.EqualFunc(got, tt.want, strings.Contains) {
				t.Errorf("got  %.300q\nwant %q", got, tt.want)
			}
			if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 400 {
				t.Errorf("got %d MiB allocated, want at most 400", used)
			}
			t.Logf("%v, %d MiB", took.Round(time.Millisecond), (after.TotalAlloc-before.TotalAlloc)>>20)
			if took > time.Minute { // a tenth of a second on a machine that is not busy
				t.Errorf("got %v, want bounded time", took)
			}
		})
	}
}
