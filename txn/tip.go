package txn

import (
	"slices"

	"vpos/reader"
)

// The tip 小费: asked for in a sale where that is configured, or added to a sale of the
// open batch afterwards.

// tipEntered takes the tip; none is an empty entry, or nought.
func (m *machine) tipEntered(text reader.Secret) {
	tip, code := ParseAmount(string(text.Reveal()), m.Setup.Currency, m.Setup.MaxAmount)
	if code == AmountZero && m.Draft.Kind != Tip {
		tip, code = Money{Currency: m.Setup.Currency}, NoProblem
	}
	base := m.Draft.Amount.Minor - m.Draft.Tip.Minor
	most := m.Setup.MaxAmount
	if most == 0 || most > MaxMinor {
		most = MaxMinor
	}
	switch {
	case code != NoProblem:
	case m.Setup.MaxTip > 0 && tip.Minor > base*int64(m.Setup.MaxTip)/100:
		code = TipTooLarge
	case base+tip.Minor > most:
		code = AmountTooLarge
	}
	if code != NoProblem {
		m.Problem = code
		return
	}
	m.tipped = true
	m.Draft.Amount.Minor = base + tip.Minor
	m.Draft.Tip = Money{}
	if tip.Minor > 0 {
		m.Draft.Tip = tip
	}
	m.next()
}

// tippable is why a tip cannot be added to a transaction, or nothing.
func (m *machine) tippable(t *Transaction) Code {
	switch {
	case t == nil || t.Card.PAN.Empty() && !t.Kind.QR():
		return TraceUnknown
	case t.Status == Voided:
		return VoidAlready
	case t.Status == Open || t.Status == ReversalPending:
		return VoidPending
	case !Void.Takes(t.Kind) || t.Status != Approved:
		return TipNotSale
	case t.Kind.QR(): // no wallet takes more than it was shown
		return TipNotSale
	case slices.ContainsFunc(m.Untold, t.unheard):
		return AdviceFirst
	}
	return NoProblem
}

// unheard reports whether an advice is of a sale or of its last tip: until the host has
// heard it, nobody knows what the sale comes to.
func (t *Transaction) unheard(advice Transaction) bool {
	return advice.Kind.Told() && (advice.Key() == t.Key() || advice.Kind == Tip && advice.Of.Key == t.Key())
}
