package emv

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
)

// APDU is a command for the card. It may carry a PIN or a card number, so it
// prints as the name of the command and its length; the bytes are for the
// transport alone.
type APDU []byte

// The instructions (Book 1, 11; Book 3, 6.5).
const (
	insVerify       = 0x20
	insExternalAuth = 0x82
	insGetChallenge = 0x84
	insInternalAuth = 0x88
	insSelect       = 0xA4
	insGPO          = 0xA8
	insGenerateAC   = 0xAE
	insReadRecord   = 0xB2
	insGetData      = 0xCA
)

var commandNames = map[byte]string{
	insVerify: "VERIFY", insExternalAuth: "EXTERNAL AUTHENTICATE", insGetChallenge: "GET CHALLENGE",
	insInternalAuth: "INTERNAL AUTHENTICATE", insSelect: "SELECT", insGPO: "GET PROCESSING OPTIONS",
	insGenerateAC: "GENERATE AC", insReadRecord: "READ RECORD", insGetData: "GET DATA",
}

// Name is the command as the books call it, SCRIPT for one of an issuer.
func (a APDU) Name() string {
	if len(a) > 1 {
		if name, ok := commandNames[a[1]]; ok {
			return name
		}
	}
	return "SCRIPT"
}

// String is the name and the length.
func (a APDU) String() string { return fmt.Sprintf("%s[%d]", a.Name(), len(a)) }

// Format prints String under every verb.
func (a APDU) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, a.String()) }

// GoString is String.
func (a APDU) GoString() string { return a.String() }

// LogValue is String.
func (a APDU) LogValue() slog.Value { return slog.StringValue(a.String()) }

// MarshalText is String.
func (a APDU) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// maxData is what fits into the one-byte length of a command or a reply.
const maxData = 255

// case4 is a command with data and an answer: Le is always 00, and the
// transport deals with what T=0 makes of it (Book 1, 9.3.1).
func case4(cla, ins, p1, p2 byte, data []byte) APDU {
	return append(case3(cla, ins, p1, p2, data), 0)
}

// case3 is a command with data and no answer. The data is at most maxData long.
func case3(cla, ins, p1, p2 byte, data []byte) APDU {
	out := make(APDU, 0, 6+len(data))
	out = append(out, cla, ins, p1, p2, byte(len(data))) //nolint:gosec // at most maxData
	return append(out, data...)
}

// case2 is a command without data that wants an answer.
func case2(cla, ins, p1, p2 byte) APDU { return APDU{cla, ins, p1, p2, 0} }

// selectName is SELECT by name, Book 1, 11.3; next asks for the next occurrence.
func selectName(name []byte, next bool) APDU {
	p2 := byte(0)
	if next {
		p2 = 2
	}
	return case4(0x00, insSelect, 0x04, p2, name)
}

// readRecord is Book 3, 6.5.11.
func readRecord(sfi, record byte) APDU { return case2(0x00, insReadRecord, record, sfi<<3|4) }

// getData is Book 3, 6.5.7, for the four objects it may ask for.
func getData(tag uint16) APDU {
	return case2(0x80, insGetData, byte(tag>>8), byte(tag)) //nolint:gosec // both halves of a tag
}

// pinBlock is the plaintext offline PIN block of VERIFY (Book 3, table 24): 2,
// the number of digits, the digits, F to the end. It reports false for anything
// but 4 to 12 ASCII digits.
func pinBlock(digits []byte) ([]byte, bool) {
	if len(digits) < 4 || len(digits) > 12 {
		return nil, false
	}
	block := bytes.Repeat([]byte{0xFF}, 8)
	block[0] = 0x20 | byte(len(digits)) //nolint:gosec // at most 12
	for i, d := range digits {
		if d < '0' || d > '9' {
			clear(block)
			return nil, false
		}
		shift := 4 * (1 - i%2)
		at := &block[1+i/2]
		*at = *at&^(0x0F<<shift) | (d-'0')<<shift
	}
	return block, true
}
