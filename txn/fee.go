package txn

import (
	"strconv"
	"strings"
	"time"

	"vpos/reader"
)

// What the acquirer may take and when it may pay. Both are estimates from what the
// merchant was told: the acquirer's own statement is what counts.

// Funding is whose money a card spends.
type Funding string

// The fundings.
const (
	AnyFunding Funding = "" // not known; of a rate: both
	DebitCard  Funding = "debit"
	CreditCard Funding = "credit"
)

// fundings are the applications that say it: the start of an AID. UnionPay has one for
// each kind of account; Maestro, Electron and V PAY are debit by the schemes' rules.
var fundings = []struct {
	aid string
	is  Funding
}{
	{"A000000333010101", DebitCard}, {"A000000333010102", CreditCard}, {"A000000333010103", CreditCard},
	{"A0000000043060", DebitCard}, {"A0000000032010", DebitCard}, {"A0000000032020", DebitCard},
}

// FundingOf is what a card's scheme and its chip's application say; most say nothing.
func FundingOf(brand reader.Brand, aid string) Funding {
	for _, f := range fundings {
		if strings.HasPrefix(strings.ToUpper(aid), f.aid) {
			return f.is
		}
	}
	if brand == reader.Maestro {
		return DebitCard
	}
	return AnyFunding
}

// million is what a share of a rate is counted in: 0.6 % is 6000.
const million = 1_000_000

// Rate is what an acquirer takes of a sale.
type Rate struct {
	Brand      reader.Brand // UnknownBrand: of every brand that has no rate of its own
	Funding    Funding
	PerMillion int64 // of the amount
	Cap        int64 // the most it takes of one sale, in minor units; zero for no limit
}

// fee is what the rate takes of one sale, rounded to the nearest minor unit, a half up.
func (r Rate) fee(minor int64) int64 {
	fee := (minor*r.PerMillion + million/2) / million // field 4's largest amount leaves room for a whole million
	if r.Cap > 0 {
		fee = min(fee, r.Cap)
	}
	return fee
}

// Rates are all an acquirer has agreed with a merchant.
type Rates []Rate

// Fee is what a sale on such a card costs; false where no rate is about it. Of a card
// that may be either, the dearer of the two.
func (rs Rates) Fee(brand reader.Brand, funding Funding, minor int64) (int64, bool) {
	for _, b := range []reader.Brand{brand, reader.UnknownBrand} {
		fee, found := int64(0), false
		for _, r := range rs {
			if r.Brand == b && (r.Funding == funding || r.Funding == AnyFunding || funding == AnyFunding) {
				fee, found = max(fee, r.fee(minor)), true
			}
		}
		if found {
			return fee, true
		}
	}
	return 0, false
}

// Estimate is what a batch may bring in.
type Estimate struct {
	Fee      int64 // minor units, of all sales a rate is about
	Net      int64 // debits less credits less the fee
	Unpriced Tally // sales no rate is about
}

// Estimate prices each debit of a batch by itself, because a cap is on one sale. A
// refund costs nothing and gives no fee back.
func (r *Report) Estimate(rates Rates) Estimate {
	e := Estimate{Net: r.Net()}
	for i := range r.Lines {
		l := &r.Lines[i]
		if l.Counts() != Debit {
			continue
		}
		fee, ok := rates.Fee(l.Brand, FundingOf(l.Brand, l.AID), l.Amount)
		if !ok {
			e.Unpriced.add(l.Amount)
		}
		e.Fee += fee
	}
	e.Net -= e.Fee
	return e
}

// ParseRates reads what the merchant was told of one brand, the shares in per cent with
// up to four decimals and the caps in the currency:
//
//	0.6%
//	credit 0.60%, debit 0.50% max 20.00
//
// An empty text is no rate at all. False for anything else, and for one funding twice.
func ParseRates(brand reader.Brand, text string, c Currency) (Rates, bool) {
	var rates Rates
	if strings.TrimSpace(text) == "" {
		return nil, true
	}
	for part := range strings.SplitSeq(text, ",") {
		r, ok := parseRate(strings.Fields(part), c)
		if !ok {
			return nil, false
		}
		r.Brand = brand
		for _, other := range rates {
			if other.Funding == r.Funding || other.Funding == AnyFunding || r.Funding == AnyFunding {
				return nil, false
			}
		}
		rates = append(rates, r)
	}
	return rates, true
}

// parseRate reads [credit|debit] SHARE% [max AMOUNT].
func parseRate(words []string, c Currency) (r Rate, ok bool) {
	if len(words) > 0 && (Funding(words[0]) == DebitCard || Funding(words[0]) == CreditCard) {
		r.Funding, words = Funding(words[0]), words[1:]
	}
	if len(words) != 1 && (len(words) != 3 || words[1] != "max") {
		return r, false
	}
	share, found := strings.CutSuffix(words[0], "%")
	if r.PerMillion, ok = fixedPoint(share, 4); !ok || !found || r.PerMillion > million {
		return r, false
	}
	if len(words) == 3 {
		if r.Cap, ok = fixedPoint(words[2], c.Exponent()); !ok || r.Cap == 0 {
			return r, false
		}
	}
	return r, true
}

// fixedPoint reads a number with at most so many decimals, as an integer of the last.
func fixedPoint(text string, places int) (int64, bool) {
	whole, frac, point := strings.Cut(text, ".")
	if len(whole) > 12 || len(frac) > places || point && frac == "" {
		return 0, false
	}
	n, err := strconv.ParseUint(whole+frac+strings.Repeat("0", places-len(frac)), 10, 62)
	return int64(n), err == nil && whole != ""
}

// String writes the rates of one brand as [ParseRates] reads them.
func (rs Rates) String(c Currency) string {
	parts := make([]string, len(rs))
	for i, r := range rs {
		percent := strconv.FormatInt(r.PerMillion/10_000, 10) + "." + strconv.FormatInt(10_000+r.PerMillion%10_000, 10)[1:]
		parts[i] = strings.TrimSpace(string(r.Funding)+" "+strings.TrimSuffix(percent, "00")) + "%"
		if r.Cap > 0 {
			parts[i] += " max " + Money{r.Cap, c}.Decimal()
		}
	}
	return strings.Join(parts, ", ")
}

// Of are the rates of one brand.
func (rs Rates) Of(brand reader.Brand) Rates {
	var own Rates
	for _, r := range rs {
		if r.Brand == brand {
			own = append(own, r)
		}
	}
	return own
}

// With are the rates with those of one brand replaced.
func (rs Rates) With(brand reader.Brand, own Rates) Rates {
	var all Rates
	for _, r := range rs {
		if r.Brand != brand {
			all = append(all, r)
		}
	}
	return append(all, own...)
}

// ExpectedOn is the day the money of a batch may arrive: so many working days after the
// one it was closed on. Saturdays and Sundays are none; public holidays are not known
// here. With no days it is the day itself, or the Monday after it.
func ExpectedOn(closed time.Time, days int) time.Time {
	day := closed
	working := func() bool { return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday }
	for days > 0 || !working() {
		day = day.AddDate(0, 0, 1)
		if working() && days > 0 {
			days--
		}
	}
	return day
}
