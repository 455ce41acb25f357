package txn

import (
	"testing"
	"time"

	"vpos/reader"
)

func TestParseRates(t *testing.T) {
	cny, _ := CurrencyByCode("CNY")
	jpy, _ := CurrencyByCode("JPY")
	for text, want := range map[string]Rates{
		"":      nil,
		" ":     nil,
		"0.6%":  {{Brand: reader.UnionPay, PerMillion: 6000}},
		"100%":  {{Brand: reader.UnionPay, PerMillion: million}},
		"0%":    {{Brand: reader.UnionPay}},
		"2.25%": {{Brand: reader.UnionPay, PerMillion: 22500}},
		"credit 0.525%, debit 0.50% max 20.00": {
			{reader.UnionPay, CreditCard, 5250, 0}, {reader.UnionPay, DebitCard, 5000, 2000},
		},
		"0.0001% max 0.01": {{reader.UnionPay, AnyFunding, 1, 1}},
	} {
		got, ok := ParseRates(reader.UnionPay, text, cny)
		if !ok || len(got) != len(want) {
			t.Errorf("%q: %v, %t", text, got, ok)
			continue
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("%q: %+v, want %+v", text, got[i], want[i])
			}
		}
		if again, ok := ParseRates(reader.UnionPay, got.String(cny), cny); !ok || len(again) != len(got) || len(got) > 0 && again[0] != got[0] {
			t.Errorf("%q is written as %q", text, got.String(cny))
		}
	}
	for _, text := range []string{
		"0.6", "%", ".5%", "5.%", "-1%", "+1%", "101%", "0.60001%", "1e2%", "0.6% max", "0.6% max 0.00", "0.6% max 1.234",
		"0.6% cap 20", "prepaid 1%", "debit", "0.6%,", "debit 1%, debit 2%", "1%, debit 2%", "debit 1% 2%", "9999999999999%",
	} {
		if got, ok := ParseRates(reader.UnionPay, text, cny); ok {
			t.Errorf("%q is taken: %+v", text, got)
		}
	}
	if _, ok := ParseRates(reader.UnionPay, "1% max 20.5", jpy); ok {
		t.Error("a cap of half a yen is taken")
	}
}

func TestFee(t *testing.T) {
	rates := Rates{
		{reader.UnionPay, CreditCard, 6000, 0}, {reader.UnionPay, DebitCard, 5000, 2000}, {reader.UnknownBrand, AnyFunding, 25_000, 0},
	}
	for _, c := range []struct {
		brand   reader.Brand
		funding Funding
		minor   int64
		fee     int64
	}{
		{reader.UnionPay, CreditCard, 10_000, 60},
		{reader.UnionPay, CreditCard, 83, 0}, // 0.498
		{reader.UnionPay, CreditCard, 84, 1}, // 0.504
		{reader.UnionPay, DebitCard, 100, 1}, // a half goes up
		{reader.UnionPay, DebitCard, 99, 0},  //
		{reader.UnionPay, DebitCard, 400_000, 2000},
		{reader.UnionPay, DebitCard, 400_100, 2000},    // the cap
		{reader.UnionPay, AnyFunding, 1_000_000, 6000}, // the dearer
		{reader.Visa, CreditCard, 10_000, 250},
		{reader.UnionPay, CreditCard, MaxMinor, 6_000_000_000},
	} {
		if fee, ok := rates.Fee(c.brand, c.funding, c.minor); !ok || fee != c.fee {
			t.Errorf("%s %q of %d costs %d, %t; want %d", c.brand, c.funding, c.minor, fee, ok, c.fee)
		}
	}
	if fee, ok := rates[:2].Fee(reader.Visa, AnyFunding, 100); ok {
		t.Errorf("a brand nobody named costs %d", fee)
	}
	whole := Rates{{PerMillion: million}}
	if fee, _ := whole.Fee(reader.Visa, AnyFunding, MaxMinor); fee != MaxMinor {
		t.Errorf("all of it is %d", fee)
	}
}

func TestFundingOf(t *testing.T) {
	for _, c := range []struct {
		brand reader.Brand
		aid   string
		want  Funding
	}{
		{reader.UnionPay, "A000000333010101", DebitCard}, {reader.UnionPay, "a000000333010102", CreditCard},
		{reader.UnionPay, "", AnyFunding}, {reader.Visa, "A0000000031010", AnyFunding}, {reader.Maestro, "", DebitCard},
	} {
		if got := FundingOf(c.brand, c.aid); got != c.want {
			t.Errorf("%s %s is %q, want %q", c.brand, c.aid, got, c.want)
		}
	}
}

func TestEstimate(t *testing.T) {
	r := Report{Lines: []ReportLine{
		{Kind: Sale, Status: Approved, Brand: reader.UnionPay, AID: "A000000333010101", Amount: 900_000},
		{Kind: Sale, Status: Approved, Brand: reader.UnionPay, AID: "A000000333010101", Amount: 900_000},
		{Kind: Sale, Status: Voided, Brand: reader.UnionPay, Amount: 900_000},
		{Kind: Refund, Status: Approved, Brand: reader.UnionPay, Amount: 1_000},
		{Kind: PreAuth, Status: Approved, Brand: reader.UnionPay, Amount: 5_000},
		{Kind: Offline, Status: Approved, Brand: reader.Visa, Amount: 777},
	}}
	e := r.Estimate(Rates{{reader.UnionPay, DebitCard, 5000, 2000}, {reader.UnionPay, CreditCard, 6000, 0}})
	if want := (Estimate{Fee: 4000, Net: 1_800_777 - 1_000 - 4_000, Unpriced: Tally{1, 777}}); e != want {
		t.Errorf("%+v, want %+v", e, want)
	}
}

func TestExpectedOn(t *testing.T) {
	for _, c := range []struct {
		closed string
		days   int
		want   string
	}{
		{"2026-03-04", 1, "2026-03-05"}, // Wednesday
		{"2026-03-06", 1, "2026-03-09"}, // Friday
		{"2026-03-07", 1, "2026-03-09"}, // Saturday
		{"2026-03-08", 1, "2026-03-09"}, // Sunday
		{"2026-03-06", 0, "2026-03-06"},
		{"2026-03-07", 0, "2026-03-09"},
		{"2026-03-06", 2, "2026-03-10"},
		{"2026-03-05", 7, "2026-03-16"},
		{"2026-12-31", 1, "2027-01-01"},
	} {
		closed, _ := time.Parse(time.DateOnly, c.closed)
		if got := ExpectedOn(closed.Add(23*time.Hour), c.days).Format(time.DateOnly); got != c.want {
			t.Errorf("%s in %d days: %s, want %s", c.closed, c.days, got, c.want)
		}
	}
}
