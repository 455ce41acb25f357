package staff

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"errors"
	"fmt"

	"golang.org/x/crypto/argon2"

	"vpos/reader"
	"vpos/txn"
)

// Lengths, in bytes.
const (
	masterLen = 32 // the key a data folder is sealed under
	pepperLen = 32
	saltLen   = 16
	sumLen    = 32
)

// Cost is what a comparison takes: argon2id's passes, memory in KiB, and lanes.
type Cost struct {
	Time   uint32
	Memory uint32
	Lanes  uint8
}

// usual is the cost of a new hash (RFC 9106, 4: the second recommended option, with one
// lane: a till has little to do beside).
var usual = Cost{Time: 3, Memory: 64 * 1024, Lanes: 1}

// ErrDamaged: what the store holds of a PIN is none of this package's hashes.
var ErrDamaged = errors.New("the hash of an operator's PIN is damaged")

// within holds a cost from outside against the least one taken. The bounds keep an
// altered row from asking for all memory, or for no work at all.
func (c Cost) within(least Cost) bool {
	return c.Time >= least.Time && c.Time <= 16*least.Time && c.Memory >= least.Memory && c.Memory <= 16*least.Memory &&
		c.Lanes >= least.Lanes && c.Lanes <= 16
}

// Hash is what is kept of a PIN.
type Hash struct {
	Cost
	Salt []byte // 16
	Sum  []byte // 32
}

// Pepper is the key that a stolen folder does not have: without it no PIN can be tried.
// It never prints. The zero value is no pepper.
type Pepper struct {
	_   [0]func()
	key **[pepperLen]byte
}

// NewPepper derives the pepper from the master key of a data folder, 32 bytes, which
// stays the caller's to wipe.
func NewPepper(master []byte) (Pepper, error) {
	if len(master) != masterLen {
		return Pepper{}, fmt.Errorf("pepper: master key of %d bytes instead of %d", len(master), masterLen)
	}
	b, err := hkdf.Key(sha256.New, master, nil, "vpos staff 1 pepper", pepperLen)
	if err != nil {
		return Pepper{}, fmt.Errorf("pepper: %w", err)
	}
	defer clear(b)
	key := new([pepperLen]byte)
	copy(key[:], b)
	return Pepper{key: &key}, nil
}

// String hides the key.
func (Pepper) String() string { return "pepper" }

// GoString hides the key.
func (Pepper) GoString() string { return "pepper" }

// Format hides the key under every verb.
func (Pepper) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("pepper")) }

// hash makes the hash of an operator's new PIN.
func (p Pepper) hash(id string, role txn.Role, pin reader.Secret, cost Cost) Hash {
	h := Hash{Cost: cost, Salt: make([]byte, saltLen)}
	_, _ = rand.Read(h.Salt) // never fails: crypto/rand ends the program instead
	h.Sum = p.sum(id, role, pin, h)
	return h
}

// matches compares a PIN with an operator's. [ErrDamaged] where there is nothing to
// compare it with.
func (p Pepper) matches(e *Entry, pin reader.Secret, least Cost) (bool, error) {
	if len(e.PIN.Salt) != saltLen || len(e.PIN.Sum) != sumLen || !e.PIN.within(least) {
		return false, ErrDamaged
	}
	sum := p.sum(e.ID, e.Role, pin, e.PIN)
	defer clear(sum)
	return constantEqual(sum, e.PIN.Sum), nil
}

// sum binds the PIN to the operator's number and role: a hash that is moved to another
// row, or whose row is given another role, is nobody's.
func (p Pepper) sum(id string, role txn.Role, pin reader.Secret, h Hash) []byte {
	mac := hmac.New(sha256.New, (*p.key)[:])
	for _, part := range [][]byte{[]byte(id), []byte(role), pin.Reveal()} {
		mac.Write(binary.BigEndian.AppendUint32(nil, uint32(len(part)))) //nolint:gosec // a few bytes
		mac.Write(part)
	}
	keyed := mac.Sum(nil)
	defer clear(keyed)
	mac.Write(make([]byte, mac.BlockSize())) // over the PIN, which still stands in its block
	return argon2.IDKey(keyed, h.Salt, h.Time, h.Memory, h.Lanes, sumLen)
}

func constantEqual(a, b []byte) bool { return subtle.ConstantTimeCompare(a, b) == 1 }
