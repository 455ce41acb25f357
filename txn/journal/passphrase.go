package journal

import (
	"context"
	"fmt"

	"golang.org/x/crypto/argon2"

	"vpos/reader"
)

// The cost of a passphrase: argon2id over 64 MiB in three passes (RFC 9106,
// 4: the second recommended option has the same passes and memory).
const (
	argonTime   = 3
	argonMemory = 64 * 1024 // KiB
	argonLanes  = 4
)

func newPassphraseFile() keyFile {
	return keyFile{Kind: KeyByPassphrase, Salt: randomBytes(16), Time: argonTime, Memory: argonMemory, Lanes: argonLanes}
}

// passphraseKey makes the key anew each time; only the salt is stored. A wrong
// passphrase gives a wrong key, which Open tells by [ErrKey].
type passphraseKey struct {
	file   keyFile
	phrase reader.Secret
}

func (passphraseKey) Kind() KeyKind { return KeyByPassphrase }

func (p passphraseKey) Key(ctx context.Context) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("argon2id: %w", err)
	}
	if p.phrase.Empty() {
		return nil, ErrPassphrase
	}
	return argon2.IDKey(p.phrase.Reveal(), p.file.Salt, p.file.Time, p.file.Memory, p.file.Lanes, keyLen), nil
}
