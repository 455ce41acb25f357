package escpos

import "vpos/receipts"

// What is not letters: pictures, and lines that the printer's own letters cannot say.

func (w *writer) picture(r *receipts.Row) {
	p := r.Picture
	if p.QR == "" || !w.Profile.QR {
		w.dots(w.Draw(w.columns, *r))
		return
	}
	align := map[receipts.Align]byte{receipts.Center: 1, receipts.Right: 2}[p.Align]
	if align != 0 {
		w.command("\x1ba", align)
	}
	w.code(0x41, "2\x00")                // model 2
	w.code(0x43, string(rune(p.Module))) //nolint:gosec // dots a module, fewer than ten
	w.code(0x45, "1")                    // error correction M
	w.code(0x50, "0"+p.QR)               // store
	w.code(0x51, "0")                    // print
	if align != 0 {
		w.command("\x1ba", 0)
	}
}

// code is a function of GS ( k for QR codes, which are its symbol 49.
func (w *writer) code(function byte, data string) {
	w.command("\x1d(k")
	w.number(len(data) + 2)
	w.command("1", function)
	w.command(data)
}

// dots sends an image in pieces no higher than the printer takes. White at the right is not
// sent.
func (w *writer) dots(m receipts.Image) {
	stride := m.Stride()
	for y := 0; y < m.H; {
		h := w.piece(m.H - y)
		rows := m.Bits[y*stride : (y+h)*stride]
		width := inked(rows, stride)
		w.command("\x1dv0\x00")
		w.number(width)
		w.number(h)
		for at := 0; at < len(rows); at += stride {
			w.out = append(w.out, rows[at:at+width]...)
		}
		y += h
	}
}

// piece is how many of so many rows go in one command.
func (w *writer) piece(rows int) int {
	h := min(rows, w.Profile.Raster.Height)
	if bad := w.Profile.Raster.Bad; bad > 0 && h%bad == 0 {
		h--
	}
	return h
}

// inked is how many bytes of each row there are up to the last black dot, at least one.
func inked(rows []byte, stride int) int {
	width := 1
	for at := 0; at < len(rows); at += stride {
		for n := stride; n > width; n-- {
			if rows[at+n-1] != 0 {
				width = n
				break
			}
		}
	}
	return width
}
