package screen

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Where the mouse may point. Nothing is kept for it from one picture to the next: when
// somebody clicks, the picture is made once more with marks of no width in it, and the
// marks tell what lies there.

// Spot is what lies at a place of the picture.
type Spot struct {
	Kind Zone
	At   int    // of the footer: the place in [keypad.Sight.Footer]; of the settings: the row
	Item string // of the menu: the item's digits
}

// Zone is a kind of thing that can be pointed at.
type Zone byte

// The zones.
const (
	Nowhere  Zone = 0
	OnFooter Zone = 'f'
	OnMenu   Zone = 'm'
	OnRow    Zone = 'r' // a row of the settings
)

// A mark is an application program command (ECMA-48, 8.3.2), which takes no cell.
const (
	markOpen  = "\x1b_vpos "
	markClose = "\x1b\\"
)

// zone puts marks around a text, where they are wanted.
func (f *Frame) zone(kind Zone, id, text string) string {
	if !f.marked {
		return text
	}
	return markOpen + string(rune(kind)) + id + markClose + text + markOpen + markClose
}

// SpotAt finds what lies at a cell of the picture, counted from 0.
func SpotAt(f Frame, x, y int) Spot {
	f.marked = true
	lines, _ := compose(&f)
	if y < 0 || y >= len(lines) || x < 0 {
		return Spot{}
	}
	at, open := 0, ""
	for part := range strings.SplitSeq(lines[y], markOpen) {
		id, text, marked := strings.Cut(part, markClose)
		if !marked {
			text = part
		} else {
			open = id
		}
		at += ansi.StringWidth(text)
		if x < at {
			return spot(open)
		}
	}
	return Spot{}
}

func spot(id string) Spot {
	if id == "" {
		return Spot{}
	}
	s := Spot{Kind: Zone(id[0]), Item: id[1:]}
	s.At, _ = strconv.Atoi(id[1:])
	return s
}
