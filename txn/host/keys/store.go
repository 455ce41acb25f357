package keys

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// Purpose is what a stored key is for. There is at most one of each.
type Purpose string

// The purposes.
const (
	MasterKey Purpose = "tmk"        // the terminal's master key, TDES
	DUKPTTDES Purpose = "dukpt-tdes" // an initial key, with its serial number
	DUKPTAES  Purpose = "dukpt-aes"
)

// Purposes lists the purposes, for tables and tests.
func Purposes() []Purpose { return []Purpose{MasterKey, DUKPTTDES, DUKPTAES} }

// Cipher is what the purpose's keys are of; empty for no purpose.
func (p Purpose) Cipher() Cipher {
	switch p {
	case MasterKey, DUKPTTDES:
		return TDES
	case DUKPTAES:
		return AES
	default:
		return ""
	}
}

// KSNLen is the length in bytes of the serial number that goes with the purpose's key; 0
// for none.
func (p Purpose) KSNLen() int {
	if p == MasterKey {
		return 0
	}
	s, err := p.Cipher().dukpt()
	if err != nil {
		return 0
	}
	return s.ksnLen
}

// Lengths are the key lengths in bytes the purpose allows.
func (p Purpose) Lengths() []int {
	switch p {
	case MasterKey:
		return []int{16, 24}
	case DUKPTTDES:
		return []int{16}
	case DUKPTAES:
		return []int{16, 24, 32}
	default:
		return nil
	}
}

// Held is a key of the store.
type Held struct {
	Purpose Purpose
	Key     Key    // the caller wipes it
	KSN     []byte // of an initial key, with its counter's bits zero; else nil
}

// CheckValue is the key's, by the rule of its cipher.
func (h Held) CheckValue() ([3]byte, error) { return h.Key.CheckValue(h.Purpose.Cipher()) }

// Store keeps a terminal's keys in its data folder, a sealed file each. The seal binds
// the terminal and the purpose: a file of another terminal, one under another's name and
// one with a changed byte are all refused.
//
// Nothing of a file is secret but what is sealed in it. Files are put in place whole and
// durable, with mode 0600.
type Store struct {
	dir, terminal string
	sealer        Sealer
}

// folder is where in the data folder the keys are.
const folder = "keys"

// OpenStore is the store of a data folder and a terminal's number. It neither makes nor
// reads anything.
func OpenStore(dir, terminal string, s Sealer) *Store {
	return &Store{dir: filepath.Join(dir, folder), terminal: terminal, sealer: s}
}

// Stored lists the purposes of which a data folder has a file, whatever is in it. It
// needs no sealer.
func Stored(dir string) ([]Purpose, error) {
	var there []Purpose
	for _, p := range Purposes() {
		_, err := os.Lstat(filepath.Join(dir, folder, fileOf(p)))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("key store: %w", err)
		}
		there = append(there, p)
	}
	return there, nil
}

// TMK is the terminal's master key, which the caller wipes. [ErrNoKey] when none was
// loaded.
func (s *Store) TMK() (Key, error) {
	h, err := s.Get(MasterKey)
	return h.Key, err
}

// Master is the master key a run uses: the stored one, and in training without one a
// copy of [TestTMK]. A live terminal without one is [ErrNoKey], with one everybody knows
// [ErrTestKey].
func (s *Store) Master(live bool) (Key, error) {
	h, err := s.Get(MasterKey)
	switch {
	case errors.Is(err, ErrNoKey) && !live:
		return TestTMK.Clone(), nil
	case err == nil && live && h.Test():
		h.Key.Wipe()
		return Key{}, fmt.Errorf("master key: %w", ErrTestKey)
	}
	return h.Key, err
}

// Get is the key of a purpose. [ErrNoKey] when there is none, [ErrSealed] when the file
// is not what was stored.
func (s *Store) Get(p Purpose) (Held, error) {
	if p.Lengths() == nil {
		return Held{}, fmt.Errorf("key store: purpose %q: %w", p, ErrRules)
	}
	sealed, err := readFile(s.path(p))
	if errors.Is(err, fs.ErrNotExist) {
		return Held{}, fmt.Errorf("key store: %s: %w", p, ErrNoKey)
	}
	if err != nil {
		return Held{}, fmt.Errorf("key store: %s: %w", p, err)
	}
	content, err := s.sealer.Open(sealed, s.bound(string(p)))
	if err != nil {
		return Held{}, fmt.Errorf("key store: %s: %w", p, err)
	}
	defer clear(content)
	return parseHeld(p, content)
}

// Put stores a key whose purpose has none: [ErrKeyThere]. A key or a serial number that
// the purpose does not allow is [ErrKeyLength], [ErrKSN].
//
// The counter of an initial key is on the disk before the key is. One that is there
// already, because the same key was loaded here before, goes on.
func (s *Store) Put(h Held) error {
	if !slices.Contains(h.Purpose.Lengths(), h.Key.Len()) {
		return fmt.Errorf("key store: %s: %w", h.Purpose, ErrKeyLength)
	}
	if len(h.KSN) != h.Purpose.KSNLen() {
		return fmt.Errorf("key store: %s: %w", h.Purpose, ErrKSN)
	}
	if _, err := os.Lstat(s.path(h.Purpose)); err == nil {
		return fmt.Errorf("key store: %s: %w", h.Purpose, ErrKeyThere)
	}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return fmt.Errorf("key store: %w", err)
	}
	if h.KSN != nil {
		c, err := s.counter(h)
		if err == nil {
			h.KSN = c.device
			err = c.begin()
		}
		if err != nil {
			return fmt.Errorf("key store: %s: %w", h.Purpose, err)
		}
	}
	content := h.encode()
	defer clear(content)
	if err := s.write(s.path(h.Purpose), content, string(h.Purpose)); err != nil {
		return fmt.Errorf("key store: %s: %w", h.Purpose, err)
	}
	return nil
}

// Erase overwrites the file of a purpose and removes it; [ErrNoKey] when there is none.
// A disk may keep what was overwritten, but never in clear. The counter of an initial
// key stays: the same key loaded again goes on where it was.
func (s *Store) Erase(p Purpose) error {
	err := eraseFile(s.path(p))
	if errors.Is(err, fs.ErrNotExist) {
		err = ErrNoKey
	}
	if err != nil {
		return fmt.Errorf("key store: %s: %w", p, err)
	}
	return nil
}

// Device is the device of a stored initial key; its counter goes on from the disk.
// [ErrNoKey] when there is no such key, [ErrTestKey] when a live terminal has one that
// everybody knows.
func (s *Store) Device(c Cipher, live bool) (*Device, error) {
	h, err := s.Get(map[Cipher]Purpose{TDES: DUKPTTDES, AES: DUKPTAES}[c])
	if err != nil {
		return nil, err
	}
	defer h.Key.Wipe()
	if live && h.Test() {
		return nil, fmt.Errorf("initial key: %w", ErrTestKey)
	}
	count, err := s.counter(h)
	if err != nil {
		return nil, err
	}
	last, err := count.last()
	if err != nil {
		return nil, err
	}
	return NewDevice(c, h.Key, h.KSN, last, count)
}

func fileOf(p Purpose) string { return string(p) + ".key" }

func (s *Store) path(p Purpose) string { return filepath.Join(s.dir, fileOf(p)) }

func (s *Store) write(path string, content []byte, what string) error {
	sealed, err := s.sealer.Seal(content, s.bound(what))
	if err != nil {
		return fmt.Errorf("seal: %w", err)
	}
	return writeFile(path, sealed)
}

// bound says what is sealed and whose it is; each part has its length before it.
func (s *Store) bound(what string) []byte {
	b := []byte("vpos keys 1")
	for _, part := range []string{what, s.terminal} {
		b = binary.AppendUvarint(b, uint64(len(part)))
		b = append(b, part...)
	}
	return b
}

// encode is what is sealed: the length of the serial number, it, and the key.
func (h Held) encode() []byte {
	b := append([]byte{byte(len(h.KSN))}, h.KSN...) //nolint:gosec // at most twelve
	return append(b, h.Key.bytes()...)
}

func parseHeld(p Purpose, b []byte) (Held, error) {
	n := p.KSNLen()
	if len(b) < 1+n || int(b[0]) != n || !slices.Contains(p.Lengths(), len(b)-1-n) {
		return Held{}, fmt.Errorf("key store: %s: %w", p, ErrSealed)
	}
	k, err := NewKey(b[1+n:])
	if err != nil {
		return Held{}, err
	}
	h := Held{Purpose: p, Key: k}
	if n > 0 {
		h.KSN = slices.Clone(b[1 : 1+n])
	}
	return h, nil
}
