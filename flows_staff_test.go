package main

import (
	"testing"

	"vpos/tui/keypad"
	"vpos/tui/words"
	"vpos/txn"
)

// staffed is a shop with operators: 01, a supervisor, and 02, a cashier who has not
// chosen a PIN yet.
var staffed = []flow{
	{name: "signed in", turns: []turn{
		{say: "2", at: txn.Lock, wrong: txn.StaffFormat},
		{say: "77", at: txn.Passcode},
		{say: badPIN, at: txn.Lock, wrong: txn.StaffUnknown},
		{say: "02", at: txn.Passcode},
		{say: "12", at: txn.Passcode, wrong: txn.StaffPIN},
		{say: badPIN, at: txn.Passcode, wrong: txn.StaffWrong},
		{say: firstOfLi, at: txn.NewPasscode},
		{say: "1111", at: txn.NewPasscode, says: again},
		{say: "1111", at: txn.NewPasscode, wrong: txn.StaffWeak},
		{say: secondOfLi, at: txn.NewPasscode, says: again},
		{say: badPIN, at: txn.NewPasscode, wrong: txn.StaffDiffers},
		{say: secondOfLi, at: txn.NewPasscode, says: again},
		{say: secondOfLi, at: txn.CashEntry},
		{say: "20000", at: txn.Idle},
	}},
	{name: "sale", kind: txn.Sale, turns: joined(turn{say: "1234", at: txn.Present}, keyedCard(true, txn.Confirm), approvedByEnter)},
	{name: "void", kind: txn.Void, of: "sale", turns: []turn{
		begins(txn.SupervisorEntry),
		{say: "02", at: txn.Passcode},
		{say: secondOfLi, at: txn.SupervisorEntry, wrong: txn.StaffNotSuper},
		{say: "01", at: txn.Passcode},
		{say: ownOfWang, at: txn.TraceEntry},
		{say: "TRACE", at: txn.Confirm},
		{say: "1234", at: txn.ApprovedShown},
	}},
	{name: "refund given up", kind: txn.Refund, turns: []turn{begins(txn.SupervisorEntry), {say: "01", at: txn.Passcode}}},
	{name: "locked", opens: keypad.LockUp, turns: []turn{
		begins(txn.Lock), {at: txn.Passcode}, {say: secondOfLi, at: txn.Idle},
	}},
	{name: "handed over", opens: keypad.HandOver, turns: []turn{
		{say: beginning, at: txn.CashEntry, says: counting},
		{at: txn.CashEntry, wrong: txn.CountEmpty},
		{say: "15000", at: txn.CashEntry, says: counted},
		{say: "1500", at: txn.CashEntry, wrong: txn.CountDiffers},
		{say: "15000", at: txn.CashEntry, says: counted},
		{say: "15000", at: txn.ShiftShown},
		{at: txn.Lock},
		{say: "01", at: txn.Passcode},
		{say: ownOfWang, at: txn.CashEntry},
		{at: txn.Idle},
	}},
}

// What two states ask for the second time.
var (
	again    = words.Of(txn.State{Name: txn.NewPasscode, Repeat: true}).Prompt
	counting = words.Of(txn.State{Name: txn.CashEntry, Leaving: true}).Title
	counted  = words.Of(txn.State{Name: txn.CashEntry, Leaving: true, Repeat: true}).Prompt
)

// employ gives a folder the operators.
func employ(t *testing.T, data, config string) {
	t.Helper()
	for _, one := range []struct {
		lines []string
		args  []string
	}{
		{[]string{firstOfWang, firstOfWang}, []string{"01", "--name", "Wang", "--role", "supervisor"}},
		{[]string{"01", firstOfWang, ownOfWang, ownOfWang, firstOfLi, firstOfLi}, []string{"02", "--name", "Li"}},
	} {
		args := append([]string{"operator", "add", "--config", config}, one.args...)
		if said, ok := dictated(t, data, "en", one.lines, args...); !ok {
			t.Fatal(said)
		}
	}
}
