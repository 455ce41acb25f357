package virtual

import (
	"strings"

	"vpos/receipts"
	"vpos/receipts/raster"
)

// Paper is a piece of paper that came out: up to a cut, or what was torn off.
type Paper struct {
	Columns  int
	Lines    []Line
	Whole    bool     // the job came to its end
	Drawer   bool     // it opened the cash drawer
	Warnings []string // what the printer did not understand
}

// Text is the letters, a line a line, large ones at normal size behind the space they
// would take; a QR code by what it says, dots as
// a remark.
func (p Paper) Text() string {
	var b strings.Builder
	for _, l := range p.Lines {
		col := 0
		for _, c := range l.Letters {
			for ; col < c.Column; col++ {
				b.WriteByte(' ')
			}
			b.WriteString(c.Char)
			col += receipts.Width(c.Char) * c.Size.W()
		}
		switch {
		case l.QR != "":
			b.WriteString("[QR] " + l.QR)
		case l.Dots.W > 0:
			b.WriteString("[dots]")
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// Image is the paper as it looks: dots where dots are, letters of the printer's own font.
func (p Paper) Image() receipts.Image {
	page := receipts.Page{Columns: p.Columns}
	for _, l := range p.Lines {
		page.Rows = append(page.Rows, l.row(p.Columns))
	}
	return raster.Page(page)
}

func (l Line) row(columns int) receipts.Row {
	var row receipts.Row
	for _, c := range l.Letters {
		row.Runs = append(row.Runs, receipts.Run{
			Col: c.Column, Cols: receipts.Width(c.Char) * c.Size.W(), Text: c.Char, Size: c.Size, Bold: c.Bold,
		})
	}
	switch {
	case l.QR != "":
		if placed, err := receipts.PlaceQR(l.QR, l.Module, l.Align, columns); err == nil {
			row.Picture = placed
		}
	case l.Dots.W > 0:
		row.Picture = &receipts.Placed{Dots: l.Dots, Cols: columns, Rows: (l.Dots.H + receipts.CellHeight - 1) / receipts.CellHeight}
	}
	return row
}
