package txn

import "vpos/reader"

// The shift 班次: the float in the drawer when an operator begins, the cash counted and
// what the operator's cards came to when the drawer is handed over 交班. Locking the
// terminal ends no shift.

// cashEntered takes what is in the drawer. Where a shift begins, Enter alone is an empty
// drawer; where it ends, nothing is taken for granted.
func (m *machine) cashEntered(text reader.Secret) {
	if m.drawing {
		return
	}
	amount := Money{Currency: m.Setup.Currency}
	if m.Leaving && text.Empty() {
		m.Problem = CountEmpty
		return
	}
	if !text.Empty() {
		parsed, code := ParseAmount(string(text.Reveal()), m.Setup.Currency, 0)
		if code != NoProblem && code != AmountZero {
			m.Problem = code
			return
		}
		amount.Minor = parsed.Minor
	}
	if m.Leaving && !m.recounted(amount.Minor) {
		return
	}
	m.drawing = true
	m.do(Drawer{Operator: m.Operator, Begin: !m.Leaving, Amount: amount})
}

// drawn runs once the cash is written down.
func (m *machine) drawn(e Drawn) {
	if !m.drawing {
		return
	}
	m.drawing = false
	switch {
	case e.Failed:
		m.Problem = StaffNoStore
	case e.Begin:
		m.idle()
	default:
		m.Shift, m.Name = &e.Shift, ShiftShown
	}
}

// cancelCash is Esc at the count: the shift goes on, or has not begun.
func (m *machine) cancelCash() {
	switch {
	case m.drawing:
		m.Problem = TooLate
	case m.Leaving:
		m.idle()
	default:
		m.lock(false)
	}
}

// handedOver leaves the terminal to the next operator.
func (m *machine) handedOver() {
	m.lock(false)
	m.Away = "" // whoever comes now is somebody else
}
