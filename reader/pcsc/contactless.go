package pcsc

import (
	"context"
	"strings"

	"vpos/reader"
)

// contactlessATR: a contactless card has no ATR, so the reader makes one up:
// 3B 8n 80 01, n historical bytes and a check byte (PC/SC part 3, 3.1.3.2.3.1).
// A contact card may have the same by chance; see [Contactless].
func contactlessATR(atr []byte) bool {
	return len(atr) >= 5 && atr[0] == 0x3B && atr[1]&0xF0 == 0x80 && atr[2] == 0x80 && atr[3] == 0x01
}

// Contactless reports whether a card is in the field rather than in the slot.
// Its ATR must say so, and the reader must know its number: FF CA is a question
// to the reader itself (PC/SC part 3, 3.2.2.1.3), and a contact card, to which
// the reader passes it on, refuses it. Errors are those of [reader.Slot].
func Contactless(ctx context.Context, card reader.Slot) (bool, error) {
	if !contactlessATR(card.ATR()) {
		return false, nil
	}
	sw, _, err := card.Transmit(ctx, []byte{0xFF, 0xCA, 0x00, 0x00, 0x00})
	return err == nil && sw == 0x9000, err
}

// Match reports whether a reader is the one a setting names: "pcsc:" and the
// beginning of its name in capitals or not, because the end of a name counts
// slots and plugs. Without a name every reader is. Names are outside text.
func Match(setting, name string) bool {
	const scheme = "pcsc:"
	if len(setting) >= len(scheme) && strings.EqualFold(setting[:len(scheme)], scheme) {
		setting = setting[len(scheme):]
	}
	setting, name = strings.ToLower(strings.TrimSpace(setting)), strings.ToLower(strings.TrimSpace(name))
	return strings.HasPrefix(name, setting)
}
