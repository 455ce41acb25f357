package keys

import (
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"io"
	"sync"

	"vpos/reader"
)

// Session is one side of one terminal's agreement with its host: the rules, the master
// key, and the keys of the day. It is safe for concurrent use.
type Session struct {
	rules Rules
	tmk   Key

	mu    sync.RWMutex
	keys  sessionKeys
	dukpt pinKeys
}

// pinKeys gives the key of one PIN block: a [Device] the next, a base key that of a
// serial number.
type pinKeys interface {
	Next() (Key, []byte, error)
	of(ksn []byte) (Key, error)
}

// NewSession starts without session keys. It takes a copy of the master key, which may
// be the zero value where the rules need none. Rules that do not go together (see
// [Rules.Check]) make every method that needs them fail.
func NewSession(rules Rules, tmk Key) *Session {
	return &Session{rules: rules, tmk: tmk.Clone(), keys: sessionKeys{}}
}

// Rules are those the session was made with.
func (s *Session) Rules() Rules { return s.rules }

// Ready reports whether the session has every key its rules need. Where it has not, a
// terminal signs on first.
func (s *Session) Ready() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, p := range s.rules.needs() {
		if s.keys[p].Empty() {
			return false
		}
	}
	return s.dukpt != nil || !s.ownKeys()
}

// ownKeys reports whether every PIN block has a key of its own.
func (s *Session) ownKeys() bool {
	return s.rules.PINUnder == UnderDUKPTTDES || s.rules.PINUnder == UnderDUKPTAES
}

// Load takes the session keys of a sign-on's field 62: the terminal's side. Either all
// are taken or none: the keys of before stay until new ones are known to be right.
//
// Errors: [ErrBlob], a [*PartError] that names the key whose check value differs.
func (s *Session) Load(blob []byte) error {
	found, err := s.rules.Blob.unwrap(s.tmk, blob)
	if err != nil {
		return fmt.Errorf("session keys: %w", err)
	}
	return s.install(found)
}

// Deal makes new session keys, takes them and gives field 62 of the sign-on's reply:
// the host's side. random nil is the system's own.
func (s *Session) Deal(random io.Reader) ([]byte, error) {
	if random == nil {
		random = rand.Reader
	}
	if err := s.rules.Check(); err != nil {
		return nil, err
	}
	if s.rules.Blob == NoBlob {
		return nil, fmt.Errorf("session keys: %w", ErrBlob)
	}
	dealt, blob, err := s.rules.Blob.wrap(s.tmk, s.rules.MAC, random)
	if err != nil {
		return nil, fmt.Errorf("session keys: %w", err)
	}
	if err := s.install(dealt); err != nil {
		return nil, err
	}
	return blob, nil
}

// Install takes copies of keys that came some other way, as where an acquirer fixes
// them. A zero key leaves the one of before.
func (s *Session) Install(pik, mak, tdk Key) error {
	given := sessionKeys{}
	for part, k := range map[Part]Key{PIK: pik, MAK: mak, TDK: tdk} {
		if !k.Empty() {
			given[part] = k.Clone()
		}
	}
	return s.install(given)
}

func (s *Session) install(found sessionKeys) error {
	if mak := found[MAK]; !mak.Empty() && s.rules.MAC != NoMAC {
		if _, err := s.rules.MAC.Sum(mak, nil); err != nil {
			found.wipe()
			return &PartError{MAK, err}
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for part, k := range found {
		s.keys[part].Wipe()
		s.keys[part] = k
	}
	return nil
}

// Wipe overwrites every key of the session, the master key too.
func (s *Session) Wipe() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys.wipe()
	s.tmk.Wipe()
}

// use calls do with a session key, which nobody replaces meanwhile. A key that is not
// there is [ErrNotReady].
func (s *Session) use(p Part, do func(Key) error) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	k := s.keys[p]
	if k.Empty() {
		return &PartError{p, ErrNotReady}
	}
	return do(k)
}

// MAC is field 64 of a message.
func (s *Session) MAC(message []byte) (mac [8]byte, err error) {
	err = s.use(MAK, func(k Key) error {
		mac, err = s.rules.MAC.Sum(k, message)
		return err
	})
	return mac, err
}

// CheckMAC reports whether a MAC is that of a message, in constant time. Without a key
// none is.
func (s *Session) CheckMAC(message []byte, mac [8]byte) bool {
	own, err := s.MAC(message)
	return err == nil && subtle.ConstantTimeCompare(own[:], mac[:]) == 1
}

// UseDevice gives the terminal's side the device that makes the key of each PIN block.
// One of another method than the rules' is [ErrRules].
func (s *Session) UseDevice(d *Device) error { return s.usePINKeys(d.cipher, d) }

// UseBase gives the host's side the base key of which it makes the key of any PIN block.
// One of another method than the rules' is [ErrRules].
func (s *Session) UseBase(c Cipher, bdk Key) error {
	scheme, err := c.dukpt()
	if err != nil {
		return err
	}
	if !scheme.keyFits(bdk) {
		return fmt.Errorf("base key: %w", ErrKeyLength)
	}
	return s.usePINKeys(c, base{c, bdk.Clone()})
}

func (s *Session) usePINKeys(c Cipher, keys pinKeys) error {
	if s.rules.PINUnder != map[Cipher]string{TDES: UnderDUKPTTDES, AES: UnderDUKPTAES}[c] {
		return fmt.Errorf("DUKPT %s where the PIN is under %q: %w", c, s.rules.PINUnder, ErrRules)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dukpt = keys
	return nil
}

func (s *Session) pins() (pinKeys, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.dukpt == nil {
		return nil, fmt.Errorf("PIN key: %w", ErrNotReady)
	}
	return s.dukpt, nil
}

// SealPIN is field 52. ksn is nil where the key is the session's PIK; else it names the
// key, which is never used again.
func (s *Session) SealPIN(pin reader.Secret, pan reader.PAN) (block, ksn []byte, err error) {
	if err := s.rules.Check(); err != nil {
		return nil, nil, err
	}
	if !s.ownKeys() {
		err = s.use(PIK, func(k Key) error {
			block, err = SealPIN(s.rules.PIN, k, pin, pan, rand.Reader)
			return err
		})
		return block, nil, err
	}
	// A PIN or a number that cannot be sealed does not cost a key.
	if err := checkPIN(pin.Reveal()); err != nil {
		return nil, nil, err
	}
	if len(pan.Reveal()) < 12 {
		return nil, nil, ErrPAN
	}
	keys, err := s.pins()
	if err != nil {
		return nil, nil, err
	}
	k, ksn, err := keys.Next()
	if err != nil {
		return nil, nil, err
	}
	defer k.Wipe()
	block, err = SealPIN(s.rules.PIN, k, pin, pan, rand.Reader)
	return block, ksn, err
}

// OpenPIN is the way back: the host's side. A block that does not open is [ErrPINBlock],
// whatever is wrong with it.
func (s *Session) OpenPIN(block, ksn []byte, pan reader.PAN) (pin reader.Secret, err error) {
	if err := s.rules.Check(); err != nil {
		return reader.Secret{}, err
	}
	if !s.ownKeys() {
		err = s.use(PIK, func(k Key) error {
			pin, err = OpenPIN(s.rules.PIN, k, block, pan)
			return err
		})
		return pin, err
	}
	keys, err := s.pins()
	if err != nil {
		return reader.Secret{}, err
	}
	k, err := keys.of(ksn)
	if err != nil {
		return reader.Secret{}, err
	}
	defer k.Wipe()
	return OpenPIN(s.rules.PIN, k, block, pan)
}

// SealTrack encrypts a track under the TDK: digits with = or D between, 17 to 104 of
// them. It gives as many characters, 0 to 9 and A to F, to be packed two to a byte.
func (s *Session) SealTrack(track []byte) (sealed []byte, err error) {
	err = s.use(TDK, func(k Key) error {
		sealed, err = sealTrack(k, track)
		return err
	})
	return sealed, err
}

// OpenTrack is the way back: digits with D for the separator.
func (s *Session) OpenTrack(sealed []byte) (track []byte, err error) {
	err = s.use(TDK, func(k Key) error {
		track, err = openTrack(k, sealed)
		return err
	})
	return track, err
}
