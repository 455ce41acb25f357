package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// TestCeremonyOnATerminal types the components where a person would: nothing of them is
// echoed, the screen is cleared between the custodians, and an interrupt ends it with the
// echo back on.
func TestCeremonyOnATerminal(t *testing.T) {
	data := t.TempDir()
	c := newConsole(t, nil, built(t), "keys", "load", "--data", data, "--lang", "en")
	for i, step := range []struct{ hears, types string }{
		{"Component (not shown):", sheetA}, {checkA, "y"}, {"Press Enter", ""},
		{"Custodian 2 of 2", ""}, {"Enter it again", sheetB}, {checkB, "y"}, {"", ""}, {checkAB, "y"}, {"Stored, sealed", ""},
	} {
		if step.hears != "" {
			c.shows(step.hears)
		}
		if i < 8 {
			c.keys(step.types + "\r")
		}
	}
	if code := c.exit(); code != 0 {
		t.Errorf("exit %d", code)
	}
	out := c.output()
	for _, secret := range []string{sheetA[:8], sheetB[:9], sheetB[10:19]} {
		if strings.Contains(out, secret) {
			t.Error("a component was echoed")
		}
	}
	parts := strings.Split(out, "\x1b[H\x1b[2J\x1b[3J")
	if len(parts) != 4 || strings.Contains(parts[2], checkA) || strings.Contains(parts[3], checkB) {
		t.Errorf("%d screens: %q", len(parts), parts)
	}
}

// However a ceremony is broken off, nothing is loaded and the echo is back.
func TestCeremonyInterrupted(t *testing.T) {
	for how, end := range map[string]struct {
		stop func(c *console)
		code int
	}{
		"Ctrl-C":  {func(c *console) { c.keys(sheetA[:6] + "\x03") }, 1},
		"SIGTERM": {func(c *console) { c.keys(sheetA[:6]); _ = c.cmd.Process.Signal(syscall.SIGTERM) }, 128 + 15},
	} {
		data := t.TempDir()
		c := newConsole(t, nil, built(t), "keys", "load", "--data", data, "--lang", "en")
		c.shows("Component (not shown):")
		if echoes(t, c) {
			t.Errorf("%s: asked with the echo on", how)
		}
		end.stop(c)
		if code := c.exit(); code != end.code || !echoes(t, c) {
			t.Errorf("%s: exit %d, echo %v: %q", how, code, echoes(t, c), c.output())
		}
		if strings.Contains(c.output(), sheetA[:6]) {
			t.Errorf("%s: a component was echoed", how)
		}
		if out := runKeys(t, data, true, "", "show"); !strings.Contains(out, "none is loaded") {
			t.Error(out)
		}
	}
}

// echoes reports whether the terminal shows what is typed.
func echoes(t *testing.T, c *console) bool {
	t.Helper()
	modes, err := unix.IoctlGetTermios(int(c.file.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return modes.Lflag&unix.ECHO != 0
}

// TestLiveRefusesTestKeys: a live terminal without a keychain asks for its passphrase, then
// for the components, and takes no key that everybody knows. A key of its own it takes,
// and shows only to who has the passphrase.
func TestLiveRefusesTestKeys(t *testing.T) {
	dir := t.TempDir()
	config := filepath.Join(dir, "live.toml")
	text := "[mode]\nlive = true\nacknowledgement = \"I know that vpos is not EMVCo-approved, not P2PE and not PTS, and that my acquirer must certify this terminal.\"\n" +
		"[terminal]\nid = \"30010042\"\nmerchant = \"898110154110001\"\n[merchant]\nname_zh = \"店\"\nname_en = \"SHOP\"\ncity = \"TOWN\"\n[host]\naddress = \"pos.bank.example:5000\"\ntls.ca = \"host-ca.pem\"\n"
	authority := certificate(t, "host")
	for path, content := range map[string]string{config: text, filepath.Join(dir, "host-ca.pem"): authority} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	data := filepath.Join(dir, "data")
	vpos := func(args ...string) *console {
		return newConsole(t, []string{"DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent"}, built(t),
			append([]string{"keys"}, append(args, "--config", config, "--data", data, "--lang", "en")...)...)
	}
	const passphrase = "a few words of a test"
	load := func(c *console, second string) {
		for _, line := range []string{sheetA, "y", "", second, "y", "", "y"} {
			c.keys(line + "\r")
		}
	}

	c := vpos("load")
	c.shows("Choose a passphrase")
	c.keys(passphrase + "\r")
	c.shows("The same again")
	c.keys(passphrase + "\r")
	c.shows("Component (not shown)")
	load(c, mateOfTest)
	c.shows("a live terminal refuses it")
	if c.exit() == 0 {
		t.Error("loaded a test key")
	}

	c = vpos("load")
	c.shows("Passphrase of this data folder")
	c.keys(passphrase + "\r")
	c.shows("Component (not shown)")
	load(c, strings.ReplaceAll(sheetB, " ", ""))
	c.shows("Stored, sealed: tmk, check value " + checkAB)
	if code := c.exit(); code != 0 {
		t.Errorf("exit %d", code)
	}

	for phrase, want := range map[string]string{passphrase: checkAB + "  128 bits  own key", "some other words of one": "damaged, or not this terminal's"} {
		c = vpos("show")
		c.shows("Passphrase of this data folder")
		c.keys(phrase + "\r")
		c.shows(want)
		if code := c.exit(); (code == 0) != (phrase == passphrase) {
			t.Errorf("%s: exit %d", want, code)
		}
	}
}

// certificate is a self-signed certificate, PEM.
func certificate(t *testing.T, name string) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}
