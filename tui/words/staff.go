package words

import (
	"fmt"

	"vpos/txn"
)

// staffFacts say whose PIN is asked for, and how often it may still be wrong.
func staffFacts(s txn.State) []Fact {
	label := OperatorLabel
	if s.Supervised() {
		label = RoleLabel
	}
	return []Fact{{label, s.Who}}
}

// StaffNotice is what must be seen of whoever signs in besides that: the tries left,
// or until when none is taken. Empty for nothing.
func StaffNotice(s txn.State, l Lang) string {
	switch {
	case s.Checking() && s.Name == txn.CashEntry:
		return StepStoring.In(l)
	case s.Checking():
		return StaffChecking.In(l)
	case s.Name == txn.Lock && s.Away != "" && s.Problem == txn.NoProblem:
		return LastOperator.Fill(l, s.Away)
	case s.Problem == txn.StaffWrong && s.Tries > 0:
		return TriesLeft.Fill(l, s.Tries)
	case s.Problem == txn.StaffLocked && !s.Until.IsZero():
		return LockedUntil.Fill(l, s.Until.Format("15:04"))
	}
	return ""
}

// shiftFacts are what a shift came to: the cards on both sides, then the drawer.
func shiftFacts(s txn.State) []Fact {
	shift := s.Shift
	if shift == nil {
		return nil
	}
	sum := shift.Totals.Sum()
	tally := func(t txn.Tally) string {
		return fmt.Sprintf("%d  %s", t.Count, txn.Money{Minor: t.Minor, Currency: s.Setup.Currency}.Grouped())
	}
	differs := shift.Count
	differs.Minor -= shift.Float.Minor
	return []Fact{
		{OperatorLabel, shift.Operator},
		{ShiftFrom, shift.From.Format("2006/01/02 15:04")},
		{SalesTotal, tally(sum.Debits)},
		{RefundsTotal, tally(sum.Credits)},
		{ShiftFloat, shift.Float.Grouped()},
		{ShiftCount, shift.Count.Grouped()},
		{ShiftDiffers, differs.Grouped()},
	}
}
