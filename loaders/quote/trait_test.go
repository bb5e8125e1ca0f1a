package quote

import "testing"

func TestTraits(t *testing.T) {
	e, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, in, by string }{
		{"age", "Dean Marsh insisted that he had won the ball. \"I got it first,\" the 31-year-old defender told reporters.", "Dean Marsh"},
		{"origin", "Louis Marino scored twice against Arden Lane. \"I just hit it,\" the Argentine said.", "Louis Marino"},
		{"party", "Rep. Ann Lowe voted against the bill. \"It is a waste,\" the Ohio Democrat said.", "Ann Lowe"},
		{"calling", "Saul Brandt wrote that the end was near. \"I was told so,\" the Christian speaker said.", "Saul Brandt"},
		{"origin and office, then a pronoun", "Ben Sallow, who met Carl Roe on Monday, agreed with the court. The Vermont senator would not say more. But he told reporters that the bill was dead.", "Ben Sallow"},
		{"the first of the sentence before", "Carl Roe is campaigning in Ohio, where Ben Sallow leads. The Florida senator went home. He told reporters that the race was open.", "Carl Roe"},
		{"a role with a body", "Ann Lowe pays the rent. \"Nobody cares,\" the NATO member said.", "the NATO member"},
		{"somebody unnamed", "Ann Lowe said the bridge was safe. \"It is not,\" the spokesman said.", "the spokesman"},
		{"somebody else's", "Ann Lowe said the bridge was safe. \"It is not,\" the board's engineer said.", "the board's engineer"},
		{"age, with more after it", "Ann Lowe wrote the plan. Pressed on it, the 34-year-old mother of three replied, \"It is mine.\"", "Ann Lowe"},
		{"the same words twice", "Saul Brandt blamed the council. \"We need change,\" the Boston businessman said. \"Now,\" the Boston businessman said.", "Saul Brandt"},
		{"it", "Colvey Bakeries said the plant would close. It said that the work would move north.", "Colvey Bakeries"},
		{"a surname that looks like an adverb", "Mayor Denise Okafor-Reilly signed the bill. \"We lost,\" Okafor-Reilly told the packed chamber.", "Denise Okafor-Reilly"},
		{"who spoke, not whom the words name", "Gary Marsh called Lee Bexley lazy and said that Anton Reyle had starved the club. \"Anton loves the photographs,\" he wrote.", "Gary Marsh"},
		{"somebody unnamed goes on", "Mark Thiele told workers that he was sorry. A forklift operator with 22 years at the plant, who asked not to be named because he feared the bosses, said he would take the deal. \"Ray is a good man,\" he said.", "A forklift operator"},
		{"which", "The deal needs approval from the Harbor Finance Authority, which has said it will read the papers in May.", "Harbor Finance Authority"},
		{"a report", "Dike Watch said in a report that the wall was thin. Hours later the mayor slept. The report says nobody paid.", "Dike Watch"},
		{"a lead", "The wall is thin, a rights group said on Monday.\n\nDike Watch, which is based in Ghent, said it had seen the wall.", "Dike Watch"},
		{"a title before a given name", "Sir Desmond Quayle rose. Sir Desmond said the house would sit.", "Desmond Quayle"},
		{"listing", "BASEL -- Tellun Marit AG (SIX: TLM) today announced that it has bought a rival.", "Tellun Marit AG"},
		{"a crowd", "The march began at Temple College. \"Peace now!\" the group shouted.", "the group"},
	} {
		t.Run(c.name, func(t *testing.T) {
			said := e.Analyze(c.in).Claims
			if len(said) == 0 {
				t.Fatal("nothing said")
			}
			if got := said[len(said)-1]; got.By != c.by {
				t.Errorf("got %q, want %q", got.By, c.by)
			}
		})
	}
}
