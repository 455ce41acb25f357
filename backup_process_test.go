package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const backupPhrase = "correct horse battery staple"

// sells drives the line dialogue of a folder with a keyed sale of each amount, and
// whatever follows.
func sells(t *testing.T, data, then string, amounts ...string) string {
	t.Helper()
	var in strings.Builder
	for _, a := range amounts {
		in.WriteString(a + "\n4111111111111111\n1230\n123\n\n\n\n")
	}
	in.WriteString(then)
	out, ok := dictated(t, data, "en", strings.Split(strings.TrimSuffix(in.String(), "\n"), "\n"), "--plain", "--reader", "none")
	if !ok {
		t.Fatal(out)
	}
	return out
}

// TestBackup: a folder is backed up, sells on, is lost, and comes back: the journal
// verifies, the totals are those of the backup, no trace number is given out twice, and
// the batch is settled with the host.
func TestBackup(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "shop")
	sells(t, data, "", "1234", "500")
	file := filepath.Join(t.TempDir(), "shop.backup")
	twice := []string{backupPhrase, backupPhrase}
	out, ok := dictated(t, data, "en", twice, "backup", "create", "--out", file)
	if !ok || !strings.Contains(out, "next trace 000003") {
		t.Fatal(out)
	}
	head := behind(t, out, "Head of the chain: ")
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if out, ok = dictated(t, data, "en", twice, "backup", "create", "--out", file); ok || !strings.Contains(out, "There is such a file already") {
		t.Errorf("a backup was replaced unasked: %s", out)
	}
	sells(t, data, "", "700") // trace 000003, which the backup does not know

	again := filepath.Join(t.TempDir(), "again")
	if out, ok = dictated(t, again, "en", []string{"another passphrase"}, "backup", "restore", file); ok || !strings.Contains(out, "passphrase is another one") {
		t.Errorf("another passphrase: %s", out)
	}
	if _, err := os.Stat(again); !os.IsNotExist(err) {
		t.Errorf("a folder was made of what cannot be read: %v", err)
	}
	if out, ok = dictated(t, data, "en", []string{backupPhrase}, "backup", "restore", file); ok || !strings.Contains(out, "not empty") {
		t.Errorf("a folder in use was restored over: %s", out)
	}
	out, ok = dictated(t, again, "en", []string{backupPhrase}, "backup", "restore", file)
	if !ok || behind(t, out, "Head of the chain: ") != head || !strings.Contains(out, "next trace number is 001003") {
		t.Fatal(out)
	}
	if out, ok = dictated(t, again, "en", nil, "journal", "verify"); !ok || !strings.Contains(out, "verify: rows=10 ok") {
		t.Error(out)
	}
	was, _ := dictated(t, data, "en", nil, "report", "x")
	if strings.Contains(was, "17.34") {
		t.Fatalf("the folder did not sell on:\n%s", was)
	}
	if out, ok = dictated(t, again, "en", nil, "report", "x"); !ok || !strings.Contains(out, "17.34") {
		t.Errorf("the totals are not those of the backup:\n%s", out)
	}
	out = sells(t, again, "settle\n2034\n\n", "300")
	for _, want := range []string{"Trace 001003", "Net CNY 20.34", "Trace 001004 · The batch is closed"} {
		if !strings.Contains(out, want) {
			t.Errorf("after the restoring nothing says %q:\n%s", want, out)
		}
	}
	if ledger, _ := dictated(t, again, "en", nil, "host", "ledger"); !strings.Contains(ledger, "settled  debits=3 CNY 20.34") {
		t.Errorf("the host's books: %s", ledger)
	}
	leakFreeFile(t, file)
}

// leakFreeFile holds that a file shows nothing of a card.
func leakFreeFile(t *testing.T, file string) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range leaks(b, planted) {
		t.Errorf("leak in the backup: %s", l)
	}
	if bytes.Contains(b, []byte(backupPhrase)) || bytes.Contains(b, []byte("SQLite")) {
		t.Error("the backup shows what it is made of")
	}
}

// behind is what stands behind the beginning of a line.
func behind(t *testing.T, text, beginning string) string {
	t.Helper()
	_, rest, found := strings.Cut(text, beginning)
	if !found {
		t.Fatalf("no line %q in:\n%s", beginning, text)
	}
	line, _, _ := strings.Cut(rest, "\n")
	return line
}

// TestBackupByte: a byte altered anywhere in a backup is found before a folder is made.
func TestBackupByte(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "shop")
	sells(t, data, "", "1234")
	file := filepath.Join(t.TempDir(), "shop.backup")
	if out, ok := dictated(t, data, "zh", []string{backupPhrase, backupPhrase}, "backup", "create", "--out", file); !ok || !strings.Contains(out, "已备份") {
		t.Fatal(out)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []int{0, 14, 33, 60, len(b) / 2, len(b) - 1} {
		bad := bytes.Clone(b)
		bad[at] ^= 4
		broken := filepath.Join(t.TempDir(), "broken")
		if err := os.WriteFile(broken, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		again := filepath.Join(t.TempDir(), "again")
		out, ok := dictated(t, again, "zh", []string{backupPhrase}, "backup", "restore", broken)
		if _, err := os.Stat(again); ok || !os.IsNotExist(err) {
			t.Errorf("byte %d of %d: %v\n%s", at, len(b), err, out)
		}
	}
}

// TestRotateKeyCommand: a training folder's key file is changed, and the folder sells on.
func TestRotateKeyCommand(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "shop")
	sells(t, data, "", "1234")
	was, err := os.ReadFile(filepath.Join(data, "journal.key"))
	if err != nil {
		t.Fatal(err)
	}
	if out, ok := dictated(t, data, "en", nil, "journal", "rotate-key"); !ok || !strings.Contains(out, "The key was changed") {
		t.Fatal(out)
	}
	if now, err := os.ReadFile(filepath.Join(data, "journal.key")); err != nil || bytes.Equal(now, was) {
		t.Errorf("the key file is what it was: %v", err)
	}
	out := sells(t, data, "settle\n1734\n\n", "500")
	if !strings.Contains(out, "The batch is closed") {
		t.Error(out)
	}
}
