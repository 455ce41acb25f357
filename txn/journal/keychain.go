package journal

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/zalando/go-keyring"
)

// keychainService is the name our entries carry in the operating system's
// keychain.
const keychainService = "vpos journal"

// keychainWait is how long the keychain may take. It covers a person who types
// the keychain's password; a desktop bus that never answers ends here.
var keychainWait = 20 * time.Second

// secretStore is what is used of go-keyring.
type secretStore interface {
	Get(service, user string) (string, error)
	Set(service, user, secret string) error
	Delete(service, user string) error
}

type systemStore struct{}

func (systemStore) Get(service, user string) (string, error) {
	return keyring.Get(service, user) //nolint:wrapcheck // the callers name the phase
}

func (systemStore) Set(service, user, secret string) error {
	return keyring.Set(service, user, secret) //nolint:wrapcheck // the callers name the phase
}

func (systemStore) Delete(service, user string) error {
	return keyring.Delete(service, user) //nolint:wrapcheck // the callers name the phase
}

// systemKeychain is a variable so that tests need no keychain.
var systemKeychain secretStore = systemStore{}

// keychain is a key in the operating system's keychain. The library hands
// secrets over as strings, which cannot be wiped; ours are short-lived, and that
// is all that can be said.
type keychain struct {
	name  string
	store secretStore
}

func (keychain) Kind() KeyKind { return KeyInKeychain }

func (k keychain) Key(ctx context.Context) ([]byte, error) {
	text, err := inTime(ctx, func() (string, error) { return k.store.Get(keychainService, k.name) })
	if errors.Is(err, keyring.ErrNotFound) {
		// Never make a new one here: it could not open what the old one sealed.
		return nil, fmt.Errorf("%w: %w", ErrKeyLost, err)
	}
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	key, err := hex.DecodeString(text)
	if err != nil || len(key) != keyLen {
		return nil, fmt.Errorf("%w: the entry is not a key", ErrKeyLost)
	}
	return key, nil
}

// createInKeychain stores a new key, reads it back, and returns its name.
func createInKeychain(ctx context.Context, store secretStore) (string, error) {
	key := randomBytes(keyLen)
	defer clear(key)
	return keepInKeychain(ctx, store, key)
}

// keepInKeychain stores a key under a new name, reads it back, and returns the name.
func keepInKeychain(ctx context.Context, store secretStore, secret []byte) (string, error) {
	name := hex.EncodeToString(randomBytes(8))
	key := hex.EncodeToString(secret)
	back, err := inTime(ctx, func() (string, error) {
		if err := store.Set(keychainService, name, key); err != nil {
			return "", fmt.Errorf("store: %w", err)
		}
		return store.Get(keychainService, name)
	})
	switch {
	case err != nil:
		return "", fmt.Errorf("keychain: %w", err)
	case back != key:
		return "", errors.New("keychain: it did not keep the key")
	}
	return name, nil
}

// inTime gives up on a keychain call after keychainWait. The call itself cannot
// be stopped and is left behind: better one lost goroutine than a till that
// never opens.
func inTime(ctx context.Context, call func() (string, error)) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, keychainWait)
	defer cancel()
	type answer struct {
		text string
		err  error
	}
	done := make(chan answer, 1)
	go func() {
		text, err := call()
		done <- answer{text, err}
	}()
	select {
	case a := <-done:
		return a.text, a.err
	case <-ctx.Done():
		return "", fmt.Errorf("no answer: %w", ctx.Err())
	}
}
