package issuer

import (
	"crypto/subtle"
	"errors"
	"fmt"
	"slices"

	"vpos/reader/tlv"
)

// The data elements of field 55 an issuer looks at.
const (
	tagAIP        tlv.Tag = 0x82
	tagIssuerAuth tlv.Tag = 0x91
	tagIAD        tlv.Tag = 0x9F10
	tagCryptogram tlv.Tag = 0x9F26
	tagCID        tlv.Tag = 0x9F27
	tagATC        tlv.Tag = 0x9F36
	tagUN         tlv.Tag = 0x9F37
)

// signed is what every method puts into a cryptogram, in order and with its
// size (Book 2, 8.1.1), before its part of 9F10.
var signed = []tlv.Entry{
	{Tag: 0x9F02, Length: 6}, {Tag: 0x9F03, Length: 6}, {Tag: 0x9F1A, Length: 2}, {Tag: 0x95, Length: 5},
	{Tag: 0x5F2A, Length: 2}, {Tag: 0x9A, Length: 3}, {Tag: 0x9C, Length: 1}, {Tag: tagUN, Length: 4},
	{Tag: tagAIP, Length: 2}, {Tag: tagATC, Length: 2},
}

// Signed lists what a cryptogram goes over, in order and with its size (Book 2,
// 8.1.1); a part of 9F10 comes behind it.
func Signed() []tlv.Entry { return slices.Clone(signed) }

// ErrData says that a data element a cryptogram needs is missing or has another
// size than it must.
var ErrData = errors.New("issuer: data element missing or of a wrong size")

// Values gives the value of a data element.
type Values func(tlv.Tag) ([]byte, bool)

// Cryptogram is the card's cryptogram (TC, ARQC or AAC; Book 2, 8.1) over the
// data elements of [Signed] and 9F10. The error is [ErrData] with the tag.
func (c Card) Cryptogram(value Values) ([block]byte, error) {
	message, m, err := c.message(value)
	if err != nil {
		return [block]byte{}, err
	}
	pad := pad80
	if rules[c.Method].zeros {
		pad = pad00
	}
	return c.AC.session(rules[c.Method].ac, m).mac(pad(message)), nil
}

// message collects what is signed.
func (c Card) message(value Values) ([]byte, moment, error) {
	var m moment
	r, known := rules[c.Method]
	iad, ok := value(tagIAD)
	if !known || !ok || len(iad) < r.iad {
		return nil, m, fmt.Errorf("%s: %w", tagIAD, ErrData)
	}
	var message []byte
	for _, e := range signed {
		v, ok := value(e.Tag)
		if !ok || len(v) != e.Length {
			return nil, m, fmt.Errorf("%s: %w", e.Tag, ErrData)
		}
		switch e.Tag {
		case tagATC:
			m.atc = [2]byte(v)
		case tagUN:
			m.number = [4]byte(v)
		}
		message = append(message, v...)
	}
	return append(message, r.part(iad)...), m, nil
}

// Session is one transaction of a card after its cryptogram: what the issuer's
// answer and scripts depend on.
type Session struct {
	Card
	at   moment
	arqc [block]byte
}

// After gives the session a cryptogram opened. Counter and number are 9F36 and
// 9F37.
func (c Card) After(counter [2]byte, number [4]byte, cryptogram [block]byte) Session {
	return Session{Card: c, at: moment{atc: counter, number: number, ac: cryptogram}, arqc: cryptogram}
}

// The bits of the card status update (Book 3, C10), byte 2.
const csuApproves = 0x80

// Answer is issuer authentication data (91; Book 2, 8.2): with method 1 eight
// bytes of ARPC and the response code, with method 2 four bytes of ARPC and the
// card status update, which says whether the issuer approves.
func (s Session) Answer(code [2]byte, approves bool) []byte {
	r := rules[s.Method]
	key := s.AC.session(r.arpc, s.at)
	if !r.method2 {
		arpc := key.encipher(xor(append(slices.Clone(code[:]), make([]byte, block-2)...), s.arqc[:]))
		return append(arpc, code[:]...)
	}
	update := make([]byte, 4)
	if approves {
		update[1] = csuApproves
	}
	mac := key.mac(pad80(append(slices.Clone(s.arqc[:]), update...)))
	return append(mac[:4:4], update...)
}

// Accepts is the card's side of [Session.Answer]: whether the data is from the
// issuer, and whether the issuer approves as far as the data says; method 1 says
// it with 00, 10 or 11, as a code of an approval.
func (s Session) Accepts(data []byte) (genuine, approves bool) {
	r := rules[s.Method]
	if !r.method2 {
		if len(data) != block+2 {
			return false, false
		}
		code := [2]byte(data[block:])
		return same(data, s.Answer(code, true)), code == [2]byte{'0', '0'} || code[0] == '1' && (code[1] == '0' || code[1] == '1')
	}
	if len(data) < 8 || len(data) > 16 {
		return false, false
	}
	mac := s.AC.session(r.arpc, s.at).mac(pad80(append(slices.Clone(s.arqc[:]), data[4:]...)))
	return same(data[:4], mac[:4]), data[5]&csuApproves != 0
}

func same(a, b []byte) bool { return subtle.ConstantTimeCompare(a, b) == 1 }
