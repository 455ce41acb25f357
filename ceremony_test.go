package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"vpos/tui/words"
	"vpos/txn/host/keys"
)

// Components drawn for these tests, with the check values of another implementation.
const (
	sheetA, checkA   = "80A7647A623B94F2794A018F0EFE5861", "08F082"
	sheetB, checkB   = "C75D A8A4 3D2C 85F1 6873 6225 2967 E026", "D00669"
	sheetC, checkC   = "326da82c31ec29378ae33eb31cce7f70", "098470"
	wholeAB, checkAB = "46FBCDDF5E161002103862AB2698B946", "29742C"
	checkABC         = "BB13D9"
	mateOfTest       = "8085201CEA91581C8697BA1679AB6B70" // makes, with sheetA, a key everybody knows
	mateOfHalves     = "6E9DA289577FEF769770C77C3BBA23E5" // makes, with sheetA, a key of two halves alike
	sheetP, checkP   = "F1CE46C406111AFD14B7DD3C83FA1CF1", "40A2F9"
	sheetQ, checkQ   = "304B982F08F8B4D4001FF64A0D047A2D", "650C6C"
	checkPQ          = "CE8F34"
)

// typed gives one line after the other and remembers which were read without echo.
type typed struct {
	lines  []string
	hidden []string
	given  [][]byte
	out    io.Writer
}

func (y *typed) Ask(question string, hidden bool) ([]byte, error) {
	fmt.Fprintln(y.out, question)
	if len(y.lines) == 0 {
		return nil, io.EOF
	}
	line := y.lines[0]
	y.lines = y.lines[1:]
	if hidden {
		y.hidden = append(y.hidden, line)
	}
	b := []byte(line)
	y.given = append(y.given, b)
	return b, nil
}

func hold(c ceremony, lines ...string) (*typed, string, keys.Held, error) {
	out := &bytes.Buffer{}
	in := &typed{lines: lines, out: out}
	c.in, c.out = in, out
	if c.kind == "" {
		c.kind = keys.MasterKey
	}
	if c.custodians == 0 {
		c.custodians = 2
	}
	h, err := c.run()
	return in, out.String(), h, err
}

func isFailure(t *testing.T, err error, want words.Failure) {
	t.Helper()
	var a advised
	if !errors.As(err, &a) || a.code != want.Code {
		t.Errorf("got %v, want %s", err, want.Code)
	}
}

func TestCeremony(t *testing.T) {
	for _, l := range words.Langs() {
		in, out, h, err := hold(ceremony{lang: l, live: true, clear: true}, sheetA, "y", "", sheetB, "是", "", "y")
		if err != nil {
			t.Fatal(err)
		}
		check, err := checkValue(h)
		if err != nil || check != checkAB || !h.Key.OddParity() || h.Key.Len() != 16 || len(in.lines) != 0 {
			t.Errorf("%s, %v, left %v", check, err, in.lines)
		}
		for _, want := range []string{checkA, checkB, checkAB, words.KeyCustodian.Fill(l, 2, 2)} {
			if !strings.Contains(out, want) {
				t.Errorf("never said %q", want)
			}
		}
		if fmt.Sprint(in.hidden) != fmt.Sprint([]string{sheetA, sheetB}) {
			t.Error("the components, and nothing else, are read without echo")
		}
		for i, b := range in.given {
			if i%3 == 0 && i < 6 && len(bytes.Trim(b, "\x00")) != 0 {
				t.Errorf("entry %d is not wiped", i)
			}
		}
		// Between two custodians, and after the last, nothing is left to see.
		parts := strings.Split(out, "\x1b[H\x1b[2J\x1b[3J")
		if len(parts) != 4 || !strings.Contains(parts[1], checkA) || strings.Contains(parts[2], checkA) ||
			!strings.Contains(parts[2], checkB) || strings.Contains(parts[3], checkB) || !strings.Contains(parts[3], checkAB) {
			t.Errorf("%q", parts)
		}
	}
}

func TestCeremonyOfThree(t *testing.T) {
	_, _, h, err := hold(ceremony{custodians: 3}, sheetA, "y", "", sheetB, "y", "", sheetC, "y", "", "y")
	if err != nil {
		t.Fatal(err)
	}
	if check, err := checkValue(h); err != nil || check != checkABC {
		t.Errorf("%s, %v", check, err)
	}
}

func TestCeremonyOfAnInitialKey(t *testing.T) {
	_, out, h, err := hold(ceremony{kind: keys.DUKPTAES}, "1234", "123456789012345600000000", sheetP, "y", "", sheetQ, "y", "", "y")
	if err != nil {
		t.Fatal(err)
	}
	check, err := checkValue(h)
	if err != nil || check != checkPQ || fmt.Sprintf("%X", h.KSN) != "123456789012345600000000" {
		t.Errorf("%s, %X, %v", check, h.KSN, err)
	}
	if !strings.Contains(out, checkP) || !strings.Contains(out, checkQ) {
		t.Error("a component's check value was not shown")
	}
	_, _, _, err = hold(ceremony{kind: keys.DUKPTTDES}, "x", "x", "x", "x", "x", "FFFF9876543210E00000")
	isFailure(t, err, words.KeyTries)
}

// A mistyped component is said to be so, and asked for again.
func TestCeremonyAsksAgain(t *testing.T) {
	evenParity := "81" + sheetA[2:]
	_, out, h, err := hold(ceremony{}, "not hex", sheetA[:30], evenParity, sheetC, "n", sheetA, "what", "y", "",
		sheetB+"00", sheetB, "y", "", "y")
	if err != nil {
		t.Fatal(err)
	}
	if check, err := checkValue(h); err != nil || check != checkAB {
		t.Errorf("%s, %v", check, err)
	}
	for want, times := range map[string]int{
		words.KeyNotHex.Fill(words.EN, "32/48"): 2, words.KeyNotHex.Fill(words.EN, "32"): 1,
		words.KeyParity.EN: 1, words.KeyYesNo.EN: 1, checkC: 1, checkA: 1,
	} {
		if got := strings.Count(out, want); got != times {
			t.Errorf("%q said %d times, want %d", want, got, times)
		}
	}
}

func TestCeremonyRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		live  bool
		lines []string
		want  words.Failure
	}{
		"nobody":              {false, nil, words.KeyStopped},
		"one custodian":       {false, []string{sheetA, "y", ""}, words.KeyStopped},
		"no answer":           {false, []string{sheetA}, words.KeyStopped},
		"gone":                {false, []string{sheetA, "y"}, words.KeyStopped},
		"never yes or no":     {false, []string{sheetA, "1", "2", "3", "4", "5", "y"}, words.KeyStopped},
		"never a component":   {false, []string{"", "", "", "", "", sheetA}, words.KeyTries},
		"never the right one": {false, []string{sheetA, "n", sheetA, "n", sheetA, "n", sheetA, "n", sheetA, "n"}, words.KeyTries},
		"the same twice":      {false, []string{sheetA, "y", "", sheetA, "y", "", "y"}, words.KeySame},
		"another key":         {false, []string{sheetA, "y", "", sheetB, "y", "", "n"}, words.KeyStopped},
		"no last answer":      {false, []string{sheetA, "y", "", sheetB, "y", ""}, words.KeyStopped},
		"halves":              {false, []string{sheetA, "y", "", mateOfHalves, "y", "", "y"}, words.KeyWeak},
		"a test key in live":  {true, []string{sheetA, "y", "", mateOfTest, "y", "", "y"}, words.KeyTest},
	} {
		in, out, h, err := hold(ceremony{live: c.live}, c.lines...)
		if !h.Key.Empty() {
			t.Errorf("%s: a key", name)
		}
		isFailure(t, err, c.want)
		for i, b := range in.given {
			if len(b) > 20 && len(bytes.Trim(b, "\x00")) != 0 {
				t.Errorf("%s: entry %d is not wiped", name, i)
			}
		}
		for _, secret := range []string{sheetA, sheetA[:16], mateOfTest[:16], mateOfHalves[:16], wholeAB[:16]} {
			if strings.Contains(strings.ToUpper(out+err.Error()), secret) {
				t.Errorf("%s: a component is on the screen", name)
			}
		}
	}
	// Training takes it: the class learns the ceremony with the manual's key.
	if _, _, h, err := hold(ceremony{}, sheetA, "y", "", mateOfTest, "y", "", "y"); err != nil || !keys.IsTestKey(h.Key) {
		t.Errorf("training: %v", err)
	}
}

// A hidden line shows how much of it there is and nothing else.
func TestReadKeys(t *testing.T) {
	for keys, want := range map[string]struct{ line, hidden, open string }{
		"ab\r":                 {"ab", "••", "ab"},
		"abcdef\n":             {"abcdef", "•••• ••", "abcdef"},
		"ab cd\x7f\x08e\x1b\r": {"abe", "••••\b \b\b \b•", "abcd\b \b\b \be"},
		"abcde\x7f\r":          {"abcd", "•••• •\b \b\b \b", "abcde\b \b"},
		"abc\x15x\r":           {"x", "•••\b \b\b \b\b \b•", "abc\b \b\b \b\b \bx"},
		"\x7f\r":               {"", "", ""},
	} {
		for hidden, shown := range map[bool]string{true: want.hidden, false: want.open} {
			var out bytes.Buffer
			line, err := readKeys(strings.NewReader(keys), &out, hidden)
			if err != nil || string(line) != want.line || out.String() != shown {
				t.Errorf("%q: %q, %q, %v", keys, line, out.String(), err)
			}
		}
	}
	var out bytes.Buffer
	line, err := readKeys(strings.NewReader("否\x7f是\r"), &out, false)
	if err != nil || string(line) != "是" || out.String() != "否\b \b\b \b是" {
		t.Errorf("%q, %q, %v", line, out.String(), err)
	}
	for _, keys := range []string{"ab", "ab\x03\r", "\x04"} {
		if line, err := readKeys(strings.NewReader(keys), io.Discard, true); err == nil || line != nil {
			t.Errorf("%q: %q", keys, line)
		}
	}
	line, err = readKeys(strings.NewReader(strings.Repeat("a", 3*maxLine)+"\r"), io.Discard, true)
	if err != nil || len(line) != maxLine {
		t.Errorf("%d keys, %v", len(line), err)
	}
}
