package deck

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // the only hash of EMV Book 2, B2.1
	"math/big"
	"sync"
)

type keyName byte

// The keys of the deck.
const (
	caKey keyName = iota
	issuerKey
	cardKey
	pinKey
)

// rsaKey is a key with all it takes to sign fast.
type rsaKey struct {
	modulus, exponent []byte // big-endian, as cards carry them
	n, p, q, dp, dq   *big.Int
	inverse           *big.Int // of q modulo p
}

var (
	keyOnce  [4]sync.Once
	keyStore [4]rsaKey
)

// rsaOf gives a key; what it is made of is calculated when it is first asked for.
func rsaOf(name keyName) *rsaKey {
	keyOnce[name].Do(func() { keyStore[name] = newRSA(name) })
	return &keyStore[name]
}

func newRSA(name keyName) rsaKey {
	data, one := primes[name], big.NewInt(1)
	p, _ := new(big.Int).SetString(data.p, 16)
	q, _ := new(big.Int).SetString(data.q, 16)
	e := big.NewInt(data.exponent)
	p1, q1 := new(big.Int).Sub(p, one), new(big.Int).Sub(q, one)
	d := new(big.Int).ModInverse(e, new(big.Int).Mul(p1, q1))
	n := new(big.Int).Mul(p, q)
	return rsaKey{
		modulus: n.Bytes(), exponent: e.Bytes(), n: n, p: p, q: q,
		dp: new(big.Int).Mod(d, p1), dq: new(big.Int).Mod(d, q1), inverse: new(big.Int).ModInverse(q, p),
	}
}

func (k *rsaKey) size() int { return len(k.modulus) }

// private is the RSA private operation on a block as long as the key (Book 2,
// B2.1.2); nil where the block does not fit.
func (k *rsaKey) private(block []byte) []byte {
	x := new(big.Int).SetBytes(block)
	if len(block) != k.size() || x.Cmp(k.n) >= 0 {
		return nil
	}
	a := new(big.Int).Exp(x, k.dp, k.p)
	b := new(big.Int).Exp(x, k.dq, k.q)
	a.Sub(a, b).Mul(a, k.inverse).Mod(a, k.p)
	return a.Mul(a, k.q).Add(a, b).FillBytes(make([]byte, k.size()))
}

// The fixed bytes of Book 2, A2.1 and of tables 6, 14 and 17.
const (
	blockHeader   = 0x6A
	blockTrailer  = 0xBC
	blockPadding  = 0xBB
	hashSize      = sha1.Size
	overhead      = hashSize + 2 // header, hash, trailer
	formatIssuer  = 0x02
	formatStatic  = 0x03
	formatCard    = 0x04
	formatDynamic = 0x05
	algSHA1       = 0x01
	algRSA        = 0x01
)

// seal signs with message recovery (Book 2, A2.1.2): the message, padded to what
// the key recovers, and the hash over it and what is not recovered. spoil makes
// the hash wrong.
func (k *rsaKey) seal(message []byte, spoil bool, more ...[]byte) []byte {
	room := k.size() - overhead
	message = append(bytes.Clone(message), bytes.Repeat([]byte{blockPadding}, max(0, room-len(message)))...)
	h := digest(append([][]byte{message}, more...)...)
	if spoil {
		h[0] ^= 0xFF
	}
	block := append([]byte{blockHeader}, message...)
	block = append(block, h...)
	return k.private(append(block, blockTrailer))
}

// digest is the SHA-1 of the parts one after the other.
func digest(parts ...[]byte) []byte {
	h := sha1.New() //nolint:gosec // see the import
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}
