package host

import (
	"bytes"

	"vpos/reader"
	"vpos/txn"
)

// The chip's own data, BER-TLV. It is the card's and the issuer's business: here
// its length counts and nothing else.

func putChip(m *content, p *part, dst []byte) ([]byte, error) {
	chip := m.chip()
	if len(chip) > p.spec.Length {
		return nil, ErrLength
	}
	return append(dst, chip...), nil
}

func takeChip(m *content, _ *part, v []byte) error {
	if len(v) > 0 {
		m.field55 = bytes.Clone(v)
	}
	return nil
}

// chip is the chip data that goes out. A reversal's is its own, and none where
// its original carried none: what a card said of a sale is nothing to the
// reversal of that sale's void.
func (m *content) chip() []byte {
	chip := m.request.Card.Chip
	switch {
	case m.reply:
		return m.field55
	case chip == nil:
		return nil
	case m.row.spec.Op != txn.OpReversal:
		return chip.Field55
	case m.original != nil && m.original.holding(HoldsChip, false):
		return chip.Reversal55
	}
	return nil
}

// chipOf gives a card what fields 23 and 55 of its request said of its chip;
// nothing where neither was there.
func (m *content) chipOf(card *reader.Card) {
	switch {
	case card.Chip == nil && m.field55 == nil:
		return
	case card.Chip == nil:
		card.Chip = &reader.ChipData{Sequence: -1}
	}
	if m.row.spec.Op == txn.OpReversal {
		card.Chip.Reversal55 = m.field55
	} else {
		card.Chip.Field55 = m.field55
	}
}
