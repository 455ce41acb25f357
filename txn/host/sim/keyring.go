package sim

import (
	"encoding/hex"
	"fmt"
	"sync"

	"vpos/txn/host/keys"
)

// keyring is the sessions of the terminals. They live in memory only: after a
// restart a terminal's messages cannot be verified, and it signs on again.
type keyring struct {
	rules  keys.Rules
	master func(terminal string) (keys.Key, bool)
	wrong  *keys.Session // under keys nobody has; nil where there are none

	mu       sync.Mutex
	sessions map[string]*keys.Session
}

func newKeyring(o Options) (*keyring, error) {
	k := &keyring{rules: o.Codec.Profile().Keys, master: o.MasterKey, sessions: map[string]*keys.Session{}}
	if k.master == nil || k.rules == (keys.Rules{}) {
		return k, nil
	}
	if err := k.rules.Check(); err != nil {
		return nil, fmt.Errorf("key rules: %w", err)
	}
	k.wrong = keys.NewSession(k.rules, keys.TestTMK)
	if k.rules.Blob != keys.NoBlob {
		if _, err := k.wrong.Deal(nil); err != nil {
			return nil, fmt.Errorf("key rules: %w", err)
		}
	}
	return k, nil
}

// TestMasterKey gives every terminal the well-known test key.
func TestMasterKey(string) (keys.Key, bool) { return keys.TestTMK, true }

// of is a terminal's session; nil where there are no keys, or no such terminal.
func (k *keyring) of(terminal string) *keys.Session {
	if k.wrong == nil {
		return nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	s := k.sessions[terminal]
	if s == nil {
		tmk, known := k.master(terminal)
		if !known {
			return nil
		}
		s = keys.NewSession(k.rules, tmk)
		useTestBase(s)
		k.sessions[terminal] = s
	}
	return s
}

// stranger reports whether there are keys, and none for this terminal.
func (k *keyring) stranger(terminal string) bool { return k.wrong != nil && k.of(terminal) == nil }

// testBases are the base keys of the standards' own examples, by method.
var testBases = map[string]struct {
	cipher keys.Cipher
	digits string
}{
	keys.UnderDUKPTTDES: {keys.TDES, "0123456789ABCDEFFEDCBA9876543210"},
	keys.UnderDUKPTAES:  {keys.AES, "FEDCBA9876543210F1F1F1F1F1F1F1F1"},
}

// useTestBase gives a session the base key its rules want, if any.
func useTestBase(s *keys.Session) {
	base, wanted := testBases[s.Rules().PINUnder]
	if !wanted {
		return
	}
	b, _ := hex.DecodeString(base.digits)
	if key, err := keys.NewKey(b); err == nil {
		_ = s.UseBase(base.cipher, key) // the rules were checked
		key.Wipe()
	}
}

// deal makes new session keys for a terminal and gives field 62 of the reply; nil
// where the rules have no such field.
func (k *keyring) deal(terminal string) ([]byte, error) {
	s := k.of(terminal)
	if s == nil || k.rules.Blob == keys.NoBlob {
		return nil, nil
	}
	return s.Deal(nil)
}
