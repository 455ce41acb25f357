package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"vpos/reader"
	"vpos/txn/config"
	"vpos/txn/health"
	"vpos/txn/journal"
)

// The keychain, as the device check meets it: in order, none, locked, without the entry,
// with another in its place. The library's own fake plays it; the system's own is asked
// through the built program, where it must be told from a terminal without one.

// keychained is a live folder whose key the fake keychain holds, with a journal in it.
func keychained(t *testing.T) *shop {
	t.Helper()
	keyring.MockInit()
	t.Cleanup(keyring.MockInit)
	c := config.Default()
	c.Mode.Live = true
	p := &shop{config: c, dir: t.TempDir()}
	source, err := journal.OpenKeySource(t.Context(), journal.Live, p.dir, reader.Secret{})
	if err != nil {
		t.Fatal(err)
	}
	sealer, err := journal.NewSealer(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	j, err := journal.Open(t.Context(), journal.Options{
		Path: filepath.Join(p.dir, journalName), Sealer: sealer, Terminal: c.Terminal.ID, Mode: journal.Live,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	return p
}

// entry is where the folder's key lies in the keychain, and the key.
func entry(t *testing.T, p *shop) (name, key string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(p.dir, "journal.key"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(b), `"name":"`)
	name, _, _ = strings.Cut(rest, `"`)
	if key, err = keyring.Get("vpos journal", name); err != nil {
		t.Fatal(err)
	}
	return name, key
}

func TestDoctorOfAKeychain(t *testing.T) {
	set := func(value func(key string) string) func(t *testing.T, p *shop) {
		return func(t *testing.T, p *shop) {
			t.Helper()
			name, key := entry(t, p)
			if err := keyring.Set("vpos journal", name, value(key)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, c := range map[string]struct {
		spoil    func(t *testing.T, p *shop)
		keychain health.Code
		journal  health.Code
	}{
		"works": {func(*testing.T, *shop) {}, health.KeychainGood, health.JournalGood},
		"none": {func(*testing.T, *shop) { keyring.MockInitWithError(keyring.ErrUnsupportedPlatform) },
			health.KeychainUnreachable, health.JournalSealed},
		"locked": {func(*testing.T, *shop) { keyring.MockInitWithError(errors.New("the prompt was dismissed")) },
			health.KeychainUnreachable, health.JournalSealed},
		"without the entry": {func(*testing.T, *shop) { keyring.MockInit() }, health.KeychainLost, health.JournalSealed},
		"no key in it":      {set(func(string) string { return "4711" }), health.KeychainLost, health.JournalSealed},
		"another key": {set(func(key string) string { return strings.Repeat("5a", len(key)/2) }),
			health.KeychainGood, health.JournalFailed},
		"another key, once changed": {func(t *testing.T, p *shop) {
			source, err := journal.OpenKeySource(t.Context(), journal.Live, p.dir, reader.Secret{})
			if err == nil {
				err = journal.RotateKey(t.Context(), p.dir, source, reader.Secret{})
			}
			if err != nil {
				t.Fatal(err)
			}
			set(func(key string) string { return strings.Repeat("5a", len(key)/2) })(t, p)
		}, health.KeychainLost, health.JournalSealed},
	} {
		t.Run(name, func(t *testing.T) {
			p := keychained(t)
			c.spoil(t, p)
			v := (&doctor{shop: p}).visit()
			keychain, book := v.keychainAlone(t.Context()), v.journalAlone(t.Context())
			if keychain.Code != c.keychain || book.Code != c.journal {
				t.Errorf("%s, %s; want %s, %s", keychain.Code, book.Code, c.keychain, c.journal)
			}
			bad := keychain.Outcome == health.Fault || book.Outcome == health.Fault
			if bad == (name == "works") {
				t.Errorf("outcomes %s, %s", keychain.Outcome, book.Outcome)
			}
		})
	}
}

// TestDoctorOfTheSystemsKeychain asks what is really there: no bus, and a bus on which
// nobody keeps secrets. A folder whose key would be in it is told from one without.
func TestDoctorOfTheSystemsKeychain(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("SKIPPED: the keychain of this system is the person's own")
	}
	data := worked(t)
	if err := os.WriteFile(filepath.Join(data, "journal.key"), []byte(`{"kind":"keychain","name":"0011223344556677"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "none"))
	code, found := checked(t, "--data", data, "--reader", "none")
	holdsCodes(t, found, "keychain.unreachable", "journal.sealed")
	if code != exitFaults {
		t.Errorf("exit %d", code)
	}
	t.Run("a bus without a keychain", func(t *testing.T) {
		if _, err := exec.LookPath("dbus-run-session"); err != nil {
			t.Skip("SKIPPED: no dbus-run-session: apt-get install dbus")
		}
		out, _ := exec.Command("dbus-run-session", "--", built(t), "doctor", "--json", "--data", data, "--reader", "none", "--lang", "en").Output()
		if !strings.Contains(string(out), `"keychain.unreachable"`) {
			t.Errorf("%s", out)
		}
	})
}
