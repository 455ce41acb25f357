package pcsc

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"vpos/reader"
)

func hex(t testing.TB, s string) []byte {
	t.Helper()
	var out []byte
	for _, word := range strings.Fields(s) {
		b, ok := bytesOf(word)
		if !ok {
			t.Fatalf("not hexadecimal: %q", word)
		}
		out = append(out, b...)
	}
	return out
}

func bytesOf(word string) ([]byte, bool) {
	const digits = "0123456789ABCDEF"
	var out []byte
	for i := 0; i+1 < len(word); i += 2 {
		high, low := strings.IndexByte(digits, word[i]), strings.IndexByte(digits, word[i+1])
		if high < 0 || low < 0 {
			return nil, false
		}
		out = append(out, byte(high<<4|low))
	}
	return out, len(word)%2 == 0
}

// Each line of a script is what must be sent and what comes back.
func TestExchange(t *testing.T) {
	for name, c := range map[string]struct {
		t       protocol
		command string
		script  []string
		sw      uint16
		data    string
	}{
		"case 1, T=0":     {protocolT0, "80 82 00 00", []string{"80 82 00 00 00 > 90 00"}, 0x9000, ""},
		"case 1, T=1":     {protocolT1, "80 82 00 00", []string{"80 82 00 00 > 90 00"}, 0x9000, ""},
		"case 2":          {protocolT0, "00 B2 01 0C 00", []string{"00 B2 01 0C 00 > 01 02 90 00"}, 0x9000, "01 02"},
		"case 2, 6C":      {protocolT0, "00 B2 01 0C 00", []string{"00 B2 01 0C 00 > 6C 02", "00 B2 01 0C 02 > 01 02 90 00"}, 0x9000, "01 02"},
		"case 2, 6C, T=1": {protocolT1, "00 B2 01 0C 00", []string{"00 B2 01 0C 00 > 6C 01", "00 B2 01 0C 01 > 01 90 00"}, 0x9000, "01"},
		"case 2, 61":      {protocolT0, "00 B2 01 0C 00", []string{"00 B2 01 0C 00 > 61 01", "00 C0 00 00 01 > 07 90 00"}, 0x9000, "07"},
		"case 3":          {protocolT0, "00 20 00 80 01 55", []string{"00 20 00 80 01 55 > 63 C2"}, 0x63C2, ""},
		"case 3, 6C":      {protocolT0, "00 20 00 80 01 55", []string{"00 20 00 80 01 55 > 6C 02"}, 0x6C02, ""},
		"case 4, T=1":     {protocolT1, "00 A4 04 00 01 55 00", []string{"00 A4 04 00 01 55 00 > 0A 90 00"}, 0x9000, "0A"},
		"case 4, 6C, T=1": {protocolT1, "80 AE 40 00 01 55 00", []string{"80 AE 40 00 01 55 00 > 6C 02"}, 0x6C02, ""},
		"case 4, T=0":     {protocolT0, "00 A4 04 00 01 55 00", []string{"00 A4 04 00 01 55 > 61 02", "00 C0 00 00 02 > 0A 0B 90 00"}, 0x9000, "0A 0B"},
		"in pieces": {protocolT0, "80 A8 00 00 02 83 00 00", []string{
			"80 A8 00 00 02 83 00 > 61 00", "00 C0 00 00 00 > 6C 02", "00 C0 00 00 02 > 0A 0B 61 01", "00 C0 00 00 01 > 0C 90 00",
		}, 0x9000, "0A 0B 0C"},
		"warning with data": {protocolT0, "00 A4 04 00 01 55 00", []string{
			"00 A4 04 00 01 55 > 62 83", "00 C0 00 00 00 > 6C 01", "00 C0 00 00 01 > 0A 90 00",
		}, 0x6283, "0A"},
		"warning without": {protocolT0, "00 A4 04 00 01 55 00", []string{"00 A4 04 00 01 55 > 62 83", "00 C0 00 00 00 > 69 85"}, 0x6283, ""},
		"warning, T=1":    {protocolT1, "00 A4 04 00 01 55 00", []string{"00 A4 04 00 01 55 00 > 62 83"}, 0x6283, ""},
		"refusal":         {protocolT0, "80 AE 40 00 01 55 00", []string{"80 AE 40 00 01 55 > 69 85"}, 0x6985, ""},
	} {
		t.Run(name, func(t *testing.T) {
			script := c.script
			send := func(got []byte) ([]byte, error) {
				if len(script) == 0 {
					t.Fatalf("one command too many: %X", got)
				}
				want, answer, _ := strings.Cut(script[0], ">")
				script = script[1:]
				if !bytes.Equal(got, hex(t, want)) {
					t.Fatalf("sent %X, want %s", got, want)
				}
				return hex(t, answer), nil
			}
			command := hex(t, c.command)
			sw, data, err := exchange(send, c.t, command)
			if err != nil || sw != c.sw || !bytes.Equal(data, hex(t, c.data)) {
				t.Errorf("got %04X %X %v", sw, data, err)
			}
			if len(script) > 0 {
				t.Errorf("never sent: %q", script)
			}
			if !bytes.Equal(command, hex(t, c.command)) {
				t.Error("the caller's command was changed")
			}
		})
	}
}

// A card that never comes to an end does not hold the terminal.
func TestExchangeEnds(t *testing.T) {
	for name, answer := range map[string]string{"more": "01 61 01", "other length": "6C 07", "warning": "62 83"} {
		sent := 0
		_, data, err := exchange(func([]byte) ([]byte, error) { sent++; return hex(t, answer), nil }, protocolT0, hex(t, "00 B2 01 0C 00"))
		if name == "warning" {
			if err != nil || sent != 1 {
				t.Errorf("%s: %v after %d", name, err, sent)
			}
			continue
		}
		if !errors.Is(err, reader.ErrCardMute) || data != nil || sent != maxSteps {
			t.Errorf("%s: %v with %d bytes after %d", name, err, len(data), sent)
		}
	}
	broken := errors.New("broken")
	for _, answer := range [][]byte{nil, {0x90}} {
		if _, _, err := exchange(func([]byte) ([]byte, error) { return answer, nil }, protocolT1, hex(t, "00 B2 01 0C 00")); !errors.Is(err, errNoStatus) {
			t.Errorf("%X: %v", answer, err)
		}
	}
	if _, _, err := exchange(func([]byte) ([]byte, error) { return nil, broken }, protocolT1, hex(t, "00 B2 01 0C 00")); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
}

func TestShape(t *testing.T) {
	for _, bad := range []string{"", "00", "00 A4 04", "00 A4 04 00 02 01", "00 A4 04 00 01 55 00 00", "00 A4 04 00 00 00 01 55"} {
		if got, err := shapeOf(hex(t, bad)); err == nil {
			t.Errorf("%s is case %d", bad, got)
		}
	}
	if got, err := shapeOf(append([]byte{0, 1, 2, 3, 255}, make([]byte, 256)...)); got != case4 || err != nil {
		t.Errorf("the longest is case %d, %v", got, err)
	}
}

// FuzzExchange: whatever a card answers, the exchange ends, what carries data is
// sent once, and the status is one that the card gave.
func FuzzExchange(f *testing.F) {
	f.Fuzz(func(t *testing.T, command, answers []byte, t1 bool) {
		kind, bad := shapeOf(command)
		p := protocolT0
		if t1 {
			p = protocolT1
		}
		given := map[uint16]bool{}
		sent, withData := 0, 0
		sw, data, err := exchange(func(c []byte) ([]byte, error) {
			if len(c) == 0 {
				t.Fatal("nothing was sent")
			}
			sent++
			if len(c) > header+1 {
				withData++
			}
			n := 0
			if len(answers) > 0 {
				n = min(int(answers[0])%6, len(answers)-1)
				answers = answers[1:]
			}
			answer := answers[:n:n]
			answers = answers[n:]
			if n >= 2 {
				given[uint16(answer[n-2])<<8|uint16(answer[n-1])] = true
			}
			return bytes.Clone(answer), nil
		}, p, command)
		switch {
		case bad != nil && sent > 0, sent > maxSteps, withData > 1, kind > case2 && withData != 1:
			t.Fatalf("case %d: %d sent, %d with data", kind, sent, withData)
		case err == nil && !given[sw]:
			t.Fatalf("%04X came from nowhere", sw)
		case err != nil && data != nil:
			t.Fatal("an error and data")
		}
	})
}
