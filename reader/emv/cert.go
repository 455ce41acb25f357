package emv

import (
	"bytes"
	"encoding/hex"
	"strings"
	"time"
)

// certificate is what the ICC and issuer certificates have in common (Book 2,
// tables 6 and 14): after format and subject come expiry, serial number, the
// algorithms, the lengths and the leftmost part of the key.
type certificate struct {
	subject []byte
	expiry  []byte // MMYY
	serial  []byte
	hashAlg byte
	keyAlg  byte
	keyLen  int
	expLen  int
	left    []byte // as much of the modulus as fitted, padded with BB
}

// certFixed is what stands between the subject and the key.
const certFixed = 2 + 3 + 1 + 1 + 1 + 1

func cutCertificate(message []byte, subject int) (certificate, bool) {
	if len(message) < 1+subject+certFixed {
		return certificate{}, false
	}
	c := certificate{subject: message[1 : 1+subject]}
	rest := message[1+subject:]
	c.expiry, c.serial = rest[:2], rest[2:5]
	c.hashAlg, c.keyAlg = rest[5], rest[6]
	c.keyLen, c.expLen = int(rest[7]), int(rest[8])
	c.left = rest[certFixed:]
	return c, true
}

// key joins the part in the certificate with the remainder (Book 2, 5.3 step
// 12 and 6.4 step 10).
func (c certificate) key(remainder, exponent []byte) (publicKey, AuthFault) {
	var modulus []byte
	switch {
	case c.keyLen <= len(c.left):
		if len(remainder) > 0 {
			return publicKey{}, AuthKeyLength
		}
		modulus = c.left[:c.keyLen]
	case len(remainder) == 0:
		return publicKey{}, AuthMissing
	case c.keyLen != len(c.left)+len(remainder):
		return publicKey{}, AuthKeyLength
	default:
		modulus = append(bytes.Clone(c.left), remainder...)
	}
	key := publicKey{modulus: modulus, exponent: exponent}
	if c.expLen != len(exponent) {
		return publicKey{}, AuthKeyLength
	}
	if !key.usable() {
		return publicKey{}, AuthKey
	}
	return key, AuthGood
}

// algorithms checks the two indicators (Book 2, 5.3 steps 6 and 11).
func (c certificate) algorithms() AuthFault {
	switch {
	case c.hashAlg != hashSHA1:
		return AuthHashAlg
	case c.keyAlg != algRSA:
		return AuthKeyAlg
	}
	return AuthGood
}

// certExpired reads MMYY in packed BCD; a certificate is good through the last
// day of its month (Book 2, 5.3 step 9). What is no date has expired. The year
// turns at 50 (Book 4, 6.7.3).
func certExpired(mmyy []byte, at time.Time) bool {
	month, okMonth := bcd(mmyy[0])
	year, okYear := bcd(mmyy[1])
	if !okMonth || !okYear || month < 1 || month > 12 {
		return true
	}
	return pivot(year)*12+month < at.Year()*12+int(at.Month())
}

// pivot gives a two-digit year its century (Book 4, 6.7.3).
func pivot(yy int) int {
	if yy < 50 {
		return 2000 + yy
	}
	return 1900 + yy
}

// bcd reads one byte of packed decimal.
func bcd(b byte) (int, bool) {
	high, low := int(b>>4), int(b&0x0F)
	return high*10 + low, high < 10 && low < 10
}

// bcdDigits turns packed digits, padded right with F, into ASCII.
func bcdDigits(packed []byte) ([]byte, bool) {
	digits := make([]byte, hex.EncodedLen(len(packed)))
	hex.Encode(digits, packed)
	digits = bytes.TrimRight(digits, "f")
	return digits, !bytes.ContainsAny(digits, "abcdef")
}

// issuerMatches compares the issuer identifier, three to eight digits padded
// right with F, with the leftmost digits of the PAN (Book 2, 5.3 step 8).
func issuerMatches(id, pan []byte) bool {
	digits, ok := bcdDigits(id)
	return ok && len(digits) >= 3 && bytes.HasPrefix(pan, digits)
}

// issuerCert is what an issuer certificate was recovered from (Book 2, 5.3).
type issuerCert struct {
	ca        publicKey
	cert      []byte // 90
	remainder []byte // 92, may be absent
	exponent  []byte // 9F32
	pan       []byte // ASCII digits
	at        time.Time
	revoked   func(serial []byte) bool
}

// recover is Book 2, 5.3 and 6.3.
func (i issuerCert) recover() (publicKey, AuthFault) {
	message, fault := i.ca.recover(i.cert, 0x02, i.remainder, i.exponent)
	if fault != AuthGood {
		return publicKey{}, fault
	}
	c, ok := cutCertificate(message, 4)
	switch {
	case !ok:
		return publicKey{}, AuthLength
	case c.algorithms() != AuthGood:
		return publicKey{}, c.algorithms()
	case !issuerMatches(c.subject, i.pan):
		return publicKey{}, AuthIssuer
	case certExpired(c.expiry, i.at):
		return publicKey{}, AuthExpired
	case i.revoked != nil && i.revoked(c.serial):
		return publicKey{}, AuthRevoked
	}
	return c.key(i.remainder, i.exponent)
}

// cardCert is what a certificate of the card itself was recovered from: its own
// key (Book 2, 6.4) or its PIN encipherment key (7.1), which signs no static
// data.
type cardCert struct {
	issuer    publicKey
	cert      []byte // 9F46 or 9F2D
	remainder []byte // 9F48 or 9F2F, may be absent
	exponent  []byte // 9F47 or 9F2E
	static    []byte
	pan       []byte // ASCII digits
	at        time.Time
}

// recover is Book 2, 6.4 and 7.1.
func (i cardCert) recover() (publicKey, AuthFault) {
	message, fault := i.issuer.recover(i.cert, 0x04, i.remainder, i.exponent, i.static)
	if fault != AuthGood {
		return publicKey{}, fault
	}
	c, ok := cutCertificate(message, 10)
	if !ok {
		return publicKey{}, AuthLength
	}
	pan, good := bcdDigits(c.subject)
	defer clear(pan)
	switch {
	case c.algorithms() != AuthGood:
		return publicKey{}, c.algorithms()
	case !good || !bytes.Equal(pan, i.pan):
		return publicKey{}, AuthPAN
	case certExpired(c.expiry, i.at):
		return publicKey{}, AuthExpired
	}
	return c.key(i.remainder, i.exponent)
}

// hexed is bytes as upper-case hex, for details of a trace.
func hexed(b []byte) string { return strings.ToUpper(hex.EncodeToString(b)) }
