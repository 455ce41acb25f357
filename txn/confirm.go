package txn

import (
	"strconv"
	"strings"

	"vpos/reader"
)

// The confirmation. What takes money back, or cannot be taken back itself, is confirmed
// by typing a figure that is on the screen, never by Enter alone: keys come from a sleeve,
// from a queue that filled while the screen was another one, or from habit, and none of
// these types the digits of an amount by chance. An ordinary sale is confirmed by Enter
// alone: its amount was typed by hand a moment before, and the card was shown to it.
//
// The figure of a void, a release or a refund is its amount: whoever types it has read
// which transaction it is. That of a settlement is the net total: it is what the till is
// compared with, and it differs from day to day, while the number of a batch is typed
// from habit on the second day and is one digit on the first. Where the net is nothing,
// it is the batch's number all the same, since a lone 0 is what a stray key types.

// The codes of the confirmation.
const (
	ConfirmDigits  Code = "confirm.digits"  // Enter alone where the figure shown must be typed
	ConfirmDiffers Code = "confirm.differs" // what was typed is not the figure shown
	CountEmpty     Code = "count.empty"     // Enter alone where the drawer is counted
	CountDiffers   Code = "count.differs"   // the second count was another one
)

// Retyped reports whether a transaction of this kind is confirmed by typing a figure that
// is shown: it takes money back, or nothing takes it back.
func (k Kind) Retyped() bool {
	switch k {
	case Void, CompletionVoid, PreAuthVoid, Refund, Settlement:
		return true
	default:
		return false
	}
}

// figure is what must be typed to go on from the confirmation; false where Enter alone
// does, and elsewhere.
func (s *State) figure() (int64, bool) {
	d := &s.Draft
	switch {
	case s.Name == WarningShown:
		return d.Amount.Minor, !s.Overrules()
	case s.Name != Confirm && (s.Name != Settle || d.Totals == nil), !d.Kind.Retyped():
		return 0, false
	case d.Kind != Settlement:
		return d.Amount.Minor, true
	case d.Amount.Minor == 0 && d.Batch != 0:
		return int64(d.Batch), true
	case d.Amount.Minor == 0:
		return int64(s.Batch), true
	}
	return max(d.Amount.Minor, -d.Amount.Minor), true
}

// Figure is the digits to be typed to go on from the confirmation, as they are on the
// screen without their point: 1234 for 12.34. Empty where Enter alone does, and elsewhere.
func (s State) Figure() string {
	figure, wanted := s.figure()
	switch {
	case !wanted:
		return ""
	case s.ByBatch():
		return strconv.FormatInt(figure, 10)
	}
	shown := Money{Minor: figure, Currency: s.Draft.Amount.Currency}.Decimal()
	return strings.ReplaceAll(shown, ".", "")
}

// ByBatch reports whether it is the batch's number that closes it: its net is nothing.
func (s State) ByBatch() bool {
	_, wanted := s.figure()
	return wanted && s.Draft.Kind == Settlement && s.Draft.Amount.Minor == 0
}

// CardFirst reports whether the card must be shown again before the draft is confirmed.
func (s State) CardFirst() bool {
	return s.Name == Confirm && s.Draft.Kind.Voids() && s.Setup.VoidCard && !s.shown && s.Draft.Card.Entry != reader.QR
}

// unconfirmed is why an entry does not confirm the draft, or nothing. Where Enter alone
// does, digits were meant for another field.
func (m *machine) unconfirmed(text reader.Secret) Code {
	figure, wanted := m.figure()
	switch {
	case !wanted && !text.Empty():
		return NotHere
	case !wanted:
		return NoProblem
	case text.Empty():
		return ConfirmDigits
	case !types(text, figure):
		return ConfirmDiffers
	}
	return NoProblem
}

// unmarked takes away the marks that an amount is shown with.
var unmarked = strings.NewReplacer(".", "", ",", "", " ", "")

// types reports whether an entry is the digits of a figure. The marks that an amount is
// shown with may be among them.
func types(text reader.Secret, figure int64) bool {
	digits := unmarked.Replace(string(text.Reveal()))
	n, err := strconv.ParseInt(digits, 10, 64) // a batch may come to more than one amount can
	return err == nil && isDigits(digits) && n == figure
}

// confirmed takes Enter, behind the figure where one must be typed.
func (m *machine) confirmed(text reader.Secret) {
	if m.CardFirst() {
		m.Problem = VoidCardFirst
		return
	}
	if m.Problem = m.unconfirmed(text); m.Problem != NoProblem {
		return
	}
	if m.wantsPIN() {
		m.askPIN()
		return
	}
	m.process()
}

// recounted takes the count of the drawer twice alike, since it ends a shift and is
// written down as it is. It reports whether the count stands.
func (m *machine) recounted(minor int64) bool {
	switch {
	case !m.Repeat:
		m.Repeat, m.counted = true, minor
		return false
	case m.counted != minor:
		m.Repeat, m.Problem = false, CountDiffers
		return false
	}
	m.Repeat = false
	return true
}
