package pos_test

import (
	"slices"
	"strings"
	"testing"

	"saidgraph/loaders/quote/model"
	"saidgraph/loaders/quote/pos"
	"saidgraph/loaders/quote/text"
)

// gold is our own: word/tag, one sentence a line.
const gold = `The/DT mayor/NN criticized/VBD the/DT governor/NN 's/POS plan/NN on/IN Monday/NNP ./.
“/` + "``" + ` We/PRP have/VBP failed/VBN our/PRP$ children/NNS ,/, ”/'' said/VBD Ann/NNP Lee/NNP ,/, a/DT nurse/NN in/IN Boston/NNP ./.
He/PRP does/VBZ n't/RB believe/VB that/IN taxes/NNS will/MD rise/VB ./.
According/VBG to/TO the/DT report/NN ,/, 27/CD people/NNS were/VBD hurt/VBN ./.
She/PRP was/VBD accused/VBN by/IN Senator/NNP Roe/NNP of/IN hiding/VBG three/CD letters/NNS ./.
Critics/NNS say/VBP the/DT agency/NN lied/VBD to/TO voters/NNS ./.
Who/WP told/VBD the/DT police/NN where/WRB they/PRP lived/VBD ?/.
The/DT union/NN praised/VBD the/DT company/NN for/IN its/PRP$ quick/JJ answer/NN and/CC called/VBD the/DT minister/NN a/DT disgrace/NN ./.
There/EX is/VBZ no/DT better/JJR way/NN to/TO lead/VB ,/, the/DT coach/NN wrote/VBD in/IN a/DT letter/NN ./.
Protesters/NNS gathered/VBD outside/IN the/DT court/NN ,/, shouting/VBG and/CC waving/VBG flags/NNS ./.`

func load(tb testing.TB) *pos.Model {
	m, err := pos.Load(model.POS)
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

func TestTag(t *testing.T) {
	const floor = 0.97
	m := load(t)
	right, all := 0, 0
	for line := range strings.SplitSeq(gold, "\n") {
		var words, want []string
		for f := range strings.FieldsSeq(line) {
			k := strings.LastIndexByte(f, '/')
			words, want = append(words, f[:k]), append(want, f[k+1:])
		}
		d := text.Split(join(words))
		if len(d.Tokens) != len(want) {
			t.Fatalf("%s: %d tokens, want %d", line, len(d.Tokens), len(want))
		}
		got := make([]pos.Tag, len(want))
		m.Tag(d, got)
		for i, w := range want {
			all++
			if got[i].String() == w {
				right++
			} else {
				t.Logf("%s: %q is %s, want %s", d.Text, d.Word(i), got[i], w)
			}
		}
	}
	if acc := float64(right) / float64(all); acc < floor {
		t.Errorf("accuracy %.3f, want at least %.2f", acc, floor)
	}
}

// join writes the words as a text would.
func join(words []string) string {
	var b strings.Builder
	open := true
	for _, w := range words {
		if !open && !slices.Contains([]string{".", ",", "?", "”", "'s", "n't"}, w) {
			b.WriteByte(' ')
		}
		b.WriteString(w)
		open = w == "“"
	}
	return b.String()
}

func TestLoadRefuses(t *testing.T) {
	changed := slices.Clone(model.POS)
	changed[len(changed)/2] ^= 1
	older := slices.Clone(model.POS)
	older[4]++
	for name, b := range map[string][]byte{
		"empty": nil, "foreign": []byte("GIF89a and then some bytes"), "cut": model.POS[:len(model.POS)-3], "damaged": changed, "other version": older,
	} {
		if _, err := pos.Load(b); err == nil {
			t.Errorf("%s: loaded without error", name)
		}
	}
}

func TestTagAnyBytes(t *testing.T) {
	m := load(t)
	for _, s := range []string{"", "\x00\xff\xfe", "“”“”", strings.Repeat("a", 100_000), "日本語。", "1 2 3"} {
		d := text.Split(s)
		m.Tag(d, make([]pos.Tag, len(d.Tokens)))
	}
}

func TestParse(t *testing.T) {
	for tag := pos.CC; int(tag) < pos.Count; tag++ {
		if got := pos.Parse(tag.String()); got != tag {
			t.Errorf("Parse(%q) = %v, want %v", tag.String(), got, tag)
		}
	}
}

func BenchmarkTag(b *testing.B) {
	m := load(b)
	d := text.Split(strings.Repeat("The governor's office said on Friday that the council had misled residents about rising costs. ", 200))
	out := make([]pos.Tag, len(d.Tokens))
	b.SetBytes(int64(len(d.Text)))
	b.ReportAllocs()
	for b.Loop() {
		m.Tag(d, out)
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := pos.Load(model.POS); err != nil {
			b.Fatal(err)
		}
	}
}
