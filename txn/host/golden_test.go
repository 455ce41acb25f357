package host_test

import (
	"bytes"
	"encoding/hex"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden messages")

// golden holds a message against testdata/golden/NAME.hex, 32 bytes a line.
func golden(t *testing.T, name string, raw []byte) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name+".hex")
	if *update {
		var b strings.Builder
		for rest := raw; len(rest) > 0; {
			n := min(32, len(rest))
			b.WriteString(hex.EncodeToString(rest[:n]) + "\n")
			rest = rest[n:]
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if want := readGolden(t, name); !bytes.Equal(raw, want) {
		t.Errorf("%s:\ngot  %x\nwant %x", name, raw, want)
	}
}

func readGolden(t testing.TB, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "golden", name+".hex"))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := hex.DecodeString(strings.ReplaceAll(string(text), "\n", ""))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestGoldenMessages(t *testing.T) {
	c := codec(t)
	for name, r := range exchanges(t) {
		raw, err := c.PackRequest(r, nil)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		golden(t, name, raw)
		raw, err = c.PackReply(r, approval(r), nil)
		if err != nil {
			t.Fatalf("%s reply: %v", name, err)
		}
		golden(t, name+"-reply", raw)
	}
	raw, err := codec(t, hexBitmap).PackRequest(sale(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "sale-keyed-hex-bitmap", raw)
}

// byHand reads a message of this profile without the library and without our
// tables: what each field is, is written here a second time.
func byHand(t *testing.T, raw []byte) map[int]string {
	t.Helper()
	fixed := map[int]int{
		3: 6, 4: 12, 7: 10, 11: 6, 12: 6, 13: 4, 14: 4, 22: 3, 23: 3, 24: 3, 25: 2, 37: 12, 38: 6, 39: 2,
		41: 8, 42: 15, 49: 3, 70: 3, 90: 42,
	}
	lengths := map[int]int{2: 2, 35: 2, 48: 3, 55: 3, 60: 3, 62: 3}
	out := map[int]string{0: string(raw[:4])}
	bitmap, rest := raw[4:12], raw[12:]
	if bitmap[0]&0x80 != 0 {
		bitmap, rest = raw[4:20], raw[20:]
	}
	for n := 2; n <= len(bitmap)*8; n++ {
		if bitmap[(n-1)/8]>>(7-(n-1)%8)&1 == 0 {
			continue
		}
		size, ok := fixed[n]
		if digits := lengths[n]; !ok && digits > 0 {
			for _, d := range rest[:digits] {
				size = size*10 + int(d-'0')
			}
			rest = rest[digits:]
		} else if !ok {
			t.Fatalf("field %d: nobody expects it", n)
		}
		out[n], rest = string(rest[:size]), rest[size:]
	}
	if len(rest) != 0 {
		t.Fatalf("%d bytes left", len(rest))
	}
	return out
}

func TestGoldenMessagesByHand(t *testing.T) {
	common := map[int]string{
		4: "000000001234", 7: "1231153045", 11: "000001", 12: "233045", 13: "1231", 14: "3012", 22: "011",
		24: "001", 25: "00", 3: "000000", 2: "4111111111111111", 41: terminalID, 42: merchantID, 49: "156",
		60: "000007", 62: "000001",
	}
	with := func(base map[int]string, more map[int]string, without ...int) map[int]string {
		out := map[int]string{}
		for n, v := range base {
			out[n] = v
		}
		for n, v := range more {
			out[n] = v
		}
		for _, n := range without {
			delete(out, n)
		}
		return out
	}
	reversal := map[int]string{
		0: "0400", 7: "1231153145", 12: "233145", 38: "004711", 39: "98",
		90: "0200" + "000001" + "1231153045" + "00000000000" + "00000000000",
	}
	management := map[int]string{
		0: "0800", 7: "1231153045", 11: "123456", 24: "001", 41: terminalID, 42: merchantID, 60: "000007",
	}
	cases := map[string]map[int]string{
		"sale-keyed": with(common, map[int]string{0: "0200", 48: "91011" + "9203123"}),
		"sale-swiped": with(common, map[int]string{
			0: "0200", 2: "5413330089020011", 11: "000002", 22: "021", 62: "000002",
			35: "5413330089020011=30121011234567890",
		}),
		"sale-chip": with(common, map[int]string{
			0: "0200", 2: "5413330089020011", 11: "000003", 22: "051", 23: "001", 62: "000003",
			35: "5413330089020011=30121011234567890", 55: string(chipData().Field55),
		}),
		"sale-chip-reply": with(common, map[int]string{
			0: "0210", 11: "000003", 12: "233046", 37: "636523000001", 38: "004711", 39: "00",
			55: "\x91\x0a\x01\x02\x03\x04\x05\x06\x07\x0800\x72\x05\x9f\x18\x02\x00\x01",
		}, 2, 14, 22, 25, 62),
		"reversal-chip": with(common, with(reversal, map[int]string{
			2: "5413330089020011", 11: "000003", 22: "051", 23: "001", 39: "06", 55: string(chipData().Reversal55),
			62: "000003", 90: "0200" + "000003" + "1231153045" + "00000000000" + "00000000000",
		})),
		"sale-yen":        with(common, map[int]string{0: "0200", 48: "91011" + "9203123", 49: "392"}),
		"sale-dinar":      with(common, map[int]string{0: "0200", 4: "000001234567", 48: "91011" + "9203123", 49: "414"}),
		"reversal":        with(common, reversal),
		"reversal-repeat": with(common, with(reversal, map[int]string{0: "0401"})),
		"sign-on":         with(management, map[int]string{70: "001"}),
		"sign-off":        with(management, map[int]string{70: "002"}),
		"echo":            with(management, map[int]string{70: "301"}),
		"sale-keyed-reply": with(common, map[int]string{
			0: "0210", 12: "233046", 37: "636523000001", 38: "004711", 39: "00",
		}, 2, 14, 22, 25, 62),
	}
	for name, want := range cases {
		got := byHand(t, readGolden(t, name))
		for n, v := range want {
			if got[n] != v {
				t.Errorf("%s field %d: got %q, want %q", name, n, got[n], v)
			}
		}
		for n := range got {
			if _, ok := want[n]; !ok {
				t.Errorf("%s field %d: not expected", name, n)
			}
		}
	}
}
