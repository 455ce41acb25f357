package raster

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"

	"vpos/receipts"
)

// margin is the white around a picture of a slip, in dots.
const margin = 24

// PNG writes a page as a picture of two colours, a dot a pixel, on paper with a margin. The
// same page always gives the same bytes.
func PNG(w io.Writer, p receipts.Page) error {
	return Encode(w, Page(p))
}

// Encode writes an image as [PNG] does.
func Encode(w io.Writer, m receipts.Image) error {
	picture := image.NewPaletted(image.Rect(0, 0, m.W+2*margin, m.H+2*margin), color.Palette{color.White, color.Black})
	for r := range m.Rects() {
		for y := r.Min.Y; y < r.Max.Y; y++ {
			for x := r.Min.X; x < r.Max.X; x++ {
				picture.Pix[picture.PixOffset(x+margin, y+margin)] = 1
			}
		}
	}
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(w, picture); err != nil {
		return fmt.Errorf("png: %w", err)
	}
	return nil
}
