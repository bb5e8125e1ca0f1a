package judge_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"saidgraph/loaders/quote/judge"
	"saidgraph/loaders/quote/lexicon"
	"saidgraph/loaders/quote/model"
	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

type kit struct {
	tagger *pos.Model
	lex    *judge.Lexicon
}

func newKit(tb testing.TB) kit {
	m, err := pos.Load(model.POS)
	if err != nil {
		tb.Fatal(err)
	}
	return kit{m, judge.NewLexicon(lexicon.Judge, lexicon.Valence)}
}

// frames reads a sentence and writes each asserted frame as "Roe - Lee", "* - Lee" where the speaker judges.
// Only names count: Roe, Lee, Poe, Kay, Acme.
func (k kit) frames(s string) []string {
	d := text.Split(s)
	tags := make([]pos.Tag, len(d.Tokens))
	k.tagger.Tag(d, tags)
	r := judge.NewReader(k.lex, d, tags)
	names := func(slots []judge.Slot) (out []string) {
		for _, s := range slots {
			if w := d.Word(s.Token); slices.Contains([]string{"Roe", "Lee", "Poe", "Kay", "Acme"}, w) && s.Role != judge.Modifier {
				out = append(out, w)
			}
		}
		return out
	}
	out := []string{}
	for i := range d.Sentences {
		for _, f := range r.Read(d.Sentences[i].First, d.Sentences[i].Last) {
			if f.Off || f.Polarity == 0 {
				continue
			}
			from := names(f.From)
			if len(f.From) == 0 || f.First {
				from = []string{"*"}
			}
			for _, a := range from {
				for _, b := range names(f.To) {
					if e := fmt.Sprintf("%s %c %s", a, "-0+"[f.Polarity+1], b); !slices.Contains(out, e) {
						out = append(out, e)
					}
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

func TestFrames(t *testing.T) {
	k := newKit(t)
	for _, c := range []struct{ in, want string }{
		// the reporter's verbs
		{"Roe blasted Lee on Monday.", "Roe - Lee"},
		{"Ann Roe sharply criticized Mayor Bob Lee for the delay.", "Roe - Lee"},
		{"Roe, a nurse from Boston, condemned Lee.", "Roe - Lee"},
		{"Roe, who ran the county for years, praised Lee.", "Roe + Lee"},
		{"Roe and Poe denounced Lee.", "Poe - Lee|Roe - Lee"},
		{"Roe denounced Lee and Poe.", "Roe - Lee|Roe - Poe"},
		{"Roe accused Lee of hiding the letters.", "Roe - Lee"},
		{"Roe lashed out at Lee.", "Roe - Lee"},
		{"Roe took direct aim at Lee.", "Roe - Lee"},
		{"Roe called Lee a liar.", "Roe - Lee"},
		{"Roe described Lee as reckless.", "Roe - Lee"},
		{"Roe called Lee a hero.", "Roe + Lee"},
		{"Roe endorsed Lee.", "Roe + Lee"},
		{"Roe stood by Lee.", "Roe + Lee"},
		{"Roe met Poe and criticized Lee.", "Roe - Lee"},
		{"Roe spoke for an hour, mocking Lee.", "Roe - Lee"},
		{"Roe blasted Lee's plan.", "Roe - Lee"},
		{"Roe condemned the handling of the crisis by Lee.", "Roe - Lee"},
		// direction
		{"Lee was criticized by Roe.", "Roe - Lee"},
		{"Lee, criticized by Roe, left the room.", "Roe - Lee"},
		{"Lee has been praised in the past by Roe.", "Roe + Lee"},
		{"Lee faced criticism from Roe.", "Roe - Lee"},
		{"Lee drew praise from Roe.", "Roe + Lee"},
		{"Lee, whom nobody knew, was accused by Roe of fraud.", "Roe - Lee"},
		// nouns and adjectives
		{"Roe's attack on Lee surprised the room.", "Roe - Lee"},
		{"Roe launched an attack on Lee.", "Roe - Lee"},
		{"Acme criticism of Lee grew.", "Acme - Lee"},
		{"Roe, a critic of Lee, left.", "Roe - Lee"},
		{"Roe is a supporter of Lee.", "Roe + Lee"},
		{"Roe has been critical of Lee.", "Roe - Lee"},
		{"Roe was proud of Lee.", "Roe + Lee"},
		// the words of whoever speaks
		{"Lee is a disgrace.", "* - Lee"},
		{"Lee betrayed our children.", "* - Lee"},
		{"We are deeply troubled by Lee's decision.", "* - Lee"},
		{"The decision by Lee is a betrayal.", "* - Lee"},
		{"Lee has a terrible record.", "* - Lee"},
		{"Lee's failure cost us years.", "* - Lee"},
		{"Lee's plan to take over the schools is a disaster.", "* - Lee"},
		{"Lee's claim to close the road to save lives is a sham.", "* - Lee"},
		{"I admire Lee.", "* + Lee"},
		{"Our voters were betrayed by Lee.", "* - Lee"},
		{"Lee lied to us.", "* - Lee"},
		{"Lee has misled the town for years.", "* - Lee"},
		{"Lee lacks the judgment to run a school.", "* - Lee"},
		{"Lee has no idea how to do it.", "* - Lee"},
		{"Lee does not care about our schools.", "* - Lee"},
		{"Lee doesn't know what he wants.", "* - Lee"},
		{"Lee can't be trusted.", "* - Lee"},
		{"Lee is not qualified to be mayor.", "* - Lee"},
		{"I don't think that Lee is fit for the job.", "* - Lee"},
		{"Lee's remarks were another example of his dangerous rhetoric.", "* - Lee"},
		{"Roe cast Lee as unfit.", "Roe - Lee"},
		{"Roe pushed back against Lee.", "Roe - Lee"},
		{"Roe (D-Ohio) called Lee a hypocrite.", "Roe - Lee"},
		{"Ann Roe (D-Ohio) and Bob Poe (R-Iowa) on Monday praised Lee.", "Poe + Lee|Roe + Lee"},
		{"Ann Roe became the first senator to endorse the bid of Lee.", "Roe + Lee"},
		{"Lee won the endorsement of Roe.", "Roe + Lee"},
		{"Some senators, including Roe, criticized Lee.", "Roe - Lee"},
		{"Lee's campaign is conflating the gifts.", "* - Lee"},
		{"Roe called Lee a “pathological liar” on Monday.", "Roe - Lee"},
		{"Roe called Lee a ''pathological liar'' on Monday.", "Roe - Lee"},
		{"Lee should resign.", "* - Lee"},
		{"Roe urged Lee to step down.", "Roe - Lee"},
		{"Roe called on Lee to apologize.", "Roe - Lee"},
		{"Roe urged Poe to leave, calling Lee a liar.", "Roe - Lee"},
		{"Lee has been wrong at every turn.", "* - Lee"},
		{"Lee's lawsuit is baseless.", "* - Lee"},
		{"Lee is playing politics with our lives.", "* - Lee"},
		{"Lee sold us out.", "* - Lee"},
		{"Lee was trampling on the law.", "* - Lee"},
		{"I am grateful for Lee's leadership.", "* + Lee"},
		{"Lee would be a disaster for our schools.", "* - Lee"},
		{"Lee should be ashamed of himself.", "* - Lee"},
		// nothing
		{"Lee would not be a disaster.", ""},
		{"Lee should not resign.", ""},
		{"Lee is the best recruiter of our enemies.", ""},
		{"Lee's honesty is in question.", ""},
		{"Lee was responsible for the letters.", ""},
		{"I don't think that Lee is corrupt.", ""},
		{"Lee is not a liar.", ""},
		{"Lee lacks the votes.", ""},
		{"Lee has no plans to resign.", ""},
		{"Lee is a committed pacifist.", ""},
		{"The great Lee left.", ""},
		{"I am impressed by Lee's ability to betray our town.", ""},
		{"I am impressed by Lee's ability to insult everybody.", ""},
		{"If Lee is not qualified, nobody is.", ""},
		{"Roe met Lee.", ""},
		{"Roe and Lee spoke in Boston.", ""},
		{"Roe did not criticize Lee.", ""},
		{"Roe refused to condemn Lee.", ""},
		{"Roe denied attacking Lee.", ""},
		{"Roe might endorse Lee.", ""},
		{"Did Roe criticize Lee?", ""},
		{"If Roe blasted Lee, nobody heard it.", ""},
		{"Roe told Lee about the disaster.", ""},
		{"Roe sent the letter to Lee.", ""},
		{"Roe works for Lee.", ""},
		{"Sending the letters to Lee is a betrayal.", ""},
		{"The decision to share it with Lee is a disgrace.", ""},
		{"It is cruel to make Lee wait.", ""},
		{"This erodes the voters' trust in Lee.", ""},
		{"Roe criticized the plan that Poe sent to Lee.", ""},
	} {
		if got := strings.Join(k.frames(c.in), "|"); got != c.want {
			t.Errorf("%s\n got %q\nwant %q", c.in, got, c.want)
		}
	}
}

func TestReadAnyBytes(t *testing.T) {
	k := newKit(t)
	for _, s := range []string{"", "\xff\xfe\x00", "“”“”, ” “", strings.Repeat("blasted by ", 3000), strings.Repeat(", and Lee ", 3000), "日本語。", "of of of by by"} {
		k.frames(s)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("Roe, a critic of Lee, called Poe a “liar”. Was Kay blamed by Acme, or not?")
	f.Add("“” , by of to who \xff that and ’s ’s")
	k := newKit(f)
	pairs, err := judge.LoadModel(model.Stance)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := text.Split(s)
		tags := make([]pos.Tag, len(d.Tokens))
		k.tagger.Tag(d, tags)
		r := judge.NewReader(k.lex, d, tags)
		for _, x := range d.Sentences {
			for _, fr := range r.Read(x.First, x.Last) {
				for _, sl := range slices.Concat(fr.From, fr.To, []judge.Slot{{Token: fr.Cue}}) {
					if sl.Token < x.First || sl.Token >= x.Last {
						t.Fatalf("token %d of a frame outside its sentence [%d, %d)", sl.Token, x.First, x.Last)
					}
				}
			}
			seen := r.See()
			if n := len(seen); n > 2 {
				a, b := judge.Range{First: 0, Last: 1}, judge.Range{First: n - 1, Last: n}
				for _, v := range pairs.Judge(nil, seen, []judge.Pair{{A: a, B: b, Hints: r.Hints(a, b)}}) {
					if !(v.Score >= 0 && v.Score <= 1) {
						t.Fatalf("score %v", v.Score)
					}
				}
			}
		}
	})
}
