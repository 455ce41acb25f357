package main

import (
	"bytes"
	"fmt"
	"html"
	"slices"
	"strings"
)

// A cell of the pictures, in pixels. A monospaced face at 14 pixels is 8.43 wide.
const (
	cellWide = 8.43
	cellHigh = 17.0
	baseline = 12.9
	margin   = 12.0
	titleBar = 30.0
)

// paper is what a picture is drawn on.
type paper struct {
	title      string // of the window; empty is a sheet without one
	fore, back string
	bar, edge  string
}

var (
	window = paper{fore: "#d5dce6", back: "#10151c", bar: "#222c3a", edge: "#39465a"}
	sheet  = paper{fore: "#1f2733", back: "#fdfdfa", edge: "#c9ced6"}
)

// stops are the lights of a window's title bar.
var stops = []string{"#ff7b72", "#f2c14e", "#4fd08b"}

// drawing collects an SVG: boxes behind, lines and blocks as paths, then text.
type drawing struct {
	paper
	top     float64
	backs   bytes.Buffer
	strokes map[string][]segment // by colour
	blocks  map[string]*strings.Builder
	texts   bytes.Buffer
	classes []look
}

// draw makes the picture of some cells.
func draw(p paper, rows [][]cell) []byte {
	d := &drawing{paper: p, top: margin, strokes: map[string][]segment{}, blocks: map[string]*strings.Builder{}}
	if p.title != "" {
		d.top += titleBar
	}
	cols := 0
	for y, row := range rows {
		cols = max(cols, len(row))
		d.row(y, row)
	}
	return d.whole(float64(cols)*cellWide+2*margin, d.top+float64(len(rows))*cellHigh+margin)
}

// row draws a line of cells, each run that looks alike at once.
func (d *drawing) row(y int, row []cell) {
	for x := 0; x < len(row); {
		end := x + 1
		for end < len(row) && row[end].look.back == row[x].look.back {
			end++
		}
		if back := row[x].look.back; back != "" && back != d.back {
			fmt.Fprintf(&d.backs, `<path fill="%s" d="M%s %sh%sv%sh-%sz"/>`, back, num(d.x(x)), num(d.y(y)), num(float64(end-x)*cellWide), num(cellHigh), num(float64(end-x)*cellWide))
		}
		x = end
	}
	for x := 0; x < len(row); {
		c := row[x]
		switch {
		case strings.TrimSpace(c.text) == "":
			x++
		case d.line(x, y, c), d.block(x, y, c):
			x++
		default:
			end := x + 1
			for end < len(row) && alike(c, row[end]) && wide(row, end) == wide(row, x) && !gap(row, end) {
				end++
			}
			d.text(x, y, end-x, row[x:end])
			x = end
		}
	}
}

func blank(row []cell, x int) bool { return row[x].text == " " }

// gap reports whether nothing is said from here: two blanks, or the last.
func gap(row []cell, x int) bool {
	return blank(row, x) && (x+1 == len(row) || blank(row, x+1))
}

// wide reports whether the cell is of a glyph that takes two.
func wide(row []cell, x int) bool {
	return row[x].text == "" || x+1 < len(row) && row[x+1].text == ""
}

// alike reports whether text goes on in the same look and is no line or block.
func alike(a, b cell) bool {
	return a.look.fore == b.look.fore && a.look.bold == b.look.bold && arms[b.text] == nil && parts[b.text] == nil
}

// text draws a run and holds it to the width of its cells, so that no face makes it drift.
func (d *drawing) text(x, y, cells int, run []cell) {
	var said strings.Builder
	for _, c := range run {
		said.WriteString(c.text)
	}
	at := look{fore: run[0].look.fore, bold: run[0].look.bold}
	i := slices.Index(d.classes, at)
	if i < 0 {
		i = len(d.classes)
		d.classes = append(d.classes, at)
	}
	space := "" // a wide glyph is as wide as its face is high: the rest of its two cells is put behind it
	if wide(run, 0) {
		space = ` font-size="15.5" letter-spacing="1.36"`
	}
	fmt.Fprintf(&d.texts, `<text class="c%d" x="%s" y="%s" textLength="%s"%s>%s</text>`+"\n",
		i, num(d.x(x)), num(d.y(y)+baseline), num(float64(cells)*cellWide), space, html.EscapeString(said.String()))
}

// whole puts the parts together.
func (d *drawing) whole(width, height float64) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %[1]s %[2]s" role="img">`+"\n", num(width), num(height))
	b.WriteString("<style>text{font:14px 'DejaVu Sans Mono',Menlo,Consolas,'Liberation Mono','Noto Sans Mono CJK SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',monospace;white-space:pre}\n")
	for i, c := range d.classes {
		weight := ""
		if c.bold {
			weight = ";font-weight:bold"
		}
		fmt.Fprintf(&b, ".c%d{fill:%s%s}", i, d.ink(c.fore), weight)
	}
	b.WriteString("</style>\n")
	fmt.Fprintf(&b, `<rect x=".5" y=".5" width="%s" height="%s" rx="10" fill="%s" stroke="%s"/>`+"\n", num(width-1), num(height-1), d.back, d.edge)
	if d.title != "" {
		fmt.Fprintf(&b, `<path fill="%s" d="M1 %s V11 a10 10 0 0 1 10 -10 H%s a10 10 0 0 1 10 10 V%[2]s z"/>`, d.bar, num(titleBar), num(width-11))
		for i, c := range stops {
			fmt.Fprintf(&b, `<circle cx="%d" cy="15.5" r="5.5" fill="%s"/>`, 20+i*19, c)
		}
		fmt.Fprintf(&b, `<text x="%s" y="20" text-anchor="middle" fill="#9aa8bb">%s</text>`+"\n", num(width/2), html.EscapeString(d.title))
	}
	b.Write(d.backs.Bytes())
	for _, colour := range sorted(d.blocks) {
		fmt.Fprintf(&b, `<path fill="%s" shape-rendering="crispEdges" d="%s"/>`+"\n", d.ink(colour), d.blocks[colour])
	}
	for _, colour := range sorted(d.strokes) {
		fmt.Fprintf(&b, `<path fill="none" stroke="%s" stroke-width="1.2" d="%s"/>`+"\n", d.ink(colour), joined(d.strokes[colour]))
	}
	b.Write(d.texts.Bytes())
	b.WriteString("</svg>\n")
	return b.Bytes()
}

func (d *drawing) ink(colour string) string {
	if colour == "" {
		return d.fore
	}
	return colour
}

func (d *drawing) x(col int) float64 { return margin + float64(col)*cellWide }
func (d *drawing) y(row int) float64 { return d.top + float64(row)*cellHigh }

// num writes a figure with no more digits than can be seen.
func num(v float64) string {
	return strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.2f", v), "0"), ".")
}

func sorted[V any](m map[string]V) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
