package emv

import (
	"fmt"
	"io"
	"log/slog"
)

// String says how the PIN entry went, and nothing of the PIN.
func (p PINResult) String() string {
	switch {
	case p.Broken:
		return "PIN[broken]"
	case p.Bypassed:
		return "PIN[bypassed]"
	}
	return "PIN[*]"
}

// Format prints String under every verb.
func (p PINResult) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, p.String()) }

// GoString is String.
func (p PINResult) GoString() string { return p.String() }

// LogValue is String.
func (p PINResult) LogValue() slog.Value { return slog.StringValue(p.String()) }

// MarshalText is String.
func (p PINResult) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// String is the phase: the kernel holds a card's data, so it prints nothing of
// itself.
func (k *Kernel) String() string { return "emv[" + string(k.phase) + "]" }

// Format prints String under every verb.
func (k *Kernel) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, k.String()) }

// LogValue is String.
func (k *Kernel) LogValue() slog.Value { return slog.StringValue(k.String()) }
