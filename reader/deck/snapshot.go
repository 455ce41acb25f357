package deck

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"slices"

	"vpos/reader/tlv"
)

// Snapshot is everything a card remembers without power: what to keep where a
// card's life must go on after the program ends. It is made of exported fields for
// any encoder. The PIN in it is a virtual card's; fmt prints the card's name only.
type Snapshot struct {
	Card         string // as [Card.Name]
	Blocked      bool   // by CARD BLOCK
	Drawn        uint64 // random numbers given out
	Applications []AppState
}

// AppState is what one application remembers.
type AppState struct {
	ATC          uint16 // transactions begun
	LastOnline   uint16 // the counter at the last one the issuer approved
	Tries        int    // PIN tries left
	PIN          []byte // ASCII digits
	Blocked      bool
	Offline      int                // approvals since then that the issuer did not see
	Amount       int64              // and their sum
	Scripts      int                // commands obeyed in the last transaction
	ScriptFailed bool               // one was refused in it
	Data         map[tlv.Tag][]byte // what the issuer put
	Log          [][]byte           // the transactions, newest first
}

// String is the card's name.
func (s Snapshot) String() string { return "snapshot[" + s.Card + "]" }

// Format prints String under every verb.
func (s Snapshot) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// LogValue is String.
func (s Snapshot) LogValue() slog.Value { return slog.StringValue(s.String()) }

// String says how far the counters are, and nothing of the PIN.
func (s AppState) String() string {
	return fmt.Sprintf("atc %d last %d tries %d blocked %t offline %d", s.ATC, s.LastOnline, s.Tries, s.Blocked, s.Offline)
}

// Format prints String under every verb.
func (s AppState) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// LogValue is String.
func (s AppState) LogValue() slog.Value { return slog.StringValue(s.String()) }

func (s AppState) clone() AppState {
	s.PIN, s.Data, s.Log = bytes.Clone(s.PIN), maps.Clone(s.Data), slices.Clone(s.Log)
	return s
}

// ErrSnapshot says that a snapshot is another card's, or no card's.
var ErrSnapshot = errors.New("deck: the snapshot does not fit the card")

// Snapshot gives what the card remembers.
func (c *Card) Snapshot() Snapshot {
	s := Snapshot{Card: c.spec, Blocked: c.blocked, Drawn: c.drawn}
	for i := range c.apps {
		s.Applications = append(s.Applications, c.apps[i].state.clone())
	}
	return s
}

// Restore puts a snapshot of the same card back. The error is [ErrSnapshot].
func (c *Card) Restore(s Snapshot) error {
	if s.Card != c.spec || len(s.Applications) != len(c.apps) {
		return ErrSnapshot
	}
	for _, a := range s.Applications {
		good := len(a.PIN) == 0 || len(a.PIN) >= 4 && len(a.PIN) <= 12
		if a.Tries < 0 || a.Tries > 15 || a.LastOnline > a.ATC || a.Offline < 0 || a.Amount < 0 || !good {
			return ErrSnapshot
		}
	}
	c.blocked, c.drawn = s.Blocked, s.Drawn
	for i, a := range s.Applications {
		c.apps[i].state = a.clone()
	}
	return nil
}
