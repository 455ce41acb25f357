package keys

import (
	"bytes"
	"errors"
	"strings"
	"sync"
	"testing"

	"vpos/reader"
)

// pair is a terminal and its host.
func pair(t *testing.T, r Rules) (terminal, host *Session) {
	t.Helper()
	if err := r.Check(); err != nil {
		t.Fatal(err)
	}
	return NewSession(r, key(t, hush)), NewSession(r, key(t, hush))
}

func deals(t *testing.T, terminal, host *Session) []byte {
	t.Helper()
	blob, err := host.Deal(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := terminal.Load(blob); err != nil {
		t.Fatal(err)
	}
	return blob
}

func TestSignOnForEveryRule(t *testing.T) {
	number, track := pan(t, "6224242900000113"), "6224242900000113=28062013949031013"
	for _, b := range []Blob{Blob24, Blob40, Blob60} {
		for _, m := range append(MACs(), NoMAC) {
			for _, p := range []PINFormat{ISO0, ISO1, ISO3} {
				r := Rules{MAC: m, PIN: p, PINUnder: UnderSession, Track: b == Blob60, Blob: b}
				if r.Check() != nil {
					continue
				}
				terminal, host := pair(t, r)
				if terminal.Ready() || host.Ready() {
					t.Fatalf("%+v: ready without keys", r)
				}
				if blob := deals(t, terminal, host); len(blob) != b.size() || !terminal.Ready() || !host.Ready() {
					t.Fatalf("%+v: %d bytes, not ready", r, len(blob))
				}
				block, ksn, err := terminal.SealPIN(pin("271828"), number)
				back, openErr := host.OpenPIN(block, ksn, number)
				if err != nil || openErr != nil || ksn != nil || string(back.Reveal()) != "271828" {
					t.Errorf("%+v: PIN %v, %v", r, err, openErr)
				}
				if m != NoMAC {
					mac, err := terminal.MAC([]byte("message"))
					if err != nil || !host.CheckMAC([]byte("message"), mac) || host.CheckMAC([]byte("massage"), mac) {
						t.Errorf("%+v: MAC %v", r, err)
					}
					for i := range mac {
						wrong := mac
						wrong[i] ^= 1
						if host.CheckMAC([]byte("message"), wrong) {
							t.Errorf("%+v: byte %d of the MAC does not count", r, i)
						}
					}
				}
				if r.Track {
					sealed, err := terminal.SealTrack([]byte(track))
					clear, openErr := host.OpenTrack(sealed)
					if err != nil || openErr != nil || string(clear) != strings.ReplaceAll(track, "=", "D") {
						t.Errorf("%+v: track %v, %v", r, err, openErr)
					}
				}
			}
		}
	}
}

// Each byte of a sign-on counts, and the error names the key it belongs to.
func TestEveryByteOfTheBlobCounts(t *testing.T) {
	for _, b := range []Blob{Blob24, Blob40, Blob60} {
		terminal, host := pair(t, Rules{MAC: UnionPay, PIN: ISO0, PINUnder: UnderSession, Blob: b})
		blob := deals(t, terminal, host)
		before, err := terminal.MAC(nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := range blob {
			changed := bytes.Clone(blob)
			changed[i] ^= 0x10
			err := terminal.Load(changed)
			var part *PartError
			if !errors.As(err, &part) || !errors.Is(err, ErrCheckValue) || part.Part != partAt(b, i) {
				t.Errorf("layout %s, byte %d: %v", b, i, err)
			}
			if err != nil && len(leaks(err.Error(), blob[:8])) > 0 {
				t.Errorf("%v", err)
			}
		}
		for n := range 80 {
			if n != b.size() {
				wants(t, terminal.Load(make([]byte, n)), ErrBlob)
			}
		}
		if after, err := terminal.MAC(nil); err != nil || after != before {
			t.Errorf("layout %s: a refused sign-on changed the keys: %v", b, err)
		}
	}
}

// partAt is whose a byte of a blob is.
func partAt(b Blob, at int) Part {
	for _, p := range b.parts() {
		if at < p.size+checkSize {
			return p.part
		}
		at -= p.size + checkSize
	}
	return ""
}

func TestSessionRefuses(t *testing.T) {
	s := NewSession(Rules{MAC: X9_9, PIN: ISO0, PINUnder: UnderSession, Track: true, Blob: Blob60}, key(t, hush))
	number := pan(t, "6224242900000113")
	_, err := s.MAC(nil)
	wants(t, err, ErrNotReady)
	_, _, err = s.SealPIN(pin("1234"), number)
	wants(t, err, ErrNotReady)
	_, err = s.OpenPIN(make([]byte, 8), nil, number)
	wants(t, err, ErrNotReady)
	_, err = s.SealTrack(nil)
	wants(t, err, ErrNotReady)
	_, err = s.OpenTrack(nil)
	wants(t, err, ErrNotReady)
	if s.CheckMAC(nil, [8]byte{}) {
		t.Error("a MAC is right without a key")
	}
	_, err = s.Deal(stuck{err: errNoChance})
	wants(t, err, errNoChance)
	_, err = NewSession(Rules{Blob: Blob24}, Key{}).Deal(nil)
	wants(t, err, ErrKeyLength)
	wants(t, NewSession(Rules{Blob: Blob24}, Key{}).Load(make([]byte, 24)), ErrKeyLength)
	_, err = NewSession(Rules{}, key(t, hush)).Deal(nil)
	wants(t, err, ErrBlob)
	wants(t, NewSession(Rules{}, key(t, hush)).Load(nil), ErrBlob)
	_, err = NewSession(Rules{Blob: "25"}, key(t, hush)).Deal(nil)
	wants(t, err, ErrRules)
	bad := NewSession(Rules{PIN: ISO4, PINUnder: UnderSession}, key(t, hush))
	_, _, err = bad.SealPIN(pin("1234"), number)
	wants(t, err, ErrRules)
	_, err = bad.OpenPIN(nil, nil, number)
	wants(t, err, ErrRules)
	wants(t, s.Install(Key{}, key(t, hush), Key{}), ErrKeyLength)
	if s.Rules().MAC != X9_9 {
		t.Error("other rules")
	}
}

func TestRulesCheck(t *testing.T) {
	for _, r := range []Rules{
		{MAC: "crc"}, {PIN: ISO0}, {PINUnder: UnderSession}, {PIN: ISO4, PINUnder: UnderSession},
		{PIN: ISO4, PINUnder: UnderDUKPTTDES}, {PIN: ISO0, PINUnder: UnderDUKPTAES}, {PIN: ISO0, PINUnder: "elsewhere"},
		{Blob: "41"}, {Track: true, Blob: Blob40}, {MAC: X9_19, Blob: Blob24}, {MAC: CMACAES, Blob: Blob24},
	} {
		wants(t, r.Check(), ErrRules)
	}
	for _, r := range []Rules{
		{}, {MAC: X9_9, Blob: Blob24}, {MAC: X9_19, Blob: Blob60, Track: true, PIN: ISO3, PINUnder: UnderSession},
		{PIN: ISO4, PINUnder: UnderDUKPTAES}, {PIN: ISO1, PINUnder: UnderDUKPTTDES, MAC: UnionPay, Blob: Blob40}, {Track: true},
	} {
		if err := r.Check(); err != nil {
			t.Errorf("%+v: %v", r, err)
		}
	}
}

// A single-length MAK in a double-length place, as UnionPay deals it, and the double one
// some of its hosts deal.
func TestBothLengthsOfMAK(t *testing.T) {
	single, double := NewSession(Rules{MAC: UnionPay, Blob: Blob40}, TestTMK), NewSession(Rules{MAC: X9_19, Blob: Blob40}, TestTMK)
	blob, err := single.Deal(nil)
	if err != nil || !bytes.Equal(blob[28:36], make([]byte, 8)) || single.keys[MAK].Len() != 8 {
		t.Errorf("single: %v", err)
	}
	blob, err = double.Deal(nil)
	if err != nil || bytes.Equal(blob[28:36], make([]byte, 8)) || double.keys[MAK].Len() != 16 {
		t.Errorf("double: %v", err)
	}
	if err := single.Load(blob); err != nil || single.keys[MAK].Len() != 16 {
		t.Errorf("UnionPay under a double-length MAK: %v", err)
	}
	// One whose method takes no such key keeps the old one.
	blob, err = NewSession(Rules{MAC: UnionPay, Blob: Blob40}, TestTMK).Deal(nil)
	if err != nil {
		t.Fatal(err)
	}
	err = double.Load(blob)
	wants(t, err, ErrKeyLength)
	if double.keys[MAK].Len() != 16 || !strings.Contains(err.Error(), "MAK") {
		t.Errorf("%v", err)
	}
}

func TestDealtKeysAreNewAndOdd(t *testing.T) {
	s := NewSession(Rules{MAC: X9_19, PIN: ISO0, PINUnder: UnderSession, Track: true, Blob: Blob60}, TestTMK)
	seen := map[string]bool{}
	for range 20 {
		if _, err := s.Deal(nil); err != nil {
			t.Fatal(err)
		}
		for part, k := range s.keys {
			if seen[upperHex(k.bytes())] || !k.OddParity() {
				t.Errorf("%s is not new or not odd", part)
			}
			seen[upperHex(k.bytes())] = true
		}
	}
}

func TestSessionOwnsItsKeys(t *testing.T) {
	given := key(t, hush)
	s := NewSession(Rules{MAC: X9_19}, given)
	if err := s.Install(Key{}, given, Key{}); err != nil || !s.Ready() {
		t.Fatal(err)
	}
	given.Wipe()
	if _, err := s.MAC(nil); err != nil {
		t.Errorf("the session's key went with the caller's: %v", err)
	}
	old := s.keys[MAK]
	if err := s.Install(Key{}, TestTMK, Key{}); err != nil {
		t.Fatal(err)
	}
	if !old.Empty() {
		t.Error("the replaced key is still there")
	}
	NewSession(Rules{}, TestTMK).Wipe()
	s.Wipe()
	if s.Ready() || !s.tmk.Empty() || TestTMK.Empty() {
		t.Error("wiping took too little or too much")
	}
}

func TestSessionUnderDUKPT(t *testing.T) {
	number := pan(t, "6224242900000113")
	for c, r := range map[Cipher]Rules{TDES: {PIN: ISO0, PINUnder: UnderDUKPTTDES}, AES: {PIN: ISO4, PINUnder: UnderDUKPTAES}} {
		terminal, host := NewSession(r, Key{}), NewSession(r, Key{})
		_, _, err := terminal.SealPIN(pin("1234"), number)
		wants(t, err, ErrNotReady)
		_, err = host.OpenPIN(nil, nil, number)
		wants(t, err, ErrNotReady)
		if terminal.Ready() {
			t.Error("ready without a device")
		}
		ksn := make([]byte, map[Cipher]int{TDES: 10, AES: 12}[c])
		bdk := key(t, hush)
		initial, err := InitialKey(c, bdk, ksn)
		if err != nil {
			t.Fatal(err)
		}
		disk := &memory{}
		d, err := NewDevice(c, initial, ksn, 0, disk)
		if err != nil || terminal.UseDevice(d) != nil || host.UseBase(c, bdk) != nil || !terminal.Ready() || !host.Ready() {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for range 20 {
			block, ksn, err := terminal.SealPIN(pin("9071"), number)
			if err != nil || seen[string(ksn)] {
				t.Fatalf("%v, serial number again: %v", err, seen[string(ksn)])
			}
			seen[string(ksn)] = true
			back, err := host.OpenPIN(block, ksn, number)
			if err != nil || string(back.Reveal()) != "9071" {
				t.Errorf("%s: %v", c, err)
			}
		}
		refusedUnderDUKPT(t, terminal, host, disk, number)
	}
}

// What cannot be sealed costs no key, and each side does its own part only.
func refusedUnderDUKPT(t *testing.T, terminal, host *Session, disk *memory, number reader.PAN) {
	t.Helper()
	used := disk.kept
	_, _, err := terminal.SealPIN(pin("12"), number)
	wants(t, err, ErrPIN)
	_, _, err = terminal.SealPIN(pin("1234"), reader.PAN{})
	wants(t, err, ErrPAN)
	if disk.kept != used {
		t.Error("a PIN that was not sealed cost a key")
	}
	disk.before = errDisk
	block, ksn, err := terminal.SealPIN(pin("1234"), number)
	wants(t, err, errDisk)
	if block != nil || ksn != nil {
		t.Error("a block without a durable counter")
	}
	_, _, err = host.SealPIN(pin("1234"), number)
	wants(t, err, ErrNotReady)
	_, err = terminal.OpenPIN(make([]byte, 8), make([]byte, 10), number)
	wants(t, err, ErrNotReady)
	_, err = host.OpenPIN(make([]byte, 8), make([]byte, 3), number)
	wants(t, err, ErrKSN)
}

func TestDUKPTOfAnotherMethod(t *testing.T) {
	s := NewSession(Rules{PIN: ISO0, PINUnder: UnderDUKPTTDES}, Key{})
	wants(t, s.UseBase(AES, key(t, hush)), ErrRules)
	wants(t, s.UseBase("des", key(t, hush)), ErrRules)
	wants(t, s.UseBase(TDES, key(t, hush[:16])), ErrKeyLength)
	wants(t, s.UseDevice(device(t, AES, 0, &memory{})), ErrRules)
	wants(t, NewSession(Rules{}, Key{}).UseBase(TDES, key(t, hush)), ErrRules)
}

func TestSessionIsConcurrent(t *testing.T) {
	terminal, host := pair(t, Rules{MAC: X9_9, PIN: ISO0, PINUnder: UnderSession, Blob: Blob24})
	blob := deals(t, terminal, host)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 100 {
				if err := terminal.Load(blob); err != nil {
					t.Error(err)
				}
				mac, err := terminal.MAC([]byte("x"))
				if err != nil || !host.CheckMAC([]byte("x"), mac) {
					t.Errorf("between two sign-ons: %v", err)
				}
				terminal.Ready()
			}
		})
	}
	all.Wait()
}
