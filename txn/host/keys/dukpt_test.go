package keys

import (
	"errors"
	"math/bits"
	"sync"
	"testing"
)

// memory is a counter on a disk that can fail, before or after it has written.
type memory struct {
	kept   uint32
	before error // fails and keeps the old one
	after  error // fails and has kept the new one
	calls  []uint32
}

func (m *memory) Advance(next uint32) error {
	m.calls = append(m.calls, next)
	if m.before != nil {
		return m.before
	}
	m.kept = next
	return m.after
}

var errDisk = errors.New("disk full")

func device(t *testing.T, c Cipher, last uint32, store Counter) *Device {
	t.Helper()
	ksn := make([]byte, map[Cipher]int{TDES: 10, AES: 12}[c])
	ksn[0] = 0xAB
	d, err := NewDevice(c, key(t, hush), ksn, last, store)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func next(t *testing.T, d *Device) (Key, string) {
	t.Helper()
	k, ksn, err := d.Next()
	if err != nil {
		t.Fatal(err)
	}
	return k, upperHex(ksn)
}

// The counter is stored before there is a key, and a key is never given twice,
// wherever the power goes.
func TestCounterIsDurableBeforeTheKey(t *testing.T) {
	for _, c := range []Cipher{TDES, AES} {
		disk := &memory{}
		given := map[string]bool{}
		take := func(d *Device) {
			t.Helper()
			k, ksn, err := d.Next()
			if err != nil {
				if !k.Empty() || ksn != nil {
					t.Errorf("%s: a key in spite of %v", c, err)
				}
				wants(t, err, errDisk)
				return
			}
			_, counter, err := d.scheme.split(ksn)
			if err != nil || counter != disk.kept {
				t.Errorf("%s: key %X, the disk has %X", c, counter, disk.kept)
			}
			if given[upperHex(ksn)] {
				t.Errorf("%s: %X again", c, ksn)
			}
			given[upperHex(ksn)] = true
		}
		for range 50 {
			d := device(t, c, disk.kept, disk) // a restart: all there is, is the disk
			take(d)
			disk.before = errDisk
			take(d)
			disk.before = nil
			take(d)
			disk.after = errDisk
			take(d) // stored all the same, and lost
			disk.after = nil
		}
		if len(given) != 100 {
			t.Errorf("%s: %d keys", c, len(given))
		}
	}
}

// A store that fails after writing leaves one counter unused; the device that goes on
// without a restart asks for the same one again, which no key was made of.
func TestFailedStoreUsesNoKey(t *testing.T) {
	disk := &memory{after: errDisk}
	d := device(t, TDES, 0, disk)
	_, _, err := d.Next()
	wants(t, err, errDisk)
	disk.after = nil
	if _, ksn := next(t, d); ksn[14:] != "000001" || len(disk.calls) != 2 || disk.calls[1] != 1 {
		t.Errorf("%s, %v", ksn, disk.calls)
	}
}

func TestCounterSkipsTooManyOnes(t *testing.T) {
	d := device(t, TDES, 0x3FE, &memory{})
	for _, want := range []string{"0003FF", "000400"} {
		if _, ksn := next(t, d); ksn[14:] != want {
			t.Errorf("%s after it, want %s", ksn[14:], want)
		}
	}
	d = device(t, TDES, 0x7FE, &memory{})
	if _, ksn := next(t, d); ksn[14:] != "000800" {
		t.Errorf("7FF has eleven ones: %s", ksn)
	}
	d = device(t, AES, 0xFFFF, &memory{})
	for range 70000 {
		_, ksn := next2(t, d)
		if bits.OnesCount32(ksn) > 16 {
			t.Fatalf("%X", ksn)
		}
	}
}

// next2 is the counter alone, without deriving a key each time.
func next2(t *testing.T, d *Device) (Key, uint32) {
	t.Helper()
	d.last = d.scheme.after(d.last)
	return Key{}, d.last
}

func TestExhausted(t *testing.T) {
	for c, last := range map[Cipher]uint32{TDES: 0x1FF800, AES: 0xFFFF0000} {
		disk := &memory{}
		d := device(t, c, last, disk)
		for range 2 {
			_, _, err := d.Next()
			wants(t, err, ErrExhausted)
		}
		if len(disk.calls) != 0 {
			t.Errorf("%s: the counter wrapped to %v", c, disk.calls)
		}
	}
}

func TestConcurrentKeysDiffer(t *testing.T) {
	d := device(t, TDES, 0, &memory{})
	var seen sync.Map
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				_, ksn, err := d.Next()
				if err != nil {
					t.Error(err)
				}
				if _, twice := seen.LoadOrStore(upperHex(ksn), true); twice {
					t.Errorf("%X twice", ksn)
				}
			}
		})
	}
	all.Wait()
}

func TestUsagesShareNoKey(t *testing.T) {
	for c, ksn := range map[Cipher]string{TDES: "FFFF9876543210E00001", AES: "123456789012345600000001"} {
		seen := map[string]Usage{}
		for _, u := range []Usage{ForPIN, ForMAC, ForMACReply, ForData, ForDataReply} {
			k, err := WorkingKey(c, key(t, hush), unhex(t, ksn), u)
			if err != nil {
				t.Fatal(err)
			}
			if other, twice := seen[upperHex(k.bytes())]; twice {
				t.Errorf("%s: %s is %s", c, u, other)
			}
			seen[upperHex(k.bytes())] = u
		}
	}
}

func TestDUKPTRefuses(t *testing.T) {
	good := key(t, hush)
	for name, refused := range map[string]struct {
		err  func() error
		want error
	}{
		"cipher":             {func() error { _, err := InitialKey("des", good, make([]byte, 10)); return err }, ErrRules},
		"cipher of a key":    {func() error { _, err := WorkingKey("des", good, make([]byte, 10), ForPIN); return err }, ErrRules},
		"cipher of a device": {func() error { _, err := NewDevice("des", good, make([]byte, 10), 0, nil); return err }, ErrRules},
		"short base key":     {func() error { _, err := InitialKey(TDES, key(t, hush[:16]), make([]byte, 10)); return err }, ErrKeyLength},
		"short initial key":  {func() error { _, err := WorkingKey(AES, key(t, hush[:16]), make([]byte, 12), ForPIN); return err }, ErrKeyLength},
		"device's key":       {func() error { _, err := NewDevice(TDES, Key{}, make([]byte, 10), 0, nil); return err }, ErrKeyLength},
		"serial number":      {func() error { _, err := InitialKey(TDES, good, make([]byte, 8)); return err }, ErrKSN},
		"of a transaction":   {func() error { _, err := WorkingKey(AES, good, make([]byte, 10), ForPIN); return err }, ErrKSN},
		"of a device":        {func() error { _, err := NewDevice(TDES, good, nil, 0, nil); return err }, ErrKSN},
		"counter":            {func() error { _, err := NewDevice(TDES, good, make([]byte, 10), 1<<21, nil); return err }, ErrKSN},
		"counter zero":       {func() error { _, err := WorkingKey(TDES, good, make([]byte, 10), ForPIN); return err }, ErrKSN},
		"too many ones": {func() error {
			_, err := WorkingKey(TDES, good, unhex(t, "000000000000000007FF"), ForPIN)
			return err
		}, ErrKSN},
		"usage":     {func() error { _, err := WorkingKey(TDES, good, unhex(t, "00000000000000000001"), "pay"); return err }, ErrRules},
		"AES usage": {func() error { _, err := WorkingKey(AES, good, unhex(t, "000000000000000000000001"), "pay"); return err }, ErrRules},
	} {
		if err := refused.err(); !errors.Is(err, refused.want) {
			t.Errorf("%s: got %v, want %v", name, err, refused.want)
		}
	}
}

func TestDeviceWipes(t *testing.T) {
	d := device(t, AES, 0, &memory{})
	d.Wipe()
	if k, _, err := d.Next(); err == nil || !k.Empty() {
		t.Error("a key of a wiped device")
	}
}
