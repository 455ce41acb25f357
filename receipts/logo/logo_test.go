package logo

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"testing"
)

func encoded(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Black is black, white and glass are white, and grey is half of the dots.
func TestDecode(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 40, 30))
	for y := range 30 {
		for x := range 40 {
			c := color.NRGBA{0, 0, 0, 255}
			switch {
			case x >= 30:
				c = color.NRGBA{128, 128, 128, 255}
			case x >= 20:
				c = color.NRGBA{0, 0, 0, 0}
			case x >= 10:
				c = color.NRGBA{255, 255, 255, 255}
			}
			m.SetNRGBA(x, y, c)
		}
	}
	got, err := Decode(encoded(t, m))
	if err != nil || got.W != 40 || got.H != 30 {
		t.Fatalf("%d × %d, %v", got.W, got.H, err)
	}
	black := [4]int{}
	for y := range 30 {
		for x := range 40 {
			if got.Black(x, y) {
				black[x/10]++
			}
		}
	}
	if black[0] != 300 || black[1] != 0 || black[2] != 0 || black[3] < 100 || black[3] > 200 {
		t.Errorf("black dots %v", black)
	}
	for want, data := range map[error][]byte{
		ErrFormat: []byte("GIF89a"), ErrLarge: encoded(t, image.NewGray(image.Rect(0, 0, 2001, 1))),
	} {
		if _, err := Decode(data); !errors.Is(err, want) {
			t.Errorf("%v, want %v", err, want)
		}
	}
	if _, err := Decode(make([]byte, MaxBytes+1)); !errors.Is(err, ErrLarge) {
		t.Error(err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(encoded(f, image.NewGray(image.Rect(0, 0, 9, 3))))
	f.Fuzz(func(t *testing.T, data []byte) {
		if m, err := Decode(data); err == nil && len(m.Bits) != m.Stride()*m.H {
			t.Error("a picture of another size")
		}
	})
}
