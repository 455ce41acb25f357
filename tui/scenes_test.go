package tui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"vpos/txn"
)

// scene brings a bench to one situation worth looking at.
type scene struct {
	name  string
	state txn.Name
	set   func(b *bench)
}

// owe takes away paper of two transactions of the ledger, one with a very large
// amount.
func owe(b *bench) {
	cny, _ := txn.CurrencyByCode("CNY")
	at := func(stan txn.STAN, minor int64) txn.Transaction {
		return txn.Transaction{
			Kind: txn.Sale, Batch: 1, STAN: stan, Amount: txn.Money{Minor: minor, Currency: cny},
			At: start.Add(-time.Hour), Status: txn.Approved,
		}
	}
	b.till.state.Owed = []txn.Transaction{at(12, 999_999_999_999), at(60, 1234)}
	b.feed(Changed{})
}

// dayTotals is a day's batch, cards from abroad among them.
var dayTotals = txn.Totals{
	Domestic: txn.Sides{Debits: txn.Tally{Count: 42, Minor: 1_234_567}, Credits: txn.Tally{Count: 1, Minor: 8_800}},
	Foreign:  txn.Sides{Debits: txn.Tally{Count: 3, Minor: 99_900}},
}

const sold = "1234\n" + visa + "\n1230\n123\n"

var scenes = slices.Concat(saleScenes, chipScenes, kindScenes, heldScenes, staffScenes, guardScenes, bookScenes, doctorScenes,
	settingScenes, goodsScenes)

// sampled is the scenes that a test goes through: all, or one in five under the race detector,
// which has nothing to find in a picture and takes ten times as long. `make test` goes
// through all of them without it.
func sampled(all []scene) []scene {
	if !raced {
		return all
	}
	var some []scene
	for i := 0; i < len(all); i += 5 {
		some = append(some, all[i])
	}
	return some
}

var saleScenes = []scene{
	{"idle", txn.Idle, func(*bench) {}},
	{"idle-troubled", txn.Idle, func(b *bench) {
		b.till.paper = func(s txn.Slip) txn.Event { return txn.PrintFailed{Slip: s} }
		b.keys(sold + "\n\x1b")
		b.till.host = func(r txn.Request) []txn.Event {
			return []txn.Event{txn.SendFailed{Op: r.Op, STAN: r.STAN, Written: true}}
		}
		b.keys(sold + "\n\n")
		b.till.disk = func(a txn.Append) txn.Event { return txn.StoreFailed{Tag: a.Tag} }
		b.till.state.Trouble = txn.DiskFailed
		b.feed(Changed{})
	}},
	{"amount", txn.AmountEntry, func(b *bench) { b.keys("123456") }},
	{"amount-sum", txn.AmountEntry, func(b *bench) { b.keys("3*4.50+2") }},
	{"amount-huge", txn.AmountEntry, func(b *bench) { b.keys("123456789012\n") }},
	{"amount-card", txn.AmountEntry, func(b *bench) { b.burst(stripe, time.Millisecond); b.wait(time.Second); b.keys("88") }},
	{"settle", txn.Settle, func(b *bench) {
		b.till.totals = dayTotals
		b.keys("s")
	}},
	{"settle-empty", txn.Settle, func(b *bench) { b.keys("s") }},
	{"settle-enter", txn.Settle, func(b *bench) {
		b.till.totals = dayTotals
		b.keys("s\n")
	}},
	{"settle-digits", txn.Settle, func(b *bench) {
		b.till.totals = dayTotals
		b.keys("s1325")
	}},
	{"settle-nothing", txn.Settle, func(b *bench) {
		b.till.totals = dayTotals
		b.till.totals.Domestic.Credits = b.till.totals.Domestic.Debits
		b.till.totals.Foreign = txn.Sides{}
		b.keys("s")
	}},
	{"settled", txn.ApprovedShown, func(b *bench) {
		b.till.totals = dayTotals
		b.keys("s#\n")
	}},
	{"settle-lost", txn.UnknownShown, func(b *bench) {
		b.till.totals = dayTotals
		b.till.host = func(r txn.Request) []txn.Event {
			return []txn.Event{txn.SendFailed{Op: r.Op, STAN: r.STAN, Written: true}}
		}
		b.till.state.Signed = true
		b.keys("s#\n")
	}},
	{"settle-differs", txn.DeclinedShown, func(b *bench) {
		b.till.totals = dayTotals
		b.till.state.Signed = true
		b.till.host = func(r txn.Request) []txn.Event {
			code := "95"
			if r.Op == txn.OpUpload {
				code = "00"
			}
			return []txn.Event{txn.Replied{Reply: txn.Reply{
				Op: r.Op, STAN: r.STAN, Terminal: r.Terminal, Merchant: r.Merchant, Result: txn.Result{Code: code},
			}}}
		}
		b.keys("s#\n")
	}},
	{"frozen", txn.DeclinedShown, func(b *bench) {
		b.till.totals = dayTotals
		b.till.state.Signed = true
		b.till.host = func(r txn.Request) []txn.Event {
			return []txn.Event{txn.SendFailed{Op: r.Op, STAN: r.STAN, Written: true}}
		}
		b.keys("s#\n\n" + sold + "\n")
	}},
	{"otp", txn.OTPEntry, func(b *bench) {
		b.till.host = answer("1A")
		b.keys(sold + "\n1234")
	}},
	{"otp-wrong", txn.OTPEntry, func(b *bench) {
		b.till.host = answer("1A")
		b.keys(sold + "\n123456\n")
	}},
	{"present", txn.Present, func(b *bench) { b.keys("1234\n") }},
	{"present-misread", txn.Present, func(b *bench) {
		b.keys("1234\n")
		b.burst("；4111111111111111？\r", time.Millisecond)
		b.wait(time.Second)
	}},
	{"pan", txn.PANEntry, func(b *bench) { b.keys("1234\n411111111111") }},
	{"pan-whole", txn.PANEntry, func(b *bench) { b.keys("1234\n" + visa) }},
	{"pan-wrong", txn.PANEntry, func(b *bench) { b.keys("1234\n5555555555554445\n") }},
	{"pan-twice", txn.PANEntry, func(b *bench) { b.keys("1234\n6224242900000110\n") }},
	{"expiry", txn.ExpiryEntry, func(b *bench) { b.keys("1234\n" + visa + "\n1230") }},
	{"expiry-offer", txn.ExpiryEntry, func(b *bench) { b.keys("1234\n" + visa + "\n3007\n") }},
	{"cvv", txn.CVVEntry, func(b *bench) { b.keys("1234\n" + visa + "\n1230\n12") }},
	{"confirm", txn.Confirm, func(b *bench) { b.keys(sold) }},
	{"processing", txn.Processing, func(b *bench) {
		b.till.host = answer("")
		b.till.state.Signed = true
		b.keys(sold + "\n")
		b.now = b.till.now.Add(14 * time.Second)
		b.feed(Changed{})
	}},
	{"approved", txn.ApprovedShown, func(b *bench) { b.keys(sold + "\n") }},
	{"approved-part", txn.ApprovedShown, func(b *bench) {
		b.till.host = func(r txn.Request) []txn.Event {
			if r.Op == txn.OpSale {
				r.Amount.Minor = 1000
			}
			return answer("10")(r)
		}
		b.keys(sold + "\n")
	}},
	{"approved-no-paper", txn.ApprovedShown, func(b *bench) {
		b.till.paper = func(s txn.Slip) txn.Event { return txn.PrintFailed{Slip: s} }
		b.keys(sold + "\n")
	}},
	{"declined", txn.DeclinedShown, func(b *bench) { b.till.host = answer("51"); b.keys(sold + "\n") }},
	{"declined-pickup", txn.DeclinedShown, func(b *bench) { b.till.host = answer("41"); b.keys(sold + "\n") }},
	{"declined-no-host", txn.DeclinedShown, func(b *bench) {
		b.till.host = func(r txn.Request) []txn.Event { return []txn.Event{txn.SendFailed{Op: r.Op, STAN: r.STAN}} }
		b.keys(sold + "\n")
	}},
	{"unknown", txn.UnknownShown, func(b *bench) {
		b.till.host = func(r txn.Request) []txn.Event {
			if r.Op == txn.OpSignOn {
				return answer("00")(r)
			}
			return nil
		}
		b.keys(sold + "\n")
		b.till.pass(61 * time.Second)
		b.feed(Changed{})
	}},
	{"unknown-reversed", txn.UnknownShown, func(b *bench) {
		b.till.host = answer("")
		b.keys(sold + "\n")
		b.till.pass(61 * time.Second)
		b.feed(Changed{})
	}},
	{"print", txn.Printing, func(b *bench) {
		b.keys(sold + "\n")
		b.till.paper = func(txn.Slip) txn.Event { return nil }
		b.keys("\n")
	}},
	{"paper", txn.PaperEntry, func(b *bench) {
		b.till.paper = func(s txn.Slip) txn.Event { return txn.PrintUnsure{Slip: s, Why: txn.PrinterSilent} }
		b.keys(sold + "\n")
	}},
	{"paper-wrong", txn.PaperEntry, func(b *bench) {
		b.keys(sold + "\n")
		b.till.paper = func(s txn.Slip) txn.Event { return txn.PrintUnsure{Slip: s, Why: txn.PrinterWrongID} }
		b.keys("\n")
		b.till.pass(time.Second)
		b.keys("7\n")
	}},
	{"reprint-fault", txn.Printing, func(b *bench) {
		b.keys(sold + "\n\n")
		b.till.paper = func(s txn.Slip) txn.Event { return txn.PrintFailed{Slip: s} }
		b.keys("\x1bp\n")
	}},
	{"menu", txn.Menu, func(b *bench) { b.keys("m"); b.press(tea.KeyPressMsg{Code: tea.KeyDown}) }},
	{"journal", txn.Journal, func(b *bench) {
		b.keys("j")
		b.press(tea.KeyPressMsg{Code: tea.KeyDown}, tea.KeyPressMsg{Code: tea.KeyDown})
	}},
	{"trace", txn.TraceEntry, func(b *bench) { b.keys("p12") }},
	{"trace-unknown", txn.TraceEntry, func(b *bench) { b.keys("p999\n") }},
	{"journal-owed", txn.Journal, func(b *bench) { owe(b); b.keys("j") }},
	{"void-trace", txn.TraceEntry, func(b *bench) { b.keys("v12") }},
	{"void-confirm", txn.Confirm, func(b *bench) { b.keys(sold + "\n\n\nv1\n") }},
	{"void-already", txn.TraceEntry, func(b *bench) { b.keys(sold + "\n\n\nv1\n#\n\n\nv1\n") }},
	{"void-approved", txn.ApprovedShown, func(b *bench) { b.keys(sold + "\n\n\nv1\n#\n") }},
	{"void-declined", txn.DeclinedShown, func(b *bench) {
		b.keys(sold + "\n\n\nv1\n")
		b.till.host = answer("25")
		b.keys("#\n")
	}},
	{"void-unknown", txn.UnknownShown, func(b *bench) {
		b.keys(sold + "\n\n\nv1\n")
		b.till.host = func(r txn.Request) []txn.Event {
			return []txn.Event{txn.SendFailed{Op: r.Op, STAN: r.STAN, Written: true}}
		}
		b.keys("#\n")
	}},
	{"trace-owed", txn.TraceEntry, func(b *bench) { owe(b); b.keys("p") }},
	{"help-idle", txn.Idle, func(b *bench) { b.keys("?") }},
	{"help-menu", txn.Menu, func(b *bench) { b.keys("m?") }},
	{"help-journal", txn.Journal, func(b *bench) { b.keys("j?") }},
	{"help-approved", txn.ApprovedShown, func(b *bench) { b.keys(sold + "\n?") }},
	{"nothing-here", txn.Confirm, func(b *bench) { b.keys(sold + "7") }},
}
