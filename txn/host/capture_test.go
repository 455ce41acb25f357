package host_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"vpos/txn/host"
)

// What the usual tools print of the same bytes.
func TestReadCapture(t *testing.T) {
	const want = "00223032303072304481088082003031323334353620203032303030303" + "10a0d7c" // text that looks like digits
	raw, err := hex.DecodeString(want)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"plain":   want,
		"spaced":  "  " + spaced(raw, " ", 0) + "\r\n",
		"colons":  spaced(raw, ":", 0),
		"lines":   spaced(raw, " ", 10),
		"C":       "{0x" + spaced(raw, ", 0x", 0) + "}",
		"escaped": `"\x` + spaced(raw, `\x`, 0) + `"`,
		"0x":      "0X" + want,
		"hexdump -C": `00000000  00 22 30 32 30 30 72 30  44 81 08 80 82 00 30 31  |."0200r0D.....01|
00000010  32 33 34 35 36 20 20 30  32 30 30 30 30 31 0a 0d  |23456  0200001..|
00000020  7c                                                |||
00000021
`,
		"xxd": `00000000: 0022 3032 3030 7230 4481 0880 8200 3031  ."0200r0D.....01
00000010: 3233 3435 3620 2030 3230 3030 3031 0a0d  23456  0200001..
00000020: 7c                                       |
`,
		"tcpdump -X": `12:00:00.000000 IP 127.0.0.1.40000 > 127.0.0.1.8583: Flags [P.], length 33
	0x0000:  0022 3032 3030 7230 4481 0880 8200 3031  ."0200r0D.....01
	0x0010:  3233 3435 3620 2030 3230 3030 3031 0a0d  23456..0200001..
	0x0020:  7c                                       |
`,
		"wireshark": `0000   00 22 30 32 30 30 72 30 44 81 08 80 82 00 30 31   ."0200r0D.....01
0010   32 33 34 35 36 20 20 30 32 30 30 30 30 31 0a 0d   23456  0200001..
0020   7c                                                |
`,
		"od -A x -t x1z": `000000 00 22 30 32 30 30 72 30 44 81 08 80 82 00 30 31  >."0200r0D.....01<
000010 32 33 34 35 36 20 20 30 32 30 30 30 30 31 0a 0d  >23456  0200001..<
000020 7c                                               >|<
000021
`,
		"od -t x1": `0000000 00 22 30 32 30 30 72 30 44 81 08 80 82 00 30 31
0000020 32 33 34 35 36 20 20 30 32 30 30 30 30 31 0a 0d
0000040 7c
0000041
`,
	} {
		got, err := host.ReadCapture([]byte(text))
		if err != nil || !bytes.Equal(got, raw) {
			t.Errorf("%s: %X, %v", name, got, err)
		}
	}
}

// spaced writes bytes with something between them, so many a line.
func spaced(raw []byte, sep string, width int) string {
	var b strings.Builder
	for i, c := range raw {
		switch {
		case i == 0:
		case width > 0 && i%width == 0:
			b.WriteString("\n")
		default:
			b.WriteString(sep)
		}
		fmt.Fprintf(&b, "%02x", c)
	}
	return b.String()
}

func TestReadCaptureOdd(t *testing.T) {
	for name, c := range map[string]struct {
		text, want string
		err        error
	}{
		"one line of a dump":   {"0000  30 32 30 30 30 32 30 30  30 32  02000200 02", "30323030303230303032", nil},
		"text like bytes":      {"00000000: 3032 3030                                0200", "30323030", nil},
		"same lines left out":  {"00000000  01 02\n*\n00000006  03\n00000007", "01020102010203", nil},
		"digits, no dump":      {"0040 6000 0300 00\n0040 6000 0300 00", "0040600003000000406000030000", nil},
		"offsets that jump":    {"0000 30 32\n0010 30 32", "0000303200103032", nil},
		"nothing":              {" \r\n\t", "", host.ErrNothing},
		"half a byte":          {"30 3", "", host.ErrNotHex},
		"words":                {"4111111111111111 is a card", "", host.ErrNotHex},
		"more than there fits": {strings.Repeat("00", host.MaxCapture+1), "", host.ErrTooLong},
	} {
		got, err := host.ReadCapture([]byte(c.text))
		if hex.EncodeToString(got) != c.want || !errors.Is(err, c.err) {
			t.Errorf("%s: %x, %v", name, got, err)
		}
		if err != nil && strings.Contains(err.Error(), "4111") {
			t.Errorf("%s: the error quotes: %v", name, err)
		}
	}
}

// Any message survives any way of writing it down.
func TestReadCaptureProperty(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		raw := rapid.SliceOfN(rapid.Byte(), 1, 200).Draw(r, "raw")
		text := rapid.SampledFrom([]string{spaced(raw, " ", 0), spaced(raw, "", 0), hex.Dump(raw), xxd(raw)}).Draw(r, "text")
		got, err := host.ReadCapture([]byte(text))
		if err != nil || !bytes.Equal(got, raw) {
			r.Fatalf("%q: %x, %v", text, got, err)
		}
	})
}

// xxd is how that tool prints bytes.
func xxd(raw []byte) string {
	var b strings.Builder
	for at := 0; at < len(raw); at += 16 {
		row := raw[at:min(at+16, len(raw))]
		digits, text := "", ""
		for i, c := range row {
			if i > 0 && i%2 == 0 {
				digits += " "
			}
			digits += fmt.Sprintf("%02x", c)
			if c < ' ' || c > '~' {
				c = '.'
			}
			text += string(rune(c))
		}
		fmt.Fprintf(&b, "%08x: %-40s %s\n", at, digits, text)
	}
	return b.String()
}
