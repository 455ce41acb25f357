package main

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"vpos/tui/words"
	"vpos/txn/host"
)

// goldenMessages is every message of the shipped profiles' golden files, requests
// and replies: hexadecimal digits, with a remark after each.
func goldenMessages(t *testing.T, each func(profile, name string, message []byte)) {
	t.Helper()
	n := 0
	for _, profile := range host.Shipped() {
		files, err := filepath.Glob(filepath.Join("txn", "host", "testdata", "golden", profile, "*.txt"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for i, part := range strings.Split(string(text), "# reply") {
				digits := regexp.MustCompile(`(?m)#.*$|\s`).ReplaceAllString(part, "")
				message, err := hex.DecodeString(digits)
				if err != nil {
					t.Fatalf("%s: %v", file, err)
				}
				each(profile, strings.TrimSuffix(filepath.Base(file), ".txt")+[]string{"", " reply"}[i], message)
				n++
			}
		}
	}
	if n < 150 {
		t.Fatalf("%d golden messages", n)
	}
}

// printed is what a command prints, errors too.
func printed(run func(out *bytes.Buffer) error) (string, error) {
	var out bytes.Buffer
	err := run(&out)
	return out.String(), err
}

// decoder explains messages by every profile, or by the one that fits.
type decoder struct {
	doctor   *host.Doctor
	profiles []host.Candidate
}

func newDecoder() decoder {
	list := host.Candidates()
	return decoder{host.NewDoctor(list), list}
}

func (d decoder) decoded(message []byte, profile string, lang words.Lang) (string, error) {
	return printed(func(out *bytes.Buffer) error {
		l := listing{raw: message, lang: lang, out: out}
		var err error
		if i := slices.Index(host.Shipped(), profile); i >= 0 {
			err = l.by(d.profiles[i])
		} else {
			err = l.found(d.doctor)
		}
		if err != nil {
			return err
		}
		return l.print()
	})
}

// secretForms are the secrets of the golden messages, in every form one may print.
var secretForms = []string{
	"4111111111111111", "34313131313131313131", "5413330089020011", "35343133333330303839", "30121011", "D3012", "=3012", "87654321",
	"3837363534333231", "6224242900000113",
}

func noSecrets(t *testing.T, what, text string) {
	t.Helper()
	bare := strings.ToUpper(strings.ReplaceAll(text, " ", ""))
	for _, secret := range secretForms {
		if strings.Contains(bare, strings.ToUpper(secret)) {
			t.Fatalf("%s shows %s:\n%s", what, secret, text)
		}
	}
}

// Every message is found to be its profile's and explained in both languages, and
// no secret is shown: neither of a whole one nor of one cut off anywhere, nor when
// it is read by the wrong profile.
func TestDecodeISO(t *testing.T) {
	d := newDecoder()
	goldenMessages(t, func(profile, name string, message []byte) {
		for _, lang := range words.Langs() {
			text, err := d.decoded(message, "", lang)
			if err != nil || !strings.Contains(text, words.ISOFound.Fill(lang, profile)) {
				t.Fatalf("%s %s: %v\n%s", profile, name, err, text)
			}
			noSecrets(t, profile+" "+name, text)
		}
		for cut := 0; cut < len(message); cut += 23 {
			text, err := d.decoded(message[:cut], profile, words.EN)
			if err == nil {
				t.Fatalf("%s %s cut at %d of %d: no error\n%s", profile, name, cut, len(message), text)
			}
			noSecrets(t, fmt.Sprintf("%s %s cut at %d", profile, name, cut), text+err.Error())
		}
		for _, other := range host.Shipped() {
			text, err := d.decoded(message, other, words.ZH)
			if other != profile && err == nil {
				t.Fatalf("%s %s read as %s: no error", profile, name, other)
			}
			noSecrets(t, profile+" "+name+" as "+other, text)
		}
	})
}

// A byte put in or taken out shifts all that follows: the number may then stand
// where another field is read.
func TestDecodeISOShifted(t *testing.T) {
	d := newDecoder()
	goldenMessages(t, func(profile, name string, message []byte) {
		if !strings.HasPrefix(name, "sale") {
			return
		}
		for at := 4; at < min(len(message), 60); at += 5 {
			for what, shifted := range map[string][]byte{
				"more": slices.Insert(bytes.Clone(message), at, '0'),
				"less": slices.Delete(bytes.Clone(message), at, at+1),
			} {
				text, err := d.decoded(shifted, profile, words.EN)
				if err != nil {
					text += err.Error()
				}
				noSecrets(t, fmt.Sprintf("%s %s, a byte %s at %d", profile, name, what, at), text)
			}
		}
	})
}

// What is said of some fields, word for word.
func TestDecodeISOMeanings(t *testing.T) {
	d := newDecoder()
	want := map[string][]string{
		"iso87-ascii sale":          {"→ sale request", "→ CNY 12.34", "→ 12-31 15:30:45 UTC", "→ 23:30:45", "PAN  ************"},
		"iso87-ascii sale reply":    {"→ sale reply", "→ Approved: The bank approved it."},
		"iso87-ascii reversal":      {"90.2", "→ reversal request"},
		"iso93 sale":                {"→ 2026-12-31 23:30:45"},
		"iso93 sign-on reply":       {"→ Approved: ", "not shown, 40 long"},
		"unionpay sign-on reply":    {"→ update the CA keys", "keys and parameters  not shown, 40 long"},
		"unionpay reversal":         {"→ no reply came"},
		"unionpay settlement reply": {"→ totals differ", "48.10", "→ totals agree", "→ CNY 3456.00"},
		"unionpay sale-chip":        {"55.9F26", "→ chip, without PIN", "→ B4.8 The amount exceeds the floor limit"},
		"unionpay balance reply":    {"→ overdrawn", "→ CNY 12345.67"},
		"unionpay batch-upload":     {"48.2.3  PAN  ************1111", "48.2.4"},
	}
	goldenMessages(t, func(profile, name string, message []byte) {
		lines := want[profile+" "+name]
		text, err := d.decoded(message, "", words.EN)
		for _, line := range lines {
			if !strings.Contains(text, line) {
				t.Errorf("%s %s lacks %q: %v\n%s", profile, name, line, err, text)
			}
		}
		delete(want, profile+" "+name)
	})
	for name := range want {
		t.Errorf("no golden message %s", name)
	}
}

// The doctor shows nothing of what is in the fields, whatever it is given.
func TestHostCheckTellsNothing(t *testing.T) {
	doctor := host.NewDoctor(host.Candidates())
	goldenMessages(t, func(profile, name string, message []byte) {
		for _, raw := range [][]byte{message, message[:len(message)-2], message[3:]} {
			for _, lang := range words.Langs() {
				text, _ := printed(func(out *bytes.Buffer) error {
					c := checkup{Diagnosis: doctor.Diagnose(raw, time.Date(2026, 12, 31, 12, 0, 0, 0, time.UTC)), lang: lang, out: out}
					c.shapes()
					c.profiles()
					c.advice()
					return nil
				})
				if len(raw) == len(message) && !strings.Contains(text, " 1  "+profile+" ") {
					t.Errorf("%s %s:\n%s", profile, name, text)
				}
				noSecrets(t, "check of "+profile+" "+name, text)
			}
		}
	})
}
