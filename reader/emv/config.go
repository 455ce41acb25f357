package emv

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"vpos/reader"
	"vpos/reader/tlv"
)

// Config is what a terminal knows before any card comes. The kernel only reads
// it; one Config serves every transaction.
type Config struct {
	Terminal     Terminal
	Applications []Application
	Keys         []CAPK
	Revoked      []Revocation

	// Exception reports whether a card is on the exception file (Book 3, 10.6);
	// psn is -1 for a card without a sequence number. nil is an empty file.
	Exception func(pan reader.PAN, psn int) bool

	NoPSE      bool     // start with the list of AIDs (Book 1, 12.3.3)
	Languages  []string // ISO 639-1 codes the terminal speaks, its own first (Book 4, 11.1)
	NoChoice   bool     // the terminal cannot ask the cardholder (Book 1, 12.4)
	AlwaysRisk bool     // terminal risk management even where the AIP does not ask for it
}

// Terminal is the terminal's own data (Book 4, Annex A; Book 3, Annex A).
type Terminal struct {
	Capabilities [3]byte // 9F33
	Additional   [5]byte // 9F40
	Type         byte    // 9F35: 22 is attended, offline with online capability
	Country      int     // 9F1A, ISO 3166-1 numeric
	Serial       string  // 9F1E, eight characters
	ID           string  // 9F1C, eight characters
	Merchant     string  // 9F16, fifteen characters
	MerchantName string  // 9F4E
	Category     int     // 9F15, merchant category code
	Acquirer     string  // 9F01, up to eleven digits

	// Extra is further terminal data a scheme wants, by tag.
	Extra map[tlv.Tag][]byte
}

// Application is what the terminal knows of one AID.
type Application struct {
	AID     []byte // 5 to 16 bytes
	Partial bool   // longer names that begin with it match too (Book 1, 12.3.1)
	Version [2]byte

	// The terminal action codes (Book 3, 10.7).
	Denial, Online, Default [5]byte

	Floor     int64 // floor limit in minor units of the transaction currency, 10.6.1
	Threshold int64 // below it the target percentage holds, 10.6.2
	Target    int   // percent, 0 to 99
	MaxTarget int   // percent reached at the floor limit, Target to 99

	DDOL []byte // default DDOL, Book 2, 6.5.1
	TDOL []byte // default TDOL, Book 3, 9.2.2

	RiskData []byte             // 9F1D
	Extra    map[tlv.Tag][]byte // further data, before the terminal's own
}

// CAPK is the public key of a certification authority (Book 2, 11.2).
type CAPK struct {
	RID      [5]byte
	Index    byte
	Modulus  []byte
	Exponent []byte
	Checksum [hashSize]byte // SHA-1 over RID, index, modulus and exponent
	Expiry   time.Time      // the last day it is good; zero for none
}

// ErrChecksum says that a key is not the one its checksum was made of.
var ErrChecksum = errors.New("emv: CA public key checksum")

// ErrConfig says that a setting cannot be.
var ErrConfig = errors.New("emv: configuration")

// Sum is the checksum as it should be (Book 2, 11.2.3).
func (c CAPK) Sum() [hashSize]byte {
	return [hashSize]byte(digest(c.RID[:], []byte{c.Index}, c.Modulus, c.Exponent))
}

// Check verifies the checksum and that the key can be calculated with.
func (c CAPK) Check() error {
	switch {
	case c.Sum() != c.Checksum:
		return fmt.Errorf("RID %X index %02X: %w", c.RID, c.Index, ErrChecksum)
	case !c.key().usable():
		return fmt.Errorf("RID %X index %02X, modulus or exponent: %w", c.RID, c.Index, ErrConfig)
	}
	return nil
}

func (c CAPK) key() publicKey { return publicKey{modulus: c.Modulus, exponent: c.Exponent} }

// Revocation is one entry of the certification revocation list (Book 2, 5.1.2).
type Revocation struct {
	RID    [5]byte
	Index  byte
	Serial [3]byte
}

// Check looks for settings no transaction could work with; every key's checksum
// is among them. The kernel itself refuses a key with a wrong checksum too.
func (c Config) Check() error {
	for _, a := range c.Applications {
		switch {
		case len(a.AID) < 5 || len(a.AID) > 16:
			return fmt.Errorf("AID %X, length: %w", a.AID, ErrConfig)
		case a.Target < 0 || a.MaxTarget > 99 || a.Target > a.MaxTarget:
			return fmt.Errorf("AID %X, percentages: %w", a.AID, ErrConfig)
		case a.Floor < 0 || a.Threshold < 0:
			return fmt.Errorf("AID %X, limits: %w", a.AID, ErrConfig)
		}
	}
	for _, k := range c.Keys {
		if err := k.Check(); err != nil {
			return err
		}
	}
	return c.Terminal.check()
}

func (t Terminal) check() error {
	if _, err := hex.DecodeString(evened(t.Acquirer)); err != nil || len(t.Acquirer) > 11 {
		return fmt.Errorf("acquirer: %w", ErrConfig)
	}
	if t.Country < 1 || t.Country > 999 || t.Category < 0 || t.Category > 9999 {
		return fmt.Errorf("country or category: %w", ErrConfig)
	}
	if kind := t.Type & 0x0F; kind < 1 || kind > 6 || t.Type>>4 < 1 || t.Type>>4 > 3 {
		return fmt.Errorf("type %02X: %w", t.Type, ErrConfig)
	}
	return nil
}

// unattended is Book 4, A1: the second digit 4 to 6.
func (t Terminal) unattended() bool { return t.Type&0x0F >= 4 }

// onlineOnly and offlineOnly are Book 4, A1 too.
func (t Terminal) onlineOnly() bool  { return t.Type&0x0F == 1 || t.Type&0x0F == 4 }
func (t Terminal) offlineOnly() bool { return t.Type&0x0F == 3 || t.Type&0x0F == 6 }

// atm is a financial institution's unattended terminal that gives cash (Book 4, A1).
func (t Terminal) atm() bool { return t.Type>>4 == 1 && t.unattended() && t.Additional[0]&0x80 != 0 }

// can reports a bit of the terminal capabilities, byte counted from 0 (Book 4, A2).
func (t Terminal) can(at int, mask byte) bool { return t.Capabilities[at]&mask != 0 }

// application finds the terminal's entry for a name of the card (Book 1,
// 12.3.1); exact tells whether it is the same and not merely the beginning.
func (c Config) application(name []byte) (a Application, ok bool) {
	for _, a := range c.Applications {
		if bytes.Equal(a.AID, name) {
			return a, true
		}
	}
	best := -1
	for i, a := range c.Applications {
		if a.Partial && bytes.HasPrefix(name, a.AID) && (best < 0 || len(a.AID) > len(c.Applications[best].AID)) {
			best = i
		}
	}
	if best < 0 {
		return Application{}, false
	}
	return c.Applications[best], true
}

// capk finds a key by the RID of the application and the card's index; at is
// the day of the transaction (Book 2, 5.2 and 6.2).
func (c Config) capk(rid [5]byte, index byte, at time.Time) (publicKey, AuthFault) {
	for _, k := range c.Keys {
		switch {
		case k.RID != rid || k.Index != index:
		case k.Sum() != k.Checksum:
			return publicKey{}, AuthKeyHash
		case !k.Expiry.IsZero() && dayOf(k.Expiry) < dayOf(at):
			return publicKey{}, AuthKeyExpired
		default:
			return k.key(), AuthGood
		}
	}
	return publicKey{}, AuthNoKey
}

func (c Config) revoked(rid [5]byte, index byte, serial []byte) bool {
	for _, r := range c.Revoked {
		if r.RID == rid && r.Index == index && bytes.Equal(r.Serial[:], serial) {
			return true
		}
	}
	return false
}

// dayOf numbers days for comparing: YYYYMMDD.
func dayOf(t time.Time) int { return t.Year()*10000 + int(t.Month())*100 + t.Day() }

// evened puts a 0 before an odd number of digits.
func evened(digits string) string {
	if len(digits)%2 == 1 {
		return "0" + digits
	}
	return digits
}
