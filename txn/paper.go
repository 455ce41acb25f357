package txn

import (
	"cmp"
	"slices"

	"vpos/reader"
)

// Slips. Paper never changes money: whatever the printer does, the transaction
// stands, and what was not printed stays owed.

// feed sends one slip to the printer.
func (m *machine) feed(s Slip) {
	m.Slip, m.feeding = s, true
	m.do(Print{Slip: s})
}

// slip is one of the draft's, as the draft is now: marked where it is a reprint, or where
// one may be on paper already.
func (m *machine) slip(c Copy) Slip {
	t := m.Draft
	return Slip{Txn: &t, Copy: c, Duplicate: m.again || m.doubted.Has(c)}
}

// tearOff is Enter on an approved sale or at the printer: the copies that are
// missing come next, in order.
func (m *machine) tearOff() {
	if m.Name == ApprovedShown {
		m.Name = Printing
		m.papers, m.again = m.Draft.owes(), false
	}
	m.feedNext()
}

// feedNext prints the next slip, or ends when there is none left.
func (m *machine) feedNext() {
	switch {
	case m.feeding:
	case m.papers.Has(MerchantCopy):
		m.feed(m.slip(MerchantCopy))
	case m.papers.Has(CardholderCopy):
		m.feed(m.slip(CardholderCopy))
	default:
		m.idle()
	}
}

func (m *machine) printed(s Slip) {
	if s.Copy == FaultSlip {
		m.faultSlipOut(s)
		return
	}
	m.feeding = false
	t, row := *s.Txn, RecPrinted
	if s.Duplicate {
		row, t.Operator = RecReprinted, m.Operator // whoever wanted it again
	}
	t.Printed = t.Printed.With(s.Copy)
	m.write(row, t.Key(), Record{Type: row, Txn: t, Copy: s.Copy})
	m.paid(t.Key(), s.Copy)
	if m.Draft.Key() != t.Key() {
		return
	}
	m.Draft.Printed = m.Draft.Printed.With(s.Copy)
	m.papers &^= Copies(s.Copy)
	if m.Name == Printing {
		m.feedNext()
	}
}

func (m *machine) printFailed(s Slip, why Code) {
	if s.Copy == FaultSlip {
		m.calling = false // the next try in vain prints it
		return
	}
	m.feeding = false
	if m.Draft.Key() == s.Txn.Key() {
		m.Problem = cmp.Or(why, PrinterFault)
	}
}

// printUnsure asks whoever stands there to look at the paper. A slip of which the screen
// has moved on stays owed, and what is owed comes marked.
func (m *machine) printUnsure(s Slip, why Code) {
	if s.Copy == FaultSlip {
		m.calling = false // the next try in vain prints it
		return
	}
	m.feeding = false
	if m.Draft.Key() != s.Txn.Key() {
		return
	}
	m.doubted = m.doubted.With(s.Copy)
	m.looking, m.Name, m.Problem = m.Name, PaperEntry, cmp.Or(why, PrinterFault)
}

// What is answered at paper.
const (
	paperOut  = "1" // the slip is there, whole
	paperLost = "2" // it is not: it comes again, marked
)

// paperEntered is what somebody saw who looked at the paper.
func (m *machine) paperEntered(text reader.Secret) {
	switch string(text.Reveal()) {
	case paperOut:
		m.Name = m.looking
		m.printed(m.Slip)
	case paperLost:
		m.Name = m.looking
		m.feed(m.slip(m.Slip.Copy))
	default:
		m.Problem = PaperAnswer
	}
}

// noPaper is Esc: the cardholder wants no copy. A copy the printer refused, and
// the merchant's own, stay owed.
func (m *machine) noPaper(jammed bool) {
	if m.feeding {
		m.Problem = NotHere
		return
	}
	d := m.Draft
	switch {
	case d.Status != Approved || m.Slip.Duplicate:
	case !jammed && d.owes() == Copies(CardholderCopy):
		d.Printed = d.Printed.With(CardholderCopy)
		m.write(RecWaived, d.Key(), Record{Type: RecWaived, Txn: d, Copy: CardholderCopy})
	case d.owes() != 0:
		m.Owed = append(slices.Clone(m.Owed), d)
	}
	m.idle()
}

// owes is the paper of an approved transaction that has not left the printer.
func (t *Transaction) owes() Copies { return t.Kind.Copies() &^ t.Printed }

// paid takes a copy off what is owed.
func (m *machine) paid(k Key, c Copy) {
	if !slices.ContainsFunc(m.Owed, func(t Transaction) bool { return t.Key() == k }) {
		return
	}
	owed := make([]Transaction, 0, len(m.Owed))
	for _, t := range m.Owed {
		if t.Key() == k {
			t.Printed = t.Printed.With(c)
		}
		if t.owes() != 0 {
			owed = append(owed, t)
		}
	}
	m.Owed = owed
}

// notOwed drops what is owed of a transaction that was taken back.
func (m *machine) notOwed(k Key) {
	m.Owed = slices.DeleteFunc(slices.Clone(m.Owed), func(t Transaction) bool { return t.Key() == k })
}

// reprintable is why there is no slip of a transaction to print again, or nothing.
func (m *machine) reprintable(t *Transaction) Code {
	switch {
	case t == nil:
		return TraceUnknown
	case t.Status != Approved || t.Kind.Copies() == 0:
		return NoSlip
	case t.Card.PAN.Empty() && t.Kind != Settlement && !t.Kind.QR():
		return NoSlip // its number was shredded with its batch's key
	}
	return NoProblem
}

// reprint prints both copies of an old transaction again, marked DUPLICATE.
func (m *machine) reprint(t *Transaction) {
	m.Draft, m.Name = *t, Printing
	m.papers, m.again = t.Kind.Copies(), true
	m.doubted = 0
	m.feedNext()
}
