package text

import (
	"strings"
	"testing"
	"time"
)

// show writes a document with its tokens apart, its sentences ended by "|", its paragraphs by "¶".
// Quotation marks show what they were taken for: < opens, > closes.
func show(d *Doc) string {
	var b strings.Builder
	for pi, p := range d.Paragraphs {
		if pi > 0 {
			b.WriteString(" ¶ ")
		}
		for si := p.First; si < p.Last; si++ {
			if si > p.First {
				b.WriteString(" | ")
			}
			for i := d.Sentences[si].First; i < d.Sentences[si].Last; i++ {
				if i > d.Sentences[si].First {
					b.WriteByte(' ')
				}
				switch d.Tokens[i].Kind {
				case Open:
					b.WriteByte('<')
				case Close:
					b.WriteByte('>')
				default:
					b.WriteString(d.Word(i))
				}
			}
		}
	}
	return b.String()
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"clitics", "Trump's aide didn't, can't and won't.", "Trump 's aide did n't , ca n't and wo n't ."},
		{"curly clitics", "We’re sure they’ll say I’m late.", "We ’re sure they ’ll say I ’m late ."},
		{"inner apostrophes", "O'Neill met D’Angelo at five o'clock.", "O'Neill met D’Angelo at five o'clock ."},
		{"elisions", "'Tis the '90s, rock 'n' roll for 'em.", "'Tis the '90s , rock 'n' roll for 'em ."},
		{"plural possessive", "the Joneses' car", "the Joneses ' car"},
		{"numbers", "3,000 men, 27%, $1.5 billion in 2015-16 and the 1980s", "3,000 men , 27% , $ 1.5 billion in 2015-16 and the 1980s"},
		{"hyphens", "an 18-year-old mid-day run", "an 18-year-old mid-day run"},
		{"acronyms", "AT&T and the U.S. Army", "AT&T and the U.S. Army"},
		{"dashes", "so—he said -- no", "so — he said -- no"},
		{"addresses", "See https://example.com/a?b=1, or www.example.com.", "See https://example.com/a?b=1 , or www.example.com ."},
		{"names of accounts", "@ann said #yes", "@ann said #yes"},
		{"clitic after a number", "2016's vote", "2016 's vote"},
		{"letters beyond ASCII", "René Bravó naïve", "René Bravó naïve"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := show(Split(c.in)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestSentences(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"titles", "Dr. Lee met Sens. Roe and Fox. Gov. May left.", "Dr. Lee met Sens. Roe and Fox . | Gov. May left ."},
		{"initials", "J. K. Rowling wrote it. S. Lee read it.", "J. K. Rowling wrote it . | S. Lee read it ."},
		{"country", "The U.S. Army left the U.S. The rest stayed.", "The U.S. Army left the U.S. | The rest stayed ."},
		{"time of day", "At 5 a.m. Tuesday she left. He came at 6 p.m. They ate.", "At 5 a.m. Tuesday she left . | He came at 6 p.m. | They ate ."},
		{"jr", "Robert F. Kennedy Jr. of Boston spoke.", "Robert F. Kennedy Jr. of Boston spoke ."},
		{"number sign", "Vote No. 5 is on. He said no. We left.", "Vote No. 5 is on . | He said no . | We left ."},
		{"month and state", "On Jan. 5 he met Calif. officials.", "On Jan. 5 he met Calif. officials ."},
		{"stop inside a quotation", `"We won." He left.`, "< We won . > | He left ."},
		{"question before lower case", `"Why?" he asked.`, "< Why ? > he asked ."},
		{"ellipsis goes on", "He ... well, I ... left. Then… nothing.", "He ... well , I ... left . | Then … nothing ."},
		{"ellipsis ends", "He left... She stayed.", "He left ... | She stayed ."},
		{"quotation of two sentences", "“One. Two,” he said. “Three.”", "< One . | Two , > he said . | < Three . >"},
		{"list number", "1. The plan is big.", "1 . The plan is big ."},
		{"no space after the stop", "He left.She stayed.", "He left . | She stayed ."},
		{"headline", "Mayor quits\nThe mayor quit.", "Mayor quits ¶ The mayor quit ."},
		{"line break in a sentence", "The mayor\nquit, but\nstays.", "The mayor quit , but stays ."},
		{"hard-wrapped", "The mayor of the town of\nBath said that he had\nquit and that he was\nglad.\n\nHe left.", "The mayor of the town of Bath said that he had quit and that he was glad . ¶ He left ."},
		{"windows lines", "One.\r\nTwo.\r\n\r\nThree.", "One . ¶ Two . ¶ Three ."},
		{"signature", "“Go.” —Ann Lee", "< Go . > — Ann Lee"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := show(Split(c.in)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// quotes writes each quotation with its depth and what is odd about it.
func quotes(d *Doc) string {
	var out []string
	for _, q := range d.Quotations {
		s := strings.Repeat("+", q.Depth) + d.Cut(q.Inner)
		if q.Unclosed {
			s += " (unclosed)"
		}
		if q.Continued {
			s += " (continued)"
		}
		if q.Continues >= 0 {
			s += " (continues)"
		}
		out = append(out, s)
	}
	return strings.Join(out, " | ")
}

func TestQuotations(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"straight", `"A b," he said. "C."`, "A b, | C."},
		{"curly", "“A b,” he said.", "A b,"},
		{"nested", "“He said ‘go’ to me,” she said.", "He said ‘go’ to me, | +go"},
		{"nested straight", `"The "big" one," he said.`, `The "big" one, | +big`},
		{"single", "'We lost,' he said.", "We lost,"},
		{"single against apostrophes", "‘The Joneses’ car isn’t Ann’s,’ he said.", "The Joneses’ car isn’t Ann’s,"},
		{"apostrophes alone", "'Tis the dogs' bone, rock 'n' roll in the '90s", ""},
		{"guillemets", "«Oui», dit-il. « Non », dit-elle.", "Oui |  Non "},
		{"german", "„Ja“, sagte er. »Nein«, sagte sie.", "Ja | Nein"},
		{"opened at each paragraph", "“One.\n“Two.\n“Three,” he said.", "One. (continued) | Two. (continued) (continues) | Three, (continues)"},
		{"unclosed", "“One, he said.\nHe left.", "One, he said. (unclosed)"},
		{"stray opening mark", "A “stray mark. Then “a real one,” he said.", "a real one,"},
		{"stray straight mark", `A "stray mark. Then "a real one," he said.`, "a real one,"},
		{"stray closing mark", "He left.” She said “no.”", "no."},
		{"inches", `He is 6'2" tall. "Yes," he said.`, "Yes,"},
		{"mixed pair", "“One\" and \"two”", "One | two"},
		{"typewriter", "``One,'' he said.", "One,"},
		{"bracket before", `(“One”) ["two"]`, "One | two"},
		{"inner unclosed", "“He said ‘go,” she said.", "He said ‘go,"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := quotes(Split(c.in)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestLinear times inputs that a careless pairing or scan would take squared time for.
func TestLinear(t *testing.T) {
	for _, c := range []struct{ name, in string }{
		{"one line", strings.Repeat("The mayor said he left. ", 1<<18)},
		{"one word", strings.Repeat("a", 1<<22)},
		{"opening marks", strings.Repeat("“", 100_000)},
		{"pairs", strings.Repeat("“a” ", 100_000)},
		{"marks that do not match", strings.Repeat("“‘«", 50_000) + strings.Repeat("»", 50_000)},
		{"straight marks", strings.Repeat(`"`, 100_000)},
		{"apostrophes", strings.Repeat("' s' ", 100_000)},
		{"full stops", strings.Repeat(". ", 100_000)},
		{"dots", strings.Repeat(".", 1<<20)},
		{"line breaks", strings.Repeat("a\n", 1<<19)},
		{"no text", strings.Repeat("\x00\xff", 1<<20)},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			check(t, Split(c.in))
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("%d bytes took %v", len(c.in), took)
			}
		})
	}
}

// check verifies the laws of a document.
func check(t *testing.T, d *Doc) {
	t.Helper()
	if len(d.Lower) != len(d.Text) {
		t.Fatalf("Lower has %d bytes, Text %d", len(d.Lower), len(d.Text))
	}
	at := 0
	for i, k := range d.Tokens {
		if k.Start < at || k.End <= k.Start || k.End > len(d.Text) {
			t.Fatalf("token %d is [%d,%d) after byte %d of %d", i, k.Start, k.End, at, len(d.Text))
		}
		blank(t, d.Text, at, k.Start)
		at = k.End
	}
	blank(t, d.Text, at, len(d.Text))
	checkNesting(t, d)
	checkQuotations(t, d)
}

// blank verifies that no token is missing between two bytes.
func blank(t *testing.T, s string, from, to int) {
	t.Helper()
	for i := from; i < to; {
		c, n := classAt(s, i)
		if c != 's' {
			t.Fatalf("byte %d, %q, is in no token", i, s[i:i+n])
		}
		i += n
	}
}

func checkNesting(t *testing.T, d *Doc) {
	t.Helper()
	token, sentence := 0, 0
	for pi, p := range d.Paragraphs {
		if p.First != sentence || p.Last <= p.First {
			t.Fatalf("paragraph %d has sentences [%d,%d) after %d", pi, p.First, p.Last, sentence)
		}
		for ; sentence < p.Last; sentence++ {
			s := d.Sentences[sentence]
			if s.First != token || s.Last <= s.First || s.Paragraph != pi || !p.Contains(s.Span) {
				t.Fatalf("sentence %d is %+v after token %d", sentence, s, token)
			}
			for ; token < s.Last; token++ {
				if d.Tokens[token].Sentence != sentence || !s.Contains(d.Tokens[token].Span) {
					t.Fatalf("token %d is %+v in sentence %d", token, d.Tokens[token], sentence)
				}
			}
		}
	}
	if token != len(d.Tokens) || sentence != len(d.Sentences) {
		t.Fatalf("paragraphs hold %d of %d tokens", token, len(d.Tokens))
	}
}

func checkQuotations(t *testing.T, d *Doc) {
	t.Helper()
	var open []Quotation
	for i, q := range d.Quotations {
		if q.First < 0 || q.Last > len(d.Tokens) || q.First >= q.Last || !q.Contains(q.Inner) || q.Inner.Len() < 0 {
			t.Fatalf("quotation %d is %+v", i, q)
		}
		if q.Start != d.Tokens[q.First].Start || q.End != d.Tokens[q.Last-1].End {
			t.Fatalf("quotation %d is %+v, its tokens are %+v to %+v", i, q, d.Tokens[q.First], d.Tokens[q.Last-1])
		}
		for len(open) > 0 && open[len(open)-1].End <= q.Start {
			open = open[:len(open)-1]
		}
		if len(open) != q.Depth || len(open) > 0 && !open[len(open)-1].Contains(q.Span) {
			t.Fatalf("quotation %d has depth %d within %d", i, q.Depth, len(open))
		}
		open = append(open, q)
		if q.Continues >= i || q.Continues >= 0 && !d.Quotations[q.Continues].Continued {
			t.Fatalf("quotation %d continues %d", i, q.Continues)
		}
	}
}

func FuzzSplit(f *testing.F) {
	for _, s := range []string{"", "“A,” he said. ‘B’ «c»", "a\r\n\r\nb\u2029c", "\xff\xfe\x00", "Dr. J. K. O'Neill's $3,000.50", `"'"'"`, "İSTANBUL’s ǅ", "你好。再见", "“a\n“b\n“c”", ". . . '90s", "http://", "@", "a@b.c&d_e-", "''``"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { check(t, Split(s)) })
}

func BenchmarkSplit(b *testing.B) {
	s := strings.Repeat("“We are deeply troubled by the agency’s plan,” Sen. Ann Lee (D-Bath) said in a statement on Jan. 5. "+
		"Her office didn't say whether the $27 million would be spent by 2017.\n", 200)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		Split(s)
	}
}
