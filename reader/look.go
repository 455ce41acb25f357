package reader

import (
	"slices"
	"strings"
)

// Check is what the check digit says about digits keyed so far.
type Check string

// The states of the check digit.
const (
	CheckPending Check = ""    // not at a length the brand allows
	CheckGood    Check = "ok"  // passes as it stands
	CheckBad     Check = "bad" // fails as it stands; more digits may put it right
)

// Look describes a card number while it is being keyed.
type Look struct {
	Brand    Brand
	Lengths  []int  // digits the number may have, ascending
	Typed    int    // digits so far
	Display  string // grouped and masked, see Inspect
	Check    Check
	Complete bool  // ParsePAN would take it, though perhaps with a soft fault
	Fault    Fault // what more digits cannot put right, or the soft fault
}

// Inspect describes the digits keyed so far; it accepts what [ParsePAN] does.
//
// Display shows at most the last four digits, and only within the group that
// holds the last one typed: "•••• 12" on the way, "•••• •••• •••• 1111" at the
// end. So a whole number is never on the screen.
//
// Fault stays empty while going on typing can still make a good number: a
// failing check at 13 digits of a brand that also has 16 shows in Check alone.
func Inspect(digits []byte) Look {
	d, ok := keyed(digits, " -")
	if !ok {
		return Look{Lengths: UnknownBrand.Lengths(), Fault: FaultPANFormat}
	}
	defer wipe(d)
	brand := BrandOf(d)
	look := Look{Brand: brand, Lengths: brand.Lengths(), Typed: len(d), Display: display(d, brand)}
	longest := look.Lengths[len(look.Lengths)-1]
	switch {
	case len(d) > longest:
		look.Fault = FaultPANLength
		return look
	case !couldBeBrand(d):
		look.Fault = FaultPANBrand
		return look
	case !slices.Contains(look.Lengths, len(d)) || brand == UnknownBrand:
		return look
	}
	fault := checkPAN(d)
	look.Check = CheckGood
	if fault != NoFault {
		look.Check = CheckBad
	}
	look.Complete = fault == NoFault || fault.Soft()
	if fault.Soft() || len(d) == longest {
		look.Fault = fault
	}
	return look
}

// display groups the digits, showing at most four of the group in progress.
func display(digits []byte, brand Brand) string {
	var out strings.Builder
	groups := brand.Groups(len(digits))
	at := 0
	for i, size := range groups {
		if i > 0 {
			out.WriteByte(' ')
		}
		shown := 0
		if i == len(groups)-1 {
			shown = min(size, 4)
		}
		out.WriteString(strings.Repeat("•", size-shown))
		out.Write(digits[at+size-shown : at+size])
		at += size
	}
	return out.String()
}
