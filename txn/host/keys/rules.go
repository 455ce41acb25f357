package keys

import "fmt"

// PINFormat is a form of PIN block: ISO 9564-1.
type PINFormat string

// The forms.
const (
	ISO0 PINFormat = "iso-0" // with the card number
	ISO1 PINFormat = "iso-1" // without
	ISO3 PINFormat = "iso-3" // as 0, filled at random
	ISO4 PINFormat = "iso-4" // sixteen bytes, AES
)

// Where the key of a PIN block comes from: [Rules.PINUnder].
const (
	UnderSession   = "session"    // the PIK of the session
	UnderDUKPTTDES = "dukpt-tdes" // a key of its own, ANSI X9.24-1
	UnderDUKPTAES  = "dukpt-aes"  // a key of its own, ANSI X9.24-3
)

// Blob is the layout of the session keys in field 62 of a sign-on, named after its
// length in bytes. Empty is none.
type Blob string

// The layouts. A check value is the first four bytes of eight zero bytes under the
// clear key.
const (
	NoBlob Blob = ""
	Blob24 Blob = "24" // PIK 8, check value 4, MAK 8, check value 4
	Blob40 Blob = "40" // PIK 16, 4, MAK 16 or 8 and eight zero bytes, 4
	Blob60 Blob = "60" // the same and TDK 16, 4
)

// Rules are what a terminal and its host agreed on. The zero value is no
// cryptography at all.
type Rules struct {
	MAC      MAC
	PIN      PINFormat // empty: no PIN is sent
	PINUnder string    // [UnderSession] and the like; empty without a PIN
	Track    bool      // tracks are encrypted under the TDK
	Blob     Blob
}

// RuleError says which rule does not go together with the others.
type RuleError struct {
	Key string // mac, pin, track or blob
	Err error
}

// Error is the fault.
func (e *RuleError) Error() string { return e.Err.Error() }

// Unwrap gives the fault, which is [ErrRules].
func (e *RuleError) Unwrap() error { return e.Err }

// Check says what does not go together, as a [*RuleError].
func (r Rules) Check() error {
	switch {
	case r.MAC != NoMAC && r.MAC.lengths() == nil:
		return &RuleError{"mac", fmt.Errorf("MAC %q: %w", r.MAC, ErrRules)}
	case !r.pinFits():
		return &RuleError{"pin", fmt.Errorf("PIN %q under %q: %w", r.PIN, r.PINUnder, ErrRules)}
	case r.Blob != NoBlob && r.Blob.parts() == nil:
		return &RuleError{"blob", fmt.Errorf("layout %q: %w", r.Blob, ErrRules)}
	case r.Track && r.Blob != NoBlob && r.Blob != Blob60:
		return &RuleError{"track", fmt.Errorf("tracks and layout %s, which has no TDK: %w", r.Blob, ErrRules)}
	case r.Blob == Blob24 && r.MAC != NoMAC && r.MAC.lengths()[0] != 8:
		return &RuleError{"mac", fmt.Errorf("MAC %s and layout 24, which has single-length keys: %w", r.MAC, ErrRules)}
	}
	return nil
}

func (r Rules) pinFits() bool {
	switch r.PINUnder {
	case "":
		return r.PIN == ""
	case UnderSession, UnderDUKPTTDES:
		return r.PIN == ISO0 || r.PIN == ISO1 || r.PIN == ISO3
	case UnderDUKPTAES:
		return r.PIN == ISO4
	default:
		return false
	}
}

// needs lists the session keys without which the rules cannot be kept.
func (r Rules) needs() []Part {
	var all []Part
	if r.PINUnder == UnderSession {
		all = append(all, PIK)
	}
	if r.MAC != NoMAC {
		all = append(all, MAK)
	}
	if r.Track {
		all = append(all, TDK)
	}
	return all
}
