package reader

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestInspect(t *testing.T) {
	for _, c := range []struct {
		entry, display string
		brand          Brand
		check          Check
		complete       bool
		fault          Fault
	}{
		{"", "", UnknownBrand, CheckPending, false, NoFault},
		{"4", "4", Visa, CheckPending, false, NoFault},
		{"4111", "4111", Visa, CheckPending, false, NoFault},
		{"41111", "•••• 1", Visa, CheckPending, false, NoFault},
		{"４１１１ 1", "•••• 1", Visa, CheckPending, false, NoFault},
		{"4222222222222", "•••• •••• •••• 2", Visa, CheckGood, true, NoFault},
		{"4111111111111", "•••• •••• •••• 1", Visa, CheckBad, false, NoFault},
		{"4111111111111111", "•••• •••• •••• 1111", Visa, CheckGood, true, NoFault},
		{"5555555555554445", "•••• •••• •••• 4445", Mastercard, CheckBad, false, FaultPANCheckDigit},
		{"55555555555544444", "•••• •••• •••• •••• 4", Mastercard, CheckPending, false, FaultPANLength},
		{"3782822463", "•••• ••2463", Amex, CheckPending, false, NoFault},
		{"378282246310005", "•••• •••••• •0005", Amex, CheckGood, true, NoFault},
		{badUnionPay, "•••• •••• •••• 0114", UnionPay, CheckBad, true, FaultPANCheckUnionPay},
		{"62242429000001", "•••• •••• •••• 01", UnionPay, CheckBad, true, FaultPANCheckUnionPay},
		{"9", "9", UnknownBrand, CheckPending, false, FaultPANBrand},
		{"222", "222", UnknownBrand, CheckPending, false, NoFault},
		{"2205", "2205", UnknownBrand, CheckPending, false, FaultPANBrand},
		{"41a", "", UnknownBrand, CheckPending, false, FaultPANFormat},
	} {
		got := Inspect([]byte(c.entry))
		if got.Display != c.display || got.Brand != c.brand || got.Check != c.check ||
			got.Complete != c.complete || got.Fault != c.fault {
			t.Errorf("%q: got %+v", c.entry, got)
		}
	}
}

// At no moment of keying does the screen show more than four digits, and what
// Inspect calls complete is exactly what ParsePAN takes.
func TestInspectProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.OneOf(rapid.Custom(drawPAN), rapid.StringMatching(`[0-9]{0,22}`)).Draw(t, "digits")
		for n := range len(digits) + 1 {
			entry := []byte(digits[:n])
			look := Inspect(entry)
			clear := strings.Trim(strings.ReplaceAll(look.Display, "•", " "), " ")
			if len(clear) > 4 || !strings.HasSuffix(digits[:n], clear) || look.Typed != n {
				t.Fatalf("%q shows %q", entry, look.Display)
			}
			pan, err := ParsePAN(entry)
			if look.Complete != !pan.Empty() {
				t.Fatalf("%q: complete %v, parsed %v", entry, look.Complete, err)
			}
			if n < len(digits) && look.Fault != NoFault && !look.Fault.Soft() && Inspect([]byte(digits)).Complete {
				t.Fatalf("%q: fault %v on the way to a good number", entry, look.Fault)
			}
		}
	})
}
