package reader

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"testing"
)

// hidden is a value and the clear text that must not come out of it.
type hidden struct {
	value any
	clear string
	deep  bool // safe in an unexported field too
}

func hiddenValues(t *testing.T) map[string]hidden {
	t.Helper()
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	pan, err := ParsePAN([]byte("4012888888881881"))
	must(err)
	cvv, err := ParseCVV([]byte("7391"), Amex)
	must(err)
	track, err := ParseTrack2([]byte("4012888888881881=30122019876"))
	must(err)
	card, err := CardFromTracks(Track{}, track)
	must(err)
	card.CVV = cvv
	code, err := ParsePayCode([]byte("134567890123456789"))
	must(err)
	return map[string]hidden{
		"PAN":         {pan, "401288888888", true},
		"CVV":         {cvv, "7391", true},
		"Track2":      {track.Track2, "401288888888", true},
		"Track2 rest": {track.Track2, "30122019876", true},
		"Track":       {track, "401288888888", true},
		"Card":        {card, "401288888888", true},
		"Card code":   {card, "7391", true},
		"Card track":  {card, "30122019876", true},
		"PayCode":     {code, "1345678901234", true},
		"Secret":      {NewSecret("4012888888881881"), "401288888888", true},
		"Expiry":      {Expiry{2031, 11}, "1131", false},
		"Expiry year": {Expiry{2031, 11}, "2031", false},
	}
}

// holders wraps a value in the ways values get printed.
func holders(h hidden) map[string]any {
	all := map[string]any{
		"bare": h.value, "pointer": &h.value, "slice": []any{h.value}, "map": map[string]any{"k": h.value},
		"struct": struct{ A any }{h.value}, "pointer to struct": &struct{ A any }{h.value},
		"error": fmt.Errorf("wrapped: %v", h.value),
	}
	if h.deep {
		all["unexported field"] = struct{ a any }{h.value}
		all["pointer to unexported field"] = &struct{ a any }{h.value}
		all["deeply unexported"] = []any{struct{ a []any }{[]any{struct{ b any }{h.value}}}}
	}
	return all
}

// leaks lists the encodings in which the clear text is found.
func leaks(out, clear string) []string {
	var decimals, hexes []string
	for _, c := range []byte(clear) {
		decimals = append(decimals, strconv.Itoa(int(c)))
		hexes = append(hexes, fmt.Sprintf("0x%x", c))
	}
	var found []string
	for name, form := range map[string]string{
		"clear": clear, "hex": hex.EncodeToString([]byte(clear)), "decimal": strings.Join(decimals, " "),
		"go syntax": strings.Join(hexes, ", "), "comma": strings.Join(decimals, ","),
		"base64": strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(clear)), "="),
	} {
		if strings.Contains(strings.ToLower(out), strings.ToLower(form)) {
			found = append(found, name)
		}
	}
	return found
}

// TestNothingPrintsClear prints every secret, in every holder, under every verb
// and through every encoder, wrong verbs included.
func TestNothingPrintsClear(t *testing.T) {
	for name, h := range hiddenValues(t) {
		for where, v := range holders(h) {
			for how, out := range everyForm(t, v, h.deep) {
				if found := leaks(out, h.clear); found != nil {
					t.Errorf("%s in %s under %s: %v in %s", name, where, how, found, out)
				}
			}
		}
	}
}

func everyForm(t *testing.T, v any, wrongVerbs bool) map[string]string {
	t.Helper()
	out := map[string]string{"Print": fmt.Sprint(v), "Println": fmt.Sprintln("a", v)}
	verbs := "bcdefgoqstuvxzEFGOTUX"
	if wrongVerbs {
		verbs += "pw"
	}
	for _, verb := range verbs {
		for _, flags := range []string{"", "+", "#", "-20", "020", "+#", " ", ".3"} {
			format := "%" + flags + string(verb)
			out[format] = fmt.Sprintf(format, v)
			out["errorf "+format] = fmt.Errorf(format, v).Error()
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

// The masks are the promised ones, not merely something else.
func TestMaskedForms(t *testing.T) {
	values := hiddenValues(t)
	for name, want := range map[string]string{
		"PAN": "************1881", "CVV": "****", "PayCode": "********", "Track2": "************1881=*", "Secret": "••••••••", "Expiry": "**/**",
	} {
		v := values[name].value
		encoded, err := json.Marshal(map[string]any{"k": v})
		if err != nil {
			t.Fatal(err)
		}
		var back map[string]string
		if err := json.Unmarshal(encoded, &back); err != nil || back["k"] != want {
			t.Errorf("%s: json %s, %v", name, encoded, err)
		}
		for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			if got := fmt.Sprintf(format, v); got != want {
				t.Errorf("%s under %s: got %q, want %q", name, format, got, want)
			}
		}
	}
}

// No error of the room carries a digit of what it is about.
func TestErrorsCarryNoDigits(t *testing.T) {
	bad := []string{"4012888888881882", "9012888888881882", "40128888x", "4012888888881881=3099", "B4012888888881881^X^3099"}
	for _, entry := range bad {
		_, a := ParsePAN([]byte(entry))
		_, b := ParseTrack1([]byte(entry))
		_, c := ParseTrack2([]byte(entry))
		_, d := ParseCVV([]byte(entry), Visa)
		_, e := ParseExpiry([]byte(entry), june2025)
		if text := errors.Join(a, b, c, d, e).Error(); strings.Contains(text, "4012") || strings.Contains(text, "3099") {
			t.Errorf("%s", text)
		}
	}
}
