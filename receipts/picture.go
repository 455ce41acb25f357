package receipts

import (
	"errors"
	"fmt"
	"image"
	"iter"

	"rsc.io/qr"
)

// The grid of every paper: a column is so many dots wide, a row so many high (font A of
// the printers; a hanzi takes two columns).
const (
	CellWidth  = 12
	CellHeight = 24
)

// Picture is what a line shows instead of letters: a QR code, or else an image. It has its
// rows for itself.
type Picture struct {
	QR    string // what the code says; empty for Image
	Image Image  // a dot of it is a dot of the printer
	Align Align
}

// Placed is a picture that has its place on a page: Dots, of which the first stands at the
// top left of column Col, fit into Cols columns and Rows rows.
type Placed struct {
	Picture
	Dots            Image // as printed, the quiet zone of a code included
	Module          int   // of a code: dots a module; 0 for an image
	Col, Cols, Rows int
}

// What a picture can be refused for.
var (
	ErrPictureEmpty = errors.New("an empty picture")
	ErrPictureWide  = errors.New("the picture is wider than the paper")
	ErrQR           = errors.New("not a text for a QR code")
)

const (
	// QuietModules is the white border of a QR code, in modules (ISO/IEC 18004, 6.3.8).
	QuietModules = 4
	maxModule    = 6 // dots: 0.75 mm, as large as a telephone needs it
	maxQR        = 512
)

// QRModules are the modules of a code, a dot each and without a quiet zone. Error
// correction is level M. The error wraps [ErrQR].
func QRModules(text string) (Image, error) {
	if text == "" || len(text) > maxQR {
		return Image{}, fmt.Errorf("%w: %d bytes, 1 to %d can be had", ErrQR, len(text), maxQR)
	}
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return Image{}, fmt.Errorf("%w: %w", ErrQR, err)
	}
	m := NewImage(code.Size, code.Size)
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				m.Set(x, y)
			}
		}
	}
	return m, nil
}

// place gives a picture its place on a paper of so many columns.
func (p Picture) place(columns int) (*Placed, error) {
	if p.QR != "" {
		return PlaceQR(p.QR, maxModule, p.Align, columns)
	}
	return (&Placed{Picture: p, Dots: p.Image}).on(columns)
}

// PlaceQR gives a QR code its place, its modules as many dots as given or as have room.
// Errors are those of [Layout].
func PlaceQR(text string, module int, align Align, columns int) (*Placed, error) {
	modules, err := QRModules(text)
	if err != nil {
		return nil, err
	}
	placed := &Placed{Picture: Picture{QR: text, Align: align}}
	placed.Module = min(module, columns*CellWidth/(modules.W+2*QuietModules))
	if placed.Module < 1 {
		return nil, fmt.Errorf("%w: %d modules", ErrPictureWide, modules.W)
	}
	placed.Dots = modules.framed(QuietModules).scaled(placed.Module)
	return placed.on(columns)
}

// on finds the columns and rows of the dots.
func (placed *Placed) on(columns int) (*Placed, error) {
	room := columns * CellWidth
	switch d := placed.Dots; {
	case d.W > room:
		return nil, fmt.Errorf("%w: %d dots, there are %d", ErrPictureWide, d.W, room)
	case d.W == 0 || d.H == 0:
		return nil, ErrPictureEmpty
	default:
		placed.Cols = (d.W + CellWidth - 1) / CellWidth
		placed.Rows = (d.H + CellHeight - 1) / CellHeight
	}
	switch placed.Align {
	case Center:
		placed.Col = (columns - placed.Cols) / 2
	case Right:
		placed.Col = columns - placed.Cols
	case Left:
	}
	return placed, nil
}

// Image is dots that are black or white: rows from the top, eight dots a byte, the highest
// bit leftmost, each row beginning with a byte of its own.
type Image struct {
	W, H int
	Bits []byte
}

// NewImage is a white image.
func NewImage(w, h int) Image {
	return Image{W: w, H: h, Bits: make([]byte, (w+7)/8*h)}
}

// Stride is the bytes of a row.
func (m Image) Stride() int { return (m.W + 7) / 8 }

// Set blackens a dot of the image.
func (m Image) Set(x, y int) { m.Bits[y*m.Stride()+x/8] |= 0x80 >> (x % 8) }

// Black reports a black dot; outside the image all is white.
func (m Image) Black(x, y int) bool {
	return x >= 0 && y >= 0 && x < m.W && y < m.H && m.Bits[y*m.Stride()+x/8]&(0x80>>(x%8)) != 0
}

// framed is the image within a white border of so many dots.
func (m Image) framed(n int) Image {
	out := NewImage(m.W+2*n, m.H+2*n)
	for r := range m.Rects() {
		for y := r.Min.Y; y < r.Max.Y; y++ {
			for x := r.Min.X; x < r.Max.X; x++ {
				out.Set(x+n, y+n)
			}
		}
	}
	return out
}

// scaled is the image with n × n dots for each.
func (m Image) scaled(n int) Image {
	out := NewImage(m.W*n, m.H*n)
	for y := range out.H {
		for x := range out.W {
			if m.Black(x/n, y/n) {
				out.Set(x, y)
			}
		}
	}
	return out
}

// Rects yields rectangles that cover the black dots, each dot once: runs of a row, made
// as high as the rows below have the very same run.
func (m Image) Rects() iter.Seq[image.Rectangle] {
	return func(yield func(image.Rectangle) bool) {
		for y := range m.H {
			for x := 0; x < m.W; x++ {
				if !m.Black(x, y) {
					continue
				}
				end := m.runEnd(x, y)
				if !m.hasRun(x, end, y-1) {
					bottom := y + 1
					for m.hasRun(x, end, bottom) {
						bottom++
					}
					if !yield(image.Rect(x, y, end, bottom)) {
						return
					}
				}
				x = end
			}
		}
	}
}

func (m Image) runEnd(x, y int) int {
	for m.Black(x, y) {
		x++
	}
	return x
}

// hasRun reports a run of black dots in a row that begins at x and ends before end.
func (m Image) hasRun(x, end, y int) bool {
	return m.Black(x, y) && !m.Black(x-1, y) && m.runEnd(x, y) == end
}
