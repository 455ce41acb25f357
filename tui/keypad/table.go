package keypad

import (
	"slices"

	"vpos/tui/words"
	"vpos/txn"
)

// in enables a binding in the states named.
func in(names ...txn.Name) func(txn.State) bool {
	return func(s txn.State) bool { return slices.Contains(names, s.Name) }
}

func always(txn.State) bool { return true }

// left is the paper of an approved transaction that has not come out.
func left(s txn.State) txn.Copies {
	if s.Name != txn.ApprovedShown {
		return 0
	}
	return s.Draft.Kind.Copies() &^ s.Draft.Printed
}

// slipLeft says that not even the merchant's copy has come out.
func slipLeft(s txn.State) bool { return left(s).Has(txn.MerchantCopy) }

// copyLeft says that the cardholder's copy can still be printed.
func copyLeft(s txn.State) bool { return left(s).Has(txn.CardholderCopy) }

// noCopy says that a result has no cardholder's copy at all.
func noCopy(s txn.State) bool {
	return s.Name == txn.ApprovedShown && !s.Draft.Kind.Copies().Has(txn.CardholderCopy)
}

// unsent says that nothing is on its way to the bank yet: Esc still stops it.
func unsent(s txn.State) bool { return s.Name == txn.Processing && s.Draft.Status == txn.Drafted }

// typesPIN says that the PIN is typed here, and keyedOnReader that it is not.
func typesPIN(s txn.State) bool      { return s.Name == txn.PINEntry && !s.PIN.Pad }
func keyedOnReader(s txn.State) bool { return s.Name == txn.PINEntry && s.PIN.Pad }

// unreckoned says that there is nothing to settle yet, or that it could not be read.
func unreckoned(s txn.State) bool { return s.Name == txn.Settle && s.Draft.Totals == nil }

// overruled says that a supervisor must let a warning pass.
func overruled(s txn.State) bool { return s.Name == txn.WarningShown && s.Overrules() }

// offered says that an empty Enter takes the date on offer.
func offered(s txn.State) bool { return s.Name == txn.ExpiryEntry && s.Offer != "" }

// countsCash says that the drawer is counted at the end of a shift.
func countsCash(s txn.State) bool { return s.Name == txn.CashEntry && s.Leaving }

// at enables a binding in a state of transactions of these kinds.
func at(name txn.Name, kinds ...txn.Kind) func(txn.State) bool {
	return func(s txn.State) bool { return s.Name == name && slices.Contains(kinds, s.Draft.Kind) }
}

// signsIn says that a PIN is an operator's own, and lets nothing else pass.
func signsIn(s txn.State) bool { return s.Name == txn.Passcode && !s.Supervised() }

// opening says that a supervisor is asked to open a screen, and no money is in sight.
func opening(s txn.State) bool {
	return s.Toward != "" && (s.Name == txn.SupervisorEntry || s.Name == txn.Passcode)
}

// byTrace says that a transaction goes by the trace number of an earlier one.
func byTrace(name txn.Name) func(txn.State) bool {
	return at(name, txn.Void, txn.CompletionVoid, txn.Tip)
}

// asking says that the host is asked again until it answers.
func asking(s txn.State) bool { return s.Name == txn.UnknownShown && s.Draft.Status == txn.Asking }

// keepsAmount says that another card may pay what this one did not.
func keepsAmount(s txn.State) bool {
	return at(txn.DeclinedShown, "", txn.Sale, txn.PreAuth, txn.Offline)(s)
}

// slipMissing says that an empty Enter prints what is owed.
func slipMissing(s txn.State) bool {
	return s.Name == txn.TraceEntry && s.Draft.Kind == "" && len(s.Owed) > 0
}

// spelled says that the field takes letters, which are then no shortcuts.
func spelled(s txn.State) bool { return FieldAt(s).lettered() }

func unspelled(s txn.State) bool { return !spelled(s) }

// slipWaits says that a slip is missing and nothing else is being done.
func slipWaits(s txn.State) bool { return s.Name == txn.Idle && len(s.Owed) > 0 }

// printable says that what is on the screen can be put on paper, and no slip is owed of it: a
// refusal of the host's, a balance, a sign-on, what a device check found.
func printable(s txn.State) bool {
	switch d := s.Draft; s.Name {
	case txn.DoctorShown:
		return true
	case txn.ApprovedShown:
		return d.Kind == txn.Balance && s.Left != nil || d.Kind == txn.SignOn
	case txn.DeclinedShown:
		return d.Status == txn.Declined && !d.Kind.Managing() && d.Kind != txn.Settlement
	}
	return false
}

// reprinting tells the paper of an old sale from that of a new one.
func reprinting(s txn.State) bool { return s.Name == txn.Printing && s.Slip.Duplicate }

// The keys as they are printed on a keyboard.
var (
	capEnter  = letter("Enter")
	capCancel = letter("Esc")
	capClear  = letter("Bksp")
)

func letter(s string) words.Text { return words.Text{EN: s, ZH: s} }

var (
	keysEnter  = []string{"enter", "kpenter", "ctrl+j"}
	keysCancel = []string{"esc", "ctrl+c"}
)

func enter(when func(txn.State) bool, short, help words.Text) Binding {
	return Binding{Action: Enter, Keys: keysEnter, Cap: capEnter, Short: short, Help: help, Foot: 1, When: when}
}

func cancel(when func(txn.State) bool, short, help words.Text) Binding {
	return Binding{Action: Cancel, Keys: keysCancel, Cap: capCancel, Short: short, Help: help, Plain: "cancel", Foot: 2, When: when}
}

func hasField(s txn.State) bool { return FieldAt(s) != NoField }

// table is in the order of the help screen. Where two rows share a key in a
// state, the first enabled one counts.
var table = slices.Concat(
	enterRows, cancelRows, bookRows, fieldRows, cardRows, menuRows, settingsRows, privacyRows, quietRows,
)
