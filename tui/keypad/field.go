package keypad

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"vpos/reader"
	"vpos/txn"
)

// Kind is which field a state has.
type Kind uint8

// The fields.
const (
	NoField Kind = iota
	AmountField
	PANField
	ExpiryField
	CVVField
	TraceField
	PINField
	OTPField
	TipField
	AuthField      // letters too
	ReferenceField // letters too
	DateField
	OperatorField // an operator's number
	PasscodeField // an operator's PIN
	CashField     // what is in the drawer
	PayCodeField
	ReasonField     // why a card is keyed: a number of the list
	PaperField      // whether a slip came out: a number of two
	FigureField     // the digits that confirm what Enter alone does not
	FindField       // what is searched for
	FindAmountField // an amount that is searched for
	GoodsField      // so many × a code, or part of a name; letters of any script
	StockField      // a good as a line: code, price, name; any text
)

// FieldOf is the field of a state.
func FieldOf(name txn.Name) Kind {
	switch name {
	case txn.AmountEntry:
		return AmountField
	case txn.PANEntry:
		return PANField
	case txn.ExpiryEntry:
		return ExpiryField
	case txn.CVVEntry:
		return CVVField
	case txn.TraceEntry:
		return TraceField
	case txn.PINEntry:
		return PINField
	case txn.OTPEntry:
		return OTPField
	case txn.TipEntry:
		return TipField
	case txn.AuthEntry:
		return AuthField
	case txn.ReferenceEntry:
		return ReferenceField
	case txn.DateEntry:
		return DateField
	case txn.Lock, txn.SupervisorEntry:
		return OperatorField
	case txn.Passcode, txn.NewPasscode:
		return PasscodeField
	case txn.CashEntry:
		return CashField
	case txn.PayCodeEntry:
		return PayCodeField
	case txn.ReasonEntry:
		return ReasonField
	case txn.PaperEntry:
		return PaperField
	case txn.GoodsEntry:
		return GoodsField
	case txn.Stock:
		return StockField
	default:
		return NoField
	}
}

// FieldAt is the field of a state as it stands: none for a PIN that is keyed on
// the reader itself, and one at a confirmation that wants digits.
func FieldAt(s txn.State) Kind {
	switch {
	case s.Name == txn.PINEntry && s.PIN.Pad:
		return NoField
	case s.Figure() != "" && !s.CardFirst():
		return FigureField
	}
	return FieldOf(s.Name)
}

// bounds is how many bytes a field takes: characters, but for those of names.
var bounds = map[Kind]int{
	AmountField: 24, PANField: 19, ExpiryField: 4, CVVField: 4, TraceField: 6, PINField: 12, OTPField: 8,
	TipField: 24, AuthField: 6, ReferenceField: 12, DateField: 4, OperatorField: 2, PasscodeField: 6, CashField: 24,
	PayCodeField: 24, FigureField: 15, ReasonField: 1, PaperField: 1, FindField: 8, FindAmountField: 15,
	GoodsField: 48, StockField: maxField,
}

// maxField is what the longest field takes: a code, a price and a name in Chinese.
const maxField = 160

// Sum reports whether a field takes an amount: arithmetic, and a decimal point.
func (k Kind) Sum() bool {
	return k == AmountField || k == TipField || k == CashField || k == FindAmountField
}

// lettered reports whether a field takes letters, which are then no shortcuts.
func (k Kind) lettered() bool { return k == AuthField || k == ReferenceField || k.named() }

// named reports whether a field takes the names of goods, in any script.
func (k Kind) named() bool { return k == GoodsField || k == StockField }

// Field is one line being typed. Its buffer is an array, so that no digit is
// left behind by growing, and [Field.Wipe] overwrites it. Keep it behind a
// pointer: a copy is a second place to wipe.
type Field struct {
	kind Kind
	n    int
	buf  [maxField]byte
}

// Reset wipes the field and makes it one of this kind.
func (f *Field) Reset(kind Kind) {
	f.Wipe()
	f.kind = kind
}

// Wipe overwrites and empties the field.
func (f *Field) Wipe() {
	clear(f.buf[:])
	f.n = 0
}

// Kind is which field it is.
func (f *Field) Kind() Kind { return f.kind }

// Len is the number of bytes typed: of characters, but in names.
func (f *Field) Len() int { return f.n }

// Wants reports whether the character could ever be part of this field, in its
// ASCII or full-width form: what a field wants is no shortcut.
func (f *Field) Wants(r rune) bool { return f.fold(r) != 0 }

// fold is the character a field keeps for a rune, of ASCII but in names; 0 for one it
// does not want.
func (f *Field) fold(r rune) rune { return f.kind.fold(r) }

func (k Kind) fold(r rune) rune {
	was := r
	r = reader.Fold(r)
	switch {
	case k == NoField:
		return 0
	case r >= '0' && r <= '9':
		return r
	case k.Sum():
		return foldAmount(r)
	case k.named():
		return k.foldName(was, r)
	case k.lettered() && r >= 'a' && r <= 'z':
		return r - 'a' + 'A'
	case k.lettered() && r >= 'A' && r <= 'Z':
		return r
	}
	return 0
}

// foldName keeps what a name is made of, in the width it was typed. What begins a swipe,
// and the keys = and ?, never are.
func (k Kind) foldName(was, r rune) rune {
	switch {
	case r == '*' || r == '×':
		return '*'
	case unicode.IsLetter(r), k == StockField && unicode.IsPrint(was) && !strings.ContainsRune("%;?=", r):
		return was
	}
	return 0
}

func foldAmount(r rune) rune {
	switch r {
	case '.', '。':
		return '.'
	case '*', '×', 'x', 'X':
		return '*'
	case '+', '-':
		return r
	case '−':
		return '-'
	}
	return 0
}

// Type adds a character and reports whether it was taken: a full field takes
// no more, nor does an amount take a second operator or point in a row.
func (f *Field) Type(r rune) bool {
	c := f.fold(r)
	if c == 0 || f.n+utf8.RuneLen(c) > bounds[f.kind] || f.doubled(c) {
		return false
	}
	f.n += utf8.EncodeRune(f.buf[f.n:], c)
	return true
}

// doubled keeps slips of the finger out of an amount: an operator behind
// nothing or behind another, a second point in a number, zeros before a number.
func (f *Field) doubled(c rune) bool {
	if !f.kind.Sum() {
		return false
	}
	text := string(f.buf[:f.n])
	number := text[strings.LastIndexAny(text, "+-*")+1:]
	switch c {
	case '+', '-', '*':
		return number == "" || number == "."
	case '.':
		return strings.Contains(number, ".")
	}
	return false
}

// IsDigit reports whether the rune is a digit, ASCII or full-width.
func IsDigit(r rune) bool {
	r = reader.Fold(r)
	return r >= '0' && r <= '9'
}

// IsPoint reports whether the rune is a decimal point in any of its forms.
func IsPoint(r rune) bool { return foldAmount(reader.Fold(r)) == '.' }

// Backspace erases the last character and reports whether there was one.
func (f *Field) Backspace() bool {
	if f.n == 0 {
		return false
	}
	_, size := utf8.DecodeLastRune(f.buf[:f.n])
	clear(f.buf[f.n-size : f.n])
	f.n -= size
	return true
}

// Secret is what was typed, in a copy of its own; whoever takes it wipes it.
func (f *Field) Secret() reader.Secret { return reader.NewSecret(f.buf[:f.n]) }

// Settle is called with the state an entry led to. Where the entry was refused
// and the screen is the same, the amount, the number and the trace stay to be
// mended; what is quicker typed again, or must not stay, goes.
func (f *Field) Settle(s txn.State) {
	if kind := FieldAt(s); kind != f.kind {
		f.Reset(kind)
		return
	}
	switch f.kind {
	case ExpiryField, CVVField, PINField, OTPField, DateField, OperatorField, PasscodeField, PayCodeField, FigureField, ReasonField, PaperField, GoodsField:
		f.Wipe()
	case PANField:
		if s.Problem == txn.PANKeyTwice || s.Problem == txn.PANDiffers {
			f.Wipe()
		}
	case AmountField, TipField, CashField, FindAmountField:
		if cardLike(string(f.buf[:f.n])) || f.kind == CashField && (s.Repeat || s.Problem == txn.CountDiffers) {
			f.Wipe() // astray, or to be keyed once more
		}
	case NoField, TraceField, AuthField, ReferenceField, FindField, StockField:
	}
}

// Truncate erases what was typed behind the first n characters.
func (f *Field) Truncate(n int) {
	for f.n > n && f.Backspace() {
	}
}
