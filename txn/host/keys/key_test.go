package keys

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"math/bits"
	"strconv"
	"strings"
	"testing"
)

const hush = "1CA3F6D85E0B9247C1D36F8E5A40B927"

// leaks lists the encodings in which the key's bytes are found.
func leaks(out string, clear []byte) []string {
	var decimals, hexes []string
	for _, c := range clear {
		decimals = append(decimals, strconv.Itoa(int(c)))
		hexes = append(hexes, fmt.Sprintf("0x%x", c))
	}
	var found []string
	for name, form := range map[string]string{
		"binary": string(clear), "hex": upperHex(clear), "decimal": strings.Join(decimals, " "),
		"comma": strings.Join(decimals, ","), "go syntax": strings.Join(hexes, ", "),
		"base64": strings.TrimRight(base64.StdEncoding.EncodeToString(clear), "="),
	} {
		if strings.Contains(strings.ToLower(out), strings.ToLower(form)) {
			found = append(found, name)
		}
	}
	return found
}

// A key prints nothing of itself: in any holder, under any verb, wrong ones too.
func TestKeyNeverPrints(t *testing.T) {
	k := key(t, hush)
	s := NewSession(Rules{MAC: X9_9}, k)
	if err := s.Install(k, Key{}, Key{}); err != nil {
		t.Fatal(err)
	}
	d, err := NewDevice(TDES, k, make([]byte, 10), 0, &memory{})
	if err != nil {
		t.Fatal(err)
	}
	holders := map[string]any{
		"bare": k, "pointer": &k, "slice": []any{k}, "map": map[string]any{"k": k},
		"struct": struct{ A any }{k}, "unexported": struct{ a any }{k}, "pointer to unexported": &struct{ a Key }{k},
		"deep": []any{struct{ a []any }{[]any{struct{ b any }{k}}}}, "error": fmt.Errorf("wrapped: %v", k),
		"session": s, "device": d, "base": base{TDES, k}, "keys": sessionKeys{PIK: k},
	}
	for where, v := range holders {
		for how, out := range everyForm(v) {
			if found := leaks(out, k.bytes()); found != nil {
				t.Errorf("%s under %s: %v", where, how, found)
			}
		}
	}
	if leaks(fmt.Sprintf("%x", k.bytes()), k.bytes()) == nil {
		t.Error("the search finds nothing at all")
	}
}

func everyForm(v any) map[string]string {
	out := map[string]string{"Print": fmt.Sprint(v)}
	for _, verb := range "bcdefgoqstuvxzEFGOTUXpw" {
		for _, flags := range []string{"", "+", "#", "-20", "020", "+#", ".3"} {
			format := "%" + flags + string(verb)
			out[format] = fmt.Sprintf(format, v)
		}
	}
	var text, structured bytes.Buffer
	slog.New(slog.NewTextHandler(&text, nil)).Info("x", "k", v, slog.Group("g", "k", v))
	slog.New(slog.NewJSONHandler(&structured, nil)).Info("x", "k", v, slog.Group("g", "k", v))
	out["slog text"], out["slog json"] = text.String(), structured.String()
	if b, err := json.Marshal(v); err == nil {
		out["json"] = string(b)
	}
	if b, err := xml.Marshal(v); err == nil {
		out["xml"] = string(b)
	}
	return out
}

func TestKeyMask(t *testing.T) {
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%x", "%q", "%d"} {
		if got := fmt.Sprintf(format, key(t, hush)); got != "<key 128>" {
			t.Errorf("%s: %s", format, got)
		}
	}
	b, err := json.Marshal(map[string]any{"k": key(t, hush)})
	if err != nil {
		t.Fatal(err)
	}
	var back map[string]string
	if err := json.Unmarshal(b, &back); err != nil || back["k"] != "<key 128>" {
		t.Errorf("%s, %v", b, err)
	}
	if text, err := key(t, "0123456789ABCDEF").MarshalText(); err != nil || string(text) != "<key 64>" {
		t.Errorf("%s, %v", text, err)
	}
	if got := key(t, hush).GoString(); got != "<key 128>" {
		t.Error(got)
	}
}

func TestKeyLengths(t *testing.T) {
	for n := range 40 {
		k, err := NewKey(make([]byte, n))
		good := n == 8 || n == 16 || n == 24 || n == 32
		if good != (err == nil) || good && k.Len() != n {
			t.Errorf("%d bytes: %v", n, err)
		}
		if !good {
			wants(t, err, ErrKeyLength)
		}
	}
}

func TestWipeReachesCopiesAndNotClones(t *testing.T) {
	k := key(t, hush)
	same, clone, shown := k, k.Clone(), k.bytes()
	k.Wipe()
	if !same.Empty() || k.Len() != 0 || !bytes.Equal(shown, make([]byte, 16)) {
		t.Error("the key is still there")
	}
	if !clone.Equal(key(t, hush)) {
		t.Error("the clone went with it")
	}
	Key{}.Wipe()
}

func TestNewKeyCopies(t *testing.T) {
	clear := unhex(t, hush)
	k, err := NewKey(clear)
	if err != nil {
		t.Fatal(err)
	}
	clear[0] ^= 1
	if !k.Equal(key(t, hush)) {
		t.Error("the key is the caller's bytes")
	}
	if k.Equal(Key{}) || k.Equal(key(t, "0123456789ABCDEF")) {
		t.Error("equal to another")
	}
}

func TestCombine(t *testing.T) {
	whole := key(t, hush)
	a, b := key(t, "0123456789ABCDEFFEDCBA9876543210"), key(t, "00112233445566778899AABBCCDDEEFF")
	rest, err := NewKey(xor(xor(whole.bytes(), a.bytes()), b.bytes()))
	if err != nil {
		t.Fatal(err)
	}
	got, err := Combine(a, b, rest)
	if err != nil || !got.Equal(whole) {
		t.Errorf("three components: %v", err)
	}
	if !a.Equal(TestTMK) {
		t.Error("a component was changed")
	}
	_, err = Combine(a)
	wants(t, err, ErrKeyLength)
	_, err = Combine(a, key(t, "0123456789ABCDEF"))
	wants(t, err, ErrKeyLength)
	_, err = Combine(Key{}, Key{})
	wants(t, err, ErrKeyLength)
}

func TestParity(t *testing.T) {
	if !TestTMK.OddParity() || key(t, "0023456789ABCDEF").OddParity() || (Key{}).OddParity() {
		t.Error("odd parity is misjudged")
	}
	b := make([]byte, 256)
	for i := range b {
		b[i] = byte(i)
	}
	oddParity(b)
	for i, c := range b {
		if c&^1 != byte(i)&^1 || bits.OnesCount8(c)%2 != 1 {
			t.Errorf("%02X became %02X", i, c)
		}
	}
}
