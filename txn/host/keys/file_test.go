package keys

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"testing"
)

// vectors is testdata/vectors.json; every key, PIN and number in it was drawn at random.
type vectors struct {
	Check []struct {
		Cipher    Cipher
		Key, Want string
	}
	MAC []struct {
		MAC                MAC
		Key, Message, Want string
	}
	PIN []struct {
		Format              PINFormat
		Key, PIN, PAN, Want string
	}
	DUKPT []struct {
		Cipher            Cipher
		BDK, KSN, Initial string
		Keys              []struct {
			Nth  uint32
			KSN  string
			Keys map[Usage]string
		}
	}
	Blob []struct {
		Layout    Blob
		TMK, Blob string
		Keys      []string
	}
	Track []struct{ TDK, Track, Want string }
}

func load(t *testing.T) vectors {
	t.Helper()
	b, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	if len(v.Check) == 0 || len(v.MAC) == 0 || len(v.PIN) == 0 || len(v.DUKPT) != 4 || len(v.Blob) == 0 || len(v.Track) == 0 {
		t.Fatal("vectors are missing")
	}
	return v
}

func TestAgainstAnotherImplementation(t *testing.T) {
	v := load(t)
	for _, c := range v.Check {
		got, err := key(t, c.Key).CheckValue(c.Cipher)
		if err != nil || upperHex(got[:]) != c.Want {
			t.Errorf("check value %s, %d bytes: %X, %v", c.Cipher, len(c.Key)/2, got, err)
		}
	}
	for _, m := range v.MAC {
		got, err := m.MAC.Sum(key(t, m.Key), unhex(t, m.Message))
		if err != nil || upperHex(got[:]) != m.Want {
			t.Errorf("%s of %d bytes: %X, %v", m.MAC, len(m.Message)/2, got, err)
		}
	}
	for _, s := range v.Track {
		got, err := sealTrack(key(t, s.TDK), []byte(s.Track))
		back, backErr := openTrack(key(t, s.TDK), []byte(s.Want))
		if err != nil || backErr != nil || string(got) != s.Want || string(back) != s.Track {
			t.Errorf("track of %d digits: %v, %v", len(s.Track), err, backErr)
		}
	}
}

func TestPINBlocksAgainstAnotherImplementation(t *testing.T) {
	for _, p := range load(t).PIN {
		k, number, want := key(t, p.Key), pan(t, p.PAN), unhex(t, p.Want)
		got, err := OpenPIN(p.Format, k, want, number)
		if err != nil || string(got.Reveal()) != p.PIN {
			t.Errorf("%s of %d digits, number of %d: %v", p.Format, len(p.PIN), len(p.PAN), err)
		}
		sealed, err := SealPIN(p.Format, k, pin(p.PIN), number, nil)
		if err != nil || p.Format == ISO0 && !bytes.Equal(sealed, want) || p.Format == ISO4 && bytes.Equal(sealed, want) {
			t.Errorf("%s of %d digits: sealed otherwise, %v", p.Format, len(p.PIN), err)
		}
	}
}

func TestBlobsAgainstAnotherImplementation(t *testing.T) {
	for _, b := range load(t).Blob {
		found, err := b.Layout.unwrap(key(t, b.TMK), unhex(t, b.Blob))
		if err != nil || len(found) != len(b.Keys) {
			t.Errorf("layout %s: %v", b.Layout, err)
			continue
		}
		for i, part := range []Part{PIK, MAK, TDK}[:len(b.Keys)] {
			if !found[part].Equal(key(t, b.Keys[i])) {
				t.Errorf("layout %s: another %s", b.Layout, part)
			}
		}
	}
}

// The rows were made by the device's own algorithm, which keeps a register for each bit
// and walks through every counter; ours derives each key from the initial one.
func TestDUKPTAgainstAnotherImplementation(t *testing.T) {
	for _, d := range load(t).DUKPT {
		initial, err := InitialKey(d.Cipher, key(t, d.BDK), unhex(t, d.KSN))
		if err != nil || !initial.Equal(key(t, d.Initial)) {
			t.Fatalf("%s: initial key: %v", d.Cipher, err)
		}
		for _, row := range d.Keys {
			for usage, want := range row.Keys {
				got, err := WorkingKey(d.Cipher, initial, unhex(t, row.KSN), usage)
				if err != nil || !got.Equal(key(t, want)) {
					t.Errorf("%s key %d for %s: %v", d.Cipher, row.Nth, usage, err)
				}
			}
		}
		walk(t, d.Cipher, unhex(t, d.KSN), func(nth, counter uint32, ksn []byte) {
			for _, row := range d.Keys {
				if row.Nth == nth && upperHex(ksn) != row.KSN {
					t.Errorf("%s: key %d has counter %X", d.Cipher, nth, counter)
				}
			}
		})
	}
}

// walk goes through the first counters of a device, as many as the vectors go.
func walk(t *testing.T, c Cipher, ksn []byte, visit func(nth, counter uint32, ksn []byte)) {
	t.Helper()
	s, err := c.dukpt()
	if err != nil {
		t.Fatal(err)
	}
	name, _, err := s.split(ksn)
	if err != nil {
		t.Fatal(err)
	}
	counter := uint32(0)
	for nth := range uint32(131072) {
		counter = s.after(counter)
		visit(nth, counter, s.join(name, counter))
	}
}

// X9.24-1 counts its keys: 2^20 − 1 of them before the device is exhausted.
func TestTDESCounterEnds(t *testing.T) {
	var used []uint32
	for c := tdesScheme.after(0); c != 0; c = tdesScheme.after(c) {
		used = append(used, c)
	}
	if len(used) != 1<<20-1 || !slices.IsSorted(used) || used[len(used)-1] != 0x1FF800 {
		t.Errorf("%d keys, the last %X", len(used), used[len(used)-1])
	}
	if aesScheme.after(0xFFFF0000) != 0 || aesScheme.after(0xFFFEFFFF) != 0xFFFF0000 {
		t.Error("the AES counter does not end at FFFF0000")
	}
}
