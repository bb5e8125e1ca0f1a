package quote

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

// NamedArticle is an article whose people and organizations are known: what [NameTrainer] learns from.
type NamedArticle struct {
	Text  string
	Names []NamedSpan
	Times int // how often it counts
}

// NamedSpan is a mention of a person or an organization, in bytes.
type NamedSpan struct {
	text.Span
	Type Type
}

// NameTrainer fits the weights of model/name.txt: a logistic choice between person, organization and neither, by AdaGrad, over the
// features of each sequence of capitals that may be a name. The same articles, seed and rounds give the same bytes.
type NameTrainer struct {
	Seed   uint64
	Rounds int
	Rate   float64
	L2     float64
	Hide   float64 // how often a name's own words are hidden, so that what stands around it is learned too
	Seen   int     // features seen less often are left out
	Least  float64 // so are those whose weights are both smaller
	Log    func(round int, loss float64)
}

var errNoNames = errors.New("name model: no article has a name")

// nameExample is one candidate: its features, by number, and what it is.
type nameExample struct {
	features []int // those of the name's own words last
	context  int   // how many are not of the name's own words
	is       int
}

// nameTable numbers features in the order in which they come.
type nameTable struct {
	number map[string]int
	words  []string
	seen   []int
}

func (t *nameTable) of(template byte, word string) int {
	w := string(template) + word
	k, ok := t.number[w]
	if !ok {
		k = len(t.words)
		t.number[w], t.words, t.seen = k, append(t.words, w), append(t.seen, 0)
	}
	t.seen[k]++
	return k
}

// common is x without the features that were seen less than so many times.
func (t *nameTable) common(x nameExample, least int) nameExample {
	out := nameExample{is: x.is}
	for i, f := range x.features {
		if t.seen[f] >= least {
			out.features = append(out.features, f)
			if i < x.context {
				out.context++
			}
		}
	}
	return out
}

// Train learns from the articles and returns the model's file.
func (t *NameTrainer) Train(e *Engine, articles []NamedArticle) ([]byte, error) {
	table := &nameTable{number: map[string]int{}}
	var set []nameExample
	some := false
	for _, a := range articles {
		some = some || len(a.Names) > 0
		for _, x := range e.nameExamples(table, a) {
			for range a.Times {
				set = append(set, x)
			}
		}
	}
	if !some {
		return nil, errNoNames
	}
	for i := range set {
		set[i] = table.common(set[i], t.Seen)
	}
	w, g := make([][2]float64, len(table.words)), make([][2]float64, len(table.words))
	random := rand.New(rand.NewPCG(t.Seed, t.Seed+1))
	for round := range t.Rounds {
		random.Shuffle(len(set), func(i, j int) { set[i], set[j] = set[j], set[i] })
		loss := 0.0
		for _, x := range set {
			if random.Float64() < t.Hide {
				x.features = x.features[:x.context]
			}
			loss += t.step(w, g, x)
		}
		if t.Log != nil {
			t.Log(round, loss/float64(len(set)))
		}
	}
	return t.write(table, w), nil
}

// step moves the weights of one example and returns its loss.
func (t *NameTrainer) step(w, g [][2]float64, x nameExample) float64 {
	var z [3]float64
	for _, f := range x.features {
		z[0], z[1] = z[0]+w[f][0], z[1]+w[f][1]
	}
	top := max(z[0], z[1], z[2])
	sum := 0.0
	for i := range z {
		z[i] = math.Exp(z[i] - top)
		sum += z[i]
	}
	for i := range 2 {
		d := z[i] / sum
		if x.is == i {
			d--
		}
		for _, f := range x.features {
			d := d + t.L2*w[f][i]
			g[f][i] += d * d
			w[f][i] -= t.Rate * d / (math.Sqrt(g[f][i]) + 1)
		}
	}
	return -math.Log(z[x.is]/sum + 1e-12)
}

// write lays out the file that readWeights reads: a line with the number of features, then they, in order.
func (t *NameTrainer) write(table *nameTable, w [][2]float64) []byte {
	type line struct {
		word        string
		person, org int
	}
	var lines []line
	for k, word := range table.words {
		p, o := int(math.Round(100*w[k][0])), int(math.Round(100*w[k][1]))
		if max(p, -p, o, -o) >= int(100*t.Least) && !strings.ContainsAny(word, " \t\n\v\f\r\u0085\u00a0") {
			lines = append(lines, line{word, p, o})
		}
	}
	slices.SortFunc(lines, func(a, b line) int { return cmp.Compare(a.word, b.word) })
	var b strings.Builder
	fmt.Fprintf(&b, "%s %d\n", nameHeader, len(lines))
	for _, l := range lines {
		fmt.Fprintf(&b, "%s %d %d\n", l.word, l.person, l.org)
	}
	return []byte(b.String())
}

// nameExamples reads the candidates of an article as the engine will meet them; headlines, where capitals prove nothing, teach nothing.
func (e *Engine) nameExamples(table *nameTable, a NamedArticle) []nameExample {
	r := &reading{doc: text.Split(a.Text)}
	e.tag(r)
	e.look(r)
	var names []nameSpan
	for _, s := range r.doc.Sentences {
		names = r.names(s.First, s.Last, names)
	}
	r.shorten(names)
	gold := slices.SortedFunc(slices.Values(a.Names), func(x, y NamedSpan) int { return cmp.Compare(x.Start, y.Start) })
	var out []nameExample
	first := 0
	for i := range names {
		n := &names[i]
		if n.headline {
			continue
		}
		for first < len(gold) && gold[first].Start < r.doc.Tokens[n.core].Start-longestNamed {
			first++
		}
		x := nameExample{is: neither}
		for k := first; k < len(gold) && gold[k].Start < r.doc.Tokens[n.last-1].End; k++ {
			if is := r.namedBy(n, &gold[k]); is != neither { // of mentions within each other, the innermost begins last
				x.is = is
			}
		}
		if x.is == unclear {
			continue
		}
		var own []int
		r.nameFeatures(e.lexicon, n, func(template byte, word string) {
			if k := table.of(template, word); strings.IndexByte("fl3w", template) >= 0 {
				own = append(own, k)
			} else {
				x.features = append(x.features, k)
			}
		})
		x.context = len(x.features)
		x.features = append(x.features, own...)
		out = append(out, x)
	}
	return out
}

// What a candidate is to a mention.
const (
	isPerson = iota
	isOrganization
	neither
	unclear
)

// longestNamed is how many bytes before a name a mention may begin that the name stands for.
const longestNamed = 120

// namedBy says what mention m makes of candidate n: m's type where n is its name, with or without what goes before and follows;
// unclear where n stands at the end of a longer phrase, which may be another's name: "United Kingdom" of "University of Portsmouth, United Kingdom".
func (r *reading) namedBy(n *nameSpan, m *NamedSpan) int {
	is := isPerson
	if m.Type == Organization {
		is = isOrganization
	}
	name := r.span(n.core, n.last)
	if name.Start < m.Start || m.End < name.End {
		common := min(name.End, m.End) - max(name.Start, m.Start)
		switch {
		case common <= 0:
			return neither
		case m.End == name.End || 2*common >= name.Len():
			return is
		}
		return unclear // "Trump" of "Trump administration"
	}
	if r.doc.Tokens[n.last-1].End < m.End && !r.follows(n.last) {
		return neither // "American" of "the American president"
	}
	for t := n.first - 1; t >= 0 && r.doc.Tokens[t].Start >= m.Start; t-- {
		if r.doc.Tokens[t].Kind != text.Word || r.word(t)&isFunction != 0 && r.low(t) != "the" && r.low(t) != "a" && r.low(t) != "an" || r.low(t) == "'s" {
			return unclear
		}
	}
	return is
}

// follows says that token i begins what may follow the name within a mention: "Ann Lee, the mayor", "the Senate's".
func (r *reading) follows(i int) bool {
	switch r.low(i) {
	case "'s", "’s", "who", "which", "that":
		return true
	}
	return r.doc.Tokens[i].Kind != text.Word || r.tagAt(i) == pos.IN || r.tagAt(i) == pos.TO
}
