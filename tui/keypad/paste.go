package keypad

import (
	"strings"
	"unicode/utf8"

	"vpos/reader"
	"vpos/txn"
)

// maxPaste is how much of a paste is looked at; no field takes nearly as much.
const maxPaste = 64

// Fits reports whether a pasted text as a whole can go into a field of this
// kind that holds used characters already. What confirms is typed by hand, never pasted.
func Fits(kind Kind, text string, used int) bool {
	if kind == NoField || kind == FigureField || text == "" || !kind.named() && utf8.RuneCountInString(text) > maxPaste {
		return false
	}
	var probe Field
	defer probe.Wipe()
	probe.Reset(kind)
	for _, r := range text {
		if Separates(kind, r) {
			continue
		}
		if !probe.Type(r) {
			return false
		}
	}
	return probe.Len() > 0 && used+probe.Len() <= bounds[kind]
}

// Separates reports whether a pasted character only groups what is around it:
// spaces and dashes in a card number, a stroke in a date, spaces and thousands
// commas in an amount.
func Separates(kind Kind, r rune) bool {
	r = reader.Fold(r)
	switch kind {
	case PANField, PayCodeField:
		return strings.ContainsRune(" -", r)
	case ExpiryField, DateField:
		return strings.ContainsRune(" /-", r)
	case AmountField, TipField, CashField, FindAmountField:
		return strings.ContainsRune(" ,", r)
	case AuthField, ReferenceField:
		return r == ' '
	case NoField, GoodsField, StockField, CVVField, TraceField, PINField, OTPField, OperatorField, PasscodeField, FigureField, ReasonField, PaperField, FindField:
	}
	return false
}

// Misfit is the code for a paste that does not fit a field.
func Misfit(kind Kind) txn.Code {
	switch kind {
	case AmountField, TipField, CashField, FindAmountField:
		return txn.AmountFormat
	case PANField:
		return txn.Code(reader.FaultPANFormat)
	case ExpiryField:
		return txn.Code(reader.FaultExpiryFormat)
	case CVVField:
		return txn.Code(reader.FaultCVVFormat)
	case TraceField, FindField:
		return txn.TraceFormat
	case ReasonField:
		return txn.ReasonFormat
	case PaperField:
		return txn.PaperAnswer
	case PINField:
		return txn.PINFormat
	case OTPField:
		return txn.OTPFormat
	case AuthField:
		return txn.AuthFormat
	case ReferenceField:
		return txn.ReferenceFormat
	case DateField:
		return txn.DateFormat
	case OperatorField:
		return txn.StaffFormat
	case PasscodeField:
		return txn.StaffPIN
	case PayCodeField:
		return txn.Code(reader.FaultPayCodeFormat)
	case FigureField:
		return txn.ConfirmDigits
	case GoodsField:
		return txn.GoodsFormat
	case NoField, StockField:
	}
	return txn.NotHere
}
