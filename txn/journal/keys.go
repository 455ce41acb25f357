package journal

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"vpos/reader"
)

// KeyKind says where a master key lives.
type KeyKind string

// The places for a master key.
const (
	KeyInKeychain   KeyKind = "keychain"   // the operating system's keychain
	KeyByPassphrase KeyKind = "passphrase" // nowhere: made from what a person types
	KeyInFile       KeyKind = "file"       // a file beside the data, for training only
)

// KeySource gives the master key under which a data folder is sealed.
type KeySource interface {
	// Kind says where the key comes from, for logs and the device check.
	Kind() KeyKind
	// Key returns 32 bytes that the caller owns and wipes. The same source
	// always gives the same key.
	Key(ctx context.Context) ([]byte, error)
}

var (
	// ErrNoKeySource: live data would have no place for its key.
	ErrNoKeySource = errors.New("no keychain is available and no passphrase was given")
	// ErrPassphrase: the folder is sealed by a passphrase and none was given.
	ErrPassphrase = errors.New("the data folder is sealed by a passphrase")
	// ErrKeyLost: the keychain no longer has the key of this folder.
	ErrKeyLost = errors.New("the key of this data folder is missing")
	// ErrKeyFile: the folder's key file cannot be understood.
	ErrKeyFile = errors.New("the key file is damaged")
)

// keyFileName is the file in a data folder that says how it is sealed.
const keyFileName = "journal.key"

// keyFile is that file. What is once written there is never changed but
// by RotateKey: another key could not open what the first one sealed.
type keyFile struct {
	Kind   KeyKind `json:"kind"`
	Name   string  `json:"name,omitempty"`   // keychain: the account
	Salt   []byte  `json:"salt,omitempty"`   // passphrase
	Time   uint32  `json:"time,omitempty"`   // passphrase: argon2id passes
	Memory uint32  `json:"memory,omitempty"` // passphrase: argon2id KiB
	Lanes  uint8   `json:"lanes,omitempty"`  // passphrase: argon2id parallelism
	Key    []byte  `json:"key,omitempty"`    // file, training only

	Wrapped []byte `json:"wrapped,omitempty"` // the master key under the one above, once that was changed
}

// OpenKeySource finds the key source of a data folder; its Kind says which one
// it is. A folder keeps the kind it began with. A new one gets:
//
//   - a passphrase (argon2id), if one is given;
//   - in live mode otherwise the keychain, and if there is none [ErrNoKeySource];
//   - in training otherwise a key file with mode 0600. It guards nothing against
//     whoever reads the folder. Training data is test data: a real card's number
//     has no business there, and asking the keychain could stop a first run with
//     a question.
//
// A key file is refused in live mode ([ErrNoKeySource]). dir is made with mode
// 0700 if it is missing. Nothing is read from the keychain unless the folder's
// key lives there.
func OpenKeySource(ctx context.Context, mode Mode, dir string, passphrase reader.Secret) (KeySource, error) {
	if !mode.valid() {
		return nil, fmt.Errorf("journal: key source: %w: %q is no mode", ErrMode, mode)
	}
	path := filepath.Join(dir, keyFileName)
	f, err := readKeyFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err = os.MkdirAll(dir, 0o700); err == nil {
			f, err = newKeyFile(ctx, mode, path, passphrase)
		}
	}
	if err != nil {
		return nil, wrap("key source", err)
	}
	switch {
	case f.Kind == KeyInFile && mode != Training:
		return nil, fmt.Errorf("journal: key source: %w: a key file is for training only", ErrNoKeySource)
	case f.Kind == KeyByPassphrase && passphrase.Empty():
		return nil, fmt.Errorf("journal: key source: %w", ErrPassphrase)
	}
	return f.source(passphrase)
}

// source is where a key file's master key comes from.
func (f keyFile) source(passphrase reader.Secret) (KeySource, error) {
	outer, err := f.outer(passphrase)
	if err == nil && len(f.Wrapped) > 0 {
		return wrapped{outer, f.Wrapped}, nil
	}
	return outer, err
}

func (f keyFile) outer(passphrase reader.Secret) (KeySource, error) {
	switch f.Kind {
	case KeyInKeychain:
		return keychain{name: f.Name, store: systemKeychain}, nil
	case KeyByPassphrase:
		return passphraseKey{f, passphrase}, nil
	case KeyInFile:
		return fileKey(f.Key), nil
	}
	return nil, fmt.Errorf("journal: key source: %w: kind %q", ErrKeyFile, f.Kind)
}

// newKeyFile decides how a folder is sealed from now on and writes it down. A
// keychain key is stored, and read back, before the folder says it relies on it.
func newKeyFile(ctx context.Context, mode Mode, path string, passphrase reader.Secret) (keyFile, error) {
	var f keyFile
	switch {
	case !passphrase.Empty():
		f = newPassphraseFile()
	case mode == Training:
		f = keyFile{Kind: KeyInFile, Key: randomBytes(keyLen)}
	default:
		name, err := createInKeychain(ctx, systemKeychain)
		if err != nil {
			return f, fmt.Errorf("%w: %w", ErrNoKeySource, err)
		}
		f = keyFile{Kind: KeyInKeychain, Name: name}
	}
	return f, writeKeyFile(path, f)
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: crypto/rand ends the program instead
	return b
}

// readKeyFile reads and checks the file; fs.ErrNotExist when there is none.
func readKeyFile(path string) (keyFile, error) {
	b, err := os.ReadFile(path) //nolint:gosec // the data folder's own file
	if err != nil {
		return keyFile{}, fmt.Errorf("read: %w", err)
	}
	defer clear(b)
	return parseKeyFile(b)
}

// parseKeyFile takes only what newKeyFile writes. The bounds on argon2id keep an
// altered file from asking for all memory, or for no work at all.
func parseKeyFile(b []byte) (keyFile, error) {
	var f keyFile
	if err := json.Unmarshal(b, &f); err != nil {
		return keyFile{}, fmt.Errorf("%w: %w", ErrKeyFile, err)
	}
	ok := false
	switch f.Kind {
	case KeyInKeychain:
		ok = f.Name != ""
	case KeyByPassphrase:
		ok = len(f.Salt) >= 16 && f.Time >= argonTime && f.Time <= 64 &&
			f.Memory >= argonMemory && f.Memory <= 16*argonMemory && f.Lanes >= 1 && f.Lanes <= 16
	case KeyInFile:
		ok = len(f.Key) == keyLen
	}
	if !ok || len(f.Wrapped) != 0 && len(f.Wrapped) != wrappedLen {
		return keyFile{}, fmt.Errorf("%w: kind %q", ErrKeyFile, f.Kind)
	}
	return f, nil
}

// writeKeyFile puts the file there whole and durable, or not at all, and never
// over another: two first starts at once must not each seal with its own key.
func writeKeyFile(path string, f keyFile) error {
	b, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	defer clear(b)
	tmp, err := os.CreateTemp(filepath.Dir(path), ".key-*") // mode 0600
	if err != nil {
		return fmt.Errorf("create: %w", err)
	}
	defer func() { _ = os.Remove(tmp.Name()) }()
	_, err = tmp.Write(b)
	err = errors.Join(err, tmp.Sync(), tmp.Close())
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	if err := os.Link(tmp.Name(), path); err != nil {
		if !noLinks(err) {
			return fmt.Errorf("put in place: %w", err)
		}
		if err := os.Rename(tmp.Name(), path); err != nil {
			return fmt.Errorf("put in place: %w", err)
		}
	}
	return syncDir(filepath.Dir(path))
}

// noLinks tells a file system without hard links (FAT) from a real failure.
func noLinks(err error) bool {
	return !errors.Is(err, fs.ErrExist) && (errors.Is(err, errors.ErrUnsupported) || errors.Is(err, fs.ErrPermission))
}

// fileKey is the key file of training.
type fileKey []byte

func (fileKey) Kind() KeyKind                         { return KeyInFile }
func (k fileKey) Key(context.Context) ([]byte, error) { return append([]byte(nil), k...), nil }
func (fileKey) String() string                        { return string(KeyInFile) }
func (fileKey) GoString() string                      { return string(KeyInFile) }
func (fileKey) Format(s fmt.State, _ rune)            { _, _ = s.Write([]byte(KeyInFile)) }
