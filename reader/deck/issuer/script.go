package issuer

import (
	"bytes"
	"slices"

	"vpos/reader/tlv"
)

// The templates and objects of scripts (Book 3, 10.10).
const (
	tagScriptBefore tlv.Tag = 0x71
	tagScriptAfter  tlv.Tag = 0x72
	tagCommand      tlv.Tag = 0x86
	tagScriptID     tlv.Tag = 0x9F18
)

// The instructions of scripts (Book 3, 6.5; PUT DATA as the schemes' cards have
// it) and the two classes: with secure messaging, the interindustry and the
// proprietary form.
const (
	InsCardBlock   byte = 0x16
	InsAppUnblock  byte = 0x18
	InsAppBlock    byte = 0x1E
	InsPINChange   byte = 0x24
	InsPutData     byte = 0xDA
	ClaPayment     byte = 0x84
	ClaISO         byte = 0x04
	PINUnblock     byte = 0x00 // P2 of PIN CHANGE/UNBLOCK: the counter only
	PINChange      byte = 0x02 // with a new PIN
	maxScriptData       = 200
	pinBlockFormat      = 0x20 // ISO 9564-1 format 2
)

// Command is one command of a script before it has its MAC.
type Command struct {
	Class, Instruction, P1, P2 byte
	Data                       []byte
}

// BlockCard is CARD BLOCK: no application can be selected ever again.
func BlockCard() Command { return Command{Class: ClaPayment, Instruction: InsCardBlock} }

// BlockApplication is APPLICATION BLOCK.
func BlockApplication() Command { return Command{Class: ClaPayment, Instruction: InsAppBlock} }

// UnblockApplication is APPLICATION UNBLOCK.
func UnblockApplication() Command { return Command{Class: ClaPayment, Instruction: InsAppUnblock} }

// UnblockPIN sets the PIN try counter to its limit.
func UnblockPIN() Command {
	return Command{Class: ClaPayment, Instruction: InsPINChange, P2: PINUnblock}
}

// PutData replaces a data object of the card that has a two-byte tag.
func PutData(tag tlv.Tag, value []byte) Command {
	return Command{
		Class: ClaISO, Instruction: InsPutData,
		P1: byte(tag >> 8), P2: byte(tag), Data: slices.Clone(value), //nolint:gosec // both bytes of the tag
	}
}

// ChangePIN sets a new PIN, 4 to 12 ASCII digits, enciphered for the card, and
// with it the try counter. It reports false for other digits.
func (s Session) ChangePIN(pin []byte) (Command, bool) {
	clearBlock, ok := s.pinBlock(pin)
	if !ok {
		return Command{}, false
	}
	defer clear(clearBlock)
	return Command{Class: ClaPayment, Instruction: InsPINChange, P2: PINChange, Data: s.conceal(clearBlock)}, true
}

// mac is the MAC of a command: header with the length it will have, counter,
// cryptogram, data (Book 2, 9.2.3 with the data Visa and Mastercard add).
func (s Session) mac(header [5]byte, data []byte) []byte {
	key := s.MAC.session(rules[s.Method].script, s.at)
	mac := key.mac(pad80(slices.Concat(header[:], s.at.atc[:], s.arqc[:], data)))
	return mac[:]
}

// Seal is the command with its MAC, ready for the card. Data beyond what fits a
// command is cut.
func (s Session) Seal(c Command) []byte {
	data := c.Data[:min(len(c.Data), maxScriptData)]
	header := [5]byte{c.Class, c.Instruction, c.P1, c.P2, byte(len(data) + block)} //nolint:gosec // bounded above
	return slices.Concat(header[:], data, s.mac(header, data))
}

// Open is the card's side of [Session.Seal]: the data without the MAC, and
// whether the MAC is right.
func (s Session) Open(command []byte) (data []byte, genuine bool) {
	if len(command) < 5+block || len(command) != 5+int(command[4]) {
		return nil, false
	}
	data = command[5 : len(command)-block]
	return data, same(command[len(command)-block:], s.mac([5]byte(command), data))
}

// Script is an issuer script: template 71, performed before the card's last
// word, or 72, after it. id is 9F18, left out where it is zero.
func (s Session) Script(before bool, id [4]byte, commands ...Command) []byte {
	var body []byte
	if id != [4]byte{} {
		body = tlv.Append(body, tagScriptID, id[:])
	}
	for _, c := range commands {
		body = tlv.Append(body, tagCommand, s.Seal(c))
	}
	if before {
		return tlv.Append(nil, tagScriptBefore, body)
	}
	return tlv.Append(nil, tagScriptAfter, body)
}

// pinBlock is the block of a new PIN: ISO 9564-1 format 2, or Visa's own, which
// begins with the length alone and has four bytes of a key of the card laid over
// its end.
func (s Session) pinBlock(pin []byte) ([]byte, bool) {
	if len(pin) < 4 || len(pin) > 12 || bytes.ContainsFunc(pin, func(r rune) bool { return r < '0' || r > '9' }) {
		return nil, false
	}
	digits := append(bytes.Clone(pin), bytes.Repeat([]byte{'F'}, 14-len(pin))...)
	defer clear(digits)
	if rules[s.Method].inverted {
		out := append([]byte{byte(len(pin))}, packed(digits)...) //nolint:gosec // at most 12
		return xor(out, s.AC[4:8]), true
	}
	return append([]byte{pinBlockFormat | byte(len(pin))}, packed(digits)...), true //nolint:gosec // at most 12
}

// conceal enciphers a PIN block: Visa puts the length before it and pads.
func (s Session) conceal(clearBlock []byte) []byte {
	key := s.ENC.session(rules[s.Method].script, s.at)
	if rules[s.Method].inverted {
		return key.encipher(pad80(append([]byte{byte(len(clearBlock))}, clearBlock...))) //nolint:gosec // 8
	}
	return key.encipher(clearBlock)
}

// NewPIN is the card's side of [Session.ChangePIN]: the digits of the new PIN out
// of the command's data.
func (s Session) NewPIN(data []byte) ([]byte, bool) {
	if len(data) == 0 || len(data)%block != 0 {
		return nil, false
	}
	clearBlock := s.ENC.session(rules[s.Method].script, s.at).decipher(data)
	defer clear(clearBlock)
	if rules[s.Method].inverted {
		if clearBlock[0] != block || len(clearBlock) != 2*block {
			return nil, false
		}
		clearBlock = xor(clearBlock[1:1+block], s.AC[4:8])
		clearBlock[0] |= pinBlockFormat
	}
	return Digits(clearBlock)
}

// Digits takes the PIN out of a format 2 block (Book 3, table 24): 2, the number
// of digits, the digits, F to the end.
func Digits(clearBlock []byte) ([]byte, bool) {
	if len(clearBlock) != block || clearBlock[0]&0xF0 != pinBlockFormat {
		return nil, false
	}
	size := int(clearBlock[0] & 0x0F)
	if size < 4 || size > 12 {
		return nil, false
	}
	digits := make([]byte, 0, 14)
	for _, b := range clearBlock[1:] {
		digits = append(digits, b>>4, b&0x0F)
	}
	for i, d := range digits {
		if i < size && d > 9 || i >= size && d != 0x0F {
			clear(digits)
			return nil, false
		}
		digits[i] = '0' + d
	}
	return digits[:size], true
}
