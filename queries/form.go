package queries

// Form is the kind of a question.
type Form string

const (
	WhoSaid        Form = "who_said"        // who said what [about X]
	WhatSaid       Form = "what_said"       // what did X say [about Y]
	WhoCriticized  Form = "who_criticized"  // who criticized X; X empty: who criticized whom
	WhomCriticized Form = "whom_criticized" // whom did X criticize
	WhoPraised     Form = "who_praised"     // who praised X; X empty: who praised whom
	WhomPraised    Form = "whom_praised"    // whom did X praise
	QuotedWith     Form = "quoted_with"     // who is quoted with X
	Connected      Form = "connected"       // how are X and Y connected
	WhoIs          Form = "who_is"          // who is X
	WhoDeclined    Form = "who_declined"    // who declined to comment
)

// FormDoc tells a person how a form is asked.
type FormDoc struct {
	Form    Form   `json:"form"`
	Pattern string `json:"pattern"` // "who said what [about X]"
	Example string `json:"example"` // a question that Parse reads
	Answer  string `json:"answer"`  // what comes back
}

// Forms lists every form, in the order in which help shows them.
func Forms() []FormDoc {
	return []FormDoc{
		{WhoSaid, "who said what [about X]", `who said what about HHS since:2025-06`, "claims, newest first; unnamed sources in their own words"},
		{WhatSaid, "what did X say [about Y]", `what did Adam Schiff say about HHS`, "the claims of one speaker"},
		{WhoCriticized, "who criticized X", `who criticized "Department of Health and Human Services"`, "criticism of X, in the reporter's words or the critic's own; X may be whom: everyone"},
		{WhomCriticized, "whom did X criticize", `whom did Adam Schiff criticize`, "criticism by X"},
		{WhoPraised, "who praised X", `who praised HHS min-score:0.8`, "praise of X; X may be whom: everyone"},
		{WhomPraised, "whom did X praise", `whom did Adam Schiff praise`, "praise by X"},
		{QuotedWith, "who is quoted with X", `who is quoted with Adam Schiff`, "those quoted in the same articles, joint speakers first"},
		{Connected, "how are X and Y connected", `how are Adam Schiff and HHS connected`, "shortest chains between them, a proof for each step"},
		{WhoIs, "who is X", `who is Adam Schiff`, "the profile of a person or organization"},
		{WhoDeclined, "who declined to comment", `who declined to comment outlet:"Orange County Register"`, "refusals to comment, newest first"},
	}
}

// names is how many names the form takes at least and at most.
func (f Form) names() (least, most int) {
	switch f {
	case WhoSaid, WhoCriticized, WhoPraised:
		return 0, 1
	case WhatSaid, Connected:
		return 1, 2
	case WhomCriticized, WhomPraised, QuotedWith, WhoIs:
		return 1, 1
	default:
		return 0, 0
	}
}

// takes tells whether a filter means something for the form; one that does not would empty the answer without saying why.
func (f Form) takes(filter string) bool {
	switch filter {
	case keyVoice:
		return f == WhoCriticized || f == WhomCriticized || f == WhoPraised || f == WhomPraised
	case keyKind:
		return f != WhoDeclined
	case keyAfter:
		return f != Connected && f != WhoIs
	}
	return true
}
