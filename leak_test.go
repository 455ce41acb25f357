package main

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"vpos/reader/deck"
)

// The leak gate. Every end-to-end test plants known card data and then scans
// every byte it left: in clear, spaced as on a card, BCD, hex, base64 at each
// alignment, and UTF-16.

// planted is the card data the end-to-end tests use, the deck's too. Security codes
// and expiry dates are looked for only in forms long enough not to occur by chance.
var planted = append([]string{
	"4111111111111111", "5555555555554444", "378282246310005", "6224242900000113",
	"4111111111111111=30121010000000000", "5555555555554444D3012101",
	"4111111111111112",                                       // mistyped numbers are card data too
	plantedCode, "286543210987654321", "6212345678901234567", // payment codes, each good for a charge
}, deckNumbers()...)

// plantedCode is a wallet's payment code.
const plantedCode = "134567890123456789"

// deckNumbers are the numbers of the deck's cards, but for those with so many zeros
// that a file can hold them by chance.
func deckNumbers() (list []string) {
	for _, card := range deck.Cards() {
		source, _ := deck.Source(card.Name)
		for line := range strings.Lines(string(source)) {
			if _, number, ok := strings.Cut(line, `"5A `); ok {
				number = number[:strings.IndexFunc(number, func(r rune) bool { return r < '0' || r > '9' })]
				if strings.Count(number, "0") < 9 && !slices.Contains(list, number) {
					list = append(list, number)
				}
			}
		}
	}
	return list
}

// forms are the ways one text can stand in a file.
func forms(text string) map[string][]byte {
	out := map[string][]byte{"clear": []byte(text), "hex": []byte(hex.EncodeToString([]byte(text)))}
	if digits := strings.Trim(text, "0123456789"); digits == "" {
		var spaced []string
		for i := 0; i < len(text); i += 4 {
			spaced = append(spaced, text[i:min(i+4, len(text))])
		}
		out["spaced"] = []byte(strings.Join(spaced, " "))
		if bcd, err := hex.DecodeString(text[:len(text)/2*2]); err == nil {
			out["bcd"] = bcd
		}
		if bcd, err := hex.DecodeString("0" + text[:(len(text)-1)/2*2+1]); err == nil && len(text)%2 == 1 {
			out["bcd, padded left"] = bcd
		}
	}
	for _, order := range []bool{false, true} {
		var wide []byte
		for _, u := range utf16.Encode([]rune(text)) {
			if order {
				wide = append(wide, byte(u>>8), byte(u))
			} else {
				wide = append(wide, byte(u), byte(u>>8))
			}
		}
		out[fmt.Sprintf("utf-16 %v", order)] = wide
	}
	for shift := range 3 { // the characters that depend on the neighbours are cut off
		enc := base64.StdEncoding.EncodeToString(append(make([]byte, shift), text...))
		out[fmt.Sprintf("base64 %d", shift)] = []byte(strings.TrimRight(enc, "=")[(shift*8+5)/6 : len(enc)-4])
	}
	return out
}

// leaks names what is found in b, case folded for hex.
func leaks(b []byte, texts []string) []string {
	var found []string
	lower := bytes.ToLower(b)
	for _, text := range texts {
		for form, pattern := range forms(text) {
			if bytes.Contains(b, pattern) || form == "hex" && bytes.Contains(lower, pattern) {
				found = append(found, fmt.Sprintf("a planted text ending in %s, %s", text[len(text)-4:], form))
			}
		}
	}
	return found
}

// gate fails the test for every leak below a folder.
func gate(t testing.TB, dir string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		for _, l := range leaks(b, planted) {
			t.Errorf("leak in %s: %s", strings.TrimPrefix(path, dir), l)
		}
		return nil
	})
	if err != nil {
		t.Errorf("leak gate: %v", err)
	}
	if files == 0 {
		t.Errorf("leak gate: nothing to scan in %s", dir)
	}
}

// TestLeakGate sees the gate fail: each form, planted, is found.
func TestLeakGate(t *testing.T) {
	for _, text := range planted {
		for form, b := range forms(text) {
			haystack := append(append([]byte("some bytes before "), b...), " and behind"...)
			if len(leaks(haystack, []string{text})) == 0 {
				t.Errorf("%s not found", form)
			}
		}
	}
	for shift := range 3 {
		enc := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("x", shift+3) + planted[0] + "tail"))
		if len(leaks([]byte(enc), planted[:1])) == 0 {
			t.Errorf("base64 shifted by %d not found", shift)
		}
	}
	if found := leaks([]byte("************1111 trace 000001 auth 279747"), planted); len(found) > 0 {
		t.Errorf("a masked line is no leak: %v", found)
	}
}
