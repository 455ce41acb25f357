package config

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// FuzzParse: nothing panics; a file is either a configuration that Show writes
// so that Parse reads it again, or has problems with places inside it.
func FuzzParse(f *testing.F) {
	f.Add([]byte(Template("")))
	f.Add([]byte(live))
	for _, m := range mistakes {
		f.Add([]byte(m.file))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Parse(data)
		if err != nil {
			checkProblems(t, data, err)
			return
		}
		shown := Show(c)
		if c.Host.TLS.Key != "" {
			shown = strings.Replace(shown, `key = "********"`, "key = "+quote(c.Host.TLS.Key), 1)
		}
		again, err := Parse([]byte(shown))
		if err != nil {
			t.Fatalf("what Show wrote is refused: %v\n%s", err, shown)
		}
		if diff := cmp.Diff(c, again); diff != "" {
			t.Fatal(diff)
		}
	})
}

func checkProblems(t *testing.T, data []byte, err error) {
	t.Helper()
	var p *Problems
	if !errors.As(err, &p) || len(p.List) == 0 || len(p.List) > maxProblems+1 {
		t.Fatalf("%T with no list or too long a one", err)
	}
	lines := strings.Count(string(data), "\n") + 1
	for _, one := range p.List {
		if one.Line < 0 || one.Line > lines || one.Line > 0 && one.Column < 1 || one.Code == "" {
			t.Errorf("%+v in a file of %d lines", one, lines)
		}
		if text := one.Error(); !utf8.ValidString(text) || strings.ContainsAny(text, "\n\x1b\x00") || utf8.RuneCountInString(one.Got) > maxGot+4 {
			t.Errorf("unfit to be shown: %q", text)
		}
	}
}
