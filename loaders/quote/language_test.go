package quote

import (
	"strings"
	"testing"

	"saidgraph/loaders/quote/text"
)

func TestLanguage(t *testing.T) {
	e := newEngine(t)
	for _, c := range []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"prose", "The mayor said on Monday that the bridge would be closed until the spring, because its deck is not safe.", ""},
		{"headline", "Mayor Closes Old Harbor Bridge", ""},
		{"a short quotation", `"No," Hill said.`, ""},
		{"one foreign word", "Gesundheit", ""},
		{"all capitals", "MAYOR ANN LEE SAID ON MONDAY THAT THE BRIDGE WOULD BE CLOSED. NOBODY WAS HURT.", ""},
		{"names", "Juan de la Cruz\nMaría de los Ángeles\nHans von der Heide\nJan van den Berg\nPaolo di Stefano\nÉmile du Bois\nAna dos Santos\n", ""},
		{"numbers", strings.Repeat("2015\t3,000\t27%\nRevenue\t1.2\t3.4\n", 40), ""},
		{"words of a table", strings.Repeat("Potatoes 3 Carrots 4 Onions 5\n", 60), ""},
		{"press release", "BERLIN, May 4 /PRNewswire/ -- Müller & Söhne GmbH, Société Générale and Banco de la Nación today announced a joint venture. " +
			"\"Die Brücke is our flagship,\" said Jürgen Müller, chief executive of Müller & Söhne. Contact: Élodie Dupont, María Núñez.", ""},
		{"English that quotes Spanish", "The crowd shouted at the senator as he left the hall. “¡El pueblo unido jamás será vencido!” they chanted, and “Sí, se puede.” " +
			"He told reporters that he had not heard any of it.", ""},
		{"English that quotes Chinese", "The poster said 北京欢迎你 and the minister read it aloud to the reporters at the airport.", ""},
		{"mathematical letters", "𝐁𝐫𝐞𝐚𝐤𝐢𝐧𝐠 𝐧𝐞𝐰𝐬", ""},

		{"German", "Die Bürgermeisterin sagte am Montag, dass die Brücke bis zum Frühjahr geschlossen bleibt. „Sie ist nicht sicher“, erklärte sie.", "not English: German words"},
		{"French", "Le maire a déclaré lundi que le pont serait fermé jusqu'au printemps, car il n'est plus sûr pour les piétons.", "not English: French words"},
		{"Spanish", "La alcaldesa dijo el lunes que el puente estará cerrado hasta la primavera porque no es seguro para los peatones.", "not English: Spanish words"},
		{"Italian", "La sindaca ha detto lunedì che il ponte resterà chiuso fino alla primavera perché non è più sicuro per i pedoni.", "not English: Italian words"},
		{"Dutch", "De burgemeester zei maandag dat de brug tot het voorjaar dicht blijft, omdat hij niet veilig is voor voetgangers.", "not English: Dutch words"},
		{"Portuguese", "A prefeita disse na segunda-feira que a ponte ficará fechada até a primavera porque não é segura para os pedestres.", "not English: Portuguese words"},
		{"Swedish", "Borgmästaren sade i måndags att bron ska vara stängd till våren eftersom den inte är säker för gående.", "not English: Swedish words"},
		{"Polish", "Burmistrz powiedziała w poniedziałek, że most będzie zamknięty do wiosny, ponieważ nie jest już bezpieczny dla pieszych.", "not English: Polish words"},
		{"Turkish", "Belediye başkanı pazartesi günü köprünün bahara kadar kapalı olacağını söyledi, çünkü yayalar için artık güvenli değil ve daha çok para gerekiyor.", "not English: Turkish words"},
		{"capitals of another language", "LA ALCALDESA DIJO EL LUNES QUE EL PUENTE NO ES SEGURO PARA LOS PEATONES Y QUE ESTARÁ CERRADO.", "not English: Spanish words"},
		{"a language of no list", strings.Repeat("Tá an droichead dúnta go dtí an t-earrach, arsa an méara inné, mar níl sé sábháilte do choisithe. ", 6), "not English: few English words"},
		{"Russian", "Мэр заявила в понедельник, что мост будет закрыт до весны, потому что он небезопасен.", "not English: Cyrillic letters"},
		{"Arabic", "قالت رئيسة البلدية يوم الاثنين إن الجسر سيغلق حتى الربيع لأنه غير آمن للمشاة.", "not English: Arabic letters"},
		{"Chinese", "市长星期一说，这座桥将关闭到春天，因为它对行人不安全。", "not English: Chinese letters"},
		{"Japanese", "市長は月曜日、橋は歩行者にとって安全ではないため、春まで閉鎖されると述べた。", "not English: Japanese letters"},
		{"Korean", "시장은 월요일에 다리가 보행자에게 안전하지 않아 봄까지 폐쇄될 것이라고 말했다.", "not English: Korean letters"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := e.Analyze(c.in)
			if a.Skipped != c.want {
				t.Fatalf("skipped %q, want %q", a.Skipped, c.want)
			}
			if c.want != "" && len(a.Quotes)+len(a.Entities)+len(a.Claims)+len(a.Stances) > 0 {
				t.Errorf("a skipped text was analysed: %+v", a)
			}
		})
	}
}

// TestLanguageFromAllOver holds that a long text is judged by more than its head.
func TestLanguageFromAllOver(t *testing.T) {
	const english = "The mayor said on Monday that the bridge would be closed until the spring, and that it is not safe. "
	const german = "Die Bürgermeisterin sagte am Montag, dass die Brücke bis zum Frühjahr geschlossen bleibt. "
	l := newEngine(t).languages
	for _, c := range []struct {
		name, in string
		want     bool
	}{
		{"German words of welcome", strings.Repeat(german, 18) + strings.Repeat(english, 200), false},
		{"an English abstract", strings.Repeat(english, 10) + strings.Repeat(german, 200), true},
	} {
		if got := l.foreign(text.Split(c.in)) != ""; got != c.want {
			t.Errorf("%s: foreign %v, want %v", c.name, got, c.want)
		}
	}
}

func BenchmarkLanguage(b *testing.B) {
	l := newLanguages()
	d := text.Split(strings.Repeat("The mayor said on Monday that the bridge would be closed until the spring. \"It is not safe,\" Ann Lee said.\n", 50))
	b.SetBytes(int64(len(d.Text)))
	for b.Loop() {
		if why := l.foreign(d); why != "" {
			b.Fatal(why)
		}
	}
}
