package text

import (
	"strings"

	"vpos/receipts"
)

// quiet is the white border a drawn code has above and beside it, in modules: a screen is
// read from near.
const quiet = 2

// picture draws what is not letters, each row ended by \n.
func picture(b *strings.Builder, columns int, p *receipts.Placed) {
	if p.QR == "" {
		repeat(b, '\n', p.Rows)
		return
	}
	m, err := receipts.QRModules(p.QR)
	if err != nil || m.W+2*quiet > columns {
		b.WriteString("QR: " + p.QR + "\n")
		return
	}
	at := 0
	switch p.Align {
	case receipts.Center:
		at = (columns - m.W) / 2
	case receipts.Right:
		at = columns - m.W - quiet
	case receipts.Left:
		at = quiet
	}
	for y := -quiet; y < m.H+quiet; y += 2 {
		line := strings.Repeat(" ", at)
		for x := range m.W {
			line += halves(m.Black(x, y), m.Black(x, y+1))
		}
		b.WriteString(strings.TrimRight(line, " "))
		b.WriteByte('\n')
	}
}

// halves is the character with a black upper and lower half.
func halves(upper, lower bool) string {
	switch {
	case upper && lower:
		return "█"
	case upper:
		return "▀"
	case lower:
		return "▄"
	}
	return " "
}
