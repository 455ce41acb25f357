// Package logo makes the dots of a slip's logo out of a PNG file.
package logo

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	"vpos/receipts"
)

// What a logo can be refused for.
var (
	ErrFormat = errors.New("not a PNG picture")
	ErrLarge  = errors.New("the picture is too large")
)

// Bounds: a file is looked at before it is unpacked, so that a small one cannot fill the
// memory.
const (
	MaxBytes = 1 << 20
	maxDots  = 2000 // a side
)

// Decode gives a picture's dots, one for each pixel: grey becomes a pattern of black and
// white, what can be seen through is white. The error wraps one of this package's.
func Decode(data []byte) (receipts.Image, error) {
	if len(data) > MaxBytes {
		return receipts.Image{}, fmt.Errorf("%w: %d bytes, at most %d", ErrLarge, len(data), MaxBytes)
	}
	size, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return receipts.Image{}, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	if size.Width > maxDots || size.Height > maxDots {
		return receipts.Image{}, fmt.Errorf("%w: %d × %d dots, at most %d a side", ErrLarge, size.Width, size.Height, maxDots)
	}
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return receipts.Image{}, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	area := image.Rect(0, 0, size.Width, size.Height)
	paper := image.NewRGBA(area)
	draw.Draw(paper, area, image.White, image.Point{}, draw.Src)
	draw.Draw(paper, area, picture, picture.Bounds().Min, draw.Over)
	dots := image.NewPaletted(area, color.Palette{color.White, color.Black})
	draw.FloydSteinberg.Draw(dots, area, paper, image.Point{})
	m := receipts.NewImage(size.Width, size.Height)
	for y := range size.Height {
		for x := range size.Width {
			if dots.ColorIndexAt(x, y) == 1 {
				m.Set(x, y)
			}
		}
	}
	return m, nil
}
