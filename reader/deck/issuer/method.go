package issuer

import (
	"encoding/binary"
	"slices"
)

// Method is how a card and its issuer make cryptograms.
type Method string

// The methods. A number after a scheme's name is its cryptogram version number
// in decimal.
const (
	VisaCVN10       Method = "visa-cvn10"       // no session key, ARPC method 1
	VisaCVN18       Method = "visa-cvn18"       // common session key, the whole 9F10, ARPC method 2
	MastercardCVN16 Method = "mastercard-cvn16" // session key with the unpredictable number, ARPC method 1
	MastercardCVN17 Method = "mastercard-cvn17" // the same, and the card's counters are in the cryptogram
	EMV             Method = "emv"              // the Common Core Definitions: Book 2, 8 and Book 3, annex C
	PBOC            Method = "pboc"             // UnionPay's cards as JR/T 0025 describes them; unverified
)

// Methods lists every method.
func Methods() []Method {
	return []Method{VisaCVN10, VisaCVN18, MastercardCVN16, MastercardCVN17, EMV, PBOC}
}

// Verified reports whether the method agrees with an implementation that is not
// ours; the test says which.
func (m Method) Verified() bool { return m != PBOC && m != EMV }

// session is how a key for one transaction is made.
type session byte

const (
	noSession   session = iota
	withCounter         // Book 2, A1.3.1 with the transaction counter
	withNumber          // with the unpredictable number too
	withPBOC            // JR/T 0025.5: counter and inverted counter, enciphered
	withXOR             // the counter laid over the key
	withAC              // Book 2, A1.3.1 with the cryptogram
)

// rule is what tells the methods apart.
type rule struct {
	optionB  bool
	cvn      byte
	ac       session // of cryptograms
	arpc     session // of the issuer's answer
	method2  bool    // ARPC method 2
	zeros    bool    // padding method 1
	from, to int     // what of 9F10 is in the cryptogram; to 0 is the end
	from2    int     // and from here on too, 0 for nothing
	iad      int     // shortest 9F10
	cvr      [2]int  // where the card verification results are in 9F10
	script   session // of scripts
	inverted bool    // PIN blocks are made with a key of the card, as Visa's are
}

var rules = map[Method]rule{
	VisaCVN10: {
		cvn: 0x0A, zeros: true, from: 3, to: 7, iad: 7, cvr: [2]int{3, 7},
		script: withXOR, inverted: true,
	},
	VisaCVN18: {
		optionB: true, cvn: 0x12, ac: withCounter, arpc: withCounter, method2: true, iad: 7, cvr: [2]int{3, 7},
		script: withXOR, inverted: true,
	},
	MastercardCVN16: {
		cvn: 0x10, ac: withNumber, from: 2, to: 8, iad: 18, cvr: [2]int{2, 8}, script: withAC,
	},
	MastercardCVN17: {
		cvn: 0x11, ac: withNumber, from: 2, to: 8, from2: 10, iad: 18, cvr: [2]int{2, 8}, script: withAC,
	},
	EMV: {
		optionB: true, cvn: 0xA5, ac: withCounter, arpc: withCounter, method2: true, iad: 32, cvr: [2]int{3, 8},
		script: withAC,
	},
	PBOC: {
		cvn: 0x01, ac: withPBOC, arpc: withPBOC, from: 3, to: 7, iad: 8, cvr: [2]int{3, 7},
		script: withPBOC,
	},
}

// IAD makes issuer application data (9F10) of a method with card verification
// results of [Method.CVRSize] bytes. code is the two bytes of the data
// authentication code and counters eight bytes, for the methods that have them.
func (m Method) IAD(index byte, cvr, code, counters []byte) []byte {
	switch r := rules[m]; m {
	case MastercardCVN16, MastercardCVN17:
		return slices.Concat([]byte{index, r.cvn}, cvr, fixed(code, 2), fixed(counters, 8))
	case EMV:
		head := slices.Concat([]byte{0x0F, r.cvn, index}, cvr, fixed(counters, 8))
		return append(head, append([]byte{0x0F}, make([]byte, 15)...)...)
	case PBOC:
		return slices.Concat([]byte{7, index, r.cvn}, cvr, []byte{1})
	default:
		return slices.Concat([]byte{6, index, r.cvn}, cvr)
	}
}

// CVRSize is how many bytes the card verification results of a method have.
func (m Method) CVRSize() int { r := rules[m]; return r.cvr[1] - r.cvr[0] }

func fixed(b []byte, size int) []byte { return append(slices.Clone(b), make([]byte, size)...)[:size] }

// Recognise tells the method by the shape of issuer application data and gives
// its derivation key index. The schemes do not mark their data, so a card that
// is not from the deck may be told wrong; its cryptogram then does not verify.
func Recognise(iad []byte) (m Method, index byte, ok bool) {
	switch n := len(iad); {
	case n == 32 && iad[0] == 0x0F && iad[1] == rules[EMV].cvn:
		return EMV, iad[2], true
	case n >= 8 && iad[0] == 7 && iad[2] == rules[PBOC].cvn && iad[3] == 3:
		return PBOC, iad[1], true
	case n >= 7 && iad[0] == 6 && iad[2] == rules[VisaCVN10].cvn && iad[3] == 3:
		return VisaCVN10, iad[1], true
	case n >= 7 && iad[0] == 6 && iad[2] == rules[VisaCVN18].cvn && iad[3] == 3:
		return VisaCVN18, iad[1], true
	case n >= 18 && n <= 28 && iad[1] == rules[MastercardCVN16].cvn:
		return MastercardCVN16, iad[0], true
	case n >= 18 && n <= 28 && iad[1] == rules[MastercardCVN17].cvn:
		return MastercardCVN17, iad[0], true
	}
	return "", 0, false
}

// part is what of 9F10 goes into a cryptogram.
func (r rule) part(iad []byte) []byte {
	to := r.to
	if to == 0 {
		to = len(iad)
	}
	out := slices.Clone(iad[r.from:to])
	if r.from2 > 0 {
		out = append(out, iad[r.from2:]...)
	}
	return out
}

// moment is what a session key depends on.
type moment struct {
	atc    [2]byte
	number [4]byte     // 9F37
	ac     [block]byte // the cryptogram a script follows
}

// key makes the key of one transaction.
func (k Key) session(s session, m moment) Key {
	atc := binary.BigEndian.Uint16(m.atc[:])
	inverted := binary.BigEndian.AppendUint16(nil, ^atc)
	switch s {
	case withCounter:
		return k.common([block]byte{m.atc[0], m.atc[1]})
	case withNumber:
		r := [block]byte{m.atc[0], m.atc[1]}
		copy(r[4:], m.number[:])
		return k.common(r)
	case withPBOC:
		zeros := make([]byte, block)
		return Key(k.encipher(append(xor(zeros, m.atc[:]), xor(zeros, inverted)...))).odd()
	case withXOR:
		return Key(append(xor(k[:block], m.atc[:]), xor(k[block:], inverted)...)).odd()
	case withAC:
		return k.common(m.ac)
	case noSession:
	}
	return k
}
