package quote

import (
	"errors"
	"math"
	"slices"

	"saidgraph/loaders/quote/text"
)

// GoldDocument is a text whose people and organizations are known with all their mentions: what [PronounTrainer] learns from.
type GoldDocument struct {
	Text   string
	Actors []GoldActor
}

// GoldActor is a person or an organization, with its mentions in bytes.
type GoldActor struct {
	Type     Type
	Mentions []text.Span
}

// PronounTrainer fits the weights of model/pronoun.txt in two steps. A logistic regression chooses among the actors near each pronoun,
// those before it resolved as the gold has it. Then each weight is moved as long as whole chains get better: errors in a chain feed
// on themselves, which the regression does not see. The same documents give the same bytes.
type PronounTrainer struct {
	Rounds int       // of the regression
	Rate   float64   //
	L2     float64   //
	Steps  []float32 // by which a weight is moved, one after the other
	Log    func(what string, pronouns, chains float64)
}

var errNoPronouns = errors.New("pronoun weights: no document has a pronoun with its antecedent")

// pronounText is one document ready to be resolved again and again.
type pronounText struct {
	r        reading
	gold     []int   // the actor of each gold mention
	pronoun  []bool  // gold mentions that are pronouns
	matches  [][]int // of each gold mention, the engine's mentions that may be it, the likeliest first
	goldOf   []int   // of each of the engine's mentions, the gold actor whose mention it is exactly, -1
	mentions []mention
}

// choice is a pronoun with what speaks for each actor near it.
type choice struct {
	class int
	near  []features
	right []bool // none, of "it": it stands for none of them
}

// Train learns from the documents and returns the file.
func (t *PronounTrainer) Train(e *Engine, documents []GoldDocument) ([]byte, error) {
	texts := make([]*pronounText, len(documents))
	for i, d := range documents {
		texts[i] = e.pronounText(d)
	}
	learner := *e
	var choices []choice
	for _, x := range texts {
		choices = append(choices, learner.choices(x)...)
	}
	if len(choices) == 0 {
		return nil, errNoPronouns
	}
	learner.pronouns = t.regress(choices)
	learner.pronouns.round()
	t.log("regression", learner.chains(texts))
	t.climb(&learner, texts)
	return learner.pronouns.write(), nil
}

func (t *PronounTrainer) log(what string, q chainQuality) {
	if t.Log != nil {
		t.Log(what, q.pronouns, q.bCubed)
	}
}

// pronounText finds the mentions of a document and ties them to the gold's.
func (e *Engine) pronounText(d GoldDocument) *pronounText {
	x := &pronounText{r: reading{doc: text.Split(d.Text)}}
	e.tag(&x.r)
	e.findMentions(&x.r)
	x.mentions = x.r.mentions
	x.goldOf = make([]int, len(x.mentions))
	for i := range x.goldOf {
		x.goldOf[i] = -1
	}
	for k, a := range d.Actors {
		for _, g := range a.Mentions {
			x.gold = append(x.gold, k)
			p := pronounOf(x.r.doc.Lower[g.Start:g.End])
			x.pronoun = append(x.pronoun, p.person == 3)
			x.matches = append(x.matches, x.match(g, k))
		}
	}
	return x
}

// match lists the mentions that end where g ends or share half of their length with it, those first that share most.
func (x *pronounText) match(g text.Span, actor int) (out []int) {
	common := func(i int) int { return min(g.End, x.mentions[i].End) - max(g.Start, x.mentions[i].Start) }
	for i := range x.mentions {
		m := &x.mentions[i]
		if n := common(i); n > 0 && (m.End == g.End || 2*n >= max(g.Len(), m.Len())) {
			out = append(out, i)
			if m.Span == g || m.form == Name && m.End == g.End {
				x.goldOf[i] = actor
			}
		}
	}
	slices.SortStableFunc(out, func(a, b int) int { return common(b) - common(a) })
	return out
}

// chained resolves the document with the engine's weights.
func (e *Engine) chained(x *pronounText, teacher func(*chainer) func(int, pronoun, []int) int) *chainer {
	r := x.r
	r.mentions = slices.Clone(x.mentions)
	s := e.newChainer(&r)
	if teacher != nil {
		s.teacher = teacher(s)
	}
	s.chain()
	return s
}

// choices resolves the document as the gold has it and notes what speaks for each actor near each pronoun.
func (e *Engine) choices(x *pronounText) (out []choice) {
	e.chained(x, func(s *chainer) func(int, pronoun, []int) int {
		return func(i int, p pronoun, near []int) int {
			c, answer := choice{class: pronounClass(p)}, -1
			some := false
			for _, k := range near {
				var f features
				s.measure(i, k, p, &f)
				right := x.goldOf[i] >= 0 && s.goldActor(x, k) == x.goldOf[i]
				if right && answer < 0 {
					answer = k
				}
				some = some || right
				c.near, c.right = append(c.near, f), append(c.right, right)
			}
			if len(near) > 0 && (some || c.class == ofNeuter && x.goldOf[i] < 0 && !s.pleonastic(i)) {
				out = append(out, c)
			}
			return answer
		}
	})
	return out
}

// goldActor is the gold actor whose mentions most of k's are, -1 for none.
func (s *chainer) goldActor(x *pronounText, k int) int {
	votes, best := map[int]int{}, -1
	for _, i := range s.actors[k].mentions {
		if g := x.goldOf[i]; g >= 0 {
			if votes[g]++; best < 0 || votes[g] > votes[best] {
				best = g
			}
		}
	}
	return best
}

// regress fits each class's weights to the choices by gradient descent on all of them at once.
func (t *PronounTrainer) regress(choices []choice) (out pronounWeights) {
	var w, seen [pronounClasses][featureCount]float64
	var count [pronounClasses]float64
	for _, c := range choices {
		count[c.class]++
	}
	for range t.Rounds {
		var slope [pronounClasses][featureCount]float64
		for _, c := range choices {
			c.slope(&w[c.class], &slope[c.class])
		}
		for class := range w {
			for i := range w[class] {
				d := slope[class][i]/max(1, count[class]) + t.L2*w[class][i]
				seen[class][i] += d * d
				w[class][i] -= t.Rate * d / (math.Sqrt(seen[class][i]) + 1e-6)
			}
		}
	}
	for class := range w {
		for i, v := range w[class] {
			out[class][i] = float32(v)
		}
	}
	return out
}

// slope adds the gradient of the choice's loss at the weights w.
func (c *choice) slope(w, out *[featureCount]float64) {
	n := len(c.near)
	p, most := make([]float64, n+1), math.Inf(-1) // the last: none of them
	if p[n] = math.Inf(-1); c.class == ofNeuter {
		p[n], most = 0, 0
	}
	for k := range c.near {
		for i, v := range c.near[k] {
			p[k] += float64(v) * w[i]
		}
		most = max(most, p[k])
	}
	all, right := 0.0, 0.0
	none := !slices.Contains(c.right, true)
	for k := range p {
		p[k] = math.Exp(p[k] - most)
		all += p[k]
		if k < n && c.right[k] || k == n && none {
			right += p[k]
		}
	}
	for k := range c.near {
		d := p[k] / all
		if c.right[k] {
			d -= p[k] / right
		}
		for i, v := range c.near[k] {
			out[i] += d * float64(v)
		}
	}
}

// climb moves one weight after the other, by ever smaller steps, for as long as the chains of all texts get better.
func (t *PronounTrainer) climb(e *Engine, texts []*pronounText) {
	best := e.chains(texts)
	for _, step := range t.Steps {
		for better := true; better; {
			better = false
			for class := range e.pronouns {
				for i := range e.pronouns[class] {
					for _, d := range [...]float32{step, -step} {
						before := e.pronouns
						e.pronouns[class][i] += d
						e.pronouns.round()
						if q := e.chains(texts); q.sum() > best.sum()+1e-9 {
							best, better = q, true
							break
						}
						e.pronouns = before
					}
				}
			}
			t.log("climbing", best)
		}
	}
}

// chainQuality is how right the chains are: the share of the gold's pronouns that are tied to a right name or description, and B-cubed F1
// of all gold mentions found.
type chainQuality struct{ pronouns, bCubed float64 }

func (q chainQuality) sum() float64 { return q.pronouns + q.bCubed }

// chains resolves all texts and compares them with the gold.
func (e *Engine) chains(texts []*pronounText) chainQuality {
	var p, r, found, pronouns, right float64
	for _, x := range texts {
		s := e.chained(x, nil)
		as := make([]int, len(x.gold)) // the actor of each gold mention
		both, mine, theirs := map[[2]int]float64{}, map[int]float64{}, map[int]float64{}
		named := map[[2]int]bool{}
		for i := range as {
			as[i] = -1
			for _, m := range x.matches[i] {
				if s.of[m] >= 0 {
					as[i] = s.of[m]
					break
				}
			}
			if as[i] < 0 {
				continue
			}
			pair := [2]int{as[i], x.gold[i]}
			both[pair]++
			mine[as[i]]++
			theirs[x.gold[i]]++
			named[pair] = named[pair] || !x.pronoun[i]
		}
		for i, k := range as {
			if x.pronoun[i] {
				pronouns++
			}
			if k < 0 {
				continue
			}
			pair := [2]int{k, x.gold[i]}
			if x.pronoun[i] && named[pair] {
				right++
			}
			found++
			p += both[pair] / mine[k]
			r += both[pair] / theirs[x.gold[i]]
		}
	}
	p, r = p/max(1, found), r/max(1, found)
	return chainQuality{right / max(1, pronouns), 2 * p * r / max(1e-9, p+r)}
}

// round takes the weights to what the file holds of them.
func (w *pronounWeights) round() {
	for c := range w {
		for i := range w[c] {
			w[c][i] = float32(hundredths(w[c][i])) / 100
		}
	}
}

func hundredths(x float32) int { return int(math.Round(100 * float64(x))) }
