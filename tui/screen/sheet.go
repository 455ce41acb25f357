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

// Said is what became of it, and why; empty for no paper.
func (s Sheet) Said(l words.Lang) (what, why string) {
	switch s.Is {
	case SheetPrinting:
		return words.SheetPrinting.In(l), ""
	case SheetPrinted:
		return words.SheetPrinted.In(l), ""
	case SheetFailed, SheetDoubted:
		trouble := words.SheetTrouble(s.Why, s.Is == SheetDoubted)
		return trouble.Headline.In(l), trouble.Next.In(l)
	case NoSheet:
	}
	return "", ""
}

// sheet is what became of the paper, at the foot of its screen.
func (f *Frame) sheet() []string {
	role, sign := theme.Warn, "! "
	switch f.Sheet.Is {
	case NoSheet:
		return nil
	case SheetPrinting:
		role, sign = theme.Dim, "▸ "
	case SheetPrinted:
		role, sign = theme.Good, "✓ "
	case SheetFailed, SheetDoubted:
	}
	what, why := f.Sheet.Said(f.Lang)
	lines := []string{f.ink(role, sign+what)}
	if why != "" {
		lines = append(lines, "  "+f.ink(theme.Ink, why))
	}
	return lines
}
