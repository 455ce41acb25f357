package journal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"vpos/reader"
)

// The master key of a folder is made once: card data is sealed and looked up, and PINs are
// held, under keys that come of it. What is changed is what opens it. A changed folder's
// key file has the master key sealed under the new keychain entry or passphrase; the old
// one opens that file no more. Whoever copied an old key file together with what opened it
// keeps what they had: no change of a key takes back what was copied.

// wrappedLen is a nonce, a master key and a tag.
const wrappedLen = 12 + keyLen + 16

// wrapped is a source whose key opens another one.
type wrapped struct {
	KeySource

	sealed []byte
}

// masterLabel binds a sealed master key to its purpose.
var masterLabel = []byte("vpos journal 1 master key")

// Key is the sealed one. [ErrKey] where the source's own does not open it: another
// passphrase, or another keychain entry.
func (w wrapped) Key(ctx context.Context) ([]byte, error) {
	outer, err := w.KeySource.Key(ctx)
	if err != nil {
		return nil, err
	}
	defer clear(outer)
	aead, err := gcm(outer)
	if err != nil {
		return nil, err
	}
	n := aead.NonceSize()
	key, err := aead.Open(nil, w.sealed[:n], w.sealed[n:], masterLabel)
	if err != nil {
		return nil, ErrKey
	}
	return key, nil
}

// RotateKey changes what opens a folder: another passphrase, another keychain entry, or in
// training another key file. source is the present one. The file is put in place whole, so
// that a power cut leaves the old one or the new one, and either opens the folder; a new
// keychain entry is read back before, and the old one taken away only after.
func RotateKey(ctx context.Context, dir string, source KeySource, passphrase reader.Secret) error {
	path := filepath.Join(dir, keyFileName)
	old, err := readKeyFile(path)
	if err != nil {
		return wrap("rotate the key", err)
	}
	master, err := source.Key(ctx)
	if err != nil {
		return wrap("rotate the key", err)
	}
	defer clear(master)
	fresh, err := old.successor(ctx, passphrase)
	if err != nil {
		return wrap("rotate the key", err)
	}
	if fresh.Wrapped, err = fresh.wrap(ctx, master, passphrase); err == nil {
		err = replaceKeyFile(path, fresh)
	}
	if err != nil {
		return wrap("rotate the key", err)
	}
	if old.Kind == KeyInKeychain {
		_ = systemKeychain.Delete(keychainService, old.Name) // it opens nothing any more
	}
	return nil
}

// successor is a key file of the same kind with a new key behind it.
func (f keyFile) successor(ctx context.Context, passphrase reader.Secret) (keyFile, error) {
	switch f.Kind {
	case KeyByPassphrase:
		if passphrase.Empty() {
			return keyFile{}, ErrPassphrase
		}
		return newPassphraseFile(), nil
	case KeyInKeychain:
		name, err := createInKeychain(ctx, systemKeychain)
		if err != nil {
			return keyFile{}, fmt.Errorf("%w: %w", ErrNoKeySource, err)
		}
		return keyFile{Kind: KeyInKeychain, Name: name}, nil
	case KeyInFile:
		return keyFile{Kind: KeyInFile, Key: randomBytes(keyLen)}, nil
	}
	return keyFile{}, fmt.Errorf("%w: kind %q", ErrKeyFile, f.Kind)
}

// wrap seals the master key under the key behind a new file, and opens it again.
func (f keyFile) wrap(ctx context.Context, master []byte, passphrase reader.Secret) ([]byte, error) {
	source, err := f.source(passphrase)
	if err != nil {
		return nil, err
	}
	outer, err := source.Key(ctx)
	if err != nil {
		return nil, err
	}
	defer clear(outer)
	aead, err := gcm(outer)
	if err != nil {
		return nil, err
	}
	nonce := randomBytes(aead.NonceSize())
	sealed := aead.Seal(nonce, nonce, master, masterLabel)
	back, err := wrapped{source, sealed}.Key(ctx)
	defer clear(back)
	if err != nil || string(back) != string(master) {
		return nil, errors.Join(ErrKey, err)
	}
	return sealed, nil
}

// replaceKeyFile puts a key file in the place of another, whole and durable.
func replaceKeyFile(path string, f keyFile) error {
	temp := path + ".new"
	if err := os.Remove(temp); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("tidy up: %w", err)
	}
	if err := writeKeyFile(temp, f); err != nil {
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		return fmt.Errorf("put in place: %w", err)
	}
	return syncDir(filepath.Dir(path))
}
