package deck

import "vpos/reader/deck/issuer"

// results are the card verification results of the method: what the card tells
// its issuer about this transaction and the one before.
func (c *Card) results() []byte {
	switch c.current.Cryptogram {
	case issuer.MastercardCVN16, issuer.MastercardCVN17:
		return c.mChipResults()
	case issuer.EMV:
		return c.coreResults()
	case issuer.VisaCVN10, issuer.VisaCVN18, issuer.PBOC:
	}
	return c.visaResults()
}

// given writes which cryptograms were given: the second in bits 8 and 7, the
// first in bits 6 and 5 (the same in all three layouts).
func (e *exchange) given() byte {
	second := byte(2) << 6 // not asked for
	if e.second != acNone {
		second = e.second // AAC 00, TC 01: the bits of 9F27
	}
	return second | e.first>>2
}

// bits adds up the masks whose condition holds.
func bits(pairs ...bit) byte {
	out := byte(0)
	for _, p := range pairs {
		if p.set {
			out |= p.mask
		}
	}
	return out
}

type bit struct {
	mask byte
	set  bool
}

// visaResults are four bytes, the first their length (JR/T 0025.5, A).
func (c *Card) visaResults() []byte {
	e, s := &c.live, &c.current.state
	return []byte{
		3,
		e.given() | bits(bit{0x08, e.issuerTried && !e.issuerGood}, bit{0x04, e.pinTried},
			bit{0x02, e.pinTried && !e.pinGood}, bit{0x01, e.unable}),
		bits(bit{0x40, s.Tries == 0}, bit{0x20, e.overLower || e.overUpper}, bit{0x10, s.LastOnline == 0},
			bit{0x04, e.second != acNone && !e.unable && !e.issuerTried}),
		byte(min(s.Scripts, 15))<<4 | bits(bit{0x08, s.ScriptFailed}, bit{0x02, e.dda || e.cdaFirst || e.cdaLast}), //nolint:gosec // bounded
	}
}

// mChipResults are six bytes, as far as they are public.
func (c *Card) mChipResults() []byte {
	e, s := &c.live, &c.current.state
	return []byte{
		e.given() | bits(bit{0x04, e.pinTried}, bit{0x02, e.pinTried && e.pinEnciphered}, bit{0x01, e.pinGood}),
		bits(bit{0x80, e.dda}, bit{0x40, e.cdaFirst}, bit{0x20, e.cdaLast},
			bit{0x10, e.issuerTried}),
		byte(min(s.Scripts, 15))<<4 | byte(s.Tries), //nolint:gosec // both at most 15
		bits(bit{0x40, e.unable}, bit{0x20, !e.pinTried}, bit{0x10, e.pinTried && !e.pinGood}, bit{0x08, s.Tries == 0}),
		bits(bit{0x80, e.overLower}, bit{0x40, e.overUpper}, bit{0x04, e.issuerTried && !e.issuerGood},
			bit{0x02, s.Scripts > 0}, bit{0x01, s.ScriptFailed}),
		0,
	}
}

// coreResults are the five bytes of Book 3, C9.3.
func (c *Card) coreResults() []byte {
	e, s := &c.live, &c.current.state
	return []byte{
		e.given() | bits(bit{0x08, e.cdaFirst || e.cdaLast}, bit{0x04, e.dda}, bit{0x02, !e.issuerTried},
			bit{0x01, e.issuerTried && !e.issuerGood}),
		byte(s.Tries)<<4 | bits(bit{0x08, e.pinTried}, bit{0x04, e.pinTried && !e.pinGood}, bit{0x02, s.Tries == 0}), //nolint:gosec // at most 15
		bits(bit{0x80, e.overLower}, bit{0x40, e.overUpper}),
		byte(min(s.Scripts, 15))<<4 | bits(bit{0x08, s.ScriptFailed}, bit{0x01, e.unable}), //nolint:gosec // bounded
		0,
	}
}
