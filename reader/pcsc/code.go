package pcsc

import (
	"errors"
	"fmt"

	"vpos/reader"
)

// code is what the PC/SC service answers instead of success: an SCARD_ number,
// the same on every system.
type code uint32

// The codes that mean something to a terminal.
const (
	codeCancelled    code = 0x80100002
	codeBadHandle    code = 0x80100003
	codeNoReaderName code = 0x80100009 // unknown reader
	codeTimeout      code = 0x8010000A
	codeBusy         code = 0x8010000B // sharing violation
	codeNoCard       code = 0x8010000C
	codeMismatch     code = 0x8010000F // protocol
	codeNotReady     code = 0x80100010
	codeComm         code = 0x80100013
	codeBadATR       code = 0x80100015
	codeUntransacted code = 0x80100016
	codeUnavailable  code = 0x80100017 // the reader
	codeNoService    code = 0x8010001D
	codeStopped      code = 0x8010001E // the service
	codeNoReaders    code = 0x8010002E
	codeUnsupported  code = 0x80100065 // an ATR that contradicts itself
	codeUnresponsive code = 0x80100066
	codeUnpowered    code = 0x80100067
	codeReset        code = 0x80100068
	codeRemoved      code = 0x80100069
)

var codeNames = map[code]string{
	codeCancelled: "cancelled", codeBadHandle: "invalid handle", codeNoReaderName: "unknown reader",
	codeTimeout: "timeout", codeBusy: "sharing violation", codeNoCard: "no card", codeMismatch: "protocol mismatch",
	codeNotReady: "not ready", codeComm: "communication error", codeBadATR: "invalid ATR", codeUntransacted: "not transacted",
	codeUnavailable: "reader unavailable", codeNoService: "no service", codeStopped: "service stopped",
	codeNoReaders: "no readers", codeUnsupported: "unsupported card", codeUnresponsive: "unresponsive card",
	codeUnpowered: "unpowered card", codeReset: "card was reset", codeRemoved: "card was removed",
}

// Error is the number, and the name where we have one.
func (c code) Error() string {
	if name, ok := codeNames[c]; ok {
		return fmt.Sprintf("0x%08X, %s", uint32(c), name)
	}
	return fmt.Sprintf("0x%08X", uint32(c))
}

// What a code means while a card is being connected, and while one is talked
// to. Every other code is [reader.ErrReader].
var (
	whileOpening = map[code]error{
		codeBusy: reader.ErrCardBusy, codeNoCard: reader.ErrNoCard, codeRemoved: reader.ErrNoCard,
		codeUnresponsive: reader.ErrCardMute, codeUnpowered: reader.ErrCardMute, codeUnsupported: reader.ErrCardMute,
		codeBadATR: reader.ErrCardMute, codeMismatch: reader.ErrCardMute, codeUntransacted: reader.ErrCardMute,
		codeReset: reader.ErrCardMute, // again and again, see connect
	}
	whileTalking = map[code]error{
		codeRemoved: reader.ErrTorn, codeNoCard: reader.ErrTorn, codeReset: reader.ErrTorn, codeUntransacted: reader.ErrTorn,
		codeUnresponsive: reader.ErrCardMute, codeUnpowered: reader.ErrCardMute, codeTimeout: reader.ErrCardMute,
		codeBusy: reader.ErrCardBusy,
	}
)

// meaning is the sentinel of package reader that an error of the library is,
// by one of the two tables.
func meaning(err error, table map[code]error) error {
	if c, ok := errors.AsType[code](err); ok {
		if sentinel, ok := table[c]; ok {
			return sentinel
		}
	}
	return reader.ErrReader
}

// opening says what went wrong with the reader that was to be opened.
func opening(name string, err error) error {
	return fmt.Errorf("%q: %w (%w)", name, meaning(err, whileOpening), err)
}
