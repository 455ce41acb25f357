package tui

import (
	"errors"

	"time"

	"vpos/reader"
	"vpos/txn"
)

// What every kind of transaction but a sale shows, from its first state to its ends.

const (
	card      = visa + "\n1230\n"  // keyed, where no code is asked for
	coded     = card + "123\n"     // and where it is
	reference = "326140300001\n"   // of a sale
	done      = "\n\n\n"           // confirmed, both slips printed, back at idle
	aSale     = sold + done        // trace number 1
	aHold     = "a10000\n" + coded // to be confirmed
	held      = aHold + done       // approval code 831000
	ofHold    = card + "831000\n1122\n"
	payCode   = "134567890123456789"       // of WeChat's
	aScan     = "w1234\n" + payCode + "\n" // to be confirmed
	refunded  = "r" + card + reference + "1121\n5000\n"
)

// keyed is a scene that keys alone lead to.
func keyed(keys string) func(b *bench) { return func(b *bench) { b.keys(keys) } }

// with is a scene that ends with keys at another host.
func with(keys string, host func(txn.Request) []txn.Event, then string) func(b *bench) {
	return func(b *bench) {
		b.keys(keys)
		b.till.host = host
		b.keys(then)
	}
}

// payable is a code on the screen that nobody has paid yet.
func payable(b *bench) {
	b.keys("y1234\n")
	b.till.state.Signed = true
	b.till.host = answer("")
	b.keys("\n")
	b.now = b.till.now.Add(14 * time.Second)
	b.feed(Changed{})
}

var kindScenes = []scene{
	{"menu-held", txn.Menu, keyed("m4")},
	{"menu-other", txn.Menu, keyed("m6")},
	{"menu-records", txn.Menu, keyed("m7")},
	{"menu-day", txn.Menu, keyed("m8")},
	{"menu-terminal", txn.Menu, keyed("m9")},
	{"menu-nothing", txn.Menu, keyed("m47")},

	{"moto-amount", txn.AmountEntry, keyed("k1234")},
	{"moto-pan", txn.PANEntry, keyed("k1234\n4111")},
	{"moto-confirm", txn.Confirm, keyed("k1234\n" + coded)},
	{"moto-approved", txn.ApprovedShown, keyed("k1234\n" + coded + "\n")},
	{"moto-declined", txn.DeclinedShown, with("k1234\n"+coded, answer("51"), "\n")},

	{"reference", txn.ReferenceEntry, keyed("r" + card + "32614")},
	{"reference-wrong", txn.ReferenceEntry, keyed("r" + card + "32614\n")},
	{"date", txn.DateEntry, keyed("r" + card + reference + "11")},
	{"date-wrong", txn.DateEntry, keyed("r" + card + reference + "1311\n")},
	{"refund-present", txn.Present, keyed("r")},
	{"refund-amount", txn.AmountEntry, keyed("r" + card + reference + "1121\n5000")},
	{"refund-limit", txn.AmountEntry, func(b *bench) {
		b.till.state.Setup.MaxRefund = 1000
		b.keys(refunded)
	}},
	{"refund-confirm", txn.Confirm, keyed(refunded)},
	{"refund-enter", txn.Confirm, keyed(refunded + "\n")},
	{"refund-digits", txn.Confirm, keyed(refunded + "500")},
	{"refund-differs", txn.Confirm, keyed(refunded + "500\n")},
	{"refund-approved", txn.ApprovedShown, keyed(refunded + "#\n")},
	{"refund-declined", txn.DeclinedShown, with(refunded, answer("25"), "#\n")},
	{"refund-asked", txn.UnknownShown, with(refunded, silent(txn.OpRefund), "#\n")},

	{"balance-present", txn.Present, keyed("b")},
	{"balance-confirm", txn.Confirm, keyed("b" + card)},
	{"balance-approved", txn.ApprovedShown, keyed("b" + card + "\n")},
	{"balance-printed", txn.ApprovedShown, keyed("b" + card + "\n2")},
	{"balance-none", txn.ApprovedShown, with("b"+card, func(r txn.Request) []txn.Event {
		r.Op = txn.OpRefund // as any answer without a balance
		reply := answer("00")(r)[0].(txn.Replied)
		reply.Reply.Op = txn.OpBalance
		return []txn.Event{reply}
	}, "\n")},
	{"balance-lost", txn.DeclinedShown, with("b"+card, silent(txn.OpBalance), "\n")},
	{"balance-asked", txn.Processing, func(b *bench) {
		b.keys("b" + card)
		b.till.state.Signed = true
		b.till.host = answer("")
		b.keys("\n")
		b.now = b.till.now.Add(14 * time.Second)
		b.feed(Changed{})
	}},

	{"offline-authcode", txn.AuthEntry, keyed("o1234\n" + card + "8a3")},
	{"offline-confirm", txn.Confirm, keyed("o1234\n" + card + "8a31zl\n")},
	{"offline-approved", txn.ApprovedShown, keyed("o1234\n" + card + "8a31zl\n\n")},
	{"offline-waits", txn.Idle, with("", func(r txn.Request) []txn.Event {
		return []txn.Event{txn.SendFailed{Op: r.Op, STAN: r.STAN}}
	}, "o1234\n"+card+"8a31zl\n"+done)},
	{"offline-refused", txn.DeclinedShown, with("", refusing(txn.OpOffline, "57"), "o1234\n"+card+"8a31zl\n\n")},
	{"declined-referral", txn.DeclinedShown, func(b *bench) { b.till.host = answer("01"); b.keys(sold + "\n") }},
	{"declined-printed", txn.DeclinedShown, with(sold, answer("51"), "\n2")},
	{"declined-no-paper", txn.DeclinedShown, func(b *bench) {
		b.acct.jam = jammed{why: txn.PrinterPaperOut}
		b.till.host = answer("51")
		b.keys(sold + "\n2")
	}},
	{"declined-half-paper", txn.DeclinedShown, func(b *bench) {
		b.acct.jam = jammed{txn.PrinterBroken, true}
		b.till.host = answer("01")
		b.keys(sold + "\n2")
	}},
	{"voice-code", txn.AuthEntry, func(b *bench) { b.till.host = answer("02"); b.keys(sold + "\n1") }},

	{"tip", txn.TipEntry, func(b *bench) { b.till.state.Setup.Tips = true; b.keys("10000\n1500") }},
	{"tip-large", txn.TipEntry, func(b *bench) {
		b.till.state.Setup.Tips, b.till.state.Setup.MaxTip = true, 20
		b.keys("10000\n2100\n")
	}},
	{"tip-in-sale", txn.Confirm, func(b *bench) {
		b.till.state.Setup.Tips = true
		b.keys("10000\n1500\n" + coded)
	}},
	{"tip-in-sale-approved", txn.ApprovedShown, func(b *bench) {
		b.till.state.Setup.Tips = true
		b.keys("10000\n1500\n" + coded + "\n")
	}},
	{"tip-trace", txn.TraceEntry, keyed("t12")},
	{"tip-entry", txn.TipEntry, keyed(aSale + "t1\n150")},
	{"tip-confirm", txn.Confirm, keyed(aSale + "t1\n150\n")},
	{"tip-approved", txn.ApprovedShown, keyed(aSale + "t1\n150\n\n")},
	{"tip-refused", txn.DeclinedShown, with(aSale, refusing(txn.OpTip, "58"), "t1\n150\n\n")},
	{"tip-not-sale", txn.TraceEntry, keyed(held + "t1\n")},

	{"scan-amount", txn.AmountEntry, keyed("w1234")},
	{"paycode", txn.PayCodeEntry, keyed("w1234\n13456")},
	{"paycode-wrong", txn.PayCodeEntry, keyed("w1234\n9" + payCode[1:] + "\n")},
	{"scan-confirm", txn.Confirm, keyed(aScan)},
	{"scan-approved", txn.ApprovedShown, keyed(aScan + "\n")},
	{"scan-declined", txn.DeclinedShown, with(aScan, answer("51"), "\n")},
	{"scan-unknown", txn.UnknownShown, with(aScan, silent(txn.OpQR), "\n")},
	{"scan-void-confirm", txn.Confirm, keyed(aScan + done + "v1\n")},
	{"scan-voided", txn.ApprovedShown, keyed(aScan + done + "v1\n#\n")},
	{"show-confirm", txn.Confirm, keyed("y1234\n")},
	{"show-payable", txn.Processing, payable},
	{"show-payable-standing", txn.Processing, func(b *bench) {
		payable(b)
		b.till.state.Trouble = txn.DiskFailed // a warning line, which takes the code's room
		b.feed(Changed{})
	}},
	{"show-approved", txn.ApprovedShown, keyed("y1234\n\n")},
	{"show-declined", txn.DeclinedShown, with("y1234\n", answer("05"), "\n")},
	{"journal-code", txn.Journal, func(b *bench) {
		b.keys("j")
		l := &b.m.list.Lines[0]
		l.Kind, l.PAN, l.Brand, l.Entry, l.Wallet = txn.Scan, "****6789", "", reader.QR, reader.UnionPayQR
		l = &b.m.list.Lines[1]
		l.Kind, l.PAN, l.Brand, l.Entry = txn.Show, "", "", reader.QR
	}},
	{"help-paycode", txn.PayCodeEntry, keyed("w1234\n?")},

	{"signed-on", txn.ApprovedShown, keyed("n")},
	{"sign-on-refused", txn.DeclinedShown, with("", refusing(txn.OpSignOn, "97"), "n")},
	{"sign-on-lost", txn.DeclinedShown, with("", func(r txn.Request) []txn.Event {
		return []txn.Event{txn.SendFailed{Op: r.Op, STAN: r.STAN}}
	}, "n")},
	{"signed-on-printed", txn.ApprovedShown, keyed("n" + "2")},
	{"signing-on", txn.Processing, with("", func(txn.Request) []txn.Event { return nil }, "n")},
	{"signed-off", txn.ApprovedShown, keyed("m83")},

	{"report", txn.ReportShown, func(b *bench) { b.keys("z") }},
	{"report-end", txn.ReportShown, func(b *bench) { b.keys("z"); b.m.cursor = 1 << 20 }},
	{"report-printed", txn.ReportShown, func(b *bench) { b.keys("z\n") }},
	{"report-jammed", txn.ReportShown, func(b *bench) { b.acct.jam = errors.New("jammed"); b.keys("z\n") }},
	{"report-failed", txn.ReportShown, func(b *bench) { b.acct.fail = true; b.keys("z\n") }},
	{"help-report", txn.ReportShown, func(b *bench) { b.keys("z?") }},
	{"journal-refund", txn.Journal, func(b *bench) { b.keys("j"); b.m.cursor = 12 }},
	{"journal-kinds", txn.Journal, func(b *bench) { b.keys("j"); b.m.cursor = 25 }},
	{"help-refund", txn.Confirm, keyed(refunded + "?")},
	{"help-authcode", txn.AuthEntry, keyed("o1234\n" + card + "?")},
	{"batch-full", txn.DeclinedShown, func(b *bench) {
		b.keys(aSale)
		b.till.state.Setup.BatchMax = 1
		b.keys(sold + "\n")
	}},
}

var heldScenes = []scene{
	{"authcode", txn.AuthEntry, keyed("f" + card + "831")},
	{"preauth-amount", txn.AmountEntry, keyed("a10000")},
	{"preauth-confirm", txn.Confirm, keyed(aHold)},
	{"preauth-approved", txn.ApprovedShown, keyed(aHold + "\n")},
	{"preauth-declined", txn.DeclinedShown, with(aHold, answer("51"), "\n")},
	{"preauth-unknown", txn.UnknownShown, with(aHold, silent(txn.OpAuth), "\n")},

	{"increment-amount", txn.AmountEntry, keyed(held + "m42" + ofHold + "2500")},
	{"increment-confirm", txn.Confirm, keyed(held + "m42" + ofHold + "2500\n")},
	{"increment-approved", txn.ApprovedShown, keyed(held + "m42" + ofHold + "2500\n\n")},

	{"release-confirm", txn.Confirm, keyed(held + "m43" + ofHold)},
	{"release-enter", txn.Confirm, keyed(held + "m43" + ofHold + "\n")},
	{"release-approved", txn.ApprovedShown, keyed(held + "m43" + ofHold + "#\n")},
	{"release-unknown", txn.UnknownShown, with(held+"m43"+ofHold, silent(txn.OpAuthVoid), "#\n")},

	{"completion-date", txn.DateEntry, keyed(held + "f" + card + "831000\n")},
	{"completion-amount", txn.AmountEntry, keyed(held + "f" + ofHold + "11000")},
	{"completion-overrun", txn.AmountEntry, keyed(held + "f" + ofHold + "11501\n")},
	{"completion-unheld", txn.AmountEntry, keyed("f" + ofHold + "11000")},
	{"completion-other", txn.DateEntry, keyed(held + "f5555555555554444\n1230\n831000\n1122\n")},
	{"completion-confirm", txn.Confirm, keyed(held + "f" + ofHold + "11000\n")},
	{"completion-approved", txn.ApprovedShown, keyed(held + "f" + ofHold + "11000\n\n")},
	{"completion-declined", txn.DeclinedShown, with(held+"f"+ofHold+"11000\n", answer("25"), "\n")},
	{"completion-unknown", txn.UnknownShown, with(held+"f"+ofHold+"11000\n", silent(txn.OpComplete), "\n")},

	{"uncomplete-trace", txn.TraceEntry, keyed("m45")},
	{"uncomplete-wrong", txn.TraceEntry, keyed(aSale + "m451\n")},
	{"uncomplete-confirm", txn.Confirm, keyed(held + "f" + ofHold + "11000\n" + done + "m452\n")},
	{"uncomplete-card", txn.Confirm, func(b *bench) {
		b.till.state.Setup.VoidCard = true
		b.keys(held + "f" + ofHold + "11000\n" + done + "m452\n\n")
	}},
	{"uncomplete-approved", txn.ApprovedShown, keyed(held + "f" + ofHold + "11000\n" + done + "m452\n#\n")},
}
