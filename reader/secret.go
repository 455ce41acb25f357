package reader

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
)

// secret holds bytes that never print. It is embedded by the secret types,
// each of which supplies its own masked form.
//
// The bytes sit behind two pointers because fmt does not ask a value for its own
// form when the value is in an unexported field, or when the verb is %p or a
// stray %w: it walks the memory instead. It follows one pointer, where it
// reports a verb that does not suit, and prints the next one as an address.
//
// Copies of a secret share one backing array on purpose: wiping any copy wipes
// all of them.
type secret struct {
	_ [0]func() // not comparable with ==, which would compare addresses
	b **[]byte
}

// newSecret copies the clear bytes; no bytes give the zero value.
func newSecret[T ~string | ~[]byte](clear T) secret { return own(bytes.Clone([]byte(clear))) }

// own makes a secret of bytes nobody else holds.
func own(b []byte) secret {
	if len(b) == 0 {
		return secret{}
	}
	p := &b
	return secret{b: &p}
}

// Reveal returns the clear bytes without copying them, nil for none. The caller
// must not keep, print or log them.
func (s secret) Reveal() []byte {
	if s.b == nil {
		return nil
	}
	return **s.b
}

// Len is the number of clear bytes.
func (s secret) Len() int { return len(s.Reveal()) }

// Empty reports whether there is nothing to hide.
func (s secret) Empty() bool { return s.Len() == 0 }

// Wipe overwrites the clear bytes with zeros and leaves every copy empty.
//
// A garbage-collected program cannot promise that no other copy was ever made
// by the runtime; this removes the ones vpos made.
func (s secret) Wipe() {
	if s.b == nil {
		return
	}
	wipe(**s.b)
	**s.b = nil
}

// wipe is clear under a name that parameters called clear do not hide.
func wipe(b []byte) { clear(b) }

// Secret is any text a person typed that may hold card data: the raw entry of
// a PAN, a security code, an amount. Its mask shows nothing but its length.
type Secret struct{ secret }

// NewSecret copies clear into a Secret.
func NewSecret[T ~string | ~[]byte](clear T) Secret { return Secret{newSecret(clear)} }

// String is the masked form: one bullet a byte, at most eight.
func (s Secret) String() string { return bullets(s.Len()) }

// Format prints the masked form under every verb.
func (s Secret) Format(f fmt.State, _ rune) { writeMask(f, s.String()) }

// GoString is the masked form.
func (s Secret) GoString() string { return s.String() }

// LogValue is the masked form.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText is the masked form.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalJSON is the masked form.
func (s Secret) MarshalJSON() ([]byte, error) { return marshalMask(s.String()) }

func bullets(n int) string { return "••••••••"[:3*min(n, 8)] }

func writeMask(w io.Writer, mask string) { _, _ = io.WriteString(w, mask) }

func marshalMask(mask string) ([]byte, error) {
	b, err := json.Marshal(mask)
	if err != nil {
		return nil, fmt.Errorf("mask: %w", err)
	}
	return b, nil
}
