package keypad

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"vpos/reader"
	"vpos/tui/words"
	"vpos/txn"
)

// AmountView is what an amount field shows.
type AmountView struct {
	Value string    // the amount as it would be charged, grouped: 1,234.50
	Sum   string    // the arithmetic it comes from; empty for a plain number
	Code  txn.Code  // what is wrong as it stands; empty while typing may go on
	Money txn.Money // what the machine would take; zero where it is no amount
}

// Amount reads the field as the machine would. An unfinished sum (ending in an
// operator) shows the value of what stands before it.
func (f *Field) Amount(s txn.State) AmountView {
	text := string(f.buf[:f.n])
	view := AmountView{Value: txn.Money{Currency: s.Setup.Currency}.Grouped()}
	if text == "" {
		return view
	}
	if cardLike(text) {
		view.Value, view.Code = strings.Repeat("•", 12), txn.AmountTooLarge
		return view
	}
	if strings.ContainsAny(text, "+-*") {
		view.Sum = pretty(text)
	}
	view.Money, _ = txn.ParseAmount(strings.TrimRight(text, "+-*"), s.Setup.Currency, s.Setup.MaxAmount)
	money, code := txn.ParseAmount(strings.TrimRight(text, "+-*."), s.Setup.Currency, s.Setup.MaxAmount)
	switch code {
	case txn.NoProblem:
		view.Value = money.Grouped()
		if typed, ok := decimals(text, s.Setup.Currency); ok && view.Sum == "" {
			view.Value = typed
		}
	case txn.AmountZero:
	default:
		view.Value, view.Code = pretty(text), code
	}
	return view
}

// cardLike reports whether an entry has more digits in a row than an amount can have
// (ISO 8583 field 4): a card's number or a payment code that went astray. It is not shown.
func cardLike(text string) bool { return mostDigits(text) > 12 }

// mostDigits is how many digits stand in a row, where most do.
func mostDigits(text string) (most int) {
	for digits := range strings.FieldsFuncSeq(text, func(r rune) bool { return r < '0' || r > '9' }) {
		most = max(most, len(digits))
	}
	return most
}

// decimals shows a decimal entry as far as it was typed: 12. and 12.5 rather
// than 12.00 and 12.50, so that the fingers see where they are.
func decimals(text string, c txn.Currency) (string, bool) {
	whole, frac, point := strings.Cut(text, ".")
	if !point || len(frac) > c.Exponent() {
		return "", false
	}
	units, code := txn.ParseAmount("0"+whole, 0, 0)
	if code != txn.NoProblem && code != txn.AmountZero {
		return "", false
	}
	return txn.Money{Minor: units.Minor}.Grouped() + "." + frac, true
}

// pretty spaces a sum for reading: 3 × 4.50 + 2.
func pretty(text string) string {
	return strings.NewReplacer("*", " × ", "+", " + ", "-", " − ").Replace(text)
}

// Text is what was typed of a good. Digits that are too many for its code may be a card's
// number, and are not shown.
func (f *Field) Text() string {
	text := string(f.buf[:f.n])
	if mostDigits(text) > longestCode {
		return strings.Repeat("•", utf8.RuneCountInString(text))
	}
	return text
}

// longestCode is how many digits a good's code has at most (EAN-13).
const longestCode = 13

// Line is a good's code, name or line, as typed.
func (f *Field) Line() string { return string(f.buf[:f.n]) }

// Put types a text into an empty field, as far as it takes it.
func (f *Field) Put(text string) {
	for _, r := range text {
		f.Type(r)
	}
}

// PAN describes the number so far: brand, length, check digit, and the masked
// form that may be shown.
func (f *Field) PAN() reader.Look { return reader.Inspect(f.buf[:f.n]) }

// ExpiryView is what an expiry field shows.
type ExpiryView struct {
	Display string        // 07/3_ while typing
	Date    reader.Expiry // once four digits make a date
	Fault   reader.Fault  // why they do not
}

// Expiry reads the field as month and year.
func (f *Field) Expiry(s txn.State) ExpiryView {
	shown := []byte("__/__")
	for i, at := range []int{0, 1, 3, 4} {
		if i < f.n {
			shown[at] = f.buf[i]
		}
	}
	view := ExpiryView{Display: string(shown)}
	if f.n == bounds[ExpiryField] {
		date, err := reader.ParseExpiry(f.buf[:f.n], s.Now)
		view.Date, view.Fault = date, reader.FaultOf(err)
	}
	return view
}

// OfferText is the date on offer as the card shows it, and in words: 07/30 and
// July 2030. Both are empty when nothing is on offer.
func OfferText(s txn.State, l words.Lang) (short, long string) {
	if len(s.Offer) != 4 {
		return "", ""
	}
	year, month := two(s.Offer[2:]), two(s.Offer[:2])
	return s.Offer[:2] + "/" + s.Offer[2:], words.Month(l, reader.Expiry{Year: 2000 + year, Month: month})
}

func two(digits string) int { return int(digits[0]-'0')*10 + int(digits[1]-'0') }

// CVV is the security code, hidden: one dot a digit and a dash for each digit
// still missing.
func (f *Field) CVV(b reader.Brand) string {
	return strings.Repeat("● ", f.n) + strings.Repeat("– ", max(0, b.CodeLength()-f.n))
}

// PIN is the PIN, hidden: one dot a digit and a dash for each that the shortest
// PIN still lacks.
func (f *Field) PIN() string {
	return strings.Repeat("● ", f.n) + strings.Repeat("– ", max(0, shortestPIN-f.n))
}

// PayCode is a payment code, hidden: one dot a digit, and how many there are, since
// nobody can count so many.
func (f *Field) PayCode() string {
	if f.n == 0 {
		return ""
	}
	return strings.Repeat("●", f.n) + " " + strconv.Itoa(f.n)
}

// shortestPIN is the least number of digits (ISO 9564-1, 6.1).
const shortestPIN = 4

// Trace is the trace number as typed, or whatever else may be read by anybody.
func (f *Field) Trace() string { return string(f.buf[:f.n]) }

// Date is a day, month first, as far as it was typed: 11-2_.
func (f *Field) Date() string {
	shown := []byte("__-__")
	for i, at := range []int{0, 1, 3, 4} {
		if i < f.n {
			shown[at] = f.buf[i]
		}
	}
	return string(shown)
}
