package reader

import "slices"

// Brand is the scheme a number belongs to, as a stable lower-case code; the
// catalogue has the names.
type Brand string

// The brands. The zero value means that no range matches (yet).
const (
	UnknownBrand Brand = ""
	Visa         Brand = "visa"
	Mastercard   Brand = "mastercard"
	Amex         Brand = "amex"
	Diners       Brand = "diners"
	Discover     Brand = "discover"
	JCB          Brand = "jcb"
	UnionPay     Brand = "unionpay"
	Mir          Brand = "mir"
	Maestro      Brand = "maestro"
	RuPay        Brand = "rupay"
)

// scheme is what the table knows of a brand.
type scheme struct {
	brand   Brand
	lengths []int   // PAN lengths, ascending
	code    int     // digits of the security code
	groups  [][]int // groupings, shortest first; fours once the number outgrows them
	soft    bool    // a failing check digit is a warning, not a stop
}

var (
	four = [][]int(nil) // 4-4-4-4…, as most cards are embossed
	amex = [][]int{{4, 6, 5}}
	dine = [][]int{{4, 6, 4}}

	schemes = []scheme{
		{brand: Visa, lengths: []int{13, 16, 18, 19}, code: 3, groups: four},
		{brand: Mastercard, lengths: []int{16}, code: 3, groups: four},
		{brand: Amex, lengths: []int{15}, code: 4, groups: amex},
		{brand: Diners, lengths: []int{14, 16, 19}, code: 3, groups: dine},
		{brand: Discover, lengths: []int{16, 19}, code: 3, groups: four},
		{brand: JCB, lengths: []int{16, 17, 18, 19}, code: 3, groups: four},
		{brand: UnionPay, lengths: []int{14, 15, 16, 17, 18, 19}, code: 3, groups: four, soft: true},
		{brand: Mir, lengths: []int{16, 17, 18, 19}, code: 3, groups: four},
		{brand: Maestro, lengths: []int{12, 13, 14, 15, 16, 17, 18, 19}, code: 3, groups: four},
		{brand: RuPay, lengths: []int{16}, code: 3, groups: four},
	}

	// unknown stands for every range that is not in the table.
	unknown = scheme{lengths: []int{12, 13, 14, 15, 16, 17, 18, 19}, code: 3, groups: four}
)

// prefixes is one row of the range table: low and high have the same number of
// digits and are both included. Where rows overlap the longest prefix wins:
// RuPay's 508 lies inside Maestro's 50 (such a card may be a co-brand).
type prefixes struct {
	low, high string
	brand     Brand
}

var ranges = []prefixes{
	{"4", "4", Visa},
	{"51", "55", Mastercard}, {"2221", "2720", Mastercard},
	{"34", "34", Amex}, {"37", "37", Amex},
	{"300", "305", Diners}, {"36", "36", Diners}, {"38", "39", Diners},
	{"6011", "6011", Discover}, {"644", "649", Discover}, {"65", "65", Discover},
	{"3528", "3589", JCB},
	{"62", "62", UnionPay}, {"81", "81", UnionPay},
	{"2200", "2204", Mir},
	{"508", "508", RuPay}, {"606", "608", RuPay},
	{"50", "50", Maestro}, {"56", "59", Maestro}, {"63", "63", Maestro}, {"67", "67", Maestro},
}

// Brands lists every known brand, in a fixed order.
func Brands() []Brand {
	all := make([]Brand, len(schemes))
	for i, s := range schemes {
		all[i] = s.brand
	}
	return all
}

// BrandOf finds the brand of a whole or partial number in ASCII digits;
// [UnknownBrand] while, or where, no range matches.
func BrandOf(digits []byte) Brand {
	best, length := UnknownBrand, 0
	for _, r := range ranges {
		if n := len(r.low); n > length && len(digits) >= n && r.covers(digits[:n]) {
			best, length = r.brand, n
		}
	}
	return best
}

// couldBeBrand reports whether more digits could still bring the number into a
// known range, or it is in one already.
func couldBeBrand(digits []byte) bool {
	return slices.ContainsFunc(ranges, func(r prefixes) bool {
		return r.covers(digits[:min(len(digits), len(r.low))])
	})
}

// covers compares a prefix with the range cut to the prefix's length.
func (r prefixes) covers(prefix []byte) bool {
	n := len(prefix)
	return r.low[:n] <= string(prefix) && string(prefix) <= r.high[:n]
}

func (b Brand) scheme() scheme {
	for _, s := range schemes {
		if s.brand == b {
			return s
		}
	}
	return unknown
}

// Lengths lists the digits a number of this brand may have, ascending; 12 to 19
// for an unknown brand.
func (b Brand) Lengths() []int { return slices.Clone(b.scheme().lengths) }

// CodeLength is the number of digits of the card security code: 4 for Amex,
// otherwise 3.
func (b Brand) CodeLength() int { return b.scheme().code }

// SoftCheck reports whether a failing check digit is only a warning.
func (b Brand) SoftCheck() bool { return b.scheme().soft }

// Groups says how n digits of this brand are grouped for reading, as embossed:
// 4-4-4-4, or 4-6-5 for Amex. The groups add up to n; the last may be short.
func (b Brand) Groups(n int) []int {
	for _, g := range b.scheme().groups {
		if sum(g) >= n {
			return cut(g, n)
		}
	}
	return cut(nil, n)
}

func sum(g []int) int {
	total := 0
	for _, n := range g {
		total += n
	}
	return total
}

// cut takes groups until n digits are used up, fours when the groups run out.
func cut(groups []int, n int) []int {
	var out []int
	for i := 0; n > 0; i++ {
		size := 4
		if i < len(groups) {
			size = groups[i]
		}
		out = append(out, min(size, n))
		n -= size
	}
	return out
}
