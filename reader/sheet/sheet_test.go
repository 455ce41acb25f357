package sheet

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

type page struct {
	Name  string `toml:"name"`
	Bytes Hex    `toml:"bytes"`
	Row   []struct {
		Bytes Hex `toml:"bytes"`
	} `toml:"row"`
}

func TestDecode(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"name = 'x'\nbytes = '0A 0b'\n[[row]]\nbytes = 'FF'", ""},
		{"nam = 'x'", "line 1, nam: there is no such key"},
		{"\n[[row]]\nbyte = 'FF'", "line 3, row.byte: there is no such key"},
		{"\n\nname = 4111111111111111", "line 3, name: a TOML integer cannot stand here"},
		{"bytes = '4'", "line 1, bytes: want pairs of hex digits"},
		{"bytes = '4x'", "line 1, bytes: want pairs of hex digits"},
		{"name", "line 1: "},
		{"name = \"\xff\"", "this is not UTF-8 text"},
		{strings.Repeat(" ", MaxBytes+1), "262145 bytes; at most 262144 are read"},
	} {
		var p page
		err := Decode([]byte(c.text), &p)
		var at *Error
		switch {
		case c.want == "" && (err != nil || fmt.Sprintf("%X %X", []byte(p.Bytes), []byte(p.Row[0].Bytes)) != "0A0B FF"):
			t.Errorf("%q: %v %+v", c.text, err, p)
		case c.want != "" && (!errors.As(err, &at) || !strings.HasPrefix(err.Error(), c.want)):
			t.Errorf("%.40q: %v, want %s", c.text, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), "4111") {
			t.Errorf("the error repeats the value: %v", err)
		}
	}
}

func TestAt(t *testing.T) {
	text := []byte("a = 1\n[[row]]\n# [[row]]\n  [[ row ]] # second\n[[row.part]]\n[[row]]")
	for i, want := range []string{"line 7, row.k: w", "line 8, row.k: w", "k: w"} {
		text := []byte("k = 0\n[[row]]\n\nkk = 1\n# k = 2\n\n k  = 1 # one\n[[row]]\n[row.part]\nk = 1\n")
		if got := AtKey(text, "row", i, "k", "w").Error(); got != want {
			t.Errorf("%d: %s, want %s", i, got, want)
		}
	}
	for i, want := range []string{"line 2, row.k: w", "line 4, row.k: w", "line 6, row.k: w", "k: w"} {
		if got := At(text, "row", i, "k", "w").Error(); got != want {
			t.Errorf("%d: %s, want %s", i, got, want)
		}
	}
}

func TestNear(t *testing.T) {
	names := []string{"tear", "mute", "slow", "gpo-refused", "two-apps"}
	for name, want := range map[string]string{
		"tear": "tear", "ter": "tear", "taer": "tear", "gpo": "gpo-refused", "xyzzy": "", "": "",
	} {
		if got := strings.Join(Near(name, names), " "); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("name = 'x'\nbytes = '0A'\n[[row]]\nbytes = 'FF'")
	f.Add("[[row]]\n[[row]]\nbyte = 1")
	f.Fuzz(func(t *testing.T, text string) {
		var p page
		err := Decode([]byte(text), &p)
		var at *Error
		if err != nil && (!errors.As(err, &at) || at.Line < 0 || at.Error() == "") {
			t.Errorf("%v", err)
		}
		_ = AtKey([]byte(text), "row", 1, "k", "w")
	})
}
