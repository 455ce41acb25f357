package pcsc

import (
	"encoding/binary"
	"errors"
)

// feature is something a reader can do beyond passing commands on (PC/SC part
// 10, 2.3).
type feature byte

const featureVerifyDirect feature = 0x06 // PIN entry and VERIFY in one call

var errFeatures = errors.New("pcsc: the reader's list of features is damaged")

// parseFeatures reads the answer to requestFeatures: a row of tag, length and
// control code, the code four bytes, high byte first (PC/SC part 10, 2.2). Of
// a damaged list it gives what came before the damage.
func parseFeatures(b []byte) (map[feature]uint32, error) {
	codes := map[feature]uint32{}
	for len(b) > 0 {
		if len(b) < 2 || len(b)-2 < int(b[1]) {
			return codes, errFeatures
		}
		tag, value := feature(b[0]), b[2:2+int(b[1])]
		if len(value) == 4 {
			if _, twice := codes[tag]; !twice {
				codes[tag] = binary.BigEndian.Uint32(value)
			}
		}
		b = b[2+len(value):]
	}
	return codes, nil
}

// pinEntry is what the reader is told about a PIN.
type pinEntry struct {
	seconds  byte   // to the first key, and from key to key
	least    byte   // digits
	most     byte   // digits
	language uint16 // a Windows language number
}

// verifyBlock is the template of the plaintext PIN block (EMV Book 3, table 24):
// control nibble 2, the length, the digits, F to the end. The reader fills in
// length and digits.
var verifyBlock = [8]byte{0x20, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}

// structure is PIN_VERIFY of PC/SC part 10, 2.5.2, for VERIFY with a plaintext
// offline PIN (EMV Book 3, 6.5.12). Numbers of two and four bytes are low byte
// first, as on every machine this is built for.
func (p pinEntry) structure() []byte {
	out := []byte{
		p.seconds, p.seconds,
		0x89, // digits are BCD, left justified, from byte 1 of the block
		0x47, // length of 4 bits; 7 bytes of digits
		0x04, // the length stands 4 bits into the block
	}
	out = binary.LittleEndian.AppendUint16(out, uint16(p.least)<<8|uint16(p.most))
	out = append(out,
		0x02, // ended by the confirm key alone
		0x01, // one message on the reader's display
	)
	out = binary.LittleEndian.AppendUint16(out, p.language)
	out = append(out,
		0x00,             // the first message: enter the PIN
		0x00, 0x00, 0x00, // T=1 prologue, the reader's own business
	)
	verify := append([]byte{0x00, 0x20, 0x00, 0x80, byte(len(verifyBlock))}, verifyBlock[:]...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(verify))) //nolint:gosec // 13
	return append(out, verify...)
}
