package emv

import (
	"crypto/sha1" //nolint:gosec // the only hash of EMV Book 2, B2.1
	"crypto/subtle"
	"math/big"
)

// The sizes of Book 2: a modulus has at most 248 bytes (D1.2); a recovered
// block has a header, a format, a hash and a trailer around its data (A2.1).
const (
	maxModulus  = 248
	minModulus  = 22 + 15 // what the longest fixed part needs before any data
	maxExponent = 3
	hashSize    = sha1.Size

	blockHeader  = 0x6A
	blockTrailer = 0xBC
	blockPadding = 0xBB

	hashSHA1 = 0x01 // hash algorithm indicator, B2
	algRSA   = 0x01 // public key algorithm indicator, B2
)

// publicKey is an RSA public key as the cards carry it, big-endian.
type publicKey struct {
	modulus  []byte
	exponent []byte
}

// usable reports whether the numbers can be calculated with: an odd modulus of
// the allowed size without leading zero, an odd exponent of one to three bytes
// (Book 2, B2.1). It keeps hostile lengths away from the arithmetic.
func (k publicKey) usable() bool {
	n, e := k.modulus, k.exponent
	if len(n) < minModulus || len(n) > maxModulus || len(e) == 0 || len(e) > maxExponent {
		return false
	}
	return n[0] != 0 && n[len(n)-1]&1 == 1 && e[len(e)-1]&1 == 1
}

// apply is the RSA public operation (Book 2, B2.1.2): the block of modulus
// length, or nil where block and key do not fit each other.
func (k publicKey) apply(block []byte) []byte {
	if !k.usable() || len(block) != len(k.modulus) {
		return nil
	}
	n := new(big.Int).SetBytes(k.modulus)
	x := new(big.Int).SetBytes(block)
	if x.Cmp(n) >= 0 {
		return nil
	}
	x.Exp(x, new(big.Int).SetBytes(k.exponent), n)
	return x.FillBytes(make([]byte, len(k.modulus)))
}

// recover opens a signature with message recovery (ISO/IEC 9796-2; Book 2,
// A2.1.3): header, trailer and format are checked, then the hash over the
// recovered message and what was not recovered. It gives the message from its
// format byte on, without the hash, and the fault that stopped it.
func (k publicKey) recover(signature []byte, format byte, more ...[]byte) ([]byte, AuthFault) {
	if len(signature) != len(k.modulus) {
		return nil, AuthLength
	}
	block := k.apply(signature)
	if block == nil {
		return nil, AuthKey
	}
	last := len(block) - 1
	switch {
	case block[last] != blockTrailer:
		return nil, AuthTrailer
	case block[0] != blockHeader:
		return nil, AuthHeader
	case block[1] != format:
		return nil, AuthFormat
	}
	message, hash := block[1:last-hashSize], block[last-hashSize:last]
	if subtle.ConstantTimeCompare(digest(append([][]byte{message}, more...)...), hash) != 1 {
		return nil, AuthHash
	}
	return message, AuthGood
}

// digest is the SHA-1 of the parts one after the other (Book 2, B3.1).
func digest(parts ...[]byte) []byte {
	h := sha1.New() //nolint:gosec // the only hash of EMV Book 2
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

// AuthFault says why offline data authentication failed, as a stable code. It
// is the detail of the decision that set the TVR bit.
type AuthFault string

// The reasons of Book 2, chapters 5 to 7, in the order they are looked for.
const (
	AuthGood       AuthFault = ""
	AuthMissing    AuthFault = "data-missing"     // a data object the method needs is not on the card
	AuthNoKey      AuthFault = "capk-unknown"     // no such certification authority key, 5.2 and 6.2
	AuthKeyHash    AuthFault = "capk-checksum"    // the stored key does not match its checksum, 11.2
	AuthKeyExpired AuthFault = "capk-expired"     // its expiry date is over
	AuthLength     AuthFault = "length"           // the certificate is not as long as its key
	AuthKey        AuthFault = "key-unusable"     // a modulus or exponent nobody can calculate with
	AuthHeader     AuthFault = "header"           // recovered data does not begin with 6A
	AuthTrailer    AuthFault = "trailer"          // or does not end with BC
	AuthFormat     AuthFault = "format"           // or is another kind of certificate
	AuthHash       AuthFault = "hash"             // the hash differs
	AuthHashAlg    AuthFault = "hash-algorithm"   // not SHA-1
	AuthKeyAlg     AuthFault = "key-algorithm"    // not RSA
	AuthIssuer     AuthFault = "issuer-id"        // the certificate is for other PAN digits
	AuthPAN        AuthFault = "pan"              // the ICC certificate is for another PAN
	AuthExpired    AuthFault = "cert-expired"     // its month is over
	AuthRevoked    AuthFault = "cert-revoked"     // on the revocation list, 5.1.2
	AuthKeyLength  AuthFault = "key-length"       // key and remainder do not add up
	AuthTagList    AuthFault = "tag-list"         // 9F4A names something else than the AIP, 5.1.1
	AuthRecords    AuthFault = "records"          // a signed record is not in template 70, Book 3 10.3
	AuthDDOL       AuthFault = "ddol"             // no DDOL with an unpredictable number, 6.5.1
	AuthDynamic    AuthFault = "dynamic-data"     // the ICC dynamic data cannot be read, 6.5.2
	AuthCID        AuthFault = "cid"              // the signed cryptogram information differs, 6.6.2
	AuthTxnHash    AuthFault = "transaction-hash" // the transaction data hash differs, 6.6.2
	AuthUnsigned   AuthFault = "unsigned"         // a signature was asked for and did not come, 6.6.2
)
