package journal

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"vpos/reader"
	"vpos/txn"
)

// The kinds of key a folder can begin with, and what opens it then and after a change.
var rotations = map[string]struct {
	mode     Mode
	old, new reader.Secret
}{
	"key file":   {Training, reader.Secret{}, reader.Secret{}},
	"keychain":   {Live, reader.Secret{}, reader.Secret{}},
	"passphrase": {Live, reader.NewSecret("the old passphrase"), reader.NewSecret("the new passphrase")},
}

// TestRotateKey: a changed folder opens with the new key, its old cards too, and no more
// with the old one.
func TestRotateKey(t *testing.T) {
	for name, c := range rotations {
		t.Run(name, func(t *testing.T) {
			ctx, dir := context.Background(), t.TempDir()
			chain := useKeychain(t)
			source := func(p reader.Secret) KeySource {
				t.Helper()
				s, err := OpenKeySource(ctx, c.mode, dir, p)
				if err != nil {
					t.Fatal(err)
				}
				return s
			}
			open := func(s KeySource) (*Journal, error) {
				sealer, err := NewSealer(ctx, s)
				if err != nil {
					return nil, err
				}
				return Open(ctx, Options{Path: filepath.Join(dir, "journal.db"), Sealer: sealer, Terminal: terminalID, Mode: c.mode})
			}
			first := source(c.old)
			j, err := open(first)
			if err != nil {
				t.Fatal(err)
			}
			s := sale(t, 1, 1)
			write(t, j, txn.Record{Type: txn.RecIntent, Txn: s})
			write(t, j, ended(s, txn.RecApproved))
			if err := j.Close(); err != nil {
				t.Fatal(err)
			}
			before := key(t, first)
			was, err := os.ReadFile(filepath.Join(dir, keyFileName))
			if err != nil {
				t.Fatal(err)
			}
			for range 2 { // once more, from a file that was changed already
				if err := RotateKey(ctx, dir, source(c.old), c.new); err != nil {
					t.Fatal(err)
				}
				c.old = c.new
			}
			if !bytes.Equal(key(t, source(c.new)), before) {
				t.Fatal("the data is sealed under another key now")
			}
			if j, err = open(source(c.new)); err != nil {
				t.Fatal(err)
			}
			found, err := j.Find(ctx, 1)
			if err != nil || found == nil || found.Card.PAN.Last4() != plantedPAN[12:] {
				t.Errorf("the old card: %v, %v", found, err)
			}
			mustVerify(t, j)
			_ = j.Close()
			if c.mode == Live && c.new.Empty() && len(chain.entries) != 1 {
				t.Errorf("%d entries in the keychain", len(chain.entries))
			}
			now, _ := os.ReadFile(filepath.Join(dir, keyFileName))
			if bytes.Equal(now, was) || bytes.Contains(now, []byte(`"key":"`)) && bytes.Contains(was, []byte(`"key":"`)) && bytes.Equal(between(now), between(was)) {
				t.Error("the key file has the old key")
			}
			if !c.new.Empty() {
				if _, err := NewSealer(ctx, source(reader.NewSecret("the old passphrase"))); !errors.Is(err, ErrKey) {
					t.Errorf("the old passphrase: %v", err)
				}
			}
		})
	}
}

// between is the key of a key file, as it stands in it.
func between(file []byte) []byte {
	_, rest, _ := bytes.Cut(file, []byte(`"key":"`))
	k, _, _ := bytes.Cut(rest, []byte(`"`))
	return k
}

// TestRotateCut: wherever a change is cut, what is there opens the folder.
func TestRotateCut(t *testing.T) {
	for name, c := range rotations {
		t.Run(name, func(t *testing.T) {
			ctx, dir := context.Background(), t.TempDir()
			chain := useKeychain(t)
			path := filepath.Join(dir, keyFileName)
			first, err := OpenKeySource(ctx, c.mode, dir, c.old)
			if err != nil {
				t.Fatal(err)
			}
			master := key(t, first)
			opens := func(at string, p reader.Secret) {
				t.Helper()
				s, err := OpenKeySource(ctx, c.mode, dir, p)
				if err != nil {
					t.Fatalf("%s: %v", at, err)
				}
				if k, err := s.Key(ctx); err != nil || !bytes.Equal(k, master) {
					t.Errorf("%s: another key, %v", at, err)
				}
			}
			old, err := readKeyFile(path)
			if err != nil {
				t.Fatal(err)
			}
			fresh, err := old.successor(ctx, c.new)
			if err != nil {
				t.Fatal(err)
			}
			opens("the new entry is made", c.old)
			if fresh.Wrapped, err = fresh.wrap(ctx, master, c.new); err != nil {
				t.Fatal(err)
			}
			if err := writeKeyFile(path+".new", fresh); err != nil {
				t.Fatal(err)
			}
			opens("the new file is beside the old one", c.old)
			if err := replaceKeyFile(path, fresh); err != nil {
				t.Fatal(err)
			}
			opens("the new file is in place, the old entry still there", c.new)
			delete(chain.entries, old.Name)
			opens("the old entry is gone", c.new)
			if c.new.Empty() {
				return
			}
			if err := RotateKey(ctx, dir, first, reader.Secret{}); !errors.Is(err, ErrPassphrase) {
				t.Errorf("without a new passphrase: %v", err)
			}
			opens("after a change that was refused", c.new)
		})
	}
}

// TestRotateFails: a keychain that does not keep the new key changes nothing.
func TestRotateFails(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	chain := useKeychain(t)
	source, err := OpenKeySource(ctx, Live, dir, reader.Secret{})
	if err != nil {
		t.Fatal(err)
	}
	before := key(t, source)
	chain.forgets = true
	if err := RotateKey(ctx, dir, source, reader.Secret{}); !errors.Is(err, ErrNoKeySource) {
		t.Errorf("a keychain that forgets: %v", err)
	}
	chain.forgets = false
	if again, err := OpenKeySource(ctx, Live, dir, reader.Secret{}); err != nil || !bytes.Equal(key(t, again), before) {
		t.Errorf("the folder is lost: %v", err)
	}
}
