package reader

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var june2025 = time.Date(2025, 6, 30, 23, 59, 59, 0, time.FixedZone("CST", 8*3600))

func TestParseExpiry(t *testing.T) {
	for entry, c := range map[string]struct {
		want Expiry
		err  error
	}{
		"1230":    {Expiry{2030, 12}, nil},
		"12/30":   {Expiry{2030, 12}, nil},
		"１２／３０":   {Expiry{2030, 12}, nil},
		"12-30":   {Expiry{2030, 12}, nil},
		"0625":    {Expiry{2025, 6}, nil},
		"0645":    {Expiry{2045, 6}, nil},
		"0745":    {Expiry{2045, 7}, FaultExpiryFar},
		"1249":    {Expiry{2049, 12}, FaultExpiryFar},
		"0525":    {Expiry{2025, 5}, FaultExpiryPast},
		"0150":    {Expiry{1950, 1}, FaultExpiryPast},
		"1299":    {Expiry{1999, 12}, FaultExpiryPast},
		"3012":    {Expiry{2030, 12}, FaultExpirySwapped},
		"30/01":   {Expiry{2030, 1}, FaultExpirySwapped},
		"2506":    {Expiry{2025, 6}, FaultExpirySwapped},
		"2505":    {Expiry{}, FaultExpiryMonth},
		"4912":    {Expiry{}, FaultExpiryMonth},
		"0030":    {Expiry{}, FaultExpiryMonth},
		"1330":    {Expiry{}, FaultExpiryMonth},
		"0000":    {Expiry{}, FaultExpiryMonth},
		"9999":    {Expiry{}, FaultExpiryMonth},
		"":        {Expiry{}, FaultExpiryFormat},
		"123":     {Expiry{}, FaultExpiryFormat},
		"12/2030": {Expiry{}, FaultExpiryFormat},
		"12.30":   {Expiry{}, FaultExpiryFormat},
		"1x30":    {Expiry{}, FaultExpiryFormat},
	} {
		got, err := ParseExpiry([]byte(entry), june2025)
		if got != c.want || !errors.Is(err, c.err) || (err == nil) != (c.err == nil) {
			t.Errorf("%q: got %s %v, want %s %v", entry, got.MMYY(), err, c.want.MMYY(), c.err)
		}
	}
}

func TestExpiredAtTheEndOfItsMonth(t *testing.T) {
	e := Expiry{2025, 6}
	if e.Expired(june2025) || !e.Expired(june2025.Add(time.Second)) {
		t.Error("a card must be good through the last second of its month, local time")
	}
	if !e.Expired(june2025.In(time.FixedZone("later", 14*3600))) {
		t.Error("the location of now does not count")
	}
	if (Expiry{}).Expired(june2025) || !(Expiry{}).IsZero() || e.IsZero() {
		t.Error("no expiry must be zero and not expired")
	}
}

func TestExpiryForms(t *testing.T) {
	e := Expiry{2009, 4}
	if e.YYMM() != "0904" || e.MMYY() != "0409" || e.String() != "**/**" {
		t.Errorf("got %s %s %s", e.YYMM(), e.MMYY(), e)
	}
	if z := (Expiry{}); z.YYMM() != "" || z.MMYY() != "" || z.String() != "" {
		t.Error("no expiry must have empty forms")
	}
	for digits, want := range map[string]error{
		"3012": nil, "3013": FaultExpiryMonth, "3000": FaultExpiryMonth, "30": FaultExpiryFormat, "3o12": FaultExpiryFormat,
	} {
		if _, err := ParseYYMM([]byte(digits)); !errors.Is(err, want) || (err == nil) != (want == nil) {
			t.Errorf("%s: got %v, want %v", digits, err, want)
		}
	}
}

// Whatever the month of now, each date from now to 20 years on parses as MMYY,
// and YYMM is never silently taken for another date: it is the same one, or a
// fault.
func TestExpiryProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(rapid.IntRange(2024, 2029).Draw(t, "year"),
			time.Month(rapid.IntRange(1, 12).Draw(t, "month")), 15, 12, 0, 0, 0, time.UTC)
		ahead := now.AddDate(0, rapid.IntRange(0, farYears*12).Draw(t, "ahead"), 0)
		want := Expiry{ahead.Year(), int(ahead.Month())}
		got, err := ParseExpiry([]byte(want.MMYY()), now)
		if err != nil || got != want {
			t.Fatalf("MMYY %s: got %s %v", want.MMYY(), got.MMYY(), err)
		}
		got, err = ParseExpiry([]byte(want.YYMM()), now)
		if got != want || err == nil && want.MMYY() != want.YYMM() || err != nil && !errors.Is(err, FaultExpirySwapped) {
			t.Fatalf("YYMM %s: got %s %v", want.YYMM(), got.MMYY(), err)
		}
		back, err := ParseYYMM([]byte(want.YYMM()))
		if err != nil || back != want {
			t.Fatalf("%s does not come back: %v", want.YYMM(), err)
		}
	})
}

func ExampleExpiry() {
	e, err := ParseExpiry([]byte("3012"), june2025)
	fmt.Println(e, err, e.MMYY())
	// Output: **/** expiry.swapped 1230
}
