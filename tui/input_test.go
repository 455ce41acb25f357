package tui

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestInput: whoever reads the keys is told none of them but sequences, which stay in one
// piece, and characters of more bytes; the screen gets every one, in order, and nothing of
// them is left behind.
func TestInput(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _, _ = r.Close(), w.Close() }()
	const sent = "41\x1b[A1 1;~\x1bOPé中\x1b[200~%B5\x1b[201~\r\x7f9"
	if _, err := w.WriteString(sent); err != nil {
		t.Fatal(err)
	}
	in := &input{File: r}
	p := make([]byte, 256)
	n, err := in.Read(p)
	told := string(p[:n])
	s := string(stand)
	if want := s + s + "\x1b[A" + strings.Repeat(s, 5) + "\x1bOPé中\x1b[200~" + s + s + s + "\x1b[201~\r\x7f" + s; err != nil || told != want {
		t.Errorf("told %q, %v, want %q", told, err, want)
	}
	if in.raw != [len(in.raw)]byte{} {
		t.Error("what was read is still there")
	}
	kept := in.kept[:cap(in.kept)]
	var got []rune
	for _, r := range "41\x1b[A" {
		if r == '4' || r == '1' {
			r = stand
		}
		if r, ok := in.take(r); ok {
			got = append(got, r)
		}
	}
	if string(got) != "41\x1b[A" {
		t.Errorf("taken %q", string(got))
	}
	in.spelt(strings.Repeat(s, 5), func(text string) {
		if text != "1 1;~" {
			t.Errorf("spelt %q", text)
		}
	})
	in.spelt(strings.Repeat(s, 4), func(string) {})
	if _, ok := in.take(stand); ok {
		t.Error("one more is taken than was typed")
	}
	if slices.ContainsFunc(kept, func(c byte) bool { return c != 0 }) {
		t.Errorf("%d bytes are kept", len(kept))
	}
}

// A buffer too small for what a character becomes takes as much as fits.
func TestInputInPieces(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _, _ = r.Close(), w.Close() }()
	if _, err := w.WriteString("1234567"); err != nil {
		t.Fatal(err)
	}
	in := &input{File: r}
	for range 7 {
		if n, err := in.Read(make([]byte, 7)); err != nil || n != len(string(stand)) {
			t.Fatalf("%d bytes, %v", n, err)
		}
	}
	if string(in.kept) != "1234567" {
		t.Errorf("kept %q", in.kept)
	}
}
