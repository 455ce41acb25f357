package tui

import (
	"time"

	"vpos/txn"
)

// staffed is a scene at a till with operators.
func staffed(keys string) func(b *bench) {
	return func(b *bench) {
		b.till.hire()
		b.feed(Changed{})
		b.keys(keys)
	}
}

// signedIn is the operator 01 at idle, a shift begun.
const signedIn = "01\n" + passcode + "\n20000\n"

var staffScenes = []scene{
	{"lock", txn.Lock, staffed("0")},
	{"lock-format", txn.Lock, staffed("5\n")},
	{"lock-away", txn.Lock, staffed(signedIn + "g")},
	{"lock-unknown", txn.Lock, staffed("77\n" + passcode + "\n")},
	{"lock-until", txn.Lock, staffed("01\n1234\n1234\n1234\n")},
	{"lock-idle", txn.Lock, func(b *bench) {
		staffed(signedIn + sold)(b)
		b.till.state.Setup.LockAfter = 15 * time.Minute
		b.till.pass(16 * time.Minute)
		b.feed(Changed{})
	}},
	{"lock-early", txn.Lock, staffed("1234m")},
	{"passcode", txn.Passcode, staffed("01\n25")},
	{"passcode-wrong", txn.Passcode, staffed("01\n1234\n")},
	{"passcode-short", txn.Passcode, staffed("01\n123\n")},
	{"newcode", txn.NewPasscode, staffed("03\n" + passcode + "\n86")},
	{"newcode-again", txn.NewPasscode, staffed("03\n" + passcode + "\n86420\n")},
	{"newcode-differs", txn.NewPasscode, staffed("03\n" + passcode + "\n86420\n97531\n")},
	{"newcode-weak", txn.NewPasscode, staffed("03\n" + passcode + "\n1111\n1111\n")},
	{"cash-begin", txn.CashEntry, staffed("01\n" + passcode + "\n20000")},
	{"idle-signed-in", txn.Idle, staffed(signedIn)},
	{"supervisor", txn.SupervisorEntry, staffed(signedIn + "v")},
	{"supervisor-not", txn.SupervisorEntry, staffed(signedIn + "r01\n" + passcode + "\n")},
	{"supervisor-passcode", txn.Passcode, staffed(signedIn + "v02\n97")},
	{"supervisor-keyed", txn.SupervisorEntry, func(b *bench) {
		b.till.state.Setup.GuardKeyed = true
		staffed(signedIn + sold)(b)
	}},
	{"supervised", txn.TraceEntry, staffed(signedIn + "v02\n" + passcode + "\n")},
	{"cash-end", txn.CashEntry, staffed(signedIn + "h31415")},
	{"cash-wrong", txn.CashEntry, staffed(signedIn + "h1.234\n")},
	{"cash-again", txn.CashEntry, staffed(signedIn + "h31415\n")},
	{"cash-differs", txn.CashEntry, staffed(signedIn + "h31415\n31416\n")},
	{"cash-enter", txn.CashEntry, staffed(signedIn + "h\n")},
	{"shift", txn.ShiftShown, staffed(signedIn + "h31415\n31415\n")},
	{"no-operators", txn.Idle, keyed("g")},
	{"no-supervisor", txn.Idle, func(b *bench) {
		b.till.state.Setup.Guarded = true
		b.keys("v")
	}},
}
