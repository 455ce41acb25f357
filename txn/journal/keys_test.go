package journal

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"vpos/reader"
)

// memoryKeychain is a keychain that works, unless told otherwise.
type memoryKeychain struct {
	entries map[string]string
	err     error
	forgets bool
	mangles bool
	hang    chan struct{}
}

func (m *memoryKeychain) Get(_, user string) (string, error) {
	if m.hang != nil {
		<-m.hang
	}
	if s, ok := m.entries[user]; ok && m.err == nil {
		if m.mangles {
			s = s[1:] + s[:1]
		}
		return s, nil
	}
	return "", errors.Join(m.err, keyring.ErrNotFound)
}

func (m *memoryKeychain) Set(_, user, secret string) error {
	if m.hang != nil {
		<-m.hang
	}
	if !m.forgets {
		m.entries[user] = secret
	}
	return m.err
}

func (m *memoryKeychain) Delete(_, user string) error {
	delete(m.entries, user)
	return m.err
}

func useKeychain(t *testing.T) *memoryKeychain {
	t.Helper()
	m, before := &memoryKeychain{entries: map[string]string{}}, systemKeychain
	systemKeychain = m
	t.Cleanup(func() { systemKeychain = before })
	return m
}

func key(t *testing.T, s KeySource) []byte {
	t.Helper()
	k, err := s.Key(context.Background())
	if err != nil || len(k) != keyLen {
		t.Fatalf("%d bytes, %v", len(k), err)
	}
	return k
}

func TestKeySourceSelection(t *testing.T) {
	phrase := reader.NewSecret("correct horse")
	tests := map[string]struct {
		mode   Mode
		phrase reader.Secret
		want   KeyKind
	}{
		"training":                 {Training, reader.Secret{}, KeyInFile},
		"training with passphrase": {Training, phrase, KeyByPassphrase},
		"live":                     {Live, reader.Secret{}, KeyInKeychain},
		"live with passphrase":     {Live, phrase, KeyByPassphrase},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			useKeychain(t)
			dir := filepath.Join(t.TempDir(), "new")
			first, err := OpenKeySource(context.Background(), tt.mode, dir, tt.phrase)
			if err != nil || first.Kind() != tt.want {
				t.Fatal(first, err)
			}
			k := key(t, first)
			again, err := OpenKeySource(context.Background(), tt.mode, dir, tt.phrase)
			if err != nil || again.Kind() != tt.want || !bytes.Equal(key(t, again), k) {
				t.Errorf("not the same key again: %v", err)
			}
			info, err := os.Stat(filepath.Join(dir, keyFileName))
			if err != nil || runtime.GOOS != "windows" && info.Mode() != 0o600 {
				t.Errorf("%v, %v", info.Mode(), err)
			}
			entries, _ := os.ReadDir(dir)
			b, _ := os.ReadFile(filepath.Join(dir, keyFileName))
			if len(entries) != 1 || tt.want != KeyInFile && bytes.Contains(b, k) {
				t.Errorf("left %v", entries)
			}
		})
	}
}

func TestKeySourceRefuses(t *testing.T) {
	ctx := context.Background()
	m := useKeychain(t)
	dir := t.TempDir()
	none := reader.Secret{}

	m.err = errors.New("no bus")
	if _, err := OpenKeySource(ctx, Live, dir, none); !errors.Is(err, ErrNoKeySource) {
		t.Errorf("live without a keychain: %v", err)
	}
	m.err, m.forgets = nil, true
	if _, err := OpenKeySource(ctx, Live, dir, none); !errors.Is(err, ErrNoKeySource) {
		t.Errorf("a keychain that forgets: %v", err)
	}
	m.forgets, m.mangles = false, true
	if _, err := OpenKeySource(ctx, Live, dir, none); !errors.Is(err, ErrNoKeySource) {
		t.Errorf("a keychain that mangles: %v", err)
	}
	m.mangles, m.hang = false, make(chan struct{})
	defer close(m.hang)
	keychainWait = 30 * time.Millisecond
	defer func() { keychainWait = 20 * time.Second }()
	if _, err := OpenKeySource(ctx, Live, dir, none); !errors.Is(err, ErrNoKeySource) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a keychain that hangs: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, keyFileName)); err == nil {
		t.Error("a failed start decided for the folder")
	}
	if _, err := OpenKeySource(ctx, "other", dir, none); !errors.Is(err, ErrMode) {
		t.Errorf("no such mode: %v", err)
	}

	if _, err := OpenKeySource(ctx, Training, dir, none); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenKeySource(ctx, Live, dir, none); !errors.Is(err, ErrNoKeySource) {
		t.Errorf("a key file in live mode: %v", err)
	}

	sealed := t.TempDir()
	if _, err := OpenKeySource(ctx, Live, sealed, reader.NewSecret("x")); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenKeySource(ctx, Live, sealed, none); !errors.Is(err, ErrPassphrase) {
		t.Errorf("without its passphrase: %v", err)
	}
	if err := os.WriteFile(filepath.Join(sealed, keyFileName), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenKeySource(ctx, Live, sealed, none); !errors.Is(err, ErrKeyFile) {
		t.Errorf("a damaged file: %v", err)
	}
}

// A key that is gone is never replaced in silence.
func TestLostKey(t *testing.T) {
	m := useKeychain(t)
	dir := t.TempDir()
	s, err := OpenKeySource(context.Background(), Live, dir, reader.Secret{})
	if err != nil {
		t.Fatal(err)
	}
	key(t, s)
	clear(m.entries)
	s, err = OpenKeySource(context.Background(), Live, dir, reader.Secret{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := NewSealer(context.Background(), s); !errors.Is(err, ErrKeyLost) {
		t.Errorf("got %v", err)
	}
	if len(m.entries) != 0 {
		t.Error("a new key was made")
	}
}

// A wrong passphrase is told by the journal.
func TestWrongPassphrase(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	try := func(phrase string) error {
		source, err := OpenKeySource(ctx, Live, dir, reader.NewSecret(phrase))
		if err != nil {
			return err
		}
		s, err := NewSealer(ctx, source)
		if err != nil {
			return err
		}
		j, err := Open(ctx, Options{Path: filepath.Join(dir, "journal.db"), Sealer: s, Terminal: terminalID, Mode: Live})
		if err != nil {
			return err
		}
		return j.Close()
	}
	if err := try("right"); err != nil {
		t.Fatal(err)
	}
	if err := try("wrong"); !errors.Is(err, ErrKey) {
		t.Errorf("got %v", err)
	}
	if err := try("right"); err != nil {
		t.Error(err)
	}
}
