// Package svg draws a laid-out page as one SVG file: letters as text that can be selected,
// each in its cell whatever font the viewer has, pictures as rectangles.
package svg

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"vpos/receipts"
)

// Margin is the white around the page, in dots.
const Margin = 24

// Letters stand in cells of 12 × 24 dots: a monospaced font of this size is as wide.
const (
	fontSize = 20
	baseline = 6 // dots above the bottom of a cell
)

// Render draws a page, a dot a unit. The same page always gives the same bytes.
func Render(p receipts.Page) []byte {
	var b strings.Builder
	w, h := p.Columns*receipts.CellWidth, height(p)
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="%d %d %d %d" width="%d" height="%d" `+
		`font-family="'Noto Sans Mono CJK SC','Sarasa Mono SC','NSimSun',monospace" font-size="%d" fill="#000" xml:space="preserve">`+"\n",
		-Margin, -Margin, w+2*Margin, h+2*Margin, w+2*Margin, h+2*Margin, fontSize)
	fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%d" height="%d" fill="#fff"/>`+"\n", -Margin, -Margin, w+2*Margin, h+2*Margin)
	top := 0
	for i := range p.Rows {
		row(&b, &p.Rows[i], top, w)
		top += p.Rows[i].Height() * receipts.CellHeight
	}
	b.WriteString("</svg>\n")
	return []byte(b.String())
}

// height is how many dots a page is high.
func height(p receipts.Page) (h int) {
	for i := range p.Rows {
		h += p.Rows[i].Height() * receipts.CellHeight
	}
	return h
}

func row(b *strings.Builder, r *receipts.Row, top, width int) {
	middle := top + receipts.CellHeight/2
	switch {
	case r.Picture != nil:
		picture(b, r.Picture, top)
	case r.Rule == receipts.Thin:
		fmt.Fprintf(b, `<path d="M0 %dH%d" stroke="#000" stroke-width="2" stroke-dasharray="9 3"/>`+"\n", middle, width)
	case r.Rule == receipts.Double:
		fmt.Fprintf(b, `<path d="M0 %dH%dM0 %dH%d" stroke="#000" stroke-width="2"/>`+"\n", middle-2, width, middle+2, width)
	default:
		bottom := top + r.Height()*receipts.CellHeight
		for i := range r.Runs {
			run(b, &r.Runs[i], bottom)
		}
	}
}

// run is a text for every stretch of letters as wide: of hanzi each has a place of its own,
// of the others the first, and all their length. So a viewer that knows first places alone
// keeps the columns too.
func run(b *strings.Builder, r *receipts.Run, bottom int) {
	var stretch []string
	first, width := r.Col, 0
	end := func() {
		if len(stretch) > 0 {
			letters(b, r, stretch, first, width, bottom)
		}
		stretch = nil
	}
	for at, c := range r.Cells() {
		if w := receipts.Width(c); w != width {
			end()
			first, width = at, w
		}
		stretch = append(stretch, c)
	}
	end()
}

func letters(b *strings.Builder, r *receipts.Run, chars []string, col, width, bottom int) {
	b.WriteString("<text")
	y := bottom - baseline*r.Size.H()
	if r.Size == receipts.Normal {
		fmt.Fprintf(b, ` y="%d"`, y)
	} else {
		fmt.Fprintf(b, ` transform="matrix(%d 0 0 %d 0 %d)"`, r.Size.W(), r.Size.H(), y)
	}
	if r.Bold {
		b.WriteString(` font-weight="bold"`)
	}
	left := col * receipts.CellWidth / r.Size.W()
	if width == 1 {
		fmt.Fprintf(b, ` x="%d" textLength="%d">`, left, len(chars)*receipts.CellWidth)
	} else {
		xs := make([]string, 0, len(chars))
		for i, c := range chars {
			for range utf8.RuneCountInString(c) { // a mark stands on its letter
				xs = append(xs, fmt.Sprint(left+i*width*receipts.CellWidth))
			}
		}
		fmt.Fprintf(b, ` x="%s">`, strings.Join(xs, " "))
	}
	escape(b, strings.Join(chars, ""))
	b.WriteString("</text>\n")
}

// escape writes a text so that it cannot become markup.
func escape(b *strings.Builder, text string) {
	for _, c := range text {
		switch c {
		case '&':
			b.WriteString("&amp;")
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		default:
			if c == utf8.RuneError || c >= 0xFFFE && c <= 0xFFFF {
				c = utf8.RuneError // what XML does not know
			}
			b.WriteRune(c)
		}
	}
}

func picture(b *strings.Builder, p *receipts.Placed, top int) {
	left := p.Col * receipts.CellWidth
	b.WriteString(`<path shape-rendering="crispEdges" d="`)
	for r := range p.Dots.Rects() {
		fmt.Fprintf(b, "M%d %dh%dv%dh-%dz", left+r.Min.X, top+r.Min.Y, r.Dx(), r.Dy(), r.Dx())
	}
	b.WriteString(`">`)
	if p.QR != "" {
		b.WriteString("<title>")
		escape(b, p.QR)
		b.WriteString("</title>")
	}
	b.WriteString("</path>\n")
}
