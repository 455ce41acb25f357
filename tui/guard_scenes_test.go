package tui

import (
	"time"

	"vpos/reader"
	"vpos/txn"
)

// allGuards is a till on which every rule speaks up about the next keyed sale.
func allGuards(b *bench) {
	b.till.state.Setup.Guards = &txn.Guards{
		Window: 10 * time.Minute, Duplicate: true, PerCard: 1, Split: 1500, Declines: 1, KeyedShare: 20, RefundDay: 100,
	}
}

// oneGuard is a till that knows the sale before.
func oneGuard(b *bench) {
	b.till.state.Setup.Guards = &txn.Guards{Window: 10 * time.Minute, Duplicate: true}
	b.till.sold(txn.Approved, reader.Manual, 1)
}

// sold puts earlier transactions of 12.34 on the till, three minutes ago.
func (t *till) sold(s txn.Status, entry reader.EntryMode, n int) {
	for range n {
		stan := txn.STAN(len(t.priors) + 1) //nolint:gosec // a handful
		t.priors = append(t.priors, txn.Prior{
			Key: txn.Key{Batch: 1, STAN: stan}, Kind: txn.Sale, Status: s, At: t.now.Add(-3 * time.Minute),
			Amount: txn.Money{Minor: 1234, Currency: t.state.Setup.Currency}, Entry: entry, SameCard: s == txn.Approved,
		})
	}
}

var guardScenes = []scene{
	{"warning", txn.WarningShown, func(b *bench) { oneGuard(b); b.keys(sold + "\n") }},
	{"warning-enter", txn.WarningShown, func(b *bench) { oneGuard(b); b.keys(sold + "\n\n") }},
	{"warning-differs", txn.WarningShown, func(b *bench) { oneGuard(b); b.keys(sold + "\n1235\n") }},
	{"warning-typed", txn.WarningShown, func(b *bench) { oneGuard(b); b.keys(sold + "\n123") }},
	{"warning-all", txn.WarningShown, func(b *bench) {
		allGuards(b)
		b.till.sold(txn.Declined, reader.Manual, 2)
		b.till.sold(txn.Approved, reader.Manual, 12)
		b.keys(sold + "\n")
	}},
	{"warning-staffed", txn.WarningShown, func(b *bench) { oneGuard(b); staffed(signedIn + sold + "\n")(b) }},
	{"warning-supervisor", txn.SupervisorEntry, func(b *bench) { oneGuard(b); staffed(signedIn + sold + "\n\n")(b) }},
	{"warning-passed", txn.ApprovedShown, func(b *bench) { oneGuard(b); b.keys(sold + "\n1234\n") }},
	{"warning-refund", txn.WarningShown, func(b *bench) {
		allGuards(b)
		b.keys(refunded + "5000\n")
	}},
	{"guard-blind", txn.DeclinedShown, func(b *bench) { oneGuard(b); b.till.blind = true; b.keys(sold + "\n") }},
	{"reason", txn.ReasonEntry, func(b *bench) { b.till.state.Setup.KeyedReason = true; b.keys(sold) }},
	{"reason-wrong", txn.ReasonEntry, func(b *bench) { b.till.state.Setup.KeyedReason = true; b.keys(sold + "7\n") }},
	{"keyed-off", txn.Present, func(b *bench) { b.till.state.Setup.NoKeying = true; b.keys("1234\n\n") }},
}
