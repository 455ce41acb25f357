package host_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/host"
	"vpos/txn/host/keys"
)

func unhex(t testing.TB, digits string) []byte {
	t.Helper()
	b, err := hex.DecodeString(digits)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A message seen on a line, from its message type on, and its MAC; the master key
// of that terminal and the MAC key under it.
const (
	seenMessage = "0200302004C020C0981100000000000000005100183402100006324392260009942820D13121011200843931363" +
		"63838303134303030303030303030303030303031313536ACF46E73838A82F92600000000000000000822000001"
	seenMAC    = "8A9E91B8"
	seenTMK    = "70F2A84CCBC2AE8625CBB0F2C22AB923"
	seenMAK    = "96D605EA176B7E9E"
	seenMAKIn  = "C24A8FB57AA20123"
	tpduHeader = "603100000000"
)

// seenSession is the terminal's keys. Of the PIN's nobody knows anything.
func seenSession(t testing.TB) *keys.Session {
	t.Helper()
	tmk, err := keys.NewKey(unhex(t, seenTMK))
	if err != nil {
		t.Fatal(err)
	}
	mak, err := keys.NewKey(unhex(t, seenMAKIn))
	if err != nil {
		t.Fatal(err)
	}
	s := keys.NewSession(keys.Rules{MAC: "unionpay", PIN: keys.ISO0, PINUnder: keys.UnderSession, Blob: keys.Blob24}, tmk)
	if err := s.Install(keys.TestTMK, mak, keys.Key{}); err != nil {
		t.Fatal(err)
	}
	return s
}

// The code reads the message that was seen and believes its MAC, and no other.
func TestSeenMessage(t *testing.T) {
	c, s := profileCodec(t, "unionpay"), seenSession(t)
	raw := append(unhex(t, tpduHeader+seenMessage), seenMAC...)
	got, err := c.UnpackRequest(raw, evening, session(s))
	if err != nil {
		t.Fatal(err)
	}
	if got.BadMAC || got.Op != txn.OpSale || got.Amount.Minor != 51 || got.Amount.Currency.Code() != "CNY" ||
		got.STAN != 1834 || got.Batch != 1 || got.Card.Entry != reader.Swipe || got.Terminal != "16688014" ||
		got.Merchant != "000000000000001" || string(got.Card.Track2.Reveal()) != "4392260009942820=131210112008439" {
		t.Errorf("%+v", got)
	}
	if reader.IsPIN(got.PIN.Reveal()) || got.PIN.Empty() {
		t.Error("a PIN under another key is one, or none was there")
	}
	for at := len(tpduHeader) / 2; at < len(raw); at++ {
		wrong := bytes.Clone(raw)
		wrong[at] ^= 1
		if got, err := c.UnpackRequest(wrong, evening, session(s)); err == nil && !got.BadMAC {
			t.Errorf("byte %d may change", at)
		} else if err == nil && (!got.PIN.Empty()) {
			t.Errorf("byte %d: a PIN is taken from a message nobody believes", at)
		}
	}
	lower := bytes.Clone(raw)
	copy(lower[len(lower)-8:], "8a9e91b8")
	if got, err := c.UnpackRequest(lower, evening, session(s)); err != nil || !got.BadMAC {
		t.Errorf("a MAC in lower case: %v", err)
	}
}

// What is packed is signed over everything from the message type on.
func TestMACOfEveryProfile(t *testing.T) {
	for _, name := range host.Shipped() {
		c := profileCodec(t, name)
		terminal, acquirer := pair(t, c.Profile().Keys)
		header := 0
		if name == "unionpay" {
			header = 6
		}
		for _, x := range everything(t) {
			raw, err := c.PackRequest(x.r, terminal)
			if err != nil {
				continue
			}
			plain, err := c.PackRequest(x.r, nil)
			if err != nil && !errors.Is(err, host.ErrNoKeys) {
				t.Fatal(err)
			}
			management := x.r.Op.Financial() || x.r.Op == txn.OpScript || x.r.Op == txn.OpBalance
			if name == "unionpay" && !management {
				if err != nil || !bytes.Equal(raw, plain) {
					t.Errorf("%s %s: management is signed", name, x.name)
				}
				continue
			}
			if x.r.Op.Financial() && len(raw) != len(plain)+8 && err == nil && !longer(raw, plain) {
				t.Errorf("%s %s: no MAC", name, x.name)
			}
			if !x.r.Op.Financial() {
				continue
			}
			want, err := acquirer.MAC(raw[header : len(raw)-8])
			if err != nil || string(want[:]) != string(raw[len(raw)-8:]) {
				t.Errorf("%s %s: MAC %q, want %q", name, x.name, raw[len(raw)-8:], want)
			}
		}
	}
}

// longer allows for the second bitmap that field 128 brings.
func longer(raw, plain []byte) bool { return len(raw) == len(plain)+16 }

// A MAC that is wrong, and one that is left out, are told from each other by
// nobody: the message is not believed. Only a host that says it has no keys may
// leave it out.
func TestMACMissing(t *testing.T) {
	for _, name := range host.Shipped() {
		c := profileCodec(t, name)
		terminal, acquirer := pair(t, c.Profile().Keys)
		r := swipedSale(t)
		raw, err := c.PackRequest(r, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := c.UnpackRequest(raw, evening, session(acquirer)); err != nil || !got.BadMAC || got.STAN != r.STAN {
			t.Errorf("%s: request without a MAC: %+v, %v", name, got, err)
		}
		if got, err := c.UnpackRequest(raw, evening, nil); err != nil || got.BadMAC {
			t.Errorf("%s: without keys: %v", name, err)
		}
		rep := approval(r)
		for code, bad := range map[string]bool{
			"00": true, "10": true, "05": true, "25": true, "94": true, "99": false, "A0": false, "77": false,
		} {
			rep.Code = code
			raw, err := c.PackReply(r, rep, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := c.UnpackReply(raw, evening, terminal); err != nil || got.BadMAC != bad || got.Code != code {
				t.Errorf("%s: %s without a MAC: %+v, %v", name, code, got, err)
			}
		}
		raw, err = c.PackReply(r, rep, acquirer)
		if err != nil {
			t.Fatal(err)
		}
		raw[len(raw)-1] ^= 1
		if got, err := c.UnpackReply(raw, evening, terminal); err != nil || !got.BadMAC {
			t.Errorf("%s: a refusal with a wrong MAC: %+v, %v", name, got, err)
		}
	}
}

// A PIN is never sent in clear, and never left out in silence.
func TestPINNeedsKeys(t *testing.T) {
	c := profileCodec(t, "unionpay")
	r := swipedSale(t)
	r.PIN = reader.NewSecret("1234")
	_, err := c.PackRequest(r, nil)
	located(t, "no keys", err, "52", host.ErrNoKeys)
	_, err = c.PackRequest(r, keys.NewSession(c.Profile().Keys, keys.TestTMK))
	located(t, "not signed on", err, "52", keys.ErrNotReady)
	terminal, _ := pair(t, c.Profile().Keys)
	r.PIN = reader.NewSecret("12a4")
	_, err = c.PackRequest(r, terminal)
	located(t, "no PIN", err, "52", keys.ErrPIN)
	r.PIN = reader.Secret{}
	_, err = c.PackRequest(r, keys.NewSession(c.Profile().Keys, keys.TestTMK))
	located(t, "no MAC key", err, "64", keys.ErrNotReady)
}

// DUKPT sends the serial number of its key beside the block.
func TestDUKPT(t *testing.T) {
	for _, name := range host.Shipped() {
		for under, x := range map[string]struct {
			format keys.PINFormat
			cipher keys.Cipher
			bdk    string
			ksn    string
			block  int
		}{
			keys.UnderDUKPTTDES: {keys.ISO0, keys.TDES, "0123456789ABCDEFFEDCBA9876543210", "FFFF9876543210E00000", 8},
			keys.UnderDUKPTAES:  {keys.ISO4, keys.AES, "FEDCBA9876543210F1F1F1F1F1F1F1F1", "1234567890123456", 16},
		} {
			c := profileCodec(t, name, func(p *host.Profile) {
				p.Keys = keys.Rules{PIN: x.format, PINUnder: under}
				holding(p, host.HoldsPINBlock).Length = x.block
			})
			bdk, err := keys.NewKey(unhex(t, x.bdk))
			if err != nil {
				t.Fatal(err)
			}
			terminal, acquirer := keys.NewSession(c.Profile().Keys, keys.Key{}), keys.NewSession(c.Profile().Keys, keys.Key{})
			device(t, terminal, x.cipher, bdk, unhex(t, x.ksn))
			if err := acquirer.UseBase(x.cipher, bdk); err != nil {
				t.Fatal(err)
			}
			r := swipedSale(t)
			r.PIN = reader.NewSecret("482916")
			raw, err := c.PackRequest(r, terminal)
			if err != nil {
				t.Fatalf("%s %s: %v", name, under, err)
			}
			if got, err := c.UnpackRequest(raw, evening, session(acquirer)); err != nil || string(got.PIN.Reveal()) != "482916" {
				t.Errorf("%s %s: %v", name, under, err)
			}
		}
	}
}

// An encrypted track is not in the message in clear, and is the host's again.
func TestSealedTrack(t *testing.T) {
	for _, name := range host.Shipped() {
		c := profileCodec(t, name, func(p *host.Profile) { p.Keys.Track, p.Keys.Blob = true, keys.Blob60 })
		terminal, acquirer := pair(t, c.Profile().Keys)
		r := swipedSale(t)
		raw, err := c.PackRequest(r, terminal)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(raw), "30121011234567890") || bytes.Contains(raw, unhex(t, "30121011234567890f")[:8]) {
			t.Errorf("%s: the track is in clear", name)
		}
		got, err := c.UnpackRequest(raw, evening, session(acquirer))
		if err != nil || string(got.Card.Track2.Reveal()) != string(r.Card.Track2.Reveal()) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The header of a reply tells the terminal what to do next.
func TestWants(t *testing.T) {
	c := profileCodec(t, "unionpay")
	r := manage(txn.OpEcho)
	for want := txn.WantNothing; want <= txn.WantBlacklist; want++ {
		rep := approval(r)
		rep.Want = want
		raw, err := c.PackReply(r, rep, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := c.UnpackReply(raw, evening, nil); err != nil || got.Want != want || raw[2] != byte(want) {
			t.Errorf("want %d: %d, %v", want, got.Want, err)
		}
	}
}

// forgetful keeps no counter: a test's device is used once.
type forgetful struct{}

func (forgetful) Advance(uint32) error { return nil }

// device gives a terminal the device that makes the keys of its PIN blocks.
func device(t *testing.T, s *keys.Session, c keys.Cipher, bdk keys.Key, ksn []byte) {
	t.Helper()
	if c == keys.AES {
		ksn = append(ksn, 0, 0, 0, 0)
	}
	initial, err := keys.InitialKey(c, bdk, ksn)
	if err != nil {
		t.Fatal(err)
	}
	d, err := keys.NewDevice(c, initial, ksn, 0, forgetful{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.UseDevice(d); err != nil {
		t.Fatal(err)
	}
}
