package keys

import (
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"slices"

	"vpos/reader"
)

// Key is a secret key of 8, 16, 24 or 32 bytes: single, double or triple length
// DES, or AES. Which of them is for the method that uses it to say. It prints as
// its length in bits under every verb and encoder.
//
// Copies share their bytes, so that wiping one wipes all; [Key.Clone] parts them.
type Key struct{ secret reader.Secret }

// NewKey copies the clear bytes of a key. Other lengths are [ErrKeyLength].
func NewKey(clear []byte) (Key, error) {
	switch len(clear) {
	case 8, 16, 24, 32:
		return Key{reader.NewSecret(clear)}, nil
	default:
		return Key{}, fmt.Errorf("key of %d bytes: %w", len(clear), ErrKeyLength)
	}
}

// own makes a key of bytes nobody else needs, and wipes them.
func own(b []byte) (Key, error) {
	defer clear(b)
	return NewKey(b)
}

// bytes is the clear key itself, nil for none.
func (k Key) bytes() []byte { return k.secret.Reveal() }

// Len is the length in bytes; 0 for no key or a wiped one.
func (k Key) Len() int { return k.secret.Len() }

// Empty reports whether there is no key.
func (k Key) Empty() bool { return k.secret.Empty() }

// Equal reports whether two keys have the same bytes, in constant time.
func (k Key) Equal(o Key) bool { return subtle.ConstantTimeCompare(k.bytes(), o.bytes()) == 1 }

// Clone is the same key in bytes of its own.
func (k Key) Clone() Key { return Key{reader.NewSecret(k.bytes())} }

// Wipe overwrites the key, in every copy that was not made by [Key.Clone].
func (k Key) Wipe() { k.secret.Wipe() }

// Combine is the XOR of components, each as long as the key: no component alone
// says anything about it. Fewer than two, or of different lengths: [ErrKeyLength].
func Combine(components ...Key) (Key, error) {
	if len(components) < 2 {
		return Key{}, fmt.Errorf("%d components: %w", len(components), ErrKeyLength)
	}
	sum := slices.Clone(components[0].bytes())
	for _, c := range components[1:] {
		if c.Len() != len(sum) {
			clear(sum)
			return Key{}, fmt.Errorf("components of different lengths: %w", ErrKeyLength)
		}
		subtle.XORBytes(sum, sum, c.bytes())
	}
	return own(sum)
}

// String is the masked form, <key 128>, with the length in bits.
func (k Key) String() string { return fmt.Sprintf("<key %d>", 8*k.Len()) }

// Format prints the masked form under every verb.
func (k Key) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, k.String()) }

// GoString is the masked form.
func (k Key) GoString() string { return k.String() }

// LogValue is the masked form.
func (k Key) LogValue() slog.Value { return slog.StringValue(k.String()) }

// MarshalText is the masked form.
func (k Key) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// MarshalJSON is the masked form.
func (k Key) MarshalJSON() ([]byte, error) {
	b, err := json.Marshal(k.String())
	if err != nil {
		return nil, fmt.Errorf("key: %w", err)
	}
	return b, nil
}
