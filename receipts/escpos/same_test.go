package escpos

import (
	"fmt"
	"slices"

	"vpos/receipts"
	"vpos/receipts/raster"
)

// want is a page's row as a printer shows it.
func want(r *receipts.Row, columns int) (list []printed) {
	if r.Rule != receipts.NoRule {
		c := map[receipts.Rule]string{receipts.Thin: "-", receipts.Double: "="}[r.Rule]
		for col := range columns {
			list = append(list, printed{col: col, char: c})
		}
	}
	for _, run := range r.Runs {
		for col, c := range run.Cells() {
			if c != " " {
				list = append(list, printed{col, c, run.Size == receipts.Large, run.Size != receipts.Normal, run.Bold})
			}
		}
	}
	return list
}

// same holds what a printer made of a page against the page: every letter in its column, or
// the row's dots.
func same(page receipts.Page, p paper, e *Encoder) error {
	lines := p.lines
	for i := range page.Rows {
		r := &page.Rows[i]
		if len(lines) == 0 {
			return fmt.Errorf("row %d is missing", i)
		}
		if lines[0].dots.W == 0 && lines[0].qr == "" {
			if got := lines[0].letters; !slices.Equal(got, want(r, page.Columns)) {
				return fmt.Errorf("row %d: %+v", i, got)
			}
			lines = lines[1:]
			continue
		}
		if lines[0].qr != "" {
			if r.Picture == nil || lines[0].qr != r.Picture.QR || lines[0].module != r.Picture.Module {
				return fmt.Errorf("row %d: QR %q", i, lines[0].qr)
			}
			lines = lines[1:]
			continue
		}
		n, err := sameDots(lines, r, page.Columns, e.Profile.Raster)
		if err != nil {
			return fmt.Errorf("row %d: %w", i, err)
		}
		lines = lines[n:]
	}
	if len(lines) > 0 {
		return fmt.Errorf("%d lines more", len(lines))
	}
	return nil
}

// sameDots holds a row against the pieces it was sent in, and says how many these are. The
// line below is as far away as below letters.
func sameDots(lines []line, r *receipts.Row, columns int, can Raster) (n int, err error) {
	whole := raster.Row(columns, *r)
	for y := 0; y < whole.H; n++ {
		if n == len(lines) {
			return n, fmt.Errorf("%d dots are missing", whole.H-y)
		}
		m := lines[n].dots
		if m.W == 0 || m.H > can.Height || can.Bad > 0 && m.H%can.Bad == 0 {
			return n, fmt.Errorf("a piece of %d dots", m.H)
		}
		for dy := range m.H {
			for x := range whole.W {
				if m.Black(x, dy) != whole.Black(x, y+dy) {
					return n, fmt.Errorf("dot %d,%d", x, y+dy)
				}
			}
		}
		y += m.H
		if led := y == whole.H && r.Picture == nil && y == 24; led != (lines[n].led == 6) {
			return n, fmt.Errorf("%d dots below", lines[n].led)
		}
	}
	return n, nil
}
