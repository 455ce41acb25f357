package host

import (
	"bytes"

	"vpos/reader"
)

// The card sequence number, EMV tag 5F34: it tells cards with one number apart.

func putSequence(m *content, _ *FieldSpec, dst []byte) ([]byte, error) {
	chip := m.request.Card.Chip
	switch {
	case chip == nil || chip.Sequence < 0:
		return dst, nil
	case chip.Sequence > 999:
		return nil, ErrRange
	}
	return appendDigits(dst, int64(chip.Sequence), 3), nil
}

func takeSequence(m *content, v []byte) error {
	m.request.Card.Chip = &reader.ChipData{Sequence: digitsInt(v)}
	return nil
}

// The chip's own data, BER-TLV. It is the card's and the issuer's business: here
// its length counts and nothing else.

func putChip(m *content, spec *FieldSpec, dst []byte) ([]byte, error) {
	chip := m.chip()
	if len(chip) > spec.Length {
		return nil, ErrLength
	}
	return append(dst, chip...), nil
}

func takeChip(m *content, v []byte) error {
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
	case !m.op.OfOriginal:
		return chip.Field55
	case m.original != nil && m.original.carries(m.codec.held[HoldsChip]):
		return chip.Reversal55
	}
	return nil
}

// carries reports whether the requests of a row may have a field.
func (o *OpSpec) carries(number int) bool {
	for _, c := range o.Request {
		if c.Number == number {
			return true
		}
	}
	return false
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
	if m.op.OfOriginal {
		card.Chip.Reversal55 = m.field55
	} else {
		card.Chip.Field55 = m.field55
	}
}
