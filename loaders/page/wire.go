package page

import (
	"regexp"
	"strings"
)

// agencies are those whose reports other outlets print: the name that is stored, and what else they are called. Codes that are also
// something else (PA is Pennsylvania) count only in brackets before the dash of a report's head.
var agencies = []struct{ name, called, code string }{
	{"AP", `(?:the )?associated press`, `AP`},
	{"Reuters", `(?:thomson )?reuters`, `Reuters|REUTERS`},
	{"AFP", `agence france[- ]presse|AFP`, `AFP`},
	{"UPI", `united press international|UPI`, `UPI`},
	{"Xinhua", `xinhua(?: news agency)?`, `Xinhua`},
	{"Kyodo", `kyodo(?: news)?`, `Kyodo`},
	{"dpa", `deutsche presse-agentur`, `dpa|DPA`},
	{"Bloomberg", `bloomberg(?: news)?`, `Bloomberg`},
	{"PA", `press association|PA media`, `PA`},
	{"CP", `(?:the )?canadian press`, `CP`},
	{"AAP", `australian associated press`, `AAP`},
	{"ANSA", `ANSA`, `ANSA`},
	{"EFE", `agencia EFE|EFE`, `EFE`},
	{"TASS", `(?:itar-)?tass`, `TASS`},
	{"Interfax", `interfax`, `Interfax`},
	{"Yonhap", `yonhap(?: news agency)?`, `Yonhap`},
	{"Anadolu", `anadolu(?: agency)?`, `AA`},
	{"PTI", `press trust of india|PTI`, `PTI`},
	{"IANS", `IANS`, `IANS`},
	{"TNS", `tribune news service`, `TNS`},
	{"CNN", `cnn (?:newsource|wire)`, `CNN`},
	{"PR Newswire", `pr ?newswire`, `PRNewswire`},
	{"Business Wire", `business ?wire`, `BUSINESS WIRE`},
	{"GlobeNewswire", `globe ?newswire`, `GLOBE NEWSWIRE`},
}

// codes find an agency in the head of a report, called in a byline or credit, and signed in its last lines.
var codes, called, signed = wirePatterns()

func wirePatterns() (codes, called, signed *regexp.Regexp) {
	var c, n []string
	for _, a := range agencies {
		c = append(c, "("+a.code+")")
		n = append(n, "("+a.called+")")
	}
	code, name := strings.Join(c, "|"), strings.Join(n, "|")
	return regexp.MustCompile(`(?m)^(?:[\p{Lu}\d][\p{L}\d.'’/-]*,?\s*){0,8}(?:--)?[(/](?:` + code + `)[)/]\s*(?:—|–|-)`),
		regexp.MustCompile(`(?i)(?:^|[\s,|/(–—-])(?:` + name + `)(?:$|[\s,|/).–—-])`),
		regexp.MustCompile(`(?im)^(?:\W{0,3}|(?:copyright|©|\(c\))[^\n]{0,20}?|(?:source|credit|via):?\s)(?:` + name + `)\W{0,3}(?:all rights[^\n]*|\d{4}[^\n]*)?$`)
}

// onlyAP is the code AP in a byline, where the letters are those of a name, too, unless something parts them from it.
var onlyAP = regexp.MustCompile(`(?m)(?:^|[,|/(–—-]\s?)AP(?:$|[,|/)]| (?:Staff|News|Writers?)$)`)

// byReuters is how Reuters ends its reports.
var byReuters = regexp.MustCompile(`(?i)\breporting by [^\n]{3,200}[;.,] ?(?:writing by [^\n]{3,80}[;.,] ?)?editing by `)

// wire returns the agency that an article is from: by the head of its report, its byline and credits, or its last lines; "" for
// an outlet's own. An agency that only contributed, or is quoted, is none.
func wire(credits, text string) string {
	if m := codes.FindStringSubmatchIndex(text[:min(len(text), 600)]); m != nil {
		return agency(m)
	}
	if onlyAP.MatchString(credits) {
		return "AP"
	}
	if m := called.FindStringSubmatchIndex(credits); m != nil && !strings.Contains(strings.ToLower(credits), "contribut") {
		return agency(m)
	}
	tail := text[max(0, len(text)-500):]
	if byReuters.MatchString(tail) {
		return "Reuters"
	}
	if m := signed.FindStringSubmatchIndex(tail); m != nil {
		return agency(m)
	}
	return ""
}

// agency returns the name of the group that matched.
func agency(match []int) string {
	for i := range agencies {
		if match[2+2*i] >= 0 {
			return agencies[i].name
		}
	}
	return ""
}
