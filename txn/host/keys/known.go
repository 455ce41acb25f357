package keys

import (
	"bytes"
	"encoding/hex"
	"slices"
)

// TestTMK is the terminal master key of training: a key the whole trade knows from
// its manuals, so nothing sealed under it is secret. Nobody may wipe it; [NewSession]
// takes a copy.
var TestTMK = known("0123456789ABCDEFFEDCBA9876543210")

// testKeys are those that stand in manuals, standards and sample code. Who finds one
// in a live terminal has found a terminal without a key.
var testKeys = []Key{
	TestTMK,
	known("0123456789ABCDEF"),
	known("FEDCBA9876543210"),
	known("FEDCBA98765432100123456789ABCDEF"),
	known("0123456789ABCDEF0123456789ABCDEF"),
	known("0123456789ABCDEFFEDCBA98765432100123456789ABCDEF"),
	known("00112233445566778899AABBCCDDEEFF"),
	known("000102030405060708090A0B0C0D0E0F"),
	known("0102030405060708"),
	known("0102030405060708090A0B0C0D0E0F10"),
	known("70F2A84CCBC2AE8625CBB0F2C22AB923"), // a worked example of a terminal's sign-on
	known("6AC292FAA1315B4D858AB3A3D7D5933A"), // X9.24-1: the initial key of its examples
	known("FEDCBA9876543210F1F1F1F1F1F1F1F1"), // X9.24-3: the base key of its examples
	known("1273671EA26AC29AFA4D1084127652A1"), // and their initial key
	known("2B7E151628AED2A6ABF7158809CF4F3C"), // FIPS 197 and SP 800-38
}

// IsTestKey reports whether a key is one everybody knows: one of the manuals' keys,
// parity bits apart, or one byte over and over. A live terminal refuses it.
func IsTestKey(k Key) bool {
	if k.Empty() {
		return false
	}
	plain := ignoringParity(k.bytes())
	defer clear(plain)
	if len(bytes.Trim(plain, string(plain[:1]))) == 0 {
		return true
	}
	return slices.ContainsFunc(testKeys, func(t Key) bool { return bytes.Equal(plain, ignoringParity(t.bytes())) })
}

// known makes a key of hexadecimal digits in the source.
func known(digits string) Key {
	b, err := hex.DecodeString(digits)
	if err != nil {
		panic("keys: " + err.Error())
	}
	k, err := own(b)
	if err != nil {
		panic("keys: " + err.Error())
	}
	return k
}
