package keys

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"
	"sync"
)

// DUKPT: a key of its own for every PIN block, made of an initial key and a counter
// that only goes up (ANSI X9.24-1 for TDES, X9.24-3 for AES). The serial number that
// goes with a block holds the counter, so that a host with the base key can make the
// same key. Both methods are written here once; what they differ in is a [scheme].

// Usage is what a derived key is for: no two usages share a key.
type Usage string

// The usages.
const (
	ForPIN       Usage = "pin"
	ForMAC       Usage = "mac"        // of what the terminal sends
	ForMACReply  Usage = "mac-reply"  // of what the host answers
	ForData      Usage = "data"       // encrypted by the terminal
	ForDataReply Usage = "data-reply" // encrypted by the host
)

// scheme is one method of DUKPT.
type scheme struct {
	ksnLen  int    // of a whole serial number in bytes
	counter uint32 // the counter's bits, at the end of a serial number
	ones    int    // the most ones a counter may have
	keyFits func(Key) bool
	initial func(bdk Key, ksn []byte) (Key, error)
	derive  func(initial Key, ksn []byte, counter uint32, u Usage) (Key, error)
}

func (c Cipher) dukpt() (scheme, error) {
	switch c {
	case TDES:
		return tdesScheme, nil
	case AES:
		return aesScheme, nil
	default:
		return scheme{}, fmt.Errorf("DUKPT %q: %w", c, ErrRules)
	}
}

// split cuts a serial number into its name, with the counter's bits zero, and counter.
func (s scheme) split(ksn []byte) (name []byte, counter uint32, err error) {
	if len(ksn) != s.ksnLen {
		return nil, 0, ErrKSN
	}
	name = slices.Clone(ksn)
	tail := name[len(name)-4:]
	low := binary.BigEndian.Uint32(tail)
	binary.BigEndian.PutUint32(tail, low&^s.counter)
	return name, low & s.counter, nil
}

// join is the way back.
func (s scheme) join(name []byte, counter uint32) []byte {
	ksn := slices.Clone(name)
	tail := ksn[len(ksn)-4:]
	binary.BigEndian.PutUint32(tail, binary.BigEndian.Uint32(tail)|counter)
	return ksn
}

// after is the next counter that may be used: one with too many ones would cost the
// host too many steps and is passed over. 0 is none left.
func (s scheme) after(counter uint32) uint32 {
	next := uint64(counter) + 1
	for bits.OnesCount64(next) > s.ones {
		next += next & -next // carries the lowest one up: the numbers between have as many ones or more
	}
	if next > uint64(s.counter) {
		return 0
	}
	return uint32(next) //nolint:gosec // compared a line above
}

// InitialKey is the key a device is loaded with, made of the base key and its serial
// number, whose counter is not looked at. Errors: [ErrKeyLength], [ErrKSN].
func InitialKey(c Cipher, bdk Key, ksn []byte) (Key, error) {
	s, err := c.dukpt()
	if err != nil {
		return Key{}, err
	}
	if !s.keyFits(bdk) {
		return Key{}, fmt.Errorf("base key: %w", ErrKeyLength)
	}
	name, _, err := s.split(ksn)
	if err != nil {
		return Key{}, err
	}
	return s.initial(bdk, name)
}

// WorkingKey is the key of one transaction for one usage, made of the initial key and
// the transaction's serial number. A counter no device uses, zero among them, is
// [ErrKSN].
func WorkingKey(c Cipher, initial Key, ksn []byte, u Usage) (Key, error) {
	s, err := c.dukpt()
	if err != nil {
		return Key{}, err
	}
	if !s.keyFits(initial) {
		return Key{}, fmt.Errorf("initial key: %w", ErrKeyLength)
	}
	name, counter, err := s.split(ksn)
	if err != nil {
		return Key{}, err
	}
	if counter == 0 || bits.OnesCount32(counter) > s.ones {
		return Key{}, ErrKSN
	}
	return s.derive(initial, name, counter, u)
}

// Counter keeps a device's counter where a power cut cannot take it back.
type Counter interface {
	// Advance makes next durable before it returns. After a failure the counter on
	// the disk may be the old one or next.
	Advance(next uint32) error
}

// Device gives each PIN block its key. It keeps the initial key and derives from it
// each time, instead of keeping only the keys to come as a tamper-proof PIN pad does:
// who opens a device's memory finds the keys of its past too. It is safe for
// concurrent use.
type Device struct {
	cipher  Cipher
	scheme  scheme
	initial Key
	name    []byte

	mu    sync.Mutex
	last  uint32
	store Counter
}

// NewDevice continues after the counter last; 0 begins. ksn is any serial number of
// the device. It takes a copy of the initial key.
func NewDevice(c Cipher, initial Key, ksn []byte, last uint32, store Counter) (*Device, error) {
	s, err := c.dukpt()
	if err != nil {
		return nil, err
	}
	if !s.keyFits(initial) {
		return nil, fmt.Errorf("initial key: %w", ErrKeyLength)
	}
	name, _, err := s.split(ksn)
	if err != nil || last > s.counter {
		return nil, ErrKSN
	}
	return &Device{cipher: c, scheme: s, initial: initial.Clone(), name: name, last: last, store: store}, nil
}

// Next is the key of the next PIN block, which the caller wipes, and its serial number.
// The counter is durable before there is a key: a power cut wastes one, and none is
// ever used twice. When the counter cannot be stored there is no key.
//
// After the last key it is [ErrExhausted] for good.
func (d *Device) Next() (Key, []byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	next := d.scheme.after(d.last)
	if next == 0 {
		return Key{}, nil, ErrExhausted
	}
	if err := d.store.Advance(next); err != nil {
		return Key{}, nil, fmt.Errorf("DUKPT counter: %w", err)
	}
	d.last = next
	k, err := d.scheme.derive(d.initial, d.name, next, ForPIN)
	if err != nil {
		return Key{}, nil, err
	}
	return k, d.scheme.join(d.name, next), nil
}

// of refuses: a device opens nothing.
func (d *Device) of([]byte) (Key, error) { return Key{}, ErrNotReady }

// Wipe overwrites the initial key.
func (d *Device) Wipe() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.initial.Wipe()
}

// base is the host's side: the key of any serial number, and never one of its own.
type base struct {
	cipher Cipher
	bdk    Key
}

// Next refuses: a host seals no PIN.
func (b base) Next() (Key, []byte, error) { return Key{}, nil, ErrNotReady }

func (b base) of(ksn []byte) (Key, error) {
	initial, err := InitialKey(b.cipher, b.bdk, ksn)
	if err != nil {
		return Key{}, err
	}
	defer initial.Wipe()
	return WorkingKey(b.cipher, initial, ksn, ForPIN)
}
