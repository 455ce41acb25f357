package txn

import (
	"testing"
	"time"

	"vpos/reader"
)

// TestGuards holds every rule against the mistake it is for and against the honest case
// beside it.
func TestGuards(t *testing.T) {
	now := time.Date(2026, 11, 22, 14, 30, 0, 0, time.UTC)
	charged := func(minor int64, age time.Duration, same bool, entry reader.EntryMode) Prior {
		return Prior{Key: Key{1, 7}, Kind: Sale, Status: Approved, Amount: Money{Minor: minor, Currency: 156}, At: now.Add(-age), SameCard: same, Entry: entry}
	}
	are := func(n int, p Prior) (list []Prior) {
		for range n {
			list = append(list, p)
		}
		return list
	}
	with := func(p Prior, change func(*Prior)) Prior { change(&p); return p }
	twin := charged(1234, 5*time.Minute, true, reader.Swipe)
	all := Guards{Window: 10 * time.Minute, Duplicate: true, PerCard: 3, Split: 5000, Declines: 3, KeyedShare: 30, RefundDay: 9000}
	refused := with(charged(500, time.Minute, false, reader.Manual), func(p *Prior) { p.Status = Declined })
	gaveBack := with(charged(8000, time.Hour, false, reader.Swipe), func(p *Prior) { p.Kind = Refund })
	for _, c := range []struct {
		name   string
		kind   Kind
		entry  reader.EntryMode
		minor  int64
		priors []Prior
		want   Code
	}{
		{"the first sale", Sale, reader.Manual, 1234, nil, ""},
		{"the same again", Sale, reader.Swipe, 1234, []Prior{twin}, GuardDuplicate},
		{"the same again, held", PreAuth, reader.Swipe, 1234, []Prior{with(twin, func(p *Prior) { p.Kind = PreAuth })}, GuardDuplicate},
		{"another card", Sale, reader.Swipe, 1234, []Prior{with(twin, func(p *Prior) { p.SameCard = false })}, ""},
		{"another amount", Sale, reader.Swipe, 1235, []Prior{twin}, ""},
		{"another currency", Sale, reader.Swipe, 1234, []Prior{with(twin, func(p *Prior) { p.Amount.Currency = 840 })}, ""},
		{"longer ago", Sale, reader.Swipe, 1234, []Prior{with(twin, func(p *Prior) { p.At = now.Add(-11 * time.Minute) })}, ""},
		{"the first was declined", Sale, reader.Swipe, 1234, []Prior{with(twin, func(p *Prior) { p.Status = Declined })}, ""},
		{"the first was reversed", Sale, reader.Swipe, 1234, []Prior{with(twin, func(p *Prior) { p.Status = Reversed })}, ""},
		{"the first was voided", Sale, reader.Swipe, 1234, []Prior{with(twin, func(p *Prior) { p.Status = Voided })}, ""},
		{"the first was a refund", Sale, reader.Swipe, 1234, []Prior{with(twin, func(p *Prior) { p.Kind = Refund })}, ""},

		{"three on one card", Sale, reader.Swipe, 99, are(3, charged(100, time.Minute, true, reader.Swipe)), GuardVelocity},
		{"two on one card", Sale, reader.Swipe, 99, are(2, charged(100, time.Minute, true, reader.Swipe)), ""},
		{"three on three cards", Sale, reader.Swipe, 99, are(3, charged(100, time.Minute, false, reader.Swipe)), ""},
		{"three on one card, today", Sale, reader.Swipe, 99, are(3, charged(100, time.Hour, true, reader.Swipe)), ""},

		{"split", Sale, reader.Swipe, 2001, []Prior{charged(3000, time.Minute, true, reader.Swipe)}, GuardSplit},
		{"up to the limit", Sale, reader.Swipe, 2000, []Prior{charged(3000, time.Minute, true, reader.Swipe)}, ""},
		{"one sale over it", Sale, reader.Swipe, 9000, []Prior{charged(3000, time.Minute, true, reader.Swipe)}, ""},
		{"two cards over it", Sale, reader.Swipe, 2001, []Prior{charged(3000, time.Minute, false, reader.Swipe)}, ""},

		{"numbers tried out", Sale, reader.Manual, 700, are(3, refused), GuardDeclines},
		{"two declined", Sale, reader.Manual, 700, are(2, refused), ""},
		{"a swipe behind them", Sale, reader.Swipe, 700, are(3, refused), ""},
		{"declined swipes", Sale, reader.Manual, 700, are(3, with(refused, func(p *Prior) { p.Entry = reader.Swipe })), ""},

		{"a third keyed", Sale, reader.Manual, 700, append(are(3, charged(100, time.Hour, false, reader.Manual)), are(7, charged(100, time.Hour, false, reader.Chip))...), GuardKeyed},
		{"a quarter keyed", Sale, reader.Manual, 700, append(are(2, charged(100, time.Hour, false, reader.Manual)), are(9, charged(100, time.Hour, false, reader.Chip))...), ""},
		{"a third keyed, this one not", Sale, reader.Chip, 700, append(are(4, charged(100, time.Hour, false, reader.Manual)), are(7, charged(100, time.Hour, false, reader.Chip))...), ""},
		{"all of a few keyed", Sale, reader.Manual, 700, are(4, charged(100, time.Hour, false, reader.Manual)), ""},
		{"keyed yesterday", Sale, reader.Manual, 700, are(12, charged(100, 15*time.Hour, false, reader.Manual)), ""},
		{"phone orders", Phone, reader.Manual, 700, are(12, charged(100, time.Hour, false, reader.Manual)), ""},

		{"too much given back", Refund, reader.Swipe, 1001, []Prior{gaveBack}, GuardRefunds},
		{"not yet too much", Refund, reader.Swipe, 1000, []Prior{gaveBack}, ""},
		{"given back yesterday", Refund, reader.Swipe, 1001, []Prior{with(gaveBack, func(p *Prior) { p.At = now.Add(-15 * time.Hour) })}, ""},
		{"a refund that was declined", Refund, reader.Swipe, 1001, []Prior{with(gaveBack, func(p *Prior) { p.Status = Declined })}, ""},
		{"a refund beside sales", Refund, reader.Swipe, 1234, []Prior{twin}, ""},
	} {
		d := Transaction{Kind: c.kind, Amount: Money{Minor: c.minor, Currency: 156}, Card: reader.Card{Entry: c.entry}}
		var got Code
		list := all.warnings(&d, now, c.priors)
		if len(list) > 0 {
			got = list[0].Rule
		}
		if got != c.want || len(list) > 1 {
			t.Errorf("%s: %v, want %q", c.name, list, c.want)
		}
		if off := (&Guards{Window: 10 * time.Minute}).warnings(&d, now, c.priors); len(off) > 0 {
			t.Errorf("%s: %v although every rule is off", c.name, off)
		}
	}
}

// TestRefundable: no more is given back of a sale than it was for, and only to its card.
func TestRefundable(t *testing.T) {
	sale := Prior{Kind: Sale, Status: Approved, Amount: Money{Minor: 1000, Currency: 156}, SameCard: true}
	of := func(change func(*Prior)) *Prior { p := sale; change(&p); return &p }
	for _, c := range []struct {
		name     string
		of       *Prior
		returned int64
		minor    int64
		want     Code
	}{
		{"not in this journal", nil, 0, 5000, ""},
		{"the whole", &sale, 0, 1000, ""},
		{"the rest", &sale, 400, 600, ""},
		{"more than the rest", &sale, 401, 600, RefundOver},
		{"more than the sale", &sale, 0, 1001, RefundOver},
		{"another card", of(func(p *Prior) { p.SameCard = false }), 0, 1000, RefundCard},
		{"voided", of(func(p *Prior) { p.Status = Voided }), 0, 1000, RefundUndone},
		{"reversed", of(func(p *Prior) { p.Status = Reversed }), 0, 1000, RefundUndone},
	} {
		e := Weighed{Original: c.of, Returned: c.returned}
		if got := e.refundable(c.minor); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
