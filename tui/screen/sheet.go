package screen

import (
	"errors"

	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// Sheet is the paper that somebody wanted of a screen, as far as it has come.
type Sheet struct {
	Is  SheetState
	Why txn.Code // it is not out, or nobody knows: of [txn.PrinterCodes]; empty where nobody can say
}

// SheetState is what became of a paper.
type SheetState uint8

// The states of a paper.
const (
	NoSheet       SheetState = iota
	SheetPrinting            // somebody prints it
	SheetPrinted             // it is out
	SheetFailed              // it is not
	SheetDoubted             // it may be
)

// SheetOf is what an error of a printer says of a paper.
func SheetOf(err error) Sheet {
	if err == nil {
		return Sheet{Is: SheetPrinted}
	}
	s := Sheet{Is: SheetFailed}
	if known, ok := errors.AsType[txn.PaperError](err); ok {
		s.Why = known.Code()
		if known.MayBeOut() {
			s.Is = SheetDoubted
		}
	}
	return s
}

// Line says it in a line; empty for no paper.
func (s Sheet) Line(l words.Lang) string {
	switch s.Is {
	case SheetPrinting:
		return words.SheetPrinting.In(l)
	case SheetPrinted:
		return words.SheetPrinted.In(l)
	case SheetFailed, SheetDoubted:
		return words.SheetTrouble(s.Why, s.Is == SheetDoubted, l)
	case NoSheet:
	}
	return ""
}

// sheet is what became of the paper, at the foot of its screen.
func (f *Frame) sheet(w int) []string {
	role, sign := theme.Warn, "! "
	switch f.Sheet.Is {
	case NoSheet:
		return nil
	case SheetPrinting:
		role, sign = theme.Dim, ""
	case SheetPrinted:
		role, sign = theme.Good, "✓ "
	case SheetFailed, SheetDoubted:
	}
	var lines []string
	for _, line := range words.Wrap(sign+f.Sheet.Line(f.Lang), w) {
		lines = append(lines, center(f.ink(role, line), w))
	}
	return lines
}
