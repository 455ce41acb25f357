package emv

import (
	"bytes"
	"fmt"
	"slices"

	"vpos/reader/tlv"
)

func (f *fake) sign(c []byte) (uint16, []byte) {
	a, terminal := f.current, f.case4Data(c)
	sdad := a.keys.card.seal(append([]byte{5, 1, 9, 8}, 1, 2, 3, 4, 5, 6, 7, 8), terminal, a.spoil["dynamic"])
	if a.format2 {
		return swOK, tlv.Append(nil, tagFormat2, tlv.Append(nil, tagSigned, sdad))
	}
	return swOK, tlv.Append(nil, tagFormat1, sdad)
}

func (f *fake) cryptogram(c []byte) (uint16, []byte) {
	a, data := f.current, f.case4Data(c)
	a.generated++
	list := a.values[tagCDOL1]
	give := a.ac1
	if a.generated == 2 {
		list, give = a.values[tagCDOL2], a.ac2
	}
	if dol, _ := tlv.ParseDOL(list); a.generated > 2 || dol.Size() != len(data) {
		return f.die("generate ac %X", c)
	}
	a.sentCDOL = append(a.sentCDOL, data...)
	cid := c[2] & acType
	if give != 0xFF {
		cid = give
	}
	ac := unhex("A1A2A3A4A5A6A7A8")
	if c[2]&acSigned != 0 && cid&acType != acDecline && !a.plain {
		return swOK, f.signed(cid, ac)
	}
	if a.format2 {
		body := tlv.Append(nil, tagCID, []byte{cid})
		body = tlv.Append(body, tagATC, []byte{0, byte(a.atc)})
		body = tlv.Append(body, tagCryptogram, ac)
		return swOK, tlv.Append(nil, tagFormat2, tlv.Append(body, tagIAD, a.iad))
	}
	return swOK, tlv.Append(nil, tagFormat1, slices.Concat([]byte{cid, 0, byte(a.atc)}, ac, a.iad))
}

// signed is a reply with a CDA signature.
func (f *fake) signed(cid byte, ac []byte) []byte {
	a := f.current
	body := tlv.Append(nil, tagCID, []byte{cid})
	body = tlv.Append(body, tagATC, []byte{0, byte(a.atc)})
	tail := tlv.Append(nil, tagIAD, a.iad)
	hash := digest(a.sentPDOL, a.sentCDOL, body, tail)
	message := slices.Concat([]byte{5, 1, 1 + 4 + 1 + 8 + 20, 4, 9, 9, 9, 9, cid}, ac, hash)
	un := unhex("01020304")
	sdad := a.keys.card.seal(message, un, a.spoil[fmt.Sprintf("ac%d", a.generated)])
	return tlv.Append(nil, tagFormat2, append(tlv.Append(body, tagSigned, sdad), tail...))
}

func (f *fake) verify(c []byte) (uint16, []byte) {
	a, want := f.current, []byte(nil)
	want, _ = pinBlock([]byte(a.pin))
	block := c[5:]
	if len(block) != int(c[4]) {
		return f.die("verify %X", c)
	}
	if c[3] == 0x88 {
		key := a.keys.card
		if _, ok := a.values[tagPINCert]; ok {
			key = a.keys.pin
		}
		opened := key.sign(block)
		if len(block) != key.size() || opened[0] != 0x7F || !bytes.Equal(opened[9:17], a.challenge) {
			return f.die("enciphered PIN %X", opened)
		}
		block = opened[1:9]
	}
	if a.tries == 0 {
		return swBlocked, nil
	}
	if bytes.Equal(block, want) {
		a.tries = 3
		return swOK, nil
	}
	a.tries--
	return 0x63C0 | uint16(a.tries), nil
}

func (f *fake) data(c []byte) (uint16, []byte) {
	a := f.current
	var v []byte
	switch tag := tlv.Tag(c[2])<<8 | tlv.Tag(c[3]); {
	case tag == tagPINTries && a.tries >= 0:
		v = []byte{byte(a.tries)}
	case tag == tagATC:
		v = []byte{byte(a.atc >> 8), byte(a.atc)}
	case tag == tagLastOnline && a.last >= 0:
		v = []byte{byte(a.last >> 8), byte(a.last)}
	default:
		return 0x6A88, nil
	}
	return swOK, tlv.Append(nil, tlv.Tag(c[2])<<8|tlv.Tag(c[3]), v)
}
