package main

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// keyForms are the ways a key can stand in a file.
func keyForms(k []byte) map[string][]byte {
	spaced := ""
	for i := 0; i < len(k); i += 2 {
		spaced += hex.EncodeToString(k[i:i+2]) + " "
	}
	all := map[string][]byte{
		"binary": k, "hex": []byte(hex.EncodeToString(k)), "spaced hex": []byte(strings.TrimSpace(spaced)),
		"hex of hex": []byte(hex.EncodeToString([]byte(strings.ToUpper(hex.EncodeToString(k))))),
	}
	for shift := range 3 {
		enc := base64.StdEncoding.EncodeToString(append(make([]byte, shift), k...))
		all["base64"+string(rune('0'+shift))] = []byte(strings.TrimRight(enc, "=")[(shift*8+5)/6 : len(enc)-4])
	}
	return all
}

// keyLeaks names what of a key, or of a half of it, is in b. Hexadecimal digits count in
// either case.
func keyLeaks(b, key []byte) (found []string) {
	lower := bytes.ToLower(b)
	for _, part := range [][]byte{key, key[:8], key[8:16]} {
		for form, pattern := range keyForms(part) {
			if bytes.Contains(b, pattern) || strings.Contains(form, "hex") && bytes.Contains(lower, pattern) {
				found = append(found, form)
			}
		}
	}
	return found
}

// planted keys: the components of the ceremony, and what they make.
func plantedKeys(t *testing.T) [][]byte {
	t.Helper()
	var all [][]byte
	for _, digits := range []string{sheetA, strings.ReplaceAll(sheetB, " ", ""), wholeAB, sheetP, sheetQ} {
		k, err := hex.DecodeString(digits)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, k)
	}
	return all
}

func TestKeyLeaksAreFound(t *testing.T) {
	for _, k := range plantedKeys(t) {
		for form, b := range keyForms(k) {
			for _, hay := range [][]byte{b, bytes.ToUpper(b)} {
				if strings.Contains(form, "hex") || bytes.Equal(hay, b) {
					if len(keyLeaks(append([]byte("before "), hay...), k)) == 0 {
						t.Errorf("%s is not found", form)
					}
				}
			}
		}
	}
	if len(keyLeaks([]byte("check value 29742C"), plantedKeys(t)[0])) != 0 {
		t.Error("a check value is no leak")
	}
}

// TestKeysLeaveNothing holds a whole life of keys against every byte it left: ceremonies,
// a sale, a look, and what was said.
func TestKeysLeaveNothing(t *testing.T) {
	data := t.TempDir()
	said := runKeys(t, data, true, sheetA+"\ny\n\n"+sheetB+"\ny\n\ny\n", "load")
	said += runKeys(t, data, true, "123456789012345600000000\n"+sheetP+"\ny\n\n"+sheetQ+"\ny\n\ny\n", "load", "dukpt-aes")
	said += runKeys(t, data, false, sheetA+"\ny\n\n"+sheetB+"\ny\n\ny\n", "load")
	said += runKeys(t, data, true, "", "show")
	d := talk(t, "--data", data)
	d.hears("idle")
	said += runKeys(t, data, true, "", "show")
	said += runKeys(t, data, false, checkAB+"\n", "erase") // a terminal is at work here
	d.say("500")
	d.say(keyed...)
	d.hears("approved")
	d.ends()
	files := map[string][]byte{"what was said": []byte(said)}
	err := filepath.WalkDir(data, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files[path], err = os.ReadFile(path)
		return err
	})
	if err != nil || len(files) < 5 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for name, content := range files {
		for i, k := range plantedKeys(t) {
			if found := keyLeaks(content, k); found != nil {
				t.Errorf("planted key %d in %s: %v", i, name, found)
			}
		}
	}
	runKeys(t, data, true, checkAB+"\n", "erase")
	if _, err := os.Stat(filepath.Join(data, "keys", "tmk.key")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("erased: %v", err)
	}
}

// runKeys runs vpos keys with lines of input and gives everything it said.
func runKeys(t *testing.T, data string, well bool, input string, args ...string) string {
	t.Helper()
	cmd := exec.Command(built(t), append(append([]string{"keys"}, args...), "--data", data, "--lang", "en")...)
	cmd.Stdin = strings.NewReader(input)
	out, err := cmd.CombinedOutput()
	if (err == nil) != well {
		t.Errorf("vpos keys %v: %v\n%s", args, err, out)
	}
	return string(out)
}
