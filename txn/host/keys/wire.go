package keys

import (
	"crypto/rand"
	"errors"
	"fmt"
)

// The base keys of training, those of the standards' own examples. Nobody may wipe them.
var (
	TestTDESBase = known("0123456789ABCDEFFEDCBA9876543210")
	TestAESBase  = known("FEDCBA9876543210F1F1F1F1F1F1F1F1")
)

// testBase is the base key of training of a method.
func testBase(c Cipher) Key {
	if c == AES {
		return TestAESBase
	}
	return TestTDESBase
}

// Test reports whether everybody can know the key: it is one of the manuals', or an
// initial key made of a base key of the manuals.
func (h Held) Test() bool {
	if IsTestKey(h.Key) {
		return true
	}
	if h.KSN == nil {
		return false
	}
	c := h.Purpose.Cipher()
	made, err := InitialKey(c, testBase(c), h.KSN)
	defer made.Wipe()
	return err == nil && made.Equal(h.Key)
}

// Session is the terminal's side of what it agreed on with its host, with the stored
// keys; nil where the rules are none at all. Training takes keys everybody knows where
// none are stored; live refuses them, as [Store.Master] and [Store.Device] do.
func (s *Store) Session(r Rules, live bool) (*Session, error) {
	if r == (Rules{}) {
		return nil, nil //nolint:nilnil // no rules, no session: the codec takes nil for that
	}
	if err := r.Check(); err != nil {
		return nil, err
	}
	var tmk Key
	if r.Blob != NoBlob {
		var err error
		if tmk, err = s.Master(live); err != nil {
			return nil, err
		}
		defer tmk.Wipe()
	}
	session := NewSession(r, tmk)
	c, own := map[string]Cipher{UnderDUKPTTDES: TDES, UnderDUKPTAES: AES}[r.PINUnder]
	if !own {
		return session, nil
	}
	d, err := s.Device(c, live)
	if errors.Is(err, ErrNoKey) && !live {
		d, err = trainingDevice(c)
	}
	if err == nil {
		err = session.UseDevice(d)
	}
	if err != nil {
		session.Wipe()
		return nil, err
	}
	return session, nil
}

// trainingDevice is a device of the base key of training under a new name: what it
// forgets when the program ends is never needed again.
func trainingDevice(c Cipher) (*Device, error) {
	scheme, err := c.dukpt()
	if err != nil {
		return nil, err
	}
	ksn := make([]byte, scheme.ksnLen)
	_, _ = rand.Read(ksn) // never fails: crypto/rand ends the program instead
	initial, err := InitialKey(c, testBase(c), ksn)
	if err != nil {
		return nil, fmt.Errorf("training: %w", err)
	}
	defer initial.Wipe()
	return NewDevice(c, initial, ksn, 0, forgetful{})
}

// forgetful is the counter of a device that is gone with the program.
type forgetful struct{}

// Advance keeps nothing.
func (forgetful) Advance(uint32) error { return nil }
