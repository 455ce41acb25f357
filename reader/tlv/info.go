package tlv

import (
	"cmp"
	"slices"
	"sync"
)

// Format is how a value is written (EMV Book 3, 4.3).
type Format string

// The formats.
const (
	Numeric      Format = "n"   // digits, two a byte, right-justified, padded with 0
	Compressed   Format = "cn"  // digits, two a byte, left-justified, padded with F
	Alphabetic   Format = "a"   // letters
	Alphanumeric Format = "an"  // letters and digits
	Special      Format = "ans" // characters of ISO/IEC 8859
	Binary       Format = "b"   // bytes or bits
	Variable     Format = "var" // another structure, often a template
)

// Source is whose data an object is (EMV Book 3, Annex A).
type Source string

// The sources.
const (
	Card     Source = "card"
	Terminal Source = "terminal" // the reader and its kernel too
	Issuer   Source = "issuer"   // sent with the answer of the host
)

// Family is who gave a tag its meaning. The private numbers mean one thing to
// one scheme and another to the next.
type Family string

// The families.
const (
	EMV         Family = ""     // EMV Books 1 to 4, and the interindustry tags
	Contactless Family = "A/B"  // EMV Contactless Books A and B
	C2          Family = "C-2"  // Mastercard
	C3          Family = "C-3"  // Visa
	C7          Family = "C-7"  // UnionPay
	PBOC        Family = "PBOC" // JR/T 0025, UnionPay's cards in China
)

// Secrecy is how much of a value may be shown.
type Secrecy uint8

// The secrecies. What is not Open is never shown whole (PCI DSS 3.4.1, 3.3.1).
const (
	Open      Secrecy = iota
	PANDigits         // a card number: its last four digits
	TrackData         // track 2 as a chip has it: the last four digits of its number
	Hidden            // nothing but its length: names, tracks 1, PIN blocks, discretionary data
)

// Info is what the dictionary knows of a tag.
type Info struct {
	Tag      Tag
	EN, ZH   string // the name
	Format   Format
	Min, Max int // bytes of the value; Max 0 where the books set no limit
	Source   Source
	Family   Family
	Secrecy  Secrecy
	Template string // the templates it is found in, 70/77; empty for none
	Book     string // where it is defined
}

// Fits reports whether a value of n bytes has a length the books allow.
func (i Info) Fits(n int) bool { return n >= i.Min && (i.Max == 0 || n <= i.Max) }

// Lookup finds the first meaning of a tag: EMV's own, then the common
// contactless one, then the schemes'.
func Lookup(t Tag) (Info, bool) {
	if v := index()[t]; len(v) > 0 {
		return v[0], true
	}
	return Info{Tag: t, Format: Binary}, false
}

// LookupIn finds what a tag means to one of these families, the first that knows
// it; else what [Lookup] finds.
func LookupIn(t Tag, families ...Family) (Info, bool) {
	for _, f := range families {
		for _, info := range index()[t] {
			if info.Family == f {
				return info, true
			}
		}
	}
	return Lookup(t)
}

// Variants lists every meaning of a tag, the first first.
func Variants(t Tag) []Info { return slices.Clone(index()[t]) }

// Tags lists the dictionary, by tag; every meaning of a tag is an entry.
func Tags() []Info { return slices.Clone(sorted()) }

var sorted = sync.OnceValue(func() []Info {
	all := slices.Concat(emvCard, emvTerminal, emvIssuer, contactless, kernelC3, kernelC7, pboc, kernelC2)
	slices.SortStableFunc(all, func(a, b Info) int { return cmp.Compare(a.Tag, b.Tag) })
	return all
})

var index = sync.OnceValue(func() map[Tag][]Info {
	m := make(map[Tag][]Info)
	for _, info := range sorted() {
		m[info.Tag] = append(m[info.Tag], info)
	}
	return m
})
