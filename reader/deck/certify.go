package deck

import (
	"bytes"
	"encoding/hex"
	"slices"
	"time"

	"vpos/reader/emv"
	"vpos/reader/tlv"
)

// CAIndex is the index of the deck's certification authority key (8F), the same
// for every scheme. No scheme is known to use it.
const CAIndex = 0xDC

// certificateExpiry is MMYY of every certificate: as late as the two digits of a
// year reach (Book 4, 6.7.3).
var certificateExpiry = []byte{0x12, 0x49}

// certificateSerial is the serial number of the issuer certificates.
var certificateSerial = []byte{0x00, 0x00, 0xDC}

// CAKeys is the public key of the deck's certification authority, once for every
// scheme that has a card in the deck. They are TEST keys: whoever holds a live
// configuration must not add them, and package scheme refuses them there.
func CAKeys() []emv.CAPK {
	var keys []emv.CAPK
	for _, d := range library() {
		for _, a := range d.Applications {
			rid := [5]byte(a.AID)
			if slices.ContainsFunc(keys, func(k emv.CAPK) bool { return k.RID == rid }) {
				continue
			}
			keys = append(keys, CAKey(rid))
		}
	}
	return keys
}

// CAKey is the deck's key for one scheme: for the cards of a file of one's own.
func CAKey(rid [5]byte) emv.CAPK {
	ca := rsaOf(caKey)
	k := emv.CAPK{
		RID: rid, Index: CAIndex, Modulus: bytes.Clone(ca.modulus), Exponent: bytes.Clone(ca.exponent),
		Expiry: time.Date(2049, 12, 31, 0, 0, 0, 0, time.UTC),
	}
	k.Checksum = k.Sum()
	return k
}

// certify makes a certificate over a key (Book 2, tables 2, 13 and 22): format,
// subject, expiry, serial, algorithms, lengths and as much of the modulus as
// fits. It gives the remainder of the modulus too.
func certify(by *rsaKey, format byte, subject []byte, key *rsaKey, static []byte, spoil bool) (cert, remainder []byte) {
	message := slices.Concat([]byte{format}, subject, certificateExpiry, certificateSerial,
		[]byte{algSHA1, algRSA, byte(key.size()), byte(len(key.exponent))}) //nolint:gosec // both below 256
	room := by.size() - overhead - len(message)
	left := key.modulus[:min(room, key.size())]
	remainder = key.modulus[len(left):]
	return by.seal(append(message, left...), spoil, remainder, key.exponent, static), remainder
}

// made is the data elements the deck makes itself, where a file says `made`.
type made map[tlv.Tag][]byte

// canMake lists the tags that may be `made`.
var canMake = []tlv.Tag{
	tagCAIndex, tagIssuerCert, tagIssuerRem, tagIssuerExp, tagSignedStatic, tagCardCert, tagCardExp, tagCardRem,
	tagPINCert, tagPINExp, tagPINRem,
}

// certificates makes everything of an application that is signed: pan is its
// packed number, static the data to be authenticated. A tag list that a file does
// not ask for costs nothing.
func certificates(asked []tlv.Tag, pan, static []byte, f *flaws) made {
	m := made{tagCAIndex: {CAIndex}}
	has := func(t tlv.Tag) bool { return slices.Contains(asked, t) }
	digits := numberOf(pan)
	issuer := rsaOf(issuerKey)
	if has(tagIssuerCert) {
		id, _ := hex.DecodeString(string(digits[:6]) + "ff")
		m[tagIssuerCert], m[tagIssuerRem] = certify(rsaOf(caKey), formatIssuer, id, issuer, nil, f.badCertificate)
		m[tagIssuerExp] = issuer.exponent
	}
	if has(tagSignedStatic) {
		m[tagSignedStatic] = issuer.seal([]byte{formatStatic, algSHA1, 0xDA, 0xC0}, f.badStatic, static)
	}
	subject := append(bytes.Clone(pan), bytes.Repeat([]byte{0xFF}, 10-len(pan))...)
	if has(tagCardCert) {
		key := rsaOf(cardKey)
		m[tagCardCert], m[tagCardRem] = certify(issuer, formatCard, subject, key, static, false)
		m[tagCardExp] = key.exponent
	}
	if has(tagPINCert) {
		key := rsaOf(pinKey)
		m[tagPINCert], m[tagPINRem] = certify(issuer, formatCard, subject, key, nil, false)
		m[tagPINExp] = key.exponent
	}
	return m
}
