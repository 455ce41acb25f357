package emv

import (
	"bytes"
	"math/big"
	"math/rand/v2"
	"sync"
	"testing"
)

// testKey is a key of the test's own small hierarchy.
type testKey struct {
	public publicKey
	d      *big.Int
}

// newKey makes a key of size bytes with a given exponent, always the same one
// for the same size: a fuzz case must mean the same tomorrow.
func newKey(size int, exponent int64) testKey {
	source := rand.NewChaCha8([32]byte{byte(size), byte(exponent)})
	e, one := big.NewInt(exponent), big.NewInt(1)
	for {
		p, q := newPrime(source, size/2), newPrime(source, size/2)
		n := new(big.Int).Mul(p, q)
		phi := new(big.Int).Mul(p.Sub(p, one), q.Sub(q, one))
		if d := new(big.Int).ModInverse(e, phi); d != nil {
			return testKey{public: publicKey{modulus: n.Bytes(), exponent: e.Bytes()}, d: d}
		}
	}
}

// newPrime has its two top bits set, so that a product has all its bytes.
func newPrime(source *rand.ChaCha8, size int) *big.Int {
	b := make([]byte, size)
	for {
		_, _ = source.Read(b)
		b[0] |= 0xC0
		b[size-1] |= 1
		if p := new(big.Int).SetBytes(b); p.ProbablyPrime(8) {
			return p
		}
	}
}

func (k testKey) size() int { return len(k.public.modulus) }

// sign makes the private operation on a block.
func (k testKey) sign(block []byte) []byte {
	n := new(big.Int).SetBytes(k.public.modulus)
	return new(big.Int).Exp(new(big.Int).SetBytes(block), k.d, n).FillBytes(make([]byte, k.size()))
}

// seal pads a message with BB to the size the key recovers, adds the hash over
// it and more, and signs. spoil may change the message before it is hashed and
// the block before it is signed.
func (k testKey) seal(message, more []byte, spoil *spoiler) []byte {
	message = append(bytes.Clone(message), bytes.Repeat([]byte{blockPadding}, k.size())...)[:k.size()-22]
	if spoil != nil && spoil.message != nil {
		spoil.message(message)
	}
	block := append([]byte{blockHeader}, message...)
	block = append(block, digest(message, more)...)
	block = append(block, blockTrailer)
	if spoil != nil && spoil.block != nil {
		spoil.block(block)
	}
	return k.sign(block)
}

// spoiler breaks one certificate.
type spoiler struct{ message, block func([]byte) }

// hierarchy is the CA, an issuer, a card and its PIN key.
type hierarchy struct{ ca, issuer, card, pin testKey }

var testKeys = sync.OnceValue(func() hierarchy {
	return hierarchy{ca: newKey(128, 3), issuer: newKey(120, 65537), card: newKey(96, 3), pin: newKey(80, 3)}
})

// certify makes a certificate of subject over key: format, subject, expiry
// 12/30, serial, algorithms, lengths, as much of the modulus as fits. It gives
// the remainder too.
func certify(by testKey, format byte, subject []byte, key publicKey, static []byte, spoil *spoiler) (cert, remainder []byte) {
	message := append([]byte{format}, subject...)
	message = append(message, 0x12, 0x30, 0x00, 0x00, 0x07, 1, 1, byte(len(key.modulus)), byte(len(key.exponent)))
	room := by.size() - 22 - len(message)
	left := key.modulus[:min(room, len(key.modulus))]
	remainder = key.modulus[len(left):]
	more := append(bytes.Clone(remainder), key.exponent...)
	return by.seal(append(message, left...), append(more, static...), spoil), remainder
}

func TestRecoverRefuses(t *testing.T) {
	keys := testKeys()
	good := keys.ca.seal([]byte{2, 1, 2, 3}, []byte("more"), nil)
	if _, fault := keys.ca.public.recover(good, 2, []byte("mo"), []byte("re")); fault != AuthGood {
		t.Fatalf("the good one: %s", fault)
	}
	block := func(at int, v byte) []byte {
		return keys.ca.seal([]byte{2}, nil, &spoiler{block: func(b []byte) {
			if at < 0 {
				at += len(b)
			}
			b[at] = v
		}})
	}
	big := bytes.Repeat([]byte{0xFF}, 128)
	for name, c := range map[string]struct {
		sig  []byte
		key  publicKey
		want AuthFault
	}{
		"length":      {good[1:], keys.ca.public, AuthLength},
		"header":      {block(0, 0x6B), keys.ca.public, AuthHeader},
		"trailer":     {block(-1, 0xBB), keys.ca.public, AuthTrailer},
		"format":      {block(1, 3), keys.ca.public, AuthFormat},
		"hash":        {block(-2, 0), keys.ca.public, AuthHash},
		"too big":     {big, keys.ca.public, AuthKey},
		"no exponent": {good, publicKey{modulus: keys.ca.public.modulus}, AuthKey},
		"even":        {good, publicKey{modulus: append(bytes.Clone(big[:127]), 0xFE), exponent: []byte{3}}, AuthKey},
		"zero":        {make([]byte, 128), publicKey{modulus: make([]byte, 128), exponent: []byte{3}}, AuthKey},
		"exponent":    {good, publicKey{modulus: keys.ca.public.modulus, exponent: []byte{1, 0, 0, 1}}, AuthKey},
		"wrong key":   {good, publicKey{modulus: keys.ca.public.modulus, exponent: []byte{5}}, AuthTrailer},
	} {
		if _, fault := c.key.recover(c.sig, 2); fault != c.want {
			t.Errorf("%s: got %q, want %q", name, fault, c.want)
		}
	}
}

func TestPINBlock(t *testing.T) {
	for digits, want := range map[string]string{
		"1234": "241234FFFFFFFFFF", "12345": "2512345FFFFFFFFF", "123456789012": "2C123456789012FF",
		"123": "", "1234567890123": "", "12a4": "",
	} {
		got, ok := pinBlock([]byte(digits))
		if ok != (want != "") || hexed(got) != want && ok {
			t.Errorf("%s: got %X", digits, got)
		}
	}
}
