package main

import (
	"slices"

	"github.com/hajimehoshi/bitmapfont/v3"
	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/width"
)

const (
	rows     = 12
	column   = 6
	baseline = 11
)

var (
	plain = []font.Face{bitmapfont.FaceSC, bitmapfont.FaceTC, bitmapfont.Face}
	asian = []font.Face{bitmapfont.FaceSCEA, bitmapfont.FaceTCEA, bitmapfont.FaceEA}
)

// glyph is a character's dots and their form, 0 where no face has it. What one face leaves
// empty the next may have. A character of one column that has its better drawing in two, such
// as a digit in a circle, is condensed.
func glyph(r rune) (packed []byte, form byte) {
	ways := []struct {
		form  byte
		faces []font.Face
	}{{narrow, plain}, {condensed, asian}}
	if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
		ways = ways[:1]
		ways[0].form = wide
	} else if isRing(r) {
		slices.Reverse(ways)
	}
	for _, way := range ways {
		for _, face := range way.faces {
			if dots, ok := dotsOf(face, r, across(way.form)); ok {
				return packAs(way.form, dots), way.form
			}
		}
	}
	return nil, 0
}

// isRing reports lines of boxes and signs in circles, of which the plain faces have the left
// halves, or less than can be read.
func isRing(r rune) bool { return r >= 0x2460 && r <= 0x24FF || r >= 0x2500 && r <= 0x257F }

// across is how many dots a form is wide.
func across(form byte) int {
	if form == narrow {
		return column
	}
	return 2 * column
}

// dotsOf is a character of a face as twelve rows of so many dots. The rows of the faces are
// one more above: what stands there, an accent on a capital, comes down into the first.
func dotsOf(face font.Face, r rune, across int) (dots [rows]uint16, ok bool) {
	area, mask, at, advance, ok := face.Glyph(fixed.P(0, baseline), r)
	if !ok || advance.Round() != across {
		return dots, false
	}
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := max(0, area.Min.X); x < min(across, area.Max.X); x++ {
			if _, _, _, a := mask.At(at.X+x-area.Min.X, at.Y+y-area.Min.Y).RGBA(); a > 0 {
				dots[min(max(y-1, 0), rows-1)] |= 1 << (across - 1 - x)
			}
		}
	}
	blank := r == ' ' || r == 0xA0 || r == 0x3000
	return dots, blank || dots != [rows]uint16{}
}

func packAs(form byte, dots [rows]uint16) (packed []byte) {
	if form == narrow {
		for _, d := range dots {
			packed = append(packed, byte(d))
		}
		return packed
	}
	for y := 0; y < rows; y += 2 {
		packed = append(packed, byte(dots[y]>>4), byte(dots[y]<<4|dots[y+1]>>8), byte(dots[y+1]))
	}
	return packed
}
