package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"saidgraph/graph"
	"saidgraph/graph/memory"
)

// The law's world is small, so that random things meet.
var (
	lawURLs    = []string{"https://news.example/1", "https://news.example/2", "https://news.example/3", "https://news.example/4", ""}
	lawPeople  = []string{"Ada", "Bo Müller", "Cy O’Neill", "D'}) //", "Élan Vital"}
	lawOrgs    = []string{"HHS", "Bo Muller", "Nordic Co."}
	lawWords   = []string{"the plan", "Müller’s failure", "health", "a 😀 day", "heal", "עליכם", "the the"}
	lawAliases = []string{"Ada", "Bo", "MULLER", "the agency", "Élan", "x\x00y", "O'Neill"}
	lawOutlets = []string{"", "Post", "post", "Le Monde"}
	lawTypes   = []graph.Type{graph.Said, graph.About, graph.Criticized, graph.Praised, graph.Reported, graph.Mentioned, graph.Published, graph.Affiliated, graph.Declined}
	lawScores  = []float64{0, 0.25, 0.5, 0.75, 1}
)

func lawDates() []time.Time {
	return []time.Time{{}, day(1), day(1).Add(time.Second), day(30), day(31), time.Date(1969, 12, 31, 23, 59, 59, 0, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)}
}

func pick[T any](r *rapid.T, label string, list []T) T {
	return list[rapid.IntRange(0, len(list)-1).Draw(r, label)]
}

func lawActor(r *rapid.T, d *draft) graph.ID {
	label, list := graph.Person, lawPeople
	if rapid.Bool().Draw(r, "organization") {
		label, list = graph.Organization, lawOrgs
	}
	key := pick(r, "actor", list)
	return d.know(label, key, pick(r, "name", []string{key, key, key, pick(r, "other name", lawAliases)}), rapid.SliceOfN(rapid.SampledFrom(lawAliases), 0, 3).Draw(r, "aliases")...)
}

// lawBatch draws a batch of an article, of any shape that the laws allow.
func lawBatch(r *rapid.T) graph.Batch {
	d := newDraft(pick(r, "url", lawURLs), pick(r, "date", lawDates()), pick(r, "outlet", lawOutlets))
	d.Article.Wire, d.Article.Copy = pick(r, "wire", []string{"", "", "AP"}), pick(r, "copy", []string{"", "", "c1", "c1", "c2"})
	if d.Article.URL == "" { // its id is its text's
		d.write(pick(r, "text", lawWords))
		return d.batch()
	}
	d.write(pick(r, "lead", lawWords))
	for range rapid.IntRange(0, 3).Draw(r, "claims") {
		claim := d.claim(pick(r, "kind", []string{graph.Direct, graph.Indirect, graph.Mixed}), rapid.SliceOfN(rapid.SampledFrom(lawWords), 1, 3).Draw(r, "words")...)
		if rapid.Bool().Draw(r, "unnamed") {
			d.Claims[len(d.Claims)-1].By = pick(r, "by", lawAliases)
		}
		for range rapid.IntRange(0, 3).Draw(r, "ends") {
			spans := d.spansOf(claim)
			if rapid.Bool().Draw(r, "own span") {
				spans = []graph.Span{d.write(pick(r, "proof", lawWords))}
			}
			score := pick(r, "score", lawScores)
			switch pick(r, "end", []graph.Type{graph.Said, graph.Said, graph.About, graph.About, graph.Reported}) {
			case graph.Said:
				d.edge(graph.Said, lawActor(r, d), claim, score, spans)
			case graph.About:
				d.edge(graph.About, claim, lawActor(r, d), score, spans)
			default:
				d.edge(graph.Reported, d.Article.ID, claim, score, nil)
			}
		}
	}
	for range rapid.IntRange(0, 4).Draw(r, "edges") {
		lawEdge(r, d)
	}
	if rapid.Bool().Draw(r, "idle actor") {
		lawActor(r, d)
	}
	return d.batch()
}

func lawEdge(r *rapid.T, d *draft) {
	spans := []graph.Span{d.write(pick(r, "proof", lawWords))}
	score := pick(r, "score", lawScores)
	switch t := pick(r, "type", lawTypes[2:]); t {
	case graph.Criticized, graph.Praised:
		from, to := lawActor(r, d), lawActor(r, d)
		d.edge(t, from, to, score, spans, func(e *graph.Edge) {
			if len(d.Claims) > 0 && rapid.Bool().Draw(r, "speaker's") {
				e.Voice, e.Claim = graph.Speaker, &d.Claims[rapid.IntRange(0, len(d.Claims)-1).Draw(r, "claim")].ID
			}
			e.Evidence.Cue, e.Evidence.CueSpans = e.Evidence.Quote, spans
			e.Evidence.Target = "without a place"
		})
	case graph.Mentioned:
		d.edge(t, d.Article.ID, lawActor(r, d), score, spans)
	case graph.Published:
		d.edge(t, d.organization(pick(r, "outlet", lawOrgs)), d.Article.ID, score, nil)
	case graph.Affiliated:
		d.edge(t, d.person(pick(r, "person", lawPeople)), d.organization(pick(r, "organization", lawOrgs)), score, spans, func(e *graph.Edge) {
			e.Role = pick(r, "role", []string{"", "director"})
			e.Evidence.Surface, e.Evidence.SurfaceSpan = e.Evidence.Quote, &spans[0]
		})
	case graph.Declined:
		d.edge(t, lawActor(r, d), d.Article.ID, score, spans)
	}
}

// lawIDs are ids of everything in the store, and one of nothing.
func lawIDs(all everything) []graph.ID {
	ids := []graph.ID{person("Nobody")}
	for _, n := range all.Nodes {
		ids = append(ids, n.ID())
	}
	return ids
}

func lawFilter(r *rapid.T, ids []graph.ID) graph.Filter {
	some := func(label string) []graph.ID {
		if rapid.IntRange(0, 3).Draw(r, label+"?") > 0 {
			return nil
		}
		return rapid.SliceOfN(rapid.SampledFrom(ids), 1, 3).Draw(r, label)
	}
	f := graph.Filter{
		From: some("from"), To: some("to"), Touching: some("touching"), About: some("about"), Speaker: some("speaker"), Articles: some("articles"),
		FromLabel: pick(r, "from label", []graph.Label{"", "", "", graph.Person, graph.Organization, graph.ClaimNode, graph.ArticleNode}),
		ToLabel:   pick(r, "to label", []graph.Label{"", "", "", graph.Person, graph.Organization, graph.ClaimNode, graph.ArticleNode}),
		Voice:     pick(r, "voice", []string{"", "", "", graph.Reporter, graph.Speaker}),
		Once:      pick(r, "once", []bool{false, false, true}),
		MinScore:  pick(r, "min score", []float64{0, 0, 0, 0.25, 0.5, 0.75}),
	}
	if rapid.Bool().Draw(r, "types?") {
		f.Types = rapid.SliceOfN(rapid.SampledFrom(lawTypes), 1, 3).Draw(r, "types")
	}
	if rapid.IntRange(0, 3).Draw(r, "kinds?") == 0 {
		f.Kinds = rapid.SliceOfN(rapid.SampledFrom([]string{graph.Direct, graph.Indirect, graph.Mixed}), 1, 2).Draw(r, "kinds")
	}
	if rapid.IntRange(0, 3).Draw(r, "outlets?") == 0 {
		f.Outlets = rapid.SliceOfN(rapid.SampledFrom(lawOutlets), 1, 2).Draw(r, "outlets")
	}
	if rapid.IntRange(0, 3).Draw(r, "since?") == 0 {
		f.Since = pick(r, "since", lawDates())
	}
	if rapid.IntRange(0, 3).Draw(r, "until?") == 0 {
		f.Until = pick(r, "until", lawDates())
	}
	return f
}

func law(t *testing.T, open func() graph.Store) {
	rapid.Check(t, func(r *rapid.T) {
		s, m := open(), graph.Store(memory.New())
		defer s.Close()
		for range rapid.IntRange(1, 6).Draw(r, "changes") {
			if rapid.IntRange(0, 4).Draw(r, "delete?") == 0 {
				id := graph.ArticleID(pick(r, "deleted", lawURLs[:4]), "")
				agree(r, "Delete", s.Delete(ctx(t), id), m.Delete(ctx(t), id))
				continue
			}
			batches := rapid.SliceOfN(rapid.Custom(lawBatch), 1, 3).Draw(r, "batches")
			agree(r, "Apply", s.Apply(ctx(t), batches...), m.Apply(ctx(t), batches...))
		}
		all := dump(t, m)
		alike(r, "everything", dump(t, s), all, nil, nil)
		ids := lawIDs(all)
		for range 6 {
			lawReads(t, r, s, m, lawFilter(r, ids), ids)
		}
		lawRecords(t, r, s, m)
	})
}

// lawReads asks both stores the same.
func lawReads(t *testing.T, r *rapid.T, s, m graph.Store, f graph.Filter, ids []graph.ID) {
	limit := rapid.IntRange(0, 5).Draw(r, "limit")
	from, to := rapid.SampledFrom(ids).Draw(r, "a"), rapid.SampledFrom(ids).Draw(r, "b")
	hops := rapid.IntRange(0, 6).Draw(r, "hops")

	got, err := s.Paths(ctx(t), from, to, hops, limit, f)
	want, werr := m.Paths(ctx(t), from, to, hops, limit, f)
	alike(r, fmt.Sprintf("Paths(%d, %d, %+v)", hops, limit, f), got, want, err, werr)
	near, err := s.Neighbours(ctx(t), from, hops, limit, f)
	wantNear, werr := m.Neighbours(ctx(t), from, hops, limit, f)
	alike(r, fmt.Sprintf("Neighbours(%d, %d, %+v)", hops, limit, f), near, wantNear, err, werr)

	by := pick(r, "by", []graph.Group{graph.ByFrom, graph.ByTo, graph.ByOutlet, graph.ByMonth, graph.ByKind, graph.ByType, graph.ByArticle})
	f.Limit = limit
	for page := 0; page < 4; page++ {
		rows, err := gather(ctx(t), s, f)
		wantRows, werr := gather(ctx(t), m, f)
		alike(r, fmt.Sprintf("Edges(%+v)", f), rows, wantRows, err, werr)
		if len(rows) == 0 {
			break
		}
		f.After = rows[rapid.IntRange(0, len(rows)-1).Draw(r, "row")].Cursor
	}
	f.After = ""
	for page := 0; page < 3; page++ {
		counts, err := s.Tally(ctx(t), f, by)
		wantCounts, werr := m.Tally(ctx(t), f, by)
		alike(r, fmt.Sprintf("Tally(%+v, %s)", f, by), counts, wantCounts, err, werr)
		if len(counts) == 0 {
			break
		}
		f.After = counts[rapid.IntRange(0, len(counts)-1).Draw(r, "count")].Cursor
	}
	words := append(append(append([]string{"", "hea", "mul"}, lawWords...), lawAliases...), lawPeople...)
	q := graph.SearchQuery{Text: pick(r, "text", words), Limit: limit, Fuzzy: rapid.Bool().Draw(r, "fuzzy")}
	if rapid.Bool().Draw(r, "labels?") {
		q.Labels = rapid.SliceOfN(rapid.SampledFrom([]graph.Label{graph.Person, graph.Organization, graph.ClaimNode}), 1, 2).Draw(r, "labels")
	}
	for page := 0; page < 3; page++ {
		hits, err := s.Search(ctx(t), q)
		wantHits, werr := m.Search(ctx(t), q)
		alike(r, fmt.Sprintf("Search(%+v)", q), hits, wantHits, err, werr)
		if len(hits) == 0 {
			break
		}
		q.After = hits[rapid.IntRange(0, len(hits)-1).Draw(r, "hit")].Cursor
	}
	named, err := s.Named(ctx(t), words...)
	wantNamed, werr := m.Named(ctx(t), words...)
	alike(r, "Named", named, wantNamed, err, werr)
}

// agree wants errors of the same code and field.
func agree(r *rapid.T, what string, got, want error) {
	if graph.CodeOf(got) != graph.CodeOf(want) || fieldOf(got) != fieldOf(want) {
		r.Fatalf("%s: error %v, want %v", what, got, want)
	}
}

func alike(r *rapid.T, what string, got, want any, gotErr, wantErr error) {
	agree(r, what, gotErr, wantErr)
	if d := cmp.Diff(want, got); d != "" {
		r.Fatalf("%s (-want +got):\n%s", what, d)
	}
}
