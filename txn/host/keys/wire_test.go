package keys

import "testing"

// With nothing stored a training terminal talks to the simulator's well-known keys; a
// live one says what is missing.
func TestSessionOfAStore(t *testing.T) {
	number := pan(t, "6224242900000113")
	for _, r := range []Rules{
		{MAC: UnionPay, PIN: ISO0, PINUnder: UnderSession, Track: true, Blob: Blob60},
		{MAC: X9_19, PIN: ISO0, PINUnder: UnderDUKPTTDES, Blob: Blob40},
		{PIN: ISO4, PINUnder: UnderDUKPTAES},
	} {
		s := store(t, t.TempDir())
		terminal, err := s.Session(r, false)
		if err != nil {
			t.Fatal(err)
		}
		host := NewSession(r, TestTMK)
		if r.Blob != NoBlob {
			deals(t, terminal, host)
		}
		for c, under := range map[Cipher]string{TDES: UnderDUKPTTDES, AES: UnderDUKPTAES} {
			if r.PINUnder == under {
				if err := host.UseBase(c, testBase(c)); err != nil {
					t.Fatal(err)
				}
			}
		}
		block, ksn, err := terminal.SealPIN(pin("1234"), number)
		if err != nil || !terminal.Ready() {
			t.Fatal(err)
		}
		if back, err := host.OpenPIN(block, ksn, number); err != nil || string(back.Reveal()) != "1234" {
			t.Errorf("%+v: %v", r, err)
		}
		_, err = s.Session(r, true)
		wants(t, err, ErrNoKey)
	}
	if TestTMK.Empty() || TestTDESBase.Empty() || TestAESBase.Empty() {
		t.Error("a test key was wiped")
	}
}

func TestSessionOfStoredKeys(t *testing.T) {
	dir, s := full(t)
	r := Rules{MAC: X9_19, PIN: ISO0, PINUnder: UnderDUKPTTDES, Blob: Blob40}
	for n, want := range []string{"FFFF9876543210E00001", "FFFF9876543210E00002"} {
		terminal, err := store(t, dir).Session(r, true)
		if err != nil {
			t.Fatal(err)
		}
		deals(t, terminal, NewSession(r, key(t, hush)))
		if _, ksn, err := terminal.SealPIN(pin("1234"), pan(t, "6224242900000113")); err != nil || upperHex(ksn) != want {
			t.Errorf("start %d: %X, %v", n, ksn, err)
		}
	}
	none, err := s.Session(Rules{}, true)
	if none != nil || err != nil {
		t.Error("no rules, no session")
	}
	_, err = s.Session(Rules{MAC: "crc"}, false)
	wants(t, err, ErrRules)
}

// An initial key of a base key of the manuals is no better than that base key.
func TestHeldTest(t *testing.T) {
	for p, c := range map[Purpose]Cipher{DUKPTTDES: TDES, DUKPTAES: AES} {
		ksn := unhex(t, "A1B2C3D4E5F60718293A4B5C")[:p.KSNLen()]
		made, err := InitialKey(c, testBase(c), ksn)
		if err != nil {
			t.Fatal(err)
		}
		s := store(t, t.TempDir())
		h := Held{Purpose: p, Key: made, KSN: ksn}
		if err := s.Put(h); err != nil || !h.Test() {
			t.Errorf("%s: %v", p, err)
		}
		if _, err := s.Device(c, false); err != nil {
			t.Error(err)
		}
		_, err = s.Device(c, true)
		wants(t, err, ErrTestKey)
		_, err = s.Session(Rules{PIN: map[Cipher]PINFormat{TDES: ISO0, AES: ISO4}[c], PINUnder: string(p)}, true)
		wants(t, err, ErrTestKey)
	}
	for _, h := range everyKey(t) {
		if h.Test() {
			t.Errorf("%s is no test key", h.Purpose)
		}
	}
}
