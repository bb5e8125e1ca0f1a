package quote

import (
	"slices"
	"testing"
)

// TestNaming holds an article's named entities to what a reader would list: "name/p" or "name/o".
func TestNaming(t *testing.T) {
	e, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, in  string
		want, not []string
	}{
		{"short form of a company", "Ondra Securities wrote to clients. The shares are cheap, Ondra said on Monday. Critics of Ondra laughed.",
			[]string{"Ondra Securities/o"}, []string{"Ondra/p", "Ondra/o"}},
		{"a family is no company", "Paul Bexley runs the Bexley Foundation. Bexley said he would resign.",
			[]string{"Paul Bexley/p", "Bexley Foundation/o"}, []string{"Bexley/o"}},
		{"legal form", "Tellun Marit AG bought a rival on Monday.", []string{"Tellun Marit AG/o"}, nil},
		{"trade", "The bread is made by Colvey Bakeries in the north.", []string{"Colvey Bakeries/o"}, nil},
		{"position", "The chair, the Chief Executive Officer and the clerk left the room.", nil, []string{"Chief Executive Officer/o", "Chief Executive/o"}},
		{"currency", "The board approved a dividend of CHF 2.50 for each share.", nil, []string{"CHF/o", "CHF/p"}},
		{"broadcast", "She spoke on The Nora Quill Show on Sunday.", nil, []string{"Nora Quill Show/p"}},
		{"given name that is a title", "He was fouled by the defender Dean Marsh late on. Marsh was booked.", []string{"Dean Marsh/p"}, []string{"Marsh/p", "Dean/p"}},
		{"role at the start", "Substitute Louis Marino scored late on. Marino wept.", []string{"Louis Marino/p"}, nil},
		{"for the", "The Riverton Coalition for the Homeless met on Monday.", []string{"Riverton Coalition for the Homeless/o"}, nil},
		{"for a cause", "She works for Everytown for Gun Safety in Ohio.", []string{"Everytown for Gun Safety/o"}, nil},
		{"a street", "They closed the Harmon Street shelter on Monday.", nil, []string{"Harmon Street/p", "Harmon Street/o"}},
		{"workers", "She joined the Allied Dairy and Packing Workers in May.", []string{"Allied Dairy and Packing Workers/o"}, []string{"Packing Workers/p"}},
		{"a union's local", "He runs Local 88 in Ohio.", []string{"Local 88/o"}, nil},
		{"a dateline's place", "MARLOW CREEK, Ohio — The council met. Marlow Creek has one.", nil, []string{"Marlow Creek/p", "Marlow Creek/o"}},
		{"title before a head of government", "Chief Minister Raghvend Solanki rose. Solanki spoke.", []string{"Raghvend Solanki/p"}, []string{"Minister/p"}},
		{"an office with a body", "Leader of the Opposition Kelma Uikey led the charge. Uikey spoke.", []string{"Kelma Uikey/p"}, []string{"Opposition Kelma Uikey/p"}},
		{"council before a title", "Council President Hal Reese spoke.", []string{"Hal Reese/p"}, []string{"Council President/o"}},
		{"letters behind a name", "Piers Anstruther QC said no.", []string{"Piers Anstruther QC/p"}, nil},
		{"members", "He told MPs that it was late.", nil, []string{"MPs/o", "MPs/p"}},
		{"party's office before a name", "Senate Minority Leader Hal R. Reese spoke. Reese left.", []string{"Hal R. Reese/p"}, []string{"Senate Minority Leader/o"}},
		{"initial after a role", "They sent White House Counsel T. Noel Eckerd to the Hill. Eckerd left.", []string{"T. Noel Eckerd/p"}, []string{"Eckerd/p"}},
		{"speech", "He gave the State of the Union address on Monday.", nil, []string{"State of the Union/o"}},
		{"shouted words", "The prophet says \"what is due TO HIS CHOSEN, whose hand I hold.\"", nil, []string{"TO HIS CHOSEN/p", "TO HIS CHOSEN/o"}},
		{"people in an office's name", "He sued the Ohio Department of Public Safety on Monday.", []string{"Ohio Department of Public Safety/o"}, nil},
		{"former", "Former CIA Director Ann Bexley spoke on Monday.", []string{"CIA/o", "Ann Bexley/p"}, []string{"Former CIA/o"}},
		{"headline", "Ann Bexley Doubled Her Rent While Others Paid\n\nAnn Bexley paid more on Monday. Bexley would not say why.", []string{"Ann Bexley/p"}, []string{"Ann Bexley Doubled/p"}},
		{"surname that is a nationality", "Frank Cuban, the owner of a team, is open to it. It is too early, Cuban said. Cuban left.", []string{"Frank Cuban/p"}, nil},
		{"firm of one word", "Facebook said on Monday that its tool was safe. The tool is new.", []string{"Facebook/o"}, nil},
		{"a place to post", "She wrote on Twitter that she was safe.", nil, []string{"Twitter/o", "Twitter/p"}},
		{"for and of", "Ann Lowe chairs the Centre for Control of Wind Damage in Perth.", []string{"Centre for Control of Wind Damage/o"}, nil},
		{"calling", "Senior researcher Qa Lu says the salt is safe.", []string{"Qa Lu/p"}, nil},
		{"island", "Tasmania was left out of the study.", nil, []string{"Tasmania/p", "Tasmania/o"}},
		{"time zone", "The site was back at 15:11 GMT on Sunday.", nil, []string{"GMT/o"}},
		{"listing", "Tellun Marit AG (SIX: TLM) bought a rival.", []string{"Tellun Marit AG/o"}, []string{"Tellun Marit AG=SIX", "SIX/o"}},
		{"plural possessive", "The Bakers' Union said on Monday that it would fight.", []string{"Bakers' Union/o"}, nil},
		{"calling after an unknown name", "It was late, Zelkia Orrim, the executive director of a charity, told us.", []string{"Zelkia Orrim/p"}, nil},
		{"kin of somebody named", "Keith Lamont Orrim was shot. Zelkia Orrim can be heard on the tape.", []string{"Zelkia Orrim/p"}, nil},
		{"speaks by one name", "The poll was wrong. Nobody saw it, but PolitiLens found that it was old.", []string{"PolitiLens/o"}, nil},
		{"speaks by two names", "\"It is old,\" said Zelkia Orrim on Monday.", []string{"Zelkia Orrim/p"}, nil},
		{"word that begins a sentence", "Turnout was low. Cleanliness is dear to him. Enraged by it, he left.", nil, []string{"Turnout/p", "Cleanliness/p", "Enraged/p", "Turnout/o"}},
		{"partners", "She worked for Pew & Hale in Ohio.", []string{"Pew & Hale/o"}, nil},
		{"stadium", "They met at Bank of Utah Stadium on Sunday.", nil, []string{"Bank of Utah Stadium/o", "Bank of Utah Stadium/p"}},
		{"law", "The Senate passed the Fair Water Act on Monday.", []string{"Senate/o"}, []string{"Fair Water Act/o", "Fair Water Act/p"}},
		{"where it is based", "She runs the Oslo-based Egmar Foundation.", []string{"Egmar Foundation/o"}, []string{"Oslo-based Egmar Foundation/o"}},
		{"people whom a center serves", "She asked the Roper Center for Public Opinion Research.", []string{"Roper Center for Public Opinion Research/o"}, nil},
		{"dateline", "SAN DIEGO (Reuters) - Tellun Corp. closed a plant.", []string{"Tellun Corp./o"}, []string{"SAN DIEGO/p", "SAN DIEGO/o"}},
		{"nickname", `Rep. Robert C. "Bobby" Orrim opened his yard. Orrim smiled.`, []string{`Robert C. "Bobby" Orrim/p`}, []string{"Robert C./p"}},
		{"a network's reporter", "She told CNN's Zolf Orrim that it was late.", []string{"Zolf Orrim/p"}, []string{"Zolf Orrim/o"}},
		{"party and state", "Rep. Ann Lee (D-Bath) and Republican Indiana voted.", []string{"Ann Lee/p"}, []string{"D-Bath/o", "Republican Indiana/o"}},
		{"country", "The Republic of Korea and N. Korea met.", nil, []string{"Republic of Korea/o", "N. Korea/p", "N. Korea/o"}},
		{"illness", "He said that PTSD is real. PTSD hurts.", nil, []string{"PTSD/o", "PTSD/p"}},
		{"cried words", "The court met again.\n\nORRIM STEPS ASIDE\n\nJudge Ann Orrim left.", []string{"Ann Orrim/p"}, []string{"ORRIM STEPS ASIDE/p"}},
		{"hospital", "She worked at Mercy Hospital for years. Since then Mercy has closed a ward.", []string{"Mercy Hospital/o"}, []string{"Mercy/p"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, x := range e.Analyze(c.in).Entities {
				got = append(got, x.Name+"/"+string(x.Type[0]))
				for _, a := range x.Aliases {
					got = append(got, x.Name+"="+a)
				}
			}
			for _, w := range c.want {
				if !slices.Contains(got, w) {
					t.Errorf("got %q, want %q", got, w)
				}
			}
			for _, w := range c.not {
				if slices.Contains(got, w) {
					t.Errorf("got %q, want no %q", got, w)
				}
			}
		})
	}
}
