package main

import (
	"bytes"
	"fmt"
	"os"
	"time"

	"github.com/charmbracelet/x/term"
)

// How wide a terminal draws a glyph of ambiguous width, asked without a screen: for the
// command, and for whatever must know before the first picture.

// glyphWait is how long a terminal may take to answer.
const glyphWait = 300 * time.Millisecond

// ambiguousWidth draws one such glyph, asks where the cursor stands behind it, and
// erases it again. It is 1 or 2, or 0 where in and out are not one terminal, or it does
// not answer. What a person types meanwhile is lost; nothing stays behind on the screen.
func ambiguousWidth(in, out *os.File) int {
	if !term.IsTerminal(in.Fd()) || !term.IsTerminal(out.Fd()) {
		return 0
	}
	state, err := term.MakeRaw(in.Fd())
	if err != nil {
		return 0
	}
	defer func() { _ = term.Restore(in.Fd(), state) }()
	if _, err := fmt.Fprint(out, "\r─\x1b[6n"); err != nil {
		return 0
	}
	answer := make(chan int, 1)
	go func() { answer <- readColumn(in) }()
	width := 0
	select {
	case column := <-answer:
		if width = column - 1; width != 1 && width != 2 {
			width = 0
		}
	case <-time.After(glyphWait): // the reader is left behind, waiting for a terminal that is mute
	}
	_, _ = fmt.Fprint(out, "\r\x1b[K")
	return width
}

// maxReport bounds what is read for an answer: keys may have been typed before it.
const maxReport = 256

// readColumn reads up to a cursor-position report (CSI row ; column R) and gives its
// column; 0 where none comes.
func readColumn(in *os.File) int {
	var got []byte
	one := make([]byte, 1)
	for len(got) < maxReport {
		if n, err := in.Read(one); err != nil || n == 0 {
			return 0
		}
		got = append(got, one[0])
		if one[0] != 'R' {
			continue
		}
		var row, column int
		start := bytes.LastIndex(got, []byte("\x1b["))
		if start >= 0 {
			if n, err := fmt.Sscanf(string(got[start:]), "\x1b[%d;%dR", &row, &column); n == 2 && err == nil {
				return column
			}
		}
	}
	return 0
}
