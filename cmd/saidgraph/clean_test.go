package main

import (
	"slices"
	"strings"
	"testing"
)

func TestClean(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "“Zoë” 中文", "“Zoë” 中文"},
		{"escape sequence", "a\x1b[31mb", "a␛[31mb"},
		{"C1", "a\u009b31mb", "a\uFFFD31mb"},
		{"bell and delete", "\a\x7f", "␇␡"},
		{"tab and line break", "a\tb\nc", "a b\nc"},
		{"carriage return", "safe\revil", "safe␍evil"},
		{"direction override", "a\u202eb", "a\uFFFDb"},
		{"isolate", "a\u2066b", "a\uFFFDb"},
		{"tag characters", "a\U000E0041b", "a\uFFFDb"},
		{"invalid bytes", "a\xffb", "a\uFFFDb"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := clean(tt.in); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestWrap(t *testing.T) {
	tests := []struct {
		in   string
		n    int
		want []string
	}{
		{"", 5, []string{""}},
		{"one two three", 7, []string{"one two", "three"}},
		{"abcdefghij", 4, []string{"abcd", "efgh", "ij"}},
		{"a abcdefgh b", 4, []string{"a", "abcd", "efgh", "b"}},
		{"日本語の新聞", 4, []string{"日本", "語の", "新聞"}},
	}
	for _, tt := range tests {
		if got := wrap(tt.in, tt.n); !slices.Equal(got, tt.want) {
			t.Errorf("wrap(%q, %d): got %q, want %q", tt.in, tt.n, got, tt.want)
		}
	}
}

func TestTable(t *testing.T) {
	var b strings.Builder
	rows := [][]string{
		{"Ann", strings.Repeat("many words ", 12), "Gazette"},
		{"Bo\x1b", "“Zoë,”\nhe said", strings.Repeat("y", 40)},
	}
	if err := table(sized{&b, 60}, []string{"WHO", "WORDS", "WHERE"}, rows); err != nil {
		t.Fatal(err)
	}
	want := `WHO  WORDS                                   WHERE
───  ──────────────────────────────────────  ───────────────
Ann  many words many words many words many   Gazette
     words many words many words many words
     many words many words many words many
     words many words
Bo␛  “Zoë,” he said                          yyyyyyyyyyyyyyy
                                             yyyyyyyyyyyyyyy
                                             yyyyyyyyyy
`
	if got := b.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestQuestion(t *testing.T) {
	tests := []struct {
		args []string
		want string
	}{
		{[]string{`who criticized "A B" since:2025`}, `who criticized "A B" since:2025`},
		{[]string{"who", "criticized", "A B"}, `who criticized "A B"`},
		{[]string{"who", "said", "what", "outlet:A B"}, `who said what outlet:"A B"`},
		{[]string{"who", "said", "what", "about X"}, `who said what "about X"`},
		{[]string{"who criticized HHS", "since:2025"}, "who criticized HHS since:2025"},
		{[]string{"what did Ann Lee", "say"}, "what did Ann Lee say"},
	}
	for _, tt := range tests {
		if got := question(tt.args); got != tt.want {
			t.Errorf("question(%q): got %q, want %q", tt.args, got, tt.want)
		}
	}
}

func TestShell(t *testing.T) {
	for in, want := range map[string]string{
		"sqlite:a.db": "sqlite:a.db", "sqlite:my file.db": "'sqlite:my file.db'", "it's": `'it'\''s'`, "a;b": "'a;b'", "$(x)": "'$(x)'", "": "''",
	} {
		if got := shell(in); got != want {
			t.Errorf("shell(%q): got %s, want %s", in, got, want)
		}
	}
}

func TestNext(t *testing.T) {
	for _, tt := range []struct {
		store string
		keys  []string
		want  []string
		never string
	}{
		{defaultStore, nil, []string{" ask who said what\n", "  curl 'http://h:1/v1/ask?q=who+is+A%26B'\n"}, "--store"},
		{"sqlite:a b.db", []string{"secret"}, []string{"--store 'sqlite:a b.db'\n", `-H "Authorization: Bearer $SAIDGRAPH_KEYS"`}, "secret"},
		{"memory:", nil, []string{"curl 'http://h:1/v1/ask?q=who+said+what'"}, "--store"},
	} {
		var b strings.Builder
		(&serveCmd{Key: tt.keys}).next(&app{stderr: &b, store: tt.store}, "h:1", []string{"who said what", "who is A&B"})
		for _, want := range tt.want {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%s: got %q, want %q in it", tt.store, b.String(), want)
			}
		}
		if strings.Contains(b.String(), tt.never) {
			t.Errorf("%s: got %q, want no %q", tt.store, b.String(), tt.never)
		}
	}
}
